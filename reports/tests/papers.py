"""What documents are drawn from: facts made by hand, and reports with words and evidence in the database."""

from datetime import date, datetime, timedelta
from itertools import count

from indicators.calculations.results import AxisResult, Coverage
from indicators.enums import Answer, Classification, EvidenceKind, Outcome, ReportState, Verdict
from indicators.models import (
    Decision,
    Evidence,
    MeansOfVerification,
    MeansVerdict,
    ProgressReport,
    ReportingPeriod,
    StoredFile,
    Submission,
    SubmissionEvidence,
)
from plan.models import Action, Institution, User
from reports.facts.parts import (
    ActionFacts,
    AgreementLine,
    AnnualFacts,
    AxisFacts,
    EvidenceLine,
    InstitutionDuty,
    Narrative,
    PlanSheet,
)
from reports.tests import builders
from reports.tests.world import noon

#: Names and addresses that no document may show.
FILE_NAME = "lista-firmada-por-Rosa-Canario.pdf"
PERSON_NAME = "Rosa Canario Soto"
PERSON_EMAIL = "rosa.canario@institucion.example"
PERSON_RUN = "12.345.678-5"

_numbers = count(1)


def plan_sheet(**fields) -> PlanSheet:
    defaults = {
        "code": "PAN-2015-2018",
        "name": "Plan de Acción Nacional contra la Trata de Personas 2015-2018",
        "decree": "Decreto Exento N° 2821",
        "general_objective": "Prevenir y combatir.",
        "executive": "Secretaría ejecutiva",
        "technical": "Secretaría técnica",
        "agreements": (AgreementLine("Acta N.º\u00a09", "Mesa Intersectorial", date(2015, 10, 22)),),
        "amendments": (),
        "has_demo_data": True,
    }
    return PlanSheet(**defaults | fields)


def narrative(institution: str = "Dirección del Trabajo", text: str = "Se hicieron 14 jornadas.") -> Narrative:
    return Narrative(
        institution, "2.º semestre 2016", "", "", (("Qué se hizo", text),), ("Faltan firmas",), (), None, False
    )


def evidence_line(code: str = "E-00042") -> EvidenceLine:
    return EvidenceLine(
        code, "M1", "Dirección del Trabajo", "2.º semestre 2016", "Archivo", date(2017, 1, 9), "Interna",
        "b8e1…07fa", "Acreditado",
    )  # fmt: skip


def action_facts(action, **fields) -> ActionFacts:
    defaults = {
        "objective_code": action.code.rpartition(".")[0],
        "objective_text": "Fortalecer la capacidad estatal",
        "responsible": ("Dirección del Trabajo", "PDI"),
        "collaborators": (),
        "narratives": (narrative(),),
        "evidence": (evidence_line(),),
    }
    return ActionFacts(result=action, **defaults | fields)


def axis_facts(axis: AxisResult, **fields) -> AxisFacts:
    defaults = {
        "plan": plan_sheet(),
        "result": builders.plan_result(axis),
        "actions": tuple(action_facts(action) for action in axis.iter_actions()),
        "duties": (InstitutionDuty("Dirección del Trabajo", Coverage(owed=2, made=2, validated=1, on_time=1)),),
    }
    return AxisFacts(axis=axis, **defaults | fields)


def annual_facts(*axes: AxisResult, **fields) -> AnnualFacts:
    actions = tuple(action_facts(action) for axis in axes for action in axis.iter_actions())
    defaults = {"plan": plan_sheet(), "result": builders.plan_result(*axes), "year": 2016, "actions": actions}
    return AnnualFacts(duties=(), **defaults | fields)


def make_author() -> User:
    user, _ = User.objects.get_or_create(email=PERSON_EMAIL, defaults={"full_name": PERSON_NAME})
    return user


def make_report(
    action: Action, institution: Institution, period: ReportingPeriod, *, submitted_at: datetime | None = None, **words
) -> Submission:
    """A submission that waits for review; `words`: narrative, obstacles, answer…"""
    report, _ = ProgressReport.objects.get_or_create(
        action=action, institution=institution, period=period, defaults={"state": ReportState.SUBMITTED}
    )
    return Submission.objects.create(
        report=report,
        number=report.submissions.count() + 1,
        submitted_at=submitted_at or noon(period.due_on - timedelta(days=2)),
        submitted_by=make_author(),
        acting_as="Punto focal",
        responder_name=PERSON_NAME,
        responder_position="Jefa de unidad",
        content_hash="0" * 64,
        **{"answer": Answer.PROGRESS} | words,
    )


def add_file(submission: Submission, means: MeansOfVerification, name: str = FILE_NAME) -> Evidence:
    number = next(_numbers)
    file = StoredFile.objects.create(
        owner=submission.report.institution,
        name=name,
        storage_name=f"aa/bb/{number:032d}",
        sha256=f"{number:04d}{'0' * 56}beef",
        size=1000,
        content_type="application/pdf",
        classification=Classification.RESERVED,
        uploaded_by=make_author(),
    )
    return _link(submission, Evidence(means=means, kind=EvidenceKind.FILE, file=file))


def add_attestation(submission: Submission, means: MeansOfVerification, number: str = "77/2016") -> Evidence:
    evidence = Evidence(
        means=means,
        kind=EvidenceKind.ATTESTATION,
        document_number=number,
        document_date=date(2016, 12, 1),
        issuer=submission.report.institution,
    )
    return _link(submission, evidence)


def _link(submission: Submission, evidence: Evidence) -> Evidence:
    evidence.report, evidence.added_by = submission.report, make_author()
    evidence.added_at = noon(date(2016, 12, 20))
    evidence.save()
    SubmissionEvidence.objects.create(submission=submission, evidence=evidence)
    return evidence


def decide(submission: Submission, outcome: str = Outcome.APPROVED, at: datetime | None = None, **fields) -> Decision:
    """With every medio that has evidence accredited."""
    reviewer, _ = User.objects.get_or_create(email="revisa@ejemplo.cl", defaults={"full_name": "Persona que revisa"})
    decision = Decision.objects.create(
        submission=submission,
        outcome=outcome,
        reviewer=reviewer,
        submitted_by=submission.submitted_by,
        acting_as="Analista, Secretaría técnica",
        decided_at=at or noon(submission.report.period.review_due_on - timedelta(days=2)),
        seen_hash="0" * 64,
        **fields,
    )
    for means in {link.evidence.means for link in submission.evidence_links.all()}:
        MeansVerdict.objects.create(decision=decision, means=means, verdict=Verdict.ACCREDITED)
    return decision
