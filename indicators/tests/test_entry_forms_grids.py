"""Breakdowns: by región, by unidad, and by región and institution."""

from datetime import date

import pytest

from indicators.content import IndicatorFigures, RowFigures
from indicators.enums import Breakdown, IndicatorKind
from indicators.forms.grids import CrossGridForm, GridForm
from indicators.models import Universe, UniverseValue
from indicators.tests.filling import errors_of, fill
from plan.enums import UnitKind
from plan.models import Unit

MISSING = "Falta el valor; si no hubo, escriba 0."


@pytest.fixture
def north(world):
    return world.region("XV", "Arica y Parinacota")


@pytest.fixture
def south(world, north):
    return world.region("XII", "Magallanes")


@pytest.fixture
def by_region(world, north, south):
    return world.new_indicator(breakdown=Breakdown.REGION)


def rows_of(form) -> list[str]:
    return [row.name for row in form.rows]


def test_a_grid_asks_one_number_for_each_region_from_north_to_south(world, by_region):
    form = fill(by_region, world.draft())
    assert isinstance(form, GridForm)
    assert rows_of(form) == ["Arica y Parinacota", "Magallanes"]


def test_a_total_left_empty_is_added_up_by_the_portal(world, by_region, north, south):
    form = fill(by_region, world.draft(), **{f"r{north.pk}": "1.200", f"r{south.pk}": "0", "total": ""})
    assert form.is_valid()
    rows = (RowFigures(region_id=north.pk, value=1200), RowFigures(region_id=south.pk, value=0))
    assert form.figures() == IndicatorFigures(by_region.pk, value=1200, rows=rows)


def test_a_total_that_adds_up_is_accepted(world, by_region, north, south):
    assert fill(by_region, world.draft(), **{f"r{north.pk}": "3", f"r{south.pk}": "4", "total": "7"}).is_valid()


@pytest.mark.parametrize("total", ["0", "1.206", "1.208"])
def test_a_total_that_does_not_add_up_is_told_with_both_sums(world, by_region, north, south, total):
    form = fill(by_region, world.draft(), **{f"r{north.pk}": "1.203", f"r{south.pk}": "4", "total": total})
    assert errors_of(form) == {
        "total": f"El total ({total}) no es la suma de las filas (1.207). Corrija el total o las filas."
    }


def test_an_empty_row_is_missing_and_is_not_zero(world, by_region, north, south):
    form = fill(by_region, world.draft(), **{f"r{north.pk}": "3", f"r{south.pk}": "", "total": "3"})
    assert errors_of(form) == {f"r{south.pk}": MISSING}


def test_each_wrong_row_is_told_at_its_own_field(world, by_region, north, south):
    form = fill(by_region, world.draft(), **{f"r{north.pk}": "-1", f"r{south.pk}": "dos"})
    assert errors_of(form) == {
        f"r{north.pk}": "El valor no puede ser menor que 0.",
        f"r{south.pk}": "Escriba un número entero, sin letras ni decimales.",
    }


def test_a_region_is_asked_only_in_periods_that_end_while_it_exists(world, by_region):
    world.region("XVI", "Ñuble", valid_from=date(2018, 9, 6))
    before = world.new_period(date(2018, 1, 1), date(2018, 9, 5))
    after = world.new_period(date(2018, 7, 1), date(2018, 9, 6))
    assert "Ñuble" not in rows_of(fill(by_region, world.draft(period=before)))
    assert "Ñuble" in rows_of(fill(by_region, world.draft(period=after)))


def test_a_number_for_a_region_that_does_not_exist_yet_is_not_taken(world, by_region, north, south):
    later = world.region("XVI", "Ñuble", valid_from=date(2018, 9, 6))
    typed = {f"r{north.pk}": "1", f"r{south.pk}": "1", f"r{later.pk}": "50"}
    form = fill(by_region, world.draft(), **typed)
    assert form.is_valid()
    assert form.figures().value == 2


# A ratio by región, over the institution's own staff


@pytest.fixture
def share_of_staff(world, north, south):
    universe = Universe.objects.create(code="dotacion", name="Dotación")
    ratio = world.new_indicator(
        IndicatorKind.RATIO, breakdown=Breakdown.REGION, universe=universe, numerator_label="funcionarios capacitados"
    )
    declare(ratio, world.x, north, 100)
    return ratio


def declare(ratio, institution, region, value):
    UniverseValue.objects.create(
        universe=ratio.universe,
        institution=institution,
        region=region,
        value=value,
        dated_on=date(2016, 1, 1),
        source="Oficio",
    )


