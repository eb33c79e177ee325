"""How a figure was reached, in as few rows as a reader can follow: equal steps side by side, reports by who approved
them (COMPLIANCE, Trace)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from indicators.calculations.known import group
from indicators.calculations.results import TraceStep
from reports.facts.parts import LONG_NARRATIVE
from reports.plan_pages.calculation import Calculation, InputLine, Side

RESERVED = "valores reservados"


@dataclass(frozen=True, slots=True)
class TraceRow:
    head: str
    lines: tuple[str, ...]
    result: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the end of a page may cut it; what is short stays in one piece."""
        return sum(map(len, self.lines)) > LONG_NARRATIVE


@dataclass(frozen=True, slots=True)
class TracedIndicator:
    reference: str
    name: str
    side: Side
    rows: tuple[TraceRow, ...]


@dataclass(frozen=True, slots=True)
class TracedAction:
    action: Calculation
    indicators: tuple[TracedIndicator, ...]


@dataclass(frozen=True, slots=True)
class TracedObjective:
    label: str
    actions: tuple[TracedAction, ...]


def traced(axis: Calculation | None) -> tuple[TracedObjective, ...]:
    """The verified figures of every action of an eje, in the order of the plan."""
    parts = axis.parts if axis else ()
    return tuple(TracedObjective(part.label, tuple(map(_action, part.parts))) for part in parts)


def _action(action: Calculation) -> TracedAction:
    parts = (TracedIndicator(part.reference, part.name, part.verified, tuple(_rows(part))) for part in action.parts)
    return TracedAction(action, tuple(parts))


def _rows(indicator: Calculation) -> Iterator[TraceRow]:
    side = indicator.verified
    for rule, steps in groupby(side.trace.steps, key=lambda step: step.rule):
        yield _steps(rule, list(steps))
    by_judge = sorted(side.inputs, key=lambda line: line.row.decided_as)
    for judge, lines in groupby(by_judge, key=lambda line: line.row.decided_as):
        yield TraceRow("Reportes en que se apoya", (f"{_reports(list(lines))}. {_judged(judge)}",))
    if side.trace.exclusions:
        by_reason = group(side.trace.exclusions, lambda row: row.reason)
        told = (f"{'; '.join(row.what for row in rows)}: {reason}" for reason, rows in by_reason.items())
        yield TraceRow("Queda fuera", tuple(told))
    if side.trace.left_out:
        yield TraceRow("No se imprime", (f"Líneas que desglosan cifras protegidas: {side.trace.left_out}",))


def _steps(rule: str, steps: list[TraceStep]) -> TraceRow:
    if len(steps) == 1:
        return TraceRow(rule, (steps[0].data,), steps[0].result)
    return TraceRow(rule, tuple(map(_line, steps)))


def _line(step: TraceStep) -> str:
    """A single amount is not said twice."""
    return step.data if step.data.endswith(f": {step.result}") else f"{step.data} = {step.result}"


def _reports(lines: list[InputLine]) -> str:
    """That their values may not be printed is said once, after all of them."""
    told = "; ".join(map(_report, lines))
    return told if any(line.amount for line in lines) else f"{told}: {RESERVED}"


def _report(line: InputLine) -> str:
    row = line.row
    parts = (f"n.º\u00a0{row.report_id}-{row.submission_number}", row.institution, row.period, row.source)
    named = ", ".join(filter(None, parts))
    return f"{named}: {line.amount}" if line.amount else named


def _judged(judge: str) -> str:
    return f"Resuelto por: {judge}." if judge else "Sin resolver."
