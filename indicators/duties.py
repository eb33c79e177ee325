"""Who is asked to report on what in a period: the one rule behind the worklist, the matrix and the reminders."""

from collections.abc import Iterable

from indicators.models import ReportingPeriod, Responsibility
from plan.models import Amendment


def asked_in(period: ReportingPeriod, duties: Iterable[Responsibility]) -> dict[tuple[int, int], Responsibility]:
    """By action and institution, the duties that hold on the last day of the period, suppressed actions left out.

    The duties come with their actions' tree. A second acta may renew a duty; of two in force the responsible one
    counts. One query.
    """
    suppressed = Amendment.objects.suppressed_actions(period.plan, period.ends_on)
    by_kind = sorted(duties, key=lambda duty: duty.kind)  # colaboradora first: the responsible one overwrites it
    return {(d.action_id, d.institution_id): d for d in by_kind if _is_asked(d, period, suppressed)}


def _is_asked(duty: Responsibility, period: ReportingPeriod, suppressed: set[str]) -> bool:
    is_of_plan = duty.action.objective.axis.plan_id == period.plan_id
    return is_of_plan and duty.is_in_force(period.ends_on) and duty.action.code not in suppressed
