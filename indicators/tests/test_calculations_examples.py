"""The twelve worked examples of the arithmetic (COMPLIANCE, Worked examples), in their order."""

from fractions import Fraction

import pytest

from indicators.calculations.methodology import FIRST
from indicators.calculations.terms import Band, Conclusion, Condition, Kind, Mark, Pace, Pending
from indicators.calculations.wording import band_of, percent
from indicators.tests.builders import PlanBuilder, moment, row

NBSP = "\u00a0"


@pytest.fixture
def plan():
    return PlanBuilder()


def counted(plan, *values):
    """An action with one count, reported in the two halves of 2016."""
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action)
    for half, value in enumerate(values, start=1):
        plan.report(action, institution, plan.half(2016, half), {indicator: value})
    return indicator


# Example 1


def test_a_year_count_is_scored_against_its_target(plan):
    indicator = counted(plan, 40, 50)
    plan.year_target(indicator, 120)
    figure = plan.result(indicator).verified
    assert (figure.value, figure.raw, figure.score_text, figure.band) == (
        90,
        Fraction(3, 4),
        f"75,0{NBSP}%",
        Band.PARTIAL,
    )


def test_an_approved_zero_is_a_value(plan):
    indicator = counted(plan, 0)
    plan.year_target(indicator, 120)
    figure = plan.result(indicator).verified
    assert (figure.value, figure.score_text, figure.band, figure.pending) == (0, f"0,0{NBSP}%", Band.LOW, None)


def test_nothing_reported_scores_zero_and_says_so(plan):
    action = plan.action("1.1.1", plan.institution("A"))
    indicator = plan.indicator(action)
    plan.half(2016, 1)
    plan.year_target(indicator, 120)
    figure = plan.result(indicator).verified
    assert (figure.value, figure.capped, figure.pending) == (None, 0, Pending.NO_REPORT)
    assert figure.score_text == f"0,0{NBSP}%, sin informe"


def test_without_target_the_value_is_measured_and_stays_out(plan):
    indicator = counted(plan, 40, 50)
    result = plan.compute()
    figure = result.indicator("1.1.1.I1").verified
    assert (figure.value, figure.condition, figure.capped) == (90, Condition.NO_TARGET, None)
    assert result.verified.value is None
    assert indicator.id == result.indicator("1.1.1.I1").id


def test_a_whole_plan_target_is_not_due_before_the_end_but_has_its_pace(plan):
    indicator = counted(plan, 40, 50)
    plan.target(indicator, 120)
    result = plan.result(indicator)
    assert result.verified.condition is Condition.NOT_DUE
    (advance,) = result.advances
    assert (advance.progress_text, advance.pace) == (f"75,0{NBSP}%", Pace.ON_PACE)


# Example 2


def trained(plan, *names):
    """The ratio 1.1.2: trained of the staff of the region."""
    institutions = [plan.institution(name) for name in names]
    action = plan.action("1.1.2", *institutions)
    indicator = plan.indicator(
        action, kind=Kind.RATIO, denominator_aggregation="stock", breakdown="region", universe_id=1
    )
    return action, indicator, institutions


def in_region(key, numerator):
    return row(region=key, numerator=numerator)


def test_a_ratio_over_a_stock_adds_up_its_periods(plan):
    action, indicator, (institution,) = trained(plan, "A")
    plan.universe(institution, 1000, region="RM")
    for half, amount in ((1, 100), (2, 150)):
        told = {"numerator": amount, "rows": (in_region("RM", amount),)}
        plan.report(action, institution, plan.half(2016, half), {indicator: told})
    figure = plan.result(indicator).verified
    assert (figure.numerator, figure.denominator, figure.value) == (250, 1000, Fraction(1, 4))
    assert figure.value_text == f"25,0{NBSP}%"


