"""How an indicator is measured, in the words that its definition already has."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django.db.models import Field

from indicators.calculations.results import IndicatorResult, PlanResult
from indicators.calculations.wording import listing
from indicators.enums import IndicatorKind
from indicators.models import Indicator

COUNTED = ("unit_label", "entry", "cell_aggregation", "breakdown", "direction")
#: Of institutions: each counts once, so that nothing is added up.
JOINED = ("unit_label", "derived_from", "breakdown", "direction")
FIELDS = {
    IndicatorKind.COUNT: (*COUNTED, "lists_names"),
    IndicatorKind.YEAR_COUNT: (*COUNTED, "years"),
    IndicatorKind.RATIO: (
        "numerator_label",
        "denominator_label",
        "numerator_aggregation",
        "denominator_aggregation",
        "universe",
        "breakdown",
        "direction",
    ),
    IndicatorKind.PRODUCT: ("stage", "needed_from", "named_count_label"),
    IndicatorKind.YEARLY_PRODUCT: ("years", "needed_from"),
}
#: Where the form of the definition has a word of the arithmetic.
PLAINER = {"cell_aggregation": "entre instituciones y desgloses"}


@dataclass(frozen=True, slots=True)
class Fact:
    """`reference` is of the other indicator that the words are about."""

    label: str
    words: str
    reference: str = ""


def facts_of(indicator: Indicator, plan_result: PlanResult) -> tuple[Fact, ...]:
    """Its definition, and its ties to other indicators of the plan."""
    return (*_definition(indicator), *_ties(indicator, plan_result))


def _definition(indicator: Indicator) -> Iterator[Fact]:
    kind = IndicatorKind(indicator.kind)
    yield Fact(_label("kind"), kind.label)
    for name in JOINED if indicator.derived_from else FIELDS[kind]:
        if words := _words(indicator, name):
            yield Fact(_label(name), words)


def _label(name: str) -> str:
    label = PLAINER.get(name) or str(cast(Field, Indicator._meta.get_field(name)).verbose_name)
    return label[:1].upper() + label[1:]


def _words(indicator: Indicator, name: str) -> str:
    """Empty where the definition says nothing."""
    value = getattr(indicator, name)
    if not value:
        return ""
    if isinstance(value, bool):
        return "Sí"
    if isinstance(value, list):
        return listing(map(str, sorted(value)))
    return getattr(indicator, f"get_{name}_display", value.__str__)()


def _ties(indicator: Indicator, plan_result: PlanResult) -> Iterator[Fact]:
    rows: dict[int, IndicatorResult] = {row.id: row for row in plan_result.iter_indicators()}
    if lender := rows.get(indicator.depends_on_id or 0):
        yield Fact(_label("depends_on"), lender.text, lender.reference)
    for borrower in indicator.dependents.all():
        if row := rows.get(borrower.pk):
            yield Fact("Da el denominador a", row.text, row.reference)
