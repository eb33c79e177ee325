from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.utils import formats, translation
from django.utils.translation import gettext, ngettext

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1234.5"), "1.234,5"),
        (2331, "2.331"),
        (0, "0"),
        (date(2016, 12, 31), "31-12-2016"),
        (datetime(2016, 12, 31, 15, 4, tzinfo=UTC), "31-12-2016 12:04"),
    ],
)
def test_templates_write_figures_and_dates_as_chile_does(value, written):
    assert Template("{{ value }}").render(Context({"value": value})) == written


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2016, 5, 14, 12, 0, tzinfo=UTC), "14-05-2016 09:00"),
        (datetime(2016, 5, 15, 12, 0, tzinfo=UTC), "15-05-2016 08:00"),
        (datetime(2016, 8, 14, 12, 0, tzinfo=UTC), "14-08-2016 09:00"),
    ],
)
def test_hours_follow_the_summer_time_of_santiago(moment, written):
    assert Template("{{ moment }}").render(Context({"moment": moment})) == written


@pytest.mark.parametrize("typed", ["31-12-2016", "31/12/2016", "2016-12-31"])
def test_dates_are_read_as_people_here_type_them(typed):
    assert forms.DateField().clean(typed) == date(2016, 12, 31)


def test_a_localized_number_is_read_with_decimal_comma_and_thousands_point():
    assert forms.DecimalField(localize=True).clean("1.234,5") == Decimal("1234.5")


def test_months_are_named_in_spanish():
    assert formats.date_format(date(2016, 12, 31), "YEAR_MONTH_FORMAT") == "diciembre de 2016"


def test_django_speaks_its_own_spanish_under_es_cl():
    assert translation.get_language() == "es-cl"
    assert gettext("This field is required.") == "Este campo es obligatorio."
    assert ngettext("%(num)d day", "%(num)d days", 2) % {"num": 2} == "2 días"
