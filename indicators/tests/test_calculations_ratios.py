"""Ratios, their stocks and what makes them partial (COMPLIANCE, Value of an indicator: ratio; Fine print: universo)."""

from fractions import Fraction

import pytest

from indicators.calculations.terms import Condition, Kind, Mark, Pending, ResponsibilityKind, Stage
from indicators.tests.builders import PlanBuilder, day, moment, row, valid


@pytest.fixture
def plan():
    return PlanBuilder()


def over_stock(plan, *names, **fields):
    institutions = [plan.institution(name) for name in names]
    action = plan.action("1.1.2", *institutions)
    fields = {"kind": Kind.RATIO, "denominator_aggregation": "stock", "universe_id": 1} | fields
    return action, plan.indicator(action, **fields), institutions


def over_flow(plan, *names, **fields):
    return over_stock(plan, *names, denominator_aggregation="flow", universe_id=None, **fields)


def share(numerator, denominator=None):
    return {"numerator": numerator, "denominator": denominator}


def reason(plan, indicator, **asked):
    seen = plan.result(indicator, **asked).verified
    return seen.condition, seen.reason


def due(plan, indicator):
    plan.year_target(indicator, Fraction(1, 2))


# Stocks


def test_a_ratio_that_nobody_reported_has_no_value_whatever_its_universe(plan):
    _, indicator, _ = over_stock(plan, "A")
    due(plan, indicator)
    plan.half(2016, 1)
    seen = plan.result(indicator).verified
    assert (seen.condition, seen.capped, seen.pending) == (Condition.COMPUTABLE, 0, Pending.NO_REPORT)


def test_a_numerator_in_a_region_without_universe_is_not_calculable(plan):
    action, indicator, (institution,) = over_stock(plan, "A", breakdown="region")
    plan.region("XII", "Magallanes")
    plan.universe(institution, 100, region="RM")
    due(plan, indicator)
    told = {"numerator": 9, "rows": (row(region="RM", numerator=8), row(region="XII", numerator=1))}
    plan.report(action, institution, plan.half(2016, 1), {indicator: told})
    assert reason(plan, indicator) == (Condition.NOT_CALCULABLE, "numerador sin universo: A · Magallanes")


def test_the_universe_is_the_newest_row_dated_within_the_window(plan):
    action, indicator, (institution,) = over_stock(plan, "A")
    due(plan, indicator)
    plan.universe(institution, 100, "01-01-2015")
    plan.universe(institution, 200, "31-12-2016")
    plan.universe(institution, 400, "01-01-2017")
    plan.report(action, institution, plan.half(2016, 1), {indicator: share(50)})
    assert plan.result(indicator, "31-12-2017").verified.denominator == 200


def test_a_universe_recorded_later_is_not_known_before(plan):
    action, indicator, (institution,) = over_stock(plan, "A")
    due(plan, indicator)
    plan.universe(institution, 100, recorded_at=moment("01-03-2017"))
    plan.report(action, institution, plan.half(2016, 1), {indicator: share(50)})
    assert reason(plan, indicator, known_at="28-02-2017") == (Condition.NOT_CALCULABLE, "parcial (0 de 1)")
    assert plan.result(indicator, known_at="02-03-2017").verified.value == Fraction(1, 2)


def test_a_correction_of_a_universe_replaces_the_row_of_the_same_day(plan):
    action, indicator, (institution,) = over_stock(plan, "A")
    plan.universe(institution, 100, recorded_at=moment("01-02-2016"))
    plan.universe(institution, 80, recorded_at=moment("01-03-2016"))
    plan.report(action, institution, plan.half(2016, 1), {indicator: share(40)})
    assert plan.result(indicator).verified.denominator == 80


def test_a_denominator_of_zero_is_not_calculable(plan):
    action, indicator, (institution,) = over_stock(plan, "A")
    due(plan, indicator)
    plan.universe(institution, 0)
    plan.report(action, institution, plan.half(2016, 1), {indicator: share(0)})
    assert reason(plan, indicator) == (Condition.NOT_CALCULABLE, "denominador 0")


def test_without_progress_a_flow_over_a_stock_is_zero(plan):
    action, indicator, (institution,) = over_stock(plan, "A", breakdown="region")
    plan.universe(institution, 100, region="RM")
    plan.report(action, institution, plan.half(2016, 1), answer="no_progress")
    assert plan.result(indicator).verified.value == 0


def test_a_stock_numerator_carries_without_progress(plan):
    action, indicator, (institution,) = over_stock(plan, "A", numerator_aggregation="stock")
    plan.universe(institution, 100)
    plan.report(action, institution, plan.half(2015, 2), {indicator: share(10)})
    plan.report(action, institution, plan.half(2016, 1), {indicator: share(30)})
    plan.report(action, institution, plan.half(2016, 2), answer="no_progress")
    assert plan.result(indicator).verified.value == Fraction(30, 100)


