"""What goes into the arithmetic: plain frozen values.

Rows are joined by identifiers, so their order never matters. Every fact that can be learnt late carries the moment at
which it was recorded (an aware datetime): the arithmetic itself decides what was known. Amounts are whole numbers or
fractions; a ratio's target is a fraction of one. A missing amount is None, never zero.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from indicators.calculations.methodology import Methodology
from indicators.calculations.terms import (
    Aggregation,
    AmendmentDecision,
    Answer,
    CellAggregation,
    DerivedFrom,
    Direction,
    Entry,
    Kind,
    NeededFrom,
    OwedBy,
    Recurrence,
    ResponsibilityKind,
    Source,
    Stage,
)

Amount = int | Fraction


class InconsistentBreakdownError(ValueError):
    """The rows of a breakdown do not add up to the value that they break down."""


@dataclass(frozen=True, slots=True)
class Validity:
    """From one day to another, both inclusive; None is an open end."""

    valid_from: date | None = None
    valid_to: date | None = None

    def is_in_force(self, day: date) -> bool:
        return self.overlaps(day, day)

    def overlaps(self, first: date, last: date) -> bool:
        """A validity that ends before it begins overlaps nothing."""
        begins, ends = self.valid_from or first, self.valid_to or last
        return max(begins, first) <= min(ends, last)


@dataclass(frozen=True, slots=True)
class PlanInput:
    code: str
    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class AgreementInput:
    """An acta. `reference` is how it is cited: "Acta N.º 9"."""

    id: int
    reference: str
    agreed_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class InstitutionInput:
    """`order` is its place in the plan."""

    id: int
    name: str
    acronym: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class PlaceInput:
    """A region (key: its number, such as "RM") or a unit (key: its identifier) by which figures are broken down."""

    key: str
    name: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class MembershipInput:
    """A seat in the Mesa (axis_id None) or in the subcomisión of an eje.

    One without `agreement` is known from the plan's first day. `ended_under` is as in ResponsibilityInput.
    """

    institution_id: int
    validity: Validity = Validity()
    axis_id: int | None = None
    agreement: AgreementInput | None = None
    ended_under: AgreementInput | None = None


@dataclass(frozen=True, slots=True)
class AxisInput:
    id: int
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class ObjectiveInput:
    id: int
    axis_id: int
    code: str
    text: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class ActionInput:
    id: int
    objective_id: int
    code: str
    text: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class IndicatorInput:
    """What an action is measured by. `years` empty means every year of the plan; `bounded`: the numerator of a ratio
    is a part of its denominator."""

    id: int
    action_id: int
    number: int
    text: str
    kind: str = Kind.COUNT
    unit_label: str = ""
    numerator_label: str = ""
    denominator_label: str = ""
    entry: str = Entry.INCREMENT
    numerator_aggregation: str = Aggregation.FLOW
    denominator_aggregation: str = ""
    cell_aggregation: str = CellAggregation.SUM
    derived_from: str = DerivedFrom.NONE
    breakdown: str = ""
    years: tuple[int, ...] = ()
    depends_on_id: int | None = None
    universe_id: int | None = None
    stage: str = Stage.PREPARED
    needed_from: str = NeededFrom.ANY
    named_count_label: str = ""
    direction: str = Direction.ASCENDING
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class MeansInput:
    id: int
    action_id: int
    number: int
    text: str
    indicator_ids: frozenset[int] = frozenset()
    reserved: bool = False
    owed_by: str = OwedBy.EACH
    recurrence: str = Recurrence.ONCE


@dataclass(frozen=True, slots=True)
class DeadlineInput:
    """The date that an acta sets for a medio owed once."""

    means_id: int
    due_on: date
    agreement: AgreementInput


@dataclass(frozen=True, slots=True)
class ResponsibilityInput:
    """Empty sets of indicators or medios mean all those of the action.

    `ended_under` is the acta that put its end on `validity.valid_to` later; None where the end was agreed with it.
    """

    action_id: int
    institution_id: int
    agreement: AgreementInput
    kind: str = ResponsibilityKind.RESPONSIBLE
    validity: Validity = Validity()
    indicator_ids: frozenset[int] = frozenset()
    means_ids: frozenset[int] = frozenset()
    ended_under: AgreementInput | None = None


@dataclass(frozen=True, slots=True)
class TargetInput:
    """A meta. `due_on` belongs to a cumulative target, and to the agreed date of a yearly product's year. Without
    `value` it withdraws the meta of its window."""

    id: int
    indicator_id: int
    value: Fraction | None
    scope: str
    recorded_at: datetime
    year: int | None = None
    due_on: date | None = None
    region: str | None = None
    institution_id: int | None = None
    baseline: Fraction | None = None
    source: str = Source.AGREEMENT
    agreement: AgreementInput | None = None

    @property
    def is_withdrawal(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True)
class WeightInput:
    """The weight of an action inside its eje, set by an acta."""

    action_id: int
    weight: Fraction
    agreement: AgreementInput


@dataclass(frozen=True, slots=True)
class AmendmentInput:
    """`reference`: "1" (eje), "1.1" (objetivo), "1.1.2" (acción), "1.1.2.I1" (indicador) or "1.1.2.M2" (medio)."""

    reference: str
    decision: str
    effective_on: date
    agreement: AgreementInput
    new_text: str = ""

    @property
    def suppresses(self) -> bool:
        return self.decision == AmendmentDecision.SUPPRESS


@dataclass(frozen=True, slots=True)
class MethodologyInput:
    """A version of the parameters. That of the portal's own document has no acta and holds from the beginning."""

    parameters: Methodology
    valid_from: date = date.min
    agreement: AgreementInput | None = None


