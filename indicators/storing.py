"""What a submit and a decision leave behind, row by row; for the workflow alone, in the transaction of the move."""

from dataclasses import asdict

from indicators.content import IndicatorFigures, ReportContent, Resolution, ValidatedFigures
from indicators.enums import Answer, Verdict
from indicators.models import (
    BreakdownRow,
    Decision,
    Endorsement,
    MeansVerdict,
    Observation,
    ProgressReport,
    ReportedValue,
    StruckEvidence,
    Submission,
    SubmissionEvidence,
    ValidatedRow,
    ValidatedValue,
)
from plan import access
from plan.enums import Role
from plan.models import User


def capacity_of(user: User, report: ProgressReport) -> str:
    """Cargo and scope under which the person acts on this report, for the record."""
    own = None if report.is_on_behalf else access.appointment_for(user, Role.FOCAL_POINT, report.institution_id)
    appointment = own or access.appointment_for(user, Role.TECHNICAL)
    return appointment.signature if appointment else ""


def store_submission(report: ProgressReport, content: ReportContent, by: User) -> Submission:
    previous = report.latest_submission
    # Evidence that waits in a draft proves progress; an answer without it leaves it there.
    evidence = list(report.evidence.in_draft().select_related("file")) if content.answer == Answer.PROGRESS else []
    submission = Submission.objects.create(
        report=report,
        number=previous.number + 1 if previous else 1,
        submitted_by=by,
        acting_as=capacity_of(by, report),
        content_hash=content.digest(evidence),
        **content.header(),
    )
    for figures in content.figures:
        _store_figures(submission, figures)
    for item in evidence:
        SubmissionEvidence.objects.create(submission=submission, evidence=item)
    return submission


def _store_figures(submission: Submission, figures: IndicatorFigures) -> None:
    fields = {name: value for name, value in asdict(figures).items() if name != "rows"}
    fields["years"], fields["names"] = list(figures.years), list(figures.names)
    value = ReportedValue.objects.create(submission=submission, **fields)
    for row in figures.rows:
        BreakdownRow.objects.create(reported_value=value, bounded=figures.bounded, **asdict(row))


def store_decision(submission, resolution: Resolution, endorsement: Endorsement | None, by: User) -> Decision:
    decision = Decision.objects.create(
        submission=submission,
        outcome=resolution.outcome,
        reason=resolution.reason.strip(),
        reviewer=by,
        first_reviewer=endorsement.reviewer if endorsement else None,
        submitted_by=submission.submitted_by,
        acting_as=capacity_of(by, submission.report),
        seen_hash=submission.content_hash,
    )
    for means_id, verdict in resolution.verdicts.items():
        MeansVerdict.objects.create(decision=decision, means_id=means_id, verdict=Verdict(verdict))
    for evidence_id, reason in resolution.struck.items():
        StruckEvidence.objects.create(decision=decision, evidence_id=evidence_id, reason=reason)
    for remark in resolution.remarks:
        Observation.objects.create(decision=decision, kind=remark.kind, text=remark.text, anchor=remark.anchor)
    for value in resolution.values:
        _store_validated(decision, value)
    return decision


FIGURE_FIELDS = (
    "value",
    "numerator",
    "denominator",
    "stage",
    "stage_on",
    "named_count",
    "years",
    "affirmative",
    "names",
)


def _store_validated(decision: Decision, figures: ValidatedFigures) -> None:
    reported = figures.reported
    fields = {name: getattr(reported, name) for name in FIGURE_FIELDS} | figures.changes
    validated = ValidatedValue.objects.create(
        decision=decision, reported_value=reported, reason=figures.reason, bounded=reported.bounded, **fields
    )
    for row in figures.rows:
        ValidatedRow.objects.create(
            validated_value=validated, row=row.row, reason=row.reason, bounded=reported.bounded, **row.amounts
        )
