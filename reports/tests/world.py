"""A small plan in the database with what was agreed, reported and decided, for stories about pages and documents.

Everything happens in 2015 and 2016; each function makes one thing and gives it back.
"""

from datetime import date, datetime, time, timedelta
from itertools import count

from django.utils import timezone

from indicators.enums import (
    Answer,
    IndicatorKind,
    Outcome,
    PeriodAggregation,
    ReportState,
    ResponsibilityKind,
    TargetScope,
    Verdict,
)
from indicators.models import (
    BreakdownRow,
    Decision,
    Indicator,
    MeansOfVerification,
    MeansVerdict,
    ProgressReport,
    ReportedValue,
    ReportingPeriod,
    Responsibility,
    Submission,
    Target,
    ValidatedRow,
    ValidatedValue,
)
from plan.enums import InstitutionKind, OrganKind, PlanState, Role
from plan.models import (
    Action,
    Agreement,
    Appointment,
    Axis,
    Institution,
    Membership,
    Objective,
    Organ,
    Plan,
    Subcommission,
    User,
)

CUT_OFF = date(2016, 12, 31)
AGREED_ON = date(2015, 1, 15)
#: Above every number that a story gives by hand.
_numbers = count(1001)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def make_plan() -> Plan:
    return Plan.objects.create(
        code="PAN-2015-2018",
        title="Plan de Acción",
        start_year=2015,
        end_year=2018,
        general_objective="Prevenir y combatir la trata de personas.",
        state=PlanState.IN_FORCE,
    )


def make_action(plan: Plan, code: str = "1.1.1", text: str = "Capacitar a funcionarios", **fields) -> Action:
    """With its eje and its objetivo, where the plan has them not yet."""
    axis_number, objective_number, position = code.split(".")
    axis, _ = Axis.objects.get_or_create(
        plan=plan, number=int(axis_number), defaults={"name": f"Nombre del eje {axis_number}"}
    )
    objective, _ = Objective.objects.get_or_create(
        axis=axis,
        code=f"{axis_number}.{objective_number}",
        defaults={"position": int(objective_number), "text": f"Objetivo {axis_number}.{objective_number}"},
    )
    return Action.objects.create(objective=objective, code=code, position=int(position), text=text, **fields)


def make_count(action: Action, **fields) -> Indicator:
    defaults = {"number": 1, "text": "Número de funcionarios capacitados", "kind": IndicatorKind.COUNT}
    return Indicator.objects.create(action=action, **defaults | {"unit_label": "funcionarios"} | fields)


def make_flow_ratio(action: Action, **fields) -> Indicator:
    return Indicator.objects.create(
        action=action,
        number=fields.pop("number", 1),
        text="Número de casos con medidas / Número de casos",
        kind=IndicatorKind.RATIO,
        numerator_label="Número de casos con medidas",
        denominator_label="Número de casos",
        denominator_aggregation=PeriodAggregation.FLOW,
        **fields,
    )


def make_means(action: Action, text: str = "Informe de la capacitación", **fields) -> MeansOfVerification:
    return MeansOfVerification.objects.create(
        action=action, number=fields.pop("number", action.means.count() + 1), text=text, **fields
    )


def make_institution(name: str, acronym: str = "", plan: Plan | None = None) -> Institution:
    institution = Institution.objects.create(name=name, acronym=acronym, kind=InstitutionKind.PUBLIC)
    if plan:
        Membership.objects.create(plan=plan, institution=institution, order=next(_numbers))
    return institution


def make_period(
    plan: Plan, starts_on: date = date(2016, 1, 1), ends_on: date = CUT_OFF, name: str = ""
) -> ReportingPeriod:
    return ReportingPeriod.objects.create(
        plan=plan,
        name=name or f"Año {starts_on.year}",
        starts_on=starts_on,
        ends_on=ends_on,
        opens_on=ends_on,
        due_on=ends_on + timedelta(days=20),
        review_due_on=ends_on + timedelta(days=40),
    )


def make_agreement(plan: Plan, number: int | None = None, agreed_on: date = AGREED_ON) -> Agreement:
    return Agreement.objects.create(
        plan=plan, number=number or next(_numbers), agreed_on=agreed_on, recorded_at=noon(agreed_on)
    )


