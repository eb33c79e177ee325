"""What holds from one day to another: names, memberships, appointments, regions."""

from datetime import date

from django.db import models
from django.db.models import Q, Value

#: Stands for "always" where a unique constraint must tell two rows without a first day from each other.
FIRST_DAY = Value(date(1, 1, 1), output_field=models.DateField())


class ValidityQuerySet(models.QuerySet):
    def in_force(self, day: date):
        """Rows valid on `day`; an open end on either side has no limit."""
        starts = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        ends = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(starts, ends)

    def overlapping(self, first: date | None, last: date | None):
        """Those that hold on some day of this span; None is no limit."""
        begins = Q() if last is None else Q(valid_from__isnull=True) | Q(valid_from__lte=last)
        ends = Q() if first is None else Q(valid_to__isnull=True) | Q(valid_to__gte=first)
        return self.filter(begins, ends)


class Validity(models.Model):
    valid_from = models.DateField("vigente desde", null=True, blank=True)
    valid_to = models.DateField("vigente hasta", null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="%(app_label)s_%(class)s_dates_in_order",
                violation_error_message="La fecha de término no puede ser anterior a la de inicio.",
            )
        ]

    def is_in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def is_yet_to_come(self, day: date) -> bool:
        return self.valid_from is not None and day < self.valid_from
