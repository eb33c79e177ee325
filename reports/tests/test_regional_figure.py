"""A figure by region: map and table say the same, the whole is the indicator's, and nobody can be recognised."""

from datetime import date
from fractions import Fraction

import pytest

from indicators.calculations.results import IndicatorResult
from indicators.enums import Breakdown, CellAggregation
from indicators.models import MeansOfVerification
from indicators.queries import compliance
from plan.models import Region
from reports.charts.region_map import ABSENT, HIDDEN, NOTHING
from reports.plan_pages.regional_figure import RegionalFigure, regional_figure, regional_indicators
from reports.small_cells import FEW, WITHHELD
from reports.tests import country as stories
from reports.tests import world
from reports.tests.country import BEGINS_ON

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2018, 6, 30), date(2018, 12, 31)


@pytest.fixture
def country():
    return stories.found()


def figure(country, indicator=None, cut_off=BEFORE) -> RegionalFigure:
    found = regional_figure(compliance(country.plan, cut_off), indicator or country.counted)
    assert found
    return found


def table(found: RegionalFigure) -> dict[str, tuple[str, ...]]:
    """The cells of each line, as they are read."""
    return {line.name: cells(line, is_ratio=found.is_ratio) for line in found.lines}


def cells(line, *, is_ratio: bool) -> tuple[str, ...]:
    if line.row is None:
        return (line.note,)
    first = line.note or line.row.verified
    return (first, line.row.denominator, line.row.share) if is_ratio else (first,)


def looks(found: RegionalFigure) -> dict[str, str]:
    return {area.stain.code: area.stain.look.label for area in found.map.areas}


# Ñuble ---------------------------------------------------------------------------------------------------
def test_until_it_begins_nuble_is_drawn_and_told_with_the_region_that_it_comes_from(country):
    country.tell({"I": 10, "VIII": 30})
    found = figure(country)
    assert table(found)["Ñuble"] == ("se informa con Biobío",)
    assert table(found)["Biobío"] == ("30",)
    assert {area.stain.code: set(area.stain.parts) for area in found.map.areas}["VIII"] == {"VIII", "XVI"}
    assert "XVI" not in looks(found)
    assert "Ñuble rige como región desde el 06-09-2018; en este corte se informa con Biobío." in found.remarks


def test_from_its_first_day_nuble_has_a_line_and_an_area_of_its_own(country):
    country.tell({"I": 10, "VIII": 30})
    later = world.make_period(country.plan, date(2018, 7, 1), AFTER)
    world.approve(stories.send(country, later, country.counted, {"XVI": 7}))
    found = figure(country, cut_off=AFTER)
    assert (table(found)["Ñuble"], table(found)["Biobío"]) == (("7",), ("30",))
    assert looks(found).keys() == {"XV", "I", "XVI", "VIII", "XII"}
    assert (
        "Ñuble rige como región desde el 06-09-2018; lo informado antes sigue en su región de origen." in found.remarks
    )


@pytest.mark.parametrize(("cut_off", "under"), [(date(2018, 9, 5), "VIII"), (BEGINS_ON, "XVI")])
def test_the_day_is_that_of_the_row_of_the_region(country, cut_off, under):
    told = Region.objects.told_on(cut_off)
    assert {region.code: row.code for region, row in told.items()}["XVI"] == under


def test_what_was_told_of_nuble_too_early_counts_in_biobio(country):
    country.tell({"VIII": 30, "XVI": 12})
    assert table(figure(country))["Biobío"] == ("42",)


def test_a_region_that_has_ended_is_left_out_and_its_figures_belong_to_none(country):
    country.tell({"I": 10, "XII": 5})
    Region.objects.filter(code="XII").update(valid_to=date(2017, 12, 31))
    found = figure(country)
    assert "Magallanes" not in table(found)
    assert (table(found)["Sin región"], found.total.verified) == (("5",), "15")


# Zero, nothing, not yet -----------------------------------------------------------------------------------
def test_zero_nothing_and_what_waits_for_review_are_three_things(country):
    country.tell({"XV": 0, "I": 10})
    other = world.make_institution("Policía de Investigaciones", plan=country.plan)
    waiting = [{"region": country.regions["XII"], "value": 4}]
    world.submit(country.action, other, country.period, {country.counted: {"value": 4}}, waiting)
    found = figure(country)
    assert table(found)["Arica"] == ("0",)
    assert table(found)["Biobío"] == ("sin valor",)
    assert table(found)["Magallanes"] == ("sin validar",)
    assert looks(found) == {
        "XV": NOTHING.label,
        "I": "más de 0",
        "VIII": ABSENT.label,
        "XII": ABSENT.label,
    }


