from django.db import models
from django.db.models import Q

from indicators.enums import (
    Breakdown,
    CellAggregation,
    DerivedFrom,
    Direction,
    Entry,
    IndicatorKind,
    NeededFrom,
    OwedBy,
    PeriodAggregation,
    Recurrence,
    Stage,
)
from plan.models import Action


class Indicator(models.Model):
    """What an action's result is measured by, and how its figures add up (COMPLIANCE, Value of an indicator)."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="indicators", verbose_name="acción")
    number = models.PositiveSmallIntegerField("número")
    text = models.TextField("texto")
    kind = models.CharField("tipo", max_length=14, choices=IndicatorKind)
    unit_label = models.CharField("unidad de medida", max_length=80, blank=True)
    numerator_label = models.CharField("numerador", max_length=400, blank=True)
    denominator_label = models.CharField("denominador", max_length=400, blank=True)
    entry = models.CharField("ingreso", max_length=13, choices=Entry, default=Entry.INCREMENT)
    numerator_aggregation = models.CharField(
        "numerador entre períodos", max_length=5, choices=PeriodAggregation, default=PeriodAggregation.FLOW
    )
    denominator_aggregation = models.CharField(
        "denominador entre períodos", max_length=5, choices=PeriodAggregation, blank=True
    )
    cell_aggregation = models.CharField(
        "entre celdas", max_length=3, choices=CellAggregation, default=CellAggregation.SUM
    )
    derived_from = models.CharField("se deriva de", max_length=13, choices=DerivedFrom, blank=True)
    lists_names = models.BooleanField("se informa con lista de nombres", default=False)
    breakdown = models.CharField("desglose", max_length=18, choices=Breakdown, blank=True)
    years = models.JSONField("años", default=list, blank=True)
    depends_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="dependents", verbose_name="denominador tomado de"
    )
    universe = models.ForeignKey(
        "indicators.Universe",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="universo del denominador",
    )
    stage = models.CharField("etapa que lo cumple", max_length=14, choices=Stage, blank=True)
    needed_from = models.CharField("se exige a", max_length=3, choices=NeededFrom, default=NeededFrom.ANY)
    named_count_label = models.CharField("conteo que acompaña al producto", max_length=200, blank=True)
    direction = models.CharField("sentido", max_length=10, choices=Direction, default=Direction.ASCENDING)
    bounded = models.BooleanField("el numerador no supera al denominador", default=False)

    class Meta:
        verbose_name = "indicador"
        verbose_name_plural = "indicadores"
        ordering = ["action", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "number"],
                name="indicator_number_unique",
                violation_error_message="La acción ya tiene un indicador con este número.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="indicator_number_positive",
                violation_error_message="El número del indicador comienza en 1.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=IndicatorKind.RATIO) | ~Q(denominator_aggregation=""),
                name="indicator_ratio_has_denominator",
                violation_error_message="Una razón dice cómo se agrega su denominador.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=IndicatorKind.PRODUCT) | ~Q(stage=""),
                name="indicator_product_has_stage",
                violation_error_message="Un producto dice en qué etapa se da por cumplido.",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.text[:80]}"

    @property
    def reference(self) -> str:
        """Stable name inside the plan, such as 1.1.2.I1."""
        return f"{self.action.code}.I{self.number}"

    @property
    def lineage(self) -> tuple[str, ...]:
        """References of what stands above it and its own: it is in the plan while all of them are."""
        return *self.action.lineage, self.reference

    @property
    def is_ratio(self) -> bool:
        return self.kind == IndicatorKind.RATIO

    @property
    def has_fixed_denominator(self) -> bool:
        """The denominator comes from a universe or from another indicator, never from the form."""
        return self.universe_id is not None or self.depends_on_id is not None

    def is_asked_in(self, year: int) -> bool:
        """A count tied to certain years is asked only in their periods."""
        return self.kind != IndicatorKind.YEAR_COUNT or not self.years or year in self.years


class MeansOfVerification(models.Model):
    """A line of the checklist of proof that the plan itself sets for an action."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="means", verbose_name="acción")
    number = models.PositiveSmallIntegerField("número")
    text = models.TextField("texto")
    indicators = models.ManyToManyField(
        Indicator, blank=True, related_name="means", verbose_name="indicadores que prueba (todos si no se indica)"
    )
    reserved = models.BooleanField("reservado: solo certificación por oficio", default=False)
    lists_people = models.BooleanField("contiene listas de personas", default=False)
    owed_by = models.CharField("lo debe", max_length=4, choices=OwedBy, default=OwedBy.EACH)
    recurrence = models.CharField("se debe", max_length=10, choices=Recurrence, default=Recurrence.ONCE)

    class Meta:
        verbose_name = "medio de verificación"
        verbose_name_plural = "medios de verificación"
        ordering = ["action", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "number"],
                name="means_number_unique",
                violation_error_message="La acción ya tiene un medio con este número.",
            )
        ]

    def __str__(self):
        return f"{self.reference} {self.text[:80]}"

    @property
    def reference(self) -> str:
        """Stable name inside the plan, such as 1.1.2.M3."""
        return f"{self.action.code}.M{self.number}"

    @property
    def lineage(self) -> tuple[str, ...]:
        """References of what stands above it and its own: it is in the plan while all of them are."""
        return *self.action.lineage, self.reference
