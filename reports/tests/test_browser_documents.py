"""The page of the documents in a browser: it renews its list by itself and leaves the form as it was typed."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from reports.enums import JobState
from reports.jobs import Wish
from reports.models import ReportJob
from reports.tests import world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def screen(request, page: Page) -> Page:
    page.set_viewport_size({"width": request.param, "height": 800})
    return page


@pytest.fixture
def running(screen, live_server) -> ReportJob:
    """A document on its way, and a secretary who looks at the list."""
    plan = world.make_plan()
    world.make_action(plan)
    secretary = world.make_secretary(plan)
    wish = Wish(plan, world.CUT_OFF, axis_number=1)
    client = Client()
    client.force_login(secretary)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    screen.context.add_cookies([session])
    job = ReportJob.objects.create(
        plan=plan, kind=wish.kind, axis_number=1, as_of=wish.cut_off, known_at=wish.known_at, request_key=wish.key,
        requested_by=secretary, state=JobState.RUNNING, progress=15,
    )  # fmt: skip
    screen.goto(f"{live_server.url}{reverse('reports:index')}")
    return job


def finish(job: ReportJob) -> None:
    ReportJob.objects.filter(pk=job.pk).update(
        state=JobState.DONE, progress=100, storage_name="aa/bb/cc", sha256="0" * 64
    )


def test_a_finished_document_appears_by_itself_and_the_form_stays_as_it_was(screen, running, check_accessibility):
    screen.get_by_label("Documento", exact=True).select_option("anual")
    expect(screen.get_by_role("progressbar")).to_have_attribute("value", "15")
    check_accessibility(screen)
    finish(running)
    expect(screen.get_by_role("link", name="Descargar Informe de cumplimiento, eje 1")).to_be_visible(timeout=10_000)
    expect(screen.get_by_label("Documento", exact=True)).to_have_value("anual")
    expect(screen.get_by_role("status").last).to_have_text("Terminó la preparación de los documentos pedidos.")
    check_accessibility(screen)
    assert screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_progress_moves_while_it_comes(screen, running):
    ReportJob.objects.filter(pk=running.pk).update(progress=90)
    # The property, not the attribute: nothing is drawn anew for it.
    expect(screen.get_by_role("progressbar")).to_have_js_property("value", 90, timeout=10_000)


def test_a_wrong_date_is_told_at_its_field(screen, running, check_accessibility):
    screen.get_by_label("Corte").fill("2014-12-31")
    screen.get_by_role("button", name="Preparar el PDF").click()
    expect(screen.get_by_text("Elija un corte dentro del plan")).to_be_visible()
    expect(screen.get_by_label("Corte")).to_have_value("2014-12-31")
    check_accessibility(screen)
