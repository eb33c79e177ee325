"""The review page in a real browser: reserved pages opened in place, a remark at its field, and what the institution
then sees; the second reviewer's one click."""

import pytest
from playwright.sync_api import Page, expect

from indicators import filing
from indicators.enums import ReportState
from indicators.models import Decision, ProgressReport
from indicators.tests.world import REASON, World
from mitp_portal.tests.people import sign_in_browser
from plan.enums import Verb
from plan.models import AuditEntry
from plan.tests.sample_files import pdf, upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    return World()


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def page(request, page: Page) -> Page:
    page.set_viewport_size({"width": request.param, "height": 800})
    return page


@pytest.fixture
def report(world) -> ProgressReport:
    """In review, second round, with a reserved list of two pages."""
    world.means.lists_people = True
    world.means.save()
    report = world.draft()
    filing.file_upload(report, world.means, upload("lista ñandú.pdf", pdf(pages=2)), by=world.focal)
    world.decided(world.claimed(world.sent(report, narrative="Asistieron 18 personas.")), "returned")
    return world.claimed(world.sent(report, narrative="Asistieron 14 personas."))


@pytest.fixture
def look(page, check_accessibility):
    def check():
        check_accessibility(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    return check


def open_review(page, site, user, report) -> None:
    sign_in_browser(page, site, user)
    page.goto(f"{site}/revision/{report.pk}/")


def test_a_reviewer_opens_the_pages_remarks_on_one_and_the_institution_finds_it_at_its_field(
    page, live_server, world, report, look
):
    open_review(page, live_server.url, world.reviewer, report)
    look()
    expect(page.locator("ins.dif-mas")).to_contain_text("14")
    page.get_by_label("Mensaje a la institución").fill(REASON)
    page.locator("summary", has_text="lista ñandú.pdf").click()
    expect(page.locator(".visor img")).to_have_count(0)
    page.get_by_role("button", name="Ver páginas (queda registro)").click()
    expect(page.locator(".visor img")).to_have_count(2)
    expect(page.locator(".visor img").first).to_have_js_property("naturalWidth", 1240)
    assert AuditEntry.objects.filter(verb=Verb.VIEWED, user=world.reviewer).count() == 1
    look()
    code = report.evidence.get().code
    page.locator("summary", has_text=f"Observar: {code}").click()
    remark = page.locator(".visor-archivo .observar").first
    remark.get_by_label("Motivo").select_option("unsigned")
    remark.get_by_label("Página").fill("2")
    remark.get_by_role("textbox", name="Observación").fill("Falta la firma de quien relató.")
    page.get_by_label("Acreditado").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Insuficiente")).to_be_checked()
    look()
    page.get_by_role("button", name="Devolver").click()
    expect(page.locator("main")).to_contain_text("Devuelto")
    sign_in_browser(page, live_server.url, world.focal)
    page.goto(f"{live_server.url}/reportes/{report.pk}/editar/")
    medio = page.locator(f"#medio-{world.means.pk}")
    expect(medio).to_contain_text(f"{code}, página 2. Sin firma: Falta la firma de quien relató.")
    look()


def test_a_refused_answer_leads_to_what_is_missing_and_keeps_the_rest(page, live_server, world, report, look):
    open_review(page, live_server.url, world.reviewer, report)
    page.get_by_role("textbox", name="Valor validado").fill("38")
    page.get_by_role("button", name="Aprobar", exact=True).click()
    page.get_by_role("link", name="La cifra difiere de la informada").click()
    expect(page.get_by_label("Motivo de la diferencia")).to_be_in_viewport()
    expect(page.get_by_role("textbox", name="Valor validado")).to_have_value("38")
    look()


def test_without_javascript_pages_are_opened_and_what_was_typed_stays(browser, live_server, world, report):
    page = browser.new_context(java_script_enabled=False).new_page()
    open_review(page, live_server.url, world.reviewer, report)
    page.get_by_label("Mensaje a la institución").fill(REASON)
    page.locator("summary", has_text="lista ñandú.pdf").click()
    page.get_by_role("button", name="Ver páginas (queda registro)").click()
    page.locator("summary", has_text="lista ñandú.pdf").click()
    expect(page.locator(".visor img")).to_have_count(2)
    expect(page.get_by_label("Mensaje a la institución")).to_have_value(REASON)
    page.get_by_role("button", name="Devolver").click()
    assert Decision.objects.latest("pk").reason == REASON


def test_a_colleague_who_was_first_is_named_and_nothing_typed_is_lost(page, live_server, world, report, look):
    open_review(page, live_server.url, world.reviewer, report)
    page.get_by_label("Mensaje a la institución").fill(REASON)
    world.claimed(report, by=world.reviewer2)
    page.get_by_role("button", name="Devolver").click()
    expect(page.locator("main")).to_contain_text("Lo está revisando Ignacio Peña.")
    look()
    page.get_by_role("button", name="Tomar en su lugar").click()
    expect(page.get_by_label("Mensaje a la institución")).to_have_value(REASON)
    world.decided(world.claimed(ProgressReport.objects.get(), by=world.reviewer2), "approved", by=world.reviewer2)
    page.get_by_role("button", name="Devolver").click()
    expect(page.get_by_role("heading", name="Otra persona llegó antes")).to_be_visible()
    expect(page.locator("main")).to_contain_text(REASON)
    look()
    assert ProgressReport.objects.get().state == ReportState.APPROVED
