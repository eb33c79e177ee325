"""What the demonstration writes for the documents, and which editions it emits with it."""

from datetime import date

import pytest

from plan.enums import Role
from reports.demo import emit_editions, tell_texts
from reports.enums import EditionSlot, TextState
from reports.models import EditionText, IssuedReport
from reports.tests import world
from reports.text_pages import year_board

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plan(db):
    plan = world.make_plan()
    world.make_action(plan)
    world.make_secretary(plan, Role.TECHNICAL)
    tell_texts(plan)
    return plan


def test_every_text_says_that_it_is_of_a_demonstration():
    bodies = EditionText.objects.values_list("body", flat=True)
    assert [body for body in bodies if "demostración" not in body] == []


def test_the_second_year_is_ready_and_the_last_one_has_texts_in_every_state(plan):
    counts = {year: [count for _, _, count in year_board(plan, year).counts] for year in (2016, 2018)}
    assert counts[2016] == [0, 0, 13]
    assert all(counts[2018])


def test_no_text_is_longer_than_its_limit():
    rows = EditionText.objects.filter(state=TextState.READY)
    assert [row for row in rows if len(row.body) > EditionSlot(row.slot).limit] == []


def test_two_editions_of_the_second_year_are_emitted_with_all_their_texts(plan, quick_press):
    executive = world.make_secretary(plan, Role.EXECUTIVE)
    emit_editions(plan)
    assert [(edition.document, edition.as_of) for edition in IssuedReport.objects.order_by("folio_number")] == [
        ("Informe de cumplimiento, eje 1", date(2016, 12, 31)),
        ("Estado anual 2016", date(2016, 12, 31)),
    ]
    assert {edition.issued_by for edition in IssuedReport.objects.all()} == {executive}
    assert [facts.texts.is_ready for facts in quick_press] == [True, True]
