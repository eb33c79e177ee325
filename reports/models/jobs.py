from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plan import access
from plan.models import Plan, User
from reports.enums import DocumentKind, JobState

#: While a job is in one of these, the same request is not started a second time.
ACTIVE_STATES = (JobState.QUEUED, JobState.RUNNING)
#: A document is given up long before: whoever is silent for so long was interrupted.
INTERRUPTED_AFTER = timedelta(minutes=20)


class ReportJobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts of documents are for both secretarías."""
        return self if access.is_secretariat(user) else self.none()

    def active(self):
        return self.filter(state__in=ACTIVE_STATES)

    def interrupted(self, now: datetime):
        """Running, and silent for longer than any document takes."""
        return self.filter(state=JobState.RUNNING, updated_at__lt=now - INTERRUPTED_AFTER)


class ReportJob(models.Model):
    """A document that a secretaría asked for: what it is about, how far it has come, where its bytes are."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="report_jobs", verbose_name="plan")
    kind = models.CharField("documento", max_length=6, choices=DocumentKind)
    axis_number = models.PositiveSmallIntegerField("eje", null=True, blank=True)
    year = models.PositiveSmallIntegerField("año", null=True, blank=True)
    as_of = models.DateField("corte")
    known_at = models.DateTimeField("con lo resuelto hasta")
    request_key = models.CharField(max_length=80, editable=False)
    state = models.CharField("estado", max_length=7, choices=JobState, default=JobState.QUEUED, editable=False)
    progress = models.PositiveSmallIntegerField("avance", default=0, editable=False)
    message = models.CharField("aviso", max_length=300, blank=True, editable=False)
    storage_name = models.CharField(max_length=120, blank=True, editable=False)
    sha256 = models.CharField("huella SHA-256", max_length=64, blank=True, editable=False)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="pedido por")
    created_at = models.DateTimeField("pedido", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("última noticia", default=timezone.now, editable=False)
    finished_at = models.DateTimeField("terminado", null=True, blank=True, editable=False)

    objects = ReportJobQuerySet.as_manager()

    class Meta:
        verbose_name = "documento en preparación"
        verbose_name_plural = "documentos en preparación"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "request_key"],
                condition=Q(state__in=ACTIVE_STATES),
                name="report_job_not_twice_at_once",
                violation_error_message="Este documento ya se está preparando.",
            ),
            models.CheckConstraint(
                condition=Q(kind=DocumentKind.AXIS, axis_number__isnull=False, year__isnull=True)
                | Q(kind=DocumentKind.ANNUAL, axis_number__isnull=True, year__isnull=False),
                name="report_job_subject_fits_kind",
                violation_error_message="El informe por eje indica el eje; el estado anual, el año.",
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100),
                name="report_job_progress_within_100",
                violation_error_message="El avance va de 0 a 100.",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.DONE) | (~Q(storage_name="") & ~Q(sha256="")),
                name="report_job_done_has_file",
                violation_error_message="Un documento listo tiene archivo y huella.",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.FAILED) | ~Q(message=""),
                name="report_job_failed_says_why",
                violation_error_message="Un documento que no se pudo preparar dice por qué.",
            ),
        ]

    def __str__(self):
        return document_title(self.axis_number, self.year)

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE_STATES

    @property
    def is_done(self) -> bool:
        return self.state == JobState.DONE

    @property
    def file_name(self) -> str:
        """How the downloaded file is called: MITP-eje-1-corte-2016-12-31-borrador.pdf."""
        subject = f"eje-{self.axis_number}" if self.axis_number else f"estado-anual-{self.year}"
        return f"MITP-{subject}-corte-{self.as_of.isoformat()}-borrador.pdf"


def document_title(axis_number: int | None, year: int | None) -> str:
    """ "Informe de cumplimiento, eje 1" or "Estado anual 2018"."""
    return f"Informe de cumplimiento, eje {axis_number}" if axis_number else f"Estado anual {year}"
