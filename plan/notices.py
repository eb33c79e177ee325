"""What the portal tells people of its own accord: once, in their inbox, and by mail that the queue sends.

A mail is sent at most once. An attempt takes the notice first, so that of two workers one sends it; when the mail
server has certainly not taken it, the next attempt follows after a pause. When the line breaks, or the worker dies, in
the middle of an attempt, nobody knows whether the mail arrived: it stays unconfirmed, for a person to decide.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from plan import audit
from plan.enums import NoticeKind, Verb
from plan.mail import NotTakenError, hand_over
from plan.models import Notice, User
from plan.models.notices import LONGEST_SUBJECT

#: From one attempt to the next; after the last the notice has failed.
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
#: What failed is tried again by every sweep while it is news.
STAYS_NEWS = timedelta(days=7)
DEACTIVATED = "La cuenta de la persona está desactivada."


@transaction.atomic
def tell(
    people: Iterable[User],
    kind: NoticeKind,
    *,
    key: str,
    template: str,
    path: str,
    context: dict | None = None,
    by_mail: bool = True,
) -> list[Notice]:
    """Put a notice into the inbox of each person and mail it once the transaction is committed.

    `key` names what is told, such as "returned:41": whoever has been told already is left out. `template` is the stem
    of `<template>_subject.txt` and `<template>_message.txt`, which get `person`, `url` and the context. `path` is the
    page of the portal that the notice leads to. Returns the new notices.
    """
    mail_at = timezone.now() if by_mail else None
    told = [_tell(person, kind, key, template, path, context or {}, mail_at) for person in people]
    new = [notice for notice, is_new in told if is_new]
    _mail_after_commit(new)
    return new


def _tell(person, kind, key, template, path, context, mail_at: datetime | None) -> tuple[Notice, bool]:
    words = {"person": person, "url": urljoin(settings.SITE_URL, path), **context}
    return Notice.objects.get_or_create(
        recipient=person,
        key=key,
        defaults={
            "kind": kind,
            "subject": " ".join(render_to_string(f"{template}_subject.txt", words).split())[:LONGEST_SUBJECT],
            "text": render_to_string(f"{template}_message.txt", words).strip(),
            "path": path,
            "mail_at": mail_at,
        },
    )


def _mail_after_commit(notices: Iterable[Notice]) -> None:
    transaction.on_commit(partial(_queue, [notice.pk for notice in notices]))


def _queue(pks: Iterable[int]) -> int:
    """Give those that are due by now to the queue; returns how many."""
    due = Notice.objects.due_for_mail(timezone.now()).filter(pk__in=pks).order_by("pk")
    found = list(due.values_list("pk", flat=True))
    for pk in found:
        deliver.enqueue(pk)
    return len(found)


@task()
def deliver(notice_id: int) -> None:
    """Mail one notice, if it is due and nobody else has taken it."""
    now = timezone.now()
    taken = Notice.objects.due_for_mail(now).filter(pk=notice_id)
    if not taken.update(mail_at=None, tried_at=now, attempts=F("attempts") + 1, failure=""):
        return
    notice = Notice.objects.select_related("recipient").get(pk=notice_id)
    if not notice.recipient.is_active:
        _fail(notice, DEACTIVATED)
        return
    try:
        hand_over(notice.subject, notice.text, notice.recipient.email)
    except NotTakenError as error:
        _fail(notice, error.reason, again_at=_next_attempt(notice))
    else:
        Notice.objects.filter(pk=notice_id).update(mailed_at=timezone.now())


def _next_attempt(notice: Notice) -> datetime | None:
    return timezone.now() + PAUSES[notice.attempts - 1] if notice.attempts <= len(PAUSES) else None


def _fail(notice: Notice, reason: str, again_at: datetime | None = None) -> None:
    Notice.objects.filter(pk=notice.pk).update(failure=reason, mail_at=again_at)
    # A queue that cannot wait leaves the next attempt to the sweep.
    if again_at and deliver.get_backend().supports_defer:
        deliver.using(run_after=again_at).enqueue(notice.pk)


def sweep() -> int:
    """Queue what should have left by now, and once more what failed lately; returns how many mails."""
    now = timezone.now()
    news = Notice.objects.failed().filter(created_at__gt=now - STAYS_NEWS, recipient__is_active=True)
    Notice.objects.failed().filter(pk__in=list(news.values_list("pk", flat=True))).update(mail_at=now)
    return _queue(list(Notice.objects.due_for_mail(now).values_list("pk", flat=True)))


@transaction.atomic
def retry(notices: Iterable[Notice], *, by: User, address: str | None = None) -> int:
    """Mail again what failed, or what was interrupted; returns how many, without what somebody retried just before."""
    now = timezone.now()
    retried = [notice for notice in notices if _release(notice, now)]
    for notice in retried:
        audit.record(Verb.CHANGED, notice, by=by, address=address, mail="retried")
    _mail_after_commit(retried)
    return len(retried)


def _release(notice: Notice, now: datetime) -> bool:
    stuck = Notice.objects.filter(pk=notice.pk, mail_at=None, mailed_at=None, tried_at=notice.tried_at)
    return bool(stuck.update(mail_at=now))
