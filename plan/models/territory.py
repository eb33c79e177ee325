from datetime import date

from django.db import models

from plan.enums import UnitKind
from plan.models.institutions import Institution
from plan.models.plans import Plan
from plan.models.validity import Validity, ValidityQuerySet


class RegionQuerySet(ValidityQuerySet["Region"]):
    def told_on(self, day: date) -> "dict[Region, Region]":
        """Each region, north to south, with the one under which its figures stand on `day`: itself or, until its own
        first day, the one that it comes from. Regions that have ended are left out."""
        regions: dict[int | None, Region] = {region.pk: region for region in self}
        told = {}
        for region in regions.values():
            under: Region | None = region
            while under is not None and under.is_yet_to_come(day):
                under = regions.get(under.predecessor_id)
            if under is not None and under.is_in_force(day):
                told[region] = under
        return told


class Region(Validity):
    """A region of Chile; `order` runs from north to south."""

    code = models.CharField("número", max_length=5, unique=True)
    name = models.CharField("nombre", max_length=100, unique=True)
    order = models.PositiveSmallIntegerField("orden de norte a sur", unique=True)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="región de origen"
    )

    objects = RegionQuerySet.as_manager()  # type: ignore[misc]  # narrows the manager of Validity

    class Meta(Validity.Meta):
        verbose_name = "región"
        verbose_name_plural = "regiones"
        ordering = ["order"]

    def __str__(self):
        return self.name


class RegionalBoard(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="regional_boards", verbose_name="plan")
    region = models.ForeignKey(Region, models.PROTECT, related_name="boards", verbose_name="región")
    since_year = models.PositiveSmallIntegerField("desde el año")

    class Meta:
        verbose_name = "mesa regional"
        verbose_name_plural = "mesas regionales"
        ordering = ["plan", "region"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "region"],
                name="regional_board_unique",
                violation_error_message="La región ya tiene una mesa regional en este plan.",
            )
        ]

    def __str__(self):
        return f"Mesa regional de {self.region}"


class Unit(Validity):
    """A part of an institution by which a figure is broken down, such as a dirección del trabajo."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="units", verbose_name="institución")
    kind = models.CharField("tipo", max_length=20, choices=UnitKind)
    name = models.CharField("nombre", max_length=200)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="units", verbose_name="región"
    )
    order = models.PositiveSmallIntegerField("orden")

    class Meta(Validity.Meta):
        verbose_name = "unidad"
        verbose_name_plural = "unidades"
        ordering = ["institution", "order"]
        constraints = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(
                fields=["institution", "name"],
                name="unit_name_unique",
                violation_error_message="La institución ya tiene una unidad con este nombre.",
            ),
        ]

    def __str__(self):
        return self.name
