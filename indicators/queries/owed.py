"""Who owes what in a period: the report of each responsable and action, where it stands, and the counts by institution
(COMPLIANCE, Fine print: Owed). The same facts make the page, the spreadsheets and the reminders."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from indicators.asked import asked_duties
from indicators.enums import DutyState, Move, OwedTrait, ReportState, ResponsibilityKind
from indicators.models import ProgressReport, ReportingPeriod, Responsibility, Submission, Transition
from plan.models import Action, Institution

#: Where a report that was sent stands; what is still a draft, or was annulled, is not made.
SENT = {
    ReportState.SUBMITTED: DutyState.SUBMITTED,
    ReportState.RETURNED: DutyState.RETURNED,
    ReportState.APPROVED: DutyState.APPROVED,
    ReportState.RECTIFYING: DutyState.RECTIFYING,
}
#: How what is listed is called in an address of the page.
PARAMETERS = {"period": "periodo", "axis": "eje", "institution": "institucion", "trait": "estado"}
#: Place of institutions that are not in the Mesa of the plan: after those that are.
AFTER_ALL = 1_000_000


@dataclass(frozen=True)
class OwedReport:
    """The report that an institution owes for an action: one cell of the matrix. `first` is the first submission that
    was not withdrawn, by which lateness is judged; None while nothing was sent."""

    action: Action
    institution: Institution
    due_on: date
    is_extended: bool
    state: DutyState
    report: ProgressReport | None
    first: Submission | None
    is_late: bool

    @property
    def is_made(self) -> bool:
        return self.first is not None

    @property
    def words(self) -> str:
        """The state and what else is worth knowing of it, such as "En revisión, fuera de plazo"."""
        if self.is_late:
            return f"{self.state.label}, fuera de plazo"
        forgotten = self.has_draft and self.state == DutyState.UNANSWERED
        return f"{self.state.label}, con borrador" if forgotten else self.state.label

    @property
    def has_draft(self) -> bool:
        return self.report is not None and self.report.state == ReportState.DRAFT

    @property
    def traits(self) -> set[str]:
        """Its state and the counts that it is in, by their words in an address."""
        counted = {
            OwedTrait.MADE: self.is_made,
            OwedTrait.LATE: self.is_late,
            OwedTrait.MISSING: not self.is_made,
            OwedTrait.TO_CORRECT: self.state in (DutyState.RETURNED, DutyState.RECTIFYING),
            OwedTrait.WITH_DRAFT: self.has_draft,
        }
        return {self.state.slug, *(trait.value for trait, holds in counted.items() if holds)}

    @property
    def waits_for_institution(self) -> bool:
        """It has to be sent, or corrected: a draft alone answers nothing."""
        return not self.is_made or self.state in (DutyState.RETURNED, DutyState.RECTIFYING)


@dataclass(frozen=True)
class Owing:
    """What one institution owes in the period, in the plan's order."""

    institution: Institution
    reports: tuple[OwedReport, ...]

    @property
    def owed(self) -> int:
        return len(self.reports)

    def having(self, trait: str) -> tuple[OwedReport, ...]:
        """Those that a count is made of: all of them for an empty word."""
        return tuple(one for one in self.reports if not trait or trait in one.traits)

    @property
    def made(self) -> int:
        return len(self.having(OwedTrait.MADE))

    @property
    def missing(self) -> int:
        return len(self.having(OwedTrait.MISSING))

    @property
    def unanswered(self) -> int:
        """Of those missing, the ones that fell due."""
        return len(self.having(DutyState.UNANSWERED.slug))

    @property
    def late(self) -> int:
        return len(self.having(OwedTrait.LATE))

    @property
    def returned(self) -> int:
        return len(self.having(DutyState.RETURNED.slug))

    @property
    def waiting(self) -> list[OwedReport]:
        """What the institution still has to do."""
        return [one for one in self.reports if one.waits_for_institution]


@dataclass(frozen=True)
class OwedSheet:
    """The matrix: institutions in the order of the Mesa, actions in the order of the plan, only those that owe."""

    period: ReportingPeriod
    actions: tuple[Action, ...]
    rows: tuple[Owing, ...]

    @property
    def axes(self) -> list[tuple]:
        """Each eje with the number of its actions, for the head of the matrix."""
        counts: dict = {}
        for action in self.actions:
            counts[action.objective.axis] = counts.get(action.objective.axis, 0) + 1
        return list(counts.items())

    @property
    def lines(self) -> list[tuple[Owing, list[OwedReport | None]]]:
        """Each institution with one place for each action; None where it owes nothing."""
        found = []
        for owing in self.rows:
            by_action = {one.action.pk: one for one in owing.reports}
            found.append((owing, [by_action.get(action.pk) for action in self.actions]))
        return found

    def total(self, name: str) -> int:
        """Of a count of the institutions, the sum: "owed", "made", "missing"…"""
        return sum(getattr(row, name) for row in self.rows)

    @property
    def totals(self) -> dict[str, int]:
        return {name: self.total(name) for name in ("owed", "made", "missing", "unanswered", "late", "returned")}

    @property
    def states(self) -> list[tuple[DutyState, int]]:
        """How many reports stand in each state; all states, in their order."""
        every = [one.state for row in self.rows for one in row.reports]
        return [(state, every.count(state)) for state in DutyState]

    def listed(self, trait: str = "", institution_id: int | None = None) -> list[tuple[Owing, tuple[OwedReport, ...]]]:
        """The institutions with those of their reports that a filter finds; who has none of them is left out."""
        rows = (row for row in self.rows if institution_id in (None, row.institution.pk))
        found = ((row, row.having(trait)) for row in rows)
        return [(row, reports) for row, reports in found if reports]

    @property
    def waiting(self) -> list[Owing]:
        """Institutions that still have something to do."""
        return [row for row in self.rows if row.waiting]