@dataclass(frozen=True, slots=True)
class UniverseValueInput:
    """A dated stock of an institution, of the whole or of one region or unit."""

    universe_id: int
    institution_id: int
    dated_on: date
    value: int
    recorded_at: datetime
    region: str | None = None
    unit: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class PeriodInput:
    id: int
    name: str
    starts_on: date
    ends_on: date
    due_on: date

    @property
    def year(self) -> int:
        return self.starts_on.year


@dataclass(frozen=True, slots=True)
class ExtensionInput:
    period_id: int
    institution_id: int
    due_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class RowInput:
    """One row of a breakdown; `institution_id` where the breakdown names another institution."""

    region: str | None = None
    unit: str | None = None
    institution_id: int | None = None
    value: Amount | None = None
    numerator: Amount | None = None
    denominator: Amount | None = None


@dataclass(frozen=True, slots=True)
class FigureInput:
    """What a submission or a decision says of one indicator; which fields are filled depends on its kind.

    `institutions` are those named in a list; `affirmative` is the reporting institution's own yes or no.
    Raises InconsistentBreakdownError where the rows do not add up to the amounts that they break down.
    """

    indicator_id: int
    value: Amount | None = None
    numerator: Amount | None = None
    denominator: Amount | None = None
    stage: str = ""
    stage_on: date | None = None
    named_count: int | None = None
    years: frozenset[int] = frozenset()
    affirmative: bool | None = None
    institutions: frozenset[int] = frozenset()
    rows: tuple[RowInput, ...] = ()

    def __post_init__(self) -> None:
        if not self.rows:
            return
        self._check_sum(self.value, lambda row: row.value)
        self._check_sum(self.numerator, lambda row: row.numerator)
        self._check_sum(self.denominator, lambda row: row.denominator)

    @property
    def parts(self) -> "tuple[FigureInput | RowInput, ...]":
        """Its rows, or itself where it is not broken down."""
        return self.rows or (self,)

    def _check_sum(self, total: Amount | None, part: Callable[[RowInput], Amount | None]) -> None:
        parts = [amount for amount in map(part, self.rows) if amount is not None]
        if parts and total is not None and sum(parts) != total:
            raise InconsistentBreakdownError(
                f"indicator {self.indicator_id}: the rows add up to {sum(parts)}, not {total}"
            )


@dataclass(frozen=True, slots=True)
class DecisionInput:
    """`figures` are the validated ones; `verdicts` pairs of medio and verdict; `decided_as` the reviewer's cargo."""

    id: int
    approved: bool
    decided_at: datetime
    figures: tuple[FigureInput, ...] = ()
    verdicts: tuple[tuple[int, str], ...] = ()
    decided_as: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionInput:
    """`source_date` is the oficio's date of a record on behalf (por encargo)."""

    id: int
    number: int
    submitted_at: datetime
    answer: str = Answer.PROGRESS
    figures: tuple[FigureInput, ...] = ()
    has_evidence: bool = False
    on_behalf: bool = False
    source_document: str = ""
    source_date: date | None = None
    withdrawn_at: datetime | None = None
    decision: DecisionInput | None = None


@dataclass(frozen=True, slots=True)
class ReportInput:
    """One action × institution × period, with all its rounds."""

    id: int
    action_id: int
    institution_id: int
    period_id: int
    submissions: tuple[SubmissionInput, ...] = ()
    reopened_at: tuple[datetime, ...] = ()
    annulled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """Everything that the arithmetic of one plan reads."""

    plan: PlanInput
    institutions: tuple[InstitutionInput, ...] = ()
    regions: tuple[PlaceInput, ...] = ()
    units: tuple[PlaceInput, ...] = ()
    memberships: tuple[MembershipInput, ...] = ()
    axes: tuple[AxisInput, ...] = ()
    objectives: tuple[ObjectiveInput, ...] = ()
    actions: tuple[ActionInput, ...] = ()
    indicators: tuple[IndicatorInput, ...] = ()
    means: tuple[MeansInput, ...] = ()
    deadlines: tuple[DeadlineInput, ...] = ()
    responsibilities: tuple[ResponsibilityInput, ...] = ()
    targets: tuple[TargetInput, ...] = ()
    weights: tuple[WeightInput, ...] = ()
    amendments: tuple[AmendmentInput, ...] = ()
    methodologies: tuple[MethodologyInput, ...] = ()
    universe_values: tuple[UniverseValueInput, ...] = ()
    periods: tuple[PeriodInput, ...] = ()
    extensions: tuple[ExtensionInput, ...] = ()
    reports: tuple[ReportInput, ...] = ()
