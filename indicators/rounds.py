"""The rounds of a report as a reader may see them: what was said, what proved it, what was decided."""

from dataclasses import dataclass

from django.db.models import Prefetch

from indicators.asked import asked_means
from indicators.enums import Move
from indicators.models import (
    BreakdownRow,
    Decision,
    Evidence,
    MeansOfVerification,
    ProgressReport,
    ReportedValue,
    StoredFile,
    Submission,
    SubmissionEvidence,
    ValidatedRow,
    ValidatedValue,
)
from plan import access


@dataclass(frozen=True)
class RowLine:
    label: str
    reported: BreakdownRow
    validated: ValidatedRow | None


@dataclass(frozen=True)
class ValueLine:
    reported: ReportedValue
    validated: ValidatedValue | None
    rows: list[RowLine]

    @property
    def was_corrected(self) -> bool:
        return self.validated is not None and bool(self.validated.reason)


@dataclass(frozen=True)
class EvidenceLine:
    evidence: Evidence
    may_open: bool
    struck_reason: str = ""


@dataclass(frozen=True)
class MeansLine:
    means: MeansOfVerification
    evidence: list[EvidenceLine]
    verdict: str = ""
    verdict_label: str = ""

    @property
    def is_told(self) -> bool:
        """Whether the round says anything of it, asked or not."""
        return bool(self.evidence or self.verdict)


@dataclass(frozen=True)
class Round:
    submission: Submission
    decision: Decision | None
    values: list[ValueLine]
    means: list[MeansLine]
    was_withdrawn: bool


def rounds_of(report: ProgressReport, user) -> list[Round]:
    """All rounds, newest first, with the files that `user` may open marked."""
    submissions = list(_with_everything(report).order_by("-number"))
    withdrawn = set(report.transitions.filter(move=Move.WITHDRAW).values_list("submission_id", flat=True))
    openable = set(StoredFile.objects.visible_to(user).filter(evidence__report=report).values_list("pk", flat=True))
    means, asked = list(report.action.means.select_related("action")), set(asked_means(report))
    return [_round(submission, means, asked, withdrawn, openable) for submission in submissions]


def may_see_evidence(user, report: ProgressReport) -> bool:
    """A coordination reads figures and narrative, not the proof (SECURITY, Access 6), whatever else the person is."""
    return access.is_secretariat(user) or report.institution_id in access.institution_ids(user)


def _with_everything(report: ProgressReport):
    rows = BreakdownRow.objects.select_related("region", "institution", "unit")
    values = ReportedValue.objects.select_related("indicator__action").prefetch_related(Prefetch("rows", rows))
    links = SubmissionEvidence.objects.select_related("evidence__file", "evidence__means__action", "evidence__issuer")
    parties = ("decision__reviewer", "endorsement", "submitted_by", "report__period")
    return report.submissions.select_related(*parties).prefetch_related(
        Prefetch("values", values),
        Prefetch("evidence_links", links),
        "evidence_links__evidence__file__pages",
        "decision__values__rows",
        "decision__verdicts",
        "decision__struck",
        "decision__observations",
        "report__period__extensions",
    )


def _round(submission: Submission, means, asked: set, withdrawn: set[int], openable: set[int]) -> Round:
    decision = getattr(submission, "decision", None)
    return Round(
        submission=submission,
        decision=decision,
        values=_value_lines(submission, decision),
        means=[
            line for line in _means_lines(submission, decision, means, openable) if line.means in asked or line.is_told
        ],
        was_withdrawn=submission.pk in withdrawn,
    )


def _value_lines(submission: Submission, decision: Decision | None) -> list[ValueLine]:
    validated = {v.reported_value_id: v for v in decision.values.all()} if decision else {}
    return [_value_line(value, validated.get(value.pk)) for value in submission.values.all()]


def _value_line(value: ReportedValue, validated: ValidatedValue | None) -> ValueLine:
    checked = {row.row_id: row for row in validated.rows.all()} if validated else {}
    rows = [RowLine(row.label, row, checked.get(row.pk)) for row in value.rows.all()]
    return ValueLine(value, validated, rows)


def _means_lines(submission, decision: Decision | None, means, openable: set[int]) -> list[MeansLine]:
    verdicts = {v.means_id: v for v in decision.verdicts.all()} if decision else {}
    struck = {s.evidence_id: s.reason for s in decision.struck.all()} if decision else {}
    filed: dict[int, list[EvidenceLine]] = {}
    for link in submission.evidence_links.all():
        evidence = link.evidence
        line = EvidenceLine(evidence, evidence.file_id in openable, struck.get(evidence.pk, ""))
        filed.setdefault(evidence.means_id, []).append(line)
    return [_means_line(m, filed.get(m.pk, []), verdicts.get(m.pk)) for m in means]


def _means_line(means, evidence: list[EvidenceLine], verdict) -> MeansLine:
    if verdict is None:
        return MeansLine(means, evidence)
    return MeansLine(means, evidence, verdict.verdict, verdict.get_verdict_display())
