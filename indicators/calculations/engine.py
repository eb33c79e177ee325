"""The entry point: the whole plan, at two dates (COMPLIANCE)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

from indicators.calculations.action_scores import action_score
from indicators.calculations.amended import Presence
from indicators.calculations.assessments import assess
from indicators.calculations.coverage import coverage_of, coverage_of_institution, total
from indicators.calculations.duties import report_duties
from indicators.calculations.group_scores import count_states, group_score
from indicators.calculations.inputs import ActionInput, AxisInput, IndicatorInput, ObjectiveInput, PlanInputs
from indicators.calculations.known import Answers, Known, group
from indicators.calculations.means import means_results
from indicators.calculations.moments import as_moment
from indicators.calculations.results import (
    ActionResult,
    AxisResult,
    InstitutionResult,
    ObjectiveResult,
    PlanResult,
)
from indicators.calculations.states import Facts, is_active, reason_of, state_of
from indicators.calculations.terms import ActionState
from indicators.calculations.turning import asking_days
from indicators.calculations.versions import View
from indicators.calculations.weights import weights_of
from indicators.calculations.wording import dates_text


def compute(
    inputs: PlanInputs,
    cut_off: date,
    known_at: date | datetime,
    *,
    is_traced: bool = True,
) -> PlanResult:
    """The compliance of a plan.

    `cut_off` is the fecha de corte; `known_at` the moment up to which records count (aware; a bare date means its end
    in Santiago; ValueError for a naive datetime). The same inputs in any order and the same dates give the same
    result. `is_traced`: with what each figure rests on, and with what each institution told.
    """
    known = Known(inputs, cut_off, as_moment(known_at), is_traced=is_traced)
    return _plan(known, {row.id: _action(known, row) for row in inputs.actions})


def compute_action(
    inputs: PlanInputs,
    action_id: int,
    cut_off: date,
    known_at: date | datetime,
    *,
    answers: Answers | None = None,
) -> ActionResult | None:
    """What `compute` gives for one action; None where an acta adds it after the cut-off. Of the `inputs` it reads only
    what `narrowed` leaves. With `answers` of the turning day before the cut-off it is not traced, and needs no
    reports."""
    known = Known(inputs, cut_off, as_moment(known_at), is_traced=answers is None, answers=answers)
    return _action(known, known.actions[action_id])


def action_over_time(
    inputs: PlanInputs, action_id: int, known_at: date | datetime
) -> Callable[[date], ActionResult | None]:
    """What `compute_action` gives at any cut-off, not traced, with one and the same knowledge, read once."""
    known = Known(inputs, date.max, as_moment(known_at), is_traced=False)
    return lambda cut_off: _action(known.at(cut_off), known.actions[action_id])


def answers_over_time(inputs: PlanInputs, action_id: int, known_at: date | datetime) -> Callable[[date], Answers]:
    """By turning day, what the reports of one action answer to all that is asked of them from there to the next, with
    one and the same knowledge, read once. They are small, whatever the number of reports."""
    known = Known(inputs, date.max, as_moment(known_at), is_traced=False)

    def at(turn: date) -> Answers:
        answers: Answers = {}
        for day in asking_days(inputs, turn):
            _action(known.at(day, answers), known.actions[action_id])
        return answers

    return at


def assemble(
    inputs: PlanInputs,
    actions: Mapping[int, ActionResult | None],
    cut_off: date,
    known_at: date | datetime,
    *,
    is_traced: bool = True,
) -> PlanResult:
    """What `compute` gives, out of what `compute_action` gave for each action at the same dates; reports are not
    read again."""
    return _plan(Known(inputs, cut_off, as_moment(known_at), is_traced=is_traced), actions)


def _plan(known: Known, results: Mapping[int, ActionResult | None]) -> PlanResult:
    rows = sorted(known.inputs.axes, key=lambda row: row.number)
    axes = tuple(_axis(known, row, results) for row in rows if _is_shown(known, row))
    actions = [action for axis in axes for action in axis.iter_actions()]
    return PlanResult(
        code=known.plan.code,
        title=known.plan.title,
        cut_off=known.cut_off,
        known_at=known.known_at,
        dates_text=dates_text(known.cut_off, known.known_at),
        methodology=known.methodology,
        verified=group_score(known, actions, View.VERIFIED),
        informed=group_score(known, actions, View.INFORMED),
        states=count_states(actions),
        coverage=total(action.coverage for action in actions),
        axes=axes,
        institutions=_institutions(known, actions),
    )


def _is_shown(known: Known, axis: AxisInput) -> bool:
    """What an acta adds later is not in the plan yet; what it suppressed still is, and says so."""
    return known.amended.presence(str(axis.number), known.cut_off) is not Presence.NOT_YET_ADDED


def _axis(known: Known, axis: AxisInput, results: Mapping[int, ActionResult | None]) -> AxisResult:
    rows = sorted(known.inputs.objectives, key=lambda row: (row.position, row.code))
    shown = [
        row
        for row in rows
        if row.axis_id == axis.id and known.amended.presence(row.code, known.cut_off) is not Presence.NOT_YET_ADDED
    ]
    actions_of = {row.id: _actions(known, row, results) for row in shown}
    actions = [action for row in shown for action in actions_of[row.id]]
    weights = weights_of(known, [row.id for row in actions if row.state is not ActionState.SUPPRESSED])
    return AxisResult(
        id=axis.id,
        number=axis.number,
        name=known.amended.text(str(axis.number), axis.name, known.cut_off),
        verified=group_score(known, actions, View.VERIFIED, weights),
        informed=group_score(known, actions, View.INFORMED, weights),
        states=count_states(actions),
        coverage=total(action.coverage for action in actions),
        objectives=tuple(_objective(known, row, actions_of[row.id], weights) for row in shown),
    )


def _objective(
    known: Known, objective: ObjectiveInput, actions: tuple[ActionResult, ...], weights: dict[int, Fraction] | None
) -> ObjectiveResult:
    return ObjectiveResult(
        id=objective.id,
        code=objective.code,
        text=known.amended.text(objective.code, objective.text, known.cut_off),
        verified=group_score(known, actions, View.VERIFIED, weights),
        informed=group_score(known, actions, View.INFORMED, weights),
        states=count_states(actions),
        coverage=total(action.coverage for action in actions),
        actions=actions,
    )


def _actions(
    known: Known, objective: ObjectiveInput, results: Mapping[int, ActionResult | None]
) -> tuple[ActionResult, ...]:
    rows = sorted(known.inputs.actions, key=lambda row: (row.position, row.code))
    mine = (results[row.id] for row in rows if row.objective_id == objective.id)
    return tuple(result for result in mine if result is not None)


def _action(known: Known, action: ActionInput) -> ActionResult | None:
    standing = known.presence(action, known.cut_off)
    if standing is Presence.NOT_YET_ADDED:
        return None
    suppressed = standing is Presence.SUPPRESSED
    assessments = tuple(
        assess(known, row, suppressed or presence is Presence.SUPPRESSED)
        for row in known.indicators_of[action.id]
        if (presence := _indicator_presence(known, row)) is not Presence.NOT_YET_ADDED
    )
    indicators = tuple(assessment.result for assessment in assessments)
    means = means_results(known, action)
    duties = report_duties(known, action.id)
    facts = Facts(suppressed, assessments, means, duties, is_active(known, action.id))
    state = state_of(facts)
    return ActionResult(
        id=action.id,
        code=action.code,
        text=known.amended.text(action.code, action.text, known.cut_off),
        state=state,
        state_reason=reason_of(state, facts),
        verified=action_score(known, indicators, suppressed, View.VERIFIED),
        informed=action_score(known, indicators, suppressed, View.INFORMED),
        unanswered_reports=facts.unanswered,
        institution_ids=_responsibles(known, action),
        indicators=indicators,
        means=means,
        duties=duties,
        coverage=coverage_of(duties, means),
        is_added=known.amended.is_added(action.code),
    )


def _indicator_presence(known: Known, indicator: IndicatorInput) -> Presence:
    return known.amended.presence(known.reference(indicator), known.cut_off)


def _responsibles(known: Known, action: ActionInput) -> tuple[int, ...]:
    holders = {row.institution_id for row in known.responsibles(action.id, known.day)}
    return tuple(pk for pk in known.institutions if pk in holders)


def _institutions(known: Known, actions: Sequence[ActionResult]) -> tuple[InstitutionResult, ...]:
    """Members of the Mesa and whoever owed a report or a medio, in the plan's order."""
    duties = group((duty for action in actions for duty in action.duties), lambda duty: duty.institution_id)
    proofs = (duty for action in actions for result in action.means for duty in result.duties)
    means = group(proofs, lambda duty: duty.institution_id)
    shown = known.members(None, known.day) | duties.keys() | means.keys()
    return tuple(
        InstitutionResult(pk, row.name, row.acronym, coverage_of_institution(duties[pk], means[pk]))
        for pk, row in known.institutions.items()
        if pk in shown
    )
