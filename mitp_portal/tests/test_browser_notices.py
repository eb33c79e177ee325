"""A returned report in a real browser: the bell counts it, the inbox leads to its form, and the log shows the mails."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from indicators.enums import Outcome
from indicators.tests.world import REASON, World
from mitp_portal.tests.people import sign_in_browser
from plan.enums import NoticeKind
from plan.models import Notice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    return World()


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def screen(request, page: Page, check_accessibility):
    page.set_viewport_size({"width": request.param, "height": 900})

    def look() -> None:
        """Nothing that axe finds wrong, nothing that makes the page scroll sideways."""
        check_accessibility(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    page.look = look
    return page


def test_a_return_is_counted_and_opening_it_lands_on_the_form(screen, live_server, world):
    report = world.returned()
    sign_in_browser(screen, live_server.url, world.focal)
    screen.goto(live_server.url)
    bell = screen.get_by_role("link", name="Avisos")
    expect(bell).to_contain_text("1 sin leer")
    bell.click()
    screen.look()
    screen.get_by_text("Leer el mensaje").first.click()
    expect(screen.locator("main")).to_contain_text(REASON)
    screen.look()
    screen.get_by_role("button", name="Abrir Devuelto").click()
    expect(screen).to_have_url(re.compile(f"/reportes/{report.pk}/editar/$"))
    expect(screen.locator("main")).to_contain_text(REASON)
    expect(bell).not_to_contain_text("sin leer")


def test_the_log_shows_every_fate_of_a_mail_and_tries_again_what_failed(screen, live_server, world):
    now, long = timezone.now(), "Devuelto: 1.1.1, 2.º semestre 2016 — corrija a más tardar el 06-12-2026"
    fates = {
        "sent": {"mailed_at": now, "attempts": 1},
        "waiting": {"mail_at": now, "attempts": 2, "failure": "No hubo conexión con el servidor de correo."},
        "failed": {"tried_at": now, "attempts": 6, "failure": "El servidor de correo rechazó la dirección."},
        "unconfirmed": {"tried_at": now - timedelta(hours=1), "attempts": 1},
        "portal": {},
    }
    for key, fields in fates.items():
        Notice.objects.create(
            recipient=world.focal, kind=NoticeKind.RETURNED, key=key, subject=long, text="…", path="/", **fields
        )
    sign_in_browser(screen, live_server.url, world.reviewer)
    screen.goto(f"{live_server.url}/avisos/enviados/")
    screen.look()
    screen.get_by_label("Estado").select_option("No se pudo enviar")
    screen.get_by_role("button", name="Filtrar").click()
    expect(screen.locator("tbody tr")).to_have_count(1)
    screen.look()
    screen.get_by_role("button", name="Reintentar el correo a Marcela Rivas").click()
    expect(screen.locator("main")).to_contain_text("Correos que el portal intenta enviar de nuevo: 1.")
    screen.look()


def test_a_reminder_of_a_report_that_is_not_begun_lands_at_its_button(screen, live_server, world):
    world.decided(world.claimed(), Outcome.APPROVED)
    other = world.new_action("1.1.2", world.x)
    sign_in_browser(screen, live_server.url, world.focal)
    screen.goto(f"{live_server.url}/pendientes/{world.period.pk}/{other.pk}/{world.x.pk}/informar/")
    task = screen.locator("article:target")
    expect(task).to_be_in_viewport()
    task.get_by_role("button", name="Informar 1.1.2").click()
    expect(screen).to_have_url(re.compile(r"/reportes/\d+/editar/$"))
