from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from django.template import Context, Template

from plan.templatetags import portal


def render(source: str, **context) -> str:
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (1234, "1.234"),
        (1234567, "1.234.567"),
        (Decimal("1234.50"), "1.234,5"),
        (0.1, "0,1"),
        (Decimal("1E+3"), "1.000"),
        (-2.5, "-2,5"),
        (None, "–"),
    ],
)
def test_a_number_has_thousands_points_and_only_its_own_decimals(value, written):
    assert portal.number(value) == written


@pytest.mark.parametrize(("value", "written"), [(2, "2,0"), (Decimal("0.25"), "0,3"), (Fraction(1, 3), "0,3")])
def test_fixed_decimals_are_rounded_half_up(value, written):
    assert portal.number(value, 1) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("0.191"), "19,1\u00a0%"),
        (Fraction(445, 2331), "19,1\u00a0%"),
        (Decimal("0.8995"), "90,0\u00a0%"),
        (Decimal("0.8885"), "88,9\u00a0%"),
        (0, "0,0\u00a0%"),
        (12, "1.200,0\u00a0%"),
        (None, "–"),
    ],
)
def test_a_percentage_has_one_decimal_half_up(value, written):
    assert portal.percent(value) == written


def test_more_decimals_are_given_where_one_would_mislead():
    assert portal.percent(Decimal("0.8995"), 2) == "89,95\u00a0%"


def test_a_day_is_written_in_the_order_of_here():
    assert portal.day(date(2016, 12, 31)) == "31-12-2016"
    assert portal.day(None) == "–"


def test_the_day_and_hour_of_a_moment_are_those_of_chile():
    late = datetime(2017, 1, 1, 2, 30, tzinfo=UTC)
    assert portal.day(late) == "31-12-2016"
    assert portal.moment(late) == "31-12-2016 23:30"


def test_on_a_page_a_date_keeps_to_one_line_and_copies_as_it_is():
    late = datetime(2017, 1, 1, 2, 30, tzinfo=UTC)
    assert render("{{ at|day }}", at=late) == '<span class="nowrap">31-12-2016</span>'
    assert render("{{ at|moment }}", at=late) == '<span class="nowrap">31-12-2016 23:30</span>'
    assert render("{{ at|day }}", at=None) == "–"


def test_in_a_mail_a_date_is_nothing_but_its_letters():
    assert render("{% autoescape off %}{{ on|day }}{% endautoescape %}", on=date(2016, 12, 31)) == "31-12-2016"


def test_dates_inside_a_sentence_keep_to_one_line_too_and_the_rest_is_escaped():
    written = "Del 01-07-2016 al 31-12-2016 <b>, resuelto 28-02-2017 18:00; oficio 131-12-20161"
    one, two, three = (f'<span class="nowrap">{d}</span>' for d in ("01-07-2016", "31-12-2016", "28-02-2017 18:00"))
    shown = render("{{ text|whole_dates }}", text=written)
    assert shown == f"Del {one} al {two} &lt;b&gt;, resuelto {three}; oficio 131-12-20161"


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (date(2017, 1, 20), "quedan 5 días"),
        (date(2017, 1, 16), "queda 1 día"),
        (date(2017, 1, 15), "vence hoy"),
        (date(2017, 1, 14), "venció hace 1 día"),
        (date(2013, 1, 15), "venció hace 1.461 días"),
        (None, ""),
    ],
)
def test_a_deadline_says_how_far_it_is(deadline, words):
    # In Santiago it is still the 15th.
    with time_machine.travel(datetime(2017, 1, 16, 1, 0, tzinfo=UTC)):
        assert portal.days_left(deadline) == words


def test_a_state_is_icon_word_and_border():
    badge = render("{% state_badge 'returned' 'Devuelto' %}")
    assert badge == (
        '<span class="estado estado--devuelto">'
        '<i class="bi bi-arrow-return-left" aria-hidden="true"></i>Devuelto</span>'
    )


def test_a_label_cannot_smuggle_markup():
    assert "<b>" not in render("{% state_badge 'x' label %}{% icon label %}", label='"><b>')


def test_the_trail_links_all_but_the_page_itself():
    trail = render("{% breadcrumb 'Plan' '/plan/' 'Eje 2' '/plan/2/' 'Acción 2.1.1' %}")
    assert trail.count("<a ") == 2
    assert '<a href="/plan/2/">Eje 2</a>' in trail
    assert '<li class="breadcrumb-item active" aria-current="page">Acción 2.1.1</li>' in trail
