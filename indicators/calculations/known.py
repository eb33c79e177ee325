"""What is known of a plan at (cut_off, known_at), indexed for the questions that the arithmetic asks."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, TypeVar

from indicators.calculations.amended import Amended, Presence
from indicators.calculations.inputs import (
    ActionInput,
    AgreementInput,
    ExtensionInput,
    IndicatorInput,
    InstitutionInput,
    MeansInput,
    MembershipInput,
    MethodologyInput,
    PeriodInput,
    PlanInputs,
    ReportInput,
    ResponsibilityInput,
    TargetInput,
    UniverseValueInput,
    Validity,
)
from indicators.calculations.methodology import FIRST, Methodology
from indicators.calculations.moments import end_of_day
from indicators.calculations.terms import ResponsibilityKind, Source
from indicators.calculations.versions import KnownReport, read_report

Row = TypeVar("Row")
#: What an acta begins and another may end.
Dated = TypeVar("Dated", ResponsibilityInput, MembershipInput)
#: What the reports answer, by question.
Answers = dict[Hashable, Any]


def group(rows: Iterable[Row], key: Callable[[Row], object]) -> dict:
    """Rows by key; a key without rows gives an empty list."""
    grouped: dict = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row)
    return grouped


def _order_of_version(row: MethodologyInput) -> tuple:
    """Of two versions from one day that of the newer acta counts; of two actas of one day, the one entered last."""
    acta = row.agreement
    return (row.valid_from, acta.agreed_on, acta.recorded_at) if acta else (row.valid_from,)


class Known:
    """The inputs seen from two dates. Nothing recorded after `known_at` or agreed after `cut_off` gets through."""

    def __init__(
        self,
        inputs: PlanInputs,
        cut_off: date,
        known_at: datetime,
        *,
        is_traced: bool = True,
        answers: Answers | None = None,
    ) -> None:
        """`is_traced`: every figure says what it rests on and what each institution told, which grows with the history
        of a plan; without it only what was told by region stays. `answers` are what the reports were found to answer
        before, and take up what is asked anew; only for what they do not have are reports read."""
        self.inputs = inputs
        self.is_traced = is_traced
        self.plan = inputs.plan
        self.cut_off = cut_off
        self.known_at = known_at
        #: The day on which duties are read: past its end the plan stays as it was on its last day.
        self.day = min(cut_off, self.plan.ends_on)
        self._answers = {} if answers is None else answers
        self._in_common: Answers = {}
        self._read_all = cache(self._all_standing)

    def at(self, cut_off: date, answers: Answers | None = None) -> "Known":
        """The same from another cut-off; what a report says does not depend on it, and is not read again."""
        other = Known(self.inputs, cut_off, self.known_at, is_traced=self.is_traced, answers=answers)
        other._in_common, other._read_all = self._in_common, self._read_all
        return other

    def once(self, question: Hashable, answer: Callable[[], Row]) -> Row:
        """What is asked of the reports is worked out once. The question names all that tells it from others; the
        inputs and both dates do not belong to it."""
        if question not in self._answers:
            self._answers[question] = answer()
        return self._answers[question]

    def once_at_any_cut_off(self, question: Hashable, answer: Callable[[], Row]) -> Row:
        """The same, once for all cut-offs: the question names whatever it takes of its own."""
        if question not in self._in_common:
            self._in_common[question] = answer()
        return self._in_common[question]

    def counts(self, agreement: AgreementInput) -> bool:
        """An agreement counts if agreed on or before the cut-off and recorded by known_at."""
        return agreement.agreed_on <= self.cut_off and agreement.recorded_at <= self.known_at

    @cached_property
    def methodology(self) -> Methodology:
        """The newest version that counts on the corte: what an acta sets later alters no figure of before."""
        counting = [row for row in self.inputs.methodologies if self._is_in_force(row)]
        return max(counting, key=_order_of_version).parameters if counting else FIRST

    def _is_in_force(self, row: MethodologyInput) -> bool:
        return row.valid_from <= self.cut_off and (row.agreement is None or self.counts(row.agreement))

    @cached_property
    def amended(self) -> Amended:
        rows = self.inputs.amendments
        return Amended(rows, [row for row in rows if self.counts(row.agreement)])

    @cached_property
    def institutions(self) -> dict[int, InstitutionInput]:
        rows = sorted(self.inputs.institutions, key=lambda row: (row.order, row.name, row.id))
        return {row.id: row for row in rows}

    @cached_property
    def place_names(self) -> dict[str, str]:
        return {place.key: place.name for place in (*self.inputs.regions, *self.inputs.units)}

    @cached_property
    def indicators(self) -> dict[int, IndicatorInput]:
        return {row.id: row for row in self.inputs.indicators}

    @cached_property
    def indicators_of(self) -> dict[int, list[IndicatorInput]]:
        rows = sorted(self.inputs.indicators, key=lambda row: row.number)
        return group(rows, lambda row: row.action_id)

    @cached_property
    def means_of(self) -> dict[int, list[MeansInput]]:
        return group(sorted(self.inputs.means, key=lambda row: row.number), lambda row: row.action_id)

    @cached_property
    def actions(self) -> dict[int, ActionInput]:
        return {row.id: row for row in self.inputs.actions}

    @cached_property
    def axis_of_action(self) -> dict[int, int]:
        axis = {row.id: row.axis_id for row in self.inputs.objectives}
        return {row.id: axis[row.objective_id] for row in self.inputs.actions}

    @cached_property
    def lineage_of_action(self) -> dict[int, tuple[str, str, str]]:
        """References of the eje, the objetivo and the acción."""
        axis = {row.id: str(row.number) for row in self.inputs.axes}
        objective = {row.id: (axis[row.axis_id], row.code) for row in self.inputs.objectives}
        return {row.id: (*objective[row.objective_id], row.code) for row in self.inputs.actions}

    def reference(self, indicator: IndicatorInput) -> str:
        return f"{self.actions[indicator.action_id].code}.I{indicator.number}"

    def presence(self, action: ActionInput, day: date) -> Presence:
        return self.amended.presence_under(self.lineage_of_action[action.id], day)

    def is_action_in_force(self, action_id: int, day: date) -> bool:
        return self.presence(self.actions[action_id], day) is Presence.IN_FORCE

    def is_indicator_in_force(self, indicator: IndicatorInput, day: date) -> bool:
        """The indicator itself; its action is asked for with `is_action_in_force`."""
        return self.amended.presence(self.reference(indicator), day) is Presence.IN_FORCE

    # Periods and reports

    @cached_property
    def periods(self) -> list[PeriodInput]:
        """Those that ended on or before the cut-off, oldest first."""
        ended = [row for row in self.inputs.periods if row.ends_on <= self.cut_off]
        return sorted(ended, key=lambda row: (row.ends_on, row.starts_on, row.id))

    @cached_property
    def _extensions(self) -> dict[tuple[int, int], list[ExtensionInput]]:
        rows = [row for row in self.inputs.extensions if row.recorded_at <= self.known_at]
        return group(rows, lambda row: (row.period_id, row.institution_id))

    def due_on(self, period: PeriodInput, institution_id: int, moment: datetime) -> date:
        """The term of a report as it stood at a moment: the newest extension recorded by then."""
        granted = [
            (row.recorded_at, row.due_on)
            for row in self._extensions[period.id, institution_id]
            if row.recorded_at <= moment
        ]
        return max(granted)[1] if granted else period.due_on

    @cached_property
    def reports_of(self) -> dict[int, list[KnownReport]]:
        """Reports of an action that stand, oldest period first, then in the plan's order of institutions."""
        keys = [(action, period.id) for period in self.periods for action in self.actions]
        return group((row for key in keys for row in self.reports_in[key]), lambda row: row.report.action_id)

    @cached_property
    def reports_in(self) -> dict[tuple[int, int], list[KnownReport]]:
        """The same by action and period."""
        ended = {period.id for period in self.periods}
        return defaultdict(list, {key: rows for key, rows in self._read_all().items() if key[1] in ended})

    def _all_standing(self) -> dict[tuple[int, int], list[KnownReport]]:
        """Of all periods."""
        periods = {row.id: row for row in self.inputs.periods}
        known = (self._read(row, periods[row.period_id]) for row in self.inputs.reports)
        order = {institution_id: place for place, institution_id in enumerate(self.institutions)}
        standing = sorted((row for row in known if row is not None), key=lambda row: order[row.institution_id])
        return group(standing, lambda row: (row.report.action_id, row.period.id))

    def _read(self, report: ReportInput, period: PeriodInput) -> KnownReport | None:
        due_at = end_of_day(self.due_on(period, report.institution_id, self.known_at))
        return read_report(report, period, due_at, self.known_at)

    # Responsibilities

    @cached_property
    def responsibilities_of(self) -> dict[int, list[ResponsibilityInput]]:
        rows = [self._with_known_end(row) for row in self.inputs.responsibilities if self.counts(row.agreement)]
        return group(rows, lambda row: row.action_id)

    def _with_known_end(self, row: Dated) -> Dated:
        """Until the acta that ends it counts, a responsabilidad or a seat runs on (COMPLIANCE, Two dates)."""
        if row.ended_under is None or self.counts(row.ended_under):
            return row
        return replace(row, validity=Validity(row.validity.valid_from), ended_under=None)

    def responsibles(self, action_id: int, day: date) -> list[ResponsibilityInput]:
        """The responsabilities (never of colaboradoras) in force on a day."""
        return [
            row
            for row in self.responsibilities_of[action_id]
            if row.kind == ResponsibilityKind.RESPONSIBLE and row.validity.is_in_force(day)
        ]

    def last_responsibles(self, action_id: int, day: date) -> list[ResponsibilityInput]:
        """Those in force on a day or, where nobody is, on the last day before it on which somebody was."""
        ends = [row.validity.valid_to for row in self.responsibilities_of[action_id]]
        days = sorted({end for end in ends if end is not None and end < day}, reverse=True)
        found = (self.responsibles(action_id, one) for one in (day, *days))
        return next((rows for rows in found if rows), [])

    def responsible_institutions(self, indicator: IndicatorInput, day: date) -> set[int]:
        rows = self.responsibles(indicator.action_id, day)
        return {row.institution_id for row in rows if row.is_for(indicator.id)}

    def answer_for_others(self, indicator: IndicatorInput, day: date) -> frozenset[int]:
        """Institutions that answer on a day, as responsable or colaboradora, for other indicators of its action."""
        rows = [row for row in self.responsibilities_of[indicator.action_id] if row.validity.is_in_force(day)]
        own = {row.institution_id for row in rows if row.is_for(indicator.id)}
        return frozenset(row.institution_id for row in rows) - own

    # Targets and universes

    @cached_property
    def targets_of(self) -> dict[int, list[TargetInput]]:
        return group([row for row in self.inputs.targets if self._is_target_known(row)], lambda row: row.indicator_id)

    def _is_target_known(self, target: TargetInput) -> bool:
        """The plan's own words are known from its first day; an agreed target as its acta and its recording are."""
        if target.source == Source.PLAN_TEXT or target.agreement is None:
            return True
        return self.counts(target.agreement) and target.recorded_at <= self.known_at

    @cached_property
    def universes(self) -> dict[int, list[UniverseValueInput]]:
        rows = [row for row in self.inputs.universe_values if row.recorded_at <= self.known_at]
        return group(rows, lambda row: row.universe_id)

    # Members

    @cached_property
    def memberships_of(self) -> dict[int | None, list[MembershipInput]]:
        """Seats of the Mesa (None) and of the subcomisión of each eje."""
        known = (row for row in self.inputs.memberships if row.agreement is None or self.counts(row.agreement))
        return group(map(self._with_known_end, known), lambda row: row.axis_id)

    def members(self, axis_id: int | None, day: date) -> set[int]:
        """Members of the Mesa (axis_id None) or of the subcomisión of an eje on a day."""
        return {row.institution_id for row in self.memberships_of[axis_id] if row.validity.is_in_force(day)}
