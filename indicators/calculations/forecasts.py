"""The forecast: where the verified value stands on the last day of its window if it goes on as it did."""

from datetime import date
from fractions import Fraction
from math import ceil, floor

from indicators.calculations.figures import amount_text, to_target
from indicators.calculations.goals import OVERALL, Goal, Goals, measured_window
from indicators.calculations.inputs import IndicatorInput
from indicators.calculations.known import Known
from indicators.calculations.measurement import PRODUCTS, Measurement, Question
from indicators.calculations.methodology import FORECAST_ASSUMPTION
from indicators.calculations.results import Forecast, TraceStep, Window
from indicators.calculations.scores import measure, raw_score
from indicators.calculations.terms import Aggregation, Direction, Entry, Kind, Outlook
from indicators.calculations.versions import View
from indicators.calculations.wording import number, percent

PRODUCT = "Un producto se logra o no se logra: no se proyecta"
ONLY_PARTIAL = "Solo hay metas de una región o institución; se proyecta la de todo el indicador"
INSTITUTIONS = "Cuenta instituciones distintas, que no crecen lo mismo cada día"
STOCK = "El numerador es una existencia: vale la última y no crece con los períodos"
NOT_CALCULABLE = "El denominador aún no se puede calcular"
REACHED = "La meta ya está alcanzada"


def continued(value: Fraction, window: Window, cut_off: date, start: Fraction = Fraction(0)) -> Fraction:
    """The value on the last day of `window`, if it grows each day as it did from the first one until `cut_off`.

    `value` is that of the cut-off and `start` that of the first day, in the indicator's unit; days are counted
    inclusively, as those of the pace (COMPLIANCE, Fine print: Avance). At the window's end it is the value itself.
    ValueError where the cut-off lies before the window.
    """
    elapsed, days = _days(window.starts_on, cut_off), _days(window.starts_on, window.ends_on)
    if elapsed < 1:
        raise ValueError(f"{cut_off} lies before {window.label}")
    return start + (value - start) * days / elapsed


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def forecast_of(known: Known, indicator: IndicatorInput, goals: Goals) -> Forecast | None:
    """Of the first overall target not yet due; without one, of the last day of the plan or of the counted year.

    None where that day has come. Instead of a value it has the reason why there is none: of a product, of a value
    that does not grow with the periods or cannot be calculated, of a target already reached, and before enough
    periods were verified.
    """
    goal = goals.upcoming(OVERALL)
    window = goal.window if goal is not None else measured_window(known, indicator)
    if window.ends_on <= known.cut_off:
        return None
    question = Question(known, indicator, View.VERIFIED, window)
    measurement = measure(question, [goal] if goal is not None else [])
    reason = _obstacle(question, goals, goal, measurement)
    if reason:
        target = None if goal is None else to_target(question, goal, [])
        return Forecast(window, target, FORECAST_ASSUMPTION, reason)
    return _forecast(question, goal, measurement)


def _obstacle(question: Question, goals: Goals, goal: Goal | None, measurement: Measurement) -> str:
    """The first reason why there is nothing to continue; empty where there is something."""
    indicator, needed = question.indicator, _needed(question)
    is_ratio = indicator.kind == Kind.RATIO
    found = {
        PRODUCT: indicator.kind in PRODUCTS,
        ONLY_PARTIAL: bool(goals.every) and not goals.has_overall,
        REACHED: goal is not None and _is_reached(question, goal, measurement.value),
        INSTITUTIONS: not is_ratio and bool(indicator.derived_from),
        STOCK: is_ratio and indicator.numerator_aggregation == Aggregation.STOCK,
        NOT_CALCULABLE: bool(measurement.obstacle),
        _too_few(indicator, needed): measurement.periods < needed,
    }
    return next((reason for reason, holds in found.items() if holds), "")


def _needed(question: Question) -> int:
    methodology = question.known.methodology
    return methodology.forecast_total_periods if _is_total(question.indicator) else methodology.forecast_periods


