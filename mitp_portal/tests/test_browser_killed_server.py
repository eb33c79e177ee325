"""The portal dies while somebody writes, uploads and sends: nothing is lost, nothing is double."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from indicators.models import Evidence, ProgressReport, Submission
from indicators.tests.world import World
from mitp_portal.tests.mortal_server import MortalServer
from mitp_portal.tests.people import sign_in_browser

pytestmark = [pytest.mark.browser, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

STORY = "¿Qué se hizo"
#: Some three seconds of the slow line.
LARGE = {"name": "jornadas.csv", "mimeType": "text/csv", "buffer": b"mes;jornadas\n" + b"enero;1234\n" * 34_000}
SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 125_000}


@pytest.fixture
def world():
    return World()


@pytest.fixture
def server(world):
    server = MortalServer()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def form(page: Page, server, world) -> Page:
    sign_in_browser(page, server.url, world.focal)
    page.goto(server.url + reverse("indicators:edit_report", args=[world.draft().pk]))
    return page


def says(page: Page, text: str) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(text, timeout=30_000)


def test_what_is_typed_while_the_server_is_dead_is_saved_when_it_is_back(form, server):
    form.get_by_label(STORY).fill("Antes de la caída.")
    says(form, "Guardado")
    server.kill()
    form.get_by_label(STORY).fill("Antes de la caída, y después.")
    says(form, "Sin conexión")
    assert ProgressReport.objects.get().draft["narrative"] == ["Antes de la caída."]
    server.start()
    says(form, "Guardado")
    assert ProgressReport.objects.get().draft["narrative"] == ["Antes de la caída, y después."]


def test_a_file_on_its_way_when_the_server_dies_is_filed_once_after_a_retry(form, server):
    session = form.context.new_cdp_session(form)
    session.send("Network.emulateNetworkConditions", SLOW)
    form.locator(".zona input[type=file]").first.set_input_files([LARGE])
    expect(form.locator("[data-queue]")).to_contain_text("Subiendo: ")
    server.kill()
    expect(form.locator("[data-queue]")).to_contain_text("Se cortó la conexión: pulse Reintentar.")
    assert not Evidence.objects.exists()
    server.start()
    form.get_by_role("button", name="Reintentar").click()
    expect(form.locator(".medio").first.get_by_role("link", name=LARGE["name"])).to_be_visible(timeout=30_000)
    assert Evidence.objects.get().file.size == len(LARGE["buffer"])


def test_a_report_sent_to_a_dead_server_is_still_on_the_page_and_goes_once(form, server, world):
    world.link(ProgressReport.objects.get())
    form.reload()
    form.get_by_role("textbox", name="Valor").fill("40")
    form.get_by_label(STORY).fill("Dos jornadas.")
    says(form, "Guardado")
    server.kill()
    form.get_by_role("button", name="Enviar a revisión").click()
    form.wait_for_timeout(1_000)
    server.start()
    form.goto(server.url + reverse("indicators:edit_report", args=[ProgressReport.objects.get().pk]))
    expect(form.get_by_label(STORY)).to_have_value("Dos jornadas.")
    form.get_by_role("button", name="Enviar a revisión").click()
    expect(form.locator("main")).to_contain_text("Comprobante R-2016-")
    assert Submission.objects.count() == 1
