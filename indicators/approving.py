"""Several approvals at once: what can be approved together and what needs a look of its own, and then each report by
the very decision that approves one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch

from indicators import permissions, workflow
from indicators.asked import asked_means
from indicators.calculations.amended import Amended
from indicators.content import Resolution, ValidatedFigures, ValidatedRowFigures
from indicators.enums import Answer, Outcome, ReportState, Verdict
from indicators.models import (
    BreakdownRow,
    MeansOfVerification,
    ProgressReport,
    ReportedValue,
    Responsibility,
    Submission,
    SubmissionEvidence,
)
from indicators.previous import amount_of, jump, previous_amounts
from indicators.queries.presence import amended_of, lines_in_force
from plan.models import User


@dataclass(frozen=True)
class Candidate:
    """One of the reports marked in the queue. `obstacle` says why it is not approved together with others, `warnings`
    what whoever approves it should know; `version` is the one that the person saw."""

    report: ProgressReport
    submission: Submission
    version: int
    obstacle: str
    warnings: tuple[str, ...]

    @property
    def mark(self) -> str:
        """How a form names the report as it was seen."""
        return f"{self.report.pk}-{self.version}"


@dataclass(frozen=True)
class Result:
    """What became of one report; `problem` is empty where it is approved."""

    report: ProgressReport
    problem: str = ""


def candidates(marked: Mapping[int, int], user: User) -> list[Candidate]:
    """The reports marked, given by id with the version seen, oldest round first. What was withdrawn meanwhile is gone.

    Some twelve queries, whatever the number of reports.
    """
    reports = list(_with_everything(ProgressReport.objects.visible_to(user).filter(pk__in=marked)))
    ties, before = permissions.ties(user, reports), previous_amounts(reports)
    amended = amended_of(report.period.plan_id for report in reports)
    found = []
    for report in reports:
        obstacle = ties.get(report.pk) or _obstacle(report, marked[report.pk], user, amended)
        warnings = tuple(_warnings(report.latest_submission, before.get(report.pk, {})))
        found.append(Candidate(report, report.latest_submission, marked[report.pk], obstacle, warnings))
    return sorted(found, key=lambda c: (c.submission.submitted_at, c.report.pk))


def approve_together(marked: Mapping[int, int], *, by: User, address: str | None = None) -> list[Result]:
    """Approve each report as it was informed, in a transaction of its own, if it still is as it was seen."""
    return [_approve(candidate, by, address) for candidate in candidates(marked, by)]


def as_informed(submission: Submission) -> Resolution:
    """The approval of everything that a submission says: every medio accredited, every figure as reported."""
    has_progress = submission.answer == Answer.PROGRESS
    means = asked_means(submission.report) if has_progress else ()
    return Resolution(
        outcome=Outcome.APPROVED,
        verdicts={medio.pk: Verdict.ACCREDITED for medio in means},
        values=tuple(_unchanged(value) for value in submission.values.all()),
    )


def _unchanged(value: ReportedValue) -> ValidatedFigures:
    amount = "numerator" if value.value is None else "value"
    rows = tuple(ValidatedRowFigures(row, {amount: getattr(row, amount)}) for row in value.rows.all())
    return ValidatedFigures(value, rows=rows)


def _approve(candidate: Candidate, by: User, address: str | None) -> Result:
    report, submission = candidate.report, candidate.submission
    if _has_approved(by, submission):  # a second click: it is what they asked for
        return Result(report)
    if candidate.obstacle:
        return Result(report, candidate.obstacle)
    try:
        with transaction.atomic():
            if report.assigned_to_id is None:
                workflow.claim(report, by=by, version=candidate.version, address=address)
            workflow.decide(submission, as_informed(submission), by=by, version=report.version, address=address)
    except workflow.WorkflowError as error:
        return Result(report, error.message)
    return Result(report)


def _has_approved(user: User, submission: Submission) -> bool:
    decision = getattr(submission, "decision", None)
    return decision is not None and (decision.outcome, decision.reviewer_id) == (Outcome.APPROVED, user.pk)


def _with_everything(reports):
    values = ReportedValue.objects.select_related("indicator__action")
    rows = BreakdownRow.objects.select_related("region", "institution", "unit")
    links = SubmissionEvidence.objects.select_related("evidence__file")
    submissions = Submission.objects.select_related("decision", "endorsement").order_by("number")
    return reports.with_parties().prefetch_related(
        Prefetch("submissions", submissions),
        Prefetch("submissions__values", values),
        Prefetch("submissions__values__rows", rows),
        Prefetch("submissions__evidence_links", links),
        Prefetch("action__means", MeansOfVerification.objects.all()),
        Prefetch("action__responsibilities", Responsibility.objects.prefetch_related("means")),
    )


def _obstacle(report: ProgressReport, version: int, user: User, amended: Mapping[int, Amended]) -> str:
    """Why a report of which the person is independent cannot be approved unseen; empty where it can."""
    submission = report.latest_submission
    if report.state != ReportState.SUBMITTED:
        return f"Ya no está en revisión: {report.get_state_display().lower()}."
    if report.version != version:
        return "Cambió desde que usted lo marcó."
    if report.assigned_to_id not in (None, user.pk):
        return f"Lo está revisando {report.assigned_to}."
    if permissions.needs_second_reviewer(report, user) or hasattr(submission, "endorsement"):
        return "Necesita una segunda revisión."
    return _missing_evidence(submission, amended[report.period.plan_id])


def _missing_evidence(submission: Submission, amended: Amended) -> str:
    if submission.answer != Answer.PROGRESS:
        return ""
    proved = {link.evidence.means_id for link in submission.evidence_links.all()}
    without = [str(m.number) for m in _asked(submission.report, amended) if m.pk not in proved]
    if not without:
        return ""
    return f"Sin evidencia en {'el medio' if len(without) == 1 else 'los medios'} {', '.join(without)}."


def _asked(report: ProgressReport, amended: Amended) -> list[MeansOfVerification]:
    """What `asked_means` tells of one report, for many that were read together."""
    duties = [duty for duty in report.action.responsibilities.all() if duty.institution_id == report.institution_id]
    in_force = [duty for duty in duties if duty.is_in_force(report.period.ends_on) and duty.means.all()]
    named = {row for duty in in_force for row in duty.means.all()}
    covered = [row for row in report.action.means.all() if not named or row in named]
    return lines_in_force(amended, covered, report.period.ends_on)


def _warnings(submission: Submission, before: dict[int, int | None]):
    """What the person should look at before approving."""
    files = [link.evidence.file for link in submission.evidence_links.all() if link.evidence.file]
    personal = sum(file.personal_data_count > 0 for file in files)
    if personal:
        yield f"{personal} {'archivo' if personal == 1 else 'archivos'} con datos personales."
    for value in submission.values.all():
        if question := jump(before.get(value.indicator_id), amount_of(value)):
            yield f"Indicador {value.indicator.number}: {question[0].lower()}{question[1:]}"
    if submission.number > 1:
        yield f"Ronda {submission.number}: compruebe que se corrigió lo que se pidió."
