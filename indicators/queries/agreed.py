"""What actas and registers say: who answers, by when, up to what, against which stock, and what was changed."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from indicators.calculations.inputs import (
    AgreementInput,
    AmendmentInput,
    DeadlineInput,
    ExtensionInput,
    ResponsibilityInput,
    TargetInput,
    UniverseValueInput,
    Validity,
)
from indicators.models import MeansDeadline, PeriodExtension, Responsibility, Target, UniverseValue
from indicators.queries.standing import related
from plan.models import Agreement, Amendment, Plan

Agreements = dict[int, AgreementInput]


def agreed_rows(plan: Plan) -> dict[str, Any]:
    """Rows of PlanInputs by the name of their field."""
    agreements = {
        agreement.pk: AgreementInput(agreement.pk, str(agreement), agreement.agreed_on, agreement.recorded_at)
        for agreement in Agreement.objects.filter(plan=plan)
    }
    return {
        "responsibilities": _responsibilities(plan, agreements),
        "targets": _targets(plan, agreements),
        "deadlines": _deadlines(plan, agreements),
        "amendments": _amendments(agreements),
        "universe_values": _universe_values(plan),
        "extensions": _extensions(plan),
    }


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
        )
        for row in rows
    )


def _targets(plan: Plan, agreements: Agreements) -> tuple[TargetInput, ...]:
    rows = Target.objects.filter(indicator__action__objective__axis__plan=plan).select_related("region")
    return tuple(
        TargetInput(
            id=row.pk,
            indicator_id=row.indicator_id,
            value=Fraction(row.value),
            scope=row.scope,
            recorded_at=row.recorded_at,
            year=row.year,
            due_on=row.due_on,
            region=row.region.code if row.region else None,
            institution_id=row.institution_id,
            baseline=None if row.baseline is None else Fraction(row.baseline),
            source=row.source,
            agreement=agreements[row.agreement_id] if row.agreement_id else None,
        )
        for row in rows
    )


def _deadlines(plan: Plan, agreements: Agreements) -> tuple[DeadlineInput, ...]:
    rows = MeansDeadline.objects.filter(means__action__objective__axis__plan=plan)
    return tuple(DeadlineInput(row.means_id, row.due_on, _as_recorded(row, agreements)) for row in rows)


def _amendments(agreements: Agreements) -> tuple[AmendmentInput, ...]:
    rows = Amendment.objects.filter(agreement__in=agreements)
    return tuple(
        AmendmentInput(
            row.object_reference, row.decision, row.effective_on, _as_recorded(row, agreements), row.new_text
        )
        for row in rows
    )


def _as_recorded(row: Responsibility | MeansDeadline | Amendment, agreements: Agreements) -> AgreementInput:
    """The acta of a row, known from when the row was recorded under it: entering it late does not change the past."""
    agreement = agreements[row.agreement_id]
    return replace(agreement, recorded_at=max(agreement.recorded_at, row.recorded_at))


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
