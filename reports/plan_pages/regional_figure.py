"""One indicator by region: a map of Chile and the table beside it, both of the same verified figures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from indicators.calculations.measurement import PRODUCTS
from indicators.calculations.results import ActionResult, IndicatorResult, PlanResult
from indicators.calculations.terms import CellAggregation, Kind
from indicators.enums import BY_REGION
from indicators.models import Indicator
from plan.models import Plan, Region
from plan.templatetags.portal import NO_BREAK_SPACE, day
from reports.charts.ramp import Ramp, ramp_of
from reports.charts.region_map import ABSENT, HIDDEN, NOTHING, Look, RegionMap, Stain, region_map
from reports.plan_pages.breakdown import (
    Counted,
    Row,
    count_rows,
    count_total,
    region_keys,
)
from reports.plan_pages.discretion import NOBODY, is_reserved
from reports.plan_pages.sight import bearers, veil_over
from reports.small_cells import counts_people

UNREPORTED = "sin valor"
UNVERIFIED = "sin validar"


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A line of the table. `note` stands for the verified figure that the region lacks; without `row` it has no figures
    of its own at all."""

    code: str
    name: str
    row: Row | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegionalFigure:
    """`reason` tells why the whole has no value; `remarks` what a reader should know of the regions."""

    action: ActionResult
    indicator: IndicatorResult
    map: RegionMap
    lines: tuple[RegionLine, ...]
    total: Row
    reason: str
    remarks: tuple[str, ...]

    @property
    def is_ratio(self) -> bool:
        return self.indicator.kind == Kind.RATIO

    @property
    def columns(self) -> int:
        """Of figures, beside the one of the regions."""
        return 3 if self.is_ratio else 1

    @property
    def map_name(self) -> str:
        return f"mapa-{self.indicator.reference}"


def regional_indicators(plan: Plan) -> list[Indicator]:
    """In the plan's order those whose figures are told by region and add up; not those of actions with a reserved
    medio, which are broken down for nobody (REPORTS, Never in any output)."""
    told = Indicator.objects.filter(
        action__objective__axis__plan=plan, breakdown__in=BY_REGION, cell_aggregation=CellAggregation.SUM
    )
    shown = told.exclude(kind__in=PRODUCTS).exclude(action__means__reserved=True)
    order = ("action__objective__axis__number", "action__objective__position", "action__position", "number")
    return list(shown.select_related("action").order_by(*order))


def regional_figure(result: PlanResult, indicator: Indicator) -> RegionalFigure | None:
    """Map and table of one of `regional_indicators` at both dates of `result`, the same for every reader, in two
    queries; None where an acta adds it after the corte, or its medios are reserved."""
    action = next((row for row in result.iter_actions() if row.id == indicator.action_id), None)
    measured = next((row for row in action.indicators if row.id == indicator.pk), None) if action else None
    if action is None or measured is None or is_reserved(action):
        return None
    told = Region.objects.told_on(result.cut_off)
    rows = count_rows(region_keys(told, measured), measured, is_people=counts_people(indicator.action))
    return RegionalFigure(
        action=action,
        indicator=measured,
        map=_map(measured, rows, told),
        lines=tuple(_lines(rows, told)),
        total=count_total(measured).row,
        reason=_reason(measured, told),
        remarks=tuple(_remarks(measured, rows, told)),
    )


# The map


def _map(indicator: IndicatorResult, rows: Sequence[Counted], told: Mapping[Region, Region]) -> RegionMap:
    ramp = ramp_of(
        (amount for row in rows if row.key.code and (amount := _amount(row, indicator.kind))),
        f"{NO_BREAK_SPACE}%" if indicator.kind == Kind.RATIO else "",
    )
    steps = [Look(step.label, step.fill) for step in ramp.steps]
    stains = [_stain(row, indicator.kind, told, ramp, steps) for row in rows if row.key.code]
    title = f"Mapa de Chile: {indicator.text}. Las cifras están en la tabla por región."
    return region_map(stains, title, steps)


def _stain(counted: Counted, kind: str, told: Mapping[Region, Region], ramp: Ramp, steps: Sequence[Look]) -> Stain:
    code = counted.key.code
    parts = frozenset(region.code for region, under in told.items() if under.code == code)
    look = _look(counted, kind, ramp, steps)
    row = counted.row
    figure = row.share if kind == Kind.RATIO else row.verified
    words = figure if look in steps else _note(counted) or look.label
    return Stain(code, parts, look, f"{counted.key.name}: {words}")


def _look(counted: Counted, kind: str, ramp: Ramp, steps: Sequence[Look]) -> Look:
    if counted.veil:
        return HIDDEN
    if counted.verified.value == 0:
        return NOTHING
    amount = _amount(counted, kind)
    return ABSENT if amount is None else steps[ramp.step_of(amount)]


def _amount(counted: Counted, kind: str) -> Fraction | None:
    """What the ramp goes by, as the table prints it: a percentage with one decimal, or the count; None where it may
    not be told or there is none."""
    if counted.veil or counted.verified.value is None:
        return None
    if kind != Kind.RATIO:
        return counted.verified.value
    share = counted.verified.share
    return None if share is None else Fraction(floor(share * 1000 + Fraction(1, 2)), 10)


# The table


def _lines(rows: Iterable[Counted], told: Mapping[Region, Region]) -> Iterator[RegionLine]:
    """Every region, north to south, and last what belongs to none."""
    counted = {row.key.code: row for row in rows}
    for region, under in told.items():
        if region == under:
            yield _line(counted[region.code])
        else:
            yield RegionLine(region.code, region.name, None, f"se informa con {under.name}")
    if "" in counted:
        yield _line(counted[""])


def _line(counted: Counted) -> RegionLine:
    return RegionLine(counted.key.code, counted.key.name, counted.row, _note(counted))


def _note(counted: Counted) -> str:
    if counted.veil or counted.verified.value is not None:
        return ""
    return UNREPORTED if counted.informed.value is None else UNVERIFIED


# Around them


def _reason(indicator: IndicatorResult, told: Mapping[Region, Region]) -> str:
    """Only what names no institution and no region: the page is the same for every reader."""
    reason = indicator.verified.reason if indicator.verified.value is None else ""
    veil = veil_over(bearers(), NOBODY, [region.name for region in told])
    return reason if veil.lets_through(reason) else ""


def _remarks(indicator: IndicatorResult, rows: Sequence[Counted], told: Mapping[Region, Region]) -> Iterator[str]:
    for region, under in told.items():
        since = f"{region.name} rige como región desde el {day(region.valid_from)}"
        if region != under:
            yield f"{since}; en este corte se informa con {under.name}."
        elif region.predecessor_id and region.is_yet_to_come(indicator.window.starts_on):
            yield f"{since}; lo informado antes sigue en su región de origen."
    if any(row.veil for row in rows):
        yield "No se muestran conteos de 1 a 4 personas ni los que permitirían deducirlos: en el mapa, «protegido»."
    if any(_lacks_denominator(row, indicator.kind) for row in rows):
        yield "Sin denominador no hay porcentaje: en el mapa, «sin dato»."


def _lacks_denominator(counted: Counted, kind: str) -> bool:
    return kind == Kind.RATIO and bool(counted.verified.value) and counted.verified.share is None
