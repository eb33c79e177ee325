"""The forecast: what a target not yet due comes to if things go on as they did, or why nobody can say."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.calculations import forecasts
from indicators.calculations.forecasts import continued
from indicators.calculations.methodology import FIRST, FORECAST_ASSUMPTION
from indicators.calculations.results import Window
from indicators.calculations.terms import Direction, Entry, Kind, Outlook, Scope, Stage
from indicators.tests.builders import PlanBuilder, row
from indicators.tests.test_calculations_properties import CUT_OFFS, RAISABLE, plans, seen, with_raised

END_OF_2016 = "31-12-2016"


@pytest.fixture
def plan():
    return PlanBuilder()


def measured(plan, *told, code="1.1.1", **fields):
    """An indicator of one institution, reported and approved in each half year from 2016 on."""
    institution = plan.institution("A")
    action = plan.action(code, institution)
    indicator = plan.indicator(action, **fields)
    halves = [(2016, 1), (2016, 2), (2017, 1)]
    for half, amount in zip(halves, told, strict=False):
        plan.report(action, institution, plan.half(*half), {indicator: amount})
    return indicator


def forecast(plan, indicator, cut_off=END_OF_2016):
    return plan.result(indicator, cut_off).forecast


# Counts


def test_what_was_done_each_day_goes_on_to_the_end_of_the_window(plan):
    counts = measured(plan, 20, 40)
    plan.target(counts, 120)
    found = forecast(plan, counts)
    assert (found.value, found.share) == (Fraction(60 * 1461, 731), Fraction(60 * 1461, 731 * 120))
    assert (found.value_text, found.share_text, found.outlook) == ("119", "99,9\u00a0%", Outlook.FALLS_SHORT)
    assert (found.window.ends_on, found.target.value_text) == (date(2018, 12, 31), "120")


def test_the_same_growth_reaches_a_lesser_target(plan):
    counts = measured(plan, 20, 40)
    plan.target(counts, 110)
    found = forecast(plan, counts)
    assert (found.outlook.label, found.share_text) == ("Alcanza", "109,0\u00a0%")


def test_its_calculation_is_told_with_its_days(plan):
    counts = measured(plan, 20, 40)
    plan.target(counts, 120)
    (step,) = forecast(plan, counts).steps
    assert (step.data, step.result) == ("60 ÷ 731 días × 1.461 días", "119,92")


def test_a_target_of_the_year_is_forecast_to_the_end_of_that_year(plan):
    counts = measured(plan, 20, 40)
    plan.year_target(counts, 30)
    found = forecast(plan, counts, "30-06-2016")
    assert (found.window.label, found.value) == ("año 2016", Fraction(20 * 366, 182))


def test_without_a_target_there_is_a_value_at_the_end_of_the_plan_and_nothing_to_reach(plan):
    found = forecast(plan, measured(plan, 20, 40))
    assert (found.value_text, found.share, found.outlook, found.target) == ("119", None, None, None)


def test_nothing_done_is_a_zero_and_its_forecast_too(plan):
    counts = measured(plan, 0, 0)
    plan.target(counts, 120)
    found = forecast(plan, counts)
    assert (found.value, found.value_text, found.outlook) == (0, "0", Outlook.FALLS_SHORT)


def test_the_informed_value_is_not_continued(plan):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    counts = plan.indicator(action)
    plan.target(counts, 100)
    plan.report(action, institution, plan.half(2016, 1), {counts: 10})
    plan.report(action, institution, plan.half(2016, 2), {counts: 500}, decided=None)
    assert forecast(plan, counts).value == Fraction(10 * 1461, 731)


def test_the_assumption_is_said_and_printed_with_the_others(plan):
    counts = measured(plan, 20)
    assert forecast(plan, counts).assumption == FORECAST_ASSUMPTION
    assert FORECAST_ASSUMPTION in plan.compute().methodology.assumptions


def test_it_never_enters_the_compliance_figure(plan):
    counts = measured(plan, 20, 40)
    plan.target(counts, 60, Scope.CUMULATIVE, due_on="31-12-2017")
    result = plan.compute(cut_off="30-06-2016")
    assert (result.verified.value, result.verified.not_due) == (None, 1)


# Totals, and what has to fall


def test_a_total_is_continued_from_its_second_verified_period_on(plan):
    totals = measured(plan, 20, 40, entry=Entry.RUNNING_TOTAL)
    plan.target(totals, 60)
    first, second = forecast(plan, totals, "30-06-2016"), forecast(plan, totals)
    assert (first.value, first.reason) == (None, "Un acumulado se proyecta desde 2 períodos verificados")
    assert (second.value, second.outlook) == (Fraction(40 * 1461, 731), Outlook.REACHES)


def test_what_is_told_by_period_is_not_called_a_total(plan):
    counts = measured(plan, 20)
    plan.target(counts, 60)
    result = plan.compute("30-06-2016", methodology=replace(FIRST, forecast_periods=3)).indicator("1.1.1.I1")
    assert result.forecast.reason == "Se proyecta desde 3 períodos verificados"


def test_what_has_to_fall_goes_on_from_its_baseline(plan):
    totals = measured(plan, 30, 25, entry=Entry.RUNNING_TOTAL, direction=Direction.DESCENDING)
    plan.target(totals, 10, baseline=Fraction(40))
    found = forecast(plan, totals)
    assert (found.value, found.value_text) == (40 - Fraction(15 * 1461, 731), "11")
    assert (found.outlook, found.steps[0].data) == (Outlook.FALLS_SHORT, "40 + (25 − 40) ÷ 731 días × 1.461 días")


# Ratios


def staff_ratio(plan, *told, **fields):
    ratio = measured(
        plan,
        *({"numerator": amount} for amount in told),
        kind=Kind.RATIO,
        denominator_aggregation="stock",
        universe_id=1,
        **fields,
    )
    plan.target(ratio, Fraction(1, 2))
    return ratio


def test_a_ratio_grows_in_its_numerator_over_the_latest_denominator(plan):
    ratio = staff_ratio(plan, 100, 150)
    plan.universe(plan.rows["institutions"][0], 1000)
    found = forecast(plan, ratio)
    assert (found.value, found.outlook) == (Fraction(250 * 1461, 731 * 1000), Outlook.FALLS_SHORT)
    assert [step.result for step in found.steps] == ["499,66", "50,0\u00a0%"]


def test_a_part_never_grows_beyond_its_whole(plan):
    ratio = staff_ratio(plan, 100, 150, bounded=True)
    plan.universe(plan.rows["institutions"][0], 300)
    plan.target(ratio, Fraction(1))
    found = forecast(plan, ratio)
    assert (found.value, found.outlook) == (1, Outlook.REACHES)
    assert "El numerador no supera al denominador" in [step.rule for step in found.steps]


def test_where_the_denominator_adds_up_too_the_ratio_stays(plan):
    told = [{"numerator": 3, "denominator": 10}, {"numerator": 6, "denominator": 10}]
    ratio = measured(plan, *told, kind=Kind.RATIO, denominator_aggregation="flow")
    plan.target(ratio, Fraction(1, 2))
    found = forecast(plan, ratio)
    assert (found.value, found.value_text, found.outlook) == (Fraction(9, 20), "45,0\u00a0%", Outlook.FALLS_SHORT)


def test_a_ratio_without_denominator_has_the_reason_and_no_number(plan):
    found = forecast(plan, staff_ratio(plan, 100, 150))
    assert (found.value, found.value_text, found.reason) == (None, "", forecasts.NOT_CALCULABLE)


def test_a_stock_in_the_numerator_is_not_continued(plan):
    ratio = staff_ratio(plan, 100, 150, numerator_aggregation="stock")
    plan.universe(plan.rows["institutions"][0], 1000)
    assert forecast(plan, ratio).reason == forecasts.STOCK


# Why not


def test_a_product_is_not_continued(plan):
    product = measured(plan, {"stage": Stage.IN_PREPARATION}, kind=Kind.PRODUCT, stage=Stage.VALIDATED)
    assert forecast(plan, product).reason == forecasts.PRODUCT


def test_institutions_are_not_continued(plan):
    assert forecast(plan, measured(plan, {"affirmative": True}, derived_from="mesa")).reason == forecasts.INSTITUTIONS


def test_institutions_that_reached_their_target_say_so(plan):
    united = measured(plan, {"affirmative": True}, derived_from="mesa")
    plan.target(united, 1)
    assert forecast(plan, united).reason == forecasts.REACHED


def test_where_only_parts_have_a_target_the_whole_is_not_continued(plan):
    by_region = measured(plan, {"value": 20, "rows": (row(region="I", value=20),)}, breakdown="region")
    plan.target(by_region, 60, region="I")
    assert forecast(plan, by_region).reason == forecasts.ONLY_PARTIAL


def test_before_a_period_is_verified_there_is_no_number(plan):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    counts = plan.indicator(action)
    plan.target(counts, 100)
    plan.report(action, institution, plan.half(2016, 1), {counts: 10}, decided=None)
    found = forecast(plan, counts)
    assert (found.value, found.reason) == (None, "Aún no hay un período completo verificado")
    assert found.target.value_text == "100"


def test_a_window_that_has_not_begun_has_no_number(plan):
    counts = measured(plan, 20, 40)
    plan.year_target(counts, 100, 2018)
    assert forecast(plan, counts).reason == "Aún no hay un período completo verificado"


def test_a_target_already_reached_says_so(plan):
    counts = measured(plan, 20, 40)
    plan.target(counts, 60)
    assert forecast(plan, counts).reason == forecasts.REACHED


def test_nothing_lies_ahead_of_a_plan_that_is_over_nor_of_what_was_suppressed(plan):
    counts = measured(plan, 20, 40)
    assert forecast(plan, counts, "31-12-2018") is None
    plan.amend("1.1.1.I1", "suppress", "01-07-2016")
    assert forecast(plan, counts) is None


# What always holds

WINDOWS = st.builds(
    lambda first, days: Window(first, first + timedelta(days), "ventana"),
    st.dates(date(2015, 1, 1), date(2018, 1, 1)),
    st.integers(0, 1500),
)
AMOUNTS = st.fractions(0, 1000)


@given(WINDOWS, AMOUNTS, AMOUNTS)
def test_at_the_end_of_the_window_the_forecast_is_the_value(window, value, start):
    assert continued(value, window, window.ends_on, start) == value


@given(WINDOWS, st.data(), AMOUNTS, AMOUNTS)
def test_a_higher_value_never_lowers_what_it_is_continued_to(window, data, value, more):
    cut_off = data.draw(st.dates(window.starts_on, window.ends_on))
    assert continued(value + more, window, cut_off) >= continued(value, window, cut_off) >= value


def test_before_the_window_begins_there_is_nothing_to_continue():
    with pytest.raises(ValueError, match="lies before ventana"):
        continued(Fraction(1), Window(date(2016, 1, 1), date(2016, 12, 31), "ventana"), date(2015, 12, 31))


@settings(max_examples=60, deadline=None)
@given(plans(shapes=RAISABLE), CUT_OFFS, st.integers(0, 1000), st.integers(1, 50))
def test_raising_one_validated_amount_never_lowers_a_forecast(plan, cut_off, pick, by):
    inputs = plan.inputs()
    approved = [report for report in inputs.reports if (made := report.submissions[0].decision) and made.figures]
    if not approved:
        return
    before, after = seen(inputs, cut_off), seen(with_raised(inputs, approved[pick % len(approved)], by), cut_off)
    for earlier, later in zip(before.iter_indicators(), after.iter_indicators(), strict=True):
        if earlier.forecast is not None and earlier.forecast.value is not None:
            reached = later.forecast.reason == forecasts.REACHED
            assert reached or later.forecast.value >= earlier.forecast.value