def test_only_the_rows_of_the_institutions_universe_are_asked(world, share_of_staff, south):
    declare(share_of_staff, world.y, south, 900)
    assert rows_of(fill(share_of_staff, world.draft())) == ["Arica y Parinacota"]


def test_without_a_universe_every_region_is_asked(world, share_of_staff):
    assert rows_of(fill(share_of_staff, world.draft(world.y))) == ["Arica y Parinacota", "Magallanes"]


def test_a_universe_of_the_whole_institution_leaves_every_region_to_be_asked(world, share_of_staff):
    declare(share_of_staff, world.ministry, None, 900)
    assert rows_of(fill(share_of_staff, world.draft(world.ministry))) == ["Arica y Parinacota", "Magallanes"]


def test_rows_of_a_ratio_are_numerators(world, share_of_staff, north):
    form = fill(share_of_staff, world.draft(), **{f"r{north.pk}": "60"})
    assert form.amount_label == "Funcionarios capacitados"
    assert form.is_valid()
    rows = (RowFigures(region_id=north.pk, numerator=60),)
    assert form.figures() == IndicatorFigures(share_of_staff.pk, numerator=60, bounded=True, rows=rows)


def test_a_row_above_its_universe_is_told_at_the_row(world, share_of_staff, north):
    form = fill(share_of_staff, world.draft(), **{f"r{north.pk}": "101"})
    assert errors_of(form) == {f"r{north.pk}": "El numerador (101) no puede superar al denominador (100)."}


# By unidad


def unit(institution, name, order, **fields) -> Unit:
    return Unit.objects.create(institution=institution, kind=UnitKind.LABOUR_OFFICE, name=name, order=order, **fields)


def test_a_grid_of_units_asks_for_the_institutions_own_in_force(world):
    indicator = world.new_indicator(breakdown=Breakdown.UNIT)
    second, first = unit(world.x, "Maule", 2), unit(world.x, "Coquimbo", 1)
    unit(world.x, "Cerrada", 3, valid_to=date(2016, 6, 30))
    unit(world.y, "Ajena", 4)
    form = fill(indicator, world.draft(), **{f"u{first.pk}": "2", f"u{second.pk}": "5"})
    assert rows_of(form) == ["Coquimbo", "Maule"]
    assert form.is_valid()
    rows = (RowFigures(unit_id=first.pk, value=2), RowFigures(unit_id=second.pk, value=5))
    assert form.figures() == IndicatorFigures(indicator.pk, value=7, rows=rows)


# By región and institution


@pytest.fixture
def crossed(world, north, south):
    return world.new_indicator(breakdown=Breakdown.REGION_INSTITUTION)


def cell(region, institution) -> str:
    return f"r{region.pk}m{institution.pk}"


def test_a_cross_grid_crosses_regions_with_the_members_of_the_mesa(world, crossed, north):
    form = fill(crossed, world.draft())
    assert isinstance(form, CrossGridForm)
    assert len(form.fields) == 2 * 3 + 1
    assert form.fields[cell(north, world.y)].label == "Arica y Parinacota, Carabineros de Chile"


def test_only_the_cells_that_were_filled_become_rows(world, crossed, north, south):
    typed = {cell(north, world.x): "1.200", cell(south, world.y): "0"}
    form = fill(crossed, world.draft(), **typed)
    assert form.is_valid()
    rows = (
        RowFigures(region_id=north.pk, institution_id=world.x.pk, value=1200),
        RowFigures(region_id=south.pk, institution_id=world.y.pk, value=0),
    )
    assert form.figures() == IndicatorFigures(crossed.pk, value=1200, rows=rows)


def test_an_empty_cross_grid_needs_a_zero_in_its_total(world, crossed):
    report = world.draft()
    told = {"total": "Falta el desglose; si no hubo entregas, escriba 0 en el total."}
    assert errors_of(fill(crossed, report)) == told
    assert errors_of(fill(crossed, report, total="5")) == told
    form = fill(crossed, report, total="0")
    assert form.is_valid()
    assert form.figures() == IndicatorFigures(crossed.pk, value=0)


def test_a_cross_grid_that_does_not_add_up_is_told(world, crossed, north):
    form = fill(crossed, world.draft(), **{cell(north, world.x): "1.200", "total": "1.300"})
    assert errors_of(form) == {
        "total": "El total (1.300) no es la suma de las filas (1.200). Corrija el total o las filas."
    }


def test_a_wrong_cell_is_told_at_the_cell_alone(world, crossed, north):
    form = fill(crossed, world.draft(), **{cell(north, world.x): "-2"})
    assert errors_of(form) == {cell(north, world.x): "El valor no puede ser menor que 0."}
