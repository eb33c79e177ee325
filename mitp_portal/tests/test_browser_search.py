"""Buscar in a real browser, on a desk and on a phone: from the head of any page to the ficha and to a report."""

import pytest
from playwright.sync_api import Page, expect

from indicators.tests.world import World
from mitp_portal.tests.people import sign_in_browser
from plan.enums import InstitutionKind
from plan.models import Institution

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [1280, 375]


@pytest.fixture
def world() -> World:
    world = World()
    world.sent(narrative="Jornada de capacitación en Ñuble.")
    Institution.objects.bulk_create(
        Institution(name=f"Servicio de Capacitación {n:02}", kind=InstitutionKind.PUBLIC) for n in range(25)
    )
    return world


@pytest.fixture(params=WIDTHS, ids=["desktop", "phone"])
def page(request, page: Page, live_server, world) -> Page:
    page.set_viewport_size({"width": request.param, "height": 900})
    sign_in_browser(page, live_server.url, world.reviewer)
    page.goto(f"{live_server.url}/avisos/")
    return page


@pytest.fixture
def look(page: Page, check_accessibility):
    def check() -> None:
        """Nothing that axe finds wrong, nothing that makes the page scroll sideways."""
        check_accessibility(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    return check


def search(page: Page, words: str) -> None:
    """In the field of the head, or of the page of the search where there is none."""
    field = page.get_by_role("searchbox").locator("visible=true")
    if not field.count():
        page.get_by_role("link", name="Buscar", exact=True).click()
    field.fill(words)
    field.press("Enter")


def test_words_lead_to_a_report_and_a_code_to_the_ficha(page, look):
    look()
    search(page, "capacitacion nuble")
    expect(page.get_by_role("status")).to_have_text("1 resultado para «capacitacion nuble»")
    assert page.locator("mark").all_inner_texts() == ["capacitación", "Ñuble"]
    look()
    page.get_by_role("link", name="R-2016-").click()
    expect(page.locator("main")).to_contain_text("Jornada de capacitación en Ñuble.")
    search(page, "1.1.1.i1")
    expect(page).to_have_url(f"{page.url.split('/plan/')[0]}/plan/indicadores/1.1.1.I1/")


def test_the_rest_of_a_group_is_a_page_away_and_what_is_not_there_is_said(page, look):
    search(page, "CAPACITACION servicio")
    page.get_by_role("link", name="Ver los 25 de Instituciones").click()
    look()
    page.get_by_role("link", name="Siguiente").click()
    expect(page.get_by_role("link", name="Servicio de Capacitación 24")).to_be_visible()
    search(page, "nadie lo escribió")
    expect(page.get_by_role("heading", name="No se encontró nada")).to_be_visible()
    look()
    search(page, "x")
    expect(page.locator("main")).to_contain_text("Escriba al menos dos letras o números seguidos.")
    look()
