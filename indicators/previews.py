"""The pages of evidence as images: drawn in the queue for whoever reviews it, gone when the evidence goes.

A file is asked for at one moment, and only who was asked then may hand its pages in: a second click asks nobody twice,
and a worker that was interrupted, or is overtaken, leaves nothing behind.
"""

import hashlib
from datetime import datetime
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from indicators.enums import PreviewState, ReportState
from indicators.models import PageImage, StoredFile, Submission
from indicators.models.progress import SENT_STATES
from plan.files.errors import FileRejected, StorageUnavailable
from plan.files.pages import DrawnFile, DrawnPage, draw_pages
from plan.files.storage import discard, open_stored, store


def prepare(submission_id: int) -> None:
    """Have the files of a submission that waits for review drawn, if they are not; after the commit, where there is
    one to wait for."""
    submitted = Submission.objects.filter(pk=submission_id, report__state=ReportState.SUBMITTED)
    files = StoredFile.objects.filter(evidence__submission_links__submission__in=submitted)
    now = timezone.now()
    for file_id in files.unprepared(now).values_list("pk", flat=True):
        asked = StoredFile.objects.unprepared(now).filter(pk=file_id)
        if asked.update(preview_state=PreviewState.QUEUED, preview_asked_at=now):
            transaction.on_commit(partial(draw.enqueue, file_id, now.isoformat()))


@task()
def draw(file_id: int, asked_at: str) -> None:
    """Draw the pages of a file and keep them. Whoever was not the last to be asked does nothing."""
    file = _asked(file_id, asked_at).first()
    if file is None:
        return
    try:
        with open_stored(file.storage_name) as kept:
            drawn = draw_pages(file.name, kept.read())
        _hand_in(file_id, asked_at, drawn)
    except FileRejected:
        _asked(file_id, asked_at).update(preview_state=PreviewState.FAILED)
    except StorageUnavailable:
        # Nothing is wrong with the file: whoever opens the review next asks again.
        _asked(file_id, asked_at).update(preview_state=PreviewState.NONE)
    except Exception:
        # Whatever it was, nobody must wait for ever; the queue keeps the traceback.
        _asked(file_id, asked_at).update(preview_state=PreviewState.FAILED)
        raise


@transaction.atomic
def forget(file: StoredFile) -> None:
    """Remove the images of a file's pages: call it where the file itself is erased."""
    # The row first: a worker about to hand pages in either has done so already, or comes too late.
    undone = {"preview_state": PreviewState.NONE, "preview_asked_at": None, "page_count": None}
    StoredFile.objects.filter(pk=file.pk).update(**undone)
    names = list(file.pages.values_list("storage_name", flat=True))
    file.pages.all().delete()
    transaction.on_commit(partial(_discard_all, names))


def forget_unless_seen(file: StoredFile) -> None:
    """Remove the images of a file that nothing sent and no draft rests on any more."""
    sent = file.evidence.filter(submission_links__isnull=False, report__state__in=SENT_STATES)
    if not (sent.exists() or file.evidence.in_draft().exists()):
        forget(file)


def _asked(file_id: int, asked_at: str):
    asked = StoredFile.objects.filter(
        preview_state=PreviewState.QUEUED, preview_asked_at=datetime.fromisoformat(asked_at)
    )
    return asked.filter(pk=file_id, erased_at=None)


def _hand_in(file_id: int, asked_at: str, drawn: DrawnFile) -> None:
    """The bytes first, then all rows at once; if they are not wanted any more, neither."""
    names: list[str] = []
    try:
        for page in drawn.pages:
            names.append(_store(page))
        with transaction.atomic():
            kept = _close(file_id, asked_at, drawn, names)
    except BaseException:
        _discard_all(names)
        raise
    if not kept:
        _discard_all(names)


def _close(file_id: int, asked_at: str, drawn: DrawnFile, names: list[str]) -> bool:
    state = PreviewState.READY if names else PreviewState.UNSUITABLE
    if not _asked(file_id, asked_at).update(preview_state=state, page_count=drawn.total):
        return False
    PageImage.objects.bulk_create(
        PageImage(file_id=file_id, number=number, storage_name=name, width=page.width, height=page.height)
        for number, (name, page) in enumerate(zip(names, drawn.pages, strict=True), 1)
    )
    return True


def _store(page: DrawnPage) -> str:
    digest = hashlib.sha256(page.content).hexdigest()
    return store(SimpleUploadedFile("page.jpg", page.content), digest)


def _discard_all(names: list[str]) -> None:
    for name in names:
        discard(name)
