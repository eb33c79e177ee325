"""What the portal tells people of its own accord: once, in their inbox, and by mail that the queue sends."""

from collections.abc import Iterable
from functools import partial
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from plan.enums import NoticeKind
from plan.models import Notice, User


@transaction.atomic
def tell(
    people: Iterable[User], kind: NoticeKind, *, key: str, template: str, path: str, context: dict | None = None
) -> list[Notice]:
    """Put a notice into the inbox of each person and mail it once the transaction is committed.

    `key` names what is told, such as "returned:41": whoever has been told already is left out. `template` is the stem
    of `<template>_subject.txt` and `<template>_message.txt`, which get `person`, `url` and the context. `path` is the
    page of the portal that the notice leads to. Returns the new notices.
    """
    told = [_tell(person, kind, key, template, path, context or {}) for person in people]
    new = [notice for notice, is_new in told if is_new]
    for notice in new:
        transaction.on_commit(partial(deliver.enqueue, notice.pk))
    return new


def _tell(person: User, kind: NoticeKind, key: str, template: str, path: str, context: dict) -> tuple[Notice, bool]:
    words = {"person": person, "url": urljoin(settings.SITE_URL, path), **context}
    return Notice.objects.get_or_create(
        recipient=person,
        key=key,
        defaults={
            "kind": kind,
            "subject": " ".join(render_to_string(f"{template}_subject.txt", words).split()),
            "text": render_to_string(f"{template}_message.txt", words),
            "path": path,
        },
    )


@task()
def deliver(notice_id: int) -> None:
    """Mail one notice, unless it has left already."""
    notice = Notice.objects.unsent().select_related("recipient").filter(pk=notice_id).first()
    if notice is None:
        return
    send_mail(notice.subject, notice.text, settings.DEFAULT_FROM_EMAIL, [notice.recipient.email])
    Notice.objects.unsent().filter(pk=notice_id).update(mailed_at=timezone.now())
