"""The state of an action: the first that fits (COMPLIANCE, Aggregation and states; Fine print: States)."""

import pytest

from indicators.calculations.terms import ActionState, Kind, Recurrence, Scope, Stage
from indicators.tests.builders import PlanBuilder


@pytest.fixture
def plan():
    builder = PlanBuilder()
    builder.mine = builder.institution("A")
    builder.act = builder.action("1.1.1", builder.mine)
    return builder


def state(plan, cut_off="31-12-2016", known_at="31-12-2026"):
    return plan.compute(cut_off, known_at).action("1.1.1").state


def told(plan, indicator, value, half=1, year=2016, **fields):
    period = plan.half(year, half)
    plan.report(plan.act, plan.mine, period, {} if indicator is None else {indicator: value}, **fields)


def test_suppressed_comes_before_everything(plan):
    plan.year_target(plan.indicator(plan.act), 10)
    plan.half(2016, 1)
    plan.amend("1.1.1", "suppress", "01-12-2016")
    assert state(plan) is ActionState.SUPPRESSED


def test_fulfilled_asks_every_target_of_the_plan_and_every_medio(plan):
    indicator, means = plan.indicator(plan.act), plan.means(plan.act)
    plan.year_target(indicator, 10)
    told(plan, indicator, 10, accredited=(means,))
    assert state(plan) is ActionState.FULFILLED


@pytest.mark.parametrize("target", [{"year": 2017}, {"year": 2015}])
def test_a_target_of_another_year_not_met_keeps_it_from_being_fulfilled(plan, target):
    indicator, means = plan.indicator(plan.act), plan.means(plan.act)
    plan.year_target(indicator, 10)
    plan.year_target(indicator, 10, **target)
    told(plan, indicator, 10, accredited=(means,))
    assert state(plan) is not ActionState.FULFILLED


def test_a_medio_not_yet_owed_keeps_it_from_being_fulfilled(plan):
    indicator, _ = plan.indicator(plan.act), plan.means(plan.act)
    plan.year_target(indicator, 10)
    told(plan, indicator, 10)
    assert state(plan) is ActionState.ON_TRACK


def test_without_medios_it_is_never_fulfilled(plan):
    indicator = plan.indicator(plan.act)
    plan.year_target(indicator, 10)
    told(plan, indicator, 10)
    assert state(plan) is ActionState.ON_TRACK


def test_an_indicator_without_target_does_not_stand_in_the_way(plan):
    indicator, _, means = plan.indicator(plan.act), plan.indicator(plan.act), plan.means(plan.act)
    plan.year_target(indicator, 10)
    told(plan, indicator, 10, accredited=(means,))
    assert state(plan) is ActionState.FULFILLED


def test_a_whole_plan_target_met_early_fulfils(plan):
    indicator, means = plan.indicator(plan.act), plan.means(plan.act)
    plan.target(indicator, 10)
    told(plan, indicator, 12, accredited=(means,))
    assert state(plan) is ActionState.FULFILLED


def test_executed_has_no_target_and_all_its_medios(plan):
    indicator, means = plan.indicator(plan.act), plan.means(plan.act)
    told(plan, indicator, 10, accredited=(means,))
    assert state(plan) is ActionState.EXECUTED


def test_overdue_by_a_due_target_below_one(plan):
    indicator, means = plan.indicator(plan.act), plan.means(plan.act)
    plan.year_target(indicator, 10)
    told(plan, indicator, 9, accredited=(means,))
    action = plan.compute().action("1.1.1")
    assert (action.state, action.state_reason) == (ActionState.OVERDUE, "1 meta vencida bajo 100 %")


def test_overdue_by_a_medio_not_accredited(plan):
    indicator = plan.indicator(plan.act)
    plan.deadline(plan.means(plan.act), "30-06-2016")
    told(plan, indicator, 10)
    action = plan.compute().action("1.1.1")
    assert (action.state, action.state_reason) == (ActionState.OVERDUE, "1 medio exigible sin acreditar")


def test_overdue_looks_at_what_is_verified_and_not_at_what_is_informed(plan):
    indicator = plan.indicator(plan.act)
    plan.year_target(indicator, 10)
    told(plan, indicator, 10, decided=None)
    assert state(plan) is ActionState.OVERDUE


def test_a_target_of_an_earlier_year_that_was_missed_stays_due(plan):
    indicator = plan.indicator(plan.act)
    plan.year_target(indicator, 10, 2015)
    plan.year_target(indicator, 10, 2016)
    told(plan, indicator, 5, year=2015)
    told(plan, indicator, 10)
    assert plan.result(indicator).verified.raw == 1
    assert state(plan) is ActionState.OVERDUE


def test_what_is_still_in_term_does_not_make_it_overdue(plan):
    plan.year_target(plan.indicator(plan.act), 10)
    plan.half(2016, 2)
    assert state(plan, known_at="10-01-2017") is ActionState.NOT_STARTED
    assert state(plan, known_at="21-01-2017") is ActionState.OVERDUE