def test_where_nobody_told_anything_there_is_no_step_in_the_legend(country):
    found = figure(country)
    assert [look.label for look in found.map.legend] == ["sin dato"]
    assert found.total.verified == "–"


# The whole ---------------------------------------------------------------------------------------------------
def measured(country, indicator) -> IndicatorResult:
    return compliance(country.plan, BEFORE).indicator(indicator.reference)


def test_the_lines_add_up_to_the_value_of_the_indicator(country):
    country.tell({"XV": 6, "I": 10, "VIII": 30})
    other = world.make_institution("Policía de Investigaciones", plan=country.plan)
    world.approve(world.submit(country.action, other, country.period, {country.counted: {"value": 9}}))
    found = figure(country)
    lines = [line.row.verified for line in found.lines if line.row and not line.note]
    assert lines == ["6", "10", "30", "9"]
    assert found.lines[-1].name == "Sin región"
    assert sum(map(int, lines)) == measured(country, country.counted).verified.value == int(found.total.verified)


def test_a_ratio_adds_its_two_sides_and_its_steps_go_by_the_percentage(country):
    ratio = country.ratio()
    whole = {"numerator": 62, "denominator": 300}
    country.tell({"XV": (2, 100), "I": (60, 150), "VIII": (0, 50)}, ratio, **whole)
    found = figure(country, ratio)
    assert table(found)["Arica"] == ("2", "100", "2,0\xa0%")
    assert (found.total.verified, found.total.denominator, found.total.share) == ("62", "300", "20,7\xa0%")
    assert measured(country, ratio).verified.value == Fraction(62, 300)
    assert looks(found) == {"XV": "menos de 40\xa0%", "I": "40\xa0% o más", "VIII": NOTHING.label, "XII": ABSENT.label}


# Few people ---------------------------------------------------------------------------------------------------
@pytest.fixture
def people(country):
    """The figures count persons."""
    world.make_means(country.action, "Lista de asistencia", lists_people=True)
    return country


def test_few_persons_and_what_would_tell_them_have_no_number_and_no_step(people):
    people.tell({"XV": 3, "I": 77, "VIII": 10, "XII": 90})
    found = figure(people)
    assert table(found) == {
        "Arica": (FEW,),
        "Tarapacá": ("77",),
        "Ñuble": ("se informa con Biobío",),
        "Biobío": (WITHHELD,),
        "Magallanes": ("90",),
    }
    assert looks(found) == {"XV": HIDDEN.label, "I": "menos de 90", "VIII": HIDDEN.label, "XII": "90 o más"}
    assert next(area.stain.words for area in found.map.areas) == "Arica: protegido"
    assert any("de 1 a 4 personas" in remark for remark in found.remarks)


def test_no_word_of_the_map_tells_what_the_table_leaves_out(people):
    people.tell({"XV": 3, "I": 77, "VIII": 11, "XII": 90})
    found = figure(people)
    words = " ".join([*(area.stain.words for area in found.map.areas), *(look.label for look in found.map.legend)])
    assert "11" not in words


def test_a_handful_told_without_a_region_is_veiled_as_well(people):
    people.tell({"I": 77, "VIII": 10})
    other = world.make_institution("Policía de Investigaciones", plan=people.plan)
    world.approve(world.submit(people.action, other, people.period, {people.counted: {"value": 2}}))
    assert table(figure(people))["Sin región"] == (FEW,)
    assert table(figure(people))["Biobío"] == (WITHHELD,)


def test_few_things_are_told(country):
    country.tell({"XV": 3, "I": 77})
    assert table(figure(country))["Arica"] == ("3",)


# Which ---------------------------------------------------------------------------------------------------
def test_only_what_is_told_by_region_and_adds_up_is_offered(country):
    for number, fields in enumerate(
        ({"breakdown": Breakdown.UNIT}, {}, {"breakdown": Breakdown.REGION, "cell_aggregation": CellAggregation.MAX}), 2
    ):
        world.make_count(country.action, number=number, **fields)
    both = world.make_count(country.action, number=5, breakdown=Breakdown.REGION_INSTITUTION)
    assert regional_indicators(country.plan) == [country.counted, both]


def test_a_reserved_action_is_neither_offered_nor_drawn(country):
    country.tell({"I": 10})
    world.make_means(country.action, reserved=True)
    assert regional_indicators(country.plan) == []
    assert regional_figure(compliance(country.plan, BEFORE), country.counted) is None
    MeansOfVerification.objects.update(reserved=False)
    assert regional_figure(compliance(country.plan, BEFORE), country.counted)
