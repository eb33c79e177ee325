"""Pages of evidence: drawn once for a report in review, taken up again after a crash, gone with the evidence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indicators import filing, previews, workflow
from indicators.enums import PreviewState
from indicators.models import PageImage, StoredFile
from indicators.tests.racing import at_once
from plan.files import storage
from plan.files.errors import StorageUnavailable
from plan.files.pages import DrawnFile, DrawnPage
from plan.tests.sample_files import pdf, upload

PAGES = DrawnFile(7, [DrawnPage(1240, 1754, b"una"), DrawnPage(1240, 1754, b"otra")])


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    return tmp_path / "private"


@pytest.fixture
def draws(monkeypatch):
    """Stands for the process that draws; counts how often it is asked. Tests may replace what it answers."""

    def draw(name, content):
        draw.asked += 1
        return draw.answer()

    draw.asked, draw.answer = 0, lambda: PAGES
    monkeypatch.setattr(previews, "draw_pages", draw)
    return draw


def kept_on_disk(root) -> int:
    return sum(path.is_file() for path in root.rglob("*"))


def bytes_of(page: PageImage) -> bytes:
    with storage.open_stored(page.storage_name) as kept:
        return kept.read()


def file_of(world, report, name="lista.pdf", text="Informe") -> StoredFile:
    return filing.file_upload(report, world.means, upload(name, pdf(text=text)), by=world.focal).file


@pytest.fixture
def sent(world, draws):
    """A file in a report that waits for review, nobody asked for its pages yet."""
    report = world.draft()
    file = file_of(world, report)
    world.sent(report)
    return file


def prepare(file, callbacks):
    with callbacks(execute=True):
        previews.prepare(file.evidence.first().submission_links.first().submission_id)
    file.refresh_from_db()
    return file


def test_a_submit_has_its_pages_drawn_once_it_is_committed(world, draws, django_capture_on_commit_callbacks):
    report = world.draft()
    file = file_of(world, report)
    with django_capture_on_commit_callbacks(execute=True):
        world.sent(report)
        assert draws.asked == 0
    file.refresh_from_db()
    assert (file.preview_state, file.page_count) == (PreviewState.READY, 7)
    assert [(page.number, page.width, page.height) for page in file.pages.all()] == [(1, 1240, 1754), (2, 1240, 1754)]
    assert [bytes_of(page) for page in file.pages.all()] == [b"una", b"otra"]


def test_a_report_is_sent_though_its_pages_cannot_be_asked_for(
    world, draws, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(previews, "prepare", lambda submission_id: 1 / 0)
    report = world.draft()
    with django_capture_on_commit_callbacks(execute=True):
        world.sent(report)
    assert report.state == "submitted"


def test_a_second_click_draws_nothing_twice(sent, draws, django_capture_on_commit_callbacks):
    for _ in range(2):
        prepare(sent, django_capture_on_commit_callbacks)
    assert (draws.asked, PageImage.objects.count()) == (1, 2)


@pytest.mark.parametrize("end", ["withdrawn", "decided"])
def test_what_does_not_wait_for_review_is_not_drawn(world, sent, draws, end, django_capture_on_commit_callbacks):
    report = sent.evidence.get().report
    if end == "withdrawn":
        workflow.withdraw(report, by=world.focal, version=report.version)
    else:
        world.approved(world.claimed(report))
    assert prepare(sent, django_capture_on_commit_callbacks).preview_state == PreviewState.NONE
    assert draws.asked == 0


def test_an_erased_file_is_not_drawn(sent, draws, django_capture_on_commit_callbacks):
    StoredFile.objects.update(erased_at=timezone.now())
    assert prepare(sent, django_capture_on_commit_callbacks).preview_state == PreviewState.NONE


@pytest.mark.parametrize(("silent_for", "asked"), [(timedelta(minutes=9), 0), (timedelta(minutes=11), 1)])
def test_what_a_crashed_worker_left_is_taken_up_after_some_minutes(
    sent, draws, silent_for, asked, django_capture_on_commit_callbacks
):
    StoredFile.objects.update(preview_state=PreviewState.QUEUED, preview_asked_at=timezone.now() - silent_for)
    prepare(sent, django_capture_on_commit_callbacks)
    assert draws.asked == asked


def test_a_worker_that_was_overtaken_hands_nothing_in(sent, draws, root):
    before = kept_on_disk(root)
    early, late = timezone.now() - timedelta(minutes=20), timezone.now()
    StoredFile.objects.update(preview_state=PreviewState.QUEUED, preview_asked_at=early)

    def meanwhile():
        StoredFile.objects.update(preview_asked_at=late)
        return PAGES

    draws.answer = meanwhile
    previews.draw.call(sent.pk, early.isoformat())
    assert (PageImage.objects.count(), kept_on_disk(root)) == (0, before)
    previews.draw.call(sent.pk, early.isoformat())
    assert draws.asked == 1


def test_what_cannot_be_drawn_says_so_and_is_not_tried_again(sent, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.undo()
    monkeypatch.setattr(previews, "open_stored", lambda name: upload("lista.pdf", b"%PDF- roto"))
    assert prepare(sent, django_capture_on_commit_callbacks).preview_state == PreviewState.FAILED
    assert prepare(sent, django_capture_on_commit_callbacks).preview_state == PreviewState.FAILED


def test_an_empty_file_has_no_pages_to_show(sent, draws, django_capture_on_commit_callbacks):
    draws.answer = lambda: DrawnFile(0, [])
    assert prepare(sent, django_capture_on_commit_callbacks).preview_state == PreviewState.UNSUITABLE


def full():
    raise StorageUnavailable(storage.FULL)


def test_a_full_disk_keeps_half_of_nothing_and_it_is_tried_again(
    sent, draws, root, monkeypatch, django_capture_on_commit_callbacks
):
    before, store, stored = kept_on_disk(root), previews.store, []
    monkeypatch.setattr(previews, "store", lambda *page: full() if stored else stored.append(1) or store(*page))
    assert prepare(sent, django_capture_on_commit_callbacks).preview_state == PreviewState.NONE
    assert (PageImage.objects.count(), kept_on_disk(root)) == (0, before)
    monkeypatch.setattr(previews, "store", store)
    assert prepare(sent, django_capture_on_commit_callbacks).preview_state == PreviewState.READY


def test_an_unforeseen_failure_leaves_nobody_waiting(sent, draws):
    now = timezone.now()
    StoredFile.objects.update(preview_state=PreviewState.QUEUED, preview_asked_at=now)
    draws.answer = lambda: 1 / 0
    with pytest.raises(ZeroDivisionError):
        previews.draw.call(sent.pk, now.isoformat())
    sent.refresh_from_db()
    assert sent.preview_state == PreviewState.FAILED


# Forgetting


@pytest.fixture
def drawn(sent, django_capture_on_commit_callbacks):
    return prepare(sent, django_capture_on_commit_callbacks)


def test_a_file_that_is_forgotten_leaves_no_page_behind(drawn, root, django_capture_on_commit_callbacks):
    before = kept_on_disk(root)
    with django_capture_on_commit_callbacks(execute=True):
        previews.forget(drawn)
    drawn.refresh_from_db()
    assert (drawn.preview_state, drawn.page_count) == (PreviewState.NONE, None)
    assert (PageImage.objects.count(), kept_on_disk(root)) == (0, before - 2)


def test_evidence_that_was_taken_back_and_removed_takes_its_pages_along(
    world, drawn, root, django_capture_on_commit_callbacks
):
    evidence = drawn.evidence.get()
    workflow.withdraw(evidence.report, by=world.focal, version=evidence.report.version)
    with django_capture_on_commit_callbacks(execute=True):
        filing.remove(evidence, by=world.focal)
    assert (PageImage.objects.count(), kept_on_disk(root)) == (0, 1)


def test_evidence_that_a_decision_answered_keeps_its_pages_when_it_leaves_the_draft(world, drawn):
    evidence = drawn.evidence.get()
    world.decided(world.claimed(evidence.report), "returned")
    evidence.refresh_from_db()
    filing.remove(evidence, by=world.focal)
    assert PageImage.objects.count() == 2


def test_a_file_that_proves_another_report_too_keeps_its_pages(world, drawn):
    evidence = drawn.evidence.get()
    other = world.draft(period=world.new_period(ends_on=world.period.starts_on))
    filing.link_stored(other, world.means, drawn, by=world.focal)
    workflow.withdraw(evidence.report, by=world.focal, version=evidence.report.version)
    filing.remove(evidence, by=world.focal)
    assert PageImage.objects.count() == 2


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_has_the_pages_drawn(world, draws):
    for turn in range(6):
        report = world.draft(period=world.new_period(ends_on=world.period.ends_on - timedelta(turn + 1)))
        file = file_of(world, report, text=f"Informe {turn}")
        world.sent(report)
        StoredFile.objects.filter(pk=file.pk).update(preview_state=PreviewState.NONE)
        PageImage.objects.all().delete()
        draws.asked = 0
        submission = report.latest_submission.pk
        outcomes = at_once(*[lambda submission=submission: previews.prepare(submission)] * 2)
        assert outcomes == [None, None]
        assert (draws.asked, file.pages.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_of_handing_in_and_forgetting_at_once_no_page_is_left_over(world, draws, root):
    for turn in range(6):
        report = world.draft(period=world.new_period(ends_on=world.period.ends_on - timedelta(turn + 1)))
        file = file_of(world, report, text=f"Informe {turn}")
        now = timezone.now()
        StoredFile.objects.filter(pk=file.pk).update(preview_state=PreviewState.QUEUED, preview_asked_at=now)
        at_once(
            lambda file=file, now=now: previews.draw.call(file.pk, now.isoformat()),
            lambda file=file: previews.forget(file),
        )
        assert (file.pages.count(), kept_on_disk(root)) == (0, turn + 1)
