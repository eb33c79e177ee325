"""What is said of one indicator: its figures, its targets, its pace, and how each was reached."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from indicators.calculations.terms import Band, Condition, Mark, Outlook, Pace, Pending
from indicators.enums import Deviation


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One line of "¿Cómo se calculó?": the rule, the data that it was applied to and what came out. `reference` is of
    the action or the indicator that it takes up whole, whose own calculation tells more."""

    rule: str
    data: str
    result: str
    reference: str = ""


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
    """What was left out of a figure, and why. `reference` is of the action or the indicator that it is."""

    what: str
    reason: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    rule: str
    methodology: str
    dates: str
    steps: tuple[TraceStep, ...] = ()
    inputs: tuple[TraceInput, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()


#: Of the figures of a result that is not traced.
UNTRACED = Trace("", "", "")


@dataclass(frozen=True, slots=True)
class Window:
    """The days over which value and target are compared, both inclusive. `label`: "año 2016", "todo el plan"."""

    starts_on: date
    ends_on: date
    label: str

    def share_by(self, day: date) -> Fraction:
        """The part of its days gone by the end of `day`, from 0 to 1 (COMPLIANCE, Fine print: Avance)."""
        days = (self.ends_on - self.starts_on).days + 1
        elapsed = (day - self.starts_on).days + 1
        return Fraction(min(max(elapsed, 0), days), days)


@dataclass(frozen=True, slots=True)
class TargetResult:
    """`source_text` cites the acta with its date, or says "Texto del plan"; `place` names a region or institution.
    `baseline` is where what has to fall, or a total, begins."""

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
    baseline: Fraction | None = None


@dataclass(frozen=True, slots=True)
class CellResult:
    """The value of one cell (institution × breakdown key) after adding its periods up.

    `least` is the smallest amount above zero that one of its periods gave, None where none did.
    """

    institution_id: int
    region: str | None
    unit: str | None
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    least: Fraction | None = None

    @property
    def told(self) -> Fraction | None:
        """What the institution counted: of a ratio its numerator."""
        return self.value if self.denominator is None and self.numerator is None else self.numerator


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator from one point of view (verified or informed).

    `raw` is kept uncapped; `capped` (0 to 1) is what enters a mean, and is None unless `condition` is computable.
    `reason` explains the condition ("parcial (1 de 2)", "en plazo"); `pending` says why a due figure has no value.
    `smallest` is the smallest amount above zero of any cell or of one of its periods, None of what is not a count of
    things; it is there whether the cells are or not.
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
    marks: frozenset[Mark]
    cells: tuple[CellResult, ...]
    trace: Trace
    smallest: Fraction | None = None

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
class GoalResult:
    """A target of the plan, due or not, held against what is verified: the state of an action is of all of them."""

    target: TargetResult
    is_due: bool
    raw: Fraction | None
    value_text: str
    score_text: str

    @property
    def standing(self) -> str:
        if self.raw is not None and self.raw >= 1:
            return "Cumplida" if self.is_due else "Cumplida antes de vencer"
        if not self.is_due:
            return "Aún no vence"
        return "No se puede calcular" if self.raw is None else "Vencida bajo 100\u00a0%"


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
class Forecast:
    """What the verified value comes to on the last day of `window` if it goes on as it did until the cut-off; never
    part of the compliance figure.

    `reason` says why there is no value. `share` of `target` is uncapped; it and `outlook` are None without a target.
    `assumption` is that of the methodology; `steps` are its calculation.
    """

    window: Window
    target: TargetResult | None
    assumption: str
    reason: str = ""
    value: Fraction | None = None
    share: Fraction | None = None
    outlook: Outlook | None = None
    value_text: str = ""
    share_text: str = ""
    steps: tuple[TraceStep, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """`target` is the one that the score is measured against: the overall target of the newest window due.

    `forecast` is None where nothing lies ahead: its window is over, or the indicator is suppressed. `deviations`: to
    which sides it has to be explained, by it or by a partial target. `goals` are all its targets, in the order in which
    they fall due; none where the result is not traced.
    """

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
    forecast: Forecast | None
    marks: frozenset[Mark]
    deviations: tuple[Deviation, ...] = ()
    goals: tuple[GoalResult, ...] = ()

    @property
    def explanation_due(self) -> bool:
        return Mark.EXPLANATION_DUE in self.marks

    @property
    def mark_labels(self) -> list[str]:
        return [mark.label for mark in Mark if mark in self.marks]
