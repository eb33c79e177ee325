"""An apreciación is signed and a cause recorded in a browser, wide and narrow, and both are read at their figures."""

import pytest
from playwright.sync_api import Page, expect

from indicators.tests.judged import set_far
from indicators.tests.world import World
from mitp_portal.tests.people import sign_in_browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def desk(request, page: Page, live_server) -> Page:
    """The secretaría técnica at the ficha of an action that is far from its target."""
    page.set_viewport_size({"width": request.param, "height": 900})
    sign_in_browser(page, live_server.url, set_far(World()).reviewer)
    page.goto(f"{live_server.url}/plan/acciones/1.1.1/?corte=2016-12-31")
    return page


@pytest.fixture
def look(check_accessibility):
    def check(page: Page) -> None:
        """Nothing that axe finds wrong, nothing that makes the page scroll sideways."""
        check_accessibility(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    return check


def sign(desk: Page, word: str, sentence: str) -> None:
    desk.get_by_role("link", name="Firmar apreciación").click()
    desk.get_by_label(word).check()
    desk.get_by_label("Fundamento").fill(sentence)
    desk.get_by_role("button", name="Firmar").click()
    expect(desk.locator("#apreciacion")).to_contain_text(sentence)


def test_an_apreciacion_is_signed_and_replaced_beside_the_figure(desk, look):
    desk.get_by_role("link", name="Firmar apreciación").click()
    expect(desk.get_by_label("Corte")).to_have_value("2016-12-31")
    look(desk)
    desk.get_by_role("button", name="Firmar").click()
    expect(desk.locator("main")).to_contain_text("Elija una de las cuatro palabras.")
    look(desk)
    desk.get_by_role("link", name="Cancelar").click()
    sign(desk, "Comprometido", "No hay relatores.")
    sign(desk, "Requiere apoyo", "Falta un relator.")
    panel = desk.locator("#apreciacion")
    expect(panel.get_by_text("No hay relatores.")).to_be_hidden()
    panel.get_by_text("Historial: 1 anterior").click()
    expect(panel.get_by_text("No hay relatores.")).to_be_visible()
    look(desk)


def test_a_cause_is_recorded_and_corrected_at_its_indicator(desk, look):
    desk.get_by_role("link", name="Registrar causa").click()
    desk.get_by_label("Explicación").fill("La unidad quedó sin relatores.")
    desk.get_by_role("button", name="Registrar causa").click()
    expect(desk.get_by_label("Explicación")).to_have_value("La unidad quedó sin relatores.")
    expect(desk.locator("main")).to_contain_text("Escriba la medida.")
    look(desk)
    desk.get_by_role("combobox", name="Causa").select_option("Falta de personal")
    desk.get_by_label("Medida", exact=True).fill("Contratar dos relatores.")
    desk.get_by_label("Cargo responsable").fill("Jefatura de Capacitación, DT")
    desk.get_by_label("Plazo de la medida").fill("2017-06-30")
    desk.get_by_role("button", name="Registrar causa").click()
    causes = desk.get_by_role("region", name="Causas del indicador 1")
    expect(causes).to_contain_text("Incumplimiento · Falta de personal")
    look(desk)
    causes.get_by_role("link", name="Corregir esta causa").click()
    desk.get_by_label("Medida", exact=True).fill("Contratar tres relatores.")
    look(desk)
    desk.get_by_role("button", name="Registrar causa").click()
    expect(causes.get_by_text("Contratar tres relatores.")).to_be_visible()
    expect(causes.get_by_text("Historial: 1 corregida")).to_be_visible()
