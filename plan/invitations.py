"""Invitations: a link by mail that opens an account once, within a week. Its secret stands nowhere but in the mail."""

import hashlib
import secrets
from datetime import timedelta
from functools import partial
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from plan import audit
from plan.enums import Verb
from plan.mail import send_text
from plan.models import Invitation, User
from plan.people_errors import PeopleError

LASTS = timedelta(days=7)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(person: User, *, by: User | None, address: str | None = None) -> Invitation:
    """Withdraw the link that was sent before, if any, and send a new one once the transaction is committed."""
    # Of two who invite at once, the second withdraws what the first sent. (SQLite lets one write at a time anyway.)
    User.objects.select_for_update().get(pk=person.pk)
    now = timezone.now()
    person.invitations.unanswered().update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        user=person, invited_by=by, invited_at=now, expires_at=now + LASTS, digest=digest_of(secrets.token_urlsafe())
    )
    audit.record(Verb.INVITED, invitation, by=by, address=address, person=person.pk)
    transaction.on_commit(partial(send_invitation.enqueue, invitation.pk))
    return invitation


@transaction.atomic
def withdraw(person: User, *, by: User, address: str | None = None) -> bool:
    """Make the link worthless; False where the person has none."""
    invitation = person.invitations.unanswered().first()
    if invitation is None or not _answer(invitation, withdrawn_at=timezone.now()):
        return False
    audit.record(Verb.REMOVED, invitation, by=by, address=address, person=person.pk)
    return True


@task()
def send_invitation(invitation_id: int) -> None:
    """Mail the link. Its secret is made here, because the queue keeps the arguments of a task in the database."""
    secret = secrets.token_urlsafe(32)
    if not Invitation.objects.open().filter(pk=invitation_id).update(digest=digest_of(secret)):
        return
    invitation = Invitation.objects.select_related("user").get(pk=invitation_id)
    url = urljoin(settings.SITE_URL, reverse("account_invitation", args=[secret]))
    send_text("plan/mail/invitation", invitation.user.email, {"invitation": invitation, "url": url})
    Invitation.objects.filter(pk=invitation_id).update(sent_at=timezone.now())


def find_open(secret: str) -> Invitation | None:
    """The invitation whose link bears this secret, if it works; looking at it changes nothing."""
    return Invitation.objects.open().select_related("user").filter(digest=digest_of(secret)).first()


@transaction.atomic
def use(invitation: Invitation) -> None:
    """Spend the link: of two clicks exactly one succeeds, the other raises PeopleError."""
    if not _answer(invitation, used_at=timezone.now()):
        raise PeopleError("Este enlace ya se usó o se retiró.")


def _answer(invitation: Invitation, **moment) -> int:
    return Invitation.objects.unanswered().filter(pk=invitation.pk, digest=invitation.digest).update(**moment)
