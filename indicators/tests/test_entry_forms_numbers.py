"""Counts and ratios as they are typed: what is read from them and what is said of what cannot be."""

import pytest

from indicators.content import IndicatorFigures
from indicators.enums import IndicatorKind
from indicators.forms.fields import WholeNumberField
from indicators.forms.figures import CountForm, RatioForm
from indicators.models import Universe, UniverseValue
from indicators.tests.filling import errors_of, fill

MISSING = "Falta el valor; si no hubo, escriba 0."
NOT_WHOLE = "Escriba un número entero, sin letras ni decimales."
NEGATIVE = "El valor no puede ser menor que 0."


@pytest.fixture
def ratio(world):
    return world.new_indicator(
        IndicatorKind.RATIO, numerator_label="Casos con medidas", denominator_label="Casos ingresados"
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0", 0),
        ("7", 7),
        (" 7 ", 7),
        ("007", 7),
        ("1234", 1234),
        ("1.234", 1234),
        ("1.234.567", 1234567),
        ("1 200", 1200),
        ("1\u00a0234\u202f567", 1234567),
        ("1.000.000.000", 10**9),
    ],
)
def test_a_whole_number_is_read_as_people_here_write_it(typed, read):
    assert WholeNumberField().clean(typed) == read


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", MISSING),
        ("   ", MISSING),
        ("-1", NEGATIVE),
        ("-1.234", NEGATIVE),
        ("doce", NOT_WHOLE),
        ("12 personas", NOT_WHOLE),
        ("1,5", NOT_WHOLE),
        ("1.5", NOT_WHOLE),
        ("12.34", NOT_WHOLE),
        ("12 34", NOT_WHOLE),
        ("1234 567", NOT_WHOLE),
        ("1.2.3", NOT_WHOLE),
        ("12.34.567", NOT_WHOLE),
        ("1.234,5", NOT_WHOLE),
        ("1e5", NOT_WHOLE),
        ("1_000", NOT_WHOLE),
        ("NaN", NOT_WHOLE),
        ("∞", NOT_WHOLE),
        ("½", NOT_WHOLE),
        ("0x10", NOT_WHOLE),
        ("9" * 5000, NOT_WHOLE),
    ],
)
def test_anything_else_is_told_in_one_sentence(world, typed, sentence):
    form = fill(world.indicator, world.draft(), value=typed)
    assert errors_of(form) == {"value": sentence}


def test_a_number_that_must_be_a_slip_of_the_keyboard_is_refused(world):
    form = fill(world.indicator, world.draft(), value="1.000.000.001")
    assert errors_of(form) == {"value": "El valor es demasiado grande: revise si sobra alguna cifra."}


@pytest.mark.parametrize(("typed", "value"), [("40", 40), ("0", 0), ("1.234", 1234)])
def test_a_count_yields_its_value(world, typed, value):
    form = fill(world.indicator, world.draft(), value=typed)
    assert isinstance(form, CountForm)
    assert form.is_valid()
    assert form.figures() == IndicatorFigures(world.indicator.pk, value=value)


def test_a_count_of_a_year_is_asked_like_any_count(world):
    indicator = world.new_indicator(IndicatorKind.YEAR_COUNT, years=[2016])
    assert fill(indicator, world.draft(), value="3").is_valid()


def test_a_count_is_labelled_with_its_unit(world):
    world.indicator.unit_label = "funcionarios capacitados"
    assert fill(world.indicator, world.draft()).fields["value"].label == "Funcionarios capacitados"


@pytest.mark.parametrize(
    ("entry", "span"),
    [
        ("increment", "Del 01-07-2016 al 31-12-2016, sin sumar lo anterior."),
        ("running_total", "Todo desde el inicio del plan hasta el 31-12-2016."),
    ],
)
def test_the_form_says_whether_the_figure_is_of_the_period_or_accumulated(world, entry, span):
    world.indicator.entry = entry
    assert fill(world.indicator, world.draft()).span == span


