"""The file of an edition, printed from its snapshot in the task queue; whoever dies in the middle is followed up.

Each attempt leaves, before it begins, a later one in the queue: it finds the edition printed and ends, or, where the
worker was killed, prints it. Two attempts at once print the same bytes, and the first to end is kept.
"""

import hashlib
import logging
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from plan import audit, notices
from plan.enums import NoticeKind, Role, Verb
from plan.files.errors import StorageUnavailable
from plan.files.storage import discard, store
from plan.models import User
from reports.documents.making import print_facts
from reports.documents.printing import PrintingError
from reports.editions.frozen import AlteredSnapshotError, frozen_facts
from reports.enums import EditionState
from reports.models import IssuedReport

logger = logging.getLogger(__name__)

#: Longer than any document takes; then the next attempt looks whether the edition is printed.
FOLLOW_UP = timedelta(minutes=3)
ATTEMPTS = 5
UNEXPECTED = "Ocurrió un error al imprimir la edición; quedó registrado para la administración del portal."
ALTERED = "La fotografía de los datos no coincide con su huella y la edición no se imprime; avise a la administración."


@task()
def produce_edition(edition_id: int) -> None:
    """Print an edition in production and bring it into force. One that is printed, or annulled, is left alone."""
    waiting = IssuedReport.objects.in_production().filter(pk=edition_id)
    if not waiting.update(attempts=F("attempts") + 1, progress=0, message=""):
        return
    edition = IssuedReport.objects.select_related("snapshot").get(pk=edition_id)
    _follow_up(edition)
    try:
        _bring_into_force(edition, printed(edition, lambda percent: waiting.update(progress=percent)))
    except (PrintingError, StorageUnavailable) as error:
        waiting.update(message=str(error))
    except AlteredSnapshotError:
        logger.error("The snapshot of edition %s is not what its digest says", edition.folio)
        waiting.update(message=ALTERED)
    except Exception:
        # Nobody must wait for ever; the queue keeps the traceback.
        waiting.update(message=UNEXPECTED)
        raise


def printed(edition: IssuedReport, tell=lambda percent: None) -> bytes:
    """The PDF of an edition, from its snapshot alone: the same bytes whenever the same release prints it.

    Raises AlteredSnapshotError, PrintingError.
    """
    return print_facts(frozen_facts(edition), edition.snapshot.sha256, tell)


def _follow_up(edition: IssuedReport) -> None:
    # A queue that cannot wait, as in tests, has no worker that could be killed.
    if edition.attempts < ATTEMPTS and produce_edition.get_backend().supports_defer:
        produce_edition.using(run_after=timezone.now() + FOLLOW_UP).enqueue(edition.pk)


def _bring_into_force(edition: IssuedReport, pdf: bytes) -> None:
    sha256 = hashlib.sha256(pdf).hexdigest()
    name = store(SimpleUploadedFile(edition.file_name, pdf), sha256)
    try:
        kept = _close(edition, name, sha256, len(pdf))
    except Exception:
        discard(name)
        raise
    if not kept:
        discard(name)


def _close(edition: IssuedReport, name: str, sha256: str, size: int) -> bool:
    """Whether the edition was still to be printed; its log line and the notices go with it."""
    file = {"storage_name": name, "sha256": sha256, "size": size, "printed_at": timezone.now()}
    with transaction.atomic():
        in_production = IssuedReport.objects.in_production().filter(pk=edition.pk)
        closed = bool(in_production.update(state=EditionState.IN_FORCE, progress=100, **file))
        if closed:
            audit.record(Verb.CHANGED, edition, by=None, folio=edition.folio, state=EditionState.IN_FORCE, hash=sha256)
            _tell(edition)
    return closed


def _tell(edition: IssuedReport) -> None:
    notices.tell(
        _secretariats(),
        NoticeKind.DOCUMENT,
        key=f"edition:{edition.pk}",
        template="reports/mail/edition",
        path=reverse("reports:edition", args=[edition.folio]),
        context={"edition": edition},
    )


def _secretariats() -> list[User]:
    today = timezone.localdate()
    return list(User.objects.holding(Role.TECHNICAL, today) | User.objects.holding(Role.EXECUTIVE, today))
