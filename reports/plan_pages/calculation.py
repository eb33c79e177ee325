"""¿Cómo se calculó?: any figure opened into its arithmetic, with what it rests on and what was left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from indicators.calculations.results import (
    ActionResult,
    ActionScore,
    Advance,
    AxisResult,
    Coverage,
    Figure,
    Forecast,
    GoalResult,
    GroupScore,
    IndicatorResult,
    ObjectiveResult,
    PlanResult,
    TargetResult,
    Trace,
    TraceInput,
)
from indicators.calculations.terms import ActionState, Band, Condition, Mark
from indicators.calculations.wording import plural
from indicators.enums import Deviation
from reports.plan_pages.discretion import Discretion
from reports.plan_pages.owed_lines import COVERAGE_RULE, DutyLine, MeansDutyLine, OwedLines
from reports.plan_pages.sight import ReadableTrace, Veil

WHOLE_PLAN = "plan"


@dataclass(frozen=True, slots=True)
class InputLine:
    """A report that a figure rests on; `amount` is empty where it may not be shown."""

    row: TraceInput
    amount: str


@dataclass(frozen=True, slots=True)
class Side:
    """A figure from one point of view. `value` is the exact score (1 is 100 %), None where there is none; `says` is
    the figure in words, and `amount` what was measured."""

    text: str
    value: Fraction | None
    band: Band | None
    condition: str
    says: str
    #: What stands behind the condition; empty where nothing does.
    why: str
    amount: str
    marks: tuple[str, ...]
    trace: ReadableTrace
    inputs: tuple[InputLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Calculation:
    """A node of the plan with its figures; `parts` are those that it is made of.

    `reference` is its address: "plan", "eje-1", "1.1", "1.1.1" or "1.1.1.I1". `states` counts actions by state and is
    empty for an action, which has one of its own (`state`), and for an indicator, which has a `condition`. Of `duties`
    and `means` there are those of institutions whose rows the reader sees.
    """

    coverage_rule: ClassVar[str] = COVERAGE_RULE

    reference: str
    label: str
    name: str
    verified: Side
    informed: Side
    coverage: Coverage | None = None
    states: tuple[tuple[ActionState, int], ...] = ()
    state: ActionState | None = None
    state_reason: str = ""
    condition: Condition | None = None
    deviations: tuple[Deviation, ...] = ()
    target: TargetResult | None = None
    advances: tuple[Advance, ...] = ()
    forecast: Forecast | None = None
    goals: tuple[GoalResult, ...] = ()
    duties: tuple[DutyLine, ...] = ()
    means: tuple[MeansDutyLine, ...] = ()
    parts: "tuple[Calculation, ...]" = ()

    def find(self, reference: str) -> "tuple[Calculation, ...]":
        """The way from this node down to the one of the reference, both included; empty where there is none."""
        if self.reference == reference:
            return (self,)
        ways = (part.find(reference) for part in self.parts)
        return next(((self, *way) for way in ways if way), ())

    def metas(self) -> "Iterator[tuple[str, GoalResult]]":
        """Of an indicator, or of those of an action, with the reference of each; what is above has no state."""
        for node in self.parts if self.state else (self,):
            yield from ((node.reference, goal) for goal in node.goals)

    def actions(self) -> "Iterator[Calculation]":
        """The action itself, or those below this node, in the order of the plan."""
        if self.state:
            yield self
        else:
            for part in self.parts:
                yield from part.actions()


class Calculations:
    """Opens the figures of a plan for one reader."""

    def __init__(
        self,
        result: PlanResult,
        discretion: Discretion,
        period_names: dict[int, str],
        readable_reports: frozenset[int] | None = None,
    ):
        """`readable_reports` are those that the reader may open; None for all."""
        self._result = result
        self._discretion = discretion
        self._readable = readable_reports
        names = {row.id: row.name for row in result.institutions}
        self.lines = OwedLines(names, period_names, readable_reports)

    def plan(self) -> Calculation:
        result = self._result
        parts = tuple(self._axis(axis) for axis in result.axes)
        return _group(WHOLE_PLAN, "Plan", result.title, result, parts)

    def _axis(self, axis: AxisResult) -> Calculation:
        parts = tuple(self._objective(axis, objective) for objective in axis.objectives)
        return _group(axis_reference(axis), f"Eje {axis.number}", axis.name, axis, parts)

    def _objective(self, axis: AxisResult, objective: ObjectiveResult) -> Calculation:
        parts = tuple(self._action(axis, action) for action in objective.actions)
        return _group(objective.code, f"Objetivo {objective.code}", objective.text, objective, parts)

    def _action(self, axis: AxisResult, action: ActionResult) -> Calculation:
        veil = self._discretion.veil(axis.id, withholds=False)
        covers = self._discretion.sight(axis.id).covers
        return Calculation(
            reference=action.code,
            label=f"Acción {action.code}",
            name=action.text,
            verified=_score_side(action.verified, veil),
            informed=_score_side(action.informed, veil),
            coverage=action.coverage,
            state=action.state,
            state_reason=action.state_reason,
            duties=tuple(self.lines.duties(action, covers)),
            means=tuple(self.lines.means(action, covers)),
            parts=tuple(self._indicator(axis, action, indicator) for indicator in action.indicators),
        )

    def _indicator(self, axis: AxisResult, action: ActionResult, indicator: IndicatorResult) -> Calculation:
        withholds = self._discretion.withholds(action, indicator)
        veil = self._discretion.veil(axis.id, withholds=withholds)
        return Calculation(
            reference=indicator.reference,
            label=f"Indicador {indicator.reference}",
            name=indicator.text,
            verified=self._figure_side(indicator.verified, veil, withholds),
            informed=self._figure_side(indicator.informed, veil, withholds),
            condition=indicator.verified.condition,
            deviations=indicator.deviations,
            target=indicator.target,
            advances=self._discretion.advances(axis.id, action, indicator),
            forecast=indicator.forecast,
            goals=self._discretion.goals(axis.id, action, indicator),
        )

    def _figure_side(self, figure: Figure, veil: Veil, withholds: bool) -> Side:
        reason = figure.reason if veil.lets_through(figure.reason) else ""
        pending = figure.pending.label if figure.pending else ""
        why = " · ".join(filter(None, (pending, reason)))
        return Side(
            text=figure.score_text,
            value=figure.raw,
            band=figure.band,
            condition=figure.condition.label,
            says=" · ".join(filter(None, (figure.condition.label, why))),
            why=why,
            amount=figure.value_text,
            marks=_labels(figure.marks),
            trace=veil.trace(figure.trace),
            inputs=tuple(
                InputLine(row, "" if withholds else row.amount)
                for row in figure.trace.inputs
                if self._readable is None or row.report_id in self._readable
            ),
        )


def axis_reference(axis: AxisResult) -> str:
    return f"eje-{axis.number}"


def _group(
    reference: str,
    label: str,
    name: str,
    result: PlanResult | AxisResult | ObjectiveResult,
    parts: tuple[Calculation, ...],
) -> Calculation:
    return Calculation(
        reference=reference,
        label=label,
        name=name,
        verified=_group_side(result.verified),
        informed=_group_side(result.informed),
        coverage=result.coverage,
        states=result.states.counts,
        parts=parts,
    )


def _group_side(score: GroupScore) -> Side:
    return Side(
        text=score.percent_text,
        value=score.value,
        band=score.band,
        condition=score.conclusion.label,
        why="",
        says=". ".join(part for part in (score.sentence, score.in_review_text) if part),
        amount="",
        marks=_labels(score.marks),
        trace=_whole(score.trace),
    )


def _score_side(score: ActionScore, veil: Veil) -> Side:
    return Side(
        text=score.percent_text,
        value=score.value,
        band=score.band,
        condition=score.condition.label,
        why="",
        says=f"{score.computable_indicators} de "
        + plural(score.indicators, "indicador computable", "indicadores computables"),
        amount="",
        marks=_labels(score.marks),
        trace=veil.trace(score.trace),
    )


def _whole(trace: Trace) -> ReadableTrace:
    """Of several actions: it names no institution."""
    return ReadableTrace(trace.rule, trace.dates, trace.methodology, trace.steps, trace.exclusions)


def _labels(marks: Iterable[Mark]) -> tuple[str, ...]:
    found = set(marks)
    return tuple(mark.label for mark in Mark if mark in found)
