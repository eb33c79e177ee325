"""The page of the territory, asked as a reader would ask it."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.queries.records import Records
from indicators.tests.world import as_read
from plan.enums import PlanState, Role
from plan.models import Region
from reports.small_cells import FEW
from reports.tests import country as stories
from reports.tests import world

pytestmark = pytest.mark.django_db
PAGE = "/territorio/"


@pytest.fixture
def country():
    return stories.found()


@pytest.fixture
def reader(client, country):
    client.force_login(world.make_user(Role.OBSERVER))
    return client


def page(client, **query) -> str:
    response = client.get(PAGE, query)
    assert response.status_code == 200
    return as_read(response.content.decode())


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def panel(html: str, heading: str) -> str:
    """The words of a part of the page."""
    return plain(html.partition(heading)[2].partition("</section>")[0])


# What is asked for ----------------------------------------------------------------------------------------
def test_the_first_indicator_by_region_is_shown_with_map_table_and_legend(reader, country):
    country.tell({"XV": 6, "I": 40, "VIII": 30})
    html = page(reader)
    assert "Mapa de Chile: Número de guías. Las cifras están en la tabla por región." in html
    assert "<title>Tarapacá: 40</title>" in html
    assert "I Tarapacá 40" in panel(html, "por región</h2>")
    assert "menos de 30 30 a menos de 40 40 o más sin dato" in panel(html, "Leyenda del mapa")
    assert "IDE Chile, División Político-Administrativa 2023, simplificado." in html


def test_the_address_carries_the_indicator_and_both_dates(reader, country):
    country.tell({"I": 40})
    ratio = country.ratio()
    country.tell({"I": (60, 150)}, ratio, numerator=60, denominator=150)
    html = page(reader, indicador="1.1.2.I1", corte="2016-12-31", hasta="2017-12-31")
    assert "Corte 31-12-2016, con lo resuelto hasta 31-12-2017" in html
    assert "I Tarapacá 60 150 40,0 %" in panel(html, "por región</h2>")
    assert '<option value="1.1.2.I1" selected>' in html
    assert 'href="/plan/acciones/1.1.2/?hasta=2017-12-31"' in html


def test_before_the_approval_was_known_the_region_waits(reader, country):
    country.tell({"I": 40})
    assert "I Tarapacá sin validar" in panel(page(reader, hasta="2017-01-25"), "por región</h2>")


def test_an_indicator_that_is_not_on_the_list_is_told_at_its_field_and_the_first_is_shown(reader, country):
    world.make_count(country.action, number=2)
    for wrong in ("1.1.1.I2", "9.9.9.I1"):
        html = page(reader, indicador=wrong)
        assert "Elija un indicador de la lista." in html
        assert "Número de guías" in panel(html, "por región</h2>")


def test_a_plan_that_breaks_nothing_down_by_region_says_so(reader, country):
    world.make_means(country.action, reserved=True)
    assert "Ningún indicador se desglosa por región" in page(reader)


def test_without_a_plan_in_force_the_page_says_so(reader, country):
    country.plan.state = PlanState.DRAFT
    country.plan.save()
    assert "Todavía no hay un plan vigente" in page(reader)


def test_the_page_of_the_plan_leads_here_with_its_dates(reader, country):
    assert (
        '<a href="/territorio/?corte=2015-12-31">Territorio</a>'
        in reader.get("/plan/?corte=2015-12-31").content.decode()
    )


# Mesas regionales, and who tells nothing ------------------------------------------------------------------
def test_each_region_tells_since_when_it_has_a_mesa_or_that_the_plan_does_not_say(reader):
    words = panel(page(reader), "Mesas regionales</h2>")
    assert "XV Arica no dice I Tarapacá 2015 VIII Biobío no dice XII Magallanes no dice" in words


def test_a_region_of_which_no_report_tells_anything_is_named(reader, country):
    country.tell({"I": 0, "XII": 4})
    assert panel(page(reader), "ningún informe</h2>").endswith("XV Arica VIII Biobío")


def test_a_report_that_waits_for_review_is_a_report_and_one_sent_later_is_not_yet(reader, country):
    country.send({"XV": 1, "I": 2, "VIII": 3, "XII": 4})
    assert "Ninguna: de todas las regiones hay al menos un informe, en algún indicador y período." in page(reader)
    assert panel(page(reader, hasta="2016-12-31"), "ningún informe</h2>").endswith("Biobío XII Magallanes")


def test_what_is_told_of_a_reserved_action_breaks_no_silence(reader, country):
    country.tell({"XV": 1, "I": 2, "VIII": 3, "XII": 4})
    world.make_means(country.action, reserved=True)
    assert panel(page(reader), "ningún informe</h2>").endswith("XV Arica I Tarapacá VIII Biobío XII Magallanes")


# Who ---------------------------------------------------------------------------------------------------
def test_every_role_of_the_plan_sees_the_same_map_and_few_persons_are_told_to_nobody(client, country):
    world.make_means(country.action, "Lista", lists_people=True)
    country.tell({"XV": 3, "I": 40, "VIII": 12})
    seen = set()
    for user in (
        world.make_user(Role.OBSERVER),
        world.make_user(Role.FOCAL_POINT, institution=country.police),
        world.make_coordinator(country.action.objective.axis),
        world.make_secretary(country.plan, Role.TECHNICAL),
        world.make_secretary(country.plan, Role.EXECUTIVE),
    ):
        client.force_login(user)
        seen.add(panel(page(client), "por región</h2>"))
    (words,) = seen
    assert f"XV Arica {FEW} I Tarapacá 40".replace("\xa0", " ") in words
    assert "VIII Biobío omitido" in words
    assert country.police.name not in words


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, None])
def test_to_those_who_do_not_work_with_the_plan_it_does_not_exist(client, country, role):
    client.force_login(world.make_user(role))
    assert client.get(PAGE).status_code == 404


def test_without_a_login_it_asks_for_one(client, country):
    response = client.get(PAGE)
    assert (response.status_code, response["Location"]) == (302, f"/ingresar/?next={PAGE}")


def test_nothing_is_ever_posted_to_it(reader):
    assert reader.post(PAGE).status_code == 405


# How much it asks -----------------------------------------------------------------------------------------
def count(ask) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def test_besides_the_arithmetic_it_takes_few_queries_and_no_more_for_a_larger_country(reader, country):
    country.tell({"I": 40})
    page(reader)  # Fills what is kept between requests.
    first = count(lambda: page(reader))
    assert first - count(lambda: Records(country.plan).outline(country.plan.ends_on)) <= 15
    for order, code in enumerate(("II", "III", "IV", "V"), 10):
        country.regions[code] = Region.objects.create(code=code, name=f"Región {code}", order=order)
        world.make_count(country.action, number=order, breakdown="region")
    period = world.make_period(country.plan, date(2015, 1, 1), date(2015, 12, 31))
    world.approve(stories.send(country, period, country.counted, {"II": 4, "III": 6, "V": 0}))
    assert count(lambda: page(reader)) == first
