"""What moved since another corte: the same arithmetic at both, in percentage points."""

from datetime import date
from fractions import Fraction

import pytest

from indicators.calculations.terms import ActionState
from indicators.enums import TargetScope
from indicators.queries import compliance
from reports.facts.changes import changes_since, points, previous_cut_off
from reports.tests import world
from reports.tests.world import CUT_OFF, noon

KNOWN_AT = noon(date(2017, 6, 30))
LAST_YEAR = date(2015, 12, 31)


@pytest.fixture
def plan(db):
    """Of a meta of 100 a year, 50 were reached in 2015 and 80 in 2016."""
    plan = world.make_plan()
    action = world.make_action(plan)
    counted = world.make_count(action)
    acta = world.make_agreement(plan)
    police = world.make_institution("Carabineros de Chile", plan=plan)
    world.make_responsible(action, police, acta)
    for year, amount in ((2015, 50), (2016, 80)):
        world.make_target(counted, 100, acta, scope=TargetScope.YEAR, year=year)
        period = world.make_period(plan, date(year, 1, 1), date(year, 12, 31))
        world.approve(world.submit(action, police, period, {counted: {"value": amount}}))
    return plan


def changes(plan, former: date | None = LAST_YEAR):
    return changes_since(plan, former, compliance(plan, CUT_OFF, KNOWN_AT))


def test_every_part_says_what_it_was_and_by_how_much_it_moved(plan):
    told = {group.code: (group.before_text, group.text) for group in changes(plan).groups}
    assert told == dict.fromkeys(("Plan", "Eje 1", "1.1"), ("50,0\xa0%", "+30,0\xa0pp"))


def test_an_action_says_its_state_and_its_figure_then_and_now(plan):
    (action,) = changes(plan).actions
    assert (action.code, action.then, action.now) == ("1.1.1", ActionState.OVERDUE, ActionState.OVERDUE)
    assert (action.before_text, action.now_text, action.text) == ("50,0\u00a0%", "80,0\u00a0%", "+30,0\u00a0pp")
    assert action.moved


def test_both_dates_of_the_former_corte_are_said(plan):
    assert changes(plan).dates_text.startswith("Corte 31-12-2015, con lo resuelto hasta 30-06-2017")


def test_the_former_corte_is_the_end_of_the_period_before(plan):
    assert previous_cut_off(plan, CUT_OFF) == LAST_YEAR
    assert previous_cut_off(plan, date(2016, 8, 1)) == LAST_YEAR
    assert previous_cut_off(plan, LAST_YEAR) is None


@pytest.mark.parametrize("former", [None, date(2014, 12, 31)])
def test_in_the_first_year_there_is_nothing_to_compare_with(plan, former):
    assert changes(plan, former) is None


@pytest.mark.parametrize(
    ("difference", "text"),
    [(Fraction(-1, 8), "\u221212,5\u00a0pp"), (Fraction(0), "0,0\u00a0pp"), (None, "–")],
)
def test_a_loss_no_change_and_no_figure_are_three_things(difference, text):
    assert points(difference) == text
