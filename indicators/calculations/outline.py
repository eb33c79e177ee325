"""A result without what each figure of an indicator rests on: that is what grows with the history of a plan, and who
looks at the whole does not open it."""

from dataclasses import replace
from typing import TypeVar

from indicators.calculations.results import (
    ActionResult,
    AxisResult,
    Figure,
    IndicatorResult,
    ObjectiveResult,
    PartialResult,
    PlanResult,
)

Measured = TypeVar("Measured", IndicatorResult, PartialResult)


def in_outline(result: PlanResult) -> PlanResult:
    """The same figures, states, counts and cells; the traces of indicators keep only their rule and dates."""
    return replace(result, axes=tuple(_axis(axis) for axis in result.axes))


def _axis(axis: AxisResult) -> AxisResult:
    return replace(axis, objectives=tuple(_objective(objective) for objective in axis.objectives))


def _objective(objective: ObjectiveResult) -> ObjectiveResult:
    return replace(objective, actions=tuple(_action(action) for action in objective.actions))


def _action(action: ActionResult) -> ActionResult:
    return replace(action, indicators=tuple(_indicator(indicator) for indicator in action.indicators))


def _indicator(indicator: IndicatorResult) -> IndicatorResult:
    return replace(_untraced(indicator), partials=tuple(_untraced(partial) for partial in indicator.partials))


def _untraced(measured: Measured) -> Measured:
    return replace(measured, verified=_bare(measured.verified), informed=_bare(measured.informed))


def _bare(figure: Figure) -> Figure:
    return replace(figure, trace=replace(figure.trace, steps=(), inputs=(), exclusions=()))
