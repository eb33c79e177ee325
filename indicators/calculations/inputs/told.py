"""What institutions told, and what was decided of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from indicators.calculations.terms import (
    Answer,
)

Amount = int | Fraction


class InconsistentBreakdownError(ValueError):
    """The rows of a breakdown do not add up to the value that they break down."""


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

    `names` is a list of them, each once and without capitals; `institutions` are those named in one; `affirmative` is
    the reporting institution's own yes or no.
    Raises InconsistentBreakdownError where the rows do not add up to the amounts that they break down.
    """

    indicator_id: int
    value: Amount | None = None
    numerator: Amount | None = None
    denominator: Amount | None = None
    stage: str = ""
    stage_on: date | None = None
    named_count: int | None = None
    affirmative: bool | None = None
    years: frozenset[int] = frozenset()
    institutions: frozenset[int] = frozenset()
    names: tuple[str, ...] = ()
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
