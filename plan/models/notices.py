from django.db import models
from django.utils import timezone

from plan.enums import NoticeKind
from plan.models.people import User


class NoticeQuerySet(models.QuerySet):
    def for_person(self, user: User):
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at__isnull=True)

    def unsent(self):
        return self.filter(mailed_at__isnull=True)


class Notice(models.Model):
    """What the portal tells one person, in the inbox and by mail, and whether it arrived.

    `key` names what is told (such as "returned:41"): the same is never told twice to the same person.
    """

    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices", verbose_name="para")
    kind = models.CharField("tipo", max_length=10, choices=NoticeKind)
    key = models.CharField(max_length=120)
    subject = models.CharField("asunto", max_length=200)
    text = models.TextField("texto")
    path = models.CharField("lleva a", max_length=300)
    created_at = models.DateTimeField("creado", default=timezone.now, editable=False)
    read_at = models.DateTimeField("leído", null=True, editable=False)
    mailed_at = models.DateTimeField("enviado por correo", null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("intentos", default=0, editable=False)
    failure = models.CharField("última falla", max_length=200, blank=True, editable=False)

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
        indexes = [models.Index(fields=["recipient", "read_at"], name="notice_unread")]

    def __str__(self):
        return self.subject
