"""The main job in a real browser: a punto focal reports, the secretaría técnica judges, a second round, the figures."""

import pytest
from playwright.sync_api import Page, expect

from indicators.enums import ReportState
from indicators.models import ProgressReport, Submission
from indicators.tests.world import REASON, World
from mitp_portal.tests.people import sign_in_browser
from plan.models import User
from plan.tests.sample_files import pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EVIDENCE = {"name": "lista de asistencia ñandú.pdf", "mimeType": "application/pdf", "buffer": pdf()}


@pytest.fixture
def world():
    return World()


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def desk(request, page: Page, live_server, check_accessibility):
    page.set_viewport_size({"width": request.param, "height": 900})
    return Desk(page, live_server.url, check_accessibility)


class Desk:
    """A browser in which different people sit down one after the other; every page they leave is checked."""

    def __init__(self, page: Page, site: str, check_accessibility):
        self.page = page
        self.site = site
        self.check_accessibility = check_accessibility

    def sit_down(self, user: User) -> None:
        sign_in_browser(self.page, self.site, user)
        self.page.goto(self.site)

    def press(self, name: str, *, exact: bool = False) -> None:
        self.look()
        self.page.get_by_role("button", name=name, exact=exact).first.click()

    def follow(self, name: str) -> None:
        self.look()
        self.page.get_by_role("link", name=name).first.click()

    def fill(self, **texts: str) -> None:
        for label, text in texts.items():
            self.page.get_by_role("textbox", name=label.replace("_", " ")).first.fill(text)

    def attach(self, file: dict) -> None:
        self.page.locator("input[type=file]").set_input_files(file)

    def look(self) -> None:
        """Nothing that axe finds wrong, nothing that makes the page scroll sideways."""
        self.check_accessibility(self.page)
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), self.page.url

    def shows_evidence(self) -> None:
        expect(self.page.get_by_role("link", name=EVIDENCE["name"])).to_be_visible()

    def reads(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)


def report_with_evidence(desk: Desk, world: World) -> None:
    desk.sit_down(world.focal)
    desk.press("Informar 1.1.1")
    desk.fill(Valor="1.234", **{"¿Qué se hizo": "Dos jornadas de capacitación."})
    desk.attach(EVIDENCE)
    desk.shows_evidence()
    desk.press("Enviar a revisión")
    desk.reads("Comprobante R-2016-")


def take_in_review(desk: Desk, reviewer: User) -> None:
    desk.sit_down(reviewer)
    desk.follow("Revisar 1.1.1")
    desk.press("Tomar en revisión")


def test_a_report_goes_from_the_worklist_to_the_figures_with_a_return_on_the_way(desk, world):
    report_with_evidence(desk, world)
    take_in_review(desk, world.reviewer)
    desk.fill(Mensaje_a_la_institución=REASON)
    desk.press("Devolver")
    desk.sit_down(world.focal)
    desk.reads(REASON)
    desk.follow("Corregir 1.1.1")
    desk.fill(Valor="40")
    desk.press("Enviar a revisión")
    desk.reads("Comprobante R-2016-")
    take_in_review(desk, world.reviewer)
    desk.page.get_by_role("radio", name="Acreditado").check()
    desk.press("Aprobar", exact=True)
    desk.sit_down(world.executive)
    desk.page.goto(f"{desk.site}/reportes/{ProgressReport.objects.get().pk}/")
    desk.reads("Ronda 2")
    desk.reads("Aprobado")
    desk.follow("1.1.1")
    desk.reads("40")
    desk.look()
    assert list(Submission.objects.values_list("number", "values__value")) == [(1, 1234), (2, 40)]


def test_what_is_missing_is_listed_with_a_link_to_its_field_and_nothing_typed_is_lost(desk, world):
    desk.sit_down(world.focal)
    desk.press("Informar 1.1.1")
    desk.fill(Valor="muchos", **{"¿Qué se hizo": "Dos jornadas."})
    desk.press("Enviar a revisión")
    # The page saves itself meanwhile, and that answer says the same.
    desk.page.wait_for_url("**/enviar/*")
    desk.reads("Escriba un número entero, sin letras ni decimales.")
    desk.reads("Faltan 2 puntos")
    expect(desk.page.get_by_role("heading", name="Faltan 2 puntos")).to_be_in_viewport()
    expect(desk.page.get_by_role("textbox", name="Valor")).to_have_value("muchos")
    expect(desk.page.get_by_label("¿Qué se hizo")).to_have_value("Dos jornadas.")
    desk.look()


def test_without_progress_one_motive_is_enough(desk, world):
    desk.sit_down(world.focal)
    desk.press("Informar 1.1.1")
    desk.page.get_by_label("Sin avance en el período").check()
    desk.page.get_by_label("Motivo", exact=True).select_option("budget")
    desk.fill(Explíquelo="La licitación quedó desierta.")
    desk.press("Enviar a revisión")
    desk.reads("Comprobante R-2016-")
    desk.reads("Sin avance en el período")
    desk.look()


def test_enter_in_a_field_keeps_the_draft_and_takes_no_evidence_out(desk, world):
    """A browser presses the first button of the form, and that one must not be «Quitar»."""
    desk.sit_down(world.focal)
    desk.press("Informar 1.1.1")
    desk.attach(EVIDENCE)
    desk.shows_evidence()
    desk.fill(Valor="40")
    desk.page.get_by_role("textbox", name="Valor").press("Enter")
    expect(desk.page.locator("[data-saved]")).to_contain_text("Guardado")
    desk.reads(EVIDENCE["name"])
    expect(desk.page.get_by_role("textbox", name="Valor")).to_have_value("40")


def test_enter_in_a_field_decides_nothing(desk, world):
    report_with_evidence(desk, world)
    take_in_review(desk, world.reviewer)
    desk.fill(Mensaje_a_la_institución=REASON)
    desk.page.get_by_role("textbox", name="Valor validado").press("Enter")
    expect(desk.page.get_by_label("Mensaje a la institución")).to_have_value(REASON)
    assert ProgressReport.objects.get().state == ReportState.SUBMITTED
