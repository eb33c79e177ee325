"""Evidence that comes with the page of a report: each piece on its own, each problem at its medio."""

import pytest
from django.urls import reverse

from indicators import filing
from indicators.enums import Classification
from indicators.evidence_board import EvidenceBoard
from indicators.models import Evidence, StoredFile
from indicators.tests.filling import typed
from indicators.tests.world import enter, text_of
from plan.enums import Verb
from plan.files.checks import EMPTY, TOO_LARGE
from plan.files.limits import MAX_FILE_BYTES
from plan.models import AuditEntry
from plan.tests.sample_files import docx, image, pdf, upload

WITH_RUN = "Asistió la persona de RUN 12.345.678-5."


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    return settings.PRIVATE_MEDIA_ROOT


@pytest.fixture
def report(world):
    return world.draft()


def save(world, report, *, name: str = "edit_report", who=None, means=None, **fields):
    """Save the page of a report with these fields of a medio; answers with the page that the person sees."""
    report.refresh_from_db()
    means = means or world.means
    fields = {f"m{means.pk}-{field}": value for field, value in fields.items()}
    path = reverse(f"indicators:{name}", args=[report.pk])
    return enter(who or world.focal).post(path, typed(world, report, **fields), follow=True)


def errors(response) -> dict:
    return {f.means.number: dict(f.errors) for f in response.context["entry"].evidence if f.errors}


def kept_below(root) -> list:
    return [path for path in root.rglob("*") if path.is_file()]


# Files


def test_a_file_is_kept_with_its_digest_and_its_row_in_the_log(world, report, root):
    content = pdf()
    assert save(world, report, uploads=upload("Informe ñandú.pdf", content)).status_code == 200
    file = StoredFile.objects.get()
    assert (file.name, file.size, file.content_type) == ("Informe ñandú.pdf", len(content), "application/pdf")
    assert (file.owner, file.uploaded_by, file.classification) == (world.x, world.focal, Classification.INTERNAL)
    assert [path.read_bytes() for path in kept_below(root)] == [content]
    evidence = Evidence.objects.get()
    assert (evidence.means, evidence.file, evidence.added_by) == (world.means, file, world.focal)
    entry = AuditEntry.objects.get(verb=Verb.UPLOADED)
    assert (entry.user, entry.data["hash"]) == (world.focal, file.sha256)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vacio.pdf", b"", EMPTY),
        ("enorme.csv", b"a" * (MAX_FILE_BYTES + 1), TOO_LARGE),
    ],
)
def test_a_file_that_may_not_be_kept_is_told_by_name_and_leaves_nothing(world, report, root, name, content, sentence):
    response = save(world, report, uploads=upload(name, content))
    assert errors(response) == {1: {"uploads": [f"{name}: {sentence}"]}}
    assert not StoredFile.objects.exists()
    assert not kept_below(root)


@pytest.mark.parametrize(
    ("name", "content"), [("programa.exe", b"MZ" * 99), ("foto.pdf", image()), ("pagina.html", b"<p>Hola</p>")]
)
def test_a_wrong_type_is_refused_whatever_its_name_says(world, report, root, name, content):
    response = save(world, report, uploads=upload(name, content))
    assert errors(response)[1]["uploads"][0].startswith(f"{name}: ")
    assert not StoredFile.objects.exists()
    assert not kept_below(root)


def test_one_wrong_file_does_not_lose_the_right_ones_nor_the_text(world, report):
    files = [upload("uno.pdf", pdf(text="Uno")), upload("dos.exe", b"MZ"), upload("tres.pdf", pdf(text="Tres"))]
    response = save(world, report, uploads=files)
    assert len(errors(response)[1]["uploads"]) == 1
    assert [e.file.name for e in report.evidence.order_by("pk")] == ["uno.pdf", "tres.pdf"]
    report.refresh_from_db()
    assert report.draft["narrative"] == ["Se hicieron dos jornadas."]
    page = text_of(response)
    assert "uno.pdf" in page
    assert "Se hicieron dos jornadas." in page


def test_a_refused_file_stops_the_submit(world, report):
    files = [upload("uno.pdf", pdf()), upload("dos.exe", b"MZ")]
    response = save(world, report, name="submit_report", uploads=files)
    assert response.status_code == 422
    report.refresh_from_db()
    assert report.state == "draft"


def test_more_than_twenty_files_at_once_are_too_many(world, report):
    files = [upload(f"{number}.csv", b"a;b\n%d;1\n" % number) for number in range(21)]
    assert errors(save(world, report, uploads=files)) == {1: {"uploads": ["Suba hasta 20 archivos a la vez."]}}
    assert not StoredFile.objects.exists()


