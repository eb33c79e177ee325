"""The shapes of a figure, shared by what is reported and what is validated."""

from django.db import models
from django.db.models import F, Q

from indicators.enums import Stage
from indicators.models.immutable import ImmutableRow


class Amounts(ImmutableRow):
    """A count, or a numerator with or without its own denominator; whole numbers."""

    value = models.BigIntegerField("valor", null=True, blank=True)
    numerator = models.BigIntegerField("numerador", null=True, blank=True)
    denominator = models.BigIntegerField("denominador", null=True, blank=True)
    bounded = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(Q(value__isnull=True) | Q(value__gte=0))
                & (Q(numerator__isnull=True) | Q(numerator__gte=0))
                & (Q(denominator__isnull=True) | Q(denominator__gte=0)),
                name="%(app_label)s_%(class)s_not_negative",
                violation_error_message="El valor no puede ser menor que 0.",
            ),
            models.CheckConstraint(
                condition=Q(bounded=False)
                | Q(numerator__isnull=True)
                | Q(denominator__isnull=True)
                | Q(numerator__lte=F("denominator")),
                name="%(app_label)s_%(class)s_numerator_bounded",
                violation_error_message="El numerador no puede superar al denominador.",
            ),
        ]


class Figures(Amounts):
    """Everything that an indicator's kind may ask for; what the kind does not ask for stays empty."""

    stage = models.CharField("etapa", max_length=14, choices=Stage, blank=True)
    stage_on = models.DateField("fecha de la etapa", null=True, blank=True)
    named_count = models.BigIntegerField("conteo que acompaña", null=True, blank=True)
    years = models.JSONField("años entregados", default=list, blank=True)
    affirmative = models.BooleanField("sí o no", null=True, blank=True)
    names = models.JSONField("nombres", default=list, blank=True)

    class Meta(Amounts.Meta):
        abstract = True
        constraints = [
            *Amounts.Meta.constraints,
            models.CheckConstraint(
                condition=Q(named_count__isnull=True) | Q(named_count__gte=0),
                name="%(app_label)s_%(class)s_named_count_not_negative",
                violation_error_message="El conteo no puede ser menor que 0.",
            ),
        ]
