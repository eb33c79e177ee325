"""Work of the queue: a document is made in the background, and its row says how far it has come."""

import hashlib
import logging

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from plan import audit, notices
from plan.enums import NoticeKind, Verb
from plan.files.errors import StorageUnavailable
from plan.files.storage import discard, store
from reports.documents.making import Order, make_document
from reports.documents.printing import PrintingError
from reports.enums import JobState
from reports.models import ReportJob

logger = logging.getLogger(__name__)

UNEXPECTED = "Ocurrió un error al preparar el documento; quedó registrado para la administración del portal."
INTERRUPTED = "La preparación se interrumpió; pida el documento de nuevo."


@task()
def render_document(job_id: int) -> None:
    """Make the document of a queued job and store it. A job that another worker took is left alone."""
    if not _advance(job_id, JobState.QUEUED, state=JobState.RUNNING):
        return
    job = ReportJob.objects.select_related("plan").get(pk=job_id)
    try:
        _finish(job, make_document(_order(job), lambda percent: _tell(job_id, percent)))
    except (PrintingError, StorageUnavailable) as error:
        _fail(job, str(error))
    except Exception:
        # Whatever it was, nobody must wait for ever; the queue keeps the traceback.
        _fail(job, UNEXPECTED)
        raise


def _order(job: ReportJob) -> Order:
    return Order(job.plan, job.as_of, job.known_at, job.axis_number, job.year)


def _tell(job_id: int, percent: int) -> None:
    _advance(job_id, JobState.RUNNING, progress=percent)


def _finish(job: ReportJob, pdf: bytes) -> None:
    digest = hashlib.sha256(pdf).hexdigest()
    name = store(SimpleUploadedFile("document.pdf", pdf), digest)
    done = {"state": JobState.DONE, "progress": 100, "storage_name": name, "sha256": digest}
    try:
        kept = _close(job, done)
    except Exception:
        discard(name)
        raise
    if not kept:
        discard(name)


def _fail(job: ReportJob, message: str) -> None:
    logger.warning("Document job %s failed", job.pk)
    _close(job, {"state": JobState.FAILED, "message": message})


def _close(job: ReportJob, outcome: dict) -> bool:
    """Whether the job was still this worker's to close; its log line goes with it."""
    with transaction.atomic():
        closed = _advance(job.pk, JobState.RUNNING, finished_at=timezone.now(), **outcome)
        if closed:
            hashes = {"hash": outcome["sha256"]} if "sha256" in outcome else {}
            audit.record(Verb.CHANGED, job, by=None, state=outcome["state"], **hashes)
            _tell_who_asked(job.pk)
    return closed


def _tell_who_asked(job_id: int) -> None:
    """In the inbox alone: whoever waits for a draft is at work in the portal."""
    job = ReportJob.objects.select_related("requested_by").get(pk=job_id)
    notices.tell(
        [job.requested_by],
        NoticeKind.DOCUMENT,
        key=f"draft:{job.pk}",
        template="reports/mail/draft",
        path=reverse("reports:index"),
        context={"job": job},
        by_mail=False,
    )


def _advance(job_id: int, expected: JobState, **changes) -> bool:
    """Conditional: whoever comes second changes nothing."""
    job = ReportJob.objects.filter(pk=job_id, state=expected)
    return bool(job.update(updated_at=timezone.now(), **changes))
