"""Targets, windows, scores and pace (COMPLIANCE, Score; Fine print)."""

from fractions import Fraction

import pytest

from indicators.calculations.terms import Condition, Kind, Mark, Pace, Pending, Scope
from indicators.tests.builders import PlanBuilder, day, row


@pytest.fixture
def plan():
    return PlanBuilder()


@pytest.fixture
def counts(plan):
    """One count with 10 in each half of 2015 and 20 in each half of 2016."""
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action)
    for year, value in ((2015, 10), (2016, 20)):
        for half in (1, 2):
            plan.report(action, institution, plan.half(year, half), {indicator: value})
    return indicator


def test_a_year_target_covers_the_periods_of_its_year(plan, counts):
    plan.year_target(counts, 80)
    result = plan.result(counts)
    assert (result.verified.value, result.verified.raw, result.window.label) == (40, Fraction(1, 2), "año 2016")


def test_a_cumulative_target_covers_from_the_start_of_the_plan_to_its_date(plan, counts):
    plan.target(counts, 80, Scope.CUMULATIVE, due_on="30-06-2016")
    assert plan.result(counts).verified.value == 40


def test_a_whole_plan_target_is_due_at_the_end_of_the_plan(plan, counts):
    plan.target(counts, 120)
    assert plan.result(counts, "30-12-2018").verified.condition is Condition.NOT_DUE
    assert plan.result(counts, "31-12-2018").verified.raw == Fraction(60, 120)


def test_the_score_is_of_the_newest_window_due(plan, counts):
    for year, value in ((2015, 20), (2016, 80), (2017, 999)):
        plan.year_target(counts, value, year)
    result = plan.result(counts)
    assert (result.verified.raw, result.target.value_text) == (Fraction(1, 2), "80")


def test_of_several_targets_for_one_window_the_newest_acta_counts(plan, counts):
    plan.year_target(counts, 40, agreement=plan.acta("01-02-2016"))
    plan.year_target(counts, 80, agreement=plan.acta("01-01-2016"))
    assert plan.result(counts).verified.raw == 1


def test_an_acta_that_changes_the_scope_replaces_all_earlier_targets_from_its_date(plan, counts):
    plan.year_target(counts, 40, 2016)
    plan.target(counts, 120, agreement=plan.acta("15-01-2017"))
    assert plan.result(counts, "14-01-2017").verified.raw == 1
    assert plan.result(counts, "15-01-2017").verified.condition is Condition.NOT_DUE


def test_returning_to_an_earlier_scope_does_not_revive_what_was_replaced(plan, counts):
    plan.year_target(counts, 40, 2015)
    plan.target(counts, 120, agreement=plan.acta("01-02-2016"))
    plan.year_target(counts, 40, 2016, agreement=plan.acta("01-03-2016"))
    goals = plan.result(counts, "30-06-2016")
    assert goals.verified.condition is Condition.NOT_DUE


def test_the_target_cites_its_acta_with_its_date(plan, counts):
    acta = plan.acta("22-10-2015")
    plan.year_target(counts, 40, agreement=acta)
    assert plan.result(counts).target.source_text == f"{acta.reference}, 22-10-2015"


def test_a_target_that_is_not_above_zero_is_not_calculable(plan, counts):
    plan.year_target(counts, 0)
    assert plan.result(counts).verified.reason == "la meta debe ser mayor que 0"


@pytest.mark.parametrize("baseline", [None, Fraction(10)])
def test_a_descending_target_needs_a_baseline_above_it(plan, baseline):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action, direction="descending")
    plan.year_target(indicator, 10, baseline=baseline)
    plan.report(action, institution, plan.half(2016, 1), {indicator: 5})
    assert plan.result(indicator).verified.condition is Condition.NOT_CALCULABLE


def test_a_descending_target_of_zero_can_be_met(plan):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action, direction="descending")
    plan.year_target(indicator, 0, baseline=Fraction(40))
    plan.report(action, institution, plan.half(2016, 1), {indicator: 10})
    assert plan.result(indicator).verified.raw == Fraction(30, 40)


@pytest.mark.parametrize(
    ("target", "due"),
    [(Fraction(4000, 75), False), (Fraction(4001, 75), True), (Fraction(4000, 120), False), (33, True)],
)
def test_an_explanation_is_demanded_under_75_and_over_120_per_cent(plan, counts, target, due):
    plan.year_target(counts, target)
    assert (Mark.EXPLANATION_DUE in plan.result(counts).marks) is due


