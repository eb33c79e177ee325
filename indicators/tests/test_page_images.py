"""Who sees the pages of a file, what a reserved one asks for first, and what is written down."""

import hashlib
import time

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from indicators import filing, unveiling
from indicators.enums import Classification, PreviewState
from indicators.models import PageImage, StoredFile
from indicators.tests.reviewing import answer_to, page_of
from indicators.tests.world import enter, text_of
from plan.enums import Verb
from plan.files.storage import discard, store
from plan.models import AuditEntry
from plan.tests.sample_files import pdf, upload

IMAGE = b"\xff\xd8\xff una hoja"


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"


@pytest.fixture
def report(world):
    """In review by `reviewer`, with one file whose page is drawn."""
    report = world.draft()
    file = filing.file_upload(report, world.means, upload("lista.pdf", pdf()), by=world.focal).file
    digest = hashlib.sha256(IMAGE).hexdigest()
    PageImage.objects.create(
        file=file, number=1, storage_name=store(upload("hoja", IMAGE), digest), width=1240, height=1754
    )
    StoredFile.objects.update(preview_state=PreviewState.READY, page_count=1)
    return world.claimed(world.sent(report))


@pytest.fixture
def file(report):
    return StoredFile.objects.get()


@pytest.fixture
def reserved(file):
    StoredFile.objects.update(classification=Classification.RESERVED)
    file.refresh_from_db()
    return file


def image_of(file, number=1) -> str:
    return reverse("indicators:page_image", args=[file.public_id, number])


def opening(report) -> str:
    return reverse("indicators:open_evidence", args=[report.pk, report.evidence.get().pk])


def views() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(verb=Verb.VIEWED))


def status_for(user, address) -> int:
    response = enter(user).get(address)
    response.getvalue()
    return response.status_code


