"""The tablero: at a glance what is on course, what is not, and what is not known, for the reader's own scope."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from indicators.calculations.group_scores import count_states
from indicators.calculations.results import (
    ActionResult,
    AxisResult,
    Coverage,
    InstitutionResult,
    ObjectiveResult,
    PlanResult,
)
from indicators.calculations.terms import ActionState
from indicators.queries.records import Records
from plan import access
from plan.models import Plan, User
from reports.charts.double import DoubleBar, coverage_bar, score_bar
from reports.charts.states import StateBar, state_bar
from reports.plan_pages.attention import Matter, matters_of_figures, matters_of_work, unanswered_of
from reports.plan_pages.calculation import WHOLE_PLAN, axis_reference
from reports.plan_pages.evolution import Evolution, evolution
from reports.plan_pages.regional_figure import RegionalFigure, regional_figure, regional_indicators


@dataclass(frozen=True, slots=True)
class Strip:
    """An eje of the plan, or an objetivo of an eje, as a stacked bar of its actions. Only an eje has a tablero of its
    own, by `axis_number`."""

    label: str
    name: str
    reference: str
    axis_number: int | None
    result: AxisResult | ObjectiveResult
    states: StateBar

    @property
    def bar_id(self) -> str:
        return f"barra-{self.reference.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class OwnDuty:
    """The reader's institution: its actions and its duty to report. It has no percentage of its own, for compliance is
    of actions, not of institutions."""

    institution: InstitutionResult
    states: StateBar
    coverage_bar: DoubleBar
    actions: tuple[ActionResult, ...]

    @property
    def bar_id(self) -> str:
        return f"propia-{self.institution.id}"

    @property
    def coverage(self) -> Coverage:
        return self.institution.coverage

    @property
    def calculation(self) -> str:
        return reverse("reports:institution_calculation", args=[self.institution.id])


@dataclass(frozen=True, slots=True)
class Board:
    """`result` is the plan, or the eje that was chosen."""

    plan_result: PlanResult
    result: PlanResult | AxisResult
    reference: str
    states: StateBar
    score_bar: DoubleBar
    coverage_bar: DoubleBar
    strips: tuple[Strip, ...]
    axes: tuple[AxisResult, ...]
    matters: tuple[Matter, ...]
    own: tuple[OwnDuty, ...]
    evolution: Evolution
    territory: RegionalFigure | None

    @property
    def fulfilled(self) -> int:
        return self.result.states.of(ActionState.FULFILLED)


@dataclass(frozen=True, slots=True)
class Look:
    """What the address asks for: an eje, or the whole plan where its number is None or not in the plan, and both dates.
    `query` keeps the dates in links."""

    axis_number: int | None
    cut_off: date
    known_on: date | None
    query: str


def board(records: Records, result: PlanResult, look: Look, reader: User) -> Board:
    """`result` is what the records come to at the dates of `look`."""
    plan = records.plan
    axis = next((axis for axis in result.axes if axis.number == look.axis_number), None)
    scope = axis or result
    reference = axis_reference(axis) if axis else WHOLE_PLAN
    own = tuple(_own_duties(result, reader))
    return Board(
        plan_result=result,
        result=scope,
        reference=reference,
        states=state_bar(scope.states, "Acciones por estado"),
        score_bar=score_bar("Cumplimiento", scope.verified, scope.informed),
        coverage_bar=coverage_bar(scope.coverage),
        strips=tuple(_objective_strips(axis) if axis else _axis_strips(result)),
        axes=(axis,) if axis else result.axes,
        matters=(*matters_of_work(plan, axis, reader), *_matters_of_figures(result, scope, own, reference, look.query)),
        own=own,
        evolution=evolution(records, look.cut_off, look.known_on, reference),
        territory=_territory(plan, result, scope),
    )


def _territory(plan: Plan, result: PlanResult, scope: PlanResult | AxisResult) -> RegionalFigure | None:
    """The first indicator by region of what the tablero looks at; the others are a click away."""
    here = {indicator.id for indicator in scope.iter_indicators()}
    first = next((row for row in regional_indicators(plan) if row.pk in here), None)
    return regional_figure(result, first) if first else None


def _matters_of_figures(
    result: PlanResult, scope: PlanResult | AxisResult, own: tuple[OwnDuty, ...], reference: str, query: str
) -> list[Matter]:
    """Of the reader's institution where there is one, with what it owes of actions that it answers for no longer; else
    of what the tablero looks at."""
    if not own:
        calculation = reverse("reports:calculation", args=[reference])
        return matters_of_figures(scope.iter_actions(), unanswered_of(scope.iter_actions()), calculation + query)
    return [
        matter
        for duty in own
        for matter in matters_of_figures(
            duty.actions, unanswered_of(result.iter_actions(), duty.institution.id), duty.calculation + query
        )
    ]


def _axis_strips(result: PlanResult) -> Iterator[Strip]:
    for axis in result.axes:
        label = f"Eje {axis.number}"
        bar = state_bar(axis.states, label)
        yield Strip(label, axis.name, axis_reference(axis), axis.number, axis, bar)


def _objective_strips(axis: AxisResult) -> Iterator[Strip]:
    for objective in axis.objectives:
        bar = state_bar(objective.states, objective.code)
        yield Strip(objective.code, objective.text, objective.code, None, objective, bar)


def _own_duties(result: PlanResult, reader: User) -> Iterator[OwnDuty]:
    mine = access.institution_ids(reader)
    for institution in result.institutions:
        if institution.id not in mine:
            continue
        actions = tuple(action for action in result.iter_actions() if institution.id in action.institution_ids)
        yield OwnDuty(institution, state_bar(count_states(actions)), coverage_bar(institution.coverage), actions)
