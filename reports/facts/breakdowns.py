"""Verified values by place, without what would let anybody recognise a person (REPORTS, Never in any output)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from indicators.calculations.results import ActionResult, CellResult, IndicatorResult
from indicators.calculations.terms import CellAggregation, Kind
from indicators.enums import Breakdown as BreakdownKind
from indicators.models import Indicator, MeansOfVerification
from plan.models import Axis, Region, Unit
from plan.templatetags.portal import NO_VALUE, number, percent
from reports.facts.parts import Breakdown, BreakdownLine
from reports.small_cells import WITHHELD, cell_text, is_small, veils

Amount = Fraction | None


@dataclass(slots=True)
class Place:
    """The sums of all institutions in one region or unit; None where none told anything."""

    name: str
    value: Amount = None
    numerator: Amount = None
    denominator: Amount = None

    def add(self, cell: CellResult) -> None:
        self.value = _plus(self.value, cell.value)
        self.numerator = _plus(self.numerator, cell.numerator)
        self.denominator = _plus(self.denominator, cell.denominator)


class Breakdowns:
    """How the indicators of an eje are broken down; read once, asked by action."""

    def __init__(self, axis: Axis, cut_off):
        of_axis = {"action__objective__axis": axis}
        added_up = Indicator.objects.filter(**of_axis, cell_aggregation=CellAggregation.SUM).exclude(breakdown="")
        self._kinds = dict(added_up.values_list("pk", "breakdown"))
        of_people = MeansOfVerification.objects.filter(**of_axis, lists_people=True)
        self._of_people = frozenset(of_people.values_list("action_id", flat=True))
        self._regions = {region.code: region.name for region in Region.objects.in_force(cut_off)}
        self._units = {str(unit.pk): unit.name for unit in Unit.objects.all()}

    def of(self, action: ActionResult) -> tuple[Breakdown, ...]:
        """Tables of the action's indicators that have cells; none for a reserved action."""
        if any(means.reserved for means in action.means):
            return ()
        broken_down = (i for i in action.indicators if i.id in self._kinds and i.verified.cells)
        return tuple(self._table(indicator, action.id in self._of_people) for indicator in broken_down)

    def _table(self, indicator: IndicatorResult, is_people: bool) -> Breakdown:
        if self._kinds[indicator.id] == BreakdownKind.UNIT:
            label, places = "Unidad", _by_place(indicator.verified.cells, "unit", {}, self._units)
        else:
            label, places = "Región", _by_place(indicator.verified.cells, "region", self._regions, self._regions)
        return draw_table(indicator, label, places, is_people)


def draw_table(indicator: IndicatorResult, label: str, places: Sequence[Place], is_people: bool) -> Breakdown:
    """The places as printed; with `is_people`, counts of 1 to 4 and what would give them away are left out."""
    is_ratio = indicator.kind == Kind.RATIO
    counted = [place.numerator if is_ratio else place.value for place in places]
    veiled = veils(counted) if is_people else {}
    lines = tuple(
        BreakdownLine(
            place.name,
            _ratio_cells(place, veiled.get(i), is_people) if is_ratio else (veiled.get(i) or number(place.value),),
        )
        for i, place in enumerate(places)
    )
    columns = ("Numerador", "Denominador", "Resultado") if is_ratio else ("Valor",)
    return Breakdown(indicator, label, columns, lines, veils_small_counts=bool(veiled))


def _ratio_cells(place: Place, veil: str | None, is_people: bool) -> tuple[str, ...]:
    denominator = cell_text(place.denominator, is_people=is_people)
    if veil:
        return veil, denominator, NO_VALUE
    if is_people and is_small(place.denominator):
        return WITHHELD, denominator, NO_VALUE
    share = place.numerator / place.denominator if place.numerator is not None and place.denominator else None
    return number(place.numerator), denominator, percent(share)


def _by_place(
    cells: Iterable[CellResult], field: str, listed: Mapping[str, str], names: Mapping[str, str]
) -> list[Place]:
    """One place per name listed, whether told or not, then those that only occur; cells without place stay out."""
    places = {key: Place(name) for key, name in listed.items()}
    for cell in cells:
        key = getattr(cell, field)
        if key is not None:
            places.setdefault(key, Place(names.get(key, key))).add(cell)
    return list(places.values())


def _plus(total: Amount, part: Amount) -> Amount:
    return total if part is None else (total or Fraction(0)) + part
