"""The page of the documents, as both secretarías use it and as nobody else can."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.tests.world import as_read
from plan.enums import PlanState, Role, Verb
from plan.models import AuditEntry
from reports import tasks
from reports.documents.printing import PrintingError
from reports.enums import JobState
from reports.models import ReportJob
from reports.tests import world

PDF = b"%PDF-1.7 de prueba"
FORM = {"documento": "1", "corte": "2016-12-31", "hasta": ""}
INDEX = reverse("reports:index")
PREPARE = reverse("reports:prepare_document")
STATUS = reverse("reports:document_status")
XLSX = reverse("reports:export_xlsx")
CSV = reverse("reports:export_csv")


@pytest.fixture
def plan(db):
    plan = world.make_plan()
    action = world.make_action(plan, text="Capacitar a funcionarios")
    world.make_count(action)
    return plan


@pytest.fixture(autouse=True)
def _quick_documents(monkeypatch):
    monkeypatch.setattr(tasks, "make_document", lambda order, tell: PDF)


@pytest.fixture
def secretary(client, plan):
    user = world.make_secretary(plan)
    client.force_login(user)
    return user


def prepare(client, **fields):
    return client.post(PREPARE, FORM | fields, follow=True)


def text_of(response) -> str:
    return as_read(response.content.decode())


# Asking and taking ---------------------------------------------------------------------------------------------------
def test_a_document_is_asked_for_and_taken_and_both_are_logged(client, secretary):
    page = prepare(client)
    job = ReportJob.objects.get()
    assert "El documento se está preparando" in text_of(page)
    assert (job.axis_number, job.as_of.isoformat(), job.requested_by) == (1, "2016-12-31", secretary)
    response = client.get(reverse("reports:download_document", args=[job.pk]))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="MITP-eje-1-corte-2016-12-31-borrador.pdf"'
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "private, no-store")
    entry = AuditEntry.objects.get(verb=Verb.EXPORTED)
    assert (entry.user, entry.object_id, entry.data) == (secretary, str(job.pk), {"hash": job.sha256})


def test_the_form_keeps_what_was_asked_for_so_that_the_matrix_is_of_the_same_dates(client, secretary):
    form = prepare(client, documento="anual", corte="2016-06-30", hasta="2016-12-31").context["form"]
    assert [str(field.value()) for field in form] == ["anual", "2016-06-30", "2016-12-31"]
    assert form.errors == {}


def test_the_executive_secretary_may_too(client, plan):
    client.force_login(world.make_secretary(plan, Role.EXECUTIVE))
    assert prepare(client, documento="anual").status_code == 200
    assert ReportJob.objects.get().year == 2016


def test_the_list_says_both_dates_and_how_it_ended(client, secretary, monkeypatch):
    def fail(order, tell):
        raise PrintingError("El documento es demasiado grande.")

    monkeypatch.setattr(tasks, "make_document", fail)
    page = text_of(prepare(client, hasta="2017-02-28"))
    assert "Corte 31-12-2016, con lo resuelto hasta 28-02-2017 23:59" in page
    assert "El documento es demasiado grande." in page
    assert "Descargar" not in page


def test_asking_twice_says_that_it_is_under_way(client, secretary):
    prepare(client)
    ReportJob.objects.update(state=JobState.RUNNING, updated_at=timezone.now())
    assert "ya se está preparando" in text_of(prepare(client))
    assert ReportJob.objects.count() == 1


def test_while_something_comes_the_page_tells_how_far_without_a_script_too(client, secretary):
    prepare(client)
    ReportJob.objects.update(state=JobState.RUNNING, progress=15)
    page = text_of(client.get(INDEX))
    assert f'data-job="{ReportJob.objects.get().pk}" data-state="running"' in page
    assert '<progress max="100" value="15"' in page
    assert f'<a href="{INDEX}">actualizar la página</a>' in page


def test_the_state_is_told_to_the_script(client, secretary):
    prepare(client)
    job = ReportJob.objects.get()
    response = client.get(STATUS)
    assert response.json() == {"jobs": [{"id": job.pk, "state": "done", "progress": 100}]}
    assert "no-store" in response["Cache-Control"]


def test_reading_the_page_changes_nothing(client, secretary):
    prepare(client)
    before = AuditEntry.objects.count(), ReportJob.objects.count()
    client.get(INDEX)
    client.get(STATUS)
    assert (AuditEntry.objects.count(), ReportJob.objects.count()) == before


# Wrong input ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"documento": ""}, "Elija el documento."),
        ({"documento": "9"}, "Escoja una opción válida"),
        ({"corte": "31-02-2016"}, "Escriba una fecha que exista"),
        ({"corte": "2014-12-31"}, "Elija un corte dentro del plan"),
        ({"hasta": (timezone.localdate() + timedelta(days=2)).isoformat()}, "Elija una fecha que ya haya llegado."),
    ],
)
@pytest.mark.parametrize("address", [PREPARE, XLSX, CSV])
def test_a_wrong_field_is_told_at_the_field_and_nothing_is_lost(client, secretary, address, wrong, sentence):
    page = client.post(address, FORM | wrong, follow=True)
    ((led_to, status),) = page.redirect_chain
    assert (led_to.startswith("/informes/?documento="), led_to.endswith("#pedir"), status) == (True, True, 302)
    assert sentence in text_of(page)
    assert ReportJob.objects.count() == 0
    assert page["Content-Type"].startswith("text/html")


def test_a_document_that_is_not_ready_cannot_be_taken(client, secretary):
    prepare(client)
    ReportJob.objects.update(state=JobState.RUNNING)
    assert client.get(reverse("reports:download_document", args=[ReportJob.objects.get().pk])).status_code == 404


def test_a_file_that_the_storage_lost_is_told_as_a_sentence(client, secretary):
    prepare(client)
    ReportJob.objects.update(storage_name="no/esta")
    page = client.get(reverse("reports:download_document", args=[ReportJob.objects.get().pk]), follow=True)
    assert "El archivo no está disponible" in text_of(page)
    assert not AuditEntry.objects.filter(verb=Verb.EXPORTED).exists()


def test_without_a_plan_the_page_says_so(client, plan, secretary):
    plan.state = PlanState.DRAFT
    plan.save()
    assert "Todavía no hay un plan vigente" in text_of(client.get(INDEX))
    assert client.post(PREPARE, FORM).status_code == 404


# Spreadsheets ---------------------------------------------------------------------------------------------------
def test_the_matrix_is_taken_as_xlsx_and_logged(client, secretary, plan):
    response = client.post(XLSX, FORM)
    sheet = openpyxl.load_workbook(io.BytesIO(response.content))["Matriz"]
    assert sheet["F2"].value == "Capacitar a funcionarios"
    assert response["Content-Disposition"] == 'attachment; filename="MITP-matriz-eje-1-corte-2016-12-31.xlsx"'
    entry = AuditEntry.objects.get(verb=Verb.EXPORTED)
    assert (entry.object_type, entry.data["format"], entry.data["axis"]) == ("plan.plan", "xlsx", 1)


def test_the_matrix_of_the_plan_is_taken_as_csv(client, secretary):
    response = client.post(CSV, FORM | {"documento": "anual"})
    assert "Capacitar a funcionarios" in response.content.decode("utf-8-sig")
    assert response["Content-Disposition"] == 'attachment; filename="MITP-matriz-plan-corte-2016-12-31.csv"'


# Others ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.COORDINATOR, Role.OBSERVER, Role.ADMINISTRATOR, None])
def test_to_everybody_else_the_documents_do_not_exist(client, secretary, plan, role):
    prepare(client)
    client.force_login(person_with(plan, role))
    job = reverse("reports:download_document", args=[ReportJob.objects.get().pk])
    assert [client.get(address).status_code for address in (STATUS, job)] == [404] * 2
    assert [client.post(address, FORM).status_code for address in (PREPARE, XLSX, CSV)] == [404] * 3
    assert ReportJob.objects.count() == 1


def person_with(plan, role: Role | None):
    if role == Role.COORDINATOR:
        return world.make_coordinator(plan.axes.get())
    if role == Role.FOCAL_POINT:
        return world.make_user(role, institution=world.make_institution("Dirección del Trabajo"))
    return world.make_user(role)


@pytest.mark.parametrize("address", [PREPARE, XLSX, CSV])
def test_asking_is_never_a_get(client, secretary, address):
    assert client.get(address).status_code == 405
