"""What every page shows around its content. Nothing is read until a template asks: error pages work without data."""

from functools import cached_property

from django.utils import timezone

from indicators.models import ReportingPeriod
from mitp_portal import navigation
from plan.models import Action, Axis, Objective, Plan, User


class Surroundings:
    def __init__(self, request):
        self._request = request

    @cached_property
    def navigation(self) -> list[navigation.Link]:
        return navigation.links(self._request)

    @cached_property
    def plan(self) -> Plan | None:
        return Plan.objects.current()

    @cached_property
    def plan_summary(self) -> str:
        """ "2015-2018 · 4 ejes, 11 objetivos, 36 acciones"."""
        axes = Axis.objects.filter(plan=self.plan).count()
        objectives = Objective.objects.filter(axis__plan=self.plan).count()
        actions = Action.objects.filter(objective__axis__plan=self.plan).count()
        return f"{self.plan.years_label} · {axes} ejes, {objectives} objetivos, {actions} acciones"

    @cached_property
    def open_period(self) -> ReportingPeriod | None:
        """The period whose deadline is next, if one is open."""
        today = timezone.localdate()
        return ReportingPeriod.objects.for_plan(self.plan).accepting(today).filter(due_on__gte=today).first()

    @cached_property
    def has_demo_data(self) -> bool:
        return User.objects.filter(is_demo=True).exists()


def portal(request) -> dict:
    return {"portal": Surroundings(request)}
