"""The years of a plan cut into periods, and fitted around those that stay."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.enums import Cadence, CountedFrom
from indicators.timetable import Slot, Terms, fit, timetable

SEMESTERS = Terms(Cadence.SEMESTER, CountedFrom.END, opens_after=1, due_after=30, review_after=30)
QUARTERS = replace(SEMESTERS, cadence=Cadence.QUARTER)
YEARS = replace(SEMESTERS, cadence=Cadence.YEAR)


@dataclass(frozen=True)
class Days:
    starts_on: date
    ends_on: date


def names(spans) -> list[str]:
    return [span.name for span in spans]


def test_semesters_of_two_years():
    assert names(timetable(range(2016, 2018), SEMESTERS)) == [
        "1.er semestre 2016",
        "2.º semestre 2016",
        "1.er semestre 2017",
        "2.º semestre 2017",
    ]


def test_quarters_of_a_plan_of_one_year():
    slots = timetable(range(2016, 2017), QUARTERS)
    assert names(slots) == ["1.er trimestre 2016", "2.º trimestre 2016", "3.er trimestre 2016", "4.º trimestre 2016"]
    assert [(s.starts_on, s.ends_on) for s in slots] == [
        (date(2016, 1, 1), date(2016, 3, 31)),
        (date(2016, 4, 1), date(2016, 6, 30)),
        (date(2016, 7, 1), date(2016, 9, 30)),
        (date(2016, 10, 1), date(2016, 12, 31)),
    ]


def test_a_year_is_one_period():
    (slot,) = timetable([2016], YEARS)
    assert (slot.name, slot.starts_on, slot.ends_on) == ("Año 2016", date(2016, 1, 1), date(2016, 12, 31))


def test_each_date_counts_from_the_one_before():
    (slot,) = timetable([2016], replace(YEARS, opens_after=2, due_after=10, review_after=20))
    assert (slot.opens_on, slot.due_on, slot.review_due_on) == (date(2017, 1, 2), date(2017, 1, 12), date(2017, 2, 1))


@pytest.mark.parametrize(("year", "opens_on"), [(2016, date(2016, 3, 1)), (2017, date(2017, 3, 2))])
def test_counted_from_the_first_day_a_leap_year_has_one_day_more(year, opens_on):
    terms = replace(YEARS, counted_from=CountedFrom.START, opens_after=60)
    assert timetable([year], terms)[0].opens_on == opens_on


def test_nothing_in_the_way_everything_finds_room():
    slots = timetable([2016], QUARTERS)
    assert fit(slots, [], []).slots == slots


def test_what_stays_is_not_overlapped():
    first_half = Days(date(2016, 1, 1), date(2016, 6, 30))
    found = fit(timetable([2016], QUARTERS), [first_half], [])
    assert names(found.slots) == ["3.er trimestre 2016", "4.º trimestre 2016"]
    assert [(slot.name, span) for slot, span in found.left_out] == [
        ("1.er trimestre 2016", first_half),
        ("2.º trimestre 2016", first_half),
    ]


def test_a_period_gives_way_only_to_those_that_take_all_of_its_days():
    first_half, second_half = timetable([2016], SEMESTERS)
    found = fit(timetable([2016], YEARS), [first_half], [second_half])
    assert (found.slots, found.uncovered) == ([], [second_half])


def test_one_that_keeps_its_place_is_in_the_way_of_others_too():
    """The semester takes April to June from a quarter that stays, and so on down the year."""
    quarters = timetable([2016], QUARTERS)
    found = fit(timetable([2016], SEMESTERS), quarters[:1], quarters[1:])
    assert names(found.slots) == ["2.º semestre 2016"]
    assert names(found.uncovered) == ["2.º trimestre 2016"]


def test_days_outside_the_years_keep_their_period():
    other_year = Days(date(2019, 1, 1), date(2019, 6, 30))
    assert fit(timetable([2016], SEMESTERS), [], [other_year]).uncovered == [other_year]


cadences = st.sampled_from([SEMESTERS, QUARTERS, YEARS])
existing = st.lists(st.sampled_from(["fixed", "loose", "none"]), min_size=12, max_size=12)


def overlap(one, other) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def covered(spans) -> set[date]:
    return {s.starts_on + timedelta(n) for s in spans for n in range((s.ends_on - s.starts_on).days + 1)}


@given(before=cadences, after=cadences, kinds=existing)
def test_whatever_stays_no_two_periods_overlap_and_no_day_is_lost(before, after, kinds):
    old = dict(zip(timetable([2016, 2017, 2020], before), kinds, strict=False))
    fixed: list[Slot] = [slot for slot, kind in old.items() if kind == "fixed"]
    loose: list[Slot] = [slot for slot, kind in old.items() if kind == "loose"]
    found = fit(timetable([2016, 2017, 2020], after), fixed, loose)
    staying = [*found.slots, *fixed, *found.uncovered]
    assert not any(overlap(one, other) for place, one in enumerate(staying) for other in staying[:place])
    assert covered(fixed) | covered(loose) <= covered(staying)