def test_on_track_has_something_due_and_met_and_more_to_come(plan):
    indicator = plan.indicator(plan.act)
    plan.year_target(indicator, 10)
    plan.year_target(indicator, 10, 2017)
    told(plan, indicator, 10)
    assert state(plan) is ActionState.ON_TRACK


def test_a_medio_owed_and_accredited_is_something_due_and_met(plan):
    indicator, means = plan.indicator(plan.act), plan.means(plan.act, recurrence=Recurrence.PER_PERIOD)
    plan.target(indicator, 100)
    told(plan, indicator, 10, accredited=(means,))
    assert state(plan) is ActionState.ON_TRACK


def test_with_nothing_due_an_action_with_work_is_in_progress_and_not_on_track(plan):
    indicator = plan.indicator(plan.act)
    plan.target(indicator, 100)
    told(plan, indicator, 10)
    assert state(plan) is ActionState.IN_PROGRESS


def test_due_but_not_calculable_is_not_met(plan):
    ratio = plan.indicator(plan.act, kind=Kind.RATIO, denominator_aggregation="stock", universe_id=1)
    met = plan.indicator(plan.act)
    plan.year_target(ratio, 1)
    plan.year_target(met, 1)
    plan.report(plan.act, plan.mine, plan.half(2016, 1), {ratio: {"numerator": 5}, met: 1})
    assert state(plan) is ActionState.IN_PROGRESS


@pytest.mark.parametrize(
    ("kind", "figure", "expected"),
    [
        (Kind.COUNT, 0, ActionState.NOT_STARTED),
        (Kind.COUNT, 1, ActionState.IN_PROGRESS),
        (Kind.COUNT, {"affirmative": False}, ActionState.NOT_STARTED),
        (Kind.COUNT, {"affirmative": True}, ActionState.IN_PROGRESS),
        (Kind.RATIO, {"numerator": 0, "denominator": 9}, ActionState.NOT_STARTED),
        (Kind.RATIO, {"numerator": 1, "denominator": 9}, ActionState.IN_PROGRESS),
        (Kind.PRODUCT, {"stage": Stage.NOT_STARTED}, ActionState.NOT_STARTED),
        (Kind.PRODUCT, {"stage": Stage.IN_PREPARATION}, ActionState.IN_PROGRESS),
    ],
)
def test_in_progress_asks_any_informed_value_above_zero_or_a_stage(plan, kind, figure, expected):
    indicator = plan.indicator(plan.act, kind=kind)
    told(plan, indicator, figure, decided=None)
    assert state(plan) is expected


def test_evidence_alone_is_progress(plan):
    told(plan, None, None, answer="no_progress", has_evidence=True, decided=None)
    assert state(plan) is ActionState.IN_PROGRESS


def test_unreported_when_a_report_fell_due_unanswered(plan):
    plan.indicator(plan.act)
    plan.half(2016, 1)
    assert [state(plan, known_at=known_at) for known_at in ("20-07-2016", "21-07-2016")] == [
        ActionState.NOT_STARTED,
        ActionState.UNREPORTED,
    ]


def test_an_unanswered_report_is_also_a_mark_beside_another_state(plan):
    indicator = plan.indicator(plan.act)
    told(plan, indicator, 3)
    plan.half(2016, 2)
    action = plan.compute().action("1.1.1")
    assert (action.state, action.unanswered_reports) == (ActionState.IN_PROGRESS, 1)


def test_the_states_of_the_plan_are_counted_with_the_suppressed_apart(plan):
    for number in range(2, 37):
        plan.action(f"1.1.{number}")
    plan.amend("1.1.36", "suppress", "01-12-2016")
    states = plan.compute().states
    assert states.sentence == "36 = 35 vigentes + 1 suprimida"
    assert (states.of(ActionState.NOT_STARTED), states.total) == (35, 36)


def test_a_cumulative_target_already_passed_and_met_leaves_nothing_overdue(plan):
    indicator = plan.indicator(plan.act)
    plan.target(indicator, 10, Scope.CUMULATIVE, due_on="30-06-2016")
    told(plan, indicator, 10)
    assert state(plan) is ActionState.ON_TRACK


def test_one_medio_of_two_is_not_all(plan):
    indicator, means = plan.indicator(plan.act), plan.means(plan.act)
    plan.means(plan.act)
    plan.year_target(indicator, 10)
    told(plan, indicator, 10, accredited=(means,))
    assert state(plan) is ActionState.ON_TRACK


def test_a_medio_that_nobody_owes_does_not_stand_in_the_way_of_one_that_is_owed(plan):
    helper = plan.institution("B")
    action = plan.action("1.1.2")
    indicator, owed, _ = plan.indicator(action), plan.means(action), plan.means(action)
    plan.responsible(action, helper, means_ids=frozenset({owed.id}))
    plan.year_target(indicator, 10)
    plan.report(action, helper, plan.half(2016, 1), {indicator: 10}, accredited=(owed,))
    assert plan.compute().action("1.1.2").state is ActionState.FULFILLED
