"""What goes into the arithmetic: plain frozen values.

Rows are joined by identifiers, so their order never matters. Every fact that can be learnt late carries the moment at
which it was recorded (an aware datetime): the arithmetic itself decides what was known. Amounts are whole numbers or
fractions; a ratio's target is a fraction of one. A missing amount is None, never zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.calculations.inputs.agreed import (
    AgreementInput,
    AmendmentInput,
    DeadlineInput,
    ExtensionInput,
    MembershipInput,
    MethodologyInput,
    ResponsibilityInput,
    TargetInput,
    UniverseValueInput,
    WeightInput,
)
from indicators.calculations.inputs.standing import (
    ActionInput,
    AxisInput,
    IndicatorInput,
    InstitutionInput,
    MeansInput,
    ObjectiveInput,
    PeriodInput,
    PlaceInput,
    PlanInput,
    Validity,
)
from indicators.calculations.inputs.told import (
    Amount,
    DecisionInput,
    FigureInput,
    InconsistentBreakdownError,
    ReportInput,
    RowInput,
    SubmissionInput,
)

__all__ = [
    "ActionInput",
    "AgreementInput",
    "AmendmentInput",
    "Amount",
    "AxisInput",
    "DeadlineInput",
    "DecisionInput",
    "ExtensionInput",
    "FigureInput",
    "InconsistentBreakdownError",
    "IndicatorInput",
    "InstitutionInput",
    "MeansInput",
    "MembershipInput",
    "MethodologyInput",
    "ObjectiveInput",
    "PeriodInput",
    "PlaceInput",
    "PlanInput",
    "PlanInputs",
    "ReportInput",
    "ResponsibilityInput",
    "RowInput",
    "SubmissionInput",
    "TargetInput",
    "UniverseValueInput",
    "Validity",
    "WeightInput",
]


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
    #: May be read only when somebody goes through them.
    reports: Iterable[ReportInput] = ()
