"""What a punto focal has to do: the duties of the open periods and the reports that stand for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from indicators.enums import ReportState, ResponsibilityKind
from indicators.models import (
    Evidence,
    PeriodExtension,
    ProgressReport,
    ReportingPeriod,
    Responsibility,
    Submission,
)
from indicators.models.progress import CORRECTABLE_STATES
from plan import access
from plan.models import Action, Amendment, Institution


@dataclass(frozen=True)
class Task:
    """One action of one period that an institution may report on; `report` is None until somebody begins."""

    action: Action
    institution: Institution
    period: ReportingPeriod
    is_owed: bool
    due_on: date
    report: ProgressReport | None = None

    @property
    def key(self) -> str:
        """How a form names the task."""
        return f"{self.period.pk}-{self.action.pk}-{self.institution.pk}"

    @property
    def is_untouched(self) -> bool:
        """Nothing typed or filed yet: it can be answered together with others and nobody's work is overwritten."""
        report = self.report
        return report is None or (report.state == ReportState.DRAFT and not report.draft and not report.has_evidence)

    @property
    def waits_for_institution(self) -> bool:
        return self.report is None or self.report.is_editable

    @property
    def is_late(self) -> bool:
        return timezone.localdate() > self.due_on


@dataclass(frozen=True)
class Worklist:
    periods: list[ReportingPeriod]
    returned: list[Task]
    to_report: list[Task]
    drafts: list[Task]
    sent: list[Task]
    done: list[Task]
    optional: list[Task]

    @property
    def open_count(self) -> int:
        """What waits for the institution: returned, to report, drafts."""
        return len(self.returned) + len(self.to_report) + len(self.drafts)

    def next_task(self, *, after: int | None = None) -> Task | None:
        """What to go on with: returned first, then what falls due first; never the report `after`, just left."""
        waiting = self.returned + sorted(self.to_report + self.drafts, key=_urgency)
        return next((task for task in waiting if task.report is None or task.report.pk != after), None)

    @property
    def untouched(self) -> list[Task]:
        return [task for task in self.to_report + self.drafts + self.optional if task.is_untouched]

    @property
    def sent_or_done(self) -> list[Task]:
        """What was sent: first what waits for the secretaría técnica, then what is settled."""
        return self.sent + self.done


DONE = (ReportState.APPROVED, ReportState.ANNULLED)


def worklist(user) -> Worklist:
    """The tasks of the person's institutions: every open period, and older reports that still wait for a correction."""
    institutions = access.institution_ids(user)
    periods = _open_periods(institutions)
    reports = _reports(institutions, periods)
    tasks = _tasks_of_duties(institutions, periods, reports)
    tasks += [_task_of_report(report) for report in reports.values()]
    return _grouped(periods, sorted(tasks, key=_urgency))


def owed_tasks(institutions: Collection[int]) -> list[Task]:
    """What these institutions owe in the open periods and have not sent, or have to send again; the most urgent
    first. A draft or a returned report is no answer yet, and a colaboradora owes nothing."""
    periods = _open_periods(institutions)
    tasks = _tasks_of_duties(institutions, periods, _reports(institutions, periods))
    return sorted((task for task in tasks if task.is_owed and task.waits_for_institution), key=_urgency)


def _open_periods(institutions: Collection[int]) -> list[ReportingPeriod]:
    extensions = Prefetch("extensions", PeriodExtension.objects.filter(institution__in=institutions))
    accepting = ReportingPeriod.objects.accepting(timezone.localdate())
    return list(accepting.select_related("plan").prefetch_related(extensions))


def _urgency(task: Task) -> tuple:
    """What falls due first, then the order of the plan."""
    objective = task.action.objective
    return task.due_on, objective.axis.number, objective.position, task.action.position


def _reports(institutions: Collection[int], periods) -> dict[tuple, ProgressReport]:
    mine = ProgressReport.objects.filter(institution__in=institutions).with_parties()
    relevant = mine.filter(period__in=periods) | mine.filter(state__in=CORRECTABLE_STATES)
    submissions = Submission.objects.select_related("report__period")
    filed = Evidence.objects.in_draft().filter(report=OuterRef("pk"))
    found = (
        relevant.select_related("saved_by")
        .prefetch_related(Prefetch("submissions", submissions), "transitions")
        .annotate(has_evidence=Exists(filed))
    )
    return {(r.action_id, r.institution_id, r.period_id): r for r in found}


def asked_duty(institution: Institution, action_id: int, period: ReportingPeriod) -> Responsibility | None:
    """The duty under which the institution reports on an action in a period, or None where it is not asked."""
    suppressed = Amendment.objects.suppressed_actions(period.plan, period.ends_on)
    duties = institution.responsibilities.filter(action=action_id).select_related("action__objective__axis")
    return next((duty for duty in duties if _is_asked(duty, period, suppressed)), None)


def _tasks_of_duties(institutions, periods, reports) -> list[Task]:
    """Duties without a report; each report found is taken out of `reports` with its duty's weight."""
    duties = list(
        Responsibility.objects.filter(institution__in=institutions)
        .select_related("action__objective__axis__plan", "institution")
        .order_by("kind")
    )
    tasks = []
    for period in periods:
        suppressed = Amendment.objects.suppressed_actions(period.plan, period.ends_on)
        # A second acta may renew a duty; of two in force the responsible one, last in this order, counts.
        asked = {(d.action_id, d.institution_id): d for d in duties if _is_asked(d, period, suppressed)}
        for key, duty in asked.items():
            tasks.append(_task_of_duty(duty, period, reports.pop((*key, period.pk), None)))
    return tasks


def _is_asked(duty: Responsibility, period: ReportingPeriod, suppressed: set[str]) -> bool:
    is_of_plan = duty.action.objective.axis.plan_id == period.plan_id
    return is_of_plan and duty.is_in_force(period.ends_on) and duty.action.code not in suppressed


def _task_of_duty(duty: Responsibility, period: ReportingPeriod, report: ProgressReport | None) -> Task:
    is_owed = duty.kind == ResponsibilityKind.RESPONSIBLE
    due_on = period.due_on_for(duty.institution)
    return Task(duty.action, duty.institution, period, is_owed, due_on, report)


def _task_of_report(report: ProgressReport) -> Task:
    return Task(report.action, report.institution, report.period, True, report.due_on, report)


def _grouped(periods: list[ReportingPeriod], tasks: list[Task]) -> Worklist:
    def in_state(*states: ReportState) -> list[Task]:
        return [task for task in tasks if task.report and task.report.state in states]

    unbegun = [task for task in tasks if task.report is None]
    return Worklist(
        periods=sorted(periods, key=lambda period: period.due_on),
        returned=in_state(*CORRECTABLE_STATES),
        to_report=[task for task in unbegun if task.is_owed],
        drafts=in_state(ReportState.DRAFT),
        sent=in_state(ReportState.SUBMITTED),
        done=in_state(*DONE),
        optional=[task for task in unbegun if not task.is_owed],
    )
