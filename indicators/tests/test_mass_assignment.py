"""Only what a form declares may change, whatever else a request brings (SECURITY, Access 4)."""

import pytest
from django.forms.models import model_to_dict

from indicators import filing
from indicators.forms.report import ReportForm
from indicators.models import Evidence, ProgressReport, StoredFile, Submission
from indicators.tests.filling import typed
from indicators.tests.world import enter
from plan.tests.sample_files import pdf, upload

pytestmark = pytest.mark.django_db

EVERY_FIELD = {
    field.attname: "2"
    for model in (ProgressReport, Submission, StoredFile, Evidence)
    for field in model._meta.concrete_fields
}
#: What the page of a report declares, and what saving it changes.
DECLARED = {"version", "draft", "saved_at", "saved_by"}


def state_of(report: ProgressReport) -> dict:
    report.refresh_from_db()
    values = {field.attname: getattr(report, field.attname) for field in report._meta.concrete_fields}
    return {name: value for name, value in values.items() if name.removesuffix("_id") not in DECLARED}


def test_a_draft_takes_nothing_but_its_own_fields(world):
    report = world.draft()
    before = state_of(report)
    enter(world.focal).post(f"/reportes/{report.pk}/editar/", EVERY_FIELD | typed(world, report))
    assert state_of(report) == before
    assert set(report.draft) <= {*ReportForm.base_fields, f"i{world.indicator.pk}-value", "page"}


def test_a_submit_takes_number_author_and_hash_from_the_portal(world):
    report = world.draft()
    world.link(report)
    enter(world.focal).post(f"/reportes/{report.pk}/enviar/", EVERY_FIELD | typed(world, report))
    sent = Submission.objects.get()
    assert (sent.number, sent.submitted_by, sent.on_behalf, len(sent.content_hash)) == (1, world.focal, False, 64)


def test_a_reviewer_cannot_write_into_the_report(world):
    report = world.claimed()
    before = state_of(report)
    data = EVERY_FIELD | {"version": report.version, "outcome": "returned", "reason": "Falta la fecha de la jornada."}
    enter(world.reviewer).post(f"/revision/{report.pk}/", data)
    assert state_of(report) == before | {"state": "returned", "assigned_to_id": None}


def test_the_classification_of_a_file_is_all_that_a_page_changes_of_it(world, stored_file):
    before = model_to_dict(stored_file)
    report = stored_file.evidence.get().report
    data = EVERY_FIELD | typed(world, report, **{f"class-{stored_file.evidence.get().pk}": "public"})
    enter(world.focal).post(f"/reportes/{report.pk}/editar/", data)
    stored_file.refresh_from_db()
    assert model_to_dict(stored_file) == before | {"classification": "public"}


@pytest.fixture
def stored_file(world) -> StoredFile:
    return filing.file_upload(world.draft(), world.means, upload("informe.pdf", pdf()), by=world.focal).file
