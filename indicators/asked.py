"""What is asked of whom in a period: the duties in force on its last day (COMPLIANCE, Fine print: Owed)."""

from collections.abc import Collection, Iterable, Iterator

from indicators.models import ReportingPeriod, Responsibility
from plan.models import Amendment, Institution

#: By plan, the codes of suppressed actions, each with the day from which it is out.
Suppressions = dict[int, list[tuple]]


def asked_duty(institution: Institution, action_id: int, period: ReportingPeriod) -> Responsibility | None:
    """The duty under which the institution reports on an action in a period, or None where it is not asked."""
    duties = (duty for _, duty in asked_duties([period], {institution.pk}))
    return next((duty for duty in duties if duty.action_id == action_id), None)


def asked_duties(
    periods: Iterable[ReportingPeriod], institution_ids: Collection[int] | None = None
) -> Iterator[tuple[ReportingPeriod, Responsibility]]:
    """Each period with every duty that is asked in it, one for each action and institution; of all institutions if
    none are named. Three queries, whatever the number of periods."""
    periods = list(periods)
    duties = _duties(institution_ids)
    suppressed = _suppressions(periods)
    for period in periods:
        # A second acta may renew a duty; of two in force the responsible one, last in this order, counts.
        asked = {(d.action_id, d.institution_id): d for d in duties if _is_asked(d, period, suppressed)}
        yield from ((period, duty) for duty in asked.values())


def _duties(institution_ids: Collection[int] | None) -> list[Responsibility]:
    duties = Responsibility.objects.select_related("action__objective__axis__plan", "institution").order_by("kind")
    return list(duties if institution_ids is None else duties.filter(institution__in=institution_ids))


def _suppressions(periods: list[ReportingPeriod]) -> Suppressions:
    found: Suppressions = {period.plan_id: [] for period in periods}
    rows = Amendment.objects.suppressions().filter(agreement__plan__in=found)
    for plan_id, code, day in rows.values_list("agreement__plan", "object_reference", "effective_on"):
        found[plan_id].append((code, day))
    return found


def _is_asked(duty: Responsibility, period: ReportingPeriod, suppressed: Suppressions) -> bool:
    is_of_plan = duty.action.objective.axis.plan_id == period.plan_id
    is_out = any(code == duty.action.code and day <= period.ends_on for code, day in suppressed[period.plan_id])
    return is_of_plan and duty.is_in_force(period.ends_on) and not is_out
