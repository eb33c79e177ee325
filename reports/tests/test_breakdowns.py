"""Figures by unit: sums of all institutions, and nothing by which a person could be recognised."""

from fractions import Fraction

import pytest

from indicators.calculations.results import CellResult
from indicators.enums import Breakdown as BreakdownKind
from indicators.enums import IndicatorKind
from plan.enums import UnitKind
from plan.models import Axis, Unit
from reports.facts.breakdowns import Breakdowns
from reports.small_cells import FEW, WITHHELD
from reports.tests import builders, world

OFFICES = ("Norte", "Centro", "Sur")


@pytest.fixture
def action(db):
    """Proved by lists of people."""
    action = world.make_action(world.make_plan())
    world.make_means(action, lists_people=True)
    return action


@pytest.fixture
def offices(action):
    labour = world.make_institution("Dirección del Trabajo")
    return [
        Unit.objects.create(institution=labour, kind=UnitKind.LABOUR_OFFICE, name=name, order=order)
        for order, name in enumerate(OFFICES, 1)
    ]


def by_unit(action, offices, *amounts: int | None, **fields):
    """An indicator of the action told by unit, as the breakdowns of the eje print it."""
    row = world.make_count(action, breakdown=fields.pop("breakdown", BreakdownKind.UNIT))
    cells = tuple(
        CellResult(1, None, str(office.pk), None if amount is None else Fraction(amount), None, None)
        for office, amount in zip(offices, amounts, strict=False)
    )
    verified = builders.figure(Fraction(1), cells=cells)
    indicator = builders.indicator(verified=verified, informed=verified, id=row.pk, kind=IndicatorKind.COUNT)
    result = builders.action(indicators=(indicator,), id=action.pk, **fields)
    return Breakdowns(Axis.objects.get(), builders.CUT_OFF).of(result)


def cells_of(breakdowns) -> list[tuple[str, str]]:
    (breakdown,) = breakdowns
    return [(row.name, row.verified) for row in breakdown.table.rows]


def test_every_unit_is_listed_and_one_that_told_nothing_is_not_a_zero(action, offices):
    assert cells_of(by_unit(action, offices, 30, 0)) == [("Norte", "30"), ("Centro", "0"), ("Sur", "–")]


def test_a_single_small_count_of_persons_takes_the_next_smallest_with_it(action, offices):
    (breakdown,) = by_unit(action, offices, 3, 900, 12)
    assert [row.verified for row in breakdown.table.rows] == [FEW, "900", WITHHELD]
    assert breakdown.veils_small_counts


def test_what_is_not_a_count_of_persons_is_printed_whole(action, offices):
    action.means.update(lists_people=False)
    (breakdown,) = by_unit(action, offices, 1, 4, 900)
    assert [row.verified for row in breakdown.table.rows] == ["1", "4", "900"]
    assert not breakdown.veils_small_counts


def test_a_reserved_action_is_never_broken_down(action, offices):
    reserved = builders.means("1.1.1.M1", reserved=True)
    assert by_unit(action, offices, 30, means=(reserved,)) == ()


def test_what_is_told_by_region_has_its_map_and_no_table_here(action, offices):
    assert by_unit(action, offices, 30, breakdown=BreakdownKind.REGION) == ()


def test_an_indicator_of_which_nobody_told_anything_has_no_table(action, offices):
    assert by_unit(action, offices) == ()
