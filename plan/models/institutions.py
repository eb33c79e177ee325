from django.db import models
from django.db.models.functions import Coalesce

from plan.enums import InstitutionKind, OrganKind
from plan.models.plans import Plan
from plan.models.tree import Axis
from plan.models.validity import FIRST_DAY, Validity


class InstitutionQuerySet(models.QuerySet):
    def in_order_of(self, plan: Plan | None):
        """Those with a seat in the Mesa of the plan first, in its order, with `seat`; the others by name."""
        seats = Membership.objects.filter(plan=plan, institution=models.OuterRef("pk")).order_by("order")
        seat = models.Subquery(seats.values("order")[:1])
        return self.annotate(seat=seat).order_by(models.F("seat").asc(nulls_last=True), "name")

    def named(self, name: str):
        """Whoever bears this name or once bore it."""
        return self.filter(models.Q(name__iexact=name) | models.Q(names__name__iexact=name)).distinct()


class Institution(models.Model):
    name = models.CharField("nombre", max_length=200, unique=True)
    acronym = models.CharField("sigla", max_length=40, blank=True)
    kind = models.CharField("tipo", max_length=16, choices=InstitutionKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="dependents", verbose_name="depende de"
    )
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="institución anterior"
    )

    #: Only where a query adds it.
    seat: int | None

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = "institución"
        verbose_name_plural = "instituciones"
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def short_name(self) -> str:
        return self.acronym or self.name


class InstitutionName(Validity):
    """A name that the institution bore for a time: ministries are renamed."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="names", verbose_name="institución")
    name = models.CharField("nombre", max_length=200)
    acronym = models.CharField("sigla", max_length=40, blank=True)

    class Meta(Validity.Meta):
        verbose_name = "nombre de institución"
        verbose_name_plural = "nombres de instituciones"
        ordering = ["institution", "valid_from"]

    def __str__(self):
        return self.name


class Membership(Validity):
    """An institution's seat in the Mesa that carries out a plan, in the plan's order."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="memberships", verbose_name="plan")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="memberships", verbose_name="institución")
    order = models.PositiveSmallIntegerField("orden")

    class Meta(Validity.Meta):
        verbose_name = "integrante de la Mesa"
        verbose_name_plural = "integrantes de la Mesa"
        ordering = ["plan", "order"]
        constraints = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(
                "plan",
                "institution",
                Coalesce("valid_from", FIRST_DAY),
                name="membership_unique",
                violation_error_message="La institución ya integra la Mesa desde esa fecha.",
            ),
        ]

    def __str__(self):
        return f"{self.institution} ({self.plan.code})"


class Organ(models.Model):
    """A secretaría of the Mesa: an organ, not an institution."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="organs", verbose_name="plan")
    kind = models.CharField("órgano", max_length=10, choices=OrganKind)
    name = models.CharField("nombre", max_length=200)
    seat = models.CharField("radicada en", max_length=200, blank=True)
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organs",
        verbose_name="ministerio del que depende",
    )

    class Meta:
        verbose_name = "órgano"
        verbose_name_plural = "órganos"
        ordering = ["plan", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind"],
                name="organ_unique",
                violation_error_message="El plan ya tiene esta secretaría.",
            )
        ]

    def __str__(self):
        return self.name


class Subcommission(models.Model):
    axis = models.OneToOneField(Axis, models.CASCADE, related_name="subcommission", verbose_name="eje")
    name = models.CharField("nombre", max_length=200)

    class Meta:
        verbose_name = "subcomisión"
        verbose_name_plural = "subcomisiones"
        ordering = ["axis"]

    def __str__(self):
        return self.name


class SubcommissionMembership(Validity):
    subcommission = models.ForeignKey(
        Subcommission, models.CASCADE, related_name="memberships", verbose_name="subcomisión"
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="subcommission_memberships", verbose_name="institución"
    )

    class Meta(Validity.Meta):
        verbose_name = "integrante de subcomisión"
        verbose_name_plural = "integrantes de subcomisiones"
        ordering = ["subcommission", "institution"]

    def __str__(self):
        return f"{self.institution} en {self.subcommission}"
