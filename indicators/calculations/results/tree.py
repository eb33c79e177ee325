"""The plan and its parts, down to the action, each with its scores, states and coverage."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from indicators.calculations.methodology import Methodology
from indicators.calculations.results.measured import IndicatorResult, Trace
from indicators.calculations.results.owed import Coverage, MeansResult, ReportDuty
from indicators.calculations.terms import ActionState, Band, Conclusion, Condition, Mark


@dataclass(frozen=True, slots=True)
class ActionScore:
    """Mean of the computable indicators' capped scores, or the one condition that stands for the action."""

    condition: Condition
    value: Fraction | None
    band: Band | None
    computable_indicators: int
    indicators: int
    in_review: int
    marks: frozenset[Mark]
    percent_text: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class GroupScore:
    """An objective, an eje or the plan: mean over the computable actions, with its denominators.

    `value` is None unless `conclusion` is a percentage. `sentence`: "68,0 % sobre 9 de 12 acciones (11 de 17
    indicadores); 3 sin meta acordada". `in_review` counts the indicators whose score is 0 because a review is open.
    """

    conclusion: Conclusion
    value: Fraction | None
    band: Band | None
    actions: int
    computable_actions: int
    actions_with_something_due: int
    not_calculable: int
    no_target: int
    not_due: int
    indicators: int
    computable_indicators: int
    in_review: int
    weighted: bool
    marks: frozenset[Mark]
    percent_text: str
    sentence: str
    in_review_text: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class StateCounts:
    """Actions by state, in the order of ActionState. `sentence`: "36 = 35 vigentes + 1 suprimida"; those that an acta
    added count apart while they are in force: "37 = 35 vigentes + 1 suprimida + 1 agregada"."""

    counts: tuple[tuple[ActionState, int], ...]
    sentence: str

    def of(self, state: ActionState) -> int:
        return dict(self.counts)[state]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class ActionResult:
    """`is_added`: an acta brought it; the plan did not begin with it."""

    id: int
    code: str
    text: str
    state: ActionState
    state_reason: str
    verified: ActionScore
    informed: ActionScore
    unanswered_reports: int
    institution_ids: tuple[int, ...]
    indicators: tuple[IndicatorResult, ...]
    means: tuple[MeansResult, ...]
    duties: tuple[ReportDuty, ...]
    coverage: Coverage
    is_added: bool = False


@dataclass(frozen=True, slots=True)
class ObjectiveResult:
    id: int
    code: str
    text: str
    verified: GroupScore
    informed: GroupScore
    states: StateCounts
    coverage: Coverage
    actions: tuple[ActionResult, ...]

    def iter_indicators(self) -> Iterator[IndicatorResult]:
        for action in self.actions:
            yield from action.indicators


@dataclass(frozen=True, slots=True)
class AxisResult:
    id: int
    number: int
    name: str
    verified: GroupScore
    informed: GroupScore
    states: StateCounts
    coverage: Coverage
    objectives: tuple[ObjectiveResult, ...]

    def iter_actions(self) -> Iterator[ActionResult]:
        for objective in self.objectives:
            yield from objective.actions

    def iter_indicators(self) -> Iterator[IndicatorResult]:
        for objective in self.objectives:
            yield from objective.iter_indicators()


@dataclass(frozen=True, slots=True)
class InstitutionResult:
    """The duty to report of one institution, in the plan's order; never a ranking."""

    id: int
    name: str
    acronym: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class PlanResult:
    """The whole plan at both dates. `methodology` is the version that it was reckoned with.

    `dates_text`: "Corte 31-12-2016, con lo resuelto hasta 28-02-2017 18:00".
    """

    code: str
    title: str
    cut_off: date
    known_at: datetime
    dates_text: str
    methodology: Methodology
    verified: GroupScore
    informed: GroupScore
    states: StateCounts
    coverage: Coverage
    axes: tuple[AxisResult, ...]
    institutions: tuple[InstitutionResult, ...]

    def axis(self, number: int) -> AxisResult:
        """The eje with this number; StopIteration where the plan has none."""
        return next(axis for axis in self.axes if axis.number == number)

    def action(self, code: str) -> ActionResult:
        """The acción with this code; StopIteration where the plan has none."""
        return next(action for action in self.iter_actions() if action.code == code)

    def indicator(self, reference: str) -> IndicatorResult:
        """The indicador with this reference, such as "1.1.2.I1"; StopIteration where the plan has none."""
        return next(indicator for indicator in self.iter_indicators() if indicator.reference == reference)

    def iter_actions(self) -> Iterator[ActionResult]:
        for axis in self.axes:
            yield from axis.iter_actions()

    def iter_indicators(self) -> Iterator[IndicatorResult]:
        for axis in self.axes:
            yield from axis.iter_indicators()
