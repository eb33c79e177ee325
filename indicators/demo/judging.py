"""What the demonstration says beside its figures: apreciaciones at two cortes, causes where they are due, and
propuestas."""

from contextlib import AbstractContextManager
from datetime import timedelta

from indicators import judging
from indicators.demo.clock import clock_at
from indicators.enums import CauseKind, Deviation, ProposalKind, RiskLevel
from indicators.judging import Explained, Judged, Proposed
from indicators.models import Assessment, Indicator, ReportingPeriod
from indicators.queries import compliance
from plan import access
from plan.enums import Role
from plan.models import Action, Plan, User

SENTENCES = {
    RiskLevel.ASSURED: "Demostración: lo programado se cumple y hay equipos asignados hasta el término del plan.",
    RiskLevel.ATTAINABLE: "Demostración: el ritmo basta si se mantienen las actividades del segundo semestre.",
    RiskLevel.NEEDS_SUPPORT: "Demostración: falta que dos servicios regionales confirmen su participación.",
    RiskLevel.AT_RISK: "Demostración: no hay presupuesto para lo que resta del plan.",
}
#: By the side to which the figure is far from its target: causa, explicación, medida.
REASONS = {
    Deviation.UNDER: (
        CauseKind.STAFF,
        "Demostración: la rotación de los equipos dejó actividades sin responsable durante el período.",
        "Designar un equipo estable y reprogramar lo pendiente.",
    ),
    Deviation.OVER: (
        CauseKind.LOW_TARGET,
        "Demostración: la meta se fijó antes de conocer la demanda de las regiones.",
        "Proponer a la Mesa que revise la meta.",
    ),
}
SAID, EXPLAINED = 8, 4
#: By what is proposed: texto nuevo, fundamento.
PROPOSALS = {
    ProposalKind.KEEP: ("", "Demostración: la acción sigue vigente y las instituciones piden continuarla."),
    ProposalKind.MODIFY: (
        "Texto de demostración: la misma acción, con su alcance en todas las regiones y su plazo dentro del plan.",
        "Demostración: el texto vigente no dice en qué regiones ni hasta cuándo.",
    ),
    ProposalKind.SUPPRESS: ("", "Demostración: otra acción del mismo eje ya persigue este resultado."),
}


def assess(plan: Plan, period: ReportingPeriod, by: User) -> None:
    """Sign some apreciaciones once the reports of a period are resolved."""
    levels = list(RiskLevel)
    with _after_review(period):
        for place, action in enumerate(Action.objects.for_plan(plan).with_tree()[:SAID]):
            level = levels[(place + period.year) % len(levels)]
            last = judging.last_signed(Assessment, action)
            said = Judged(period.ends_on, level, SENTENCES[level])
            judging.sign(action, said, seen=last.pk if last else 0, by=by)


def explain(plan: Plan, period: ReportingPeriod, by: User) -> None:
    """Record the first causes that the figures of a period ask for; the others still wait."""
    with _after_review(period):
        due = [row for row in compliance(plan, period.ends_on).iter_indicators() if row.explanation_due]
        for result in due[:EXPLAINED]:
            _explain(Indicator.objects.get(pk=result.id), min(result.deviations), period, by)


def propose(plan: Plan, period: ReportingPeriod) -> None:
    """The coordinations that the demonstration has propose something for the first actions of their eje."""
    with _after_review(period):
        for by in User.objects.filter(appointments__role=Role.COORDINATOR).order_by("pk"):
            own = Action.objects.for_plan(plan).with_tree().filter(objective__axis__in=access.axis_ids(by))
            for action, (kind, (wording, grounds)) in zip(own, PROPOSALS.items(), strict=False):
                judging.propose(action, Proposed(period.year, kind, wording, grounds), seen=0, by=by)


def _after_review(period: ReportingPeriod) -> AbstractContextManager[None]:
    return clock_at(period.review_due_on + timedelta(5))


def _explain(indicator: Indicator, deviation: Deviation, period: ReportingPeriod, by: User) -> None:
    kind, explanation, measure = REASONS[deviation]
    due_on = period.ends_on + timedelta(120)
    said = Explained(period.ends_on, deviation, kind, explanation, measure, "Jefatura de la unidad a cargo", due_on)
    judging.record_cause(indicator, said, by=by)