def owed_sheet(period: ReportingPeriod, axis_number: int | None = None) -> OwedSheet:
    """Everything owed in a period, or in one eje of it; in six queries, whatever the size of the plan."""
    prefetch_related_objects([period], "extensions")
    owing = [duty for _, duty in asked_duties([period]) if duty.kind == ResponsibilityKind.RESPONSIBLE]
    duties = [duty for duty in owing if axis_number in (None, duty.action.objective.axis.number)]
    cells = _cells(period, duties)
    seats = dict(period.plan.memberships.values_list("institution", "order"))
    institutions = sorted(cells, key=lambda one: (seats.get(one.pk, AFTER_ALL), one.name))
    actions = sorted({d.action for d in duties}, key=plan_order)
    rows = (Owing(one, tuple(sorted(cells[one], key=lambda cell: plan_order(cell.action)))) for one in institutions)
    return OwedSheet(period, tuple(actions), tuple(rows))


def owed_query(**chosen: str | int | None) -> str:
    """What the page lists, by the names of PARAMETERS, such as "?periodo=3&eje=1"; what is empty is left open."""
    return f"?{urlencode({PARAMETERS[name]: value for name, value in chosen.items() if value})}"


def owed_address(**chosen: str | int | None) -> str:
    """The list of the reports that a count is made of."""
    return f"{reverse('indicators:owed')}{owed_query(**chosen)}#lista"


def plan_order(action: Action) -> tuple:
    return action.objective.axis.number, action.objective.position, action.position


def period_at_hand(periods: Iterable[ReportingPeriod]) -> ReportingPeriod | None:
    """Of a plan's periods the one that people ask about: the first to fall due of those open, else the newest that has
    opened, else the first to come."""
    today = timezone.localdate()
    by_date = sorted(periods, key=lambda period: period.due_on)
    open_now = [period for period in by_date if period.is_accepting(today)]
    opened = [period for period in by_date if period.opens_on <= today]
    return next(iter(open_now or opened[-1:] or by_date), None)


def _cells(period: ReportingPeriod, duties: list[Responsibility]) -> dict[Institution, list[OwedReport]]:
    reports = _reports(period, duties)
    extended = {extension.institution_id for extension in period.extensions.all()}
    cells: defaultdict[Institution, list[OwedReport]] = defaultdict(list)
    for duty in duties:
        report = reports.get((duty.action_id, duty.institution_id))
        if report is not None:
            report.period, report.institution = period, duty.institution  # read already, with all extensions
        first = _first(report)
        cells[duty.institution].append(
            OwedReport(
                action=duty.action,
                institution=duty.institution,
                due_on=period.due_on_for(duty.institution),
                is_extended=duty.institution_id in extended,
                state=_state(report, first, period, duty.institution),
                report=report,
                first=first,
                is_late=first is not None and first.is_late,
            )
        )
    return cells


def _reports(period: ReportingPeriod, duties: list[Responsibility]) -> dict[tuple[int, int], ProgressReport]:
    """By action and institution, with the submissions that were not withdrawn; no more rows and columns than are
    looked at."""
    withdrawn = Transition.objects.filter(move=Move.WITHDRAW, submission=OuterRef("pk"))
    sent = Submission.objects.filter(~Exists(withdrawn)).only(
        "report_id", "number", "submitted_at", "on_behalf", "source_date"
    )
    owing = period.reports.filter(institution__in={duty.institution_id for duty in duties})
    found = owing.only("action_id", "institution_id", "period_id", "state")
    return {(r.action_id, r.institution_id): r for r in found.prefetch_related(Prefetch("submissions", sent))}


def _first(report: ProgressReport | None) -> Submission | None:
    if report is None or report.state in (ReportState.DRAFT, ReportState.ANNULLED):
        return None
    return min(report.submissions.all(), key=lambda s: s.number, default=None)


def _state(report, first: Submission | None, period: ReportingPeriod, institution: Institution) -> DutyState:
    """A draft does not keep a report from falling due; what was annulled is owed again; closing ends every term."""
    if first is not None:
        return SENT[report.state]
    if period.is_closed or timezone.localdate() > period.due_on_for(institution):
        return DutyState.UNANSWERED
    has_draft = report is not None and report.state == ReportState.DRAFT
    return DutyState.DRAFT if has_draft else DutyState.WITHIN_TERM
