from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from plan.enums import PlanState

PLAN_CODE = r"^[A-Z0-9]+(-[A-Z0-9]+)*\Z"
plan_code = RegexValidator(PLAN_CODE, "Escriba el código en mayúsculas, por ejemplo PAN-2015-2018.")


class PlanQuerySet(models.QuerySet):
    def current(self):
        """The plan that people work on: the newest in force."""
        return self.filter(state=PlanState.IN_FORCE).order_by("-start_year", "-pk").first()


class Plan(models.Model):
    code = models.CharField("código", max_length=40, unique=True, validators=[plan_code])
    title = models.CharField("título", max_length=300)
    start_year = models.PositiveSmallIntegerField("primer año")
    end_year = models.PositiveSmallIntegerField("último año")
    decree = models.CharField("decreto", max_length=300, blank=True)
    general_objective = models.TextField("objetivo general")
    texts = models.JSONField(
        "otros textos",
        default=dict,
        blank=True,
        help_text="Textos del plan que el portal muestra y no calcula: antecedentes, introducciones y notas.",
    )
    state = models.CharField("estado", max_length=10, choices=PlanState, default=PlanState.DRAFT)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="plan anterior"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "plan"
        verbose_name_plural = "planes"
        ordering = ["start_year", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_year__gte=F("start_year")),
                name="plan_years_in_order",
                violation_error_message="El último año del plan no puede ser anterior al primero.",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=PLAN_CODE),
                name="plan_code_well_formed",
                violation_error_message="El código del plan se escribe en mayúsculas, por ejemplo PAN-2015-2018.",
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.years_label}"

    @property
    def years_label(self) -> str:
        return f"{self.start_year}-{self.end_year}"

    @property
    def starts_on(self) -> date:
        return date(self.start_year, 1, 1)

    @property
    def ends_on(self) -> date:
        return date(self.end_year, 12, 31)

    @property
    def years(self) -> range:
        return range(self.start_year, self.end_year + 1)


class PlanText(models.Model):
    """A numbered text of a plan."""

    number = models.PositiveSmallIntegerField("número")
    text = models.TextField("texto")

    class Meta:
        abstract = True
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="%(app_label)s_%(class)s_number_unique",
                violation_error_message="El plan ya tiene un texto con este número.",
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.text[:80]}"


class SpecificObjective(PlanText):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="specific_objectives", verbose_name="plan")

    class Meta(PlanText.Meta):
        verbose_name = "objetivo específico"
        verbose_name_plural = "objetivos específicos"


class GuidingPrinciple(PlanText):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="principles", verbose_name="plan")
    title = models.CharField("título", max_length=200)
    notes = models.JSONField("notas al pie", default=list, blank=True)

    class Meta(PlanText.Meta):
        verbose_name = "principio orientador"
        verbose_name_plural = "principios orientadores"


class BackgroundFact(PlanText):
    """A fact that the plan itself tells, with the sentence that tells it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="background_facts", verbose_name="plan")
    key = models.CharField("clave", max_length=60, blank=True)
    figures = models.JSONField("cifras", default=list, blank=True)
    actions = models.ManyToManyField(
        "plan.Action", blank=True, related_name="background_facts", verbose_name="acciones que nombra"
    )

    class Meta(PlanText.Meta):
        verbose_name = "antecedente"
        verbose_name_plural = "antecedentes"
