"""The periods of a plan as dates alone: cut from its years, and fitted around those that have to stay as they are."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from indicators.enums import Cadence, CountedFrom

MONTHS = {Cadence.QUARTER: 3, Cadence.SEMESTER: 6, Cadence.YEAR: 12}
ORDINALS = ("1.er", "2.º", "3.er", "4.º")


class Span(Protocol):
    """Whatever covers days from one to another, both of them included."""

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date: ...


S = TypeVar("S", bound=Span)


@dataclass(frozen=True)
class Terms:
    """What is chosen for all periods, in days: the opening counts from the first or the last day of the period, each
    of the others from the one before."""

    cadence: Cadence
    counted_from: CountedFrom
    opens_after: int
    due_after: int
    review_after: int


@dataclass(frozen=True)
class Slot:
    """A period as it would be."""

    name: str
    starts_on: date
    ends_on: date
    opens_on: date
    due_on: date
    review_due_on: date


@dataclass(frozen=True)
class Fit:
    """`slots` find room; `left_out` do not, each with what is in its way; `uncovered` keep their place, because no
    slot that finds room would take it."""

    slots: list[Slot]
    left_out: list[tuple[Slot, Span]]
    uncovered: list[Span]


def timetable(years: Iterable[int], terms: Terms) -> list[Slot]:
    """The periods of these years, in order; none passes from one calendar year to another."""
    months = MONTHS[terms.cadence]
    return [_slot(year, first, months, terms) for year in years for first in range(1, 13, months)]


def _slot(year: int, first_month: int, months: int, terms: Terms) -> Slot:
    last_month = first_month + months - 1
    starts_on = date(year, first_month, 1)
    ends_on = date(year, last_month, calendar.monthrange(year, last_month)[1])
    counted_from = starts_on if terms.counted_from == CountedFrom.START else ends_on
    opens_on = counted_from + timedelta(terms.opens_after)
    due_on = opens_on + timedelta(terms.due_after)
    name = _name(terms.cadence, last_month // months, year)
    return Slot(name, starts_on, ends_on, opens_on, due_on, due_on + timedelta(terms.review_after))


def _name(cadence: Cadence, number: int, year: int) -> str:
    """Such as "1.er semestre 2017", "2.º trimestre 2016", "Año 2016"."""
    if cadence == Cadence.YEAR:
        return f"Año {year}"
    return f"{ORDINALS[number - 1]} {cadence.label.lower()} {year}"


def fit(slots: Sequence[Slot], fixed: Iterable[Span], loose: Iterable[Span]) -> Fit:
    """Find room for the slots beside the fixed periods, in place of the loose ones.

    No two periods ever overlap, and no loose one gives way unless slots take all of its days: else what it covered
    would be asked of nobody.
    """
    fixed, loose = list(fixed), list(loose)
    uncovered: list[Span] = []
    while True:
        fitting = [slot for slot in slots if _first_overlap(slot, fixed) is None]
        bare = [span for span in loose if span not in uncovered and not _is_covered(span, fitting)]
        if not bare:
            break
        uncovered += bare
        fixed += bare
    blocked = ((slot, _first_overlap(slot, fixed)) for slot in slots)
    return Fit(fitting, [(slot, span) for slot, span in blocked if span is not None], uncovered)


def _first_overlap(slot: Slot, spans: Iterable[S]) -> S | None:
    return next((span for span in spans if _shared_days(slot, span)), None)


def _is_covered(span: Span, slots: Iterable[Slot]) -> bool:
    """Slots never overlap one another, so that their days add up."""
    return sum(_shared_days(span, slot) for slot in slots) == _days(span.starts_on, span.ends_on)


def _shared_days(one: Span, other: Span) -> int:
    return max(0, _days(max(one.starts_on, other.starts_on), min(one.ends_on, other.ends_on)))


def _days(first: date, last: date) -> int:
    return (last - first).days + 1
