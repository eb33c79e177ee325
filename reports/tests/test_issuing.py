"""Emission is one act: a folio that is never given again, what it tells frozen with it, the file afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from plan.enums import Role, Verb
from plan.models import AuditEntry
from reports.documents.making import Order
from reports.editions import issuing
from reports.editions.issuing import Correction, EditionError, annul, issue
from reports.enums import EditionState
from reports.facts.freezing import digest, thaw
from reports.models import FolioBook, IssuedReport, Snapshot
from reports.models.editions import plain_code
from reports.tests import story, world
from reports.tests.world import CUT_OFF

pytestmark = pytest.mark.usefixtures("quick_press")


@pytest.fixture
def told(db):
    return story.tell()


@pytest.fixture
def executive(told):
    return world.make_secretary(told.plan, Role.EXECUTIVE)


def order_of(plan, axis_number=1, **fields) -> Order:
    year = None if axis_number else CUT_OFF.year
    return Order(
        **{"plan": plan, "cut_off": CUT_OFF, "known_at": timezone.now()} | fields, axis_number=axis_number, year=year
    )


def folios() -> list[int]:
    return sorted(IssuedReport.objects.values_list("folio_number", flat=True))


# One act ---------------------------------------------------------------------------------------------------------
def test_an_edition_has_folio_code_and_snapshot_and_comes_into_force_with_its_file(told, executive):
    edition = issue(order_of(told.plan), by=executive)
    edition.refresh_from_db()
    year = timezone.localdate().year
    assert (edition.folio, edition.state) == (f"MITP-{year}-001", EditionState.IN_FORCE)
    assert (edition.is_printed, edition.issued_by, len(edition.code)) == (True, executive, 16)
    assert edition.snapshot.sha256 == digest(edition.snapshot.content)


def test_what_is_frozen_says_folio_and_code_and_no_name_of_a_person(told, executive):
    edition = issue(order_of(told.plan), by=executive)
    sheet = thaw(edition.snapshot.content, edition.kind).edition
    assert (sheet.folio, plain_code(sheet.code)) == (edition.folio, edition.code)
    assert sheet.verify_url.endswith(f"/verificar/{edition.code}/")
    assert executive.full_name not in edition.snapshot.content


def test_what_is_reported_afterwards_does_not_change_what_was_frozen(told, executive):
    edition = issue(order_of(told.plan), by=executive)
    waiting = told.report_of(told.detectives).submissions.get()
    world.approve(waiting)
    facts = thaw(Snapshot.objects.get().content, edition.kind)
    assert facts.axis.verified.percent_text == "75,0\u00a0%"


def test_emission_is_in_the_log_with_the_digest_of_what_was_frozen(told, executive):
    edition = issue(order_of(told.plan), by=executive, address="10.0.0.7")
    entry = AuditEntry.objects.get(verb=Verb.ISSUED)
    assert (entry.user, entry.address, entry.object_id) == (executive, "10.0.0.7", str(edition.pk))
    assert (entry.data["folio"], entry.data["snapshot"]) == (edition.folio, edition.snapshot.sha256)
    assert edition.code not in str(entry.data)


def test_folios_follow_each_other_whatever_the_document(told, executive):
    issue(order_of(told.plan), by=executive)
    issue(order_of(told.plan, None), by=executive)
    assert folios() == [1, 2]


def test_each_year_begins_with_the_first_folio(told, executive, time_machine):
    time_machine.move_to("2027-12-31T23:59:00-03:00")
    issue(order_of(told.plan), by=executive)
    time_machine.move_to("2028-01-01T00:01:00-03:00")
    issue(order_of(told.plan, None), by=executive)
    assert [edition.folio for edition in IssuedReport.objects.all()] == ["MITP-2028-001", "MITP-2027-001"]


def test_an_emission_that_fails_takes_no_folio(told, executive, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("el disco")

    monkeypatch.setattr(issuing.audit, "record", fail)
    with pytest.raises(RuntimeError):
        issue(order_of(told.plan), by=executive)
    assert (FolioBook.objects.count(), IssuedReport.objects.count(), Snapshot.objects.count()) == (0, 0, 0)


# Once ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("axis_number", [1, None])
def test_the_same_document_is_not_emitted_a_second_time(told, executive, axis_number):
    first = issue(order_of(told.plan, axis_number), by=executive)
    with pytest.raises(EditionError, match="fe de erratas") as refusal:
        issue(order_of(told.plan, axis_number), by=executive)
    assert (refusal.value.edition, folios()) == (first, [1])


def test_another_corte_of_the_same_eje_is_another_document(told, executive):
    issue(order_of(told.plan), by=executive)
    issue(order_of(told.plan, cut_off=CUT_OFF.replace(month=6, day=30)), by=executive)
    assert folios() == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_ten_emissions_at_once_give_ten_consecutive_folios(told, executive):
    days = [CUT_OFF - timedelta(days=number) for number in range(10)]

    def emit(day):
        try:
            issue(order_of(told.plan, cut_off=day), by=executive)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(emit, days))
    assert folios() == list(range(1, 11))


@pytest.mark.django_db(transaction=True)
def test_of_ten_emissions_of_one_document_at_once_one_gets_a_folio(told, executive):
    order = order_of(told.plan)

    def emit(_):
        try:
            return issue(order, by=executive).folio
        except EditionError as error:
            return error.edition.folio
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(emit, range(10)))
    assert (folios(), len(answers), FolioBook.objects.get().last) == ([1], 1, 1)


# Corrections -----------------------------------------------------------------------------------------------------
@pytest.fixture
def former(told, executive):
    edition = issue(order_of(told.plan), by=executive)
    edition.refresh_from_db()
    return edition


def test_a_correction_is_a_new_edition_that_replaces_the_former(told, executive, former):
    edition = issue(order_of(told.plan), by=executive, correction=Correction(former, "Decía 90; debe decir 91."))
    former.refresh_from_db()
    edition.refresh_from_db()
    assert (former.state, edition.state) == (EditionState.REPLACED, EditionState.IN_FORCE)
    assert (edition.folio_number, edition.replaces, former.is_printed) == (2, former, True)
    sheet = thaw(edition.snapshot.content, edition.kind).edition
    assert (sheet.replaces, sheet.errata) == (former.folio, "Decía 90; debe decir 91.")


def test_of_two_corrections_of_one_edition_the_second_is_told(told, executive, former):
    issue(order_of(told.plan), by=executive, correction=Correction(former, "Una."))
    with pytest.raises(EditionError, match="ya no está vigente"):
        issue(order_of(told.plan), by=executive, correction=Correction(former, "Otra."))
    assert folios() == [1, 2]


@pytest.mark.parametrize("other", [{"cut_off": CUT_OFF.replace(month=6, day=30)}, {"axis_number": None}])
def test_a_correction_is_of_the_same_document_and_corte(told, executive, former, other):
    with pytest.raises(EditionError, match="otro corte"):
        issue(order_of(told.plan, **other), by=executive, correction=Correction(former, "Una."))
    assert folios() == [1]


# Annulment -------------------------------------------------------------------------------------------------------
def test_an_annulled_edition_keeps_folio_and_file_and_says_why(told, executive, former):
    annul(former, "Se emitió con un corte equivocado.", by=executive)
    former.refresh_from_db()
    assert (former.state, former.is_printed) == (EditionState.ANNULLED, True)
    assert former.annulled_reason == "Se emitió con un corte equivocado."
    told = AuditEntry.objects.get(verb=Verb.ANNULLED).data
    assert told == {"folio": former.folio, "reason": digest(former.annulled_reason)}


def test_after_an_annulment_the_document_can_be_emitted_with_the_next_folio(told, executive, former):
    annul(former, "Corte equivocado.", by=executive)
    assert issue(order_of(told.plan), by=executive).folio_number == 2


def test_what_was_annulled_is_not_annulled_again(told, executive, former):
    annul(former, "Una razón.", by=executive)
    with pytest.raises(EditionError, match="ya estaba anulada"):
        annul(former, "Otra razón.", by=executive)
    assert IssuedReport.objects.get().annulled_reason == "Una razón."


# Rows ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": ""},
        {"axis_number": None},
        {"year": 2016},
        {"errata": "Sin reemplazar nada"},
        {"state": EditionState.ANNULLED},
        {"annulled_reason": "Vigente"},
        {"progress": 101},
    ],
)
def test_a_row_that_contradicts_itself_is_refused(former, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedReport.objects.filter(pk=former.pk).update(**wrong)


@pytest.mark.parametrize("change", [lambda rows: rows.update(content="{}"), lambda rows: rows._raw_delete("default")])
def test_a_snapshot_is_never_changed_nor_removed(former, change):
    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
        change(Snapshot.objects.filter(pk=former.snapshot_id))


@pytest.mark.parametrize("typed", ["7kq2-9fxm-4tr0-cvba", "7KQ2 9FXM 4TRO CVBA", " 7KQ29FXM4TR0CVBA"])
def test_a_code_is_found_however_it_is_typed(typed):
    assert plain_code(typed) == "7KQ29FXM4TR0CVBA"
