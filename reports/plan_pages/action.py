"""The ficha of an action: what the plan says, what was agreed, what was done and how that is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from indicators.calculations.inputs import PlanInputs
from indicators.calculations.known import Known
from indicators.calculations.results import (
    ActionResult,
    Advance,
    GoalResult,
    IndicatorResult,
    InstitutionResult,
    MeansDuty,
    MeansResult,
    PartialResult,
    PlanResult,
)
from indicators.enums import ResponsibilityKind
from indicators.models import Assessment, Decision, Indicator, ProgressReport, Proposal, Responsibility
from indicators.queries.judged import Causes, assessments_of, causes_by_indicator, proposals_of
from plan.models import Action, Amendment, BackgroundFact, Region, Unit, User
from reports.plan_pages.breakdown import Table, tables_of
from reports.plan_pages.calculation import InputLine
from reports.plan_pages.deliveries import deliveries_of, is_told_in_words
from reports.plan_pages.discretion import Discretion, is_reserved
from reports.plan_pages.series import Series, Stop, series_of, stops_of
from reports.plan_pages.sight import ReadableTrace
from reports.small_cells import counts_people

#: The older ones are folded away.
REPORTS_AT_SIGHT = 6


@dataclass(frozen=True, slots=True)
class IndicatorPanel:
    result: IndicatorResult
    reason: str
    advances: tuple[Advance, ...]
    goals: tuple[GoalResult, ...]
    partials: tuple[PartialResult, ...]
    tables: tuple[Table, ...]
    trace: ReadableTrace
    inputs: tuple[InputLine, ...]
    series: Series | None
    causes: Causes | None

    @property
    def metas(self) -> list[tuple[str, GoalResult]]:
        """Nothing where the figure and its partial targets tell of all of them."""
        is_told = len(self.goals) <= max(1, len(self.partials))
        return [] if is_told else [(self.result.reference, goal) for goal in self.goals]


@dataclass(frozen=True, slots=True)
class MeansCell:
    """How one medio stands for one institution; `early` are accredited before they are owed."""

    owed: int
    accredited: int
    early: int

    @property
    def is_accredited(self) -> bool:
        return self.owed > 0 and self.accredited == self.owed


@dataclass(frozen=True, slots=True)
class MeansLine:
    result: MeansResult
    every: MeansCell
    cells: tuple[MeansCell | None, ...]


@dataclass(frozen=True, slots=True)
class MeansTable:
    """`institutions` head the columns that the reader may see."""

    institutions: tuple[InstitutionResult, ...]
    lines: tuple[MeansLine, ...]

    @property
    def owed(self) -> int:
        return sum(line.result.owed for line in self.lines)

    @property
    def accredited(self) -> int:
        return sum(line.result.accredited for line in self.lines)


@dataclass(frozen=True, slots=True)
class Duties:
    responsible: tuple[Responsibility, ...]
    collaborators: tuple[Responsibility, ...]


@dataclass(frozen=True, slots=True)
class ActionPage:
    action: Action
    plan_result: PlanResult
    result: ActionResult
    trace: ReadableTrace
    #: Newest first; the first stands.
    assessments: tuple[Assessment, ...]
    #: As above; only what the reader may see.
    proposals: tuple[Proposal, ...]
    indicators: tuple[IndicatorPanel, ...]
    means: MeansTable
    duties: Duties
    background: tuple[BackgroundFact, ...]
    amendments: tuple[Amendment, ...]
    newest_reports: tuple[ProgressReport, ...]
    older_reports: tuple[ProgressReport, ...]
    last_approval: Decision | None
    is_reserved: bool

    @property
    def label(self) -> str:
        return f"Acción {self.action.code}"

    @property
    def axis_label(self) -> str:
        return f"Eje {self.action.objective.axis.number}"

    @property
    def axis_anchor(self) -> str:
        """Where the page of the plan tells of the eje."""
        return f"#eje-{self.action.objective.axis.number}"

    @property
    def has_other_wording(self) -> bool:
        """The narrative of the plan words the action otherwise than its table."""
        return bool(self.action.narrative_text) and self.action.narrative_text != self.action.text


def is_in_plan(action: Action, result: PlanResult) -> bool:
    """An acta may add an action later than the corte."""
    return any(row.code == action.code for row in result.iter_actions())


class ActionFacts:
    """Gathers the ficha of one action for one reader, each thing with one query however much there is of it."""

    def __init__(self, action: Action, inputs: PlanInputs, plan_result: PlanResult, reader: User) -> None:
        """StopIteration where the action `is_in_plan` only later."""
        self.action = action
        self.inputs = inputs
        self.plan_result = plan_result
        self.result = plan_result.action(action.code)
        self.plan = action.objective.axis.plan
        self.reader = reader
        self.discretion = Discretion.of_reader(self.plan, plan_result, reader)
        self.sight = self.discretion.sight(action.objective.axis_id)

    def page(self) -> ActionPage:
        veil = self.discretion.veil(self.action.objective.axis_id, withholds=self.is_reserved)
        return ActionPage(
            action=self.action,
            plan_result=self.plan_result,
            result=self.result,
            trace=veil.trace(self.result.verified.trace),
            assessments=assessments_of(self.action, self.plan_result.cut_off, self.plan_result.known_at),
            proposals=proposals_of(self.action, self.plan_result.cut_off, self.plan_result.known_at, self.reader),
            indicators=tuple(self.indicator_panel(result) for result in self.result.indicators),
            means=self.means_table(self.result.means),
            duties=self._duties(),
            background=tuple(self.action.background_facts.all()),
            amendments=self.amendments(),
            newest_reports=tuple(self.reports[:REPORTS_AT_SIGHT]),
            older_reports=tuple(self.reports[REPORTS_AT_SIGHT:]),
            last_approval=self._last_approval(),
            is_reserved=self.is_reserved,
        )

    # Read once

    @cached_property
    def is_reserved(self) -> bool:
        return is_reserved(self.result)

    @cached_property
    def is_people(self) -> bool:
        return counts_people(self.action)

    @cached_property
    def _known(self) -> Known:
        return Known(self.inputs, self.plan_result.cut_off, self.plan_result.known_at)

    @cached_property
    def told(self) -> dict[Region, Region]:
        return Region.objects.told_on(self.plan_result.cut_off)

    @cached_property
    def units(self) -> list[Unit]:
        return list(Unit.objects.in_force(self.plan_result.cut_off))

    @cached_property
    def indicators(self) -> dict[int, Indicator]:
        return {indicator.pk: indicator for indicator in self.action.indicators.select_related("universe")}

    @cached_property
    def reports(self) -> list[ProgressReport]:
        """What the reader may open, newest period first."""
        visible = ProgressReport.objects.visible_to(self.reader).filter(action=self.action)
        around = visible.select_related("institution", "period").defer("draft")
        return list(around.order_by("-period__ends_on", "institution__name"))

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        return stops_of(self.inputs, self.plan_result, self.result)

    @cached_property
    def causes(self) -> dict[int, Causes]:
        return causes_by_indicator(self.indicators, self.plan_result.cut_off, self.plan_result.known_at)

    @cached_property
    def readable_report_ids(self) -> frozenset[int]:
        return frozenset(report.pk for report in self.reports)

    # Indicators

    def indicator_panel(self, result: IndicatorResult) -> IndicatorPanel:
        withholds = self.discretion.withholds(self.result, result)
        veil = self.discretion.veil(self.action.objective.axis_id, withholds=withholds)
        return IndicatorPanel(
            result=result,
            reason=result.verified.reason if veil.lets_through(result.verified.reason) else "",
            advances=self.discretion.advances(self.action.objective.axis_id, self.result, result),
            goals=self.discretion.goals(self.action.objective.axis_id, self.result, result),
            partials=() if withholds else tuple(filter(self._shows, result.partials)),
            tables=() if self.is_reserved else self._tables(result),
            trace=veil.trace(result.verified.trace),
            inputs=tuple(
                InputLine(row, "" if withholds else row.amount)
                for row in result.verified.trace.inputs
                if row.report_id in self.readable_report_ids
            ),
            series=series_of(self.plan, self.indicators[result.id], result, self.stops),
            causes=self.causes.get(result.id),
        )

    def _shows(self, partial: PartialResult) -> bool:
        return self.sight.covers(partial.target.institution_id)

    def _tables(self, result: IndicatorResult) -> tuple[Table, ...]:
        shown = [row for row in self.plan_result.institutions if self.sight.covers(row.id)]
        indicator, answering = self.indicators[result.id], self._answering(result.id)
        if is_told_in_words(indicator):
            return deliveries_of(result, shown, answering)
        return tables_of(indicator, result, self.told, self.units, shown, answering=answering, is_people=self.is_people)

    def _answering(self, indicator_id: int) -> frozenset[int]:
        """Who is responsable of the action on the corte and answers for this indicator."""
        known = self._known
        return frozenset(known.responsible_institutions(known.indicators[indicator_id], known.day))

    # Around them

    def means_table(self, results: Sequence[MeansResult]) -> MeansTable:
        owing = {duty.institution_id for means in results for duty in means.duties}
        columns = tuple(row for row in self.plan_result.institutions if row.id in owing and self.sight.covers(row.id))
        lines = (
            MeansLine(means, _count(means.duties), tuple(_means_cell(means, row) for row in columns))
            for means in results
        )
        return MeansTable(columns, tuple(lines))

    def _duties(self) -> Duties:
        """Under the actas known at both dates, in force on the corte."""
        known = Responsibility.objects.known_in_force(self.plan_result.cut_off, self.plan_result.known_at)
        around = known.filter(action=self.action).select_related("institution", "agreement")
        rows = list(around.prefetch_related("indicators", "means"))
        return Duties(
            responsible=_in_plan_order(rows, ResponsibilityKind.RESPONSIBLE, self.plan_result.institutions),
            collaborators=_in_plan_order(rows, ResponsibilityKind.COLLABORATOR, self.plan_result.institutions),
        )

    def amendments(self) -> tuple[Amendment, ...]:
        """Of the action, its indicators and its medios, by the actas known at both dates."""
        code = self.action.code
        known = Amendment.objects.filter(
            Q(object_reference=code) | Q(object_reference__startswith=f"{code}."),
            agreement__plan=self.action.objective.axis.plan_id,
            agreement__agreed_on__lte=self.plan_result.cut_off,
            agreement__recorded_at__lte=self.plan_result.known_at,
            recorded_at__lte=self.plan_result.known_at,
        )
        return tuple(known.select_related("agreement"))

    def _last_approval(self) -> Decision | None:
        """The newest approval that stands, of a report that the reader may open."""
        readable = (row for row in self._known.reports_of[self.action.pk] if row.report.id in self.readable_report_ids)
        approvals = [version.decision for row in readable if (version := row.verified) and version.decision]
        newest = max(approvals, key=lambda decision: (decision.decided_at, decision.id), default=None)
        if newest is None:
            return None
        around = Decision.objects.select_related("submission__report__institution", "submission__report__period")
        return around.get(pk=newest.id)


def _means_cell(means: MeansResult, institution: InstitutionResult) -> MeansCell | None:
    """None where the institution does not owe the medio."""
    duties = [duty for duty in means.duties if duty.institution_id == institution.id]
    return _count(duties) if duties else None


def _count(duties: Iterable[MeansDuty]) -> MeansCell:
    rows = list(duties)
    owed = [duty for duty in rows if duty.is_owed]
    accredited = sum(duty.is_accredited for duty in owed)
    return MeansCell(len(owed), accredited, sum(duty.is_accredited for duty in rows) - accredited)


def _in_plan_order(
    rows: Iterable[Responsibility], kind: ResponsibilityKind, institutions: Iterable[InstitutionResult]
) -> tuple[Responsibility, ...]:
    """Whoever has no seat and owes nothing comes after the others."""
    order = {institution.id: place for place, institution in enumerate(institutions)}

    def place(row: Responsibility) -> tuple[int, str]:
        return order.get(row.institution_id, len(order)), row.institution.name

    return tuple(sorted((row for row in rows if row.kind == kind), key=place))