def test_the_same_bytes_twice_in_a_medio_are_refused_under_any_name(world, report):
    save(world, report, uploads=upload("uno.pdf", pdf()))
    response = save(world, report, uploads=upload("otro nombre.pdf", pdf()))
    assert errors(response) == {1: {"uploads": [f"otro nombre.pdf: {filing.ALREADY_HERE}"]}}
    assert Evidence.objects.count() == 1


def test_a_file_proves_another_medio_of_the_same_report_without_being_kept_twice(world, report, root):
    other = world.new_means(world.action)
    save(world, report, uploads=upload("uno.pdf", pdf()))
    save(world, report, means=other, uploads=upload("otro nombre.pdf", pdf()))
    assert [(e.means, e.file.name) for e in report.evidence.all()] == [(world.means, "uno.pdf"), (other, "uno.pdf")]
    assert len(kept_below(root)) == 1


def test_a_file_that_the_institution_has_elsewhere_is_linked_and_not_kept_twice(world, report, root):
    save(world, report, uploads=upload("uno.pdf", pdf()))
    later = world.draft(period=world.new_period(ends_on=world.period.starts_on))
    save(world, later, uploads=upload("dos.pdf", pdf()))
    assert later.evidence.get().file == report.evidence.get().file == StoredFile.objects.get()
    assert len(kept_below(root)) == 1


def test_two_institutions_with_the_same_file_share_nothing(world, report):
    world.duty(world.action, world.y)
    save(world, report, uploads=upload("uno.pdf", pdf()))
    save(world, world.draft(world.y), who=world.focal_y, uploads=upload("dos.pdf", pdf()))
    first, second = StoredFile.objects.order_by("pk")
    assert (first.owner, second.owner, second.name) == (world.x, world.y, "dos.pdf")
    assert first.storage_name != second.storage_name


