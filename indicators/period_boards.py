"""How far a period is: what was owed of it, what came, late or not at all, and what happened to the period itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from indicators.asked import asked_duties
from indicators.enums import Move, ReportState
from indicators.models import PeriodExtension, ProgressReport, ReportingPeriod, Submission, Transition
from plan.models import Institution, Plan

#: A report of these says nothing to the Mesa.
NOT_RECEIVED = (ReportState.DRAFT, ReportState.ANNULLED)

#: Action and institution.
Key = tuple[int, int]


@dataclass(frozen=True)
class PeriodBoard:
    """`owed` is who owes which action; `states` are those of all reports of the period, and `late` came too late.

    What is counted is what is owed: what a colaboradora tells stands in the queue and answers nothing."""

    period: ReportingPeriod
    owed: dict[Key, Institution]
    states: dict[Key, str]
    late: set[Key]

    @property
    def received(self) -> list[Key]:
        return [key for key in self.owed if key in self.states and self.states[key] not in NOT_RECEIVED]

    @property
    def received_late(self) -> list[Key]:
        return [key for key in self.received if key in self.late]

    @property
    def missing(self) -> list[Key]:
        return [key for key in self.owed if key not in set(self.received)]

    @property
    def drafts(self) -> list[Key]:
        return self._in_state(ReportState.DRAFT)

    @property
    def in_review(self) -> list[Key]:
        return self._in_state(ReportState.SUBMITTED)

    @property
    def returned(self) -> list[Key]:
        return self._in_state(ReportState.RETURNED, ReportState.RECTIFYING)

    def _in_state(self, *states: ReportState) -> list[Key]:
        return [key for key in self.owed if self.states.get(key) in states]

    @property
    def owing(self) -> dict[Institution, int]:
        """Institutions that still owe something, by name, with how many reports."""
        counts: dict[Institution, int] = {}
        for key in self.missing:
            counts[self.owed[key]] = counts.get(self.owed[key], 0) + 1
        return dict(sorted(counts.items(), key=lambda item: str(item[0])))


def boards_of(plan: Plan) -> list[PeriodBoard]:
    """Every period of the plan, in order."""
    return _boards(ReportingPeriod.objects.for_plan(plan).prefetch_related("extensions"))


def board_of(period: ReportingPeriod) -> PeriodBoard:
    return _boards([period])[0]


def extensions_of(period: ReportingPeriod) -> list[PeriodExtension]:
    """The newest first; an older one of the same institution is history."""
    found = period.extensions.select_related("institution", "granted_by")
    return list(found.order_by("-recorded_at", "-pk"))


def _boards(found: Iterable[ReportingPeriod]) -> list[PeriodBoard]:
    boards = {period.pk: PeriodBoard(period, {}, {}, set()) for period in found}
    for period, duty in asked_duties(board.period for board in boards.values()):
        if duty.is_owed:
            boards[period.pk].owed[duty.action_id, duty.institution_id] = duty.institution
    reports = ProgressReport.objects.filter(period__in=boards)
    for period_id, action_id, institution_id, state in reports.values_list("period", "action", "institution", "state"):
        boards[period_id].states[action_id, institution_id] = state
    for submission in _first_submissions(boards):
        report = submission.report
        report.period = boards[report.period_id].period
        if submission.is_late:
            boards[report.period_id].late.add((report.action_id, report.institution_id))
    return list(boards.values())


def _first_submissions(period_ids: Iterable[int]) -> list[Submission]:
    """Of each report the first that stands: by it the term is judged, and one that was withdrawn never was."""
    withdrawn = Transition.objects.filter(submission=OuterRef("pk"), move=Move.WITHDRAW)
    standing = Submission.objects.filter(~Exists(withdrawn), report__period__in=period_ids)
    rows = standing.select_related("report__institution").defer("report__draft", "narrative", "results")
    first: dict[int, Submission] = {}
    for submission in rows.order_by("number"):
        first.setdefault(submission.report_id, submission)
    return list(first.values())
