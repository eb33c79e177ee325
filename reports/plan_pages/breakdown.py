"""Figures by region, by unit and by institution: a table per indicator and way of breaking down."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from indicators.calculations.results import CellResult, Figure, IndicatorResult, InstitutionResult
from indicators.calculations.terms import Kind
from indicators.enums import BY_REGION, Breakdown
from indicators.models import Indicator
from plan.models import Region, Unit
from plan.templatetags.portal import NO_VALUE, number, percent
from reports.small_cells import WITHHELD, is_small, veils

NOWHERE = "Sin región"


@dataclass(frozen=True, slots=True)
class Amount:
    """What the cells of one row add up to; None where nobody told."""

    value: Fraction | None
    denominator: Fraction | None

    @property
    def share(self) -> Fraction | None:
        return self.value / self.denominator if self.value is not None and self.denominator else None


@dataclass(frozen=True, slots=True)
class Row:
    """One line, as it is printed. `is_silent`: nobody has told anything of it; `is_veiled`: figures were left out."""

    code: str
    name: str
    verified: str
    denominator: str
    share: str
    informed: str
    is_silent: bool = False
    is_veiled: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`is_told`: in words, which are not added up."""

    heading: str
    is_ratio: bool
    rows: tuple[Row, ...]
    total: Row
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A row to be: `holds` picks its cells."""

    code: str
    name: str
    holds: Callable[[CellResult], bool]


@dataclass(frozen=True, slots=True)
class Counted:
    """What one row comes to, from both views; `veil` is printed in place of the verified amount, the informed one and
    the denominator where they may not be, the last one empty where it may."""

    key: Key
    verified: Amount
    informed: Amount
    veil: tuple[str, str, str] | None = None

    @property
    def row(self) -> Row:
        return Row(
            code=self.key.code,
            name=self.key.name,
            verified=self.veil[0] if self.veil else number(self.verified.value),
            denominator=(self.veil and self.veil[2]) or number(self.verified.denominator),
            share=NO_VALUE if self.veil else percent(self.verified.share),
            informed=self.veil[1] if self.veil else number(self.informed.value),
            is_silent=self.verified.value is None and self.informed.value is None,
            is_veiled=self.veil is not None,
        )


def _everywhere(name: str) -> Key:
    return Key("", name, lambda cell: True)


TOTAL = _everywhere("Total")
#: Of lists of names: what two institutions name is one, and the rows add up to more.
DISTINCT = _everywhere("Total, cada nombre una vez")


def tables_of(
    indicator: Indicator,
    result: IndicatorResult,
    told: Mapping[Region, Region],
    units: Iterable[Unit],
    institutions: Iterable[InstitutionResult],
    *,
    answering: Container[int],
    is_people: bool,
) -> tuple[Table, ...]:
    """By places, and by those of `institutions` that gave a figure or that are `answering` for it. `told` is where the
    figures of each region stand on the corte (Region.objects.told_on)."""
    offered = (
        ("Por región", region_keys(told, result) if indicator.breakdown in BY_REGION else []),
        ("Por unidad", _unit_keys(units) if indicator.breakdown == Breakdown.UNIT else []),
        ("Por institución", _institution_keys(institutions, answering, result)),
    )
    total = count_total(result, DISTINCT if indicator.lists_names else TOTAL).row
    return tuple(_table(heading, keys, result, total, is_people=is_people) for heading, keys in offered if keys)


def has_small_cell(result: IndicatorResult) -> bool:
    """Whether some cell, from either view, counts 1 to 4, or did so in one of its periods."""
    return is_small(result.verified.smallest) or is_small(result.informed.smallest)


def region_keys(told: Mapping[Region, Region], result: IndicatorResult) -> list[Key]:
    """A row per region in force, north to south, and one for what belongs to none of them."""
    standing = {region.code: under.code for region, under in told.items()}
    keys = [Key(row.code, row.name, _under(standing, row.code)) for row in dict.fromkeys(told.values())]
    nowhere = Key("", NOWHERE, _under(standing, None))
    cells = (*result.verified.cells, *result.informed.cells)
    return [*keys, nowhere] if any(nowhere.holds(cell) and _amounts_to_something(cell) for cell in cells) else keys


def _under(standing: Mapping[str, str], code: str | None) -> Callable[[CellResult], bool]:
    return lambda cell: standing.get(cell.region or "") == code


def _amounts_to_something(cell: CellResult) -> bool:
    return bool(cell.value or cell.numerator or cell.denominator)


def _unit_keys(units: Iterable[Unit]) -> list[Key]:
    return [Key("", row.name, _in("unit", str(row.pk))) for row in units]


def _institution_keys(
    institutions: Iterable[InstitutionResult], answering: Container[int], result: IndicatorResult
) -> list[Key]:
    involved = {cell.institution_id for cell in (*result.verified.cells, *result.informed.cells)}
    return [
        Key("", row.name, _in("institution_id", row.id))
        for row in institutions
        if row.id in involved or row.id in answering
    ]


def _in(part: str, wanted: str | int) -> Callable[[CellResult], bool]:
    return lambda cell: getattr(cell, part) == wanted


def _table(heading: str, keys: Sequence[Key], result: IndicatorResult, total: Row, *, is_people: bool) -> Table:
    return Table(
        heading=heading,
        is_ratio=result.kind == Kind.RATIO,
        rows=tuple(counted.row for counted in count_rows(keys, result, is_people=is_people)),
        total=total,
    )


def count_rows(keys: Sequence[Key], result: IndicatorResult, *, is_people: bool) -> list[Counted]:
    """What the cells of each row add up to; of people, counts of 1 to 4 and what would tell them are veiled."""
    verified = [_add_up(result.verified, key.holds) for key in keys]
    informed = [_add_up(result.informed, key.holds) for key in keys]
    veiled = _veiled(verified, informed) if is_people else {}
    rows = enumerate(zip(keys, verified, informed, strict=True))
    return [Counted(*row, veiled.get(place)) for place, row in rows]


def count_total(result: IndicatorResult, key: Key = TOTAL) -> Counted:
    """The figures of the indicator itself, which no row may miss."""
    return Counted(key, _whole(result.verified, result.kind), _whole(result.informed, result.kind))


def _veiled(verified: Sequence[Amount], informed: Sequence[Amount]) -> dict[int, tuple[str, str, str]]:
    """What stands in the verified, the informed and the denominator's column of the rows that may not be printed: a
    row that is veiled in one view is in the other too, for the two are mostly the same."""
    first = veils([amount.value for amount in verified])
    second = veils([amount.value for amount in informed])
    below = veils([amount.denominator for amount in verified])
    return {
        place: (first.get(place, WITHHELD), second.get(place, WITHHELD), below.get(place, ""))
        for place in first | second | below
    }


def _add_up(figure: Figure, holds: Callable[[CellResult], bool]) -> Amount:
    cells = [cell for cell in figure.cells if holds(cell)]
    return Amount(_sum(cell.told for cell in cells), _sum(cell.denominator for cell in cells))


def _sum(amounts: Iterable[Fraction | None]) -> Fraction | None:
    told = [amount for amount in amounts if amount is not None]
    return sum(told, Fraction(0)) if told else None


def _whole(figure: Figure, kind: str) -> Amount:
    if kind == Kind.RATIO:
        return Amount(figure.numerator, figure.denominator)
    return Amount(figure.value, None)
