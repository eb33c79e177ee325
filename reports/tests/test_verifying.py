"""manage.py verify_reports finds what was altered since it was emitted, one story for each kind of damage."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from plan.enums import Role
from plan.models import AuditEntry
from plan.tests import sample_files
from reports.documents.making import Order
from reports.editions import producing, verifying
from reports.editions.issuing import Correction, annul, issue
from reports.editions.signing import add_signed_copy
from reports.enums import EditionState
from reports.facts.freezing import digest
from reports.models import FolioBook, IssuedReport, SignedCopy
from reports.tests import story, world
from reports.tests.signatures import signed
from reports.tests.test_producing import alter
from reports.tests.world import CUT_OFF


@pytest.fixture(autouse=True)
def _press(monkeypatch):
    """Lays out a single page, which can be signed."""

    def print_facts(facts, fingerprint, tell):
        return sample_files.pdf(text=f"{facts.edition.folio} {fingerprint}")

    monkeypatch.setattr(producing, "print_facts", print_facts)


@pytest.fixture
def plan(db):
    return story.tell().plan


@pytest.fixture
def executive(plan):
    return world.make_secretary(plan, Role.EXECUTIVE)


@pytest.fixture
def emit(plan, executive):
    def emit_now(correction: Correction | None = None, cut_off=CUT_OFF) -> IssuedReport:
        edition = issue(Order(plan, cut_off, timezone.now(), 1, None), by=executive, correction=correction)
        edition.refresh_from_db()
        return edition

    return emit_now


@pytest.fixture
def copy(emit, executive) -> SignedCopy:
    edition = emit()
    upload = sample_files.upload("firmado.pdf", signed(path_of(edition).read_bytes()))
    return add_signed_copy(edition, upload, by=executive)


def path_of(row: IssuedReport | SignedCopy) -> Path:
    return Path(storages["private"].path(row.storage_name))


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def change(edition: IssuedReport, **fields) -> None:
    """As somebody would who has the database in hand."""
    IssuedReport.objects.filter(pk=edition.pk).update(**fields)


def found(**options) -> dict[str, list[str]]:
    """What is wrong, by folio."""
    examined: dict[str, list[str]] = {}
    for one in verifying.examine_all(**options):
        examined.setdefault(one.folio, []).extend(one.problems)
    return {folio: problems for folio, problems in examined.items() if problems}


# In order --------------------------------------------------------------------------------------------------------
def test_editions_in_every_state_are_in_order(emit, executive, copy):
    former = copy.edition
    emit(Correction(former, "Decía 90; debe decir 91."))
    annul(emit(cut_off=CUT_OFF.replace(day=30)), "Corte equivocado.", by=executive)
    out = StringIO()
    call_command("verify_reports", "--render", stdout=out)
    year = timezone.localdate().year
    assert out.getvalue().splitlines() == [
        f"MITP-{year}-001: en orden.",
        f"MITP-{year}-002: en orden.",
        f"MITP-{year}-003: en orden.",
        "Folios revisados: 3; en orden: 3; con problemas: 0.",
    ]


def test_an_edition_that_is_not_printed_yet_is_in_order(emit, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    emit()
    assert found() == {}


def test_the_command_ends_with_1_and_says_what_is_wrong_with_which_edition(emit):
    edition = emit()
    path_of(edition).unlink()
    out = StringIO()
    with pytest.raises(CommandError, match="con problemas: 1") as raised:
        call_command("verify_reports", stdout=out)
    assert raised.value.returncode == 1
    assert out.getvalue() == f"{edition.folio}: el archivo no está o no se puede leer.\n"


# The file --------------------------------------------------------------------------------------------------------
def test_a_flipped_byte_is_found(emit):
    edition = emit()
    flip_a_byte(path_of(edition))
    assert found() == {edition.folio: ["los bytes del archivo no coinciden con su huella: fue alterado"]}


def test_a_file_that_was_replaced_together_with_its_hash_is_found_by_the_log(emit):
    edition = emit()
    forged = b"%PDF-1.7 otra cosa"
    path_of(edition).write_bytes(forged)
    change(edition, sha256=digest(forged.decode()), size=len(forged))
    assert found() == {edition.folio: [verifying.HASH_ALTERED]}


def test_a_size_that_is_not_that_of_the_file_is_found(emit):
    edition = emit()
    size = edition.size
    change(edition, size=7)
    assert found() == {edition.folio: [f"el archivo pesa {size} bytes y debe pesar 7"]}


def test_an_edition_robbed_of_its_file_is_found(emit):
    edition = emit()
    change(edition, state=EditionState.IN_PRODUCTION, storage_name="", sha256="", size=None, printed_at=None)
    assert found() == {edition.folio: [verifying.FILE_LOST]}


def test_printed_again_by_another_hand_it_is_found(emit, monkeypatch):
    edition = emit()
    monkeypatch.setattr(producing, "print_facts", lambda *_: b"%PDF-1.7 otra versi\xc3\xb3n")
    assert found() == {}
    assert found(prints_again=True) == {edition.folio: [verifying.PRINTED_OTHERWISE]}


# What was frozen, and the row --------------------------------------------------------------------------------------
def test_an_altered_snapshot_is_found(emit):
    edition = emit()
    alter(edition.snapshot)
    assert found() == {edition.folio: [verifying.SNAPSHOT_ALTERED]}


def test_a_forged_code_is_found(emit):
    edition = emit()
    change(edition, code="0123456789ABCDEF")
    assert found() == {edition.folio: [verifying.CHANGED["code"]]}


def test_a_changed_corte_is_found(emit):
    edition = emit()
    change(edition, as_of=CUT_OFF.replace(year=2017))
    assert found() == {edition.folio: [verifying.CHANGED["cut_off"]]}


def test_errata_that_were_rewritten_are_found(emit):
    edition = emit(Correction(emit(), "Decía 90; debe decir 91."))
    change(edition, errata="Sin importancia.")
    assert found() == {edition.folio: [verifying.ERRATA_ALTERED]}


def test_a_reason_of_annulment_that_was_rewritten_is_found(emit, executive):
    edition = emit()
    annul(edition, "Corte equivocado.", by=executive)
    change(edition, annulled_reason="Otra cosa.")
    assert found() == {edition.folio: [verifying.REASON_ALTERED]}


def test_an_annulled_edition_that_was_put_back_into_force_is_found(emit, executive):
    edition = emit()
    annul(edition, "Corte equivocado.", by=executive)
    change(edition, state=EditionState.IN_FORCE, annulled_at=None, annulled_reason="")
    assert found() == {edition.folio: [verifying.STATE_ALTERED]}


def test_a_replaced_edition_that_was_put_back_into_force_is_found(emit):
    former = emit()
    change(emit(Correction(former, "Decía 90.")), state=EditionState.REPLACED)
    change(former, state=EditionState.IN_FORCE)
    assert set(found()[former.folio]) == {verifying.STATE_ALTERED}


def test_an_edition_inserted_by_hand_is_found(emit):
    edition = emit()
    entries = AuditEntry.objects.filter(object_id=str(edition.pk))
    assert entries.count() == 2
    IssuedReport.objects.filter(pk=edition.pk).update(id=edition.pk + 500)
    assert found() == {edition.folio: [verifying.NOT_EMITTED, verifying.NOT_IN_FORCE_IN_LOG]}


# Folios ----------------------------------------------------------------------------------------------------------
def test_an_edition_that_was_deleted_leaves_a_gap(emit):
    edition = emit()
    later = emit(cut_off=CUT_OFF.replace(day=30))
    IssuedReport.objects.filter(pk=edition.pk).delete()
    assert found() == {edition.folio: [verifying.FOLIO_MISSING]}
    assert later.folio_number == 2


def test_the_last_edition_deleted_with_its_line_in_the_book_is_found_by_the_log(emit):
    edition = emit()
    IssuedReport.objects.filter(pk=edition.pk).delete()
    FolioBook.objects.update(last=0)
    assert found() == {edition.folio: [verifying.FOLIO_MISSING, verifying.FOLIO_NOT_IN_BOOK]}


def test_a_folio_that_the_book_never_gave_is_found(emit):
    edition = emit()
    FolioBook.objects.update(last=0)
    assert found() == {edition.folio: [verifying.FOLIO_NOT_IN_BOOK]}


# Signed copies -----------------------------------------------------------------------------------------------------
def test_a_flipped_byte_of_a_signed_copy_is_found(copy):
    flip_a_byte(path_of(copy))
    label = f"copia firmada {copy.sha256[:12]}"
    assert found() == {
        copy.edition.folio: [
            f"{label}: los bytes del archivo no coinciden con su huella: fue alterado",
            f"{label}: no contiene el archivo emitido con una firma",
        ]
    }


def test_a_signed_copy_inserted_by_hand_is_found(copy):
    other = signed(path_of(copy.edition).read_bytes() + b"\n")
    name = storages["private"].save("zz/zz/otra", sample_files.upload("otra.pdf", other))
    SignedCopy.objects.create(
        edition=copy.edition, storage_name=name, sha256=digest(other.decode("latin-1")), size=len(other),
        added_by=copy.added_by,
    )  # fmt: skip
    assert "no figura en la bitácora: la fila se agregó a mano" in found()[copy.edition.folio][0]
