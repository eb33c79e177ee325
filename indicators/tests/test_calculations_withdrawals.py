"""What withdraws a target is the newest word on its window: it counts from its acta's two dates, and leaves none
(COMPLIANCE, Two dates; Score)."""

from fractions import Fraction

import pytest

from indicators.calculations.terms import Condition, Kind, Scope
from indicators.tests.builders import PlanBuilder


@pytest.fixture
def plan():
    return PlanBuilder()


@pytest.fixture
def counts(plan):
    """One count with 10 in each half of 2015 and 20 in each half of 2016."""
    institution = plan.institution("A")
    indicator = plan.indicator(plan.action("1.1.1", institution))
    for year, value in ((2015, 10), (2016, 20)):
        for half in (1, 2):
            plan.report(plan.rows["actions"][0], institution, plan.half(year, half), {indicator: value})
    return indicator


def test_it_counts_from_the_day_on_which_its_acta_was_agreed(plan, counts):
    target = plan.year_target(counts, 80)
    before = plan.result(counts, "14-01-2017")
    plan.withdraw(target, plan.acta("15-01-2017"))
    assert plan.result(counts, "14-01-2017") == before
    after = plan.result(counts, "15-01-2017")
    assert (before.verified.raw, after.verified.condition) == (Fraction(1, 2), Condition.NO_TARGET)


def test_it_counts_from_the_moment_at_which_it_was_recorded(plan, counts):
    target = plan.year_target(counts, 80)
    before = plan.compute("31-01-2017", "28-02-2017 18:00")
    plan.withdraw(target, plan.acta("15-01-2017"), recorded_at="01-03-2017 09:00")
    assert plan.compute("31-01-2017", "28-02-2017 18:00") == before
    assert plan.result(counts, "31-01-2017", "01-03-2017 10:00").has_target is False


def test_its_value_is_still_measured_and_shown(plan, counts):
    plan.withdraw(plan.year_target(counts, 80), plan.acta("15-01-2017"))
    result = plan.result(counts, "31-12-2017")
    assert (result.verified.value, result.target, result.advances) == (60, None, ())
    assert plan.compute("31-12-2017").verified.value is None


def test_other_windows_keep_their_targets(plan, counts):
    plan.year_target(counts, 20, 2015)
    plan.withdraw(plan.year_target(counts, 80), plan.acta("15-01-2017"))
    result = plan.result(counts, "31-12-2017")
    assert (result.window.label, result.verified.raw) == ("año 2015", 1)


def test_an_older_target_of_the_window_does_not_come_back(plan, counts):
    plan.year_target(counts, 40)
    newer = plan.year_target(counts, 80, agreement=plan.acta("01-02-2016"))
    plan.withdraw(newer, plan.acta("15-01-2017"))
    assert plan.result(counts, "31-12-2017").verified.condition is Condition.NO_TARGET


def test_a_later_acta_sets_one_again(plan, counts):
    plan.withdraw(plan.year_target(counts, 80), plan.acta("15-01-2017"))
    plan.year_target(counts, 40, agreement=plan.acta("01-02-2017"))
    assert plan.result(counts, "31-01-2017").has_target is False
    assert plan.result(counts, "28-02-2017").verified.raw == 1


def test_only_the_target_of_its_place_goes(plan, counts):
    plan.region("I", "Tarapacá")
    plan.year_target(counts, 80)
    plan.withdraw(plan.year_target(counts, 10, region="I"), plan.acta("15-01-2017"))
    result = plan.result(counts, "31-12-2017")
    assert (result.partials, result.verified.raw) == ((), Fraction(1, 2))


def test_it_does_not_take_back_the_scope_that_a_later_acta_set(plan, counts):
    of_year = plan.year_target(counts, 80)
    plan.target(counts, 60, Scope.CUMULATIVE, due_on="31-12-2016", agreement=plan.acta("01-10-2016"))
    plan.withdraw(of_year, plan.acta("15-01-2017"))
    assert plan.result(counts, "31-12-2017").verified.raw == 1


@pytest.mark.parametrize("kind", [Kind.PRODUCT, Kind.YEARLY_PRODUCT])
def test_of_a_product_the_agreed_date_goes_and_the_plans_own_words_stay(plan, kind):
    product = plan.indicator(plan.action("1.1.1", plan.institution("A")), kind=kind, years=(2015,))
    fields = {"year": 2015} if kind == Kind.YEARLY_PRODUCT else {}
    scope = Scope.YEAR if fields else Scope.CUMULATIVE
    target = plan.target(product, 1, scope, due_on="30-06-2015", **fields)
    plan.withdraw(target, plan.acta("15-01-2016"))
    assert plan.result(product, "14-01-2016").target.due_on.isoformat() == "2015-06-30"
    after = plan.result(product, "15-01-2016").target
    due = "2016-12-31" if fields else "2018-12-31"
    assert (after.source_text, after.due_on.isoformat()) == ("Texto del plan", due)


def test_what_the_plans_own_words_set_stays_when_the_actas_target_goes(plan, counts):
    plan.year_target(counts, 40, source="plan_text", agreement=None)
    agreed = plan.year_target(counts, 80)
    plan.withdraw(agreed, plan.acta("15-01-2017"))
    result = plan.result(counts, "31-12-2017")
    assert (result.target.source_text, result.verified.raw) == ("Texto del plan", 1)
