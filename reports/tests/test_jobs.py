"""The life of a document in the queue: asked for once, told as it comes, kept whole or not at all."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone

from plan.enums import Role, Verb
from plan.models import AuditEntry
from reports import tasks
from reports.documents.printing import PrintingError
from reports.enums import DocumentKind, JobState
from reports.jobs import Wish, request_document
from reports.models import ReportJob
from reports.models.jobs import INTERRUPTED_AFTER
from reports.tests import world
from reports.tests.world import CUT_OFF, noon

PDF = b"%PDF-1.7 de prueba"


@pytest.fixture
def plan(db):
    plan = world.make_plan()
    world.make_action(plan)
    return plan


@pytest.fixture
def secretary(plan):
    return world.make_secretary(plan)


@pytest.fixture
def makes(monkeypatch):
    """Orders of documents that were made, without laying anything out."""
    orders = []

    def make(order, tell):
        orders.append(order)
        tell(15)
        return PDF

    monkeypatch.setattr(tasks, "make_document", make)
    return orders


def fail_with(monkeypatch, error: Exception) -> None:
    def make(order, tell):
        raise error

    monkeypatch.setattr(tasks, "make_document", make)


def make_job(plan, user, state=JobState.QUEUED, **fields) -> ReportJob:
    defaults = {"kind": DocumentKind.AXIS, "axis_number": 1, "as_of": CUT_OFF, "known_at": noon(CUT_OFF)}
    key = Wish(plan, CUT_OFF, axis_number=1).key
    return ReportJob.objects.create(plan=plan, requested_by=user, request_key=key, state=state, **defaults | fields)


# Asking --------------------------------------------------------------------------------------------------------------
def test_a_document_is_made_and_kept_with_its_digest(plan, secretary, makes):
    job, is_new = request_document(Wish(plan, CUT_OFF, axis_number=1), by=secretary)
    job.refresh_from_db()
    assert (is_new, job.state, job.progress, job.message) == (True, JobState.DONE, 100, "")
    assert job.sha256 == hashlib.sha256(PDF).hexdigest()
    with storages["private"].open(job.storage_name) as kept:
        assert kept.read() == PDF
    assert (makes[0].axis_number, makes[0].cut_off, makes[0].known_at) == (1, CUT_OFF, job.known_at)


def test_the_annual_status_is_that_of_the_year_of_the_corte(plan, secretary, makes):
    job, _ = request_document(Wish(plan, CUT_OFF), by=secretary)
    assert (job.kind, job.year, job.axis_number, makes[0].year) == (DocumentKind.ANNUAL, 2016, None, 2016)


def test_a_day_means_its_end_and_never_what_is_still_to_come(plan):
    assert Wish(plan, CUT_OFF, date(2017, 2, 28)).known_at.isoformat() == "2017-02-28T23:59:59.999999-03:00"
    assert Wish(plan, CUT_OFF, timezone.localdate()).known_at <= timezone.now()


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING])
def test_what_is_under_way_is_not_started_a_second_time(plan, secretary, makes, state):
    underway = make_job(plan, secretary, state)
    assert request_document(Wish(plan, CUT_OFF, axis_number=1), by=secretary) == (underway, False)
    assert makes == []


@pytest.mark.parametrize(
    "other",
    [
        {"axis_number": 2},
        {"axis_number": 1, "known_on": date(2017, 2, 28)},
        {"axis_number": 1, "cut_off": date(2016, 6, 30)},
        {},
    ],
)
def test_another_document_does_not_wait_for_it(plan, secretary, makes, other):
    make_job(plan, secretary)
    _, is_new = request_document(Wish(**{"plan": plan, "cut_off": CUT_OFF} | other), by=secretary)
    assert is_new


def test_a_finished_document_can_be_asked_for_again(plan, secretary, makes):
    request_document(Wish(plan, CUT_OFF, axis_number=1), by=secretary)
    _, is_new = request_document(Wish(plan, CUT_OFF, axis_number=1), by=secretary)
    assert (is_new, len(makes)) == (True, 2)


def test_the_database_itself_refuses_the_same_document_twice_at_once(plan, secretary):
    make_job(plan, secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_job(plan, secretary)


def test_a_job_that_went_silent_is_given_up_and_can_be_asked_for_again(plan, secretary, makes):
    silent = timezone.now() - INTERRUPTED_AFTER - timedelta(seconds=1)
    lost = make_job(plan, secretary, JobState.RUNNING, updated_at=silent)
    _, is_new = request_document(Wish(plan, CUT_OFF, axis_number=1), by=secretary)
    lost.refresh_from_db()
    assert (is_new, lost.state, lost.message) == (True, JobState.FAILED, tasks.INTERRUPTED)


# Making --------------------------------------------------------------------------------------------------------------
def test_a_job_that_another_worker_took_is_left_alone(plan, secretary, makes):
    job = make_job(plan, secretary, JobState.RUNNING)
    tasks.render_document.call(job.pk)
    assert makes == []


def test_progress_is_told_while_it_comes(plan, secretary, monkeypatch):
    seen = []

    def make(order, tell):
        for percent in (15, 90):
            tell(percent)
            seen.append(ReportJob.objects.get().progress)
        return PDF

    monkeypatch.setattr(tasks, "make_document", make)
    request_document(Wish(plan, CUT_OFF, axis_number=1), by=secretary)
    assert seen == [15, 90]


def test_a_failure_is_told_as_a_sentence(plan, secretary, monkeypatch):
    fail_with(monkeypatch, PrintingError("El documento es demasiado grande."))
    job, _ = request_document(Wish(plan, CUT_OFF, axis_number=1), by=secretary)
    job.refresh_from_db()
    assert (job.state, job.message, job.storage_name) == (JobState.FAILED, "El documento es demasiado grande.", "")


def test_an_unforeseen_failure_tells_the_reader_nothing_of_the_inside(plan, secretary, monkeypatch):
    fail_with(monkeypatch, RuntimeError("clave secreta en /srv"))
    job = make_job(plan, secretary)
    with pytest.raises(RuntimeError):
        tasks.render_document.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, tasks.UNEXPECTED)


def test_a_document_given_up_meanwhile_leaves_no_file_behind(plan, secretary, monkeypatch):
    names = []

    def make(order, tell):
        ReportJob.objects.update(state=JobState.FAILED, message=tasks.INTERRUPTED)
        return PDF

    monkeypatch.setattr(tasks, "make_document", make)
    monkeypatch.setattr(tasks, "discard", names.append)
    request_document(Wish(plan, CUT_OFF, axis_number=1), by=secretary)
    assert len(names) == 1
    assert ReportJob.objects.get().storage_name == ""


def test_asking_and_finishing_are_in_the_log(plan, secretary, makes):
    job, _ = request_document(Wish(plan, CUT_OFF, axis_number=1), by=secretary, address="10.0.0.7")
    job.refresh_from_db()
    finished, asked = AuditEntry.objects.filter(object_type="reports.reportjob")
    assert (asked.verb, asked.user, asked.address) == (Verb.CREATED, secretary, "10.0.0.7")
    assert (asked.data["axis"], asked.data["cut_off"]) == (1, "2016-12-31")
    assert (finished.verb, finished.user, finished.data) == (Verb.CHANGED, None, {"state": "done", "hash": job.sha256})


# Rows ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": DocumentKind.ANNUAL},
        {"axis_number": None, "year": 2016},
        {"year": 2016},
        {"progress": 101},
        {"state": JobState.DONE},
        {"state": JobState.FAILED},
    ],
)
def test_a_row_that_contradicts_itself_is_refused(plan, secretary, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_job(plan, secretary, **wrong)


def test_jobs_are_visible_to_both_secretarias_and_to_nobody_else(plan, secretary):
    job = make_job(plan, secretary)
    readers = [secretary, world.make_secretary(plan, Role.EXECUTIVE)]
    others = [world.make_coordinator(plan.axes.get()), world.make_user(Role.OBSERVER), world.make_user()]
    assert [list(ReportJob.objects.visible_to(user)) for user in readers] == [[job], [job]]
    assert [list(ReportJob.objects.visible_to(user)) for user in others] == [[], [], []]


def test_a_file_is_called_by_its_document_and_corte(plan, secretary):
    assert make_job(plan, secretary).file_name == "MITP-eje-1-corte-2016-12-31-borrador.pdf"
