"""People in a real browser: an invitation that is opened elsewhere, a hand-over, and what the log says of it all."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from indicators import workflow
from indicators.tests.world import World
from mitp_portal.tests.people import PASSWORD, sign_in_browser
from plan.models import Invitation, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [1280, 375]
STORY = "Dos jornadas a medio escribir."


@pytest.fixture
def world() -> World:
    """The ministry has a duty, a draft and nobody who answers for it."""
    world = World()
    world.duty(world.action, world.ministry)
    former = world.person("Hugo Paredes")
    duty = world.appoint(former, "focal_point", institution=world.ministry)
    report = world.draft(world.ministry)
    workflow.save_draft(report, {"narrative": [STORY], "answer": ["progress"]}, by=former, version=report.version)
    duty.delete()
    return world


@pytest.fixture(params=WIDTHS, ids=["desktop", "phone"])
def desk(request, page: Page, live_server, settings, check_accessibility):
    settings.SITE_URL = live_server.url
    page.set_viewport_size({"width": request.param, "height": 900})
    return Desk(page, live_server.url, check_accessibility)


class Desk:
    def __init__(self, page: Page, site: str, check_accessibility):
        self.page, self.site, self.check_accessibility = page, site, check_accessibility

    def go(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")
        self.look()

    def look(self) -> None:
        """Nothing that axe finds wrong, nothing that makes the page scroll sideways."""
        self.check_accessibility(self.page)
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), self.page.url

    def fill(self, **texts: str) -> None:
        for label, text in texts.items():
            self.page.get_by_role("textbox", name=label.replace("_", " ")).fill(text)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.look()

    def reads(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)


def elsewhere(browser: Browser, desk: Desk) -> Desk:
    """A browser of somebody else, in which nobody has signed in."""
    size = desk.page.viewport_size
    page = browser.new_context(viewport=size, locale="es-CL").new_page()
    return Desk(page, desk.site, desk.check_accessibility)


def link_in_the_newest_mail() -> str:
    return re.search(r"http://\S+(/invitacion/\S+)", mail.outbox[-1].body)[1]


def appoint_focal_point(desk: Desk) -> None:
    desk.go("/instituciones/")
    desk.reads("1 institución sin titular")
    desk.page.get_by_role("link", name="Nombrar titular de Ministerio del Interior").locator("visible=true").click()
    desk.press("Nombrar")
    desk.reads("Falta el correo.")
    desk.fill(Correo_institucional="gabriela@interior.example", Nombre_completo="Gabriela Ñancupil")
    desk.fill(Cargo="Asesora", Oficio_que_nombra="Oficio N.º 12, del 03-03-2026")
    desk.press("Nombrar")
    desk.reads("Se le envió una invitación por correo.")


def open_account(guest: Desk, link: str) -> None:
    guest.go(link)
    guest.page.get_by_label("Contraseña", exact=True).fill("corta")
    guest.page.get_by_label("Contraseña (de nuevo)").fill("corta")
    guest.press("Guardar e ingresar")
    expect(guest.page.locator(".error").first).to_be_visible()
    guest.page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    guest.page.get_by_label("Contraseña (de nuevo)").fill(PASSWORD)
    guest.press("Guardar e ingresar")


def test_a_new_punto_focal_opens_the_account_and_finds_the_draft_of_the_institution(desk, world, browser):
    sign_in_browser(desk.page, desk.site, world.reviewer)
    appoint_focal_point(desk)
    guest, link = elsewhere(browser, desk), link_in_the_newest_mail()
    open_account(guest, link)
    guest.reads("Mis pendientes")
    guest.page.get_by_role("link", name="Continuar 1.1.1").first.click()
    expect(guest.page.get_by_label("¿Qué se hizo")).to_have_value(STORY)
    stranger = elsewhere(browser, desk)
    stranger.go(link)
    expect(stranger.page.get_by_role("heading", name="Este enlace no vale")).to_be_visible()
    assert Invitation.objects.get().used_at


def test_a_duty_is_handed_over_and_the_log_tells_it(desk, world):
    sign_in_browser(desk.page, desk.site, world.reviewer)
    desk.go(f"/instituciones/{world.x.pk}/")
    desk.page.get_by_role("link", name="Traspasar de Marcela Rivas a otra persona").click()
    desk.look()
    desk.page.get_by_role("link", name="Andrés Leiva (suplente)").click()
    desk.fill(Cargo="Jefe de oficina", Oficio_que_nombra="Oficio N.º 40")
    desk.press("Traspasar")
    desk.reads("Traspaso registrado: recibe Andrés Leiva")
    desk.go("/bitacora/")
    desk.page.get_by_label("Qué hizo").select_option("appointed")
    desk.press("Filtrar")
    desk.reads("Nombró")
    desk.reads("Andrés Leiva")
    assert desk.page.locator("tbody tr").count() == 1
    assert User.objects.get(pk=world.focal.pk).current_appointments == []


def test_every_other_page_of_people_stands_the_look(desk, world):
    sign_in_browser(desk.page, desk.site, world.administrator)
    duty = world.focal.appointments.get()
    for path in (
        "/personas/",
        "/personas/?buscar=nadie",
        f"/personas/{world.focal.pk}/",
        "/personas/nombrar/secretaria-tecnica/",
        f"/personas/nombramientos/{duty.pk}/terminar/",
        f"/instituciones/{world.x.pk}/editar/",
        f"/instituciones/{world.x.pk}/nombre/",
        "/bitacora/?desde=ayer",
    ):
        desk.go(path)
