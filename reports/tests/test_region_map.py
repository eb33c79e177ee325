"""The map as geometry: outlines from the project's own file, steps of a ramp, numbers that do not crowd."""

from fractions import Fraction
from itertools import pairwise

import pytest
from django.conf import settings

from indicators.management.commands.load_plan import DEFAULT_FILE
from indicators.plan_file.parse import parse
from reports.charts import fills
from reports.charts.chile import chile
from reports.charts.ramp import ramp_of
from reports.charts.region_map import ABSENT, HIDDEN, NOTHING, Stain, region_map, spread


def labels(*amounts: int | Fraction, unit: str = "") -> list[str]:
    return [step.label for step in ramp_of(map(Fraction, amounts), unit).steps]


def test_every_region_of_the_plan_has_an_outline_in_the_same_order():
    regions = parse(DEFAULT_FILE.read_text(encoding="utf-8"))["regions"]
    assert [outline.code for outline in chile().outlines] == [region["code"] for region in regions]


def test_the_source_of_the_outlines_is_told():
    assert chile().source == "IDE Chile, División Político-Administrativa 2023, simplificado"


def test_a_line_from_the_sea_meets_each_coast_further_south():
    levels = [outline.coast[1] for outline in chile().outlines]
    north, south = levels[0], levels[-1]
    assert north == min(levels) < max(levels) == south


# Steps ---------------------------------------------------------------------------------------------------
def test_five_steps_are_parted_at_round_numbers_and_told_in_words():
    assert labels(3, 7, 12, 19, 24, 38, 51, 66, 90, 140, unit=" %") == [
        "menos de 10 %",
        "10 a menos de 20 %",
        "20 a menos de 50 %",
        "50 a menos de 90 %",
        "90 % o más",
    ]


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ([], []),
        ([8], ["más de 0"]),
        ([8, 8], ["más de 0"]),
        ([8, 12], ["menos de 10", "10 o más"]),
        ([Fraction(79, 10), 8], ["menos de 8", "8 o más"]),
        ([1200, 3400], ["menos de 3.000", "3.000 o más"]),
    ],
)
def test_fewer_amounts_make_fewer_steps(amounts, told):
    assert labels(*amounts) == told


def test_a_bound_belongs_to_the_step_above_it():
    ramp = ramp_of([Fraction(8), Fraction(12)])
    assert [ramp.step_of(Fraction(amount)) for amount in (8, 9, 10, 12)] == [0, 0, 1, 1]


def lightness(fill: fills.Fill, sheet: str) -> float:
    style = (settings.BASE_DIR / "static" / sheet).read_text()
    ground = style.partition(f".k-{fill.look} {{ fill: #")[2]
    red, green, blue = (int(ground[at : at + 2], 16) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("sheet", ["portal.css", "informe-graficos.css"])
def test_each_step_is_clearly_darker_than_the_one_before_also_in_grey(sheet):
    lights = [lightness(fill, sheet) for fill in fills.RAMP]
    assert all(lighter - darker > 25 for lighter, darker in pairwise(lights))


def test_what_is_not_a_step_is_told_apart_by_more_than_its_ground():
    assert {fills.ZERO.motif, fills.NO_DATA.motif, fills.PROTECTED.motif} == {"", fills.FALLING_STRIPES, fills.DOTS}


# Numbers ---------------------------------------------------------------------------------------------------
def test_numbers_with_room_stand_at_their_regions_and_a_crowd_around_its_middle():
    assert spread([10, 100, 102, 104, 300], 20) == [10, 82, 102, 122, 300]


def test_a_crowd_takes_in_its_neighbours():
    assert spread([0, 10, 12], 10) == [-2.7, 7.3, 17.3]


def stain(code: str, look=ABSENT) -> Stain:
    return Stain(code, frozenset({code}), look, f"Región {code}")


def test_the_legend_names_only_looks_that_occur():
    drawn = region_map([stain("I", NOTHING), stain("II"), stain("III", HIDDEN)], "Mapa", ())
    assert [look.label for look in drawn.legend] == ["cero informado", "sin dato", "protegido"]
    assert region_map([stain("I")], "Mapa", ()).legend == (ABSENT,)


def test_a_region_without_outline_is_left_to_the_table():
    assert [area.stain.code for area in region_map([stain("I"), stain("ZZ")], "Mapa", ()).areas] == ["I"]
