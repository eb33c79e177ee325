"""Texts of the documents and a propuesta are written in a browser, wide and narrow, and read where they belong."""

import pytest
from playwright.sync_api import Page, expect

from indicators.tests.world import World
from mitp_portal.tests.people import sign_in_browser
from reports.models import EditionText, TextsDraft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def desk(request, page: Page) -> Page:
    page.set_viewport_size({"width": request.param, "height": 900})
    return page


@pytest.fixture
def look(check_accessibility):
    def check(page: Page) -> None:
        """Nothing that axe finds wrong, nothing that makes the page scroll sideways."""
        check_accessibility(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    return check


def test_the_texts_of_an_eje_are_written_marked_ready_and_seen_at_a_glance(desk, live_server, look):
    sign_in_browser(desk, live_server.url, World().reviewer)
    desk.goto(f"{live_server.url}/informes/textos/?anio=2016")
    look(desk)
    desk.get_by_role("link", name="Falta Logro 1 del eje 1").click()
    desk.get_by_label("Logro 1").fill("a" * 479)
    expect(desk.locator("#t-achievement_1")).to_contain_text("479 de 300 caracteres: sobran 179")
    desk.get_by_role("button", name="Marcar como listo").click()
    expect(desk.locator("main")).to_contain_text("Hay 1 texto por revisar.")
    expect(desk.get_by_label("Logro 1")).to_have_value("a" * 479)
    look(desk)
    desk.get_by_label("Logro 1").fill("Se capacitó en tres regiones.")
    desk.get_by_role("button", name="Marcar como listo").click()
    expect(desk.locator("main")).to_contain_text("1 texto guardado y marcado listo.")
    desk.get_by_role("link", name="Historial").click()
    expect(desk.locator("main")).to_contain_text("Se capacitó en tres regiones.")
    look(desk)
    desk.goto(f"{live_server.url}/informes/textos/?anio=2016")
    expect(desk.get_by_role("link", name="Listo Logro 1 del eje 1")).to_be_visible()


AXIS = "/informes/textos/2016/eje/1/"


def kept(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Conservado", timeout=15_000)


def test_a_text_typed_and_not_saved_is_found_again_and_may_be_discarded(desk, live_server, look):
    sign_in_browser(desk, live_server.url, World().reviewer)
    desk.goto(live_server.url + AXIS)
    desk.get_by_label("Logro 1").fill("Se capacitó en tres regiones.")
    kept(desk)
    look(desk)
    desk.goto(live_server.url + AXIS)
    expect(desk.get_by_label("Logro 1")).to_have_value("Se capacitó en tres regiones.")
    assert not EditionText.objects.exists()
    look(desk)
    desk.get_by_role("button", name="Descartar lo no guardado").click()
    expect(desk.locator("main")).to_contain_text("Se descartó lo que no estaba guardado.")
    expect(desk.get_by_label("Logro 1")).to_have_value("")
    look(desk)


def test_a_second_tab_of_the_texts_is_told_and_keeps_its_own_words(desk, live_server, look):
    sign_in_browser(desk, live_server.url, World().reviewer)
    desk.goto(live_server.url + AXIS)
    second = desk.context.new_page()
    second.goto(live_server.url + AXIS)
    desk.get_by_label("Logro 1").fill("De la primera.")
    kept(desk)
    second.get_by_label("Logro 1").fill("De la segunda.")
    expect(second.get_by_role("alert")).to_contain_text("Lo guardó usted, en otra pestaña")
    expect(second.get_by_label("Logro 1")).to_have_value("De la segunda.")
    look(second)
    second.get_by_role("button", name="Guardar lo de esta página en su lugar").click()
    kept(second)
    assert TextsDraft.objects.get().typed["achievement_1"] == "De la segunda."


def test_a_text_that_was_refused_and_corrected_leaves_nothing_unsaved(desk, live_server):
    sign_in_browser(desk, live_server.url, World().reviewer)
    desk.goto(live_server.url + AXIS)
    desk.get_by_label("Logro 1").fill("a" * 479)
    desk.get_by_role("button", name="Marcar como listo").click()
    expect(desk.locator("main")).to_contain_text("Hay 1 texto por revisar.")
    desk.get_by_label("Logro 1").fill("Se capacitó en tres regiones.")
    desk.get_by_role("button", name="Marcar como listo").click()
    expect(desk.locator("main")).to_contain_text("1 texto guardado y marcado listo.")
    expect(desk.locator("[data-saved]")).to_contain_text("Mientras escribe se conserva solo.")


def test_going_back_to_a_refusal_does_not_ask_to_send_it_again(browser, live_server):
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in_browser(page, live_server.url, World().reviewer)
    page.goto(live_server.url + AXIS)
    page.get_by_label("Logro 1").fill("a" * 479)
    page.locator(".barra-guardado").get_by_role("button", name="Marcar como listo").click()
    page.get_by_role("link", name="Historial").click()
    page.go_back()
    expect(page.get_by_label("Logro 1")).to_have_value("a" * 479)
    page.context.close()


def test_the_secretaria_ejecutiva_writes_among_texts_that_it_only_reads(desk, live_server, look):
    sign_in_browser(desk, live_server.url, World().executive)
    desk.goto(f"{live_server.url}/informes/textos/2018/plan/")
    look(desk)
    desk.get_by_label("Firmas").fill("Ana Soto; Subsecretaria; Interior")
    desk.locator(".barra-guardado").get_by_role("button", name="Guardar borrador").click()
    expect(desk.locator("main")).to_contain_text("1 texto guardado en borrador.")


def test_a_propuesta_is_signed_and_read_on_the_ficha(desk, live_server, look):
    sign_in_browser(desk, live_server.url, World().coordinator)
    desk.goto(f"{live_server.url}/plan/acciones/1.1.1/?corte=2016-12-31")
    desk.get_by_role("link", name="Firmar propuesta").click()
    look(desk)
    desk.get_by_label("Modificar").check()
    desk.get_by_label("Fundamento").fill("El texto deja fuera a dos regiones.")
    desk.get_by_role("button", name="Firmar").click()
    expect(desk.locator("main")).to_contain_text("Escriba el texto que se propone.")
    desk.get_by_label("Texto propuesto").fill("Capacitar a todos los inspectores.")
    desk.get_by_role("button", name="Firmar").click()
    expect(desk.locator("#propuesta")).to_contain_text("Capacitar a todos los inspectores.")
    look(desk)
