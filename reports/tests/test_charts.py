"""What charts say: places, widths and words, told from the results alone."""

import re
from fractions import Fraction

import pytest
from django.conf import settings
from django.template import Context, Template

from indicators.calculations.terms import ActionState, Condition, Pace
from reports.charts import compliance, double, fills, pace, states
from reports.tests import builders


def draw(source: str, **context) -> str:
    return Template("{% load charts %}" + source).render(Context(context))


def test_parts_of_a_bar_of_states_share_its_width_by_their_counts():
    bar = states.state_bar(builders.states(FULFILLED=3, IN_PROGRESS=5, OVERDUE=2))
    assert [(part.state, part.start, part.width) for part in bar.parts] == [
        (ActionState.FULFILLED, "0%", "30.00%"),
        (ActionState.IN_PROGRESS, "30.00%", "50.00%"),
        (ActionState.OVERDUE, "80.00%", "20.00%"),
    ]


def test_a_bar_of_states_is_told_in_words_and_leaves_out_what_does_not_occur():
    bar = states.state_bar(builders.states(OVERDUE=2, FULFILLED=3, SUPPRESSED=1))
    assert bar.title == "Cumplida 3, Atrasada 2, Suprimida 1"


def test_a_group_without_actions_has_no_parts():
    assert states.state_bar(builders.states()) == states.StateBar((), "Sin acciones")


def test_every_state_has_a_fill_and_no_two_look_alike():
    assert set(fills.STATE_FILLS) == set(ActionState)
    for trait in ("look", "motif"):
        assert len({getattr(fill, trait) for fill in fills.STATE_FILLS.values()}) == len(ActionState), trait


FILLS = [*fills.STATE_FILLS.values(), fills.VERIFIED, fills.INFORMED, *fills.RAMP, fills.ZERO, fills.NO_DATA]


@pytest.mark.parametrize("sheet", ["portal.css", "informe-graficos.css"])
@pytest.mark.parametrize("fill", [*FILLS, fills.PROTECTED], ids=lambda fill: fill.look)
def test_pages_and_paper_each_colour_every_fill(sheet, fill):
    style = (settings.BASE_DIR / "static" / sheet).read_text()
    wanted = [f".k-{fill.look}", *([f".t-{fill.look}"] if fill.motif else [])]
    assert [name for name in wanted if not re.search(rf"{re.escape(name)}\b(?!-)", style)] == []


def test_a_chart_of_states_names_in_its_legend_only_what_it_shows():
    chart = states.state_chart([("1.1", builders.states(FULFILLED=1)), ("1.2", builders.states(OVERDUE=2))])
    assert [entry.label for entry in chart.legend] == ["Cumplida", "Atrasada"]
    assert [(row.label, row.y) for row in chart.rows] == [("1.1", 0), ("1.2", 29)]
    assert chart.title == "1.1: Cumplida 1. 1.2: Atrasada 2"


def test_a_double_bar_keeps_verified_and_informed_apart():
    bar = double.double_bar(Fraction(5, 8), Fraction(3, 4), "Verificado 62,5 %, informado 75,0 %")
    assert (bar.verified, bar.informed) == ("62.50%", "75.00%")


def test_a_bar_of_more_than_the_whole_ends_at_the_whole():
    bar = double.double_bar(Fraction(3, 2), None, "")
    assert (bar.verified, bar.informed) == ("100.00%", "0%")


def test_compliance_by_action_keeps_the_order_of_the_plan_and_says_why_a_figure_is_missing():
    chart = compliance.compliance_chart(
        [
            builders.action("1.1.1", Fraction(18, 25), informed=Fraction(4, 5)),
            builders.action("1.1.2", None, condition=Condition.NO_TARGET),
        ]
    )
    assert [(row.code, row.verified, row.informed, row.label) for row in chart.rows] == [
        ("1.1.1", 288, 320, "72,0\u00a0%"),
        ("1.1.2", None, None, "Sin meta acordada"),
    ]


def test_zero_is_a_figure_and_not_a_missing_one():
    row = compliance.compliance_chart([builders.action(value=Fraction(0))]).rows[0]
    assert (row.verified, row.is_measured, row.label) == (0, True, "0,0\u00a0%")


def test_a_label_that_would_cross_the_line_of_the_meta_stands_after_it():
    row = compliance.compliance_chart([builders.action(value=Fraction(19, 20))]).rows[0]
    assert row.label_x == compliance.ACTIONS.left + compliance.ACTIONS.length + 6


def test_advance_is_drawn_against_the_pace_expected_by_the_corte():
    measured = builders.indicator(advances=(builders.advance(Fraction(1, 4), Fraction(1, 2), Pace.BEHIND),))
    row = pace.pace_chart([(measured, measured.advances[0])]).rows[0]
    assert (row.verified, row.expected_x, row.label) == (80, 220, "25,0\u00a0% · Bajo lo esperado")


@pytest.mark.parametrize(
    ("source", "context"),
    [
        ("{% state_bar counts name='a' %}", {"counts": builders.states(FULFILLED=1, OVERDUE=2)}),
        ("{% state_chart groups name='a' %}", {"groups": [("1.1", builders.states(FULFILLED=1, OVERDUE=2))]}),
        ("{% compliance_chart actions name='a' %}", {"actions": [builders.action(value=Fraction(1, 3))]}),
    ],
)
def test_drawings_have_a_title_and_a_dot_as_decimal_mark(source, context):
    svg = draw(source, **context)
    assert '<title id="a-t">' in svg
    numbers = [value for value in svg.split('"') if value.strip("%").replace(",", "").replace(".", "").isdigit()]
    assert numbers
    assert not [value for value in numbers if "," in value]


def test_two_drawings_on_a_page_have_patterns_of_their_own():
    svg = draw("{% state_bar counts name='a' %}{% state_bar counts name='b' %}", counts=builders.states(OVERDUE=1))
    assert ('id="a-overdue"' in svg, 'id="b-overdue"' in svg) == (True, True)
    assert ('fill="url(#a-overdue)"' in svg, 'fill="url(#b-overdue)"' in svg) == (True, True)


def test_no_drawing_needs_a_style_attribute():
    svg = draw("{% double_bar verified verified 'Mitad' name='a' %}", verified=Fraction(1, 2))
    assert 'width="50.00%"' in svg
    assert "style=" not in svg
