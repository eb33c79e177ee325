"""Evidence filed piece by piece while the report is written: uploads, files used again, replacements, history."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators import filing, workflow
from indicators.enums import Classification
from indicators.evidence_board import EvidenceBoard
from indicators.forms.evidence import EvidenceForm
from indicators.models import Evidence, ProgressReport, StoredFile
from indicators.tests.filling import typed
from indicators.tests.racing import at_once
from indicators.tests.test_evidence import WITH_RUN, kept_below, root  # noqa: F401 - a fixture
from indicators.tests.world import REASON, World, enter, text_of
from plan.enums import Verb
from plan.files.errors import StorageUnavailable
from plan.models import AuditEntry
from plan.tests.sample_files import docx, pdf, upload


@pytest.fixture
def report(world):
    return world.draft()


def put(world, report, file=None, *, who=None, means=None, name="upload_evidence", **fields):
    """One piece on its own."""
    path = reverse(f"indicators:{name}", args=[report.pk, (means or world.means).pk])
    return enter(who or world.focal).post(path, {**fields, **({"file": file} if file else {})})


def use(world, report, file: StoredFile, *, means=None, who=None):
    means = means or world.means
    return put(world, report, means=means, who=who, name="use_stored", **{f"m{means.pk}-stored": file.public_id})


def an_upload(number: int = 1):
    return upload(f"{number}.pdf", pdf(text=f"Documento {number}"))


# Uploads


def test_a_file_is_filed_and_the_draft_and_its_version_stay(world, report):
    response = put(world, report, an_upload())
    assert response.status_code == 200
    assert "1.pdf" in text_of(response)
    assert "<html" not in text_of(response)
    assert report.evidence.get().added_by == world.focal
    fresh = ProgressReport.objects.get()
    assert (fresh.version, fresh.draft, fresh.saved_at) == (report.version, {}, None)


def test_a_page_that_is_open_elsewhere_is_not_stale_after_an_upload(world, report):
    put(world, report, an_upload(), who=world.alternate)
    path = reverse("indicators:edit_report", args=[report.pk])
    assert enter(world.focal).post(path, typed(world, report)).status_code == 302
    assert Evidence.objects.in_draft().count() == 1


def test_a_retry_after_a_lost_answer_succeeds_and_nothing_is_double(world, report, root):  # noqa: F811
    first, second = put(world, report, an_upload()), put(world, report, an_upload())
    assert (first.status_code, second.status_code) == (200, 200)
    assert Evidence.objects.count() == 1
    assert len(kept_below(root)) == 1
    assert AuditEntry.objects.filter(verb=Verb.UPLOADED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_the_same_moment_is_kept_once(root):  # noqa: F811
    world = World()
    report = world.draft()
    assert [r.status_code for r in at_once(*[lambda: put(world, report, an_upload())] * 3)] == [200] * 3
    assert (Evidence.objects.count(), StoredFile.objects.count(), len(kept_below(root))) == (1, 1, 1)


@pytest.mark.parametrize(("name", "content"), [("programa.exe", b"MZ"), ("vacio.pdf", b"")])
def test_a_file_that_may_not_be_kept_is_refused_in_a_sentence(world, report, name, content):
    response = put(world, report, upload(name, content))
    assert (response.status_code, response["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert text_of(response).endswith(".")
    assert not Evidence.objects.exists()


def test_an_upload_without_a_file_is_told(world, report):
    response = put(world, report)
    assert (response.status_code, text_of(response)) == (422, "No llegó ningún archivo; elija uno.")


def test_a_storage_that_fails_may_be_tried_again(world, report, monkeypatch):
    def fail(*args):
        raise StorageUnavailable("El almacenamiento de archivos no responde.")

    monkeypatch.setattr(filing, "store", fail)
    assert put(world, report, an_upload()).status_code == 503


def test_a_reserved_medio_takes_neither_an_upload_nor_a_stored_file(world, report):
    put(world, report, an_upload())
    reserved = world.new_means(world.action, reserved=True)
    response = put(world, report, an_upload(), means=reserved)
    assert (response.status_code, text_of(response)) == (422, filing.RESERVED_MEANS)
    assert use(world, report, StoredFile.objects.get(), means=reserved).status_code == 422
    assert not reserved.evidence.exists()


def test_a_closed_period_takes_nothing(world, report):
    world.close_period()
    response = put(world, report, an_upload())
    assert (response.status_code, text_of(response)) == (422, filing.CLOSED)


def test_a_report_that_was_sent_while_the_file_was_checked_takes_nothing(world, report, root):  # noqa: F811
    stale = ProgressReport.objects.get(pk=report.pk)
    world.sent(report)
    with pytest.raises(filing.FilingError, match=filing.CLOSED):
        filing.file_upload(stale, world.means, an_upload(), by=world.focal)
    assert not Evidence.objects.exists()
    assert not kept_below(root)


def test_others_and_medios_of_others_do_not_exist(world, report):
    elsewhere = world.new_means(world.new_action("2.1.1", world.y))
    assert put(world, report, an_upload(), who=world.focal_y).status_code == 404
    assert put(world, report, an_upload(), who=world.reviewer).status_code == 404
    assert put(world, report, an_upload(), means=elsewhere).status_code == 404
    assert not Evidence.objects.exists()


def test_a_medio_that_is_not_asked_of_the_institution_takes_nothing(world, report):
    other = world.new_means(world.action)
    world.action.responsibilities.get().means.set([world.means])
    assert put(world, report, an_upload(), means=other).status_code == 404


# Files that the institution has already


def test_a_stored_file_proves_another_medio_and_both_pages_say_so(world, report, root):  # noqa: F811
    put(world, report, an_upload())
    other = world.new_means(world.action)
    page = text_of(use(world, report, StoredFile.objects.get(), means=other))
    assert "También prueba: 1.1.1 medio 1 (este reporte)" in page
    assert [e.means for e in report.evidence.all()] == [world.means, other]
    assert len(kept_below(root)) == 1


def test_what_counts_in_another_report_is_named_with_its_period_and_state(world, report):
    put(world, report, an_upload())
    world.approved(world.claimed(world.sent(report)))
    later = world.draft(period=world.new_period(date(2017, 1, 1), date(2017, 6, 30)))
    page = text_of(use(world, later, StoredFile.objects.get()))
    assert "También prueba: 1.1.1 medio 1 (07-2016 a 12-2016, aprobado)" in page


def test_what_is_annulled_or_removed_counts_nowhere(world, report):
    put(world, report, an_upload())
    put(world, report, an_upload(), means=world.new_means(world.action))
    first, second = report.evidence.all()
    assert EvidenceBoard(report).also_proves(first) == ["1.1.1 medio 2 (este reporte)"]
    filing.remove(second, by=world.focal)
    annulled = world.draft(period=world.new_period(date(2015, 1, 1), date(2015, 6, 30)))
    use(world, annulled, first.file)
    assert len(EvidenceBoard(report).also_proves(first)) == 1
    workflow.annul(world.sent(annulled), REASON, by=world.reviewer, version=annulled.version)
    assert EvidenceBoard(report).also_proves(first) == []


def test_a_stored_file_used_twice_in_a_medio_is_there_once(world, report):
    put(world, report, an_upload())
    assert use(world, report, StoredFile.objects.get()).status_code == 200
    assert Evidence.objects.count() == 1


def test_a_file_of_another_institution_or_an_erased_one_cannot_be_used(world, report):
    world.duty(world.action, world.y)
    put(world, world.draft(world.y), an_upload(), who=world.focal_y)
    assert use(world, report, StoredFile.objects.get()).status_code == 422
    file = StoredFile.objects.get()
    with pytest.raises(filing.FilingError):
        filing.link_stored(report, world.means, file, by=world.focal)
    file.owner, file.erased_at = world.x, file.uploaded_at
    with pytest.raises(filing.FilingError):
        filing.link_stored(report, world.means, file, by=world.focal)
    assert not report.evidence.exists()


def test_a_file_that_was_erased_does_not_come_back_without_its_bytes(world, report):
    put(world, report, an_upload())
    filing.remove(report.evidence.get(), by=world.focal)
    StoredFile.objects.update(erased_at=report.created_at)
    assert put(world, report, an_upload()).status_code == 422
    assert not report.evidence.in_draft().exists()


def test_a_stored_file_is_used_without_script_with_the_page(world, report):
    put(world, report, an_upload())
    other = world.new_means(world.action)
    path = reverse("indicators:edit_report", args=[report.pk])
    fields = {f"m{other.pk}-stored": StoredFile.objects.get().public_id}
    enter(world.focal).post(path, typed(world, report, **fields))
    assert other.evidence.get().file == StoredFile.objects.get()


def test_the_files_offered_are_those_that_the_medio_does_not_have(world, report):
    put(world, report, an_upload())
    other = world.new_means(world.action)
    board, file = EvidenceBoard(report), StoredFile.objects.get()
    assert board.reusable(world.means) == []
    offered = [(str(file.public_id), f"1.pdf · {file.short_hash} · 1.1.1 medio 1 (este reporte)")]
    assert board.reusable(other) == offered
    assert list(EvidenceForm(other, board).fields["stored"].choices) == [("", "Elija un archivo"), *offered]


def test_a_stored_file_becomes_reserved_in_a_medio_that_lists_people(world, report):
    put(world, report, an_upload())
    use(world, report, StoredFile.objects.get(), means=world.new_means(world.action, lists_people=True))
    assert StoredFile.objects.get().classification == Classification.RESERVED


def test_what_holds_personal_data_says_that_it_stays_reserved(world, report):
    page = text_of(put(world, report, upload("lista.docx", docx(text=WITH_RUN))))
    assert "Con datos personales: queda reservada" in page


# Classification


def classify(world, report, classification: str) -> tuple[int, str]:
    path = reverse("indicators:classify_evidence", args=[report.pk, report.evidence.get().pk])
    response = enter(world.focal).post(path, {"classification": classification})
    return response.status_code, StoredFile.objects.get().classification


def test_who_reads_a_file_is_kept_as_soon_as_it_is_chosen(world, report):
    put(world, report, an_upload())
    assert classify(world, report, "public") == (200, Classification.PUBLIC)
    assert ProgressReport.objects.get().version == report.version


def test_a_choice_that_may_not_be_is_refused(world, report):
    put(world, report, upload("lista.docx", docx(text=WITH_RUN)))
    assert classify(world, report, "public") == (422, Classification.RESERVED)
    assert classify(world, report, "secret") == (422, Classification.RESERVED)


def test_what_was_sent_keeps_its_readers(world, report):
    put(world, report, an_upload())
    world.sent(report)
    assert classify(world, report, "public") == (422, Classification.INTERNAL)


# Replacing


def test_a_replaced_file_leaves_the_draft_and_stays_in_the_history(world, report):
    put(world, report, an_upload(1))
    old = report.evidence.get()
    page = text_of(put(world, report, an_upload(2), replaces=old.pk))
    new = report.evidence.in_draft().get()
    assert (new.replaces, new.file.name) == (old, "2.pdf")
    old.refresh_from_db()
    assert old.removed_by == world.focal
    assert "Historial: 1 reemplazada o quitada" in page
    assert f"Reemplazada por {new.code}" in page
    assert old.file.short_hash in page


def test_a_replacement_sent_again_is_done_once(world, report):
    put(world, report, an_upload(1))
    old = report.evidence.get()
    for _ in range(2):
        assert put(world, report, an_upload(2), replaces=old.pk).status_code == 200
    assert Evidence.objects.count() == 2


def test_what_somebody_else_replaced_is_not_replaced_again(world, report):
    put(world, report, an_upload(1))
    old = report.evidence.get()
    put(world, report, an_upload(2), replaces=old.pk, who=world.alternate)
    response = put(world, report, an_upload(3), replaces=old.pk)
    assert (response.status_code, text_of(response)) == (422, filing.ALREADY_GONE)
    assert [e.file.name for e in report.evidence.in_draft()] == ["2.pdf"]
    assert StoredFile.objects.count() == 2


def test_only_what_stands_in_this_medio_of_this_report_can_be_replaced(world, report):
    other = world.new_means(world.action)
    put(world, report, an_upload(1), means=other)
    beside = report.evidence.get()
    assert put(world, report, an_upload(2), replaces=beside.pk).status_code == 422
    assert put(world, report, an_upload(2), replaces="ninguno").status_code == 422
    assert Evidence.objects.get() == beside


def test_the_copy_of_a_reserved_file_is_reserved(world, report):
    put(world, report, an_upload(1))
    old = report.evidence.get()
    filing.classify(old.file, Classification.RESERVED, by=world.focal)
    put(world, report, an_upload(2), replaces=old.pk)
    assert report.evidence.in_draft().get().file.classification == Classification.RESERVED


def test_a_file_is_replaced_without_script_with_the_page(world, report):
    put(world, report, an_upload(1))
    old = report.evidence.get()
    path = reverse("indicators:edit_report", args=[report.pk])
    enter(world.focal).post(path, typed(world, report, **{f"replace-{old.pk}": an_upload(2)}))
    assert report.evidence.in_draft().get().replaces == old


def test_a_link_that_was_removed_stays_in_the_history(world, report):
    link = world.link(report)
    filing.remove(link, by=world.focal)
    filing.remove(link, by=world.alternate)
    past = EvidenceBoard(report).history(world.means)
    assert [(p.evidence, p.evidence.removed_by, p.successor) for p in past] == [(link, world.focal, None)]
    assert AuditEntry.objects.filter(verb=Verb.REMOVED).count() == 1


# What the page costs


def queries_of_the_page(world, report) -> int:
    client, path = enter(world.focal), reverse("indicators:edit_report", args=[report.pk])
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_page_costs_the_same_with_one_file_as_with_many(world, report):
    put(world, report, an_upload(0))
    one = queries_of_the_page(world, report)
    other = world.new_means(world.action)
    for number in range(1, 6):
        put(world, report, an_upload(number))
        put(world, report, an_upload(number), means=other)
    filing.remove(report.evidence.first(), by=world.focal)
    assert queries_of_the_page(world, report) == one
