"""What each institution keeps of each universo: the newest value of every place, and all that was ever declared."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from indicators.enums import BY_REGION, Breakdown
from indicators.models import Indicator, Universe, UniverseValue
from plan.models import Institution, Region, Unit

#: A place of a universo: region and unit; neither of them is the whole institution.
Place = tuple[int | None, int | None]


@dataclass(frozen=True)
class Line:
    """A place with the value that counts there, and the newer one that was objected to, if it is not yet mended."""

    place: Region | Unit | None
    counting: UniverseValue | None
    objected: UniverseValue | None


@dataclass(frozen=True)
class Declaration:
    """What was declared in one act, with one date and one source."""

    rows: list[UniverseValue]

    @property
    def first(self) -> UniverseValue:
        return self.rows[0]

    @property
    def total(self) -> int:
        return sum(row.value for row in self.rows)


@dataclass
class Board:
    """One universo of one institution. `values` are all that it ever declared, in the order of their dates."""

    universe: Universe
    institution: Institution
    indicators: list[Indicator] = field(default_factory=list)
    values: list[UniverseValue] = field(default_factory=list)

    @cached_property
    def newest(self) -> dict[Place, UniverseValue]:
        """By place, the value that counts from its date on."""
        return {(row.region_id, row.unit_id): row for row in self.values if not row.objection}

    @property
    def total(self) -> int | None:
        return sum(row.value for row in self.newest.values()) if self.newest else None

    @property
    def lines(self) -> list[Line]:
        """Regions north to south, units in their order."""
        last = {(row.region_id, row.unit_id): row for row in sorted(self.values, key=attrgetter("recorded_at", "pk"))}
        ordered = sorted(last.items(), key=lambda item: getattr(item[1].place, "order", 0))
        return [Line(row.place, self.newest.get(at), row if row.objection else None) for at, row in ordered]

    @property
    def breakdown(self) -> str:
        """As the universo is kept already; before the first value, as the indicators ask. Mixed, it would count
        people twice."""
        if self.newest:
            region, unit = next(reversed(self.newest))
            return Breakdown.REGION if region else Breakdown.UNIT if unit else Breakdown.NONE
        asked = {indicator.breakdown for indicator in self.indicators}
        if Breakdown.UNIT in asked:
            return Breakdown.UNIT
        return Breakdown.REGION if asked.intersection(BY_REGION) else Breakdown.NONE

    def places(self, day: date) -> list[Region | Unit | None]:
        """What is asked of the universo on a day: regions or units in force, or the whole institution."""
        if self.breakdown == Breakdown.REGION:
            return list(Region.objects.in_force(day))
        if self.breakdown == Breakdown.UNIT:
            return list(Unit.objects.in_force(day).filter(institution=self.institution))
        return [None]

    @property
    def seen(self) -> int:
        """Grows with each declaration and each objection: whoever declares says what they had before them."""
        return max((row.pk for row in self.values), default=0) + sum(bool(row.objection) for row in self.values)

    @property
    def pending(self) -> list[Declaration]:
        return declarations(row for row in self.values if row.is_pending)

    @property
    def history(self) -> list[Declaration]:
        return declarations(self.values)


def declarations(rows: Iterable[UniverseValue]) -> list[Declaration]:
    """Acts of one universo of one institution, the newest first."""
    key = attrgetter("recorded_at", "dated_on", "source")
    ordered = sorted(rows, key=key, reverse=True)
    return [Declaration(list(group)) for _, group in groupby(ordered, key=key)]


def boards_of(institution_ids: Collection[int] | None = None) -> list[Board]:
    """Every universo that an indicator of an institution's duties uses; of all institutions if none are named."""
    boards: dict[tuple[int, int], Board] = {}
    for indicator in _indicators_over_universes():
        for institution in _answering(indicator):
            if indicator.universe is None or (institution_ids is not None and institution.pk not in institution_ids):
                continue
            at = (indicator.universe.pk, institution.pk)
            boards.setdefault(at, Board(indicator.universe, institution)).indicators.append(indicator)
    _add_values(boards)
    return sorted(boards.values(), key=lambda board: (not board.pending, str(board.institution), str(board.universe)))


def board_of(universe_id: int, institution_id: int) -> Board | None:
    """One of them; None where the institution has no duty that uses the universo."""
    return next((b for b in boards_of({institution_id}) if b.universe.pk == universe_id), None)


def _indicators_over_universes():
    indicators = Indicator.objects.filter(universe__isnull=False).select_related("universe", "action")
    duties = ("institution", "indicators")
    return indicators.prefetch_related(*(f"action__responsibilities__{name}" for name in duties))


def _answering(indicator: Indicator) -> list[Institution]:
    """Institutions that answer, answered or help with the indicator: who left keeps what it had on record."""
    duties = [
        duty for duty in indicator.action.responsibilities.all() if duty.was_ever_in_force and duty.covers(indicator)
    ]
    return list(dict.fromkeys(duty.institution for duty in duties))


def _add_values(boards: dict[tuple[int, int], Board]) -> None:
    rows = UniverseValue.objects.filter(
        universe__in={universe for universe, _ in boards}, institution__in={institution for _, institution in boards}
    )
    parties = rows.select_related("universe", "institution", "region", "unit", "recorded_by", "confirmed_by")
    for row in parties.order_by("dated_on", "recorded_at", "pk"):
        if board := boards.get((row.universe_id, row.institution_id)):
            board.values.append(row)
