"""The desk in a real browser: filter the queue, share it out, approve together, go on from one report to the next, and
remind who owes something."""

import pytest
from playwright.sync_api import Page, expect

from indicators.enums import ReportState
from indicators.models import ProgressReport
from indicators.tests.world import REASON, World
from mitp_portal.tests.people import sign_in_browser
from mitp_portal.tests.test_browser_loop import Desk
from plan.models import Notice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CODES = ["1.1.1", "1.1.2", "1.1.3", "1.1.4"]


@pytest.fixture
def world():
    """Four reports that wait, the last without evidence, and an institution that owes its own."""
    world = World()
    world.new_action("2.1.1", world.y)
    for code in CODES:
        action = world.action if code == "1.1.1" else world.new_action(code, world.x)
        means = world.means if code == "1.1.1" else world.new_means(action)
        report = world.draft(action=action)
        if code != "1.1.4":
            world.link(report, means, page=code)
        world.sent(report, figures=())
    return world


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def desk(request, page: Page, live_server, check_accessibility):
    page.set_viewport_size({"width": request.param, "height": 900})
    return Desk(page, live_server.url, check_accessibility)


def sit_down(desk: Desk, world: World) -> None:
    sign_in_browser(desk.page, desk.site, world.reviewer)
    desk.page.goto(f"{desk.site}/revision/")


def mark(desk: Desk, *codes: str) -> None:
    for code in codes:
        desk.page.get_by_role("checkbox", name=f"Marcar {code}").check()


def state_of(code: str) -> str:
    return ProgressReport.objects.get(action__code=code).state


def test_reports_are_shared_out_and_the_filter_finds_them(desk, world):
    sit_down(desk, world)
    mark(desk, "1.1.2", "1.1.3")
    desk.page.get_by_label("Asignar a").select_option(label="Ignacio Peña")
    desk.press("Asignar")
    desk.reads("A cargo de Ignacio Peña (2): 1.1.2 DT; 1.1.3 DT.")
    desk.page.get_by_label("De quién").select_option(label="Sin asignar (2)")
    desk.press("Filtrar")
    desk.reads("2 de 4 con estos filtros")
    desk.look()
    expect(desk.page.get_by_role("link", name="Revisar")).to_have_count(2)


def test_sound_reports_are_approved_together_and_the_others_say_why_not(desk, world):
    sit_down(desk, world)
    desk.follow("Marcar los 4 de esta página")
    desk.press("Aprobar juntos")
    desk.reads("Sin evidencia en el medio 1.")
    desk.page.get_by_role("checkbox", name="1.1.3").uncheck()
    desk.press("Aprobar los marcados")
    desk.reads("Aprobados (2): 1.1.1 DT; 1.1.2 DT.")
    desk.look()
    assert [state_of(code) for code in CODES] == [
        ReportState.APPROVED,
        ReportState.APPROVED,
        ReportState.SUBMITTED,
        ReportState.SUBMITTED,
    ]


def test_from_one_report_to_the_next_inside_the_filter(desk, world):
    sit_down(desk, world)
    desk.page.goto(f"{desk.site}/revision/?de=libres")
    desk.press("Tomar 1.1.1")
    desk.reads("1 de 4 en cola filtrada")
    desk.fill(Mensaje_a_la_institución=REASON)
    desk.press("Devolver")
    desk.reads("1 de 3 en cola filtrada")
    assert state_of("1.1.1") == ReportState.RETURNED
    desk.follow("Siguiente")
    desk.reads("2 de 3 en cola filtrada")
    desk.look()


def test_who_owes_something_is_seen_and_reminded_once(desk, world):
    sit_down(desk, world)
    desk.page.goto(f"{desk.site}/quien-debe/")
    desk.reads("Informó 0 de 1 reporte · falta 1")
    desk.press("Recordar a Carabineros de Chile")
    desk.reads("Se recordó a Carabineros de Chile")
    desk.page.get_by_text("Recordar a la que debe").click()
    desk.press("Recordar a todas")
    desk.reads("Hoy ya se les había recordado: Carabineros de Chile.")
    desk.look()
    assert list(Notice.objects.filter(kind="reminder").values_list("recipient", flat=True)) == [world.focal_y.pk]


def test_the_times_of_review_are_readable_everywhere(desk, world):
    sit_down(desk, world)
    desk.follow("Plazos de revisión")
    desk.reads("Esperan hoy")
    desk.look()