def _too_few(indicator: IndicatorInput, needed: int) -> str:
    if needed == 1:
        return "Aún no hay un período completo verificado"
    subject = "Un acumulado se" if _is_total(indicator) else "Se"
    return f"{subject} proyecta desde {number(needed)} períodos verificados"


def _is_total(indicator: IndicatorInput) -> bool:
    return indicator.kind != Kind.RATIO and indicator.entry == Entry.RUNNING_TOTAL


def _is_reached(question: Question, goal: Goal, value: Fraction | None) -> bool:
    """For good: what has to fall may still rise."""
    if value is None or question.indicator.direction == Direction.DESCENDING:
        return False
    raw, _ = raw_score(question, value, goal)
    return raw is not None and raw >= 1


def _forecast(question: Question, goal: Goal | None, measurement: Measurement) -> Forecast:
    value, steps = _ratio(question, measurement) if measurement.denominator else _count(question, goal, measurement)
    share = None if goal is None else raw_score(question, value, goal)[0]
    methodology = question.known.methodology
    return Forecast(
        window=question.window,
        target=None if goal is None else to_target(question, goal, []),
        assumption=FORECAST_ASSUMPTION,
        value=value,
        share=share,
        outlook=_outlook(share),
        value_text=_text(question, value),
        share_text="" if share is None else percent(share, methodology),
        steps=tuple(steps),
    )


def _outlook(share: Fraction | None) -> Outlook | None:
    if share is None:
        return None
    return Outlook.REACHES if share >= 1 else Outlook.FALLS_SHORT


def _count(question: Question, goal: Goal | None, measurement: Measurement) -> tuple[Fraction, list[TraceStep]]:
    """A total starts at the agreed baseline, where there is one; increments start at nothing."""
    baseline = goal.target.baseline if goal is not None and _is_total(question.indicator) else None
    return _grown(question, measurement.value or Fraction(0), baseline or Fraction(0))


def _ratio(question: Question, measurement: Measurement) -> tuple[Fraction, list[TraceStep]]:
    """The numerator grown, over the latest denominator; where both add up they grow alike, and the ratio stays."""
    above, below = measurement.numerator or Fraction(0), measurement.denominator or Fraction(1)
    if question.indicator.denominator_aggregation == Aggregation.FLOW:
        value = above / below
        rule = "Numerador y denominador siguen al mismo ritmo: la razón no cambia"
        return value, [TraceStep(rule, f"{number(above)} ÷ {number(below)}", amount_text(question, value))]
    grown, steps = _grown(question, above, Fraction(0))
    if question.indicator.bounded and grown > max(above, below):
        grown = max(above, below)
        steps.append(TraceStep("El numerador no supera al denominador", "", number(grown)))
    value = grown / below
    division = f"{number(grown)} ÷ {number(below)}"
    return value, [*steps, TraceStep("Sobre el último denominador", division, amount_text(question, value))]


def _grown(question: Question, value: Fraction, start: Fraction) -> tuple[Fraction, list[TraceStep]]:
    window, cut_off = question.window, question.known.cut_off
    grown = continued(value, window, cut_off, start)
    elapsed, days = number(_days(window.starts_on, cut_off)), number(_days(window.starts_on, window.ends_on))
    growth = f"{number(start)} + ({number(value)} − {number(start)})" if start else number(value)
    data = f"{growth} ÷ {elapsed} días × {days} días"
    return grown, [TraceStep("Sigue al mismo ritmo diario hasta el último día de la ventana", data, number(grown))]


def _text(question: Question, value: Fraction) -> str:
    """Things are counted whole: only those that will be there, and all that will not have gone."""
    if question.indicator.kind == Kind.RATIO:
        return amount_text(question, value)
    return number(ceil(value) if question.indicator.direction == Direction.DESCENDING else floor(value))
