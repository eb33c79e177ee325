"""The copy that comes back signed: kept beside its edition where it holds the emitted bytes, refused where not."""

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from indicators.tests.world import as_read
from plan.enums import Role, Verb
from plan.files.errors import FileRejected
from plan.models import AuditEntry
from plan.tests import sample_files
from reports.documents.making import Order
from reports.editions import producing, signing
from reports.editions.issuing import Correction, annul, issue
from reports.editions.signing import add_signed_copy
from reports.models import IssuedReport, SignedCopy
from reports.tests import story, world
from reports.tests.signatures import rewritten, signed
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
def executive(client, plan):
    user = world.make_secretary(plan, Role.EXECUTIVE)
    client.force_login(user)
    return user


@pytest.fixture
def edition(plan, executive) -> IssuedReport:
    made = issue(Order(plan, CUT_OFF, timezone.now(), 1, None), by=executive)
    made.refresh_from_db()
    return made


@pytest.fixture
def emitted(edition) -> bytes:
    with storages["private"].open(edition.storage_name) as kept:
        return kept.read()


def text_of(response) -> str:
    return " ".join(as_read(response.content.decode()).split())


def send(client, edition: IssuedReport, content: bytes, name="firmado.pdf"):
    path = reverse("reports:add_signed_copy", args=[edition.folio])
    return client.post(path, {"file": SimpleUploadedFile(name, content)}, follow=True)


# Kept --------------------------------------------------------------------------------------------------------------
def test_a_signed_copy_is_kept_logged_shown_and_handed_out(client, edition, emitted):
    content = signed(emitted)
    page = text_of(send(client, edition, content))
    copy = SignedCopy.objects.get()
    assert f"La copia firmada de {edition.folio} quedó guardada." in page
    assert copy.sha256 in page
    uploaded = AuditEntry.objects.get(verb=Verb.UPLOADED)
    assert (uploaded.object_id, uploaded.data) == (str(edition.pk), {"folio": edition.folio, "hash": copy.sha256})
    file = client.get(reverse("reports:download_signed_copy", args=[edition.folio, copy.pk]))
    assert file["Content-Disposition"] == f'attachment; filename="{edition.folio}-firmado.pdf"'
    assert b"".join(file.streaming_content) == content
    assert AuditEntry.objects.get(verb=Verb.EXPORTED).data == {"hash": copy.sha256}


def test_a_copy_signed_twice_over_is_one_more(client, edition, emitted):
    once = signed(emitted)
    send(client, edition, once)
    send(client, edition, signed(once))
    assert SignedCopy.objects.count() == 2


# Refused -----------------------------------------------------------------------------------------------------------
def refused(client, edition, content: bytes, name="firmado.pdf") -> str:
    """The page that refuses, with nothing kept."""
    response = send(client, edition, content, name)
    assert (response.status_code, SignedCopy.objects.count()) == (422, 0)
    return text_of(response)


def test_a_file_that_the_tool_wrote_anew_is_refused_with_what_to_do(client, edition, emitted):
    page = refused(client, edition, rewritten(emitted))
    assert signing.REWRITTEN in page
    assert 'aria-invalid="true"' in page


def test_the_file_of_another_edition_is_refused(client, edition):
    assert signing.REWRITTEN in refused(client, edition, signed(sample_files.pdf(text="Otra")))


def test_the_emitted_file_without_a_signature_is_refused(client, edition, emitted):
    assert signing.UNSIGNED in refused(client, edition, emitted)


def test_a_byte_changed_near_the_end_is_noticed(client, edition, emitted):
    page = refused(client, edition, signed(emitted).replace(b"/ID", b"/Id", 1))
    assert signing.REWRITTEN in page


def test_a_signature_that_brings_a_script_is_refused(client, edition, emitted):
    script = b"<< /ByteRange [0 1 2 3] /S /JavaScript /JS (app.alert\\(1\\)) >>"
    assert "El PDF contiene programas (JavaScript)" in refused(client, edition, signed(emitted, added=script))


@pytest.mark.parametrize(("content", "name"), [(b"", "firmado.pdf"), (b"hola", "firmado.pdf"), (b"a;b", "f.exe")])
def test_what_is_no_pdf_is_refused(client, edition, content, name):
    assert 'id="id_file_error"' in refused(client, edition, content, name)


def test_a_file_that_is_too_large_is_refused(client, edition, emitted, monkeypatch):
    monkeypatch.setattr(signing, "MAX_SENT_BYTES", 1000)
    assert "El archivo pesa más de" in refused(client, edition, signed(emitted))


