"""From a score to the figure that readers see, with its words and its trace."""

from fractions import Fraction

from indicators.calculations.goals import Goal
from indicators.calculations.inputs import IndicatorInput
from indicators.calculations.measurement import PRODUCTS, Measurement, Question
from indicators.calculations.results import UNTRACED, Figure, TargetResult, Trace, TraceStep
from indicators.calculations.scores import Score
from indicators.calculations.terms import Condition, Direction, Kind, Source
from indicators.calculations.tracing import exclusions_of, inputs_of, new_trace
from indicators.calculations.versions import View
from indicators.calculations.wording import MISSING, band_of, number, percent
from plan.templatetags.portal import day

RULES = {
    Kind.COUNT: "Valor de la ventana ÷ meta",
    Kind.YEAR_COUNT: "Valor de los períodos del año ÷ meta",
    Kind.RATIO: "(Numerador ÷ denominador) ÷ meta; cada uno se agrega por separado",
    Kind.PRODUCT: "Logrado vale 100 %, no logrado 0 %",
    Kind.YEARLY_PRODUCT: "Productos entregados de los años exigibles ÷ años exigibles",
}
DESCENDING_RULE = "(Línea de base − valor de la ventana) ÷ (línea de base − meta)"
VIEW_RULES = {
    View.VERIFIED: "Verificado: por reporte, la última decisión que aprueba",
    View.INFORMED: "Informado: por reporte, el último envío, cualquiera sea su revisión",
}


def to_figure(question: Question, score: Score, goals: list[Goal]) -> Figure:
    """The figure of a score against `goals` (several only for a yearly product, none without a target due)."""
    measurement, methodology = score.measurement, question.known.methodology
    return Figure(
        condition=score.condition,
        reason=score.reason,
        value=measurement.value,
        numerator=measurement.numerator,
        denominator=measurement.denominator,
        raw=score.raw,
        capped=score.capped,
        band=None if score.raw is None else band_of(score.raw, methodology),
        pending=score.pending,
        value_text=value_text(question, measurement),
        score_text=score_text(question, score),
        marks=measurement.marks,
        cells=measurement.cells(),
        trace=_trace(question, score, goals) if question.known.is_traced else UNTRACED,
        smallest=measurement.smallest,
    )


def _trace(question: Question, score: Score, goals: list[Goal]) -> Trace:
    return new_trace(
        question.known,
        f"{_rule(question.indicator)}. {VIEW_RULES[question.view]}",
        (*score.measurement.steps(), *_score_steps(question, score, goals)),
        inputs_of(question, score.measurement),
        exclusions_of(question, score.measurement),
    )


def _rule(indicator: IndicatorInput) -> str:
    is_descending = indicator.direction == Direction.DESCENDING and indicator.kind not in PRODUCTS
    return DESCENDING_RULE if is_descending else RULES[Kind(indicator.kind)]


def value_text(question: Question, measurement: Measurement) -> str:
    kind, value = question.indicator.kind, measurement.value
    if kind == Kind.YEARLY_PRODUCT:
        return _yearly_text(measurement)
    if value is None:
        return MISSING
    if kind == Kind.PRODUCT:
        word = "Logrado" if value else "No logrado"
        return f"{word} ({measurement.detail.lower()})" if measurement.detail else word
    return amount_text(question, value)


def _yearly_text(measurement: Measurement) -> str:
    if measurement.value is not None and measurement.numerator is not None and measurement.denominator is not None:
        return f"{number(measurement.numerator)} de {number(measurement.denominator)}"
    return f"Entregado: {measurement.detail}" if measurement.detail else MISSING


def amount_text(question: Question, amount: Fraction) -> str:
    """A value or a target in the indicator's own unit: a ratio as a percentage, a count as a number."""
    if question.indicator.kind == Kind.RATIO:
        return percent(amount, question.known.methodology)
    return number(amount)


def score_text(question: Question, score: Score) -> str:
    if score.raw is not None:
        printed = percent(score.raw, question.known.methodology)
        return f"{printed}, {score.pending.label.lower()}" if score.pending else printed
    if score.condition is Condition.NOT_DUE and score.reason:
        return f"{score.condition.label} ({score.reason})"
    return f"{score.condition.label}: {score.reason}" if score.reason else score.condition.label


def _score_steps(question: Question, score: Score, goals: list[Goal]) -> list[TraceStep]:
    if score.raw is None:
        return [TraceStep("Condición", score.reason, score.condition.label)]
    printed = percent(score.raw, question.known.methodology)
    if not goals:
        return [TraceStep("Promedio de las metas parciales, cada una con tope de 100 %", score.reason, printed)]
    if score.pending is not None:
        return [TraceStep("Exigible y sin valor: vale 0", score.pending.label, printed)]
    steps = [TraceStep("Sobre la meta", _division(question, score, goals[-1]), printed)]
    if score.raw > 1:
        steps.append(TraceStep("Tope al agregar", printed, percent(Fraction(1), question.known.methodology)))
    return steps


def _division(question: Question, score: Score, goal: Goal) -> str:
    value, target = score.measurement.value, goal.target
    if value is None or question.indicator.kind in PRODUCTS:
        return value_text(question, score.measurement)
    if question.indicator.direction == Direction.DESCENDING and target.baseline is not None:
        base = amount_text(question, target.baseline)
        return f"({base} − {amount_text(question, value)}) ÷ ({base} − {amount_text(question, goal.value)})"
    return f"{amount_text(question, value)} ÷ {amount_text(question, goal.value)}"


def to_target(question: Question, goal: Goal, years: list[int]) -> TargetResult:
    """How a goal is shown; `years` are the due ones of a yearly product."""
    target = goal.target
    return TargetResult(
        value=goal.value,
        value_text=_target_text(question, goal, years),
        window=goal.window,
        due_on=goal.due_on,
        source_text=source_text(goal),
        agreement_id=target.agreement.id if target.agreement else None,
        set_late=goal.is_set_late,
        region=goal.place.region,
        institution_id=goal.place.institution_id,
        place=_place_text(question, goal),
        baseline=target.baseline,
    )


def _target_text(question: Question, goal: Goal, years: list[int]) -> str:
    if question.indicator.kind == Kind.YEARLY_PRODUCT:
        return ", ".join(map(str, years))
    return "Logrado" if question.indicator.kind == Kind.PRODUCT else amount_text(question, goal.value)


def source_text(goal: Goal) -> str:
    agreement = goal.target.agreement
    if goal.target.source == Source.PLAN_TEXT or agreement is None:
        return "Texto del plan"
    return f"{agreement.reference}, {day(agreement.agreed_on)}"


def _place_text(question: Question, goal: Goal) -> str:
    known, place = question.known, goal.place
    if place.region is not None:
        return known.place_names.get(place.region, place.region)
    return known.institutions[place.institution_id].name if place.institution_id is not None else ""