# Ratios


@pytest.mark.parametrize(("numerator", "denominator"), [("24", "58"), ("0", "0"), ("58", "58"), ("1.000", "1.234")])
def test_a_ratio_yields_both_numbers(world, ratio, numerator, denominator):
    form = fill(ratio, world.draft(), numerator=numerator, denominator=denominator)
    assert isinstance(form, RatioForm)
    assert form.is_valid()
    read = (int(numerator.replace(".", "")), int(denominator.replace(".", "")))
    assert form.figures() == IndicatorFigures(ratio.pk, numerator=read[0], denominator=read[1], bounded=True)


def test_a_ratio_asks_for_both_by_the_plans_own_labels(world, ratio):
    form = fill(ratio, world.draft(), numerator="", denominator="")
    assert [field.label for field in form] == ["Casos con medidas", "Casos ingresados"]
    assert errors_of(form) == {"numerator": MISSING, "denominator": MISSING}


def test_a_numerator_above_its_denominator_is_told_at_the_numerator(world, ratio):
    form = fill(ratio, world.draft(), numerator="1500", denominator="1.058")
    assert errors_of(form) == {"numerator": "El numerador (1.500) no puede superar al denominador (1.058)."}


def test_a_ratio_without_bound_may_exceed_one(world, ratio):
    ratio.bounded = False
    assert fill(ratio, world.draft(), numerator="71", denominator="58").is_valid()


def test_a_wrong_number_in_one_field_is_told_only_there(world, ratio):
    form = fill(ratio, world.draft(), numerator="-3", denominator="58")
    assert errors_of(form) == {"numerator": NEGATIVE}


# A denominator that comes from elsewhere


@pytest.fixture
def ratio_of_staff(world):
    universe = Universe.objects.create(code="dotacion", name="Dotación")
    return world.new_indicator(IndicatorKind.RATIO, universe=universe)


def declare(ratio, institution, value, dated_on="2016-01-01", **place):
    UniverseValue.objects.create(
        universe=ratio.universe, institution=institution, value=value, dated_on=dated_on, source="Oficio", **place
    )


def test_a_denominator_from_a_universe_is_not_asked(world, ratio_of_staff):
    form = fill(ratio_of_staff, world.draft(), numerator="90", denominator="5")
    assert form.is_valid()
    assert form.figures() == IndicatorFigures(ratio_of_staff.pk, numerator=90, bounded=True)


def test_the_universe_is_the_institutions_newest_by_the_periods_end(world, ratio_of_staff):
    declare(ratio_of_staff, world.x, 80, "2015-01-01")
    declare(ratio_of_staff, world.x, 100, "2016-12-31")
    declare(ratio_of_staff, world.x, 500, "2017-01-01")
    declare(ratio_of_staff, world.y, 900, "2016-12-31")
    assert fill(ratio_of_staff, world.draft(), numerator="1").universe_total == 100


def test_a_numerator_above_the_universe_is_told(world, ratio_of_staff):
    declare(ratio_of_staff, world.x, 100)
    form = fill(ratio_of_staff, world.draft(), numerator="101")
    assert errors_of(form) == {"numerator": "El numerador (101) no puede superar al denominador (100)."}


def test_without_a_declared_universe_the_numerator_stands_alone(world, ratio_of_staff):
    form = fill(ratio_of_staff, world.draft(), numerator="101")
    assert form.universe_total is None
    assert form.is_valid()


def test_a_denominator_taken_from_another_indicator_is_not_asked(world):
    gaps = world.new_indicator(IndicatorKind.PRODUCT, stage="validated", named_count_label="Brechas")
    ratio = world.new_indicator(IndicatorKind.RATIO, depends_on=gaps)
    form = fill(ratio, world.draft(), numerator="4")
    assert [field.name for field in form] == ["numerator"]
    assert form.is_valid()