def test_when_the_row_cannot_be_written_the_bytes_are_discarded(world, report, root, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(filing, "_add", fail)
    with pytest.raises(RuntimeError):
        filing.file_upload(report, world.means, upload("uno.pdf", pdf()), by=world.focal)
    assert not kept_below(root)
    assert not StoredFile.objects.exists()


def test_a_storage_that_fails_is_told_and_keeps_the_text(world, report, monkeypatch):
    def fail(*args):
        raise filing.FileError("El almacenamiento de archivos no responde.")

    monkeypatch.setattr(filing, "store", fail)
    response = save(world, report, uploads=upload("uno.pdf", pdf()))
    assert errors(response) == {1: {"uploads": ["uno.pdf: El almacenamiento de archivos no responde."]}}
    report.refresh_from_db()
    assert report.draft["narrative"] == ["Se hicieron dos jornadas."]


def test_a_link_is_filed_with_its_address(world, report):
    save(world, report, url="www.dt.example/informe")
    assert (report.evidence.get().kind, report.evidence.get().url) == ("link", "https://www.dt.example/informe")


def test_a_link_sent_twice_is_filed_once(world, report):
    """Its field still has it when the page comes back with a refused file."""
    for _ in range(2):
        save(world, report, url="https://www.dt.example/informe")
    assert report.evidence.count() == 1


# Reserved medios


@pytest.fixture
def reserved(world):
    return world.new_means(world.action, reserved=True)


OFICIO = {"document_number": "123-B", "document_date": "05-12-2016"}


def test_a_reserved_medio_refuses_files_and_links(world, report, reserved, root):
    with pytest.raises(filing.FilingError, match=filing.RESERVED_MEANS):
        filing.file_upload(report, reserved, upload("uno.pdf", pdf()), by=world.focal)
    with pytest.raises(filing.FilingError, match=filing.RESERVED_MEANS):
        filing.add_link(report, reserved, "https://www.dt.example", by=world.focal)
    assert not Evidence.objects.exists()
    assert not kept_below(root)


def test_what_a_forged_page_sends_to_a_reserved_medio_is_not_kept(world, report, reserved, root):
    save(world, report, means=reserved, uploads=upload("uno.pdf", pdf()), url="https://www.dt.example")
    assert not Evidence.objects.exists()
    assert not kept_below(root)


def test_an_oficio_certifies_a_reserved_medio(world, report, reserved):
    save(world, report, means=reserved, issuer=world.x.pk, attested_count="1.200", **OFICIO)
    evidence = report.evidence.get()
    assert (evidence.kind, evidence.document_number, evidence.attested_count) == ("attestation", "123-B", 1200)
    assert evidence.label == "Oficio N.º\u00a0123-B, 05-12-2016, Dirección del Trabajo"


def test_an_incomplete_oficio_is_told_and_stays_typed(world, report, reserved):
    response = save(world, report, means=reserved, **OFICIO)
    assert errors(response) == {2: {"issuer": ["Falta la institución que certifica."]}}
    assert 'value="123-B"' in text_of(response)
    assert not Evidence.objects.exists()


@pytest.fixture
def second_reserved(world, report, reserved):
    """Another reserved medio, after the first one has its oficio."""
    save(world, report, means=reserved, issuer=world.x.pk, attested_count="1.200", **OFICIO)
    return world.new_means(world.action, reserved=True)


def test_an_oficio_is_repeated_in_another_medio_with_a_count_of_its_own(world, report, reserved, second_reserved):
    oficio = report.evidence.get()
    save(world, report, means=second_reserved, repeated=oficio.pk, issuer=world.y.pk, attested_count="7")
    again = report.evidence.get(means=second_reserved)
    assert (again.label, again.attested_count) == (oficio.label, 7)
    page = text_of(enter(world.focal).get(reverse("indicators:edit_report", args=[report.pk])))
    assert "También prueba: 1.1.1 medio 3 (este reporte)" in page
    assert "Oficio ya registrado" not in page


def test_an_oficio_is_offered_in_the_other_reports_of_the_period_and_to_nobody_else(world, report, second_reserved):
    board = EvidenceBoard(world.draft(action=world.new_action("1.1.2", world.x)))
    assert board.repeatable(second_reserved) == [report.evidence.get()]
    others = EvidenceBoard(world.draft(world.y, action=world.new_action("1.1.3", world.y)))
    assert others.repeatable(second_reserved) == []


def test_an_oficio_is_either_repeated_or_written(world, report, second_reserved):
    oficio = report.evidence.get()
    response = save(world, report, means=second_reserved, repeated=oficio.pk, document_number="9", issuer=world.x.pk)
    assert errors(response)[3]["repeated"] == ["Elija un oficio ya registrado o escriba uno nuevo, no los dos."]
    assert 'value="9"' in text_of(response)
    assert report.evidence.count() == 1


# Taking out


def test_removed_evidence_leaves_the_draft_and_the_typed_text_stays(world, report):
    evidence = world.link(report)
    path = reverse("indicators:remove_evidence", args=[report.pk, evidence.pk])
    response = enter(world.focal).post(path, typed(world, report, narrative="Otra historia."))
    assert response.url.endswith(f"#medio-{world.means.pk}")
    evidence.refresh_from_db()
    report.refresh_from_db()
    assert (evidence.removed_by, list(report.evidence.in_draft())) == (world.focal, [])
    assert report.draft["narrative"] == ["Otra historia."]
    assert AuditEntry.objects.filter(verb=Verb.REMOVED).count() == 1


def test_a_file_removed_may_be_filed_again_and_is_not_kept_twice(world, report, root):
    save(world, report, uploads=upload("uno.pdf", pdf()))
    filing.remove(report.evidence.get(), by=world.focal)
    save(world, report, uploads=upload("uno.pdf", pdf()))
    assert report.evidence.in_draft().count() == 1
    assert len(kept_below(root)) == 1


def test_what_was_submitted_with_evidence_keeps_it_after_its_removal(world):
    report = world.draft()
    evidence = world.link(report)
    world.decided(world.claimed(world.sent(report)), "returned")
    filing.remove(evidence, by=world.focal)
    assert report.latest_submission.evidence_links.get().evidence == evidence


def test_evidence_of_a_report_in_review_stays(world, report):
    evidence = world.link(report)
    world.sent(report)
    with pytest.raises(filing.FilingError):
        filing.remove(evidence, by=world.focal)
    assert Evidence.objects.in_draft().contains(evidence)


# Classification


def reclassify(world, report, classification: str):
    field = f"class-{report.evidence.get().pk}"
    report.refresh_from_db()
    path = reverse("indicators:edit_report", args=[report.pk])
    return enter(world.focal).post(path, typed(world, report, **{field: classification}), follow=True)


def test_the_institution_chooses_who_reads_a_file(world, report):
    save(world, report, uploads=upload("uno.pdf", pdf()))
    reclassify(world, report, "public")
    assert StoredFile.objects.get().classification == Classification.PUBLIC
    assert AuditEntry.objects.get(verb=Verb.CHANGED).data["classification"] == "public"


def test_a_file_with_personal_data_stays_reserved(world, report):
    save(world, report, uploads=upload("lista.docx", docx(text=WITH_RUN)))
    assert StoredFile.objects.get().personal_data_count == 1
    response = reclassify(world, report, "internal")
    sentence = "El archivo contiene RUN o correos de personas: queda reservado. Suba una copia sin ellos."
    assert sentence in text_of(response)
    assert StoredFile.objects.get().classification == Classification.RESERVED


def test_the_lists_of_people_of_a_medio_begin_reserved(world, report):
    means = world.new_means(world.action, lists_people=True)
    save(world, report, means=means, uploads=upload("uno.pdf", pdf()))
    assert StoredFile.objects.get().classification == Classification.RESERVED


def test_a_classification_that_does_not_exist_changes_nothing(world, report):
    save(world, report, uploads=upload("uno.pdf", pdf()))
    reclassify(world, report, "secret")
    assert StoredFile.objects.get().classification == Classification.INTERNAL
