"""Products, yearly products, institutions that say yes or no, and lists of names."""

from datetime import date

import pytest

from indicators.content import IndicatorFigures
from indicators.enums import DerivedFrom, IndicatorKind, Stage
from indicators.forms.figures import InstitutionForm, NameListForm, ProductForm, YearlyProductForm
from indicators.tests.filling import errors_of, fill

# Products


@pytest.fixture
def product(world):
    return world.new_indicator(IndicatorKind.PRODUCT, stage=Stage.VALIDATED)


def test_a_product_yields_its_stage_and_since_when(world, product):
    form = fill(product, world.draft(), stage="validated", stage_on="15-11-2016")
    assert isinstance(form, ProductForm)
    assert form.is_valid()
    assert form.figures() == IndicatorFigures(product.pk, stage="validated", stage_on=date(2016, 11, 15))


@pytest.mark.parametrize("written", ["15-11-2016", "15/11/2016", "2016-11-15"])
def test_a_date_is_read_as_typed_or_as_browsers_send_it(world, product, written):
    form = fill(product, world.draft(), stage="prepared", stage_on=written)
    assert form.is_valid()
    assert form.cleaned_data["stage_on"] == date(2016, 11, 15)


def test_a_product_that_has_not_begun_needs_no_date(world, product):
    form = fill(product, world.draft(), stage="not_started", stage_on="")
    assert form.is_valid()
    assert form.figures() == IndicatorFigures(product.pk, stage="not_started")


@pytest.mark.parametrize("stage", ["in_preparation", "prepared", "validated", "distributed"])
def test_a_product_that_has_begun_needs_the_date_of_its_stage(world, product, stage):
    form = fill(product, world.draft(), stage=stage, stage_on="")
    assert errors_of(form) == {"stage_on": "Falta la fecha de la etapa."}


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"stage": ""}, {"stage": "Elija la etapa."}),
        (
            {"stage": "magic", "stage_on": "15-11-2016"},
            {"stage": "Escoja una opción válida. magic no es una de las opciones disponibles."},
        ),
        ({"stage": "prepared", "stage_on": "ayer"}, {"stage_on": "Escriba la fecha como dd-mm-aaaa."}),
        ({"stage": "prepared", "stage_on": "31-02-2016"}, {"stage_on": "Escriba la fecha como dd-mm-aaaa."}),
        (
            {"stage": "prepared", "stage_on": "01-01-2017"},
            {"stage_on": "La fecha es posterior al período que se informa."},
        ),
    ],
)
def test_a_wrong_product_is_told_at_its_field(world, product, typed, errors):
    assert errors_of(fill(product, world.draft(), **typed)) == errors


def test_the_last_day_of_the_period_is_still_in_it(world, product):
    assert fill(product, world.draft(), stage="prepared", stage_on="31-12-2016").is_valid()


@pytest.fixture
def product_with_count(world):
    return world.new_indicator(IndicatorKind.PRODUCT, stage=Stage.VALIDATED, named_count_label="Brechas detectadas")


@pytest.mark.parametrize("stage", ["validated", "distributed"])
def test_a_product_that_reached_its_stage_needs_its_count(world, product_with_count, stage):
    form = fill(product_with_count, world.draft(), stage=stage, stage_on="15-11-2016")
    assert form.fields["named_count"].label == "Brechas detectadas"
    assert errors_of(form) == {"named_count": "Falta el valor; si no hubo, escriba 0."}


@pytest.mark.parametrize(("stage", "count", "read"), [("prepared", "", None), ("validated", "0", 0)])
def test_before_its_stage_the_count_may_wait_and_zero_is_a_count(world, product_with_count, stage, count, read):
    form = fill(product_with_count, world.draft(), stage=stage, stage_on="15-11-2016", named_count=count)
    assert form.is_valid()
    assert form.figures().named_count == read


def test_a_negative_count_of_a_product_is_told(world, product_with_count):
    form = fill(product_with_count, world.draft(), stage="prepared", stage_on="15-11-2016", named_count="-1")
    assert errors_of(form) == {"named_count": "El valor no puede ser menor que 0."}


# Yearly products


@pytest.fixture
def yearly(world):
    return world.new_indicator(IndicatorKind.YEARLY_PRODUCT, years=[2015, 2016, 2017])


