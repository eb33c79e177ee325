"""Numbers and words as readers see them (COMPLIANCE, Words, bands, rounding), and the vocabularies."""

from fractions import Fraction

import pytest

from indicators.calculations import terms
from indicators.calculations.methodology import FIRST
from indicators.calculations.terms import Band
from indicators.calculations.wording import band_of, dates_text, listing, number, percent
from indicators.tests.builders import day, moment


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("0", "0,0"),
        ("0.68", "68,0"),
        ("0.68449", "68,4"),
        ("0.6845", "68,5"),
        ("0.74949", "74,9"),
        ("0.7495", "74,95"),
        ("0.74999", "74,999"),
        ("0.75", "75,0"),
        ("0.7504", "75,0"),
        ("0.8995", "89,95"),
        ("0.9", "90,0"),
        ("0.9994", "99,9"),
        ("0.9996", "99,96"),
        ("1", "100,0"),
        ("1.0004", "100,0"),
        ("1.2", "120,0"),
        ("1.2004", "120,04"),
        ("1.1996", "119,96"),
        ("12.345", "1.234,5"),
    ],
)
def test_a_percentage_has_one_decimal_half_up_and_more_where_it_would_cross(value, printed):
    assert percent(Fraction(value), FIRST) == f"{printed}\u00a0%"


@pytest.mark.parametrize(
    ("value", "band"),
    [
        ("0.89999", Band.PARTIAL),
        ("0.9", Band.FULFILLED),
        ("0.75", Band.PARTIAL),
        ("0.74999", Band.LOW),
        ("0", Band.LOW),
    ],
)
def test_the_band_is_decided_on_the_exact_number(value, band):
    assert band_of(Fraction(value), FIRST) is band


@pytest.mark.parametrize(
    ("value", "printed"), [(0, "0"), (1234567, "1.234.567"), (Fraction(5, 2), "2,5"), (Fraction(1, 3), "0,33")]
)
def test_a_count_has_only_the_decimals_that_it_needs(value, printed):
    assert number(value) == printed


def test_both_dates_are_always_said():
    written = dates_text(day("31-12-2016"), moment("28-02-2017 18:00"))
    assert written == "Corte 31-12-2016, con lo resuelto hasta 28-02-2017 18:00"


def test_names_are_joined_as_in_spanish():
    assert [listing(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a y b", "a, b y c"]


def test_the_four_other_conditions_and_the_conclusions_go_by_name():
    assert [condition.label for condition in terms.Condition][1:] == [
        "No exigible",
        "Sin meta acordada",
        "No calculable",
        "Suprimido",
    ]
    assert [conclusion.label for conclusion in terms.Conclusion][1:] == ["No concluyente", "Nada exigible"]
