from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from plan import access
from plan.enums import AgreementBody, AmendedObject, AmendmentDecision
from plan.models.institutions import Institution, Subcommission
from plan.models.people import User
from plan.models.plans import Plan


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The secretarías read every acta; a coordination those of the Mesa and of its own subcomisión."""
        if access.is_secretariat(user):
            return self
        if not access.may_read_agreements(user):
            return self.none()
        return self.filter(Q(body=AgreementBody.MESA) | Q(subcommission__axis__in=access.axis_ids(user)))


class Agreement(models.Model):
    """An acta: where targets, duties, deadlines, weights and changes of the plan come from."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="agreements", verbose_name="plan")
    body = models.CharField("órgano que acuerda", max_length=14, choices=AgreementBody, default=AgreementBody.MESA)
    subcommission = models.ForeignKey(
        Subcommission, models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name="subcomisión"
    )
    number = models.PositiveIntegerField("número")
    agreed_on = models.DateField("fecha del acuerdo")
    recorded_at = models.DateTimeField("registrada", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="registrada por")
    summary = models.TextField("materia", blank=True)
    resolutions = models.TextField("acuerdos", blank=True)
    attendees = models.ManyToManyField(
        Institution, blank=True, related_name="attended_agreements", verbose_name="instituciones asistentes"
    )
    file_name = models.CharField("documento", max_length=200, blank=True, editable=False)
    file_storage_name = models.CharField(max_length=120, blank=True, editable=False)
    file_sha256 = models.CharField("huella SHA-256", max_length=64, blank=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "acta"
        verbose_name_plural = "actas"
        ordering = ["plan", "agreed_on", "number"]
        constraints = [
            models.UniqueConstraint(
                "plan",
                Coalesce("subcommission", 0),
                "number",
                name="agreement_number_unique",
                violation_error_message="Ya existe un acta con este número.",
            ),
            models.CheckConstraint(
                condition=Q(body=AgreementBody.MESA, subcommission__isnull=True)
                | Q(body=AgreementBody.SUBCOMMISSION, subcommission__isnull=False),
                name="agreement_body_complete",
                violation_error_message="Indique la subcomisión solo en las actas de una subcomisión.",
            ),
        ]

    def __str__(self):
        return f"Acta N.º\u00a0{self.number}"

    @property
    def body_name(self) -> str:
        return self.subcommission.name if self.subcommission else self.get_body_display()


class Amendment(models.Model):
    """What an acta does to a text of the plan; the texts in force are read as of a date."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="amendments", verbose_name="acta")
    effective_on = models.DateField("rige desde")
    object_kind = models.CharField("objeto", max_length=10, choices=AmendedObject)
    object_reference = models.CharField(
        "referencia",
        max_length=30,
        help_text="Código de lo modificado: 1.1.2, 1.1.2.I1 (indicador) o 1.1.2.M2 (medio).",
    )
    decision = models.CharField("decisión", max_length=10, choices=AmendmentDecision)
    old_text = models.TextField("texto anterior", blank=True)
    new_text = models.TextField("texto nuevo", blank=True)
    recorded_at = models.DateTimeField("registrada", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "modificación"
        verbose_name_plural = "modificaciones"
        ordering = ["effective_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision__in=[AmendmentDecision.MODIFY, AmendmentDecision.ADD]) | ~Q(new_text=""),
                name="amendment_has_new_text",
                violation_error_message="Una modificación o un agregado lleva el texto nuevo.",
            ),
            models.CheckConstraint(
                condition=~Q(decision=AmendmentDecision.MODIFY) | ~Q(old_text=F("new_text")),
                name="amendment_changes_text",
                violation_error_message="El texto nuevo es igual al anterior.",
            ),
        ]

    def __str__(self):
        return f"{self.get_decision_display()} {self.object_reference}"
