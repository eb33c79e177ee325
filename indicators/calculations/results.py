"""What comes out of the arithmetic: the one object that screens, PDFs, spreadsheets and JSON show.

PlanResult → AxisResult → ObjectiveResult → ActionResult → IndicatorResult. Amounts and scores are exact fractions
(a score of 1 is 100 %); every `..._text` is the same thing as a reader sees it. A missing value is None, never zero.
*Verified* is the official figure; *informed* is shown beside it and never added in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from indicators.calculations.terms import (
    ActionState,
    Band,
    Conclusion,
    Condition,
    Mark,
    Pace,
    Pending,
)


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One line of "¿Cómo se calculó?": the rule, the data that it was applied to and what came out."""

    rule: str
    data: str
    result: str


@dataclass(frozen=True, slots=True)
class TraceInput:
    """One report that a figure rests on. People appear by cargo and institution (`decided_as`), never by name."""

    institution: str
    period: str
    amount: str
    report_id: int
    submission_id: int
    submission_number: int
    decision_id: int | None
    decided_as: str
    source: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What was left out of a figure, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Trace:
    rule: str
    methodology: str
    dates: str
    steps: tuple[TraceStep, ...] = ()
    inputs: tuple[TraceInput, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """The days over which value and target are compared, both inclusive. `label`: "año 2016", "todo el plan"."""

    starts_on: date
    ends_on: date
    label: str


@dataclass(frozen=True, slots=True)
class TargetResult:
    """`source_text` cites the acta with its date, or says "Texto del plan"; `place` names a region or institution."""

    value: Fraction
    value_text: str
    window: Window
    due_on: date
    source_text: str
    agreement_id: int | None
    set_late: bool
    region: str | None = None
    institution_id: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class CellResult:
    """The value of one cell (institution × breakdown key) after adding its periods up."""

    institution_id: int
    region: str | None
    unit: str | None
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator from one point of view (verified or informed).

    `raw` is kept uncapped; `capped` (0 to 1) is what enters a mean, and is None unless `condition` is computable.
    `reason` explains the condition ("parcial (1 de 2)", "en plazo"); `pending` says why a due figure has no value.
    """

    condition: Condition
    reason: str
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    raw: Fraction | None
    capped: Fraction | None
    band: Band | None
    pending: Pending | None
    value_text: str
    score_text: str
    cells: tuple[CellResult, ...]
    trace: Trace

    @property
    def is_computable(self) -> bool:
        return self.condition is Condition.COMPUTABLE


@dataclass(frozen=True, slots=True)
class PartialResult:
    """A target agreed for one region or institution, scored on that cell."""

    target: TargetResult
    verified: Figure
    informed: Figure


@dataclass(frozen=True, slots=True)
class Advance:
    """Avance hacia la meta of the first window not yet due; never part of the compliance figure.

    `progress` is value ÷ target (None without a value), `expected` the linear pace on the cut-off.
    """

    target: TargetResult
    value: Fraction | None
    progress: Fraction | None
    expected: Fraction
    informed_progress: Fraction | None
    pace: Pace | None
    value_text: str
    progress_text: str
    expected_text: str
    informed_progress_text: str


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """`target` is the one that the score is measured against: the overall target of the newest window due."""

    id: int
    reference: str
    number: int
    text: str
    kind: str
    unit_label: str
    numerator_label: str
    denominator_label: str
    formula: str
    window: Window
    target: TargetResult | None
    has_target: bool
    verified: Figure
    informed: Figure
    partials: tuple[PartialResult, ...]
    advances: tuple[Advance, ...]
    marks: frozenset[Mark]

    @property
    def explanation_due(self) -> bool:
        return Mark.EXPLANATION_DUE in self.marks

    @property
    def mark_labels(self) -> list[str]:
        return [mark.label for mark in Mark if mark in self.marks]


@dataclass(frozen=True, slots=True)
class ReportDuty:
    """The report that one institution owes for an action and a period."""

    action_id: int
    institution_id: int
    period_id: int
    due_on: date
    is_owed: bool
    is_made: bool
    is_validated: bool
    is_on_time: bool
    is_returned: bool
    report_id: int | None

    @property
    def is_within_term(self) -> bool:
        """Not yet due at known_at ("en plazo"): printed apart, not among the owed."""
        return not self.is_owed

    @property
    def is_unanswered(self) -> bool:
        return self.is_owed and not self.is_made


@dataclass(frozen=True, slots=True)
class MeansDuty:
    """One medio × owing institution × recurrence. Without institution: any of the responsables may answer."""

    institution_id: int | None
    occasion: str
    owed_on: date
    is_owed: bool
    is_accredited: bool


@dataclass(frozen=True, slots=True)
class MeansResult:
    """`all_accredited` looks at every duty, those not yet owed included, and is False where nobody owes it."""

    id: int
    reference: str
    number: int
    text: str
    reserved: bool
    duties: tuple[MeansDuty, ...]
    all_accredited: bool

    @property
    def owed(self) -> int:
        return sum(duty.is_owed for duty in self.duties)

    @property
    def accredited(self) -> int:
        return sum(duty.is_owed and duty.is_accredited for duty in self.duties)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Reports: made, validated and on time, of those owed; medios: accredited, of those owed.

    `within_term` reports are not among the owed. `plan_means` counts the medios of the plan's own list in force and
    `plan_means_accredited` those fully accredited.
    """

    owed: int = 0
    made: int = 0
    validated: int = 0
    on_time: int = 0
    returned: int = 0
    within_term: int = 0
    means_owed: int = 0
    means_accredited: int = 0
    plan_means: int = 0
    plan_means_accredited: int = 0

    @property
    def unanswered(self) -> int:
        return self.owed - self.made

    @property
    def late(self) -> int:
        return self.made - self.on_time


@dataclass(frozen=True, slots=True)
class ActionScore:
    """Mean of the computable indicators' capped scores, or the one condition that stands for the action."""

    condition: Condition
    value: Fraction | None
    band: Band | None
    computable_indicators: int
    indicators: int
    in_review: int
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
    percent_text: str
    sentence: str
    in_review_text: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class StateCounts:
    """Actions by state, in the order of ActionState. `sentence`: "36 = 35 vigentes + 1 suprimida"."""

    counts: tuple[tuple[ActionState, int], ...]
    sentence: str

    def of(self, state: ActionState) -> int:
        return dict(self.counts)[state]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class ActionResult:
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
    """`dates_text`: "Corte 31-12-2016, con lo resuelto hasta 28-02-2017, 18:00"."""

    code: str
    title: str
    cut_off: date
    known_at: datetime
    dates_text: str
    methodology: str
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
