"""What a stranger is told of an edition, by its code or by its file."""

import hashlib
import io
import zipfile

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from indicators.tests.world import as_read
from plan.enums import Role
from plan.files import fingerprints
from reports.documents.making import Order
from reports.editions.issuing import Correction, annul, issue
from reports.exports.documents import FORMATS
from reports.models import IssuedReport, SignedCopy
from reports.tests import story, world
from reports.tests.world import CUT_OFF

START = reverse("reports:verify_any")
FORGED = "0123-4567-89AB-CDEF"
pytestmark = pytest.mark.usefixtures("quick_press")


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


def path_of(edition: IssuedReport) -> str:
    return reverse("reports:verify", args=[edition.code])


def text_of(response) -> str:
    return " ".join(as_read(response.content.decode()).split())


def bytes_of(edition: IssuedReport) -> bytes:
    with storages["private"].open(edition.storage_name) as kept:
        return kept.read()


def sent(client, path: str, content: bytes) -> str:
    return text_of(client.post(path, {"file": SimpleUploadedFile("informe.pdf", content)}))


def signed_copy_of(edition: IssuedReport, content: bytes) -> SignedCopy:
    sha256 = hashlib.sha256(content).hexdigest()
    return SignedCopy.objects.create(
        edition=edition, storage_name="zz/zz/z", sha256=sha256, size=len(content), added_by=edition.issued_by
    )


# By the code -------------------------------------------------------------------------------------------------------
def test_a_stranger_reads_what_was_emitted_and_that_it_holds(client, emit):
    edition = emit()
    page = text_of(client.get(path_of(edition)))
    told = (edition.folio, edition.code_text, edition.document, "31-12-2016", edition.sha256, edition.snapshot.sha256)
    assert [word for word in (*told, "Esta edición está vigente.") if word not in page] == []


def test_the_page_names_nobody_and_leads_nowhere_inside(client, emit):
    edition = emit()
    signed_copy_of(edition, b"firmado")
    page = text_of(client.get(path_of(edition)))
    assert edition.issued_by.full_name not in page
    assert edition.issued_by.email not in page
    assert ('<nav aria-label="Principal"' in page, "/informes/" in page) == (False, False)


@pytest.mark.parametrize("typed", ["{0}", "{1}", "{2}", " {1} "])
def test_a_code_is_understood_however_it_is_typed(client, emit, typed):
    edition = emit()
    forms = (edition.code, edition.code_text, edition.code.lower().replace("0", "o").replace("1", "l"))
    response = client.get(START, {"codigo": typed.format(*forms)}, follow=True)
    assert response.redirect_chain == [(path_of(edition), 302)]
    assert edition.folio in text_of(response)


def test_an_unknown_code_is_told_as_what_may_be_a_forgery(client, emit):
    emit()
    response = client.get(START, {"codigo": FORGED}, follow=True)
    assert response.status_code == 404
    page = text_of(response)
    assert f'Ninguna edición tiene el código <span class="nowrap">{FORGED}</span>.' in page
    assert "puede ser una falsificación" in page


@pytest.mark.parametrize(
    ("typed", "told"), [("ABC", "El código tiene 16 letras y números; este tiene 3."), (" ", "Escriba el código.")]
)
def test_what_is_no_code_is_told_at_its_field(client, db, typed, told):
    page = text_of(client.get(START, {"codigo": typed}))
    assert told in page
    assert 'aria-invalid="true"' in page


def test_a_replaced_edition_leads_to_the_one_that_replaced_it_and_back(client, emit):
    former = emit()
    edition = emit(Correction(former, "Decía 90; debe decir 91."))
    page = text_of(client.get(path_of(former)))
    assert "Esta edición ya no vale: la reemplazó" in page
    assert f'href="{path_of(edition)}">{edition.folio}</a>' in page
    page = text_of(client.get(path_of(edition)))
    assert f'<a href="{path_of(former)}">{former.folio}</a>' in page
    assert "Decía 90; debe decir 91." in page


def test_an_annulled_edition_says_when_and_why(client, emit, executive):
    edition = emit()
    annul(edition, "Corte equivocado.", by=executive)
    day = timezone.localdate().strftime("%d-%m-%Y")
    assert f"Esta edición fue anulada el {day} y no vale. Motivo: Corte equivocado." in text_of(
        client.get(path_of(edition))
    )


