"""What actas and registers say: who answers, by when, up to what, against which stock, and what was changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from indicators.calculations.inputs import (
    AgreementInput,
    AmendmentInput,
    DeadlineInput,
    ExtensionInput,
    MembershipInput,
    MethodologyInput,
    ResponsibilityInput,
    TargetInput,
    UniverseValueInput,
    Validity,
    WeightInput,
)
from indicators.models import (
    ActionWeight,
    MeansDeadline,
    Methodology,
    PeriodExtension,
    Responsibility,
    Target,
    UniverseValue,
)
from indicators.queries.standing import related
from plan.models import AgreedSeat, Agreement, Amendment, Membership, Plan, SubcommissionMembership

Agreements = dict[int, AgreementInput]


def agreed_rows(plan: Plan) -> dict[str, Any]:
    """Rows of PlanInputs by the name of their field."""
    return {
        **rows_under_actas(plan, UNDER_ACTAS),
        "methodologies": methodologies(plan),
        "universe_values": _universe_values(plan),
        "extensions": _extensions(plan),
    }


def rows_under_actas(plan: Plan, kinds: Iterable[str]) -> dict[str, Any]:
    """Only these kinds of UNDER_ACTAS: a page about one of them does not read the others."""
    agreements = {agreement.pk: agreement_input(agreement) for agreement in Agreement.objects.filter(plan=plan)}
    return {kind: UNDER_ACTAS[kind](plan, agreements) for kind in kinds}


def agreement_input(agreement: Agreement) -> AgreementInput:
    return AgreementInput(agreement.pk, str(agreement), agreement.agreed_on, agreement.recorded_at)


def _responsibilities(plan: Plan, agreements: Agreements) -> tuple[ResponsibilityInput, ...]:
    rows = Responsibility.objects.filter(action__objective__axis__plan=plan)
    indicators = related(Responsibility.indicators.through, "responsibility", "indicator")
    means = related(Responsibility.means.through, "responsibility", "meansofverification")
    return tuple(
        ResponsibilityInput(
            row.action_id,
            row.institution_id,
            _as_recorded(row, agreements),
            row.kind,
            Validity(row.valid_from, row.valid_to),
            indicators[row.pk],
            means[row.pk],
            _end_as_recorded(row, agreements),
        )
        for row in rows
    )


def _targets(plan: Plan, agreements: Agreements) -> tuple[TargetInput, ...]:
    rows = Target.objects.filter(indicator__action__objective__axis__plan=plan).select_related("region")
    return tuple(target_input(row, agreements[row.agreement_id] if row.agreement_id else None) for row in rows)


def target_input(row: Target, agreement: AgreementInput | None) -> TargetInput:
    """A meta as the arithmetic reads it."""
    return TargetInput(
        id=row.pk,
        indicator_id=row.indicator_id,
        value=None if row.value is None else Fraction(row.value),
        scope=row.scope,
        recorded_at=row.recorded_at,
        year=row.year,
        due_on=row.due_on,
        region=row.region.code if row.region else None,
        institution_id=row.institution_id,
        baseline=None if row.baseline is None else Fraction(row.baseline),
        source=row.source,
        agreement=agreement,
    )


def _deadlines(plan: Plan, agreements: Agreements) -> tuple[DeadlineInput, ...]:
    rows = MeansDeadline.objects.filter(means__action__objective__axis__plan=plan)
    return tuple(deadline_input(row, agreements[row.agreement_id]) for row in rows)


def deadline_input(row: MeansDeadline, agreement: AgreementInput) -> DeadlineInput:
    """A plazo as the arithmetic reads it."""
    return DeadlineInput(row.means_id, row.due_on, _known_from(agreement, row.recorded_at))


def _weights(plan: Plan, agreements: Agreements) -> tuple[WeightInput, ...]:
    rows = ActionWeight.objects.filter(action__objective__axis__plan=plan)
    return tuple(WeightInput(row.action_id, Fraction(row.value), _as_recorded(row, agreements)) for row in rows)


def _amendments(plan: Plan, agreements: Agreements) -> tuple[AmendmentInput, ...]:
    rows = Amendment.objects.filter(agreement__plan=plan)
    return tuple(amendment_input(row, agreements[row.agreement_id]) for row in rows)


def amendment_input(row: Amendment, agreement: AgreementInput) -> AmendmentInput:
    """A modificación as the arithmetic reads it."""
    known = _known_from(agreement, row.recorded_at)
    return AmendmentInput(row.object_reference, row.decision, row.effective_on, known, row.new_text)


def _memberships(plan: Plan, agreements: Agreements) -> tuple[MembershipInput, ...]:
    of_mesa = Membership.objects.filter(plan=plan)
    of_bodies = SubcommissionMembership.objects.filter(subcommission__axis__plan=plan).select_related("subcommission")
    return (
        *(_membership_input(row, None, agreements) for row in of_mesa),
        *(_membership_input(row, row.subcommission.axis_id, agreements) for row in of_bodies),
    )


def _membership_input(
    row: Membership | SubcommissionMembership, axis_id: int | None, agreements: Agreements
) -> MembershipInput:
    begun = _known_from(agreements[row.agreement_id], row.recorded_at) if row.agreement_id else None
    validity = Validity(row.valid_from, row.valid_to)
    return MembershipInput(row.institution_id, validity, axis_id, begun, _end_as_recorded(row, agreements))


#: By the field of PlanInputs.
UNDER_ACTAS = {
    "memberships": _memberships,
    "responsibilities": _responsibilities,
    "targets": _targets,
    "deadlines": _deadlines,
    "weights": _weights,
    "amendments": _amendments,
}


def _as_recorded(row: Responsibility | ActionWeight, agreements: Agreements) -> AgreementInput:
    """The acta of a row, known from when the row was recorded under it: entering it late does not change the past."""
    return _known_from(agreements[row.agreement_id], row.recorded_at)


def _end_as_recorded(row: Responsibility | AgreedSeat, agreements: Agreements) -> AgreementInput | None:
    """The acta that ended it, known from when the end was recorded."""
    if row.ended_under_id is None:
        return None
    return _known_from(agreements[row.ended_under_id], row.end_recorded_at or row.recorded_at)


def _known_from(agreement: AgreementInput, recorded_at: datetime) -> AgreementInput:
    return replace(agreement, recorded_at=max(agreement.recorded_at, recorded_at))


def methodologies(plan: Plan) -> tuple[MethodologyInput, ...]:
    """Every version that may hold for the plan, each with its acta. One query."""
    return tuple(
        MethodologyInput(row.parameters, row.starts_on, _acta_of_version(row))
        for row in Methodology.objects.for_plan(plan)
    )


def _acta_of_version(row: Methodology) -> AgreementInput | None:
    return _known_from(agreement_input(row.agreement), row.recorded_at) if row.agreement else None


def _universe_values(plan: Plan) -> tuple[UniverseValueInput, ...]:
    rows = UniverseValue.objects.counting().filter(universe__indicators__action__objective__axis__plan=plan).distinct()
    fields = rows.values_list(
        "universe_id", "institution_id", "dated_on", "value", "recorded_at", "region__code", "unit_id", "source", "pk"
    )
    return tuple(
        UniverseValueInput(universe, institution, dated_on, value, at, region, str(unit) if unit else None, source)
        for universe, institution, dated_on, value, at, region, unit, source, _ in fields
    )


def _extensions(plan: Plan) -> tuple[ExtensionInput, ...]:
    rows = PeriodExtension.objects.filter(period__plan=plan)
    fields = rows.values_list("period_id", "institution_id", "due_on", "recorded_at")
    return tuple(ExtensionInput(*row) for row in fields)
