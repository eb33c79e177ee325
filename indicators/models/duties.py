from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from indicators.enums import Classification, ResponsibilityKind, TargetScope, TargetSource
from indicators.models.measures import Indicator, MeansOfVerification
from plan.models import Action, Agreement, Institution, Plan, Region, Unit, User
from plan.models.validity import FIRST_DAY, Validity, ValidityQuerySet


class ResponsibilityQuerySet(ValidityQuerySet):
    def responsible(self):
        return self.filter(kind=ResponsibilityKind.RESPONSIBLE)

    def known_in_force(self, cut_off: date, known_at: datetime):
        """Those in force on the corte as they were known: an acta agreed after it, or recorded later, neither began
        nor ended any (COMPLIANCE, Two dates)."""
        begun = self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=cut_off),
            agreement__agreed_on__lte=cut_off,
            agreement__recorded_at__lte=known_at,
            recorded_at__lte=known_at,
        )
        end_is_unknown = Q(ended_under__agreed_on__gt=cut_off) | Q(end_recorded_at__gt=known_at)
        return begun.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=cut_off) | end_is_unknown)

    def ever_in_force(self):
        """All but those that another one took the place of from their very first day."""
        return self.exclude(valid_to__lt=F("valid_from"))


class Responsibility(Validity):
    """An institution answers for an action (responsable) or lends a hand (colaboradora), under an acta.

    One that an acta ends on the day before its first was never in force: until that was recorded it was taken to be.
    """

    action = models.ForeignKey(Action, models.PROTECT, related_name="responsibilities", verbose_name="acción")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="responsibilities", verbose_name="institución"
    )
    kind = models.CharField(
        "calidad", max_length=12, choices=ResponsibilityKind, default=ResponsibilityKind.RESPONSIBLE
    )
    indicators = models.ManyToManyField(Indicator, blank=True, verbose_name="indicadores (todos si no se indica)")
    means = models.ManyToManyField(MeansOfVerification, blank=True, verbose_name="medios (todos si no se indica)")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="responsibilities", verbose_name="acta")
    reason = models.CharField("fundamento", max_length=300, blank=True)
    recorded_at = models.DateTimeField("registrada", default=timezone.now, editable=False)
    #: The acta that ends it on `valid_to`, and when that was entered: what was known before does not change.
    ended_under = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="acta que le pone término"
    )
    end_recorded_at = models.DateTimeField("término registrado", null=True, blank=True, editable=False)
    end_reason = models.CharField("fundamento del término", max_length=300, blank=True)

    objects = ResponsibilityQuerySet.as_manager()  # type: ignore[misc]  # narrows the manager of Validity

    class Meta(Validity.Meta):
        verbose_name = "responsabilidad"
        verbose_name_plural = "responsabilidades"
        ordering = ["action", "institution"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from"))
                | Q(ended_under__isnull=False),
                name="responsibility_dates_in_order",
                violation_error_message="La fecha de término no puede ser anterior a la de inicio.",
            ),
            models.UniqueConstraint(
                "action",
                "institution",
                Coalesce("valid_from", FIRST_DAY),
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="responsibility_unique",
                violation_error_message="La institución ya responde por la acción desde esa fecha.",
            ),
        ]

    def __str__(self):
        return f"{self.institution}: {self.action.code}"

    @property
    def is_owed(self) -> bool:
        """A responsable owes a report of every period; a colaboradora may report and owes nothing."""
        return self.kind == ResponsibilityKind.RESPONSIBLE

    @property
    def was_ever_in_force(self) -> bool:
        return self.valid_from is None or self.valid_to is None or self.valid_from <= self.valid_to

    def covers(self, row: Indicator | MeansOfVerification) -> bool:
        """Of its action: each of those that it names, or any where it names none; read through the prefetch."""
        named = self.indicators.all() if isinstance(row, Indicator) else self.means.all()
        return not named or row in named

    @property
    def limits(self) -> str:
        """What it covers where that is not everything, in words: "solo el indicador I2, todos los medios"."""
        indicators = [f"I{row.number}" for row in self.indicators.all()]
        means = [f"M{row.number}" for row in self.means.all()]
        if not indicators and not means:
            return ""
        return f"{_only(indicators, 'indicador', 'indicadores')}, {_only(means, 'medio', 'medios')}"


def _only(names: list[str], one: str, many: str) -> str:
    if not names:
        return f"todos los {many}"
    *first, last = names
    return f"solo los {many} {', '.join(first)} y {last}" if first else f"solo el {one} {last}"


