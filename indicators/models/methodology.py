from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from indicators.calculations.methodology import FIRST
from indicators.calculations.methodology import Methodology as Parameters
from indicators.calculations.parameters import LABELS, PARAMETERS
from indicators.models.immutable import ImmutableRow
from plan.models import Agreement, Plan


def _share(name: str, **options) -> models.DecimalField:
    """A fraction of one: 0.9 is 90 %."""
    return models.DecimalField(LABELS[name], max_digits=7, decimal_places=4, **options)


def _whole(name: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(LABELS[name])


class MethodologyQuerySet(models.QuerySet):
    def for_plan(self, plan: Plan):
        """That of the portal's own document, and those that actas of the plan have set."""
        return self.filter(Q(agreement=None) | Q(agreement__plan=plan)).select_related("agreement__subcommission")

    def newest_first(self):
        return self.order_by(F("valid_from").desc(nulls_last=True), "-agreement__agreed_on", "-recorded_at", "-pk")


class Methodology(ImmutableRow):
    """A version of the parameters of the arithmetic. A change is a new version under an acta, from a day on; the first
    is that of the portal's own document, has no acta and holds for everything before."""

    version = models.CharField(
        "versión", max_length=10, unique=True, error_messages={"unique": "Ya existe una versión con este número."}
    )
    valid_from = models.DateField("rige desde", null=True, blank=True)
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="methodologies", verbose_name="acta"
    )
    fulfilled_from = _share("fulfilled_from")
    partial_from = _share("partial_from")
    explain_under = _share("explain_under")
    explain_over = _share("explain_over")
    conclusive_share = _share("conclusive_share")
    pace_tolerance = _share("pace_tolerance")
    yearly_product_years_of_grace = _whole("yearly_product_years_of_grace")
    forecast_periods = _whole("forecast_periods")
    forecast_total_periods = _whole("forecast_total_periods")
    reason = models.CharField("fundamento", max_length=300, blank=True)
    recorded_at = models.DateTimeField("registrada", default=timezone.now, editable=False)

    objects = MethodologyQuerySet.as_manager()

    class Meta:
        verbose_name = "metodología"
        verbose_name_plural = "metodologías"
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement__isnull=True, valid_from__isnull=True)
                | Q(agreement__isnull=False, valid_from__isnull=False),
                name="methodology_has_source",
                violation_error_message="Toda versión cita su acta y desde cuándo rige, salvo la del documento del "
                "portal.",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                name="methodology_once_per_agreement",
                violation_error_message="El acta ya fija una versión de la metodología.",
            ),
            models.CheckConstraint(
                condition=Q(partial_from__gt=0, partial_from__lt=F("fulfilled_from"), fulfilled_from__lte=1),
                name="methodology_bands_in_order",
                violation_error_message="Parcial empieza sobre 0\u00a0%% y bajo Cumplido, y Cumplido no pasa de "
                "100\u00a0%%.",
            ),
            models.CheckConstraint(
                condition=Q(explain_under__gte=0, explain_under__lte=1, explain_over__gte=1),
                name="methodology_explains_outside",
                violation_error_message="Se explica lo que queda bajo un umbral de hasta 100\u00a0%% o sobre uno de al "
                "menos 100\u00a0%%.",
            ),
            models.CheckConstraint(
                condition=Q(conclusive_share__gte=0, conclusive_share__lte=1, pace_tolerance__gte=0)
                & Q(pace_tolerance__lt=1),
                name="methodology_shares_of_one",
                violation_error_message="La parte computable va de 0 a 100\u00a0%%, y la distancia tolerada es menor "
                "que 100 puntos porcentuales.",
            ),
            models.CheckConstraint(
                condition=Q(forecast_periods__gte=1, forecast_total_periods__gte=2),
                name="methodology_forecast_rests_on_periods",
                violation_error_message="Un incremento se proyecta desde un período verificado o más; un acumulado, "
                "desde dos o más.",
            ),
        ]

    def __str__(self):
        return f"Metodología {self.version}"

    @property
    def source(self) -> str:
        """Its acta, or the portal's own document."""
        return f"{self.agreement}, {self.agreement.agreed_on:%d-%m-%Y}" if self.agreement else FIRST.source

    @property
    def starts_on(self) -> date:
        return self.valid_from or date.min

    @property
    def parameters(self) -> Parameters:
        """The row as the arithmetic reads it."""
        values = {parameter.name: getattr(self, parameter.name) for parameter in PARAMETERS}
        exact: dict[str, Any] = {
            name: Fraction(value) if isinstance(value, Decimal) else value for name, value in values.items()
        }
        return Parameters(version=self.version, source=self.source, **exact)
