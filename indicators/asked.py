"""What is asked of whom in a period: the duties in force on its last day (COMPLIANCE, Fine print: Owed), and which
indicators and medios each of them covers."""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Exists, OuterRef, QuerySet

from indicators.models import MeansOfVerification, ProgressReport, ReportingPeriod, Responsibility
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


def asked_rows(report: ProgressReport, rows: QuerySet, name: str) -> list:
    """Of the indicators or the medios of a report's action (`name` as a responsabilidad has them) those that its
    institution answers for: the ones that its responsabilidad names, or all where it names none. One query."""
    duties = Responsibility.objects.in_force(report.period.ends_on).filter(
        action=report.action_id, institution=report.institution_id, **{name: OuterRef("pk")}
    )
    found = list(rows.annotate(is_named=Exists(duties)))
    return [row for row in found if row.is_named] or found


def asked_means(report: ProgressReport) -> list[MeansOfVerification]:
    """The medios that a decision on the report judges."""
    return asked_rows(report, report.action.means.select_related("action"), "means")
