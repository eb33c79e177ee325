from datetime import date, datetime, time

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone

from indicators.enums import PeriodState
from plan.models import Institution, Plan, User


def midnight_after(day: date) -> datetime:
    """The first moment after `day` in Santiago: what happens before it is still that day."""
    return timezone.make_aware(datetime.combine(date.fromordinal(day.toordinal() + 1), time.min))


class ReportingPeriodQuerySet(models.QuerySet):
    def for_plan(self, plan: Plan):
        return self.filter(plan=plan)

    def accepting(self, day: date):
        """Periods in which reports are still taken: begun to take and not closed."""
        return self.exclude(state=PeriodState.CLOSED).filter(opens_on__lte=day)

    def begun(self, day: date):
        """Periods that take reports or took them."""
        return self.filter(Q(state=PeriodState.CLOSED) | Q(opens_on__lte=day))

    def closed(self):
        return self.filter(state=PeriodState.CLOSED)

    def held(self):
        """For one row, inside a transaction: nobody else who holds it goes on until that ends.

        SQLite knows no such lock and needs none: there a transaction is alone from its start. Rows that refer to the
        period can still be added.
        """
        return self.select_for_update(no_key=True, of=("self",))


class ReportingPeriod(models.Model):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="periods", verbose_name="plan")
    name = models.CharField("nombre", max_length=60)
    starts_on = models.DateField("cubre desde")
    ends_on = models.DateField("cubre hasta")
    opens_on = models.DateField("abre")
    due_on = models.DateField("vence")
    review_due_on = models.DateField("plazo de revisión")
    state = models.CharField("estado", max_length=9, choices=PeriodState, default=PeriodState.SCHEDULED)
    closed_at = models.DateTimeField("cerrado", null=True, blank=True, editable=False)

    objects = ReportingPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "período"
        verbose_name_plural = "períodos"
        ordering = ["plan", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "starts_on", "ends_on"],
                name="period_unique",
                violation_error_message="El plan ya tiene un período con estas fechas.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on"))
                & Q(due_on__gte=F("opens_on"))
                & Q(review_due_on__gte=F("due_on")),
                name="period_dates_in_order",
                violation_error_message="Las fechas del período deben seguir este orden: desde, hasta; abre, vence, "
                "plazo de revisión.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__year=ExtractYear("ends_on")),
                name="period_inside_one_year",
                violation_error_message="Un período no puede pasar de un año calendario a otro.",
            ),
            models.CheckConstraint(
                condition=Q(state=PeriodState.CLOSED, closed_at__isnull=False)
                | (~Q(state=PeriodState.CLOSED) & Q(closed_at__isnull=True)),
                name="period_closed_has_time",
                violation_error_message="Un período cerrado lleva la fecha de su cierre.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def year(self) -> int:
        return self.starts_on.year

    @property
    def is_closed(self) -> bool:
        return self.state == PeriodState.CLOSED

    def is_accepting(self, day: date) -> bool:
        return not self.is_closed and self.opens_on <= day

    @property
    def phase(self) -> PeriodState:
        """The state as of today: a period opens by itself on its date, whatever was written down."""
        if self.is_closed:
            return PeriodState.CLOSED
        return PeriodState.OPEN if self.is_accepting(timezone.localdate()) else PeriodState.SCHEDULED

    def due_on_for(self, institution: Institution, at: datetime | None = None) -> date:
        """The due date with the newest extension of the institution, of those recorded by `at` where that is given.

        Extensions are read through the prefetch.
        """
        granted = [
            e
            for e in self.extensions.all()
            if e.institution_id == institution.pk and (at is None or e.recorded_at <= at)
        ]
        return max(granted, key=lambda e: (e.recorded_at, e.pk)).due_on if granted else self.due_on


class PeriodExtension(models.Model):
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="extensions", verbose_name="período")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="extensions", verbose_name="institución")
    due_on = models.DateField("nuevo vencimiento")
    reason = models.CharField("motivo", max_length=300)
    recorded_at = models.DateTimeField("registrada", default=timezone.now, editable=False)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="otorgada por")

    class Meta:
        verbose_name = "prórroga"
        verbose_name_plural = "prórrogas"
        ordering = ["period", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="extension_has_reason",
                violation_error_message="Escriba el motivo de la prórroga.",
            )
        ]

    def __str__(self):
        return f"{self.period}: {self.institution} hasta {self.due_on:%d-%m-%Y}"