def test_a_colaboradora_without_universe_makes_nothing_partial_until_it_reports(plan):
    action, indicator, (institution,) = over_stock(plan, "A")
    helper = plan.institution("B")
    plan.responsible(action, helper, kind=ResponsibilityKind.COLLABORATOR)
    plan.universe(institution, 100)
    due(plan, indicator)
    period = plan.half(2016, 1)
    plan.report(action, institution, period, {indicator: share(50)})
    assert plan.result(indicator).verified.value == Fraction(1, 2)
    plan.report(action, helper, period, {indicator: share(1)})
    assert reason(plan, indicator) == (Condition.NOT_CALCULABLE, "numerador sin universo: B")


def test_the_universe_of_a_colaboradora_counts_whether_it_reports_or_not(plan):
    action, indicator, (institution,) = over_stock(plan, "A")
    helper = plan.institution("B")
    plan.responsible(action, helper, kind=ResponsibilityKind.COLLABORATOR)
    plan.universe(institution, 100)
    plan.universe(helper, 1000)
    period = plan.half(2016, 1)
    plan.report(action, institution, period, {indicator: share(90)})
    assert plan.result(indicator).verified.value == Fraction(90, 1100)
    plan.report(action, helper, period, {indicator: share(10)})
    assert plan.result(indicator).verified.value == Fraction(100, 1100)


def test_a_responsable_of_another_indicator_needs_no_universe(plan):
    action, indicator, (institution,) = over_stock(plan, "A")
    other = plan.indicator(action)
    plan.responsible(action, plan.institution("B"), indicator_ids=frozenset({other.id}))
    plan.universe(institution, 100)
    plan.report(action, institution, plan.half(2016, 1), {indicator: share(50)})
    assert plan.result(indicator).verified.value == Fraction(1, 2)


# Flows


def test_a_flow_over_a_flow_divides_the_sums_and_never_averages(plan):
    action, indicator, (one, two) = over_flow(plan, "A", "B")
    period = plan.half(2016, 1)
    plan.report(action, one, period, {indicator: share(1, 1)})
    plan.report(action, two, period, {indicator: share(1, 9)})
    assert plan.result(indicator).verified.value == Fraction(2, 10)


def test_a_report_owed_and_missing_makes_a_flow_ratio_partial(plan):
    action, indicator, (one, _) = over_flow(plan, "A", "B")
    due(plan, indicator)
    plan.report(action, one, plan.half(2016, 1), {indicator: share(1, 1)})
    assert reason(plan, indicator) == (Condition.NOT_CALCULABLE, "parcial (1 de 2)")


def test_of_a_region_nobody_is_missing_who_told_of_others_only(plan):
    action, indicator, (one, two) = over_flow(plan, "A", "B", breakdown="region")
    plan.year_target(indicator, 1, region="15")
    period = plan.half(2016, 1)
    for institution, region in ((one, "15"), (two, "2")):
        told = share(1, 4) | {"rows": (row(region=region, **share(1, 4)),)}
        plan.report(action, institution, period, {indicator: told})
    (partial,) = plan.result(indicator).partials
    assert (partial.verified.value, partial.verified.reason) == (Fraction(1, 4), "")


def test_a_report_still_in_term_makes_nothing_partial(plan):
    action, indicator, (one, two) = over_flow(plan, "A", "B")
    due(plan, indicator)
    period = plan.half(2016, 1)
    for institution in (one, two):
        plan.report(action, institution, period, {indicator: share(1, 2)})
    plan.report(action, one, plan.half(2016, 2), {indicator: share(1, 1)}, sent="02-01-2017", decided="03-01-2017")
    assert plan.result(indicator, known_at="10-01-2017").verified.value == Fraction(3, 5)


@pytest.mark.parametrize("answer", ["no_progress", "not_applicable"])
def test_an_answer_without_progress_misses_nothing(plan, answer):
    action, indicator, (one, two) = over_flow(plan, "A", "B")
    period = plan.half(2016, 1)
    plan.report(action, one, period, {indicator: share(1, 2)})
    plan.report(action, two, period, answer=answer)
    assert plan.result(indicator).verified.value == Fraction(1, 2)


def test_a_missing_report_of_a_colaboradora_or_an_ended_responsable_makes_nothing_partial(plan):
    action, indicator, (one,) = over_flow(plan, "A")
    plan.responsible(action, plan.institution("B"), kind=ResponsibilityKind.COLLABORATOR)
    plan.responsible(action, plan.institution("C"), validity=valid("01-01-2015", "30-09-2016"))
    plan.report(action, one, plan.half(2016, 1), {indicator: share(1, 2)})
    assert plan.result(indicator).verified.value == Fraction(1, 2)


