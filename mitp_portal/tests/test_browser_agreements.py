"""Actas in a real browser: one is registered, metas of a whole eje are entered, and ficha and history tell them."""

import pytest
from playwright.sync_api import Page, expect

from indicators.enums import IndicatorKind
from indicators.models import Responsibility, Target
from indicators.tests.world import World
from mitp_portal.tests.people import sign_in_browser
from plan.models import Agreement
from plan.tests.sample_files import pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DOCUMENT = {"name": "acta 9 ñ.pdf", "mimeType": "application/pdf", "buffer": pdf()}
PASTE = """(element, text) => {
    const data = new DataTransfer();
    data.setData("text", text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def world():
    world = World()
    world.new_indicator(IndicatorKind.RATIO)
    return world


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def desk(request, page: Page, live_server, world) -> Page:
    """The secretaría técnica at the list of actas, at both widths."""
    page.set_viewport_size({"width": request.param, "height": 900})
    sign_in_browser(page, live_server.url, world.reviewer)
    page.goto(f"{live_server.url}/actas/")
    return page


@pytest.fixture
def look(check_accessibility):
    def check(page: Page) -> None:
        """Nothing that axe finds wrong, nothing that makes the page scroll sideways."""
        check_accessibility(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    return check


def register(desk: Page, look) -> None:
    look(desk)
    desk.get_by_role("link", name="Registrar acta").click()
    desk.get_by_label("Número").fill("9")
    desk.get_by_label("Fecha del acuerdo").fill("2015-10-22")
    desk.get_by_label("Dirección del Trabajo").check()
    desk.get_by_label("Documento").set_input_files(DOCUMENT)
    look(desk)
    desk.get_by_role("button", name="Registrar acta").click()
    expect(desk.locator("main")).to_contain_text("Escriba la materia en una frase.")
    look(desk)
    desk.get_by_label("Materia").fill("Metas de capacitación")
    desk.get_by_label("Documento").set_input_files(DOCUMENT)
    desk.get_by_role("button", name="Registrar acta").click()
    expect(desk.locator("main")).to_contain_text("registrada. Ahora puede ingresar lo que se acordó en ella.")
    look(desk)


def test_metas_of_a_whole_eje_are_entered_corrected_and_seen_in_ficha_and_history(desk, look):
    register(desk, look)
    desk.get_by_role("link", name="Metas del eje 1").click()
    desk.get_by_label("Valor de 1.1.1.I1").fill("120")
    desk.get_by_label("Alcance de 1.1.1.I1").select_option("Año 2016")
    desk.get_by_label("Valor de 1.1.1.I2").fill("sesenta")
    desk.get_by_label("Alcance de 1.1.1.I2").select_option("Todo el plan")
    desk.get_by_role("button", name="Guardar").last.click()
    expect(desk.locator("main")).to_contain_text("Hay 1 celda por corregir. Nada se ha guardado todavía.")
    expect(desk.get_by_label("Valor de 1.1.1.I2")).to_have_value("sesenta")
    look(desk)
    assert Target.objects.count() == 0
    desk.get_by_label("Valor de 1.1.1.I2").fill("60 %")
    desk.get_by_role("button", name="Guardar").last.click()
    expect(desk.locator("main")).to_contain_text("2 metas registradas.")
    look(desk)
    desk.goto(f"{desk.url.split('/actas/')[0]}/plan/acciones/1.1.1/")
    expect(desk.locator("main")).to_contain_text("Acta N.º\u00a09, 22-10-2015")
    desk.get_by_role("link", name="Historia de lo acordado").click()
    expect(desk.locator("main")).to_contain_text("60\u00a0% de todo el plan")
    look(desk)


def test_a_meta_of_another_year_gets_a_line_of_its_own(desk, look):
    register(desk, look)
    desk.get_by_role("link", name="Metas del eje 1").click()
    desk.get_by_label("Valor de 1.1.1.I1").fill("120")
    desk.get_by_label("Alcance de 1.1.1.I1").select_option("Año 2016")
    desk.get_by_role("button", name="Otra meta de 1.1.1.I1").click()
    expect(desk.get_by_label("Valor de 1.1.1.I1").first).to_have_value("120")
    desk.get_by_label("Valor de 1.1.1.I1").nth(1).fill("150")
    desk.get_by_label("Alcance de 1.1.1.I1").nth(1).select_option("Año 2017")
    look(desk)
    desk.get_by_label("Fundamento de los cambios").press("Enter")
    expect(desk.locator("main")).to_contain_text("2 metas registradas.")
    assert sorted(Target.objects.values_list("year", "value")) == [(2016, 120), (2017, 150)]


def test_a_row_of_responsables_is_pasted_from_a_spreadsheet(desk, look):
    register(desk, look)
    desk.get_by_role("link", name="Responsables del eje 1").click()
    look(desk)
    desk.get_by_label("1.1.1, Dirección del Trabajo").evaluate(PASTE, "R\tC\tR")
    expect(desk.locator("main")).to_contain_text("Se pegaron 3 valores.")
    desk.get_by_role("button", name="Guardar").last.click()
    expect(desk.locator("main")).to_contain_text("2 cambios registrados.")
    rows = Responsibility.objects.filter(agreement=Agreement.objects.get(number=9)).order_by("pk")
    assert [(str(row.institution), row.kind) for row in rows] == [
        ("Carabineros de Chile", "collaborator"),
        ("Ministerio del Interior", "responsible"),
    ]


def test_the_other_pages_of_an_acta_fit_and_are_accessible(desk, look):
    register(desk, look)
    home = desk.url
    for name in ("Plazos del eje 1", "Ponderaciones del eje 1", "Modificaciones del plan", "Conservación de archivos"):
        desk.get_by_role("link", name=name).click()
        look(desk)
        desk.goto(home)
    desk.get_by_role("link", name="Corregir").click()
    look(desk)
    desk.goto(f"{home.split('/actas/')[0]}/actas/sin-meta/")
    look(desk)
