"""Figures by place: sums of all institutions, and nothing by which a person could be recognised."""

from fractions import Fraction

import pytest

from indicators.calculations.results import CellResult
from indicators.enums import Breakdown as BreakdownKind
from indicators.enums import IndicatorKind, PeriodAggregation
from plan.models import Axis, Region
from reports.facts.breakdowns import Breakdowns, Place, draw_table
from reports.small_cells import FEW, WITHHELD
from reports.tests import builders, world


def counted(*values: int | None) -> list[Place]:
    return [Place(f"Región {i}", None if value is None else Fraction(value)) for i, value in enumerate(values)]


def cells_of(places: list[Place], *, is_people: bool = True) -> list[tuple[str, ...]]:
    table = draw_table(builders.indicator(), "Región", places, is_people)
    return [line.cells for line in table.lines]


def ratio_cells(*pairs: tuple[int, int]) -> list[tuple[str, ...]]:
    places = [Place(f"Región {i}", None, Fraction(n), Fraction(d)) for i, (n, d) in enumerate(pairs)]
    table = draw_table(builders.indicator(kind="ratio"), "Región", places, is_people=True)
    return [line.cells for line in table.lines]


def test_one_to_four_persons_are_not_printed_and_nobody_and_five_are():
    assert cells_of(counted(1, 4, 5, 0, 1200)) == [(FEW,), (FEW,), ("5",), ("0",), ("1.200",)]


def test_a_single_small_count_takes_the_next_smallest_with_it_so_that_no_total_gives_it_away():
    assert cells_of(counted(3, 900, 12, 0)) == [(FEW,), ("900",), (WITHHELD,), ("0",)]


def test_two_small_counts_hide_each_other():
    assert cells_of(counted(3, 900, 2)) == [(FEW,), ("900",), (FEW,)]


def test_what_is_not_a_count_of_persons_is_printed_whole():
    assert cells_of(counted(1, 4, 900), is_people=False) == [("1",), ("4",), ("900",)]


def test_a_place_that_told_nothing_is_not_a_zero():
    assert cells_of(counted(None, 0)) == [("–",), ("0",)]


def test_a_ratio_with_a_small_numerator_prints_no_percentage_either():
    assert ratio_cells((3, 40), (2, 50), (30, 60)) == [(FEW, "40", "–"), (FEW, "50", "–"), ("30", "60", "50,0\u00a0%")]


def test_a_small_staff_hides_its_numerator_and_its_percentage():
    assert ratio_cells((0, 4), (30, 60)) == [(WITHHELD, FEW, "–"), ("30", "60", "50,0\u00a0%")]


@pytest.fixture
def staff_by_region(db):
    """A ratio of persons broken down by region, of which two institutions told one region each and one together."""
    plan = world.make_plan()
    action = world.make_action(plan)
    indicator = world.make_flow_ratio(action, breakdown=BreakdownKind.REGION)
    world.make_means(action, lists_people=True)
    for order, code in enumerate(("TA", "AN", "AT")):
        Region.objects.create(code=code, name=f"Región {code}", order=order + 100)
    cells = (
        CellResult(1, "TA", None, None, Fraction(20), Fraction(100)),
        CellResult(2, "TA", None, None, Fraction(10), Fraction(50)),
        CellResult(2, "AN", None, None, Fraction(40), Fraction(80)),
        CellResult(2, None, None, None, Fraction(999), Fraction(999)),
    )
    verified = builders.figure(Fraction(1), cells=cells)
    return action, builders.indicator(verified=verified, id=indicator.pk, kind=IndicatorKind.RATIO)


def tables(action, *indicators, **fields):
    result = builders.action(indicators=indicators, id=action.pk, **fields)
    return Breakdowns(Axis.objects.get(), builders.CUT_OFF).of(result)


def test_institutions_add_up_by_region_and_silent_regions_are_listed(staff_by_region):
    action, indicator = staff_by_region
    (table,) = tables(action, indicator)
    told = {line.place: line.cells for line in table.lines}
    assert told["Región TA"] == ("30", "150", "20,0\u00a0%")
    assert told["Región AN"] == ("40", "80", "50,0\u00a0%")
    assert told["Región AT"] == ("–", "–", "–")
    assert list(told) == ["Región TA", "Región AN", "Región AT"]


def test_a_reserved_action_is_never_broken_down(staff_by_region):
    action, indicator = staff_by_region
    reserved = builders.means("1.1.1.M1", reserved=True)
    assert tables(action, indicator, means=(reserved,)) == ()


def test_an_indicator_without_breakdown_has_no_table(staff_by_region):
    action, _ = staff_by_region
    plain = world.make_count(action, number=2, numerator_aggregation=PeriodAggregation.FLOW)
    cells = (CellResult(1, None, None, Fraction(3), None, None),)
    assert tables(action, builders.indicator(verified=builders.figure(Fraction(1), cells=cells), id=plain.pk)) == ()
