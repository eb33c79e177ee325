"""What was owed and what was done about it: reports, medios and their counts."""

from dataclasses import dataclass
from datetime import date


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
    """`all_accredited` looks at every duty, those not yet owed included, and is False where nobody owes it.

    `more_to_come` says that duties will arise in periods that the plan does not have yet. A medio that is no longer
    in force keeps the duties that fell before.
    """

    id: int
    reference: str
    number: int
    text: str
    reserved: bool
    duties: tuple[MeansDuty, ...]
    all_accredited: bool
    in_force: bool = True
    more_to_come: bool = False

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
