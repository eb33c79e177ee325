"""What is said beside the figures and never changes them: the apreciación of risk, causes with their measures, and what
the subcomisión proposes."""

from datetime import date, datetime

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from indicators.enums import CauseKind, Deviation, ProposalKind, RiskLevel
from indicators.models.duties import Responsibility
from indicators.models.immutable import ImmutableRow
from indicators.models.measures import Indicator
from plan import access
from plan.models import Action, Institution, Plan, Subcommission, User


class ReadWithFigures(models.QuerySet):
    def visible_to(self, user):
        """Everybody who reads the figures reads what is said beside them."""
        return self if access.may_read_plan(user) else self.none()


class SignedQuerySet(ReadWithFigures):
    """Rows signed of actions, of which one stands for each: the first by `newest`."""

    newest: tuple[str, ...]

    def for_plan(self, plan: Plan):
        return self.filter(action__objective__axis__plan=plan)

    def newest_first(self):
        return self.order_by(*self.newest)

    def newest_of_each_action(self):
        """Of these rows, the one that stands for each action."""
        newest = self.filter(action=OuterRef("action")).newest_first().values("pk")[:1]
        return self.filter(pk=Subquery(newest))


class SignedRow(ImmutableRow):
    """Said of an action by somebody in their cargo. A newer row replaces it; it stays as history."""

    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="firma")
    acting_as = models.CharField("en calidad de", max_length=250)
    signed_at = models.DateTimeField("firmada", default=timezone.now, editable=False)

    class Meta:
        abstract = True


class AssessmentQuerySet(SignedQuerySet):
    #: Of the latest corte; of several on one corte, the one signed last.
    newest = ("-cut_off", "-signed_at", "-pk")

    def known(self, cut_off: date, known_at: datetime):
        """Those that speak of the corte or of an earlier one, and were signed by then."""
        return self.filter(cut_off__lte=cut_off, signed_at__lte=known_at)


class Assessment(SignedRow):
    """A signed judgement of how much the result of an action is at risk, never read by the arithmetic."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="assessments", verbose_name="acción")
    cut_off = models.DateField("corte")
    level = models.CharField("apreciación", max_length=13, choices=RiskLevel)
    sentence = models.CharField("fundamento", max_length=300)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "apreciación"
        verbose_name_plural = "apreciaciones"
        ordering = ["action", "-cut_off", "-signed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sentence=""),
                name="assessment_has_sentence",
                violation_error_message="Escriba el fundamento en una frase.",
            )
        ]

    def __str__(self):
        return f"Apreciación de {self.action.code} al {self.cut_off:%d-%m-%Y}"


class ProposalQuerySet(SignedQuerySet):
    #: Of the latest year; of several of one year, the one signed last.
    newest = ("-year", "-signed_at", "-pk")

    def visible_to(self, user):
        """For the secretarías, for who coordinates the subcomisión of the eje, and for the institutions that are
        responsables of the action today."""
        if access.is_secretariat(user):
            return self
        duties = Responsibility.objects.responsible().in_force(timezone.localdate())
        own = duties.filter(institution__in=access.institution_ids(user)).values("action")
        return self.filter(Q(action__objective__axis__in=access.axis_ids(user)) | Q(action__in=own))

    def known(self, cut_off: date, known_at: datetime):
        """Those of the year of the corte or of an earlier one, signed by then."""
        return self.filter(year__lte=cut_off.year, signed_at__lte=known_at)


class Proposal(SignedRow):
    """What the subcomisión of the eje proposes to do with an action, to the Mesa or for the next plan. It changes no
    text: only an acta does."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="proposals", verbose_name="acción")
    subcommission = models.ForeignKey(
        Subcommission, models.PROTECT, related_name="proposals", verbose_name="subcomisión"
    )
    year = models.PositiveSmallIntegerField("año")
    kind = models.CharField("propuesta", max_length=8, choices=ProposalKind)
    wording = models.CharField("texto propuesto", max_length=2000, blank=True)
    grounds = models.CharField("fundamento", max_length=1000)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "propuesta"
        verbose_name_plural = "propuestas"
        ordering = ["action", "-year", "-signed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(grounds=""),
                name="proposal_has_grounds",
                violation_error_message="Escriba el fundamento de la propuesta.",
            ),
            models.CheckConstraint(
                condition=Q(kind=ProposalKind.MODIFY) & ~Q(wording="") | ~Q(kind=ProposalKind.MODIFY) & Q(wording=""),
                name="proposal_wording_fits_kind",
                violation_error_message="Una propuesta de modificar lleva el texto nuevo; las demás, ninguno.",
            ),
        ]

    def __str__(self):
        return f"Propuesta sobre {self.action.code}, {self.year}"


class CauseQuerySet(ReadWithFigures):
    def known(self, cut_off: date, known_at: datetime):
        """Those recorded by then for the corte or for an earlier one."""
        return self.filter(cut_off__lte=cut_off, recorded_at__lte=known_at)

    def standing(self):
        """Not replaced by another."""
        return self.filter(replaced_by__isnull=True)


class Cause(ImmutableRow):
    """Why an indicator is far from its target on a corte, and what is done about it (REPORTS, eje 8). A mended one
    replaces it; it stays as history."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="causes", verbose_name="indicador")
    cut_off = models.DateField("corte")
    deviation = models.CharField("desviación", max_length=5, choices=Deviation)
    kind = models.CharField("tipo de causa", max_length=12, choices=CauseKind)
    explanation = models.CharField("explicación", max_length=1000)
    measure = models.CharField("medida", max_length=500)
    responsible = models.CharField("cargo responsable", max_length=200)
    due_on = models.DateField("plazo de la medida")
    #: None where the secretaría técnica recorded it.
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+", verbose_name="institución que la registra"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="registra")
    acting_as = models.CharField("en calidad de", max_length=250)
    recorded_at = models.DateTimeField("registrada", default=timezone.now, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="reemplaza a"
    )

    objects = CauseQuerySet.as_manager()

    class Meta:
        verbose_name = "causa"
        verbose_name_plural = "causas"
        ordering = ["indicator", "-cut_off", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(explanation="") & ~Q(measure="") & ~Q(responsible=""),
                name="cause_is_complete",
                violation_error_message="Una causa lleva su explicación, la medida y el cargo responsable.",
            )
        ]

    def __str__(self):
        return f"Causa de {self.indicator.reference} al {self.cut_off:%d-%m-%Y}"
