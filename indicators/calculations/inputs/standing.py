"""What stands in the plan itself: its tree, its institutions, its territory and its periods."""

from dataclasses import dataclass
from datetime import date

from indicators.calculations.terms import (
    Aggregation,
    CellAggregation,
    DerivedFrom,
    Direction,
    Entry,
    Kind,
    NeededFrom,
    OwedBy,
    Recurrence,
    Stage,
)
from indicators.enums import BY_REGION


@dataclass(frozen=True, slots=True)
class Validity:
    """From one day to another, both inclusive; None is an open end."""

    valid_from: date | None = None
    valid_to: date | None = None

    def is_in_force(self, day: date) -> bool:
        return self.overlaps(day, day)

    def overlaps(self, first: date, last: date) -> bool:
        """A validity that ends before it begins overlaps nothing."""
        begins, ends = self.valid_from or first, self.valid_to or last
        return max(begins, first) <= min(ends, last)


ALWAYS = Validity()


@dataclass(frozen=True, slots=True)
class PlanInput:
    code: str
    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class InstitutionInput:
    """`order` is its place in the plan."""

    id: int
    name: str
    acronym: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class PlaceInput:
    """A region (key: its number, such as "RM") or a unit (key: its identifier) by which figures are broken down."""

    key: str
    name: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class AxisInput:
    id: int
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class ObjectiveInput:
    id: int
    axis_id: int
    code: str
    text: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class ActionInput:
    id: int
    objective_id: int
    code: str
    text: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class IndicatorInput:
    """What an action is measured by. `years` empty means every year of the plan; `bounded`: the numerator of a ratio
    is a part of its denominator."""

    id: int
    action_id: int
    number: int
    text: str
    kind: str = Kind.COUNT
    unit_label: str = ""
    numerator_label: str = ""
    denominator_label: str = ""
    entry: str = Entry.INCREMENT
    numerator_aggregation: str = Aggregation.FLOW
    denominator_aggregation: str = ""
    cell_aggregation: str = CellAggregation.SUM
    derived_from: str = DerivedFrom.NONE
    breakdown: str = ""
    years: tuple[int, ...] = ()
    depends_on_id: int | None = None
    universe_id: int | None = None
    stage: str = Stage.PREPARED
    needed_from: str = NeededFrom.ANY
    named_count_label: str = ""
    direction: str = Direction.ASCENDING
    bounded: bool = False

    @property
    def is_by_region(self) -> bool:
        return self.breakdown in BY_REGION


@dataclass(frozen=True, slots=True)
class MeansInput:
    id: int
    action_id: int
    number: int
    text: str
    indicator_ids: frozenset[int] = frozenset()
    reserved: bool = False
    owed_by: str = OwedBy.EACH
    recurrence: str = Recurrence.ONCE


@dataclass(frozen=True, slots=True)
class PeriodInput:
    id: int
    name: str
    starts_on: date
    ends_on: date
    due_on: date

    @property
    def year(self) -> int:
        return self.starts_on.year
