"""Which reports are owed, made and on time (COMPLIANCE, Three numbers: c; Fine print: Owed)."""

import pytest

from indicators.calculations import compute
from indicators.calculations.terms import ActionState, Condition, Pending, ResponsibilityKind
from indicators.tests.builders import PlanBuilder, day, moment, valid


@pytest.fixture
def plan():
    return PlanBuilder()


@pytest.fixture
def duty(plan):
    """One institution that owes the report of the first half of 2016, due on 20-07-2016."""
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    return action, institution, plan.half(2016, 1)


def coverage(plan, known_at="31-12-2026", cut_off="31-12-2016"):
    return plan.compute(cut_off, known_at).coverage


def test_a_report_is_owed_by_the_responsable_and_not_by_the_colaboradora(plan, duty):
    action, *_ = duty
    plan.responsible(action, plan.institution("B"), kind=ResponsibilityKind.COLLABORATOR)
    assert coverage(plan).owed == 1


@pytest.mark.parametrize(("until", "owed"), [("29-06-2016", 1), ("30-06-2016", 2)])
def test_a_report_is_owed_by_who_is_responsable_on_the_last_day_of_the_period(plan, duty, until, owed):
    action, *_ = duty
    plan.responsible(action, plan.institution("B"), validity=valid("01-01-2015", until))
    assert coverage(plan).owed == owed


def test_a_responsable_named_by_an_acta_recorded_later_owes_nothing_before(plan, duty):
    action, *_ = duty
    plan.responsible(action, plan.institution("B"), agreement=plan.acta("01-02-2015", "01-09-2016"))
    assert [coverage(plan, known_at).owed for known_at in ("31-08-2016", "02-09-2016")] == [1, 2]


def test_a_report_is_owed_from_the_end_of_its_due_day(plan, duty):
    seen = [coverage(plan, known_at) for known_at in ("20-07-2016 23:59", "21-07-2016 00:00")]
    assert [(each.owed, each.within_term) for each in seen] == [(0, 1), (1, 0)]


def test_a_report_made_within_its_term_is_not_among_the_owed_yet(plan, duty):
    plan.report(*duty, {}, sent="05-07-2016", decided=None)
    seen = coverage(plan, "06-07-2016")
    assert (seen.owed, seen.made, seen.within_term) == (0, 0, 1)


def test_an_extension_moves_the_due_date_of_its_institution_alone(plan, duty):
    action, institution, period = duty
    plan.responsible(action, plan.institution("B"))
    plan.extend(period, institution, "31-08-2016", recorded_at="15-07-2016")
    seen = coverage(plan, "01-08-2016")
    assert (seen.owed, seen.within_term) == (1, 1)


def test_an_extension_granted_late_counts_from_its_recording(plan, duty):
    _, institution, period = duty
    plan.extend(period, institution, "31-08-2016", recorded_at="25-07-2016")
    assert [coverage(plan, known_at).owed for known_at in ("24-07-2016", "26-07-2016", "01-09-2016")] == [1, 0, 1]


@pytest.mark.parametrize(("sent", "on_time"), [("22-07-2016", 0), ("26-07-2016", 1)])
def test_a_late_submission_is_not_put_right_by_an_extension_recorded_after_it(plan, duty, sent, on_time):
    _, institution, period = duty
    plan.extend(period, institution, "31-08-2016", recorded_at="25-07-2016")
    plan.report(*duty, {}, sent=sent, decided=None)
    assert coverage(plan).on_time == on_time


@pytest.mark.parametrize(("sent", "on_time"), [("20-07-2016 23:59", 1), ("21-07-2016 00:00", 0)])
def test_the_due_day_ends_at_midnight_in_santiago(plan, duty, sent, on_time):
    plan.report(*duty, {}, sent=sent, decided=None)
    assert coverage(plan).on_time == on_time


def test_on_time_looks_at_the_first_submission(plan, duty):
    first = plan.submission({}, "10-07-2016", "15-07-2016", returned=True)
    second = plan.submission({}, "10-09-2016", "15-09-2016", number=2)
    plan.rounds(*duty, first, second)
    seen = coverage(plan)
    assert (seen.made, seen.on_time, seen.validated) == (1, 1, 1)


def test_a_withdrawn_first_submission_does_not_make_a_report_timely(plan, duty):
    first = plan.submission({}, "10-07-2016", None, withdrawn_at=moment("11-07-2016"))
    second = plan.submission({}, "10-09-2016", None, number=2)
    plan.rounds(*duty, first, second)
    assert coverage(plan).on_time == 0


@pytest.mark.parametrize(("source_date", "on_time"), [("18-07-2016", 1), ("21-07-2016", 0)])
def test_on_behalf_the_date_of_the_oficio_is_looked_at(plan, duty, source_date, on_time):
    fields = {"on_behalf": True, "source_document": "Oficio 12", "source_date": day(source_date)}
    plan.report(*duty, {}, sent="10-05-2026", decided="12-05-2026", **fields)
    assert coverage(plan).on_time == on_time


def test_made_validated_and_returned_are_counted_apart(plan, duty):
    action, *_, period = duty
    for name, fields in (("B", {}), ("C", {"decided": None}), ("D", {"returned": True}), ("E", None)):
        institution = plan.institution(name)
        plan.responsible(action, institution)
        if fields is not None:
            plan.report(action, institution, period, {}, **fields)
    seen = coverage(plan)
    assert (seen.owed, seen.made, seen.validated, seen.returned, seen.unanswered) == (5, 3, 1, 1, 2)