def make_responsible(
    action: Action, institution: Institution, agreement: Agreement, kind: str = ResponsibilityKind.RESPONSIBLE
) -> Responsibility:
    return Responsibility.objects.create(
        action=action, institution=institution, agreement=agreement, kind=kind, recorded_at=agreement.recorded_at
    )


def make_target(indicator: Indicator, value, agreement: Agreement, **fields) -> Target:
    """Of the year 2016 unless told."""
    scope = fields or {"scope": TargetScope.YEAR, "year": 2016}
    return Target.objects.create(
        indicator=indicator, value=value, agreement=agreement, recorded_at=agreement.recorded_at, **scope
    )


def submit(
    action: Action, institution: Institution, period: ReportingPeriod, figures: dict, rows=(), **words
) -> Submission:
    """A report on its way: `figures` by indicator, `rows` of breakdown of the first one. It waits for review."""
    report = ProgressReport.objects.create(
        action=action, institution=institution, period=period, state=ReportState.SUBMITTED
    )
    submission = Submission.objects.create(
        report=report,
        number=1,
        submitted_at=noon(period.due_on - timedelta(days=2)),
        submitted_by=_somebody("informa"),
        acting_as="Encargada, Institución",
        responder_name="Ana Rojas",
        responder_position="Jefa de unidad",
        answer=Answer.PROGRESS,
        content_hash="0" * 64,
        **words,
    )
    for indicator, figure in figures.items():
        value = ReportedValue.objects.create(submission=submission, indicator=indicator, **figure)
        for row in rows:
            BreakdownRow.objects.create(reported_value=value, **row)
    return submission


def approve(submission: Submission, accredited=(), **corrected) -> Decision:
    """Validates what was informed, or the `corrected` amounts."""
    report = submission.report
    decision = Decision.objects.create(
        submission=submission,
        outcome=Outcome.APPROVED,
        reviewer=_somebody("revisa"),
        submitted_by=submission.submitted_by,
        acting_as="Analista, Secretaría técnica",
        decided_at=noon(report.period.review_due_on - timedelta(days=2)),
        seen_hash="0" * 64,
    )
    for value in submission.values.all():
        _validate(decision, value, corrected)
    for means in accredited:
        MeansVerdict.objects.create(decision=decision, means=means, verdict=Verdict.ACCREDITED)
    ProgressReport.objects.filter(pk=report.pk).update(state=ReportState.APPROVED)
    return decision


def _validate(decision: Decision, value: ReportedValue, corrected: dict) -> None:
    fields = ("value", "numerator", "denominator", "stage", "stage_on", "affirmative")
    told = {name: getattr(value, name) for name in fields} | corrected
    validated = ValidatedValue.objects.create(decision=decision, reported_value=value, **told)
    for row in value.rows.all():
        amounts = {"value": row.value, "numerator": row.numerator, "denominator": row.denominator}
        ValidatedRow.objects.create(validated_value=validated, row=row, **amounts)


def _somebody(word: str) -> User:
    user, _ = User.objects.get_or_create(email=f"{word}@ejemplo.cl", defaults={"full_name": f"Persona que {word}"})
    return user


def make_user(role: Role | None = None, **scope) -> User:
    """A person with one appointment in force; `scope`: institution, organ or subcommission."""
    number = next(_numbers)
    user = User.objects.create_user(f"persona{number}@ejemplo.cl", f"Persona {number}")
    if role:
        Appointment.objects.create(user=user, role=role, position="Profesional", valid_from=date(2015, 1, 1), **scope)
    return user


def make_secretary(plan: Plan, role: Role = Role.TECHNICAL) -> User:
    kind = OrganKind.TECHNICAL if role == Role.TECHNICAL else OrganKind.EXECUTIVE
    organ, _ = Organ.objects.get_or_create(plan=plan, kind=kind, defaults={"name": kind.label})
    return make_user(role, organ=organ)


def make_coordinator(axis: Axis) -> User:
    subcommission, _ = Subcommission.objects.get_or_create(axis=axis, defaults={"name": f"Subcomisión {axis.number}"})
    return make_user(Role.COORDINATOR, subcommission=subcommission)