class TargetQuerySet(models.QuerySet):
    def withdrawals(self):
        return self.filter(value__isnull=True)

    def setting(self):
        return self.filter(value__isnull=False)


class Target(models.Model):
    """A meta with its provenance. A ratio's value is a fraction of one: 0.6 is 60 %.

    A date beside a year is the agreed date of that year's product; without one the rules of COMPLIANCE set it. A row
    without value withdraws the meta of its window: as the newest acta's it counts, and leaves none.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets", verbose_name="indicador")
    value = models.DecimalField("valor", max_digits=16, decimal_places=6, null=True, blank=True)
    scope = models.CharField("alcance", max_length=10, choices=TargetScope)
    year = models.PositiveSmallIntegerField("año", null=True, blank=True)
    due_on = models.DateField("vence", null=True, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="región")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="institución"
    )
    baseline = models.DecimalField("línea de base", max_digits=16, decimal_places=6, null=True, blank=True)
    source = models.CharField("origen", max_length=9, choices=TargetSource, default=TargetSource.AGREEMENT)
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name="acta"
    )
    reason = models.CharField("fundamento", max_length=300, blank=True)
    recorded_at = models.DateTimeField("registrada", default=timezone.now, editable=False)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "meta"
        verbose_name_plural = "metas"
        ordering = ["indicator", "due_on", "year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="target_not_negative",
                violation_error_message="Una meta no puede ser negativa.",
            ),
            models.CheckConstraint(
                condition=Q(source=TargetSource.PLAN_TEXT, agreement__isnull=True)
                | Q(source=TargetSource.AGREEMENT, agreement__isnull=False),
                name="target_has_source",
                violation_error_message="Toda meta cita su acta, o dice que viene del texto del plan.",
            ),
            models.CheckConstraint(
                condition=Q(scope=TargetScope.YEAR, year__isnull=False)
                | Q(scope=TargetScope.CUMULATIVE, year__isnull=True, due_on__isnull=False)
                | Q(scope=TargetScope.WHOLE_PLAN, year__isnull=True, due_on__isnull=True),
                name="target_scope_complete",
                violation_error_message="La meta de un año indica el año; la acumulada, solo la fecha; la de todo el "
                "plan, ninguno de los dos.",
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=True) | Q(institution__isnull=True),
                name="target_one_partial_scope",
                violation_error_message="Una meta parcial es de una región o de una institución, no de ambas.",
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | Q(baseline__gt=F("value")),
                name="target_baseline_above_value",
                violation_error_message="La línea de base debe ser mayor que la meta que desciende desde ella.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(source=TargetSource.AGREEMENT, baseline__isnull=True),
                name="target_withdrawn_under_acta",
                violation_error_message="Solo un acta retira una meta, y lo retirado no lleva línea de base.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(reason=""),
                name="target_withdrawn_with_reason",
                violation_error_message="Escriba por qué se retira la meta.",
            ),
        ]

    def __str__(self):
        if self.value is None:
            return f"Retiro de una meta de {self.indicator.reference}"
        return f"Meta {self.value.normalize():f} de {self.indicator.reference}"

    @property
    def is_withdrawal(self) -> bool:
        return self.value is None

    def starts_on(self, plan: Plan) -> date:
        """The first day that the target covers."""
        return date(self.year, 1, 1) if self.scope == TargetScope.YEAR and self.year else plan.starts_on

    def ends_on(self, plan: Plan) -> date:
        """The day on which it falls due."""
        if self.due_on is not None:
            return self.due_on
        return date(self.year, 12, 31) if self.scope == TargetScope.YEAR and self.year else plan.ends_on


class MeansDeadline(models.Model):
    """The date that an acta sets for a medio owed once; without one it is owed at the plan's end."""

    means = models.ForeignKey(MeansOfVerification, models.PROTECT, related_name="deadlines", verbose_name="medio")
    due_on = models.DateField("vence")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="means_deadlines", verbose_name="acta")
    reason = models.CharField("fundamento", max_length=300, blank=True)
    recorded_at = models.DateTimeField("registrado", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "plazo de medio"
        verbose_name_plural = "plazos de medios"
        ordering = ["means", "due_on"]

    def __str__(self):
        return f"{self.means.reference} al {self.due_on:%d-%m-%Y}"


class ActionWeight(models.Model):
    """How much an action weighs inside its eje. An acta sets them for a whole eje or not at all (COMPLIANCE)."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="weights", verbose_name="acción")
    value = models.DecimalField("ponderación", max_digits=8, decimal_places=4)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="weights", verbose_name="acta")
    reason = models.CharField("fundamento", max_length=300, blank=True)
    recorded_at = models.DateTimeField("registrada", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "ponderación"
        verbose_name_plural = "ponderaciones"
        ordering = ["action", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gt=0),
                name="weight_positive",
                violation_error_message="Una ponderación es mayor que cero.",
            ),
            models.UniqueConstraint(
                fields=["action", "agreement"],
                name="weight_once_per_agreement",
                violation_error_message="El acta ya fija la ponderación de esta acción.",
            ),
        ]

    def __str__(self):
        return f"{self.action.code}: {self.value.normalize():f}"


class RetentionRule(models.Model):
    """For how many years files of a classification are kept, under an acta; the newest in force counts."""

    classification = models.CharField("clasificación", max_length=8, choices=Classification)
    years = models.PositiveSmallIntegerField("años")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="retention_rules", verbose_name="acta")
    reason = models.CharField("fundamento", max_length=300, blank=True)
    recorded_at = models.DateTimeField("registrada", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "plazo de conservación"
        verbose_name_plural = "plazos de conservación"
        ordering = ["classification", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(years__gt=0),
                name="retention_positive",
                violation_error_message="Un plazo de conservación es de al menos un año.",
            ),
            models.UniqueConstraint(
                fields=["classification", "agreement"],
                name="retention_once_per_agreement",
                violation_error_message="El acta ya fija el plazo de esta clasificación.",
            ),
        ]

    def __str__(self):
        return f"{self.get_classification_display()}: {self.years} años"


class Universe(models.Model):
    """A stock used as a denominator, such as the staff of a region."""

    code = models.SlugField("código", max_length=60, unique=True)
    name = models.CharField("nombre", max_length=200)

    class Meta:
        verbose_name = "universo"
        verbose_name_plural = "universos"
        ordering = ["name"]

    def __str__(self):
        return self.name


class UniverseValueQuerySet(models.QuerySet):
    def for_institution(self, institution: Institution):
        return self.filter(institution=institution)

    def counting(self):
        """All but what was objected to: what waits for confirmation counts already."""
        return self.filter(objection="")

    def pending(self):
        """Neither confirmed nor objected to."""
        return self.filter(objection="", confirmed_at__isnull=True)

    def declared_with(self, value: "UniverseValue"):
        """The rows that were declared in one act with this one, itself among them."""
        return self.filter(universe=value.universe_id, institution=value.institution_id, recorded_at=value.recorded_at)


class UniverseValue(models.Model):
    """What an institution declares of a universe on a date, with its source; a new row never alters an old one."""

    universe = models.ForeignKey(Universe, models.PROTECT, related_name="values", verbose_name="universo")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="universe_values", verbose_name="institución"
    )
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="región")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unidad")
    dated_on = models.DateField("al día")
    value = models.PositiveBigIntegerField("valor")
    source = models.CharField("fuente", max_length=300)
    recorded_at = models.DateTimeField("registrado", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="registrado por")
    confirmed_at = models.DateTimeField("confirmado", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="confirmado por"
    )
    objection = models.CharField("objeción", max_length=300, blank=True)

    objects = UniverseValueQuerySet.as_manager()

    class Meta:
        verbose_name = "valor de universo"
        verbose_name_plural = "valores de universos"
        ordering = ["universe", "institution", "region__order", "dated_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="universe_value_not_negative",
                violation_error_message="Un universo no puede ser negativo.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="universe_value_has_source",
                violation_error_message="Indique la fuente del universo.",
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=True) | Q(unit__isnull=True),
                name="universe_value_one_breakdown",
                violation_error_message="El universo es de una región o de una unidad, no de ambas.",
            ),
            models.CheckConstraint(
                condition=Q(objection="") | Q(confirmed_at__isnull=True),
                name="universe_value_confirmed_or_objected",
                violation_error_message="Un universo se confirma o se objeta, no ambas cosas.",
            ),
        ]

    def __str__(self):
        return f"{self.universe}: {self.value} al {self.dated_on:%d-%m-%Y}"

    @property
    def is_pending(self) -> bool:
        return not self.objection and self.confirmed_at is None

    @property
    def place(self) -> Region | Unit | None:
        """What the value is of; None is the whole institution."""
        return self.region or self.unit
