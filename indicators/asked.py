"""What is asked of whom in a period: the duties in force on its last day (COMPLIANCE, Fine print: Owed), and which
indicators and medios each of them covers."""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Exists, OuterRef, QuerySet

from indicators.calculations.amended import Amended
from indicators.models import MeansOfVerification, ProgressReport, ReportingPeriod, Responsibility
from indicators.queries.presence import amended_of, amended_today, lines_in_force
from plan.models import Amendment, Institution


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
    amended = amended_of(period.plan_id for period in periods)
    for period in periods:
        # A second acta may renew a duty; of two in force the responsible one, last in this order, counts.
        asked = {(d.action_id, d.institution_id): d for d in duties if _is_asked(d, period, amended[period.plan_id])}
        yield from ((period, duty) for duty in asked.values())


def _duties(institution_ids: Collection[int] | None) -> list[Responsibility]:
    duties = Responsibility.objects.select_related("action__objective__axis__plan", "institution").order_by("kind")
    return list(duties if institution_ids is None else duties.filter(institution__in=institution_ids))


def _is_asked(duty: Responsibility, period: ReportingPeriod, amended: Amended) -> bool:
    """An action is asked for in the periods at whose end the plan has it."""
    is_of_plan = duty.action.objective.axis.plan_id == period.plan_id
    in_force = duty.is_in_force(period.ends_on) and amended.is_in_force(duty.action.lineage, period.ends_on)
    return is_of_plan and in_force


def asked_rows(report: ProgressReport, rows: QuerySet, name: str) -> list:
    """Of the indicators or the medios of a report's action (`name` as a responsabilidad has them) those that its
    institution answers for, as far as the plan has them on the last day of its period: the ones that its
    responsabilidad names, or all where it names none. One query, and one more where an acta names a line of the action.
    """
    duties = Responsibility.objects.in_force(report.period.ends_on).filter(
        action=report.action_id, institution=report.institution_id, **{name: OuterRef("pk")}
    )
    amendments = Amendment.objects.filter(
        agreement__plan=report.period.plan_id, object_reference__startswith=f"{report.action.code}."
    )
    found = list(rows.annotate(is_named=Exists(duties), is_amended=Exists(amendments)))
    covered = [row for row in found if row.is_named] or found
    if not any(row.is_amended for row in covered):
        return covered
    return lines_in_force(amended_today(report.period.plan), covered, report.period.ends_on)


def asked_means(report: ProgressReport) -> list[MeansOfVerification]:
    """The medios that a decision on the report judges."""
    return asked_rows(report, report.action.means.select_related("action"), "means")
