"""Products and yearly products (COMPLIANCE, Value: product, yearly product; Fine print: A product)."""

from fractions import Fraction

import pytest

from indicators.calculations.terms import Condition, Kind, Mark, NeededFrom, Pending, Scope, Source, Stage
from indicators.tests.builders import PlanBuilder, day, moment, valid


@pytest.fixture
def plan():
    return PlanBuilder()


@pytest.fixture
def pair(plan):
    institutions = [plan.institution("A"), plan.institution("B")]
    return plan.action("1.1.1", *institutions), institutions


def product(plan, action, **fields):
    return plan.indicator(action, kind=Kind.PRODUCT, **({"stage": Stage.VALIDATED} | fields))


def at(stage, on=None):
    return {"stage": stage, "stage_on": day(on) if on else None}


def test_a_product_without_agreed_date_is_due_at_the_end_of_the_plan_by_its_own_words(plan, pair):
    indicator = product(plan, pair[0])
    result = plan.result(indicator, "30-12-2018")
    assert result.verified.condition is Condition.NOT_DUE
    assert (result.target.source_text, result.target.due_on) == ("Texto del plan", day("31-12-2018"))
    assert plan.result(indicator, "31-12-2018").verified.capped == 0


@pytest.mark.parametrize(
    ("stage", "value"), [(Stage.PREPARED, 0), (Stage.VALIDATED, 1), (Stage.DISTRIBUTED, 1), (Stage.NOT_STARTED, 0)]
)
def test_a_product_is_achieved_at_its_stage_or_beyond(plan, pair, stage, value):
    action, (institution, _) = pair
    indicator = product(plan, action)
    plan.report(action, institution, plan.half(2016, 1), {indicator: at(stage)})
    assert plan.result(indicator).verified.value == value


def test_one_responsable_is_enough_unless_all_are_asked(plan, pair):
    action, (institution, _) = pair
    by_any = product(plan, action)
    by_all = product(plan, action, needed_from=NeededFrom.ALL)
    told = dict.fromkeys((by_any, by_all), at(Stage.VALIDATED))
    plan.report(action, institution, plan.half(2016, 1), told)
    assert (plan.result(by_any).verified.value, plan.result(by_all).verified.value) == (1, 0)


def test_all_means_the_responsables_in_force_on_the_cut_off(plan, pair):
    action, institutions = pair
    indicator = product(plan, action, needed_from=NeededFrom.ALL)
    period = plan.half(2016, 1)
    for institution in institutions:
        plan.report(action, institution, period, {indicator: at(Stage.VALIDATED)})
    plan.responsible(action, plan.institution("C"), validity=valid("01-01-2017"))
    values = [plan.result(indicator, cut_off).verified.value for cut_off in ("31-12-2016", "01-01-2017")]
    assert values == [1, 0]


def test_a_rectification_replaces_the_stage_of_its_own_report(plan, pair):
    action, (institution, _) = pair
    indicator = product(plan, action)
    first = plan.submission({indicator: at(Stage.VALIDATED)}, "10-07-2016", "15-07-2016")
    second = plan.submission({indicator: at(Stage.PREPARED)}, "10-08-2016", "15-08-2016", number=2)
    plan.rounds(action, institution, plan.half(2016, 1), first, second)
    values = [plan.result(indicator, known_at=known_at).verified.value for known_at in ("01-08-2016", "01-09-2016")]
    assert values == [1, 0]


def test_a_later_report_at_a_lower_stage_does_not_undo_a_product(plan, pair):
    action, (institution, _) = pair
    indicator = product(plan, action)
    plan.report(action, institution, plan.half(2016, 1), {indicator: at(Stage.VALIDATED)})
    plan.report(action, institution, plan.half(2016, 2), {indicator: at(Stage.IN_PREPARATION)})
    assert plan.result(indicator).verified.value == 1


