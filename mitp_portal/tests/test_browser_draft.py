"""Nothing typed is lost: the draft saves itself, through a dead line, an ended session and a second tab."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from indicators.models import ProgressReport, Submission
from indicators.tests.world import World
from mitp_portal.tests.people import PASSWORD, sign_in_browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = "¿Qué se hizo"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def form(page: Page, live_server, world) -> Page:
    """Marcela's page of a new report."""
    report = world.draft()
    world.link(report)
    sign_in_browser(page, live_server.url, world.focal)
    page.goto(f"{live_server.url}/reportes/{report.pk}/editar/")
    return page


def write(page: Page, text: str) -> None:
    page.get_by_label(STORY).fill(text)


def says(page: Page, text: str) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(text, timeout=15_000)


def kept() -> str:
    return ProgressReport.objects.get().draft["narrative"][0]


def test_what_is_typed_saves_itself_and_the_checklist_follows(form, check_accessibility):
    write(form, "Dos jornadas.")
    says(form, "Guardado")
    assert kept() == "Dos jornadas."
    expect(form.locator("[data-checklist]")).to_contain_text("Falta 1 punto")
    form.get_by_role("textbox", name="Valor").fill("40")
    expect(form.locator("[data-checklist]")).to_contain_text("Listo para enviar")
    check_accessibility(form)
    form.reload()
    expect(form.get_by_label(STORY)).to_have_value("Dos jornadas.")


def test_an_oficio_written_and_not_added_outlives_a_reload_and_is_filed_with_the_draft(form, world):
    world.new_means(world.action, reserved=True)
    form.reload()
    form.get_by_label("Número del oficio").fill("312")
    expect(form.locator("[data-checklist]")).to_contain_text("Medio 2: hay un oficio escrito sin agregar. Falta la")
    says(form, "Guardado")
    form.reload()
    expect(form.get_by_label("Número del oficio")).to_have_value("312")
    form.get_by_label("Fecha del oficio").fill("2016-12-05")
    form.get_by_role("button", name="Guardar borrador").click()
    expect(form.locator(".medio").nth(1)).to_contain_text("Oficio N.º\u00a0312, 05-12-2016")
    expect(form.get_by_label("Número del oficio")).to_have_value("")


def test_a_text_that_is_too_long_is_kept_whole_and_only_keeps_from_sending(form, check_accessibility):
    form.get_by_label(STORY).focus()
    form.keyboard.insert_text("á" * 2179)
    expect(form.get_by_text("2.179 de 2.000 caracteres: sobran 179")).to_be_visible()
    says(form, "Guardado")
    assert len(kept()) == 2179
    check_accessibility(form)
    form.get_by_role("textbox", name="Valor").fill("40")
    form.get_by_role("button", name="Enviar a revisión").click()
    expect(form.locator("#id_narrative_error")).to_contain_text("Puede tener hasta 2000 caracteres; tiene 2179.")
    expect(form.get_by_label(STORY)).to_have_value("á" * 2179)


def test_a_dead_line_is_told_and_the_text_is_saved_when_it_is_back(form):
    form.route("**/guardar/", lambda route: route.abort())
    write(form, "Sin señal.")
    says(form, "Sin conexión")
    form.unroute("**/guardar/")
    says(form, "Guardado")
    assert kept() == "Sin señal."


def test_a_page_closed_while_the_line_was_dead_offers_what_it_kept(form, check_accessibility):
    form.on("dialog", lambda dialog: dialog.accept())
    form.route("**/guardar/", lambda route: route.abort())
    write(form, "Se cerró el computador.")
    says(form, "Sin conexión")
    form.unroute("**/guardar/")
    later = form.context.new_page()
    later.goto(form.url)
    form.close()
    expect(later.get_by_text("Este equipo conserva lo que escribió")).to_be_visible()
    check_accessibility(later)
    later.get_by_role("button", name="Recuperarlo").click()
    expect(later.get_by_label(STORY)).to_have_value("Se cerró el computador.")
    says(later, "Guardado")
    assert kept() == "Se cerró el computador."


