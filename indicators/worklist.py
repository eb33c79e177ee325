"""What a punto focal has to do: the duties of the open periods and the reports that stand for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from indicators.asked import asked_duties
from indicators.enums import PeriodState, ReportState
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
from plan.models import Action, Institution


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

    @property
    def is_stranded(self) -> bool:
        """A draft that its period takes no more; one that was sent and taken back can still be sent."""
        report = self.report
        is_draft = report is not None and report.state == ReportState.DRAFT and report.latest_submission is None
        return is_draft and self.period.is_closed


@dataclass(frozen=True)
class Worklist:
    periods: list[ReportingPeriod]
    returned: list[Task]
    to_report: list[Task]
    drafts: list[Task]
    sent: list[Task]
    done: list[Task]
    optional: list[Task]
    #: Entered by the secretaría técnica from an oficio: the institution reads them.
    recorded: list[Task]
    #: Drafts whose period closed: the institution may hand them over to be recorded.
    stranded: list[Task]

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
    """The tasks of the person's institutions: every open period, older reports that still wait for something, and
    whatever was recorded on their behalf."""
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
    left_over = Q(state=ReportState.DRAFT, period__state=PeriodState.CLOSED)
    relevant = mine.filter(Q(period__in=periods) | Q(state__in=CORRECTABLE_STATES) | Q(is_on_behalf=True) | left_over)
    submissions = Submission.objects.select_related("report__period")
    filed = Evidence.objects.in_draft().filter(report=OuterRef("pk"))
    found = (
        relevant.select_related("saved_by")
        .prefetch_related(Prefetch("submissions", submissions), "transitions")
        .annotate(has_evidence=Exists(filed))
    )
    return {(r.action_id, r.institution_id, r.period_id): r for r in found}


def _tasks_of_duties(institutions, periods, reports) -> list[Task]:
    """What is asked, with its report, which is taken out of `reports`, or without."""
    return [
        _task_of_duty(duty, period, reports.pop((duty.action_id, duty.institution_id, period.pk), None))
        for period, duty in asked_duties(periods, institutions)
    ]


def _task_of_duty(duty: Responsibility, period: ReportingPeriod, report: ProgressReport | None) -> Task:
    due_on = period.due_on_for(duty.institution)
    return Task(duty.action, duty.institution, period, duty.is_owed, due_on, report)


def _task_of_report(report: ProgressReport) -> Task:
    return Task(report.action, report.institution, report.period, True, report.due_on, report)


def _grouped(periods: list[ReportingPeriod], tasks: list[Task]) -> Worklist:
    recorded = [task for task in tasks if task.report and task.report.is_on_behalf]
    stranded = [task for task in tasks if task.is_stranded and task not in recorded]
    own = [task for task in tasks if task not in recorded and task not in stranded]
    unbegun = [task for task in own if task.report is None]
    return Worklist(
        periods=sorted(periods, key=lambda period: period.due_on),
        returned=_in_state(own, *CORRECTABLE_STATES),
        to_report=[task for task in unbegun if task.is_owed],
        drafts=_in_state(own, ReportState.DRAFT),
        sent=_in_state(own, ReportState.SUBMITTED),
        done=_in_state(own, *DONE),
        optional=[task for task in unbegun if not task.is_owed],
        recorded=recorded,
        stranded=stranded,
    )


def _in_state(tasks: list[Task], *states: ReportState) -> list[Task]:
    return [task for task in tasks if task.report and task.report.state in states]
