"""From a value to a score, and to the one condition that every indicator has (COMPLIANCE, Score)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from indicators.calculations.counts import measure_count, measure_institutions
from indicators.calculations.duties import is_within_term
from indicators.calculations.goals import Goal
from indicators.calculations.measurement import PRODUCTS, Measurement, Question
from indicators.calculations.products import measure_product, measure_yearly
from indicators.calculations.ratios import measure_ratio
from indicators.calculations.results import CellResult
from indicators.calculations.terms import Answer, Condition, Direction, Kind, Pending
from indicators.calculations.tracing import marks_of
from indicators.calculations.versions import KnownReport, View

#: What a due figure without value waits for; the most advanced names the label.
ADVANCED_FIRST = (Pending.IN_REVIEW, Pending.RETURNED, Pending.NOT_APPLICABLE, Pending.NO_REPORT)


@dataclass(frozen=True, slots=True)
class Score:
    """`raw` is uncapped and None unless the condition is computable."""

    condition: Condition
    measurement: Measurement
    raw: Fraction | None = None
    reason: str = ""
    pending: Pending | None = None

    @property
    def capped(self) -> Fraction | None:
        """Capped at 1 only when aggregated."""
        return None if self.raw is None else min(self.raw, Fraction(1))

    @property
    def is_met(self) -> bool:
        return self.raw is not None and self.raw >= 1


def measure(question: Question, goals: list[Goal]) -> Measurement:
    """The value over the question's window. Products look at when the goals that they are held against fall due."""
    held = tuple(goals) if question.indicator.kind in PRODUCTS else ()
    dates = tuple((goal.year, goal.due_on) for goal in held)
    return question.known.once(("value", *question.key, dates), lambda: _settled(question, _measure(question, held)))


def _settled(question: Question, measurement: Measurement) -> Measurement:
    """With what is read of its reports besides; without trace, reports are not kept with it."""
    periods = len({answered.period.id for answered in measurement.used})
    cells = measurement.cells()
    settled = replace(
        measurement,
        marks=marks_of(question, measurement),
        periods=periods,
        smallest=_smallest(cells) if question.counts_things else None,
        cells=partial(tuple, cells),
    )
    if question.known.is_traced:
        return settled
    shown = cells if question.indicator.is_by_region else ()
    return replace(settled, used=(), borrowed=(), cells=partial(tuple, shown), steps=tuple, exclusions=())


def _smallest(cells: Iterable[CellResult]) -> Fraction | None:
    amounts = (amount for cell in cells for amount in (cell.told, cell.denominator, cell.least))
    return min((amount for amount in amounts if amount), default=None)


def _measure(question: Question, goals: Sequence[Goal]) -> Measurement:
    kind = question.indicator.kind
    if kind == Kind.RATIO:
        return measure_ratio(question)
    if kind == Kind.PRODUCT:
        return measure_product(question, max((goal.due_on for goal in goals), default=question.known.plan.ends_on))
    if kind == Kind.YEARLY_PRODUCT:
        return measure_yearly(question, goals)
    return measure_institutions(question) if question.indicator.derived_from else measure_count(question)


def score_due(question: Question, goals: list[Goal]) -> Score:
    """The score against a window that is due; `goals` are several only for a yearly product."""
    measurement = measure(question, goals)
    if measurement.obstacle:
        return Score(Condition.NOT_CALCULABLE, measurement, reason=measurement.obstacle)
    if measurement.value is None:
        return _without_value(question, measurement)
    raw, obstacle = raw_score(question, measurement.value, goals[-1])
    if raw is None:
        return Score(Condition.NOT_CALCULABLE, measurement, reason=obstacle)
    return Score(Condition.COMPUTABLE, measurement, raw)


def raw_score(question: Question, value: Fraction, goal: Goal) -> tuple[Fraction | None, str]:
    """The uncapped score, or why there is none."""
    if question.indicator.kind in PRODUCTS:
        return value, ""
    if question.indicator.direction == Direction.DESCENDING:
        return _descending(value, goal)
    return (value / goal.value, "") if goal.value > 0 else (None, "la meta debe ser mayor que 0")


def _descending(value: Fraction, goal: Goal) -> tuple[Fraction | None, str]:
    baseline, target = goal.target.baseline, goal.value
    if baseline is None or baseline <= target or target < 0:
        return None, "falta una línea de base mayor que la meta"
    return max(Fraction(0), (baseline - value) / (baseline - target)), ""


def _without_value(question: Question, measurement: Measurement) -> Score:
    """Due and without value: 0 with its label, unless every missing report is still en plazo."""
    if is_within_term(question):
        return Score(Condition.NOT_DUE, measurement, reason="en plazo")
    return Score(Condition.COMPUTABLE, measurement, Fraction(0), pending=pending_of(question))


def pending_of(question: Question) -> Pending:
    return question.known.once(("pending", *question.key), lambda: _pending_of(question))


def _pending_of(question: Question) -> Pending:
    found = {_label(report, question.view) for report in question.reports()}
    return next(label for label in ADVANCED_FIRST if label in found or label is Pending.NO_REPORT)


def _label(report: KnownReport, view: View) -> Pending:
    if view is View.VERIFIED and report.pending is not None:
        return report.pending
    version = report.version(view)
    if version is not None and version.answer == Answer.NOT_APPLICABLE:
        return Pending.NOT_APPLICABLE
    return Pending.NO_REPORT
