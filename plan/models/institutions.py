from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

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

    def ever_seated_in(self, plan: Plan):
        """Those that have or had a seat in the Mesa of the plan, each once, in its order."""
        return self.in_order_of(plan).filter(seat__isnull=False)

    def named(self, name: str):
        """Whoever bears this name or once bore it."""
        return self.filter(Q(name__iexact=name) | Q(names__name__iexact=name)).distinct()

    def with_acronym(self, acronym: str):
        """Whoever bears this sigla or once bore it; nobody for an empty one."""
        if not acronym:
            return self.none()
        return self.filter(Q(acronym__iexact=acronym) | Q(names__acronym__iexact=acronym)).distinct()


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

    def is_above(self, other: "Institution | None", link: str) -> bool:
        """Whether it is `other`, or among those to which `link` (parent, predecessor) leads from it."""
        seen: set[int] = set()
        while other and other.pk not in seen:
            if other.pk == self.pk:
                return True
            seen.add(other.pk)
            other = getattr(other, link)
        return False


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


class AgreedSeat(Validity):
    """A place that an institution holds for a time. One without acta stands in the plan, or is older than the actas.

    What an acta begins or ends is known from the moment of its recording: what was known before does not change.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="%(class)ss", verbose_name="institución")
    agreement = models.ForeignKey(
        "plan.Agreement", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="acta"
    )
    recorded_at = models.DateTimeField("registrado", default=timezone.now, editable=False)
    ended_under = models.ForeignKey(
        "plan.Agreement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="acta que le pone término",
    )
    end_recorded_at = models.DateTimeField("término registrado", null=True, blank=True, editable=False)

    class Meta(Validity.Meta):
        abstract = True
        constraints = [
            *Validity.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_under__isnull=True, end_recorded_at__isnull=True)
                | Q(ended_under__isnull=False, end_recorded_at__isnull=False, valid_to__isnull=False),
                name="%(app_label)s_%(class)s_end_complete",
                violation_error_message="El término de un integrante lleva su fecha, su acta y cuándo se registró.",
            ),
        ]

    def is_over(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to < day


class Membership(AgreedSeat):
    """An institution's seat in the Mesa that carries out a plan, in the plan's order."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="memberships", verbose_name="plan")
    order = models.PositiveSmallIntegerField("orden")

    class Meta(AgreedSeat.Meta):
        abstract = False
        verbose_name = "integrante de la Mesa"
        verbose_name_plural = "integrantes de la Mesa"
        ordering = ["plan", "order", "valid_from"]
        constraints = [
            *AgreedSeat.Meta.constraints,
            models.UniqueConstraint(
                "plan",
                "institution",
                Coalesce("valid_from", FIRST_DAY),
                name="membership_unique",
                violation_error_message="La institución ya integra la Mesa desde esa fecha.",
            ),
            models.UniqueConstraint(
                fields=["plan", "institution"],
                condition=Q(valid_to__isnull=True),
                name="membership_one_without_end",
                violation_error_message="La institución ya integra la Mesa.",
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


class SubcommissionMembership(AgreedSeat):
    subcommission = models.ForeignKey(
        Subcommission, models.CASCADE, related_name="memberships", verbose_name="subcomisión"
    )

    class Meta(AgreedSeat.Meta):
        abstract = False
        verbose_name = "integrante de subcomisión"
        verbose_name_plural = "integrantes de subcomisiones"
        ordering = ["subcommission", "institution", "valid_from"]
        constraints = [
            *AgreedSeat.Meta.constraints,
            models.UniqueConstraint(
                fields=["subcommission", "institution"],
                condition=Q(valid_to__isnull=True),
                name="subcommission_membership_one_without_end",
                violation_error_message="La institución ya integra la subcomisión.",
            ),
        ]

    def __str__(self):
        return f"{self.institution} en {self.subcommission}"
