"""What an acta, or an act of the secretaría, adds to the plan: each with the moment at which it was recorded."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from indicators.calculations.inputs.standing import ALWAYS, Validity
from indicators.calculations.methodology import Methodology
from indicators.calculations.terms import (
    AmendmentDecision,
    ResponsibilityKind,
    Source,
)


@dataclass(frozen=True, slots=True)
class AgreementInput:
    """An acta. `reference` is how it is cited: "Acta N.º 9"."""

    id: int
    reference: str
    agreed_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class MembershipInput:
    """A seat in the Mesa (axis_id None) or in the subcomisión of an eje.

    One without `agreement` is known from the plan's first day. `ended_under` is as in ResponsibilityInput.
    """

    institution_id: int
    validity: Validity = ALWAYS
    axis_id: int | None = None
    agreement: AgreementInput | None = None
    ended_under: AgreementInput | None = None


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
    validity: Validity = ALWAYS
    indicator_ids: frozenset[int] = frozenset()
    means_ids: frozenset[int] = frozenset()
    ended_under: AgreementInput | None = None

    def is_for(self, indicator_id: int) -> bool:
        return not self.indicator_ids or indicator_id in self.indicator_ids

    def owes(self, means_id: int) -> bool:
        return not self.means_ids or means_id in self.means_ids


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
class ExtensionInput:
    period_id: int
    institution_id: int
    due_on: date
    recorded_at: datetime
