"""The map and its table in a browser, wide and narrow: nothing that axe finds wrong, nothing that scrolls sideways."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from reports.tests import country as stories
from reports.tests import world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def screen(request, page: Page) -> Page:
    page.set_viewport_size({"width": request.param, "height": 900})
    return page


@pytest.fixture
def country(screen, live_server):
    """A count of persons and a ratio, which a secretary reads on the page of the plan."""
    country = stories.found()
    world.make_means(country.action, "Lista de asistencia", lists_people=True)
    country.tell({"XV": 3, "I": 40, "VIII": 12, "XII": 0})
    ratio = country.ratio()
    country.tell({"XV": (20, 100), "VIII": (90, 120)}, ratio, numerator=110, denominator=220)
    client = Client()
    client.force_login(world.make_secretary(country.plan))
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    screen.context.add_cookies([session])
    screen.goto(f"{live_server.url}/plan/?corte=2018-06-30")
    return country


def look(screen: Page, check_accessibility) -> None:
    check_accessibility(screen)
    assert screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), screen.url


def row(screen: Page, name: str):
    return screen.get_by_role("row", name=name).first


def test_from_the_plan_to_the_map_of_one_indicator_and_of_another(screen, country, check_accessibility):
    screen.get_by_role("link", name="Territorio").click()
    expect(screen.get_by_role("img", name="Mapa de Chile: Número de guías")).to_be_visible()
    expect(row(screen, "XV Arica")).to_contain_text("< 5")
    expect(row(screen, "XVI Ñuble")).to_contain_text("se informa con Biobío")
    look(screen, check_accessibility)
    screen.get_by_label("Indicador", exact=True).select_option("1.1.2.I1")
    screen.get_by_role("button", name="Cambiar").click()
    expect(row(screen, "VIII Biobío")).to_contain_text("75,0\u00a0%")
    expect(screen.get_by_label("Corte", exact=True)).to_have_value("2018-06-30")
    look(screen, check_accessibility)


def test_the_map_stands_beside_its_table_and_above_it_where_there_is_no_room(screen, country):
    screen.get_by_role("link", name="Territorio").click()
    drawn = screen.get_by_role("img", name="Mapa de Chile").bounding_box()
    table = screen.get_by_role("table", name="Valor verificado por región").bounding_box()
    is_beside = drawn["x"] + drawn["width"] <= table["x"]
    is_above = drawn["y"] + drawn["height"] <= table["y"]
    assert (is_beside, is_above) == ((True, False) if screen.viewport_size["width"] == 1280 else (False, True))