def test_a_ratio_over_two_regions_divides_the_sums(plan):
    action, indicator, (institution,) = trained(plan, "A")
    plan.universe(institution, 500, region="RM")
    plan.universe(institution, 300, region="V")
    plan.year_target(indicator, Fraction(1, 2))
    told = {"numerator": 350, "rows": (in_region("RM", 310), in_region("V", 40))}
    plan.report(action, institution, plan.half(2016, 1), {indicator: told})
    figure = plan.result(indicator).verified
    assert (figure.value, figure.value_text, figure.raw) == (Fraction(7, 16), f"43,8{NBSP}%", Fraction(7, 8))


# Example 3


def test_a_silent_institution_still_weighs_with_its_stock(plan):
    action, indicator, (one, silent) = trained(plan, "A", "B")
    plan.universe(one, 100)
    plan.universe(silent, 1000)
    plan.report(action, one, plan.half(2016, 1), {indicator: {"numerator": 90}})
    figure = plan.result(indicator).verified
    assert (figure.value, figure.value_text) == (Fraction(90, 1100), f"8,2{NBSP}%")


def test_a_missing_universe_makes_the_ratio_partial(plan):
    action, indicator, (one, _) = trained(plan, "A", "B")
    plan.universe(one, 100)
    plan.year_target(indicator, Fraction(1, 2))
    plan.report(action, one, plan.half(2016, 1), {indicator: {"numerator": 90}})
    figure = plan.result(indicator).verified
    assert (figure.condition, figure.reason, figure.value) == (Condition.NOT_CALCULABLE, "parcial (1 de 2)", None)


# Example 4


def yearly(plan, *delivered):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action, kind=Kind.YEARLY_PRODUCT, years=(2015, 2016, 2017))
    for year in delivered:
        plan.report(action, institution, plan.half(year + 1, 1), {indicator: {"years": frozenset({year})}})
    return indicator


def test_a_yearly_product_is_not_due_within_its_own_year(plan):
    indicator = yearly(plan, 2015)
    assert plan.result(indicator, "31-12-2015").verified.condition is Condition.NOT_DUE


def test_a_yearly_product_counts_the_delivered_of_the_due(plan):
    indicator = yearly(plan, 2015)
    figure = plan.result(indicator, "31-12-2016").verified
    assert (figure.value_text, figure.raw) == ("1 de 1", 1)


def test_a_yearly_product_never_delivered_lowers_the_score(plan):
    indicator = yearly(plan, 2015, 2016)
    figure = plan.result(indicator, "31-12-2018").verified
    assert (figure.value_text, figure.score_text) == ("2 de 3", f"66,7{NBSP}%")


# Example 5


def scored_against(plan, action, institution, scores):
    """Indicators with a target of 1 and these values, all in one report."""
    indicators = [plan.indicator(action) for _ in scores]
    for indicator in indicators:
        plan.year_target(indicator, 3)
    told = {indicator: 3 * score for indicator, score in zip(indicators, scores, strict=True)}
    plan.report(action, institution, plan.rows["periods"][0], told)


def test_a_score_is_capped_only_where_it_is_aggregated(plan):
    institution = plan.institution("A")
    plan.half(2016, 1)
    scored_against(plan, plan.action("1.1.1", institution), institution, (3, 0, 0))
    action = plan.compute().action("1.1.1")
    assert action.indicators[0].verified.raw == 3
    assert (action.verified.value, action.verified.percent_text) == (Fraction(1, 3), f"33,3{NBSP}%")


def test_three_thirds_make_exactly_one(plan):
    institution = plan.institution("A")
    plan.half(2016, 1)
    third = Fraction(1, 3)
    scored_against(plan, plan.action("1.1.1", institution), institution, (third, third, third))
    indicators = plan.compute().action("1.1.1").indicators
    assert sum(indicator.verified.capped for indicator in indicators) == 1


# Example 6


def eje_of_twelve(plan, computable):
    """Twelve actions with a report fallen due, `computable` of them with a target; 17 indicators, 11 at nine."""
    institution = plan.institution("A")
    period = plan.half(2016, 1)
    for number in range(1, 13):
        action = plan.action(f"1.1.{number}", institution)
        indicators = [plan.indicator(action) for _ in range(2 if number in (1, 2, 10, 11, 12) else 1)]
        if number <= computable:
            for indicator in indicators:
                plan.year_target(indicator, 100)
        plan.report(action, institution, period, dict.fromkeys(indicators, 68))


