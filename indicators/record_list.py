"""What the secretaría técnica can enter from an oficio: what no institution sent, and what it has begun to enter."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from indicators.asked import asked_duties
from indicators.enums import ReportState
from indicators.models import ProgressReport, ReportingPeriod
from indicators.models.progress import EDITABLE_STATES
from plan.models import Action, Institution, Plan


@dataclass(frozen=True)
class Missing:
    """One action of one period of which nothing came from an institution. Where it is writing itself, nothing is
    recorded over its work."""

    period: ReportingPeriod
    action: Action
    institution: Institution
    is_owed: bool
    has_own_draft: bool


@dataclass(frozen=True)
class RecordDesk:
    """`unfinished` are the records that wait to be completed or corrected."""

    unfinished: list[ProgressReport]
    missing: list[Missing]

    @property
    def returned(self) -> list[ProgressReport]:
        return [report for report in self.unfinished if report.state != ReportState.DRAFT]

    @property
    def drafts(self) -> list[ProgressReport]:
        return [report for report in self.unfinished if report.state == ReportState.DRAFT]


def record_desk(plan: Plan, user) -> RecordDesk:
    """Everything of the periods that take reports or took them, in a fixed number of queries."""
    periods = list(ReportingPeriod.objects.for_plan(plan).begun(timezone.localdate()))
    records = ProgressReport.objects.visible_to(user).filter(is_on_behalf=True, state__in=EDITABLE_STATES)
    unfinished = records.filter(period__in=periods).with_parties().order_by("period__starts_on", "pk")
    return RecordDesk(list(unfinished), _missing(periods))


def _missing(periods: list[ReportingPeriod]) -> list[Missing]:
    reports = ProgressReport.objects.filter(period__in=periods)
    own_drafts = reports.filter(state=ReportState.DRAFT, is_on_behalf=False)
    # Where only the page was opened, there is nothing that a record could harm.
    begun = own_drafts.filter(~Q(draft={}) | Q(evidence__isnull=False) | Q(submissions__isnull=False))
    taken, written = _keys(reports.exclude(pk__in=own_drafts.values("pk"))), _keys(begun)
    rows = [
        Missing(period, duty.action, duty.institution, duty.is_owed, key in written)
        for period, duty in asked_duties(periods)
        if (key := (period.pk, duty.action_id, duty.institution_id)) not in taken
    ]
    return sorted(rows, key=_order)


def _keys(reports) -> set[tuple[int, int, int]]:
    return set(reports.values_list("period", "action", "institution"))


def _order(row: Missing) -> tuple[date, str, int, int, int]:
    """By period and institution, as an oficio brings them, then the order of the plan."""
    objective = row.action.objective
    place = (objective.axis.number, objective.position, row.action.position)
    return row.period.starts_on, str(row.institution), *place