def test_no_explanation_is_demanded_of_what_is_not_due(plan, counts):
    plan.target(counts, 10_000)
    assert plan.result(counts).explanation_due is False


def test_the_raw_score_is_kept_above_one(plan, counts):
    plan.year_target(counts, 10)
    seen = plan.result(counts).verified
    assert (seen.raw, seen.capped, seen.score_text) == (4, 1, "400,0\u00a0%")


# Partial targets


@pytest.fixture
def by_region(plan):
    institution = plan.institution("A")
    plan.region("I", "Tarapacá")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action, breakdown="region")
    rows = (row(region="I", value=30), row(region="X", value=10))
    plan.report(action, institution, plan.half(2016, 1), {indicator: {"value": 40, "rows": rows}})
    return indicator


def test_a_regional_target_is_scored_on_its_cell_and_shown(plan, by_region):
    plan.year_target(by_region, 80)
    plan.year_target(by_region, 60, region="I")
    result = plan.result(by_region)
    assert [(partial.target.place, partial.verified.raw) for partial in result.partials] == [
        ("Tarapacá", Fraction(1, 2))
    ]


def test_the_overall_target_counts_where_there_is_one(plan, by_region):
    plan.year_target(by_region, 80)
    plan.year_target(by_region, 60, region="I")
    plan.year_target(by_region, 10, region="X")
    assert plan.result(by_region).verified.raw == Fraction(40, 80)


def test_with_partial_targets_only_the_mean_of_their_capped_scores_counts(plan, by_region):
    plan.year_target(by_region, 60, region="I")
    plan.year_target(by_region, 5, region="X")
    assert plan.result(by_region).verified.capped == (Fraction(1, 2) + 1) / 2


def test_partial_targets_to_come_leave_the_indicator_not_due(plan, by_region):
    plan.year_target(by_region, 60, 2017, region="I")
    result = plan.result(by_region)
    assert (result.verified.condition, result.partials) == (Condition.NOT_DUE, ())


def test_a_target_of_an_institution_is_scored_on_its_reports(plan):
    institutions = [plan.institution("A"), plan.institution("B")]
    action = plan.action("1.1.1", *institutions)
    indicator = plan.indicator(action)
    period = plan.half(2016, 1)
    plan.report(action, institutions[0], period, {indicator: 5})
    for institution in institutions:
        plan.year_target(indicator, 10, institution_id=institution.id)
    result = plan.result(indicator)
    assert [partial.verified.pending for partial in result.partials] == [None, Pending.NO_REPORT]
    assert result.verified.capped == Fraction(1, 4)


def test_a_regional_target_of_a_ratio_divides_by_the_stock_of_that_region(plan):
    institution = plan.institution("A")
    action = plan.action("1.1.2", institution)
    fields = {"kind": Kind.RATIO, "denominator_aggregation": "stock", "universe_id": 1, "breakdown": "region"}
    indicator = plan.indicator(action, **fields)
    plan.universe(institution, 100, region="I")
    plan.universe(institution, 900, region="X")
    rows = (row(region="I", numerator=25), row(region="X", numerator=900))
    plan.report(action, institution, plan.half(2016, 1), {indicator: {"numerator": 925, "rows": rows}})
    plan.year_target(indicator, Fraction(1, 2), region="I")
    assert plan.result(indicator).partials[0].verified.raw == Fraction(1, 2)


def test_an_institution_without_progress_had_none_in_any_region(plan):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action, breakdown="region")
    plan.report(action, institution, plan.half(2016, 1), answer="no_progress")
    plan.year_target(indicator, 10, region="I")
    assert plan.result(indicator).partials[0].verified.value == 0


# Avance hacia la meta


def test_the_pace_grows_linearly_with_both_days_counted(plan, counts):
    plan.target(counts, 120)
    (advance,) = plan.result(counts, "31-12-2016").advances
    assert advance.expected == Fraction(731, 1461)
    assert (advance.value, advance.progress, advance.pace) == (60, Fraction(1, 2), Pace.ON_PACE)


