"""Evidence on its way up in a real browser: at once, on a slow line, on a line that drops, after the session ended."""

import re
from datetime import date
from threading import Thread

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from indicators import filing, previews
from indicators.enums import Classification
from indicators.models import Evidence, ProgressReport, StoredFile, Submission
from indicators.tests.world import World, enter
from mitp_portal.tests.weak_line import WeakLine
from plan.files.pages import DrawnFile
from plan.tests.sample_files import pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL = {"name": "lista ñandú.pdf", "mimeType": "application/pdf", "buffer": pdf()}
OTHER = {"name": "informe.pdf", "mimeType": "application/pdf", "buffer": pdf(text="Otro informe")}
#: Some three seconds of the slow line.
LARGE = {"name": "jornadas.csv", "mimeType": "text/csv", "buffer": b"mes;jornadas\n" + b"enero;1234\n" * 34_000}
#: Bytes in a second of 1 Mbit/s.
SLOW = 125_000


@pytest.fixture(autouse=True)
def _no_pages_are_drawn(monkeypatch):
    """In service another process draws them; here the answer to a submit would wait for it."""
    monkeypatch.setattr(previews, "draw_pages", lambda name, content: DrawnFile(0, []))


@pytest.fixture
def world():
    return World()


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def form(request, world, page: Page, live_server):
    """The page of a report, open before the punto focal."""
    page.set_viewport_size({"width": request.param, "height": 900})
    sign_in(page, world, live_server.url)
    page.goto(live_server.url + reverse("indicators:edit_report", args=[world.draft().pk]))
    return page


def sign_in(page: Page, world: World, site: str) -> None:
    value = enter(world.focal).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])


def choose(page: Page, *files: dict) -> None:
    page.locator(".zona input[type=file]").first.set_input_files(list(files))


@pytest.fixture
def line_of(form):
    """Sets how many bytes a second go up."""
    session = form.context.new_cdp_session(form)

    def set_line(rate: int = -1) -> None:
        conditions = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": rate}
        session.send("Network.emulateNetworkConditions", conditions)

    return set_line


def is_half_way(page: Page) -> None:
    expect(page.locator("[data-queue]")).to_contain_text(re.compile(r"Subiendo: [1-9]\d? %"))


def medio(page: Page):
    return page.locator(".medio").first


def test_chosen_files_are_filed_without_another_click_and_are_there_after_a_reload(form, check_accessibility):
    form.get_by_label("¿Qué se hizo").fill("Dos jornadas.")
    choose(form, SMALL, OTHER)
    for file in (SMALL, OTHER):
        expect(medio(form).get_by_role("link", name=file["name"])).to_be_visible()
    expect(medio(form)).to_contain_text("2 evidencias")
    expect(form.locator("[data-queue] li")).to_have_count(0)
    expect(form.get_by_label("¿Qué se hizo")).to_have_value("Dos jornadas.")
    check_accessibility(form)
    assert form.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(form.locator("[data-saved]")).to_contain_text("Guardado")
    form.reload()
    expect(form.get_by_label("¿Qué se hizo")).to_have_value("Dos jornadas.")
    expect(medio(form)).to_contain_text("2 evidencias")
    assert Evidence.objects.count() == 2


@pytest.fixture
def weak_line(live_server):
    line = WeakLine((live_server.thread.host, live_server.thread.port))
    Thread(target=line.serve_forever, daemon=True).start()
    yield line
    line.shutdown()
    line.server_close()


@pytest.mark.parametrize("half_way", [True, False], ids=["half way", "before the answer"])
def test_a_line_that_drops_is_told_and_a_retry_files_it_once(page, world, weak_line, half_way, check_accessibility):
    sign_in(page, world, weak_line.url)
    page.goto(weak_line.url + reverse("indicators:edit_report", args=[world.draft().pk]))
    weak_line.carries = len(LARGE["buffer"]) // 2 if half_way else None
    weak_line.loses_answers_above = None if half_way else len(LARGE["buffer"])
    choose(page, LARGE)
    expect(page.locator("[data-queue]")).to_contain_text("Se cortó la conexión: pulse Reintentar.")
    check_accessibility(page)
    assert Evidence.objects.count() == (0 if half_way else 1)
    weak_line.mend()
    page.get_by_role("button", name="Reintentar").click()
    expect(medio(page).get_by_role("link", name=LARGE["name"])).to_be_visible()
    expect(page.locator("[data-queue] li")).to_have_count(0)
    assert Evidence.objects.get().file.size == len(LARGE["buffer"])


def test_an_upload_on_a_slow_line_shows_its_progress_and_can_be_cancelled(form, line_of, check_accessibility):
    line_of(SLOW)
    choose(form, LARGE)
    is_half_way(form)
    assert 0 < form.get_by_role("progressbar", name=LARGE["name"]).evaluate("bar => bar.value") < 100
    check_accessibility(form)
    form.get_by_role("button", name="Cancelar").click()
    expect(form.locator("[data-queue] li")).to_have_count(0)
    line_of()
    choose(form, SMALL)
    expect(medio(form)).to_contain_text("1 evidencia")
    assert StoredFile.objects.get().name == SMALL["name"]


def test_only_two_go_up_at_once_and_the_others_wait(form, line_of):
    line_of(SLOW)
    names = ["uno.csv", "dos.csv", "tres.csv"]
    choose(form, *[{**LARGE, "name": name, "buffer": LARGE["buffer"] + name.encode()} for name in names])
    expect(form.locator("[data-queue] li").nth(2)).to_contain_text("En espera")
    line_of()
    expect(medio(form)).to_contain_text("3 evidencias")


