"""A file compared in the browser: its digest goes to the portal, the file does not."""

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from plan.enums import Role
from reports.documents.making import Order
from reports.editions.issuing import issue
from reports.models import IssuedReport
from reports.tests import story, world
from reports.tests.world import CUT_OFF

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("quick_press"),
]


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def screen(request, page: Page) -> Page:
    page.set_viewport_size({"width": request.param, "height": 800})
    return page


@pytest.fixture
def edition(screen, quick_press) -> IssuedReport:
    plan = story.tell().plan
    executive = world.make_secretary(plan, Role.EXECUTIVE)
    made = issue(Order(plan, CUT_OFF, timezone.now(), 1, None), by=executive)
    made.refresh_from_db()
    return made


@pytest.fixture
def visit(screen, live_server, edition):
    """Opens the edition's page; gives the requests that leave the browser from then on, besides those for files of the
    page itself: the browser fetches its icon when it likes."""

    def open_page() -> list:
        screen.goto(f"{live_server.url}{reverse('reports:verify', args=[edition.code])}")
        requests: list = []
        screen.on("request", lambda request: "/static/" not in request.url and requests.append(request))
        return requests

    return open_page


def compare(screen: Page, content: bytes) -> None:
    screen.get_by_label("El archivo", exact=True).set_input_files(
        {"name": "informe.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    screen.get_by_role("button", name="Comparar el archivo").click()


def test_a_file_is_compared_without_leaving_the_computer(screen, visit, edition, check_accessibility):
    requests = visit()
    expect(screen.get_by_text("el archivo no sale de él")).to_be_visible()
    with storages["private"].open(edition.storage_name) as kept:
        compare(screen, kept.read())
    expect(screen.get_by_text("Es idéntico al archivo emitido con el folio")).to_be_visible()
    assert f"huella={edition.sha256}" in screen.url
    assert {request.method for request in requests} == {"GET"}
    check_accessibility(screen)
    assert screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_altered_file_is_told(screen, visit, edition):
    visit()
    compare(screen, b"%PDF alterado")
    expect(screen.get_by_text("No es un archivo que se haya emitido.")).to_be_visible()


def test_a_file_that_is_too_large_is_told_beside_the_field_at_once(screen, visit, edition, check_accessibility):
    requests = visit()
    screen.evaluate("document.getElementById('comparar').dataset.maxBytes = 10")
    compare(screen, b"%PDF alterado")
    expect(screen.get_by_role("alert")).to_contain_text("ningún PDF de una edición pesa tanto")
    check_accessibility(screen)
    assert requests == []


def test_without_a_file_the_page_says_so(screen, visit, edition):
    visit()
    screen.get_by_role("button", name="Comparar el archivo").click()
    expect(screen.get_by_text("Elija el archivo que quiere comparar.")).to_be_visible()


def test_without_javascript_the_file_is_sent(browser, live_server, edition):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}{reverse('reports:verify_any')}")
    expect(page.get_by_text("no se guarda")).to_be_visible()
    compare(page, b"%PDF alterado")
    expect(page.get_by_text("No es un archivo que se haya emitido.")).to_be_visible()
    page.context.close()
