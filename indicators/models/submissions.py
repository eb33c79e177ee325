from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from indicators.enums import Answer, Motive
from indicators.models.evidence import Evidence
from indicators.models.figures import Amounts, Figures
from indicators.models.immutable import ImmutableRow
from indicators.models.measures import Indicator
from indicators.models.progress import ProgressReport
from plan.models import Institution, Region, Unit, User


class Submission(ImmutableRow):
    """The immutable copy of a report at a submit: who answers for it, what it says, what proves it."""

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="submissions", verbose_name="reporte")
    number = models.PositiveSmallIntegerField("ronda")
    submitted_at = models.DateTimeField("enviado", default=timezone.now)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="submissions", verbose_name="enviado por")
    acting_as = models.CharField("en calidad de", max_length=250)
    responder_name = models.CharField("responde por el reporte", max_length=150)
    responder_position = models.CharField("cargo de quien responde", max_length=150)
    answer = models.CharField("respuesta", max_length=14, choices=Answer)
    motive = models.CharField("motivo", max_length=20, choices=Motive, blank=True)
    motive_text = models.CharField("explicación del motivo", max_length=300, blank=True)
    narrative = models.TextField("qué se hizo", blank=True)
    results = models.TextField("resultados", blank=True)
    obstacles = models.TextField("nudos críticos", blank=True)
    measures = models.TextField("medidas adoptadas", blank=True)
    support = models.TextField("apoyo requerido", blank=True)
    explanation = models.TextField("explicación de la distancia a la meta", blank=True)
    on_behalf = models.BooleanField("registro por encargo", default=False)
    source_document = models.CharField("oficio de origen", max_length=150, blank=True)
    source_date = models.DateField("fecha del oficio", null=True, blank=True)
    content_hash = models.CharField("huella SHA-256", max_length=64)

    class Meta:
        verbose_name = "envío"
        verbose_name_plural = "envíos"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="submission_number_unique",
                violation_error_message="El reporte ya tiene un envío con este número.",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.PROGRESS) | ~Q(motive=""),
                name="submission_has_motive",
                violation_error_message="Elija el motivo.",
            ),
            models.CheckConstraint(
                condition=Q(on_behalf=False) | (~Q(source_document="") & Q(source_date__isnull=False)),
                name="submission_on_behalf_has_source",
                violation_error_message="Un registro por encargo indica el oficio y su fecha.",
            ),
        ]

    def __str__(self):
        return f"{self.report}, ronda {self.number}"

    @property
    def receipt(self) -> str:
        """Number of the receipt, such as R-2016-00031-2: year of the period, report, round."""
        return f"R-{self.report.period.year}-{self.report_id:05d}-{self.number}"

    @property
    def arrived_on(self):
        """The day that counts for the deadline: for a record on behalf, the date of the oficio."""
        return self.source_date if self.on_behalf else timezone.localdate(self.submitted_at)

    @property
    def is_late(self) -> bool:
        """Judged by the term as it stood at the submit: an extension granted later does not cure it."""
        report = self.report
        return self.arrived_on > report.period.due_on_for(report.institution, at=self.submitted_at)


class ReportedValue(Figures):
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="values", verbose_name="envío")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="reported_values", verbose_name="indicador")

    class Meta(Figures.Meta):
        verbose_name = "valor informado"
        verbose_name_plural = "valores informados"
        ordering = ["indicator__number"]
        constraints = [
            *Figures.Meta.constraints,
            models.UniqueConstraint(
                fields=["submission", "indicator"],
                name="reported_value_unique",
                violation_error_message="El envío ya informa este indicador.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator.reference}, ronda {self.submission.number}"


class BreakdownRow(Amounts):
    reported_value = models.ForeignKey(
        ReportedValue, models.PROTECT, related_name="rows", verbose_name="valor informado"
    )
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name="región")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+", verbose_name="institución"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="unidad")

    class Meta(Amounts.Meta):
        verbose_name = "fila del desglose"
        verbose_name_plural = "filas del desglose"
        ordering = ["region__order", "unit__order", "pk"]
        constraints = [
            *Amounts.Meta.constraints,
            models.UniqueConstraint(
                "reported_value",
                Coalesce("region", 0),
                Coalesce("institution", 0),
                Coalesce("unit", 0),
                name="breakdown_row_unique",
                violation_error_message="El desglose repite una fila.",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        return " · ".join(str(part) for part in (self.region, self.institution, self.unit) if part)


class SubmissionEvidence(ImmutableRow):
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="evidence_links", verbose_name="envío")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="submission_links", verbose_name="evidencia")

    class Meta:
        verbose_name = "evidencia de un envío"
        verbose_name_plural = "evidencias de un envío"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "evidence"],
                name="submission_evidence_unique",
                violation_error_message="El envío ya lleva esta evidencia.",
            )
        ]

    def __str__(self):
        return f"{self.submission}: {self.evidence}"
