"""What an institution still has to do once its seat has ended: an acta that ends a seat ends nothing else."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from indicators.enums import ReportState
from indicators.models import ProgressReport, Responsibility
from plan.models import Appointment, Axis, Institution, Plan, SubcommissionMembership

#: A report that has come to its end asks nothing of anybody.
SETTLED = (ReportState.APPROVED, ReportState.ANNULLED)


@dataclass(frozen=True)
class LeftBehind:
    """As of the day after the last one of the seat."""

    duties: list[Responsibility]
    reports: list[ProgressReport]
    appointments: list[Appointment]
    seats: list[SubcommissionMembership]

    @property
    def total(self) -> int:
        return len(self.duties) + len(self.reports) + len(self.appointments) + len(self.seats)

    @property
    def duties_by_axis(self) -> list[tuple[Axis, list[Responsibility]]]:
        rows = groupby(self.duties, key=lambda row: row.action.objective.axis)
        return [(axis, list(duties)) for axis, duties in rows]


def left_behind(institution: Institution, plan: Plan, day: date) -> LeftBehind:
    """What holds on the day or begins after it, in the plan's order; four queries."""
    in_plan = ("action__objective__axis__number", "action__objective__position", "action__position")
    duties = Responsibility.objects.filter(institution=institution, action__objective__axis__plan=plan)
    reports = ProgressReport.objects.for_plan(plan).filter(institution=institution).exclude(state__in=SETTLED)
    seats = SubcommissionMembership.objects.filter(institution=institution, subcommission__axis__plan=plan)
    holders = Appointment.objects.for_institution(institution).not_over(day)
    return LeftBehind(
        list(duties.overlapping(day, None).select_related("action__objective__axis", "agreement").order_by(*in_plan)),
        list(reports.select_related("action", "period").order_by("period__starts_on", *in_plan)),
        list(holders.select_related("user").order_by("-capacity", "user__full_name")),
        list(
            seats.overlapping(day, None).select_related("subcommission__axis").order_by("subcommission__axis__number")
        ),
    )
