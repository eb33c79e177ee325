from django.db import models
from django.utils import timezone

from plan import access
from plan.enums import Verb
from plan.models.people import User

#: What administración keeps, and may read about: who is who.
ACCOUNT_TYPES = ("plan.user", "plan.appointment", "plan.invitation", "plan.institution", "plan.institutionname")


class AuditEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everything for both secretarías; for administración, what is about accounts and institutions."""
        if access.is_secretariat(user):
            return self
        return self.filter(object_type__in=ACCOUNT_TYPES) if access.is_administrator(user) else self.none()

    def newest_first(self):
        """In the order in which they were written: the log only grows."""
        return self.order_by("-pk")


class AuditEntry(models.Model):
    """One act. Append-only: triggers refuse update and delete. Ids, states, figures and digests; never free text."""

    at = models.DateTimeField("cuándo", default=timezone.now, db_index=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="audit_entries", verbose_name="quién")
    acting_as = models.CharField("en calidad de", max_length=60, blank=True)
    verb = models.CharField("qué hizo", max_length=16, choices=Verb)
    object_type = models.CharField("sobre qué", max_length=60)
    object_id = models.CharField("identificador", max_length=40, blank=True)
    data = models.JSONField("datos", default=dict)
    address = models.GenericIPAddressField("desde dónde", null=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "asiento de bitácora"
        verbose_name_plural = "bitácora"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]

    def __str__(self):
        return f"{self.at:%d-%m-%Y %H:%M} {self.get_verb_display()} {self.object_type} {self.object_id}"
