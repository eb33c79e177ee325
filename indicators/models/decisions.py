from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from indicators.enums import ObservationKind, Outcome, Verdict
from indicators.models.evidence import Evidence
from indicators.models.figures import Amounts, Figures
from indicators.models.immutable import ImmutableRow
from indicators.models.measures import MeansOfVerification
from indicators.models.submissions import BreakdownRow, ReportedValue, Submission
from plan.models import User


def label_of(outcome: str, *, says_something: bool) -> str:
    """How an outcome is called: an approval that says something is one with observations."""
    label = Outcome(outcome).label
    return f"{label} con observaciones" if outcome == Outcome.APPROVED and says_something else label


class Endorsement(ImmutableRow):
    """What a first reviewer proposes where a second one must decide: reports of the organ's own ministry."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="endorsement", verbose_name="envío")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="propone")
    acting_as = models.CharField("en calidad de", max_length=250)
    resolution = models.JSONField("resolución propuesta")
    endorsed_at = models.DateTimeField("propuesta", default=timezone.now)

    class Meta:
        verbose_name = "propuesta de resolución"
        verbose_name_plural = "propuestas de resolución"

    def __str__(self):
        return f"Propuesta sobre {self.submission}"

    @property
    def outcome_label(self) -> str:
        says_something = bool(self.resolution["reason"] or self.resolution.get("remarks"))
        return label_of(self.resolution["outcome"], says_something=says_something)


class Decision(ImmutableRow):
    """The answer of the secretaría técnica to one submission; at most one for each."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="decision", verbose_name="envío")
    outcome = models.CharField("resultado", max_length=8, choices=Outcome)
    reason = models.TextField("motivo", blank=True)
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="decisions", verbose_name="resuelve")
    first_reviewer = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="propuso la resolución"
    )
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="envió el reporte")
    acting_as = models.CharField("en calidad de", max_length=250)
    decided_at = models.DateTimeField("resuelto", default=timezone.now)
    seen_hash = models.CharField("huella de lo revisado", max_length=64)

    class Meta:
        verbose_name = "decisión"
        verbose_name_plural = "decisiones"
        ordering = ["decided_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.APPROVED) | ~Q(reason=""),
                name="decision_return_has_reason",
                violation_error_message="Escriba qué debe corregir la institución.",
            ),
            models.CheckConstraint(
                condition=~Q(reviewer=F("submitted_by")),
                name="decision_reviewer_independent",
                violation_error_message="Nadie resuelve sobre un reporte que envió.",
            ),
            models.CheckConstraint(
                condition=Q(first_reviewer__isnull=True) | ~Q(reviewer=F("first_reviewer")),
                name="decision_second_reviewer_differs",
                violation_error_message="La segunda revisión corresponde a otra persona.",
            ),
        ]

    def __str__(self):
        return f"{self.get_outcome_display()}: {self.submission}"

    @property
    def label(self) -> str:
        """The outcome in words, with what it says besides; reads the observations, through the prefetch where there is
        one."""
        return label_of(self.outcome, says_something=bool(self.reason or self.observations.all()))


class MeansVerdict(ImmutableRow):
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="verdicts", verbose_name="decisión")
    means = models.ForeignKey(MeansOfVerification, models.PROTECT, related_name="verdicts", verbose_name="medio")
    verdict = models.CharField("veredicto", max_length=12, choices=Verdict)

    class Meta:
        verbose_name = "veredicto de un medio"
        verbose_name_plural = "veredictos de medios"
        ordering = ["means__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "means"],
                name="means_verdict_unique",
                violation_error_message="El medio ya tiene veredicto en esta decisión.",
            )
        ]

    def __str__(self):
        return f"{self.means.reference}: {self.get_verdict_display()}"


class StruckEvidence(ImmutableRow):
    """A file or link that the reviewer leaves out, with the reason."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="struck", verbose_name="decisión")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="struck", verbose_name="evidencia")
    reason = models.CharField("motivo", max_length=300)

    class Meta:
        verbose_name = "evidencia descartada"
        verbose_name_plural = "evidencias descartadas"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="struck_evidence_has_reason",
                violation_error_message="Escriba por qué se descarta la evidencia.",
            ),
            models.UniqueConstraint(
                fields=["decision", "evidence"],
                name="struck_evidence_unique",
                violation_error_message="La evidencia ya está descartada.",
            ),
        ]

    def __str__(self):
        return f"{self.evidence} descartada"


class ValidatedValue(Figures):
    """The figure that counts. Where it differs from the reported one, a reason says why."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="values", verbose_name="decisión")
    reported_value = models.ForeignKey(
        ReportedValue, models.PROTECT, related_name="validations", verbose_name="valor informado"
    )
    reason = models.CharField("motivo de la diferencia", max_length=300, blank=True)

    class Meta(Figures.Meta):
        verbose_name = "valor validado"
        verbose_name_plural = "valores validados"
        ordering = ["reported_value__indicator__number"]
        constraints = [
            *Figures.Meta.constraints,
            models.UniqueConstraint(
                fields=["decision", "reported_value"],
                name="validated_value_unique",
                violation_error_message="El valor ya está validado en esta decisión.",
            ),
        ]

    def __str__(self):
        return f"{self.reported_value.indicator.reference} validado"


class ValidatedRow(Amounts):
    validated_value = models.ForeignKey(
        ValidatedValue, models.PROTECT, related_name="rows", verbose_name="valor validado"
    )
    row = models.ForeignKey(BreakdownRow, models.PROTECT, related_name="validations", verbose_name="fila informada")
    reason = models.CharField("motivo de la diferencia", max_length=300, blank=True)

    class Meta(Amounts.Meta):
        verbose_name = "fila validada"
        verbose_name_plural = "filas validadas"
        ordering = ["row__region__order", "row__unit__order", "pk"]
        constraints = [
            *Amounts.Meta.constraints,
            models.UniqueConstraint(
                fields=["validated_value", "row"],
                name="validated_row_unique",
                violation_error_message="La fila ya está validada.",
            ),
        ]

    def __str__(self):
        return f"{self.row.label} validada"


class Observation(ImmutableRow):
    """A remark of the reviewer, anchored to a field of the report."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="observations", verbose_name="decisión")
    anchor = models.CharField(
        "sobre", max_length=40, help_text="Campo: means-<id>, indicator-<id>, narrative, o vacío si es del conjunto."
    )
    kind = models.CharField("tipo", max_length=15, choices=ObservationKind)
    text = models.CharField("observación", max_length=500, blank=True)

    class Meta:
        verbose_name = "observación"
        verbose_name_plural = "observaciones"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text}"

    @property
    def subject(self) -> str:
        """What the remark is about, in words."""
        return self.decision.submission.report.words_of(self.anchor)
