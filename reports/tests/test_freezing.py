"""Facts as text and back: nothing is lost, and the same facts always have the same digest."""

import json
from fractions import Fraction

import pytest
from cattrs import ClassValidationError

from reports.documents.making import Order, facts_of, page_of
from reports.enums import DocumentKind
from reports.facts.freezing import digest, freeze, thaw
from reports.tests import papers, story
from reports.tests.test_documents import an_axis
from reports.tests.world import CUT_OFF, noon

KNOWN_AT = noon(CUT_OFF.replace(year=2017))


@pytest.fixture
def plan(db):
    return story.tell().plan


def test_facts_made_by_hand_come_back_equal():
    for kind, facts in (("axis", papers.axis_facts(an_axis())), ("annual", papers.annual_facts(an_axis()))):
        assert thaw(freeze(facts), kind) == facts


@pytest.mark.parametrize(("kind", "asked"), [("axis", {"axis_number": 1}), ("annual", {"year": 2016})])
def test_facts_of_a_plan_come_back_equal_and_print_the_same_page(plan, kind, asked):
    facts = facts_of(Order(plan, CUT_OFF, KNOWN_AT, **asked))
    thawed = thaw(freeze(facts), kind)
    assert thawed == facts
    assert page_of(thawed) == page_of(facts)


def test_a_score_is_kept_as_the_exact_fraction(plan):
    facts = facts_of(Order(plan, CUT_OFF, KNOWN_AT, axis_number=1))
    told = json.loads(freeze(facts))
    assert facts.axis.verified.value == Fraction(3, 4)
    assert told["axis"]["verified"]["value"] == "3/4"


def test_the_same_facts_gathered_twice_have_the_same_digest(plan):
    order = Order(plan, CUT_OFF, KNOWN_AT, axis_number=1)
    assert digest(freeze(facts_of(order))) == digest(freeze(facts_of(order)))


def test_what_was_frozen_before_a_field_was_added_is_still_read():
    facts = papers.axis_facts(an_axis())
    told = json.loads(freeze(facts))
    del told["edition"]
    assert thaw(json.dumps(told), DocumentKind.AXIS) == facts


def test_a_text_of_another_document_is_refused():
    with pytest.raises(ClassValidationError):
        thaw(freeze(papers.annual_facts(an_axis())), DocumentKind.AXIS)
