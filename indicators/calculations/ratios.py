"""Ratios: numerator and denominator add up apart; percentages are never averaged (COMPLIANCE, Value)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from indicators.calculations.cells import Amounts, Cell, CellEntry, entries, least, over_periods
from indicators.calculations.duties import duties_behind
from indicators.calculations.goals import OVERALL
from indicators.calculations.inputs import Amount
from indicators.calculations.measurement import Answered, Measurement, Question
from indicators.calculations.results import CellResult, ReportDuty, TraceStep
from indicators.calculations.terms import Aggregation, Answer
from indicators.calculations.universes import Denominator, universe_stock
from indicators.calculations.versions import View
from indicators.calculations.wording import number, operands, percent


def measure_ratio(question: Question) -> Measurement:
    """Value None without obstacle where nobody reported; with obstacle where it cannot be calculated."""
    flows = _has_flow_denominator(question)
    answers = [answered for answered in question.answered() if not flows or _is_complete(answered)]
    numerators = entries(answers, "numerator", question.place)
    if not numerators:
        return Measurement()
    newest = question.indicator.numerator_aggregation == Aggregation.STOCK
    above = over_periods(numerators, newest)
    numerator = _total(above)
    below = _flow(question, answers) if flows else _stock(question, numerators)
    measured = _divided(numerator, below)
    return replace(
        measured,
        used=tuple(answers),
        borrowed=below.used,
        cells=lambda: _cells(above, below.parts),
        steps=lambda: (
            *_numerator_steps(question, above, newest),
            TraceStep(
                "Denominador", below.data() or below.obstacle, "" if below.total is None else number(below.total)
            ),
            *_division_steps(question, measured),
        ),
    )


def _has_flow_denominator(question: Question) -> bool:
    return question.indicator.denominator_aggregation == Aggregation.FLOW


def _is_complete(answered: Answered) -> bool:
    """A flow needs both amounts of a report, or its "sin avance"."""
    figure = answered.figure
    return figure is None or any(part.numerator is not None and part.denominator is not None for part in figure.parts)


def _total(cells: Amounts) -> Fraction:
    return Fraction(sum(sum(amounts) for amounts in cells.values()))


def _divided(numerator: Fraction, below: Denominator) -> Measurement:
    if below.total is None or below.total == 0:
        return Measurement(None, numerator, below.total, below.obstacle or "denominador 0")
    return Measurement(numerator / below.total, numerator, below.total)


def _division_steps(question: Question, measured: Measurement) -> Iterator[TraceStep]:
    if measured.value is not None and measured.numerator is not None and measured.denominator is not None:
        division = f"{number(measured.numerator)} ÷ {number(measured.denominator)}"
        yield TraceStep("Razón", division, percent(measured.value, question.known.methodology))


def _flow(question: Question, answers: list[Answered]) -> Denominator:
    """A report owed and missing makes the ratio partial (Value: "a flow ratio with a report owed and missing")."""
    owed = [duty for duty in duties_behind(question) if duty.is_owed]
    everywhere = replace(question, place=OVERALL)
    told = {(row.institution_id, row.period.id) for row in everywhere.answered() if _is_complete(row)}
    answered = told | _not_applicable(everywhere)
    missing = [duty for duty in owed if (duty.institution_id, duty.period_id) not in answered]
    if missing:
        return Denominator(
            None,
            obstacle=f"parcial ({len(owed) - len(missing)} de {len(owed)})",
            data=lambda: f"Falta informar: {'; '.join(_owed_by(question, missing))}",
        )
    below = over_periods(entries(answers, "denominator", question.place), newest=False)
    parts = {cell: Fraction(sum(amounts)) for cell, amounts in below.items()}
    return Denominator(
        sum(parts.values(), Fraction(0)),
        parts,
        data=lambda: "; ".join(f"{cell.name(question.known)}: {operands(rows)}" for cell, rows in below.items()),
    )


def _owed_by(question: Question, duties: Iterable[ReportDuty]) -> Iterator[str]:
    names = {period.id: period.name for period in question.periods()}
    return (f"{question.known.institutions[duty.institution_id].name}, {names[duty.period_id]}" for duty in duties)


def _not_applicable(question: Question) -> set[tuple[int, int]]:
    """Reports whose answer is that the action does not apply: they miss nothing."""
    return {
        (report.institution_id, report.period.id)
        for report in question.reports()
        if (version := report.version(question.view)) is not None and version.answer == Answer.NOT_APPLICABLE
    }


def _stock(question: Question, numerators: list[CellEntry]) -> Denominator:
    if question.indicator.depends_on_id is None:
        return universe_stock(question, numerators)
    return _named_count(question, question.indicator.depends_on_id)


def _named_count(question: Question, product_id: int) -> Denominator:
    """The validated count that goes with a product, of the newest period of the window, in both figures."""
    product = question.known.indicators[product_id]
    asked = Question(question.known, product, View.VERIFIED, question.window)
    given = [
        (answered.figure.named_count, answered)
        for answered in asked.answered()
        if answered.figure is not None
        and answered.figure.named_count is not None
        and answered.period.ends_on <= question.as_of
    ]
    if not given:
        return Denominator(None, obstacle=f"aún no: falta el conteo validado de {question.known.reference(product)}")
    count, newest = given[-1]
    label = product.named_count_label or product.text
    return Denominator(Fraction(count), data=lambda: f"{label}, {newest.period.name}", used=(newest,))


def _cells(above: Amounts, below: dict[Cell, Fraction]) -> tuple[CellResult, ...]:
    """Cells with a numerator, and those with a denominator that nobody reported on."""
    every = sorted({*above, *below}, key=lambda cell: cell.order)
    return tuple(_cell(cell, above.get(cell), below.get(cell)) for cell in every)


def _cell(cell: Cell, amounts: list[Amount] | None, below: Fraction | None) -> CellResult:
    numerator = None if amounts is None else Fraction(sum(amounts))
    value = numerator / below if numerator is not None and below else None
    return CellResult(cell.institution_id, cell.region, cell.unit, value, numerator, below, least(amounts or ()))


def _numerator_steps(question: Question, above: Amounts, newest: bool) -> list[TraceStep]:
    rule = "Numerador: vale el del período más reciente" if newest else "Numerador: se suma lo de cada período"
    return [
        TraceStep(rule, f"{cell.name(question.known)}: {operands(amounts)}", number(sum(amounts)))
        for cell, amounts in above.items()
    ]
