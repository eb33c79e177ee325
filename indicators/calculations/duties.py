"""Which reports are owed, by whom and until when (COMPLIANCE, Fine print: Owed)."""

from collections.abc import Iterator

from indicators.calculations.inputs import PeriodInput
from indicators.calculations.known import Known
from indicators.calculations.measurement import Question
from indicators.calculations.moments import end_of_day, local_day
from indicators.calculations.results import ReportDuty
from indicators.calculations.versions import KnownReport


def report_duties(known: Known, action_id: int) -> tuple[ReportDuty, ...]:
    """One duty for each responsable on the last day of each period in which the action was in force."""
    return known.once(("duties", action_id), lambda: tuple(_duties(known, action_id)))


def _duties(known: Known, action_id: int) -> Iterator[ReportDuty]:
    made = {(report.institution_id, report.period.id): report for report in known.reports_of[action_id]}
    for institution_id, period in _owing(known, action_id):
        yield _duty(known, action_id, institution_id, period, made.get((institution_id, period.id)))


def _owing(known: Known, action_id: int) -> Iterator[tuple[int, PeriodInput]]:
    for period in known.periods:
        if known.is_action_in_force(action_id, period.ends_on):
            holders = {row.institution_id for row in known.responsibles(action_id, period.ends_on)}
            yield from ((pk, period) for pk in known.institutions if pk in holders)


def _duty(
    known: Known, action_id: int, institution_id: int, period: PeriodInput, report: KnownReport | None
) -> ReportDuty:
    due_on = known.due_on(period, institution_id, known.known_at)
    return ReportDuty(
        action_id=action_id,
        institution_id=institution_id,
        period_id=period.id,
        due_on=due_on,
        is_owed=end_of_day(due_on) <= known.known_at,
        is_made=report is not None,
        is_validated=report is not None and report.verified is not None,
        is_on_time=report is not None and is_on_time(known, report),
        is_returned=report is not None and report.is_returned,
        report_id=report.report.id if report is not None else None,
    )


def is_on_time(known: Known, report: KnownReport) -> bool:
    """The first submission came within the term as it then stood: an extension granted late counts from its
    recording. For a record on behalf the oficio's date is looked at."""
    first = report.first
    arrived_on = first.source_date if first.on_behalf and first.source_date else local_day(first.submitted_at)
    return arrived_on <= known.due_on(report.period, report.institution_id, first.submitted_at)


def duties_behind(question: Question) -> list[ReportDuty]:
    """Duties of the window, while the indicator is in the plan, of those that answer for it, then and at its end: a
    missing report of a colaboradora or of an ended responsable holds nothing back."""
    known, indicator = question.known, question.indicator
    periods = {period.id: period for period in question.periods()}
    still = known.responsible_institutions(indicator, question.as_of)
    return [
        duty
        for duty in report_duties(known, indicator.action_id)
        if duty.period_id in periods
        and known.is_indicator_in_force(indicator, periods[duty.period_id].ends_on)
        and duty.institution_id in still
        and duty.institution_id in known.responsible_institutions(indicator, periods[duty.period_id].ends_on)
        and question.place.is_of(duty.institution_id)
    ]


def is_within_term(question: Question) -> bool:
    """A report is missing, and every missing report is still en plazo."""
    missing = [duty for duty in duties_behind(question) if not duty.is_made]
    return bool(missing) and not any(duty.is_owed for duty in missing)