def test_the_sentence_of_an_eje_says_its_denominators(plan):
    eje_of_twelve(plan, computable=9)
    axis = plan.compute().axis(1)
    assert axis.verified.value == Fraction(68, 100)
    assert axis.verified.sentence == (f"68,0{NBSP}% sobre 9 de 12 acciones (11 de 17 indicadores); 3 sin meta acordada")


def test_fewer_than_half_computable_is_inconclusive(plan):
    eje_of_twelve(plan, computable=5)
    axis = plan.compute().axis(1)
    assert (axis.verified.conclusion, axis.verified.value) == (Conclusion.INCONCLUSIVE, None)
    assert axis.verified.percent_text == "No concluyente"
    assert "%" not in axis.verified.sentence


def test_exactly_half_computable_is_enough(plan):
    eje_of_twelve(plan, computable=6)
    assert plan.compute().axis(1).verified.value == Fraction(68, 100)


# Example 7


def test_rounding_never_crosses_a_band():
    value = Fraction(8995, 10000)
    assert (percent(value, FIRST), band_of(value, FIRST)) == (f"89,95{NBSP}%", Band.PARTIAL)


# Example 8


@pytest.mark.parametrize(("value", "raw"), [(25, Fraction(1, 2)), (45, Fraction(0))])
def test_a_descending_target_is_measured_from_its_baseline(plan, value, raw):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action, direction="descending")
    plan.year_target(indicator, 10, baseline=Fraction(40))
    plan.report(action, institution, plan.half(2016, 1), {indicator: value})
    assert plan.result(indicator).verified.raw == raw


# Example 9


def test_institutions_are_counted_once_each(plan):
    institutions = [plan.institution(name) for name in "ABC"]
    action = plan.action("1.2.1", *institutions)
    indicator = plan.indicator(action, derived_from="mesa")
    answers = {1: (True, True, False), 2: (True, False, False)}
    for half, said in answers.items():
        period = plan.half(2016, half)
        for institution, affirmative in zip(institutions, said, strict=True):
            plan.report(action, institution, period, {indicator: {"affirmative": affirmative}})
    assert plan.result(indicator).verified.value == 2


# Example 10


def rectified(plan):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action)
    first = plan.submission({indicator: 50}, "15-07-2016", "20-07-2016")
    second = plan.submission({indicator: 30}, "20-12-2016", "10-01-2017", number=2)
    plan.rounds(action, institution, plan.half(2016, 1), first, second, reopened_at=(moment("03-11-2016"),))
    return indicator


@pytest.mark.parametrize(
    ("known_at", "value", "rectifying"),
    [("01-10-2016", 50, False), ("01-12-2016", 50, True), ("01-02-2017", 30, False)],
)
def test_a_rectified_report_keeps_its_value_until_the_next_decision(plan, known_at, value, rectifying):
    result = plan.result(rectified(plan), "30-06-2016", known_at)
    assert (result.verified.value, Mark.RECTIFYING in result.marks) == (value, rectifying)


# Example 11


@pytest.mark.parametrize(("known_at", "verified"), [("31-01-2017", None), ("28-02-2017", 7)])
def test_a_report_approved_later_is_first_informed_then_verified(plan, known_at, verified):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action)
    plan.report(action, institution, plan.half(2016, 2), {indicator: 7}, decided="10-02-2017")
    result = plan.result(indicator, "31-12-2016", known_at)
    assert (result.verified.value, result.informed.value) == (verified, 7)


# Example 12


def test_the_largest_cell_is_taken_after_adding_its_periods_up(plan):
    institutions = [plan.institution("A"), plan.institution("B")]
    action = plan.action("1.1.1", *institutions)
    indicator = plan.indicator(action, cell_aggregation="max")
    for half, values in ((1, (5, 1)), (2, (1, 5))):
        period = plan.half(2016, half)
        for institution, value in zip(institutions, values, strict=True):
            plan.report(action, institution, period, {indicator: value})
    assert plan.result(indicator).verified.value == 6