def test_no_file_is_told_at_its_field(client, edition):
    response = client.post(reverse("reports:add_signed_copy", args=[edition.folio]))
    assert response.status_code == 422
    assert "Elija el PDF firmado." in text_of(response)


def test_whoever_opens_the_address_of_a_refusal_again_is_led_to_the_edition(client, edition):
    response = client.get(reverse("reports:add_signed_copy", args=[edition.folio]))
    assert response.url == reverse("reports:edition", args=[edition.folio])


def test_the_same_file_twice_is_told(client, edition, emitted):
    send(client, edition, signed(emitted))
    response = send(client, edition, signed(emitted))
    assert signing.ALREADY_KEPT in text_of(response)
    assert SignedCopy.objects.count() == 1


def test_an_edition_that_is_not_printed_takes_no_signed_copy(plan, executive, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    edition = issue(Order(plan, CUT_OFF, timezone.now(), 1, None), by=executive)
    with pytest.raises(FileRejected, match="todavía no está impresa"):
        add_signed_copy(edition, sample_files.upload("f.pdf", signed(sample_files.pdf())), by=executive)


def test_a_row_that_cannot_be_kept_leaves_no_file(edition, emitted, executive, monkeypatch):
    discarded = []

    def fail(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(signing, "discard", discarded.append)
    monkeypatch.setattr(signing.audit, "record", fail)
    with pytest.raises(RuntimeError):
        add_signed_copy(edition, sample_files.upload("f.pdf", signed(emitted)), by=executive)
    assert (len(discarded), SignedCopy.objects.count()) == (1, 0)


# No longer in force ------------------------------------------------------------------------------------------------
def test_a_replaced_edition_takes_the_copy_that_was_signed_before_and_leads_to_the_one_to_sign(
    client, plan, edition, emitted, executive
):
    order = Order(plan, CUT_OFF, timezone.now(), 1, None)
    newer = issue(order, by=executive, correction=Correction(edition, "Decía 90."))
    page = text_of(client.get(reverse("reports:edition", args=[edition.folio])))
    assert "Agregue aquí solo la copia que se firmó antes y llegó después." in page
    assert f'href="{reverse("reports:edition", args=[newer.folio])}">{newer.folio}</a>.</p></div>' in page
    assert send(client, edition, signed(emitted)).status_code == 200
    assert SignedCopy.objects.get().edition == edition


def test_an_annulled_edition_takes_none_and_says_why_it_is_not_offered(client, edition, emitted, executive):
    send(client, edition, signed(emitted))
    annul(edition, "Corte equivocado.", by=executive)
    page = text_of(client.get(reverse("reports:edition", args=[edition.folio])))
    assert "la edición fue anulada, y una firma no le devuelve su valor" in page
    assert "Lo que ya se había agregado se conserva." in page
    assert 'type="file"' not in page
    response = send(client, edition, signed(signed(emitted)))
    assert (response.status_code, SignedCopy.objects.count()) == (422, 1)
    assert signing.ANNULLED in text_of(response)


def test_an_edition_annulled_while_its_copy_arrives_takes_it_no_more(edition, emitted, executive, monkeypatch):
    def annulled_meanwhile(*_):
        annul(edition, "Corte equivocado.", by=executive)
        return ""

    monkeypatch.setattr(signing, "problem_of", annulled_meanwhile)
    with pytest.raises(FileRejected, match="fue anulada"):
        add_signed_copy(edition, sample_files.upload("f.pdf", signed(emitted)), by=executive)
    assert not SignedCopy.objects.exists()


# Others ------------------------------------------------------------------------------------------------------------
def test_a_copy_is_found_only_under_its_own_edition(client, plan, edition, emitted, executive):
    copy = add_signed_copy(edition, sample_files.upload("f.pdf", signed(emitted)), by=executive)
    other = issue(Order(plan, CUT_OFF.replace(day=30), timezone.now(), 1, None), by=executive)
    assert client.get(reverse("reports:download_signed_copy", args=[other.folio, copy.pk])).status_code == 404


def test_readers_take_the_copy_and_are_not_told_who_added_it(client, plan, edition, emitted, executive):
    copy = add_signed_copy(edition, sample_files.upload("f.pdf", signed(emitted)), by=executive)
    reader = world.make_user(Role.FOCAL_POINT, institution=world.make_institution("Otra", plan=plan))
    client.force_login(reader)
    page = text_of(client.get(reverse("reports:edition", args=[edition.folio])))
    assert copy.sha256 in page
    assert (executive.full_name in page, "Agregar la copia firmada" in page) == (False, False)
    assert send(client, edition, signed(emitted)).status_code == 404
