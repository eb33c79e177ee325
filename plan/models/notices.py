from datetime import datetime, timedelta

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from plan import access
from plan.enums import MailState, NoticeKind
from plan.models.people import User

LONGEST_SUBJECT = 200
#: An attempt that has not ended after this time was interrupted: nobody knows whether the mail left.
ATTEMPT_LASTS = timedelta(minutes=10)


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; and for the secretaría técnica, which sees to it that mail arrives, everybody's."""
        return self if access.is_technical(user) else self.filter(recipient=user.pk)

    def for_person(self, user: User):
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at__isnull=True)

    def unread_first(self):
        return self.alias(was_read=Q(read_at__isnull=False)).order_by("was_read", "-created_at", "-pk")

    def due_for_mail(self, now: datetime):
        return self.filter(mail_at__lte=now)

    def with_mail_state(self):
        """Adds `mail_state`: what became of the mail."""
        return self.annotate(
            mail_state=Case(
                When(mailed_at__isnull=False, then=Value(MailState.SENT)),
                When(mail_at__isnull=False, then=Value(MailState.WAITING)),
                When(~Q(failure=""), then=Value(MailState.FAILED)),
                When(tried_at__isnull=False, then=Value(MailState.UNCONFIRMED)),
                default=Value(MailState.NOT_MAILED),
            )
        )

    def failed(self):
        """No attempt is planned any more. Plain conditions on the row itself, so that an update may carry them."""
        return self.filter(mailed_at__isnull=True, mail_at__isnull=True).exclude(failure="")

    def retriable(self, now: datetime):
        """What a person may have mailed again, with `mail_state`: failed, or interrupted and perhaps arrived."""
        stuck = self.with_mail_state().filter(
            mail_state__in=[MailState.FAILED, MailState.UNCONFIRMED], recipient__is_active=True
        )
        return stuck.exclude(mail_state=MailState.UNCONFIRMED, tried_at__gt=now - ATTEMPT_LASTS)


class Notice(models.Model):
    """What the portal tells one person, in the inbox and by mail, and whether it arrived.

    `key` names what is told (such as "returned:41"): the same is never told twice to the same person. `mail_at` is
    when it may be mailed: an attempt takes it away first, so that of several workers one sends, and an attempt that
    failed sets the next; without it the mail is sent, given up, or was never meant to be.
    """

    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices", verbose_name="para")
    kind = models.CharField("tipo", max_length=10, choices=NoticeKind)
    key = models.CharField(max_length=120)
    subject = models.CharField("asunto", max_length=LONGEST_SUBJECT)
    text = models.TextField("texto")
    path = models.CharField("lleva a", max_length=300)
    created_at = models.DateTimeField("creado", default=timezone.now, editable=False)
    read_at = models.DateTimeField("leído", null=True, editable=False)
    mail_at = models.DateTimeField("se envía desde", null=True, editable=False)
    tried_at = models.DateTimeField("último intento", null=True, editable=False)
    mailed_at = models.DateTimeField("enviado por correo", null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("intentos", default=0, editable=False)
    failure = models.CharField("última falla", max_length=200, blank=True, editable=False)

    #: Only where a query adds it.
    mail_state: str

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "aviso"
        verbose_name_plural = "avisos"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "key"],
                name="notice_told_once",
                violation_error_message="Este aviso ya se dio a la persona.",
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "read_at"], name="notice_unread"),
            models.Index(fields=["mail_at"], name="notice_to_mail"),
        ]

    def __str__(self):
        return self.subject

    @property
    def is_read(self) -> bool:
        return self.read_at is not None

    @property
    def mail_state_label(self) -> str:
        return MailState(self.mail_state).label
