"""The plan as a document cites it: its name, its organs, and the actas known at both dates."""

from django.db.models import QuerySet

from indicators.calculations.results import PlanResult
from plan.enums import OrganKind
from plan.models import Agreement, Amendment, Plan, User
from reports.facts.parts import AgreementLine, AmendmentLine, PlanSheet


def plan_sheet(plan: Plan, result: PlanResult) -> PlanSheet:
    organs = dict(plan.organs.values_list("kind", "name"))
    agreements = known_agreements(plan, result)
    return PlanSheet(
        code=plan.code,
        name=str(plan),
        decree=plan.decree,
        general_objective=plan.general_objective,
        executive=organs.get(OrganKind.EXECUTIVE, OrganKind.EXECUTIVE.label),
        technical=organs.get(OrganKind.TECHNICAL, OrganKind.TECHNICAL.label),
        agreements=tuple(map(_agreement_line, agreements.select_related("subcommission"))),
        amendments=tuple(map(_amendment_line, _amendments(agreements, result))),
        has_demo_data=User.objects.filter(is_demo=True).exists(),
    )


def known_agreements(plan: Plan, result: PlanResult) -> QuerySet[Agreement]:
    """An acta counts if agreed by the corte and recorded by known_at (COMPLIANCE, Two dates)."""
    return plan.agreements.filter(agreed_on__lte=result.cut_off, recorded_at__lte=result.known_at)


def _amendments(agreements: QuerySet[Agreement], result: PlanResult) -> QuerySet[Amendment]:
    in_force = Amendment.objects.filter(
        agreement__in=agreements, recorded_at__lte=result.known_at, effective_on__lte=result.cut_off
    )
    return in_force.select_related("agreement")


def _agreement_line(agreement: Agreement) -> AgreementLine:
    body = agreement.subcommission.name if agreement.subcommission else agreement.get_body_display()
    return AgreementLine(str(agreement), body, agreement.agreed_on)


def _amendment_line(amendment: Amendment) -> AmendmentLine:
    return AmendmentLine(
        reference=amendment.object_reference,
        decision=amendment.get_decision_display(),
        effective_on=amendment.effective_on,
        agreement=str(amendment.agreement),
        old_text=amendment.old_text,
        new_text=amendment.new_text,
    )
