"""Figures in a real browser: a column pasted from a spreadsheet, sums, percentages and questions while one types."""

import pytest
from playwright.sync_api import Page, expect

from indicators.enums import Breakdown, IndicatorKind
from indicators.tests.world import World
from mitp_portal.tests.people import sign_in_browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """([element, text]) => {
    const data = new DataTransfer();
    data.setData("text", text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def world():
    return World()


def form_of(page: Page, live_server, world: World) -> Page:
    sign_in_browser(page, live_server.url, world.focal)
    page.goto(f"{live_server.url}/reportes/{world.draft().pk}/editar/")
    return page


@pytest.fixture
def grid(page, live_server, world) -> Page:
    world.indicator.breakdown = Breakdown.REGION
    world.indicator.save()
    for code, name in [("XV", "Arica y Parinacota"), ("I", "Tarapacá"), ("II", "Antofagasta")]:
        world.region(code, name)
    return form_of(page, live_server, world)


def paste(field, text: str) -> None:
    element = field.element_handle()
    element.evaluate(f"(element, text) => ({PASTE})([element, text])", text)


def test_a_column_of_a_spreadsheet_fills_the_regions_north_to_south(grid, check_accessibility):
    paste(grid.get_by_label("Arica y Parinacota"), "24\r\n1.031\r\n\r\n")
    expect(grid.get_by_label("Arica y Parinacota")).to_have_value("24")
    expect(grid.get_by_label("Tarapacá")).to_have_value("1.031")
    expect(grid.get_by_label("Antofagasta")).to_have_value("")
    expect(grid.locator("tfoot")).to_contain_text("suma 1.055")
    expect(grid.get_by_text("Se pegaron 3 valores.")).to_be_visible()
    check_accessibility(grid)


def test_what_is_pasted_and_is_no_number_is_told(grid):
    paste(grid.get_by_label("Tarapacá"), "12,5\nmuchos")
    expect(grid.get_by_text("Se pegaron 2 valores. 2 no son números enteros: revise.")).to_be_visible()


def test_names_beside_the_numbers_lead_each_to_its_row_and_strangers_are_told(grid):
    paste(grid.get_by_label("Tarapacá"), "Región\tPersonas\nANTOFAGASTA\t3\narica y parinacota\t1\nÑuble\t7\n")
    expect(
        grid.get_by_text("Se pegaron 2 valores. Por su nombre, en Antofagasta, Arica y Parinacota. No se pegó: Ñuble.")
    ).to_be_visible()
    assert [grid.get_by_label(name).input_value() for name in ("Arica", "Tarapacá", "Antofagasta")] == ["1", "", "3"]


def test_a_column_longer_than_the_table_is_refused_whole(grid):
    paste(grid.get_by_label("Tarapacá"), "1\n2\n3\n")
    expect(grid.get_by_text("trae 3 filas y desde esta casilla hay 2. No se pegó nada.")).to_be_visible()
    assert [grid.get_by_label(name).input_value() for name in ("Tarapacá", "Antofagasta")] == ["", ""]


def test_columns_too_many_are_told_as_columns(grid):
    paste(grid.get_by_label("Tarapacá"), "1\t2\n")
    told = "trae 2 columnas con valores y desde esta casilla hay 1. No se pegó nada."
    expect(grid.get_by_text(told)).to_be_visible()


def test_what_was_pasted_can_be_undone(grid):
    grid.get_by_label("Tarapacá").fill("9")
    paste(grid.get_by_label("Tarapacá"), "1\n2\n")
    grid.get_by_role("button", name="Deshacer").click()
    assert [grid.get_by_label(name).input_value() for name in ("Tarapacá", "Antofagasta")] == ["9", ""]


def test_a_wrong_number_is_told_at_its_field_while_it_is_wrong(page, live_server, world, check_accessibility):
    form = form_of(page, live_server, world)
    field = form.get_by_role("textbox", name="Valor")
    field.fill("doce")
    expect(form.locator(".indicador .error")).to_have_text("Escriba un número entero, sin letras ni decimales.")
    expect(field).to_have_attribute("aria-invalid", "true")
    check_accessibility(form)
    field.fill("12")
    expect(form.locator(".indicador .error")).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_after_a_failed_submit_what_is_missing_stays_told_until_it_is_there(page, live_server, world):
    form = form_of(page, live_server, world)
    form.get_by_role("button", name="Enviar a revisión").click()
    expect(form.locator(".indicador .error")).to_contain_text("Falta el valor")
    form.get_by_label("¿Qué se hizo").fill("Dos jornadas.")
    expect(form.locator("[data-saved]")).to_contain_text("Guardado")
    expect(form.locator(".indicador .error")).to_contain_text("Falta el valor")
    form.get_by_role("textbox", name="Valor").fill("12")
    expect(form.locator(".indicador .error")).to_have_count(0)


def test_a_single_number_is_pasted_as_always(grid):
    paste(grid.get_by_label("Tarapacá"), "12")
    expect(grid.get_by_text("Se pegaron")).to_have_count(0)


def test_arrows_and_enter_walk_down_the_column(grid):
    grid.get_by_label("Arica y Parinacota").focus()
    grid.keyboard.type("1")
    grid.keyboard.press("Enter")
    grid.keyboard.type("2")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.type("3")
    grid.keyboard.press("ArrowUp")
    expect(grid.get_by_label("Tarapacá")).to_be_focused()
    assert [grid.get_by_label(name).input_value() for name in ("Arica", "Tarapacá", "Antofagasta")] == ["1", "2", "3"]


def test_a_ratio_shows_its_percentage_while_it_is_typed(page, live_server, world, check_accessibility):
    world.new_indicator(IndicatorKind.RATIO)
    form = form_of(page, live_server, world)
    form.get_by_role("textbox", name="Numerador").fill("24")
    form.get_by_role("textbox", name="Denominador").fill("58")
    expect(form.locator("[data-ratio] output")).to_have_text("41,4\u00a0%")
    check_accessibility(form)


def test_a_figure_far_from_the_one_before_is_asked_about_at_once(page, live_server, world):
    world.sent(
        world.draft(
            period=world.new_period(world.period.starts_on.replace(year=2015), world.period.ends_on.replace(year=2015))
        )
    )
    form = form_of(page, live_server, world)
    field = form.get_by_role("textbox", name="Valor")
    field.fill("500")
    expect(form.locator(".indicador .advertencia")).to_have_text("Más de 3 veces lo anterior: ¿es correcto?")
    field.fill("41")
    expect(form.locator(".indicador .advertencia")).to_have_count(0)
