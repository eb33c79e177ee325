"""Integrantes in a real browser: a ministry is succeeded under an acta, and every list tells it."""

import pytest
from playwright.sync_api import Page, expect

from indicators.tests.world import World
from mitp_portal.tests.people import sign_in_browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def desk(request, page: Page, live_server) -> Page:
    """The secretaría técnica at the acta, at both widths."""
    world = World()
    world.draft()
    page.set_viewport_size({"width": request.param, "height": 900})
    sign_in_browser(page, live_server.url, world.reviewer)
    page.goto(f"{live_server.url}/actas/{world.agreement.pk}/")
    return page


@pytest.fixture
def look(check_accessibility):
    def check(page: Page) -> None:
        """Nothing that axe finds wrong, nothing that makes the page scroll sideways."""
        check_accessibility(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    return check


def test_a_member_is_succeeded_and_what_it_leaves_is_told(desk, look):
    desk.get_by_role("link", name="Integrantes de la Mesa").click()
    look(desk)
    desk.get_by_role("link", name="Sucesora de Dirección del Trabajo").click()
    look(desk)
    desk.get_by_role("link", name="regístrela como nueva").click()
    desk.get_by_label("Nombre").fill("Carabineros de Chile")
    desk.get_by_label("Integra desde").fill("2016-07-01")
    desk.get_by_role("button", name="Incorporar").click()
    expect(desk.locator("main")).to_contain_text("Así se llama o se llamó Carabineros de Chile")
    look(desk)
    desk.get_by_label("Nombre").fill("Servicio del Trabajo")
    desk.get_by_role("button", name="Incorporar").click()
    expect(desk.locator("main")).to_contain_text("Servicio del Trabajo integra la Mesa desde el 01-07-2016.")
    expect(desk.locator("main")).to_contain_text("Lo que queda a su cargo desde el 01-07-2016")
    look(desk)
    desk.get_by_role("link", name="Volver a integrantes").click()
    expect(desk.get_by_role("heading", name="Integraron antes")).to_be_visible()
    look(desk)
    desk.get_by_role("navigation").get_by_role("link", name="Instituciones").first.click()
    expect(desk.get_by_role("heading", name="No integran hoy la Mesa")).to_be_visible()
    look(desk)
    desk.get_by_role("link", name="Servicio del Trabajo", exact=True).click()
    expect(desk.locator("main")).to_contain_text("Desde: 01-07-2016")
    look(desk)
