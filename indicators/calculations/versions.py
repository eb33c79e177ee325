"""What was known of each report at a moment: its verified and its informed version (COMPLIANCE, Two dates)."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from indicators.calculations.inputs import DecisionInput, FigureInput, PeriodInput, ReportInput, SubmissionInput
from indicators.calculations.terms import Answer, Pending, Verdict


class View(Enum):
    """The two points of view, never merged."""

    VERIFIED = "verified"
    INFORMED = "informed"


@dataclass(frozen=True, slots=True)
class Version:
    """A submission as it counts from one point of view; `decision` only where it is known."""

    submission: SubmissionInput
    decision: DecisionInput | None
    figures: dict[int, FigureInput]

    @property
    def answer(self) -> str:
        return self.submission.answer

    @property
    def is_progress(self) -> bool:
        return self.answer == Answer.PROGRESS


@dataclass(frozen=True, slots=True)
class KnownReport:
    """`first` is the first submission that stands; `due_at` the last moment of the report's term."""

    report: ReportInput
    period: PeriodInput
    due_at: datetime
    first: SubmissionInput
    informed: Version
    verified: Version | None
    is_rectifying: bool

    def version(self, view: View) -> Version | None:
        return self.verified if view is View.VERIFIED else self.informed

    @property
    def institution_id(self) -> int:
        return self.report.institution_id

    @property
    def pending(self) -> Pending | None:
        """What the newest submission waits for; None once it is approved."""
        if self.informed.decision is None:
            return Pending.IN_REVIEW
        return None if self.informed.decision.approved else Pending.RETURNED

    @property
    def is_returned(self) -> bool:
        return self.pending is Pending.RETURNED

    def is_reconstructed(self, view: View) -> bool:
        """History: recorded on behalf of the institution after the report's term."""
        version = self.version(view)
        return version is not None and version.submission.on_behalf and version.submission.submitted_at > self.due_at

    def accredits(self, means_id: int) -> bool:
        """Only an approving decision accredits (COMPLIANCE, Fine print: Medios)."""
        decision = self.verified.decision if self.verified else None
        return decision is not None and (means_id, Verdict.ACCREDITED) in decision.verdicts


def read_report(report: ReportInput, period: PeriodInput, due_at: datetime, known_at: datetime) -> KnownReport | None:
    """The report as known at `known_at`; None where it was annulled or nothing that stands was submitted."""
    if report.annulled_at is not None and report.annulled_at <= known_at:
        return None
    standing = [submission for submission in report.submissions if _stands(submission, known_at)]
    if not standing:
        return None
    verified = _verified(standing, known_at)
    return KnownReport(
        report=report,
        period=period,
        due_at=due_at,
        first=min(standing, key=_order),
        informed=_informed(max(standing, key=_order), known_at),
        verified=verified,
        is_rectifying=verified is not None and _is_reopened(report, verified, known_at),
    )


def _order(submission: SubmissionInput) -> tuple[datetime, int]:
    return submission.submitted_at, submission.number


def _stands(submission: SubmissionInput, known_at: datetime) -> bool:
    withdrawn = submission.withdrawn_at is not None and submission.withdrawn_at <= known_at
    return submission.submitted_at <= known_at and not withdrawn


def _known_decision(submission: SubmissionInput, known_at: datetime) -> DecisionInput | None:
    decision = submission.decision
    return decision if decision is not None and decision.decided_at <= known_at else None


def _informed(submission: SubmissionInput, known_at: datetime) -> Version:
    return Version(submission, _known_decision(submission, known_at), _figures(submission))


def _figures(told: SubmissionInput | DecisionInput) -> dict[int, FigureInput]:
    return {figure.indicator_id: figure for figure in told.figures}


def _verified(standing: list[SubmissionInput], known_at: datetime) -> Version | None:
    approving = (
        (decision.decided_at, submission.number, submission, decision)
        for submission in standing
        if (decision := _known_decision(submission, known_at)) is not None and decision.approved
    )
    newest = max(approving, key=lambda found: found[:2], default=None)
    if newest is None:
        return None
    *_, submission, decision = newest
    return Version(submission, decision, _figures(decision))


def _is_reopened(report: ReportInput, verified: Version, known_at: datetime) -> bool:
    decision = verified.decision
    return decision is not None and any(decision.decided_at <= moment <= known_at for moment in report.reopened_at)
