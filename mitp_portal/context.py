"""What every page shows around its content. Nothing is read until a template asks: error pages work without data."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists
from django.utils import timezone

from indicators.calculations.amended import Presence
from indicators.models import ReportingPeriod
from indicators.queries.presence import amended_today
from mitp_portal import navigation
from plan.models import Action, Axis, Notice, Objective, Plan, User


@dataclass(frozen=True)
class PlanOutline:
    """What the login page tells of the plan in force."""

    years: str
    axes: int
    objectives: int
    actions: int
    period: ReportingPeriod | None


class Surroundings:
    def __init__(self, request):
        self._request = request

    @cached_property
    def navigation(self) -> list[navigation.Link]:
        return navigation.links(self._request)

    @cached_property
    def unread(self) -> int:
        """Notices in the inbox of the person who asks that wait to be read."""
        return Notice.objects.for_person(self._request.user).unread().count()

    @cached_property
    def plan(self) -> Plan | None:
        """The plan in force, with `has_demo_data`: both are asked for on every page, in one query."""
        return Plan.objects.annotate(has_demo_data=Exists(User.objects.filter(is_demo=True))).current()

    @cached_property
    def outline(self) -> PlanOutline | None:
        return _outline(self.plan) if self.plan else None

    @cached_property
    def has_demo_data(self) -> bool:
        """Demonstration accounts exist only beside the demonstration's reports on the plan."""
        return getattr(self.plan, "has_demo_data", False)


def _outline(plan: Plan) -> PlanOutline:
    today = timezone.localdate()
    amended, day = amended_today(plan), min(today, plan.ends_on)

    def begun(rows: Iterable[Axis | Objective | Action]) -> int:
        """What an acta adds later is not in the plan yet; what it suppressed still is, and says so."""
        return sum(amended.presence_under(row.lineage, day) is not Presence.NOT_YET_ADDED for row in rows)

    return PlanOutline(
        years=plan.years_label,
        axes=begun(Axis.objects.filter(plan=plan)),
        objectives=begun(Objective.objects.filter(axis__plan=plan).select_related("axis")),
        actions=begun(Action.objects.for_plan(plan).with_tree()),
        period=ReportingPeriod.objects.for_plan(plan).accepting(today).filter(due_on__gte=today).first(),
    )


def portal(request) -> dict:
    return {"portal": Surroundings(request)}
