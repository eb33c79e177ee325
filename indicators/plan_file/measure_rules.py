"""What an indicator and a medio may say, by the indicator's kind (COMPLIANCE, Value of an indicator)."""

from collections.abc import Collection, Iterator

from indicators.enums import Entry, IndicatorKind, PeriodAggregation, Stage
from indicators.plan_file.node import Node
from indicators.plan_file.problems import Problem

COUNT, RATIO, PRODUCT, YEARLY_PRODUCT, YEAR_COUNT = IndicatorKind

#: Keys that only these kinds may fill.
_ONLY_IN = {
    "numerator": {RATIO},
    "denominator": {RATIO},
    "denominator_aggregation": {RATIO},
    "depends_on": {RATIO},
    "universe": {RATIO},
    "bounded": {RATIO},
    "stage": {PRODUCT},
    "named_count_label": {PRODUCT},
    "years": {YEARLY_PRODUCT, YEAR_COUNT},
    "lists_names": {COUNT},
    "derived_from": {COUNT, YEAR_COUNT},
    "breakdown": {COUNT, RATIO, YEAR_COUNT},
}
#: Keys that these kinds must fill.
_NEEDED_BY = {
    "numerator": {RATIO},
    "denominator": {RATIO},
    "denominator_aggregation": {RATIO},
    "stage": {PRODUCT},
    "years": {YEARLY_PRODUCT, YEAR_COUNT},
}


def indicator_rules(indicator: Node, plan: Node) -> Iterator[Problem]:
    kind = indicator.text("kind")
    if kind not in IndicatorKind.values:
        return
    yield from _kind_rules(indicator, IndicatorKind(kind))
    yield from _entry_rules(indicator, IndicatorKind(kind))
    yield from _denominator_rules(indicator)
    yield from _year_rules(indicator, plan)


def means_rules(means: Node, indicators: Collection[int | None]) -> Iterator[Problem]:
    """The numbers of `indicators` are those of the medio's own action."""
    for place, number in means.items("indicators", int):
        if number not in indicators:
            yield Problem(place, f"la acción no tiene un indicador {number}")


def _kind_rules(indicator: Node, kind: IndicatorKind) -> Iterator[Problem]:
    label = kind.label.lower()
    for key, kinds in _ONLY_IN.items():
        if indicator.has(key) and kind not in kinds:
            yield Problem(indicator.at(key), f"no corresponde a un indicador de tipo {label}")
    for key, kinds in _NEEDED_BY.items():
        if not indicator.has(key) and kind in kinds:
            yield Problem(indicator.at(key), f"un indicador de tipo {label} lo necesita")
    if indicator.text("stage") == Stage.NOT_STARTED:
        yield Problem(indicator.at("stage"), "un producto no se cumple sin iniciarse")


def _entry_rules(indicator: Node, kind: IndicatorKind) -> Iterator[Problem]:
    running_total = indicator.text("entry") == Entry.RUNNING_TOTAL
    if running_total and kind != COUNT:
        yield Problem(indicator.at("entry"), "solo un conteo se informa como acumulado")
    if indicator.flag("lists_names") and not running_total:
        yield Problem(indicator.at("lists_names"), "una lista de nombres se informa como acumulado")
    if indicator.flag("lists_names") and indicator.has("derived_from"):
        yield Problem(indicator.at("derived_from"), "cada institución responde sí o no: no lleva lista de nombres")


def _denominator_rules(indicator: Node) -> Iterator[Problem]:
    if indicator.has("universe") and indicator.has("depends_on"):
        yield Problem(indicator.at("universe"), "el denominador viene de un universo o de otro indicador, no de ambos")
    fixed = indicator.has("universe") or indicator.has("depends_on")
    if fixed and indicator.text("denominator_aggregation") == PeriodAggregation.FLOW:
        yield Problem(indicator.at("denominator_aggregation"), "el denominador dado es una existencia (stock)")


def _year_rules(indicator: Node, plan: Node) -> Iterator[Problem]:
    start, end = plan.number("start_year") or 0, plan.number("end_year") or 0
    previous = 0
    for place, year in indicator.items("years", int):
        if 0 < start <= end and not start <= year <= end:
            yield Problem(place, f"el año {year} no es del plan ({start} a {end})")
        elif year <= previous:
            yield Problem(place, "los años van en orden y sin repetir")
        previous = year
