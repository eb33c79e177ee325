"""From indicators to their action (COMPLIANCE, Aggregation)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from indicators.calculations.known import Known
from indicators.calculations.results import UNTRACED, ActionScore, Exclusion, Figure, IndicatorResult, Trace, TraceStep
from indicators.calculations.terms import ActionState, Condition, Mark, Pending
from indicators.calculations.tracing import new_trace
from indicators.calculations.versions import View
from indicators.calculations.wording import band_of, percent

#: An action that is not computed is named by the first of these that one of its indicators has.
NAMED_FIRST = (Condition.NOT_CALCULABLE, Condition.NO_TARGET, Condition.NOT_DUE)
#: What is said of every figure that rests on a report so marked, up to the plan.
SAID_OF_FIGURES = frozenset({Mark.RECTIFYING, Mark.RECONSTRUCTED})


def action_score(known: Known, indicators: Iterable[IndicatorResult], suppressed: bool, view: View) -> ActionScore:
    """The mean of the computable indicators' capped scores; without any, the condition that names the action."""
    shown = {row.reference: row.verified if view is View.VERIFIED else row.informed for row in indicators}
    in_force = {key: figure for key, figure in shown.items() if figure.condition is not Condition.SUPPRESSED}
    computable = {key: figure for key, figure in in_force.items() if figure.is_computable}
    value = mean([figure.capped for figure in computable.values() if figure.capped is not None])
    condition = Condition.SUPPRESSED if suppressed else _condition(in_force.values(), value)
    return ActionScore(
        condition=condition,
        value=value,
        band=None if value is None else band_of(value, known.methodology),
        computable_indicators=len(computable),
        indicators=len(in_force),
        in_review=sum(figure.pending is Pending.IN_REVIEW for figure in computable.values()),
        marks=_marks(computable.values()),
        percent_text=_condition_text(condition) if value is None else percent(value, known.methodology),
        trace=_trace(known, shown, len(in_force), value) if known.is_traced else UNTRACED,
    )


def mean(values: list[Fraction]) -> Fraction | None:
    """None of nothing, exact otherwise."""
    return sum(values, Fraction(0)) / len(values) if values else None


def _condition(figures: Iterable[Figure], value: Fraction | None) -> Condition:
    if value is not None:
        return Condition.COMPUTABLE
    found = {figure.condition for figure in figures}
    return next((condition for condition in NAMED_FIRST if condition in found), Condition.NOT_DUE)


def _condition_text(condition: Condition) -> str:
    """Of an action, in Spanish a feminine."""
    return ActionState.SUPPRESSED.label if condition is Condition.SUPPRESSED else condition.label


def _marks(figures: Iterable[Figure]) -> frozenset[Mark]:
    return frozenset(mark for figure in figures for mark in figure.marks) & SAID_OF_FIGURES


def _trace(known: Known, shown: Mapping[str, Figure], of: int, value: Fraction | None) -> Trace:
    steps = [
        TraceStep(f"Indicador {key}", figure.score_text, percent(figure.capped, known.methodology), key)
        for key, figure in shown.items()
        if figure.capped is not None
    ]
    left_out = [Exclusion(key, figure.score_text, key) for key, figure in shown.items() if figure.capped is None]
    return new_trace(
        known,
        "Promedio de los indicadores computables, cada uno con tope de 100 %",
        (*steps, mean_step(known, len(steps), of, value)),
        exclusions=tuple(left_out),
    )


def mean_step(known: Known, computed: int, of: int, value: Fraction | None) -> TraceStep:
    return TraceStep("Promedio", f"{computed} de {of}", "" if value is None else percent(value, known.methodology))