def test_without_progress_a_product_stays_as_it_was(plan, pair):
    action, (institution, _) = pair
    indicator = product(plan, action)
    plan.report(action, institution, plan.half(2016, 1), {indicator: at(Stage.VALIDATED)})
    plan.report(action, institution, plan.half(2016, 2), answer="no_progress")
    assert plan.result(indicator).verified.value == 1


def test_annulling_the_report_takes_the_product_back(plan, pair):
    action, (institution, _) = pair
    indicator = product(plan, action)
    sent = plan.submission({indicator: at(Stage.VALIDATED)})
    plan.rounds(action, institution, plan.half(2016, 1), sent, annulled_at=moment("01-09-2016"))
    values = [plan.result(indicator, known_at=known_at).verified.value for known_at in ("31-08-2016", "02-09-2016")]
    assert values == [1, None]


@pytest.mark.parametrize(("reached", "late"), [("30-09-2016", False), ("01-10-2016", True)])
def test_a_product_achieved_late_is_achieved_and_marked(plan, pair, reached, late):
    action, (institution, _) = pair
    indicator = product(plan, action)
    plan.target(indicator, 1, Scope.CUMULATIVE, due_on="30-09-2016")
    plan.report(action, institution, plan.half(2016, 2), {indicator: at(Stage.VALIDATED, reached)})
    result = plan.result(indicator)
    assert (result.verified.raw, Mark.ACHIEVED_LATE in result.marks) == (1, late)


def test_the_first_report_that_reaches_the_stage_dates_the_product(plan, pair):
    action, institutions = pair
    indicator = product(plan, action)
    plan.target(indicator, 1, Scope.CUMULATIVE, due_on="30-06-2016")
    for half, institution in enumerate(institutions, start=1):
        plan.report(action, institution, plan.half(2016, half), {indicator: at(Stage.VALIDATED)})
    assert plan.result(indicator).marks == frozenset()


def test_the_newest_acta_sets_the_one_date_of_a_product(plan, pair):
    indicator = product(plan, pair[0])
    plan.target(indicator, 1, Scope.CUMULATIVE, due_on="30-06-2016")
    plan.target(indicator, 1, Scope.CUMULATIVE, due_on="30-06-2017", agreement=plan.acta("01-06-2016"))
    assert plan.result(indicator, "31-12-2016").verified.condition is Condition.NOT_DUE


def test_products_have_no_pace(plan, pair):
    indicator = product(plan, pair[0])
    assert plan.result(indicator).advances == ()


# Yearly products


def yearly(plan, action, **fields):
    return plan.indicator(action, kind=Kind.YEARLY_PRODUCT, **fields)


def years(*delivered):
    return {"years": frozenset(delivered)}


@pytest.mark.parametrize(
    ("cut_off", "text"), [("30-12-2016", "Entregado: 2015"), ("31-12-2016", "1 de 1"), ("31-12-2018", "1 de 4")]
)
def test_the_product_of_a_year_falls_due_a_year_later_and_at_the_end_of_the_plan(plan, pair, cut_off, text):
    action, (institution, _) = pair
    indicator = yearly(plan, action)
    plan.report(action, institution, plan.half(2016, 1), {indicator: years(2015)})
    assert plan.result(indicator, cut_off).verified.value_text == text


def test_the_years_of_grace_belong_to_the_methodology(plan, pair):
    assert any("31 de diciembre del año siguiente" in text for text in plan.compute().methodology.assumptions)


def test_an_agreed_date_of_a_year_comes_before_the_assumption(plan, pair):
    indicator = yearly(plan, pair[0], years=(2015, 2016))
    plan.year_target(indicator, 1, 2015, due_on="31-03-2016")
    plan.half(2016, 1)
    seen = plan.result(indicator, "30-06-2016").verified
    assert (seen.condition, seen.pending) == (Condition.COMPUTABLE, Pending.NO_REPORT)