def test_a_server_that_fails_is_asked_again(form):
    answers = iter([503])
    form.route(
        "**/guardar/",
        lambda route: route.fulfill(status=status) if (status := next(answers, 0)) else route.continue_(),
    )
    write(form, "Tras la caída.")
    says(form, "se reintentará")
    says(form, "Guardado")
    assert kept() == "Tras la caída."


def test_after_the_session_ended_one_signs_in_on_the_page_and_everything_is_saved(form, world, check_accessibility):
    world.focal.set_password(PASSWORD)
    world.focal.save()
    Session.objects.all().delete()
    write(form, "Justo a medianoche.")
    window = form.get_by_role("dialog")
    expect(window).to_contain_text("Su sesión terminó")
    check_accessibility(form)
    window.get_by_label("Contraseña").fill("equivocada")
    window.get_by_role("button", name="Ingresar").click()
    expect(window).to_contain_text("El correo o la contraseña no coinciden")
    window.get_by_label("Contraseña").fill(PASSWORD)
    window.get_by_role("button", name="Ingresar").click()
    says(form, "Guardado")
    assert kept() == "Justo a medianoche."
    form.get_by_role("textbox", name="Valor").fill("40")
    form.get_by_role("button", name="Enviar a revisión").click()
    expect(form.locator("main")).to_contain_text("Comprobante R-2016-")


def test_a_report_sent_after_the_session_ended_goes_on_after_the_login(form, world):
    write(form, "Dos jornadas.")
    form.get_by_role("textbox", name="Valor").fill("40")
    says(form, "Guardado")
    world.focal.set_password(PASSWORD)
    world.focal.save()
    Session.objects.all().delete()
    form.get_by_role("button", name="Enviar a revisión").click()
    window = form.get_by_role("dialog")
    expect(window).to_contain_text("se sigue con «Enviar a revisión»")
    window.get_by_label("Contraseña").fill(PASSWORD)
    window.get_by_role("button", name="Ingresar").click()
    expect(form.locator("main")).to_contain_text("Comprobante R-2016-")
    assert Submission.objects.count() == 1


def test_the_second_tab_is_told_and_overwrites_nothing_in_silence(form, check_accessibility):
    second = form.context.new_page()
    second.goto(form.url)
    expect(second.get_by_text("abierto también en otra pestaña")).to_be_visible()
    write(form, "De la primera.")
    says(form, "Guardado")
    write(second, "De la segunda.")
    expect(second.get_by_role("alert")).to_contain_text("Lo guardó usted, en otra pestaña")
    check_accessibility(second)
    assert kept() == "De la primera."
    second.get_by_role("button", name="Guardar lo de esta página en su lugar").click()
    says(second, "Guardado")
    assert kept() == "De la segunda."


def test_a_reload_right_after_typing_goes_on_with_what_was_typed(form):
    form.route("**/guardar/", lambda route: route.abort())
    write(form, "Recién escrito.")
    says(form, "Sin conexión")
    form.unroute("**/guardar/")
    form.on("dialog", lambda dialog: dialog.accept())
    form.reload()
    expect(form.get_by_label(STORY)).to_have_value("Recién escrito.")
    says(form, "Guardado")
    with form.expect_response("**/guardar/"):
        write(form, "Recién escrito, y más.")
    expect(form.locator("[data-conflict]")).to_be_hidden()
    assert kept() == "Recién escrito, y más."


def test_going_back_after_sending_shows_the_report_as_it_was_sent(form):
    write(form, "Dos jornadas.")
    form.get_by_role("textbox", name="Valor").fill("40")
    form.get_by_role("button", name="Enviar a revisión").click()
    expect(form.locator("main")).to_contain_text("Comprobante R-2016-")
    form.go_back()
    expect(form.get_by_role("heading", name="Ronda 1")).to_be_visible()
    expect(form.get_by_role("button", name="Enviar a revisión")).to_have_count(0)


def test_a_double_click_sends_once(form):
    write(form, "Dos jornadas.")
    form.get_by_role("textbox", name="Valor").fill("40")
    form.get_by_role("button", name="Enviar a revisión").dblclick()
    expect(form.locator("main")).to_contain_text("Comprobante R-2016-")
    assert Submission.objects.count() == 1
