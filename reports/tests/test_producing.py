"""The file of an edition: from its snapshot alone, the same bytes again, and finished by whoever comes next."""

import hashlib

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from plan.enums import NoticeKind, Role, Verb
from plan.models import AuditEntry, Notice
from plan.tests.tampering import behind_triggers
from reports.documents.making import Order
from reports.documents.printing import PrintingError
from reports.editions import producing
from reports.editions.issuing import annul, issue
from reports.editions.producing import FOLLOW_UP, printed, produce_edition
from reports.enums import EditionState
from reports.models import IssuedReport, Snapshot
from reports.tests import story, world
from reports.tests.conftest import paper
from reports.tests.world import CUT_OFF


@pytest.fixture
def plan(db):
    return story.tell().plan


@pytest.fixture
def executive(plan):
    return world.make_secretary(plan, Role.EXECUTIVE)


@pytest.fixture
def emit(plan, executive):
    def emit_now(axis_number: int | None = 1) -> IssuedReport:
        year = None if axis_number else CUT_OFF.year
        edition = issue(Order(plan, CUT_OFF, timezone.now(), axis_number, year), by=executive)
        edition.refresh_from_db()
        return edition

    return emit_now


def fail_with(monkeypatch, error: BaseException) -> None:
    def print_facts(*_):
        raise error

    monkeypatch.setattr(producing, "print_facts", print_facts)


def alter(snapshot: Snapshot) -> None:
    with behind_triggers("reports_snapshot"):
        Snapshot.objects.filter(pk=snapshot.pk).update(content=snapshot.content.replace('"3/4"', '"1"'))


def left_behind():
    """Attempts that wait for their time in the queue."""
    now = timezone.now()
    return DBTaskResult.objects.filter(run_after__gt=now, run_after__lte=now + FOLLOW_UP)


# Printing --------------------------------------------------------------------------------------------------------
def test_the_stored_file_is_what_was_printed_of_the_snapshot(emit, quick_press):
    edition = emit()
    with storages["private"].open(edition.storage_name) as kept:
        pdf = kept.read()
    assert pdf == paper(quick_press[0], edition.snapshot.sha256)
    assert (edition.sha256, edition.size) == (hashlib.sha256(pdf).hexdigest(), len(pdf))


def test_both_secretarias_are_told_once(plan, emit, executive, quick_press):
    technical = world.make_secretary(plan)
    world.make_user(Role.OBSERVER)
    edition = emit()
    produce_edition.call(edition.pk)
    told = Notice.objects.filter(kind=NoticeKind.DOCUMENT)
    assert {notice.recipient for notice in told} == {executive, technical}
    assert {notice.path for notice in told} == {f"/informes/ediciones/{edition.folio}/"}


def test_coming_into_force_is_in_the_log_with_the_digest_of_the_file(emit, quick_press):
    edition = emit()
    entry = AuditEntry.objects.filter(verb=Verb.CHANGED, object_type="reports.issuedreport").get()
    assert entry.data == {"folio": edition.folio, "state": "standing", "hash": edition.sha256}


@pytest.mark.parametrize("axis_number", [1, None])
def test_two_printings_of_one_edition_are_the_same_bytes(emit, axis_number):
    edition = emit(axis_number)
    again = printed(edition)
    assert hashlib.sha256(again).hexdigest() == edition.sha256
    assert again.startswith(b"%PDF-1.7")


def test_an_edition_that_is_printed_is_not_printed_again(emit, quick_press):
    edition = emit()
    produce_edition.call(edition.pk)
    assert (len(quick_press), IssuedReport.objects.get().attempts) == (1, 1)


# Failing ---------------------------------------------------------------------------------------------------------
def test_a_failure_is_told_as_a_sentence_and_leaves_the_edition_in_production(emit, monkeypatch):
    fail_with(monkeypatch, PrintingError("El documento es demasiado grande."))
    edition = emit()
    assert (edition.state, edition.message) == (EditionState.IN_PRODUCTION, "El documento es demasiado grande.")
    assert (edition.storage_name, edition.sha256) == ("", "")


def test_an_unforeseen_failure_tells_nothing_of_the_inside(emit, monkeypatch):
    fail_with(monkeypatch, RuntimeError("clave secreta en /srv"))
    edition = emit()
    assert (edition.state, edition.message) == (EditionState.IN_PRODUCTION, producing.UNEXPECTED)


def test_nothing_is_printed_of_a_snapshot_that_was_altered(emit, monkeypatch, quick_press):
    fail_with(monkeypatch, PrintingError("Otra vez será."))
    edition = emit()
    alter(edition.snapshot)
    produce_edition.call(edition.pk)
    edition.refresh_from_db()
    assert (edition.state, edition.message) == (EditionState.IN_PRODUCTION, producing.ALTERED)


def test_an_edition_annulled_while_it_is_printed_keeps_no_file(plan, emit, executive, monkeypatch):
    discarded = []

    def print_facts(*_):
        annul(IssuedReport.objects.get(), "Se emitió por error.", by=executive)
        return b"%PDF"

    monkeypatch.setattr(producing, "print_facts", print_facts)
    monkeypatch.setattr(producing, "discard", discarded.append)
    edition = emit()
    assert (edition.state, edition.storage_name, len(discarded)) == (EditionState.ANNULLED, "", 1)


# Following up ----------------------------------------------------------------------------------------------------
@pytest.fixture
def _real_queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


class KilledError(BaseException):
    """What a worker does not survive."""


@pytest.mark.usefixtures("_real_queue")
def test_an_edition_whose_worker_was_killed_is_printed_by_the_attempt_that_it_left_behind(emit, monkeypatch):
    with monkeypatch.context() as dying:
        fail_with(dying, KilledError())
        edition = emit()
        with pytest.raises(KilledError):
            produce_edition.call(edition.pk)
    assert IssuedReport.objects.get().state == EditionState.IN_PRODUCTION
    produce_edition.call(*left_behind().get().args_kwargs["args"])
    edition.refresh_from_db()
    assert (edition.state, edition.attempts, edition.message) == (EditionState.IN_FORCE, 2, "")


@pytest.mark.usefixtures("_real_queue")
def test_the_attempt_left_behind_by_a_worker_that_lived_does_nothing(emit, quick_press):
    edition = emit()
    produce_edition.call(edition.pk)
    produce_edition.call(edition.pk)
    assert (len(quick_press), left_behind().count()) == (1, 1)


@pytest.mark.usefixtures("_real_queue")
def test_an_edition_that_cannot_be_printed_is_given_up_after_some_attempts(emit, monkeypatch):
    fail_with(monkeypatch, PrintingError("El documento es demasiado grande."))
    edition = emit()
    for _ in range(producing.ATTEMPTS + 1):
        produce_edition.call(edition.pk)
    assert left_behind().count() == producing.ATTEMPTS - 1
