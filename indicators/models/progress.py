from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from indicators.enums import Move, ReportState
from indicators.models.immutable import ImmutableRow
from indicators.models.periods import ReportingPeriod
from plan import access
from plan.models import Action, Institution, Plan, User

#: States in which the institution writes; in the others the report is read only.
EDITABLE_STATES = (ReportState.DRAFT, ReportState.RETURNED, ReportState.RECTIFYING)
#: States in which the institution corrects what it has sent before.
CORRECTABLE_STATES = (ReportState.RETURNED, ReportState.RECTIFYING)
#: States that others than the institution may know of; what was withdrawn is a draft again.
SENT_STATES = tuple(state for state in ReportState if state != ReportState.DRAFT)

#: Who saved a draft within this time is taken to be writing it still.
EDITING_WINDOW = timedelta(minutes=10)


class ProgressReportQuerySet(models.QuerySet):
    def for_plan(self, plan: Plan):
        return self.filter(period__plan=plan)

    def visible_to(self, user):
        """Own institution; the secretaría técnica, what it records on behalf; the secretarías, all that was sent; a
        coordination, what was sent in its eje."""
        sent = Q(state__in=SENT_STATES)
        rights = _in_hands_of(user)
        if access.is_secretariat(user):
            rights |= sent
        rights |= sent & Q(action__objective__axis__in=access.axis_ids(user))
        return self.filter(rights)

    def in_hands_of(self, user):
        """What may be the person's to write: of their own institution, or recorded on behalf of any."""
        return self.filter(_in_hands_of(user))

    def awaiting_review(self):
        return self.filter(state=ReportState.SUBMITTED)

    def with_parties(self):
        return self.select_related(
            "action__objective__axis__plan", "institution", "period__plan", "assigned_to", "saved_by"
        ).prefetch_related("period__extensions")


def _in_hands_of(user) -> Q:
    rights = Q(institution__in=access.institution_ids(user))
    return rights | Q(is_on_behalf=True) if access.is_technical(user) else rights


class ProgressReport(models.Model):
    """What an institution says of an action in a period: the working draft and its state.

    `draft` holds the form as it was typed, so that nothing typed is lost, right or wrong; what counts are the
    submissions.
    """

    action = models.ForeignKey(Action, models.PROTECT, related_name="reports", verbose_name="acción")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="reports", verbose_name="institución")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="reports", verbose_name="período")
    state = models.CharField("estado", max_length=10, choices=ReportState, default=ReportState.DRAFT, editable=False)
    version = models.PositiveIntegerField("versión", default=1, editable=False)
    draft = models.JSONField("borrador", default=dict, blank=True)
    saved_at = models.DateTimeField("guardado", null=True, editable=False)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="guardado por")
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="assigned_reports", verbose_name="en revisión por"
    )
    #: Written by the secretaría técnica from an oficio of the institution.
    is_on_behalf = models.BooleanField("por encargo", default=False, editable=False)
    created_at = models.DateTimeField("creado", default=timezone.now, editable=False)

    #: Only where a query adds them.
    has_evidence: bool
    has_questions: bool

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = "reporte de avance"
        verbose_name_plural = "reportes de avance"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "institution", "period"],
                name="report_unique",
                violation_error_message="La institución ya tiene un reporte de esta acción en este período.",
            )
        ]
        # The few that wait are found without reading the history of all.
        indexes = [models.Index(fields=["period", "state"], name="report_waiting")]

    def __str__(self):
        return f"{self.action.code} · {self.institution} · {self.period}"

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE_STATES

    @property
    def due_on(self):
        return self.period.due_on_for(self.institution)

    def being_edited_by(self, reader: User) -> User | None:
        """Somebody else who saved the draft a moment ago, for the person who is about to write too."""
        is_fresh = self.saved_at is not None and timezone.now() - self.saved_at < EDITING_WINDOW
        return self.saved_by if is_fresh and self.is_editable and self.saved_by_id != reader.pk else None

    def words_of(self, anchor: str) -> str:
        """What a question or an observation is about: the text of a row of the plan, or the part of the report."""
        kind, _, pk = anchor.partition("-")
        texts = {
            "indicator": {str(row.pk): row.text for row in self.action.indicators.all()},
            "means": {str(row.pk): row.text for row in self.action.means.all()},
        }
        return texts.get(kind, {}).get(pk) or {"narrative": "Relato"}.get(kind, "El reporte en general")

    @property
    def correction(self):
        """The move by which the report was returned, or opened to rectification, with its reason; read through the
        prefetch where there is one."""
        asked = (move for move in self.transitions.all() if move.move in (Move.RETURN, Move.REOPEN))
        return max(asked, key=lambda move: move.pk, default=None)

    @property
    def latest_submission(self):
        """The newest submission; read through the prefetch where there is one."""
        return max(self.submissions.all(), key=lambda s: s.number, default=None)


class Transition(ImmutableRow):
    """One move of the workflow."""

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="transitions", verbose_name="reporte")
    move = models.CharField("movimiento", max_length=8, choices=Move)
    from_state = models.CharField("desde", max_length=10, choices=ReportState)
    to_state = models.CharField("hasta", max_length=10, choices=ReportState)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="quién")
    acting_as = models.CharField("en calidad de", max_length=250)
    at = models.DateTimeField("cuándo", default=timezone.now)
    round = models.PositiveSmallIntegerField("ronda")
    comment = models.TextField("comentario", blank=True)
    submission = models.ForeignKey(
        "indicators.Submission", models.PROTECT, null=True, related_name="transitions", verbose_name="envío"
    )

    class Meta:
        verbose_name = "movimiento"
        verbose_name_plural = "movimientos"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(move__in=[Move.RETURN, Move.REOPEN, Move.ANNUL]) | ~Q(comment=""),
                name="transition_has_reason",
                violation_error_message="Devolver, reabrir o anular un reporte exige un motivo.",
            )
        ]

    def __str__(self):
        return f"{self.get_move_display()}, ronda {self.round}"
