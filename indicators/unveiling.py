"""Reserved pages stay closed until they are opened by a deliberate act, file by file and for a while."""

import time
from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone

from indicators.models import StoredFile
from plan import audit
from plan.enums import Verb
from plan.models import AuditEntry, User

OPENED = "opened_pages"
SECONDS_OPEN = 30 * 60
#: A file that a person looks at page by page is written down once in so long.
TOLD_ONCE_IN = timedelta(hours=1)


def may_see_pages(file: StoredFile, session: SessionBase) -> bool:
    """Of a file that the person may read: whether its pages are shown now."""
    return not file.is_reserved or session.get(OPENED, {}).get(str(file.pk), 0) > time.time()


@transaction.atomic
def open_pages(file: StoredFile, session: SessionBase, *, by: User, address: str | None = None) -> None:
    """Open the pages of a file for the rest of half an hour; each opening is written down."""
    now = time.time()
    still_open = {key: until for key, until in session.get(OPENED, {}).items() if until > now}
    session[OPENED] = still_open | {str(file.pk): now + SECONDS_OPEN}
    _write_down(file, by, address)


def note_view(file: StoredFile, *, by: User, address: str | None = None) -> None:
    """Write down that a person sees pages of a file, once an hour."""
    since = timezone.now() - TOLD_ONCE_IN
    told = AuditEntry.objects.filter(verb=Verb.VIEWED, user=by, at__gte=since)
    if told.filter(object_type=file._meta.label_lower, object_id=str(file.pk)).exists():
        return
    with transaction.atomic():
        _write_down(file, by, address)


def _write_down(file: StoredFile, by: User, address: str | None) -> None:
    audit.record(Verb.VIEWED, file, by=by, address=address, hash=file.sha256)