@pytest.mark.parametrize(
    ("target", "pace"), [(60, Pace.REACHED), (61, Pace.ON_PACE), (149, Pace.ON_PACE), (150, Pace.BEHIND)]
)
def test_more_than_ten_points_under_is_behind(plan, counts, target, pace):
    plan.target(counts, target)
    assert plan.result(counts, "31-12-2016").advances[0].pace is pace


def test_exactly_ten_points_under_is_still_on_pace(plan, counts):
    plan.target(counts, 60 / (Fraction(731, 1461) - Fraction(1, 10)))
    assert plan.result(counts, "31-12-2016").advances[0].pace is Pace.ON_PACE


def test_the_pace_is_of_the_first_window_not_yet_due(plan, counts):
    for year in (2015, 2016, 2017, 2018):
        plan.year_target(counts, 100, year)
    (advance,) = plan.result(counts, "30-06-2016").advances
    assert (advance.target.window.label, advance.value) == ("año 2016", 20)
    assert advance.expected == Fraction(182, 366)


def test_before_its_window_begins_nothing_is_expected_and_there_is_no_pace(plan, counts):
    plan.year_target(counts, 100, 2018)
    (advance,) = plan.result(counts).advances
    assert (advance.value, advance.progress, advance.expected, advance.pace) == (None, None, 0, None)


def test_the_informed_progress_stands_beside_the_verified_one(plan):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action)
    plan.target(indicator, 100)
    plan.report(action, institution, plan.half(2016, 1), {indicator: 30})
    plan.report(action, institution, plan.half(2016, 2), {indicator: 40}, decided=None)
    (advance,) = plan.result(indicator).advances
    assert (advance.progress_text, advance.informed_progress_text) == ("30,0\u00a0%", "70,0\u00a0%")


def test_avance_never_enters_the_compliance_figure(plan, counts):
    plan.target(counts, 60)
    result = plan.compute()
    assert (result.verified.value, result.verified.not_due) == (None, 1)
    assert result.indicator("1.1.1.I1").advances[0].progress == 1


def test_a_window_already_due_has_no_pace(plan, counts):
    plan.year_target(counts, 100)
    assert plan.result(counts).advances == ()
    assert plan.result(counts).target.due_on == day("31-12-2016")


def test_a_partial_target_set_late_marks_its_indicator(plan, by_region):
    plan.year_target(by_region, 60, region="I")
    plan.year_target(by_region, 60, region="X", agreement=plan.acta("01-02-2017"))
    assert Mark.TARGET_SET_LATE in plan.result(by_region, "31-12-2017").marks


def test_only_partial_targets_have_a_pace_each_and_an_overall_one_stands_for_all(plan, by_region):
    plan.year_target(by_region, 60, 2017, region="I")
    plan.year_target(by_region, 60, 2017, region="X")
    assert [advance.target.region for advance in plan.result(by_region).advances] == ["I", "X"]
    plan.year_target(by_region, 100, 2017)
    assert [advance.target.region for advance in plan.result(by_region).advances] == [None]


def test_the_informed_mean_of_partial_targets_rests_on_informed_scores(plan):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action, breakdown="region")
    told = {"value": 30, "rows": (row(region="I", value=30),)}
    plan.report(action, institution, plan.half(2016, 1), {indicator: told}, decided=None)
    plan.year_target(indicator, 60, region="I")
    result = plan.result(indicator)
    assert (result.verified.capped, result.informed.capped) == (0, Fraction(1, 2))


def test_what_runs_is_shown_until_something_falls_due(plan, counts):
    for due_on in ("31-12-2017", "30-06-2017"):
        plan.target(counts, 80, Scope.CUMULATIVE, due_on=due_on)
    result = plan.result(counts)
    assert result.window.label == "desde el inicio del plan hasta el 30-06-2017"
    assert (result.verified.value, result.target.due_on) == (60, day("30-06-2017"))


def test_an_explanation_is_demanded_of_a_partial_target_too(plan, by_region):
    plan.year_target(by_region, 40)
    plan.year_target(by_region, 30, region="I")
    assert plan.result(by_region).explanation_due is False
    plan.year_target(by_region, 20, region="X")
    assert plan.result(by_region).explanation_due is True


def test_a_window_that_has_not_begun_does_not_hide_what_was_measured(plan, counts):
    plan.year_target(counts, 100, 2018)
    result = plan.result(counts)
    assert (result.verified.value, result.verified.condition) == (60, Condition.NOT_DUE)
