"""What institutions told of what is not added up: the stage of a product, years delivered, a yes or a no."""

from collections.abc import Container, Iterable
from itertools import groupby

from indicators.calculations.measurement import PRODUCTS
from indicators.calculations.results import Figure, IndicatorResult, InstitutionResult
from indicators.models import Indicator
from plan.templatetags.portal import NO_VALUE
from reports.plan_pages.breakdown import Row, Table


def is_told_in_words(indicator: Indicator) -> bool:
    return indicator.kind in PRODUCTS or bool(indicator.derived_from)


def deliveries_of(
    result: IndicatorResult, institutions: Iterable[InstitutionResult], answering: Container[int]
) -> tuple[Table, ...]:
    """One table, of those of `institutions` that told something or that are `answering` for it; none without rows."""
    rows = [(row.id in answering, _row(row.name, result)) for row in institutions]
    shown = tuple(row for is_answering, row in rows if is_answering or not row.is_silent)
    total = Row("", "Resultado", result.verified.value_text, "", "", result.informed.value_text)
    return (Table("Por institución", False, shown, total, is_told=True),) if shown else ()


def _row(name: str, result: IndicatorResult) -> Row:
    verified, informed = _told(name, result.verified), _told(name, result.informed)
    is_silent = not verified and not informed
    return Row("", name, verified or NO_VALUE, "", "", informed or NO_VALUE, is_silent=is_silent)


def _told(name: str, figure: Figure) -> str:
    """ "elaborado (1.er semestre 2016); validado (2.º semestre 2016 a 2.º semestre 2017)"."""
    told = [row for row in figure.trace.inputs if row.institution == name]
    runs = ((amount, [row.period for row in rows]) for amount, rows in groupby(told, lambda row: row.amount))
    return "; ".join(f"{amount} ({_span(periods)})" for amount, periods in runs)


def _span(periods: list[str]) -> str:
    return periods[0] if len(periods) == 1 else f"{periods[0]} a {periods[-1]}"