def test_what_is_delivered_outside_the_due_years_adds_nothing(plan, pair):
    action, (institution, _) = pair
    indicator = yearly(plan, action, years=(2015, 2016))
    plan.report(action, institution, plan.half(2016, 2), {indicator: years(2016, 2014)})
    assert plan.result(indicator, "31-12-2016").verified.value == 0


def test_all_is_asked_year_by_year(plan, pair):
    action, (one, two) = pair
    indicator = yearly(plan, action, years=(2015, 2016), needed_from=NeededFrom.ALL)
    period = plan.half(2017, 1)
    plan.report(action, one, period, {indicator: years(2015, 2016)})
    plan.report(action, two, period, {indicator: years(2015)})
    assert plan.result(indicator, "31-12-2017").verified.value_text == "1 de 2"


def test_a_year_delivered_after_its_date_is_delivered_and_marked(plan, pair):
    action, (institution, _) = pair
    indicator = yearly(plan, action, years=(2015,))
    plan.report(action, institution, plan.half(2017, 1), {indicator: years(2015)})
    result = plan.result(indicator, "30-06-2017")
    assert (result.verified.raw, Mark.ACHIEVED_LATE in result.marks) == (1, True)


def test_a_target_of_the_plans_own_text_needs_no_recording(plan, pair):
    indicator = plan.indicator(pair[0])
    plan.year_target(indicator, 5, source=Source.PLAN_TEXT, agreement=None, recorded_at=moment("01-01-2026"))
    plan.half(2016, 1)
    result = plan.result(indicator, known_at="31-12-2016")
    assert (result.verified.capped, result.target.source_text) == (0, "Texto del plan")


def test_one_late_year_among_others_is_marked(plan, pair):
    action, (institution, _) = pair
    indicator = yearly(plan, action, years=(2015, 2016))
    plan.report(action, institution, plan.half(2017, 1), {indicator: years(2015, 2016)})
    assert Mark.ACHIEVED_LATE in plan.result(indicator, "31-12-2017").marks


def test_the_most_advanced_stage_is_told(plan, pair):
    action, (institution, _) = pair
    indicator = product(plan, action, stage=Stage.DISTRIBUTED)
    plan.report(action, institution, plan.half(2016, 1), {indicator: at(Stage.VALIDATED)})
    plan.report(action, institution, plan.half(2016, 2), {indicator: at(Stage.IN_PREPARATION)})
    assert plan.result(indicator).verified.value_text == "No logrado (validado)"


def test_a_product_asked_of_each_institution_by_its_own_target_is_scored_apart(plan, pair):
    action, institutions = pair
    indicator = product(plan, action)
    for institution in institutions:
        plan.target(indicator, 1, Scope.CUMULATIVE, due_on="31-12-2016", institution_id=institution.id)
    plan.report(action, institutions[0], plan.half(2016, 1), {indicator: at(Stage.VALIDATED)})
    result = plan.result(indicator)
    assert [partial.verified.capped for partial in result.partials] == [1, 0]
    assert result.verified.capped == Fraction(1, 2)


def test_a_stage_left_empty_says_nothing(plan, pair):
    action, (institution, _) = pair
    indicator = product(plan, action)
    plan.report(action, institution, plan.half(2016, 1), {indicator: at("")})
    assert plan.result(indicator).verified.value is None


def test_the_same_stage_told_again_does_not_make_it_late(plan, pair):
    action, (institution, _) = pair
    indicator = product(plan, action)
    plan.target(indicator, 1, Scope.CUMULATIVE, due_on="30-06-2016")
    for half in (1, 2):
        plan.report(action, institution, plan.half(2016, half), {indicator: at(Stage.VALIDATED)})
    assert Mark.ACHIEVED_LATE not in plan.result(indicator).marks


def test_the_target_of_a_yearly_product_is_its_due_years(plan, pair):
    indicator = yearly(plan, pair[0], years=(2015, 2016, 2017))
    texts = [plan.result(indicator, cut_off).target.value_text for cut_off in ("31-12-2015", "31-12-2017")]
    assert texts == ["2015", "2015, 2016"]