def test_a_page_is_handed_out_inert_and_kept_by_no_cache(world, file):
    response = enter(world.reviewer).get(image_of(file))
    assert response.getvalue() == IMAGE
    told = {name: response.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")}
    assert told == {
        "Content-Type": "image/jpeg",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "attachment" not in response.headers.get("Content-Disposition", "")


READERS = {
    Classification.PUBLIC: {"focal", "alternate", "focal_y", "reviewer", "reviewer2", "executive"},
    Classification.INTERNAL: {"focal", "alternate", "reviewer", "reviewer2", "executive"},
    Classification.RESERVED: set(),
}
EVERYBODY = [*READERS[Classification.PUBLIC], "coordinator", "other_coordinator", "observer", "administrator"]


@pytest.mark.parametrize("classification", Classification)
def test_a_page_is_for_the_readers_of_its_file_and_of_a_reserved_one_for_nobody_yet(world, file, classification):
    StoredFile.objects.update(classification=classification)
    seen = {who: status_for(getattr(world, who), image_of(file)) for who in EVERYBODY}
    assert set(seen.values()) <= {200, 404}
    assert {who for who, status in seen.items() if status == 200} == READERS[classification]


@pytest.mark.parametrize("number", [0, 2, 999999])
def test_a_page_that_is_not_there_is_not_found(world, file, number):
    assert status_for(world.reviewer, image_of(file, number)) == 404


def test_of_an_erased_file_no_page_is_handed_out(world, file):
    StoredFile.objects.update(erased_at=file.uploaded_at)
    assert status_for(world.reviewer, image_of(file)) == 404


def test_a_page_whose_bytes_are_gone_is_not_found(world, file):
    discard(file.pages.get().storage_name)
    assert status_for(world.reviewer, image_of(file)) == 404
    assert views() == []


def test_who_looks_is_written_down_once_an_hour(world, file, monkeypatch):
    browser = enter(world.reviewer)
    for _ in range(3):
        browser.get(image_of(file)).getvalue()
    (told,) = views()
    assert (told.user, told.object_id, told.data) == (world.reviewer, str(file.pk), {"hash": file.sha256})
    assert status_for(world.reviewer2, image_of(file)) == 200
    assert len(views()) == 2
    monkeypatch.setattr(unveiling, "TOLD_ONCE_IN", -unveiling.TOLD_ONCE_IN)
    browser.get(image_of(file)).getvalue()
    assert len(views()) == 3


# Reserved files


def test_a_reserved_file_is_veiled_on_the_page_and_by_its_address(world, report, reserved):
    browser = enter(world.reviewer)
    page = text_of(browser.get(page_of(report)))
    assert "Ver páginas (queda registro)" in page
    assert image_of(reserved) not in page
    assert browser.get(image_of(reserved)).status_code == 404
    assert views() == []


def test_a_deliberate_act_opens_it_and_each_one_is_written_down(world, report, reserved):
    browser = enter(world.reviewer)
    for _ in range(2):
        assert image_of(reserved) in text_of(browser.post(opening(report), follow=True))
    assert browser.get(image_of(reserved)).getvalue() == IMAGE
    assert [(told.user, told.object_id) for told in views()] == [(world.reviewer, str(reserved.pk))] * 2


def test_it_closes_again_after_half_an_hour_and_with_the_session(world, report, reserved, monkeypatch):
    browser = enter(world.reviewer)
    browser.post(opening(report))
    assert status_for(world.reviewer, image_of(reserved)) == 404
    now = time.time()
    monkeypatch.setattr(unveiling.time, "time", lambda: now + 29 * 60)
    assert browser.get(image_of(reserved)).getvalue() == IMAGE
    monkeypatch.setattr(unveiling.time, "time", lambda: now + 31 * 60)
    assert browser.get(image_of(reserved)).status_code == 404


def test_opening_one_file_opens_no_other(world, report, reserved):
    other = world.draft(period=world.new_period(ends_on=world.period.starts_on))
    second = filing.file_upload(other, world.means, upload("otra.pdf", pdf(text="Otra")), by=world.focal).file
    StoredFile.objects.update(classification=Classification.RESERVED, preview_state=PreviewState.READY)
    PageImage.objects.create(file=second, number=1, storage_name="aa/bb/cc", width=1, height=1)
    world.claimed(world.sent(other))
    browser = enter(world.reviewer)
    browser.post(opening(report))
    assert browser.get(image_of(second)).status_code == 404


def test_what_was_opened_is_closed_to_a_reviewer_from_whom_the_report_was_taken(world, report, reserved):
    browser = enter(world.reviewer)
    browser.post(opening(report))
    world.claimed(report, by=world.reviewer2)
    assert browser.get(image_of(reserved)).status_code == 404


@pytest.mark.parametrize("who", ["focal", "focal_y", "executive", "coordinator", "observer", "administrator"])
def test_nobody_but_the_secretaria_tecnica_opens_pages(world, report, reserved, who):
    assert enter(getattr(world, who)).post(opening(report)).status_code == 404
    assert views() == []


def test_a_colleague_who_does_not_have_the_report_opens_nothing(world, report, reserved):
    assert enter(world.reviewer2).post(opening(report)).status_code == 404
    assert views() == []


def test_evidence_of_another_report_is_not_opened_through_this_one(world, report, reserved):
    other = world.claimed(world.sent(world.draft(period=world.new_period(ends_on=world.period.starts_on))))
    address = reverse("indicators:open_evidence", args=[other.pk, report.evidence.get().pk])
    assert enter(world.reviewer).post(address).status_code == 404
    assert views() == []


def test_a_get_of_the_act_opens_nothing(world, report, reserved):
    assert enter(world.reviewer).get(opening(report)).status_code == 405
    assert views() == []


def test_what_was_typed_stays_on_the_page_when_a_file_is_opened(world, report, reserved):
    typed = answer_to(report, reason="Falta la firma.", **{f"o-means-{world.means.pk}-text": "Sin fecha"})
    browser = enter(world.reviewer)
    page = text_of(browser.post(opening(report), typed, follow=True))
    assert "Falta la firma." in page
    assert "Sin fecha" in page
    assert "Falta la firma." in text_of(browser.get(page_of(report)))


def test_what_was_typed_about_one_round_does_not_come_back_in_the_next(world, report, reserved):
    browser = enter(world.reviewer)
    browser.post(opening(report), answer_to(report, reason="Falta la firma."))
    world.decided(report, "returned")
    world.claimed(world.sent(report))
    assert "Falta la firma." not in browser.get(page_of(report)).context["entry"].main.as_p()


# While they are not ready


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("none", "Las páginas aún no se preparan."),
        ("queued", "Preparando páginas…"),
        ("failed", "no se pueden mostrar aquí: descárguelo"),
        ("unsuitable", "no se pueden mostrar aquí: descárguelo"),
    ],
)
def test_the_page_says_why_a_file_is_not_shown(world, report, file, state, words):
    StoredFile.objects.update(preview_state=state)
    page = text_of(enter(world.reviewer).get(page_of(report)))
    assert words in page
    assert image_of(file) not in page


def test_missing_pages_are_asked_for_and_what_was_typed_stays(
    world, report, file, monkeypatch, django_capture_on_commit_callbacks
):
    StoredFile.objects.update(preview_state=PreviewState.NONE)
    asked = []
    monkeypatch.setattr("indicators.views.pages.previews.prepare", asked.append)
    address = reverse("indicators:prepare_pages", args=[report.pk])
    assert enter(world.reviewer).get(address).status_code == 405
    assert asked == []
    page = text_of(enter(world.reviewer).post(address, answer_to(report, reason="Falta la firma."), follow=True))
    assert "Falta la firma." in page
    assert asked == [report.latest_submission.pk]


def test_taking_a_report_in_review_asks_for_what_is_missing(world, monkeypatch):
    asked = []
    monkeypatch.setattr("indicators.views.review.previews.prepare", asked.append)
    report = world.sent()
    enter(world.reviewer).post(reverse("indicators:claim_report", args=[report.pk]), {"version": report.version})
    assert asked == [report.latest_submission.pk]


def test_opened_pages_are_remembered_in_the_session_and_by_no_name(world, report, reserved):
    enter(world.reviewer).post(opening(report))
    kept = [session.get_decoded().get(unveiling.OPENED) for session in Session.objects.all()]
    assert [list(opened) for opened in kept if opened] == [[str(reserved.pk)]]