def test_an_edition_in_production_is_not_printed_yet_and_has_no_file_to_compare(client, emit, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    page = text_of(client.get(path_of(emit())))
    assert "todavía no está impresa" in page
    assert ("SHA-256 del PDF" in page, "Comparar el archivo" in page) == (False, False)


def test_a_signed_copy_is_told_with_its_digest(client, emit):
    edition = emit()
    assert "No hay." in text_of(client.get(path_of(edition)))
    copy = signed_copy_of(edition, b"firmado")
    assert copy.sha256 in text_of(client.get(path_of(edition)))


# By the file -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("knows_the_code", [True, False])
def test_the_emitted_file_is_recognised(client, emit, knows_the_code):
    edition = emit()
    page = sent(client, path_of(edition) if knows_the_code else START, bytes_of(edition))
    assert "Es idéntico al archivo emitido con el folio" in page
    assert "Esta edición está vigente." in page
    assert "aviso-linea--bien" in page


def test_the_file_of_an_edition_that_no_longer_holds_is_recognised_as_that(client, emit, executive):
    edition = emit()
    annul(edition, "Corte equivocado.", by=executive)
    page = sent(client, START, bytes_of(edition))
    assert "Es idéntico al archivo emitido" in page
    assert "Motivo: Corte equivocado." in page
    assert ("aviso-linea--aviso" in page, "aviso-linea--bien" in page) == (True, False)


def test_the_signed_copy_is_recognised(client, emit):
    edition = emit()
    signed_copy_of(edition, b"%PDF firmado")
    assert "Es idéntico a la copia firmada de" in sent(client, path_of(edition), b"%PDF firmado")


def test_the_file_of_another_edition_is_told_with_its_folio_and_state(client, emit):
    former = emit()
    edition = emit(Correction(former, "Decía 90."))
    page = sent(client, path_of(edition), bytes_of(former))
    assert f'Es el archivo de otra edición: <a class="nowrap" href="{path_of(former)}">{former.folio}</a>' in page
    assert f"No es el de {edition.folio}." in page
    assert "Esta edición ya no vale: la reemplazó" in page


def test_a_file_with_a_flipped_byte_was_not_emitted(client, emit):
    edition = emit()
    page = sent(client, path_of(edition), bytes_of(edition).replace(b"%PDF", b"%PdF"))
    assert "No es un archivo que se haya emitido." in page
    assert "aviso-linea--error" in page


DATA = ("edition_xlsx", "edition_csv", "edition_json")


def handed_out(executive, edition: IssuedReport, name: str) -> bytes:
    desk = Client()
    desk.force_login(executive)
    return b"".join(desk.get(reverse(f"reports:{name}", args=[edition.folio])))


@pytest.mark.parametrize("name", DATA)
def test_the_data_that_the_portal_handed_out_are_recognised(client, emit, executive, name):
    edition = emit()
    content = handed_out(executive, edition, name)
    page = sent(client, START, content)
    assert (
        f'a los datos que el portal entregó de <a class="nowrap" href="{path_of(edition)}">{edition.folio}</a>' in page
    )
    assert "aviso-linea--bien" in page
    assert "No es un archivo que se haya emitido." in sent(client, START, content + b"\n")


def test_the_archive_is_recognised_also_after_a_signed_copy_made_another_of_it(client, emit, executive):
    edition = emit()
    content = handed_out(executive, edition, "edition_archive")
    SignedCopy.objects.create(
        edition=edition, storage_name=edition.storage_name, sha256=edition.sha256, size=1, added_by=executive
    )
    newer = handed_out(executive, edition, "edition_archive")
    assert newer != content
    for archive in (content, newer):
        page = sent(client, path_of(edition), archive)
        assert f"Es idéntico al archivo completo que el portal entregó de {edition.folio}." in page


def test_every_file_taken_out_of_the_archive_is_recognised_for_what_it_is(client, emit, executive):
    edition = emit()
    with zipfile.ZipFile(io.BytesIO(handed_out(executive, edition, "edition_archive"))) as archive:
        pages = {
            name.removeprefix(edition.folio): sent(client, START, archive.read(name)) for name in archive.namelist()
        }
    sentences = {".pdf": "al archivo emitido con el folio", "LEEME.txt": "a un texto del archivo completo"}
    sentences |= {"MANIFIESTO.txt": "a un texto del archivo completo"}
    sentences |= {f"-datos.{extension}": "a los datos que el portal entregó de" for extension in FORMATS}
    assert {name: sentence in pages[name] for name, sentence in sentences.items()} == dict.fromkeys(pages, True)


def test_the_data_of_an_annulled_edition_do_not_hold(client, emit, executive):
    edition = emit()
    content = handed_out(executive, edition, "edition_xlsx")
    annul(edition, "Corte equivocado.", by=executive)
    page = sent(client, START, content)
    assert "a los datos que el portal entregó de" in page
    assert ("aviso-linea--aviso" in page, "Motivo: Corte equivocado." in page) == (True, True)


def test_a_csv_that_two_editions_share_is_of_the_one_asked_for_or_else_of_the_one_in_force(client, emit, executive):
    former = emit()
    edition = emit(Correction(former, "Decía 90."))
    content = handed_out(executive, former, "edition_csv")
    assert handed_out(executive, edition, "edition_csv") == content
    assert f"entregó de {former.folio}." in sent(client, path_of(former), content)
    assert f'href="{path_of(edition)}">{edition.folio}</a>.</strong>' in sent(client, START, content)


def test_the_digest_that_a_browser_reckoned_does_as_well_as_the_file(client, emit):
    edition = emit()
    for path in (START, path_of(edition)):
        assert "Es idéntico al archivo emitido" in text_of(client.get(path, {"huella": edition.sha256}))
        assert "No es un archivo que se haya emitido" in text_of(client.get(path, {"huella": "0" * 64}))


@pytest.mark.parametrize("digest", ["", "0" * 63, "0" * 65, "G" * 64, "0" * 64 + "\n0", "<script>"])
def test_what_is_no_digest_is_compared_with_nothing(client, emit, digest):
    page = text_of(client.get(path_of(emit()), {"huella": digest}))
    assert ("SHA-256 del archivo" in page, "<script>" in page) == (False, False)


# Sending a file ----------------------------------------------------------------------------------------------------
@pytest.fixture
def _nothing_is_written(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("A file that is compared was kept")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse)
    monkeypatch.setattr("django.core.files.uploadedfile.InMemoryUploadedFile.__init__", refuse)
    monkeypatch.setattr("plan.files.storage.PrivateStorage._save", refuse)


@pytest.mark.usefixtures("_nothing_is_written")
def test_a_file_that_is_sent_is_kept_nowhere(client, db):
    content = b"0123456789" * 300_000
    page = text_of(client.post(START, {"file": io.BytesIO(content)}))
    assert hashlib.sha256(content).hexdigest() in page


def test_no_file_is_told_at_its_field(client, db):
    response = client.post(START, {})
    assert response.status_code == 422
    assert "Elija el archivo que quiere comparar." in text_of(response)


def test_a_file_that_is_too_large_is_told_at_its_field_and_not_looked_at(client, db, monkeypatch):
    def refuse(*_):
        raise AssertionError("It was read")

    monkeypatch.setattr(fingerprints, "MAX_SENT_BYTES", 1000)
    monkeypatch.setattr(fingerprints.FingerprintHandler, "receive_data_chunk", refuse)
    page = sent(client, START, b"0" * (fingerprints.ENVELOPE_BYTES + 2000))
    assert fingerprints.TOO_LARGE_TO_COMPARE in page
    assert "SHA-256 del archivo" not in page


def test_the_form_needs_its_token(db):
    browser = Client(enforce_csrf_checks=True)
    file = {"file": SimpleUploadedFile("informe.pdf", b"%PDF")}
    assert browser.post(START, file).status_code == 403
    browser.get(START)
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    file = {"file": SimpleUploadedFile("informe.pdf", b"%PDF")}
    assert browser.post(START, token | file).status_code == 200


def test_sending_file_after_file_is_slowed_down_and_reading_is_not(client, db, monkeypatch):
    cache.clear()
    monkeypatch.setitem(settings.ACCOUNT_RATE_LIMITS, "verification", "2/m/ip")
    assert [client.post(START, {}).status_code for _ in range(3)] == [422, 422, 429]
    assert client.get(START).status_code == 200
    cache.clear()