def test_a_report_in_review_leaves_the_verified_ratio_partial_and_the_informed_one_whole(plan):
    action, indicator, (one, two) = over_flow(plan, "A", "B")
    due(plan, indicator)
    period = plan.half(2016, 1)
    plan.report(action, one, period, {indicator: share(1, 2)})
    plan.report(action, two, period, {indicator: share(1, 2)}, decided=None)
    result = plan.result(indicator)
    assert result.verified.reason == "parcial (1 de 2)"
    assert result.informed.value == Fraction(1, 2)


# The denominator that another indicator finds


@pytest.fixture
def gaps(plan):
    """3.2.1 finds gaps, 3.2.2 writes reports about them."""
    institution = plan.institution("A")
    finding, writing = plan.action("3.2.1", institution), plan.action("3.2.2", institution)
    product = plan.indicator(finding, kind=Kind.PRODUCT, stage=Stage.VALIDATED, named_count_label="Brechas")
    ratio = plan.indicator(writing, kind=Kind.RATIO, denominator_aggregation="stock", depends_on_id=product.id)
    plan.report(writing, institution, plan.half(2016, 1), {ratio: share(3)})
    due(plan, ratio)
    return finding, institution, product, ratio


def found(count):
    return {"stage": Stage.VALIDATED, "named_count": count}


def test_without_the_gaps_of_the_product_the_ratio_is_not_calculable_yet(plan, gaps):
    *_, ratio = gaps
    assert reason(plan, ratio) == (Condition.NOT_CALCULABLE, "aún no: falta el conteo validado de 3.2.1.I1")


def test_the_validated_gaps_are_the_denominator_in_both_figures(plan, gaps):
    finding, institution, product, ratio = gaps
    plan.report(finding, institution, plan.rows["periods"][0], {product: found(9)}, validated={product: found(6)})
    result = plan.result(ratio)
    assert (result.verified.value, result.informed.value) == (Fraction(3, 6), Fraction(3, 6))


def test_a_ratio_rests_on_the_report_that_its_denominator_was_taken_from(plan, gaps):
    finding, institution, product, ratio = gaps
    late = {"on_behalf": True, "source_document": "Oficio 12", "source_date": day("01-02-2017")}
    dates = {"sent": "01-03-2017", "decided": "02-03-2017"}
    lent = plan.report(finding, institution, plan.rows["periods"][0], {product: found(6)}, **dates, **late)
    figure = plan.result(ratio).verified
    assert Mark.RECONSTRUCTED in figure.marks
    assert [row.amount for row in figure.trace.inputs if row.report_id == lent.id] == ["validado, conteo 6"]


def test_gaps_that_are_only_informed_are_no_denominator(plan, gaps):
    finding, institution, product, ratio = gaps
    plan.report(finding, institution, plan.rows["periods"][0], {product: found(9)}, decided=None)
    assert plan.result(ratio).informed.condition is Condition.NOT_CALCULABLE


def test_the_gaps_of_the_newest_period_count(plan, gaps):
    finding, institution, product, ratio = gaps
    plan.report(finding, institution, plan.rows["periods"][0], {product: found(9)})
    plan.report(finding, institution, plan.half(2016, 2), {product: found(4)})
    assert plan.result(ratio).verified.denominator == 4


def test_gaps_found_after_the_window_do_not_change_it(plan, gaps):
    finding, institution, product, ratio = gaps
    plan.report(finding, institution, plan.rows["periods"][0], {product: found(9)})
    plan.report(finding, institution, plan.half(2017, 1), {product: found(4)})
    assert plan.result(ratio, "30-06-2017").verified.denominator == 9


def test_a_colaboradora_of_another_indicator_adds_no_universe(plan):
    action, indicator, (institution,) = over_stock(plan, "A")
    other, helper = plan.indicator(action), plan.institution("B")
    plan.responsible(action, helper, kind=ResponsibilityKind.COLLABORATOR, indicator_ids=frozenset({other.id}))
    plan.universe(institution, 100)
    plan.universe(helper, 1000)
    plan.report(action, institution, plan.half(2016, 1), {indicator: share(50)})
    assert plan.result(indicator).verified.denominator == 100


def test_a_report_missing_in_another_year_does_not_make_the_year_partial(plan):
    action, indicator, (institution,) = over_flow(plan, "A")
    due(plan, indicator)
    plan.half(2015, 2)
    plan.report(action, institution, plan.half(2016, 1), {indicator: share(1, 2)})
    assert plan.result(indicator).verified.value == Fraction(1, 2)


def test_a_flow_without_its_denominator_is_missing(plan):
    action, indicator, (one, two) = over_flow(plan, "A", "B")
    due(plan, indicator)
    period = plan.half(2016, 1)
    plan.report(action, one, period, {indicator: share(1, 2)})
    plan.report(action, two, period, {indicator: share(1)})
    assert reason(plan, indicator) == (Condition.NOT_CALCULABLE, "parcial (1 de 2)")
