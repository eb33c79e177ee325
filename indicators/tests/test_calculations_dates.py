"""Two dates, never one; what was known, and from which point of view (COMPLIANCE, Two dates; Fine print)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from indicators.calculations import compute
from indicators.calculations.moments import end_of_day, local_day
from indicators.calculations.terms import ActionState, Condition, Mark, Pending
from indicators.tests.builders import PlanBuilder, day, moment


@pytest.fixture
def plan():
    return PlanBuilder()


@pytest.fixture
def count(plan):
    """An action with one count, its institution and the first half of 2016."""
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    return action, institution, plan.half(2016, 1), plan.indicator(action)


def test_a_day_on_which_the_clocks_are_set_back_ends_when_its_last_hour_was_lived_twice():
    """From 23:59 of summer time they went back to 23:00."""
    last = datetime(2026, 4, 5, 4, tzinfo=UTC) - timedelta(microseconds=1)
    assert end_of_day(date(2026, 4, 4)).astimezone(UTC) == last
    assert local_day(end_of_day(date(2026, 4, 4))) == date(2026, 4, 4)


def test_a_period_that_ends_after_the_cut_off_is_not_read(plan, count):
    action, institution, period, indicator = count
    plan.report(action, institution, period, {indicator: 40})
    plan.report(action, institution, plan.half(2016, 2), {indicator: 50})
    assert plan.result(indicator, "30-12-2016").verified.value == 40


def test_a_target_agreed_after_the_cut_off_does_not_count(plan, count):
    *_, indicator = count
    plan.year_target(indicator, 10, agreement=plan.acta("01-01-2017"))
    assert plan.result(indicator, "31-12-2016").verified.condition is Condition.NO_TARGET
    assert plan.result(indicator, "01-01-2017").verified.condition is Condition.COMPUTABLE


def test_a_target_recorded_after_known_at_does_not_count(plan, count):
    *_, indicator = count
    acta = plan.acta("01-03-2016", recorded_at="01-03-2017")
    plan.year_target(indicator, 10, agreement=acta, recorded_at=moment("01-03-2017"))
    assert plan.result(indicator, known_at="28-02-2017").verified.condition is Condition.NO_TARGET
    assert plan.result(indicator, known_at="02-03-2017").verified.condition is Condition.COMPUTABLE


def test_a_target_recorded_later_than_its_acta_counts_from_its_own_recording(plan, count):
    *_, indicator = count
    plan.year_target(indicator, 10, recorded_at=moment("01-03-2017"))
    assert plan.result(indicator, known_at="28-02-2017").verified.condition is Condition.NO_TARGET


@pytest.mark.parametrize(("agreed_on", "late"), [("31-12-2016", False), ("01-01-2017", True)])
def test_a_target_agreed_after_the_end_of_its_year_is_marked(plan, count, agreed_on, late):
    *_, indicator = count
    plan.year_target(indicator, 10, agreement=plan.acta(agreed_on))
    result = plan.result(indicator, "30-06-2017")
    assert (Mark.TARGET_SET_LATE in result.marks, result.target.set_late) == (late, late)


def test_a_suppression_is_read_on_the_cut_off(plan, count):
    plan.amend("1.1.1", "suppress", "01-09-2016", agreed=plan.acta("01-08-2016"))
    states = [plan.compute(cut_off).action("1.1.1").state for cut_off in ("31-08-2016", "01-09-2016")]
    assert states == [ActionState.UNREPORTED, ActionState.SUPPRESSED]


def test_a_suppression_agreed_after_the_cut_off_is_not_known_yet(plan, count):
    plan.amend("1.1.1", "suppress", "01-09-2016", agreed=plan.acta("01-10-2016"))
    assert plan.compute("30-09-2016").action("1.1.1").state is ActionState.UNREPORTED


def test_a_suppressed_objetivo_takes_its_actions_with_it(plan, count):
    plan.amend("1.1", "suppress", "01-09-2016")
    assert plan.compute().action("1.1.1").state is ActionState.SUPPRESSED


def test_the_text_in_force_is_that_of_the_cut_off(plan, count):
    plan.amend("1.1.1", "modify", "01-09-2016", "Texto nuevo")
    texts = [plan.compute(cut_off).action("1.1.1").text for cut_off in ("31-08-2016", "01-09-2016")]
    assert texts == ["Acción 1.1.1", "Texto nuevo"]


def test_an_action_added_by_an_acta_is_not_in_the_plan_before(plan, count):
    plan.action("1.1.2")
    plan.amend("1.1.2", "add", "01-09-2016", "Acción 1.1.2")
    codes = [[action.code for action in plan.compute(day).iter_actions()] for day in ("31-08-2016", "01-09-2016")]
    assert codes == [["1.1.1"], ["1.1.1", "1.1.2"]]


def test_keeping_an_action_changes_nothing(plan, count):
    plan.amend("1.1.1", "suppress", "01-09-2016")
    plan.amend("1.1.1", "keep", "01-10-2016")
    assert plan.compute().action("1.1.1").state is ActionState.SUPPRESSED


def test_a_withdrawn_submission_never_was_once_the_withdrawal_is_known(plan, count):
    action, institution, period, indicator = count
    sent = plan.submission({indicator: 9}, "10-07-2016", None, withdrawn_at=moment("12-07-2016"))
    plan.rounds(action, institution, period, sent)
    values = [
        plan.result(indicator, "30-06-2016", known_at).informed.value for known_at in ("11-07-2016", "13-07-2016")
    ]
    assert values == [9, None]
    assert plan.compute().coverage.made == 0


def test_a_returned_submission_stays_informed_until_the_next(plan, count):
    action, institution, period, indicator = count
    first = plan.submission({indicator: 9}, "10-07-2016", "15-07-2016", returned=True)
    second = plan.submission({indicator: 8}, "20-07-2016", None, number=2)
    plan.rounds(action, institution, period, first, second)
    values = [
        plan.result(indicator, "30-06-2016", known_at).informed.value for known_at in ("16-07-2016", "21-07-2016")
    ]
    assert values == [9, 8]
    assert plan.result(indicator).verified.value is None


def test_annulling_a_report_takes_everything_out_and_nothing_falls_back(plan, count):
    action, institution, period, indicator = count
    first = plan.submission({indicator: 50}, "10-07-2016", "15-07-2016")
    second = plan.submission({indicator: 30}, "10-08-2016", "15-08-2016", number=2)
    plan.rounds(action, institution, period, first, second, annulled_at=moment("01-09-2016"))
    before, after = (plan.result(indicator, known_at=known_at) for known_at in ("31-08-2016", "01-09-2016 12:00"))
    assert (before.verified.value, after.verified.value, after.informed.value) == (30, None, None)


def test_a_rectification_in_review_keeps_the_approved_value_and_shows_the_new_one_apart(plan, count):
    action, institution, period, indicator = count
    first = plan.submission({indicator: 50}, "10-07-2016", "15-07-2016")
    second = plan.submission({indicator: 30}, "10-08-2016", None, number=2)
    plan.rounds(action, institution, period, first, second, reopened_at=(moment("01-08-2016"),))
    result = plan.result(indicator)
    assert (result.verified.value, result.informed.value) == (50, 30)
    assert Mark.RECTIFYING in result.verified.marks
    assert Mark.RECTIFYING not in result.informed.marks


def test_the_validated_figure_counts_where_it_differs_from_the_reported_one(plan, count):
    action, institution, period, indicator = count
    plan.report(action, institution, period, {indicator: 40}, validated={indicator: 38})
    result = plan.result(indicator)
    assert (result.verified.value, result.informed.value) == (38, 40)


def test_history_entered_later_is_not_seen_by_an_earlier_known_at_and_is_marked(plan, count):
    action, institution, period, indicator = count
    plan.report(
        action,
        institution,
        period,
        {indicator: 40},
        sent="10-05-2026",
        decided="12-05-2026",
        on_behalf=True,
        source_document="Oficio 12",
        source_date=day("15-07-2016"),
    )
    assert plan.result(indicator, known_at="31-12-2016").informed.value is None
    assert Mark.RECONSTRUCTED in plan.result(indicator).verified.marks


def test_a_record_on_behalf_within_the_term_is_not_history(plan, count):
    action, institution, period, indicator = count
    fields = {"on_behalf": True, "source_document": "Oficio 12", "source_date": day("09-07-2016")}
    plan.report(action, institution, period, {indicator: 40}, **fields)
    assert plan.result(indicator).verified.marks == frozenset()


def test_a_bare_date_means_the_end_of_that_day_in_santiago(plan, count):
    action, institution, period, indicator = count
    plan.report(action, institution, period, {indicator: 40}, decided="28-02-2017 23:59")
    asked = compute(plan.inputs(), day("31-12-2016"), day("28-02-2017"))
    assert asked.indicator("1.1.1.I1").verified.value == 40
    assert asked.dates_text == "Corte 31-12-2016, con lo resuelto hasta 28-02-2017 23:59"


def test_a_moment_without_time_zone_is_refused(plan):
    with pytest.raises(ValueError, match="time zone"):
        compute(plan.inputs(), day("31-12-2016"), datetime(2017, 2, 28, 18))


def test_an_approved_report_without_the_figure_leaves_the_indicator_without_report(plan, count):
    action, institution, period, indicator = count
    other = plan.indicator(action)
    plan.year_target(indicator, 10)
    plan.report(action, institution, period, {other: 3})
    assert plan.result(indicator).verified.pending is Pending.NO_REPORT


def test_what_was_recorded_at_that_very_moment_is_known(plan, count):
    action, institution, period, indicator = count
    at = "20-07-2016 15:00"
    plan.year_target(indicator, 10, agreement=plan.acta("01-01-2016", at), recorded_at=moment(at))
    plan.report(action, institution, period, {indicator: 5}, sent=at, decided=at)
    before, then = (plan.result(indicator, known_at=known_at) for known_at in ("20-07-2016 14:59", at))
    assert (before.verified.condition, before.informed.value) == (Condition.NO_TARGET, None)
    assert (then.verified.condition, then.verified.value, then.informed.value) == (Condition.COMPUTABLE, 5, 5)


def test_an_eje_added_by_an_acta_is_not_in_the_plan_before(plan, count):
    plan.new_axis(2)
    plan.amend("2", "add", "01-09-2016", "Eje 2")
    numbers = [[axis.number for axis in plan.compute(day).axes] for day in ("31-08-2016", "01-09-2016")]
    assert numbers == [[1], [1, 2]]