def test_what_is_on_its_way_is_not_called_missing(form, line_of, check_accessibility):
    missing = form.get_by_role("link", name=re.compile("Ningún medio tiene evidencia"))
    form.get_by_label("¿Qué se hizo").fill("Dos jornadas.")
    expect(missing).to_be_visible()
    line_of(SLOW)
    choose(form, LARGE)
    is_half_way(form)
    expect(missing).to_be_hidden()
    expect(form.get_by_text("Se está subiendo 1 archivo")).to_be_visible()
    check_accessibility(form)
    form.get_by_role("button", name="Cancelar").click()
    expect(missing).to_be_visible()
    expect(form.get_by_text("Se está subiendo 1 archivo")).to_be_hidden()


def test_a_report_that_is_sent_while_a_file_goes_up_waits_for_it(form, line_of):
    form.get_by_role("textbox", name="Valor").fill("40")
    form.get_by_label("¿Qué se hizo").fill("Dos jornadas.")
    line_of(SLOW)
    choose(form, LARGE)
    is_half_way(form)
    form.get_by_role("button", name="Enviar a revisión").click()
    expect(form.locator(".barra-guardado")).to_contain_text("Espere: se están subiendo archivos.")
    expect(form.locator("main")).to_contain_text("Comprobante R-2016-")
    assert Submission.objects.get().evidence_links.get().evidence.file.name == LARGE["name"]


def test_a_file_taken_out_while_another_goes_up_is_taken_out_after_it(form, line_of):
    choose(form, SMALL)
    expect(medio(form)).to_contain_text("1 evidencia")
    line_of(SLOW)
    choose(form, LARGE)
    is_half_way(form)
    medio(form).get_by_role("button", name="Quitar").click()
    expect(medio(form)).to_contain_text("Historial: 1 reemplazada o quitada")
    assert Evidence.objects.in_draft().get().file.name == LARGE["name"]


def test_after_the_session_ended_a_login_elsewhere_and_a_retry_are_enough(form, world, live_server):
    form.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    choose(form, SMALL)
    expect(form.locator("[data-queue]")).to_contain_text("La sesión terminó: ingrese de nuevo y pulse Reintentar.")
    sign_in(form, world, live_server.url)
    form.locator("[data-login-close]").click()
    form.get_by_role("button", name="Reintentar").click()
    expect(medio(form)).to_contain_text("1 evidencia")


def test_what_is_too_large_or_refused_is_told_at_its_name(form):
    form.locator(".zona").first.evaluate("zone => { zone.dataset.maxBytes = 1000; }")
    choose(form, {**LARGE, "name": "enorme.csv"}, {"name": "programa.exe", "mimeType": "", "buffer": b"MZ"})
    queue = form.locator("[data-queue] li")
    expect(queue.filter(has_text="enorme.csv")).to_contain_text("El archivo pesa más de 25 MB")
    expect(queue.filter(has_text="programa.exe")).to_contain_text("Este tipo de archivo no se acepta")
    form.get_by_role("button", name="Entendido enorme.csv").click()
    expect(queue).to_have_count(1)
    assert not Evidence.objects.exists()


def test_a_repeated_oficio_asks_only_for_the_count(form, world):
    first, _ = world.new_means(world.action, reserved=True), world.new_means(world.action, reserved=True)
    oficio = {"document_number": "312", "document_date": date(2016, 12, 5), "issuer": world.x, "attested_count": 3}
    filing.add_attestation(ProgressReport.objects.get(), first, by=world.focal, **oficio)
    form.reload()
    last = form.locator(".medio").nth(2)
    last.get_by_label("Oficio ya registrado").select_option(index=1)
    expect(last.get_by_label("Número del oficio")).to_be_hidden()
    last.get_by_label("Cantidad que certifica").fill("7")
    last.get_by_role("button", name="Agregar").click()
    expect(form.locator(".medio").nth(2)).to_contain_text("Oficio agregado al medio 3.")
    expect(form.locator(".medio").nth(2)).to_be_in_viewport()
    expect(form.locator(".medio").nth(2)).to_contain_text("Certifica 7")


def test_who_reads_a_file_is_kept_as_soon_as_it_is_chosen(form):
    choose(form, SMALL)
    medio(form).get_by_label("Clasificación").select_option("reserved")
    expect(medio(form)).to_contain_text("Guardada.")
    assert StoredFile.objects.get().classification == Classification.RESERVED


def test_a_file_is_used_again_and_replaced_in_place(form, world, check_accessibility):
    world.new_means(world.action)
    form.reload()
    choose(form, SMALL)
    expect(medio(form)).to_contain_text("1 evidencia")
    second = form.locator(".medio").nth(1)
    second.get_by_text("Usar un archivo ya guardado").click()
    value = second.locator("option", has_text=SMALL["name"]).get_attribute("value")
    second.get_by_label("Archivo ya guardado").select_option(value)
    second.get_by_role("button", name="Usar en el medio 2").click()
    expect(second).to_contain_text("También prueba: 1.1.1 medio 1 (este reporte)")
    second.locator("summary", has_text="Reemplazar").click()
    check_accessibility(form)
    second.locator("[data-replaces]").set_input_files(OTHER)
    expect(second.get_by_role("link", name=OTHER["name"])).to_be_visible()
    second.get_by_text("Historial: 1 reemplazada o quitada").click()
    expect(second).to_contain_text(SMALL["name"])
    check_accessibility(form)
    assert [e.file.name for e in Evidence.objects.in_draft()] == [SMALL["name"], OTHER["name"]]