def test_an_annulled_report_stays_owed_and_unanswered(plan, duty):
    plan.rounds(*duty, plan.submission({}), annulled_at=moment("01-09-2016"))
    seen = coverage(plan)
    assert (seen.owed, seen.made) == (1, 0)


def test_periods_that_ended_before_a_suppression_stay_in_coverage(plan, duty):
    plan.half(2016, 2)
    plan.amend("1.1.1", "suppress", "01-09-2016")
    result = plan.compute()
    assert (result.coverage.owed, result.action("1.1.1").state) == (1, ActionState.SUPPRESSED)


def test_each_institution_has_its_own_duties_in_the_order_of_the_plan(plan, duty):
    action, _, period = duty
    second = plan.institution("B")
    plan.responsible(action, second)
    plan.report(action, second, period, {})
    rows = [(row.name, row.coverage.owed, row.coverage.made) for row in plan.compute().institutions]
    assert rows == [("A", 1, 0), ("B", 1, 1)]


# What a missing report does to a figure


@pytest.fixture
def scored(plan, duty):
    action, institution, period = duty
    indicator = plan.indicator(action)
    plan.year_target(indicator, 100)
    return action, institution, period, indicator


@pytest.mark.parametrize(
    ("known_at", "condition", "text"),
    [
        ("20-01-2017 12:00", Condition.NOT_DUE, "No exigible (en plazo)"),
        ("21-01-2017 12:00", Condition.COMPUTABLE, "0,0\u00a0%, sin informe"),
    ],
)
def test_a_due_target_whose_missing_reports_are_all_in_term_is_not_due(plan, known_at, condition, text):
    action = plan.action("1.1.1", plan.institution("A"))
    indicator = plan.indicator(action)
    plan.half(2016, 2)
    plan.year_target(indicator, 100)
    figure = plan.result(indicator, known_at=known_at).verified
    assert (figure.condition, figure.score_text) == (condition, text)


def test_one_overdue_missing_report_is_enough_to_score_zero(plan, scored):
    *_, indicator = scored
    plan.half(2016, 2)
    figure = plan.result(indicator, known_at="10-01-2017").verified
    assert (figure.capped, figure.pending) == (0, Pending.NO_REPORT)


@pytest.mark.parametrize(
    ("fields", "pending"),
    [
        ({"decided": None}, Pending.IN_REVIEW),
        ({"returned": True}, Pending.RETURNED),
        ({"answer": "not_applicable"}, Pending.NOT_APPLICABLE),
    ],
)
def test_a_due_figure_without_value_says_what_it_waits_for(plan, scored, fields, pending):
    action, institution, period, indicator = scored
    told = {} if "answer" in fields else {indicator: 5}
    plan.report(action, institution, period, told, **fields)
    figure = plan.result(indicator).verified
    assert (figure.value, figure.capped, figure.pending) == (None, 0, pending)


def test_the_most_advanced_pending_report_names_the_label(plan, scored):
    action, first, period, indicator = scored
    second = plan.institution("B")
    plan.responsible(action, second)
    plan.report(action, first, period, {indicator: 5}, returned=True)
    plan.report(action, second, period, {indicator: 5}, decided=None)
    assert plan.result(indicator).verified.pending is Pending.IN_REVIEW


def test_what_waits_for_review_is_counted_aloud(plan, scored):
    action, institution, period, indicator = scored
    other = plan.indicator(action)
    plan.year_target(other, 10)
    plan.report(action, institution, period, {indicator: 5, other: 5}, decided=None)
    score = plan.compute().verified
    assert (score.in_review, score.in_review_text) == (2, "2 indicadores en revisión")


def test_a_figure_that_is_informed_is_never_added_to_the_verified_one(plan, scored):
    action, institution, period, indicator = scored
    plan.report(action, institution, period, {indicator: 30})
    plan.report(action, institution, plan.half(2016, 2), {indicator: 50}, decided=None)
    result = plan.compute()
    assert result.verified.percent_text == "30,0\u00a0%"
    assert result.informed.percent_text == "80,0\u00a0%"


def test_a_report_that_concerns_another_indicator_of_the_action_names_no_label(plan, scored):
    action, _, period, indicator = scored
    helper = plan.institution("B")
    other = plan.indicator(action)
    plan.responsible(action, helper, indicator_ids=frozenset({other.id}))
    plan.report(action, helper, period, {other: 5}, decided=None)
    assert plan.result(indicator).verified.pending is Pending.NO_REPORT


def test_a_report_in_review_is_not_missing(plan, scored):
    action, institution, period, indicator = scored
    plan.report(action, institution, period, {indicator: 5}, decided=None)
    plan.half(2016, 2)
    seen = plan.result(indicator, known_at="10-01-2017").verified
    assert (seen.condition, seen.reason) == (Condition.NOT_DUE, "en plazo")


def test_a_known_at_given_as_the_due_date_includes_it(plan, duty):
    seen = compute(plan.inputs(), day("30-06-2016"), day("20-07-2016")).coverage
    assert (seen.owed, seen.within_term) == (1, 0)
