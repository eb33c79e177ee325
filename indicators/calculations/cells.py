"""Periods first, per cell; then across cells (COMPLIANCE, Value of an indicator)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from indicators.calculations.goals import OVERALL, Place
from indicators.calculations.inputs import Amount, FigureInput, RowInput
from indicators.calculations.known import Known
from indicators.calculations.measurement import Answered
from indicators.calculations.terms import CellAggregation


@dataclass(frozen=True, slots=True)
class Cell:
    """Institution × breakdown key; `named_id` where the breakdown names another institution."""

    institution_id: int
    region: str | None = None
    unit: str | None = None
    named_id: int | None = None

    def is_at(self, place: Place) -> bool:
        owner = self.named_id or self.institution_id
        return place.region in (None, self.region) and place.institution_id in (None, owner)

    @property
    def without_named(self) -> "Cell":
        return Cell(self.institution_id, self.region, self.unit)

    def name(self, known: Known) -> str:
        """How a reader knows it: institution, region or unit, and the institution that the breakdown names."""
        names = [known.institutions[pk].name for pk in (self.institution_id, self.named_id) if pk is not None]
        places = [known.place_names.get(key, key) for key in (self.region, self.unit) if key is not None]
        return " · ".join([*names, *places])

    @property
    def order(self) -> tuple:
        return self.institution_id, self.region or "", self.unit or "", self.named_id or 0


#: What adds up to the value of each cell.
Amounts = dict[Cell, list[Amount]]


@dataclass(frozen=True, slots=True)
class CellEntry:
    """What one period adds to a cell. "Sin avance" adds 0 to increments and flows, and lets totals carry."""

    cell: Cell
    amount: Amount
    carries: bool = False


def entries(answers: Iterable[Answered], amount: str, place: Place) -> list[CellEntry]:
    """Entries of the named amount ("value", "numerator" or "denominator"), oldest period first."""
    found = [entry for answered in answers for entry in _entries_of(answered, amount)]
    if place == OVERALL:
        return found
    return [entry for entry in found if entry.cell.is_at(place) or _is_silent_there(entry, place)]


def _is_silent_there(entry: CellEntry, place: Place) -> bool:
    """An institution without progress had none in any of its regions either."""
    return entry.carries and place.is_of(entry.cell.institution_id)


def _entries_of(answered: Answered, amount: str) -> Iterator[CellEntry]:
    if answered.figure is None:
        yield CellEntry(Cell(answered.institution_id), 0, carries=True)
        return
    for part in answered.figure.parts:
        given = getattr(part, amount)
        if given is not None:
            yield CellEntry(_cell(answered.institution_id, part), given)


def _cell(institution_id: int, part: FigureInput | RowInput) -> Cell:
    if isinstance(part, FigureInput):
        return Cell(institution_id)
    return Cell(institution_id, part.region, part.unit, part.institution_id)


def over_periods(found: Iterable[CellEntry], newest: bool) -> Amounts:
    """The amounts of each cell that add up to its value: all of them, or only the newest of a total or a stock."""
    cells: dict[Cell, list[CellEntry]] = {}
    for entry in found:
        cells.setdefault(entry.cell, []).append(entry)
    ordered = sorted(cells.items(), key=lambda item: item[0].order)
    return {cell: _newest(rows) if newest else [row.amount for row in rows] for cell, rows in ordered}


def _newest(rows: list[CellEntry]) -> list[Amount]:
    given = [row.amount for row in rows if not row.carries]
    return given[-1:] or [0]


def least(amounts: Iterable[Amount]) -> Fraction | None:
    """The smallest of them above zero."""
    smallest = min((amount for amount in amounts if amount > 0), default=None)
    return None if smallest is None else Fraction(smallest)


def across(cells: Amounts, aggregation: str) -> Fraction:
    sums = [sum(amounts) for amounts in cells.values()]
    return Fraction(max(sums) if aggregation == CellAggregation.MAX else sum(sums))