@pytest.mark.parametrize(("ticked", "years"), [([], ()), ([2016], (2016,)), ([2017, 2015], (2015, 2017))])
def test_a_yearly_product_yields_the_years_delivered_in_order(world, yearly, ticked, years):
    form = fill(yearly, world.draft(), years=ticked)
    assert isinstance(form, YearlyProductForm)
    assert form.is_valid()
    assert form.figures() == IndicatorFigures(yearly.pk, years=years)


@pytest.mark.parametrize("year", ["2018", "dos mil"])
def test_a_year_that_the_product_does_not_have_is_refused(world, yearly, year):
    assert errors_of(fill(yearly, world.draft(), years=[year])) == {"years": "Elija años de la lista."}


# Institutions


@pytest.fixture
def institutions(world):
    return world.new_indicator(derived_from=DerivedFrom.MESA)


@pytest.mark.parametrize(("typed", "answer"), [("yes", True), ("no", False)])
def test_an_institution_answers_for_itself(world, institutions, typed, answer):
    form = fill(institutions, world.draft(), affirmative=typed)
    assert isinstance(form, InstitutionForm)
    assert form.is_valid()
    assert form.cleaned_data == {"affirmative": answer, "names": []}


def test_it_may_name_other_members_of_the_mesa_but_not_itself(world, institutions):
    form = fill(institutions, world.draft(), affirmative="no", names=["Carabineros de Chile"])
    offered = [name for name, _ in form.fields["names"].choices]
    assert offered == ["Carabineros de Chile", "Ministerio del Interior"]
    assert form.is_valid()
    assert form.figures().names == ["Carabineros de Chile"]


def test_members_are_those_of_the_periods_last_day(world, institutions):
    world.y.memberships.update(valid_to=date(2016, 12, 30))
    form = fill(institutions, world.draft(), affirmative="yes")
    assert [name for name, _ in form.fields["names"].choices] == ["Ministerio del Interior"]


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {"affirmative": "Responda sí o no."}),
        (
            {"affirmative": "maybe"},
            {"affirmative": "Escoja una opción válida. maybe no es una de las opciones disponibles."},
        ),
        ({"affirmative": "yes", "names": ["Otra"]}, {"names": "Elija instituciones de la lista."}),
        ({"affirmative": "yes", "names": ["Dirección del Trabajo"]}, {"names": "Elija instituciones de la lista."}),
    ],
)
def test_a_wrong_answer_is_told_at_its_field(world, institutions, typed, errors):
    assert errors_of(fill(institutions, world.draft(), **typed)) == errors


# Names


@pytest.fixture
def names(world):
    return world.new_indicator(lists_names=True)


def test_a_list_of_names_is_counted_by_the_portal(world, names):
    form = fill(names, world.draft(), names="Radio Cooperativa\nEl Mercurio\n")
    assert isinstance(form, NameListForm)
    assert form.is_valid()
    assert form.figures() == IndicatorFigures(names.pk, value=2, names=("Radio Cooperativa", "El Mercurio"))


def test_blanks_and_repetitions_are_dropped_and_the_order_stays(world, names):
    typed = "Radio  Ñuble \r\n\r\nEl Mercurio\r\nRADIO ÑUBLE\r\n   \r\nel mercurio"
    form = fill(names, world.draft(), names=typed)
    assert form.is_valid()
    assert form.figures().names == ("Radio Ñuble", "El Mercurio")


@pytest.mark.parametrize("typed", ["", "   \n \n"])
def test_an_empty_list_is_missing(world, names, typed):
    assert errors_of(fill(names, world.draft(), names=typed)) == {"names": "Escriba al menos un nombre, uno por línea."}


def test_a_name_as_long_as_a_paragraph_is_refused(world, names):
    form = fill(names, world.draft(), names=f"{'a' * 200}\n{'b' * 201}")
    assert errors_of(form) == {"names": "Cada nombre puede tener hasta 200 caracteres."}


def test_a_list_of_names_is_not_one_of_persons_with_their_run(world, names):
    form = fill(names, world.draft(), names="Radio Ñuble\nAna Soto 12.345.678-5")
    assert list(form.errors) == ["names"]
    assert "12.345.678-5" in errors_of(form)["names"]
