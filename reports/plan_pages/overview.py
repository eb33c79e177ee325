"""The page of the plan: its ejes, objetivos and acciones one by one, each with its figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indicators.calculations.results import (
    ActionResult,
    Advance,
    AxisResult,
    IndicatorResult,
    ObjectiveResult,
    PlanResult,
)
from indicators.calculations.terms import Mark
from indicators.models import Assessment
from reports.charts.double import DoubleBar, score_bar
from reports.charts.states import StateBar, state_bar
from reports.plan_pages.calculation import axis_reference
from reports.plan_pages.discretion import Discretion


@dataclass(frozen=True, slots=True)
class ActionLine:
    result: ActionResult
    score_bar: DoubleBar
    marks: tuple[str, ...]
    assessment: Assessment | None

    @property
    def bar_id(self) -> str:
        return f"barra-{self.result.code.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class ObjectivePanel:
    result: ObjectiveResult
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class AxisPanel:
    result: AxisResult
    states: StateBar
    objectives: tuple[ObjectivePanel, ...]

    @property
    def label(self) -> str:
        return f"Eje {self.result.number}"

    @property
    def bar_id(self) -> str:
        return f"barra-eje-{self.result.number}"

    @property
    def reference(self) -> str:
        return axis_reference(self.result)


@dataclass(frozen=True, slots=True)
class AdvanceLine:
    """Avance hacia la meta of a target not yet due: never part of the compliance figure."""

    action: ActionResult
    indicator: IndicatorResult
    advance: Advance


@dataclass(frozen=True, slots=True)
class PlanPage:
    result: PlanResult
    axes: tuple[AxisPanel, ...]
    advances: tuple[AdvanceLine, ...]

    @property
    def paces(self) -> tuple[tuple[IndicatorResult, Advance], ...]:
        return tuple((line.indicator, line.advance) for line in self.advances)


def plan_page(discretion: Discretion, assessments: Mapping[int, Assessment]) -> PlanPage:
    """Before one reader; `assessments` by action, as they stand at the dates of the result."""
    result = discretion.result
    return PlanPage(
        result=result,
        axes=tuple(_axis_panel(axis, assessments) for axis in result.axes),
        advances=tuple(_advances(discretion)),
    )


def _axis_panel(axis: AxisResult, assessments: Mapping[int, Assessment]) -> AxisPanel:
    return AxisPanel(
        result=axis,
        states=state_bar(axis.states, f"Eje {axis.number}"),
        objectives=tuple(
            ObjectivePanel(objective, tuple(_action_line(row, assessments.get(row.id)) for row in objective.actions))
            for objective in axis.objectives
        ),
    )


def _action_line(action: ActionResult, assessment: Assessment | None) -> ActionLine:
    return ActionLine(
        action, score_bar(action.code, action.verified, action.informed), _mark_labels(action), assessment
    )


def _mark_labels(action: ActionResult) -> tuple[str, ...]:
    """What is said beside the figures of an action: its own marks and those of its indicators, each once."""
    found = set(action.verified.marks).union(*(indicator.marks for indicator in action.indicators))
    return tuple(mark.label for mark in Mark if mark in found)


def _advances(discretion: Discretion) -> Iterator[AdvanceLine]:
    """A target agreed for one institution is a row of that institution."""
    for axis in discretion.result.axes:
        for action in axis.iter_actions():
            for indicator in action.indicators:
                for advance in discretion.advances(axis.id, action, indicator):
                    yield AdvanceLine(action, indicator, advance)
