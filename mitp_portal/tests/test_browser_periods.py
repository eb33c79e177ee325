"""In a real browser: periods are programmed, extended and closed; history is entered on behalf and approved."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from indicators.models import PeriodExtension, ProgressReport, ReportingPeriod, Submission
from indicators.tests.world import World
from mitp_portal.tests.test_browser_loop import EVIDENCE, Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    return World()


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def desk(request, page, live_server, check_accessibility):
    page.set_viewport_size({"width": request.param, "height": 900})
    return Desk(page, live_server.url, check_accessibility)


def go(desk: Desk, path: str) -> None:
    desk.page.goto(f"{desk.site}{path}")


def test_periods_are_programmed_extended_for_one_institution_and_closed(desk, world):
    world.duty(world.action, world.y)
    desk.sit_down(world.reviewer)
    go(desk, "/periodos/")
    desk.follow("Reprogramar los períodos")
    desk.press("Ver la lista")
    desk.reads("7 cambios")
    desk.reads("abrió el")
    desk.press("Confirmar los cambios")
    desk.reads("Períodos programados: 7 cambios.")
    assert ReportingPeriod.objects.count() == 8

    desk.follow(world.period.name)
    desk.follow("Prorrogar")
    desk.page.get_by_label("Para").select_option(str(world.y.pk))
    due_on = world.period.due_on + timedelta(10)
    desk.page.get_by_label("Nuevo vencimiento").fill(f"{due_on:%Y-%m-%d}")
    desk.fill(Motivo="Paro de funcionarios.")
    desk.press("Otorgar y avisar")
    desk.reads("se avisó a la institución")
    desk.reads("Paro de funcionarios.")
    assert PeriodExtension.objects.get().institution == world.y

    desk.sit_down(world.executive)
    go(desk, f"/periodos/{world.period.pk}/")
    desk.follow("Cerrar el período")
    desk.reads("2 de 2 que se deben")
    desk.press("Cerrar el período")
    desk.reads("ya no recibe reportes nuevos")
    desk.look()
    world.period.refresh_from_db()
    assert world.period.is_closed


def record(desk: Desk) -> None:
    """What the oficio says, typed into the form of the punto focal."""
    desk.fill(Número_o_nombre="Oficio 312", Valor="40", **{"¿Qué se hizo": "Dos jornadas."})
    desk.page.get_by_label("Fecha del oficio").fill(f"{timezone.localdate():%Y-%m-%d}")
    desk.page.get_by_label("Nombre", exact=True).fill("Rosa Díaz")
    desk.page.get_by_label("Cargo", exact=True).fill("Jefa de división")


def test_a_historic_report_is_recorded_by_one_person_approved_by_another_and_read_by_its_institution(desk, world):
    world.new_action("1.1.2", world.x)
    world.close_period()
    desk.sit_down(world.reviewer)
    go(desk, "/encargo/")
    desk.press("Registrar 1.1.1")
    record(desk)
    desk.attach(EVIDENCE)
    desk.shows_evidence()
    desk.press("Enviar a revisión")
    desk.reads("Registró por encargo 1.1.1")
    desk.reads("Lo siguiente")
    desk.press("Registrar 1.1.2")
    expect(desk.page.get_by_label("Número o nombre")).to_have_value("Oficio 312")

    desk.sit_down(world.reviewer2)
    desk.follow("Revisar 1.1.1")
    desk.reads("registrado por encargo")
    desk.press("Tomar en revisión")
    desk.page.get_by_role("radio", name="Acreditado").check()
    desk.press("Aprobar", exact=True)

    desk.sit_down(world.focal)
    desk.page.get_by_text("Registrado por encargo por la secretaría técnica").click()
    desk.follow("1.1.1")
    desk.reads("registrado por encargo por la secretaría técnica, Oficio 312")
    desk.reads("Aprobado")
    desk.look()
    assert Submission.objects.get().on_behalf


def test_a_record_begun_by_mistake_is_discarded(desk, world):
    world.close_period()
    desk.sit_down(world.reviewer)
    go(desk, "/encargo/")
    desk.press("Registrar 1.1.1")
    desk.page.get_by_text("Descartar este registro").click()
    desk.press("Descartar el registro")
    desk.reads("Descartó el registro")
    assert not ProgressReport.objects.get().is_on_behalf
