from django.db import models
from django.db.models import Q
from django.utils import timezone

from indicators.models.progress import ProgressReport
from plan import access
from plan.models import User


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The institution's own, and all for the secretaría técnica, which answers."""
        if access.is_technical(user):
            return self
        return self.filter(report__institution__in=access.institution_ids(user))

    def unanswered(self):
        return self.filter(answered_at__isnull=True)

    def answered(self):
        return self.filter(answered_at__isnull=False)

    def with_parties(self):
        return self.select_related(
            "report__action", "report__institution", "report__period", "asked_by", "answered_by"
        ).prefetch_related("report__action__indicators", "report__action__means")


class Question(models.Model):
    """What an institution asks the secretaría técnica about a field of a report, and the answer. Only the answer is
    written later, once."""

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="questions", verbose_name="reporte")
    anchor = models.CharField(
        "sobre", max_length=40, help_text="Campo: means-<id>, indicator-<id>, narrative, o vacío si es del conjunto."
    )
    text = models.CharField("pregunta", max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="pregunta")
    asked_at = models.DateTimeField("preguntado", default=timezone.now, editable=False)
    answer = models.CharField("respuesta", max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="responde")
    answered_at = models.DateTimeField("respondido", null=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "pregunta"
        verbose_name_plural = "preguntas"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="question_has_text",
                violation_error_message="Escriba la pregunta.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="question_answer_complete",
                violation_error_message="Una respuesta dice quién la dio y cuándo.",
            ),
        ]

    def __str__(self):
        return f"Pregunta sobre {self.report}"

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def subject(self) -> str:
        """What the question is about, in words."""
        return self.report.words_of(self.anchor)
