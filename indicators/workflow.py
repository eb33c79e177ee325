"""The life of a progress report: the one table of moves, and the only writer of its state (DESIGN, 3).

Every move is conditional on the version that its author read: of two people at once exactly one succeeds, the other
gets StaleReportError. Each writes a Transition and a line of the audit log, and tells whom it concerns, in the same
transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from indicators import notices, permissions, previews
from indicators.asked import asked_means
from indicators.content import ReportContent, Resolution
from indicators.enums import Answer, Move, Outcome, ReportState
from indicators.models import (
    Decision,
    Endorsement,
    ProgressReport,
    ReportingPeriod,
    Responsibility,
    Submission,
    Transition,
)
from indicators.storing import capacity_of, store_decision, store_submission
from plan import audit
from plan.enums import Verb
from plan.models import User


class WorkflowError(Exception):
    """A move that cannot be made; `message` is a Spanish sentence for the person who tried."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class StaleReportError(WorkflowError):
    """Somebody else changed the report after it was read."""

    def __init__(self):
        super().__init__("Este reporte cambió mientras usted lo tenía abierto. Revise la versión actual.")


class NotAllowedError(WorkflowError):
    """The person may not make this move, or the report is in another state."""


@dataclass(frozen=True)
class Rule:
    sources: frozenset[ReportState]
    target: ReportState | None
    allowed: Callable[[User, ProgressReport], bool]
    refusal: str


#: WITHDRAW has no fixed target: the report goes back to the state from which it was sent.
MOVES: dict[Move, Rule] = {
    Move.SUBMIT: Rule(
        frozenset({ReportState.DRAFT, ReportState.RETURNED, ReportState.RECTIFYING}),
        ReportState.SUBMITTED,
        permissions.may_write,
        "Este reporte no se puede enviar: ya fue enviado, o el período está cerrado.",
    ),
    Move.WITHDRAW: Rule(
        frozenset({ReportState.SUBMITTED}),
        None,
        permissions.may_withdraw,
        "El envío ya no se puede retirar: la secretaría técnica comenzó a revisarlo.",
    ),
    Move.RETURN: Rule(
        frozenset({ReportState.SUBMITTED}),
        ReportState.RETURNED,
        permissions.may_decide,
        "Para devolver este reporte debe tomarlo en revisión y ser independiente de él.",
    ),
    Move.APPROVE: Rule(
        frozenset({ReportState.SUBMITTED}),
        ReportState.APPROVED,
        permissions.may_decide,
        "Para aprobar este reporte debe tomarlo en revisión y ser independiente de él.",
    ),
    Move.REOPEN: Rule(
        frozenset({ReportState.APPROVED}),
        ReportState.RECTIFYING,
        permissions.may_reopen,
        "Solo un reporte aprobado se abre a rectificación.",
    ),
    Move.ANNUL: Rule(
        frozenset(ReportState) - {ReportState.DRAFT, ReportState.ANNULLED},
        ReportState.ANNULLED,
        permissions.may_annul,
        "Este reporte no se puede anular.",
    ),
}


@transaction.atomic
def begin(
    duty: Responsibility,
    period: ReportingPeriod,
    *,
    by: User,
    address: str | None = None,
    is_on_behalf: bool = False,
) -> ProgressReport:
    """The report of a duty in a period: begun now, or the one that somebody has begun already."""
    report, is_new = ProgressReport.objects.get_or_create(
        action=duty.action,
        institution=duty.institution,
        period=period,
        defaults={"is_on_behalf": is_on_behalf},
    )
    if is_new:
        audit.record(Verb.CREATED, report, by=by, address=address)
    return report


@transaction.atomic
def save_draft(report: ProgressReport, draft: dict, *, by: User, version: int, address: str | None = None) -> None:
    """Keep the form as typed.

    Raises StaleReportError if somebody saved since `version`, NotAllowedError if the report is not editable.
    """
    _require(permissions.may_write(by, report), "Este reporte ya no se puede modificar.")
    _conditional_update(report, version, draft=draft, saved_at=timezone.now(), saved_by=by)
    audit.record(Verb.SAVED_DRAFT, report, by=by, address=address, version=report.version)


@transaction.atomic
def submit(
    report: ProgressReport, content: ReportContent, *, by: User, version: int, address: str | None = None
) -> Submission:
    """Freeze what the report says as its next submission and send it to review.

    Returns the new Submission. Raises NotAllowedError or StaleReportError, and then nothing is stored.
    """
    # As it is now, and held: a period that closes meanwhile closes before, and nothing is sent, or after.
    report.period = ReportingPeriod.objects.held().get(pk=report.period_id)
    _check(report, Move.SUBMIT, by)
    _require(content.on_behalf == report.is_on_behalf, "Este reporte pasó a otras manos. Ábralo de nuevo.")
    origin = _change_state(report, Move.SUBMIT, version)
    submission = store_submission(report, content, by)
    _write_down(report, Move.SUBMIT, origin, by=by, submission=submission, address=address)
    # Robust: what was sent is sent, whether or not its pages can be drawn.
    transaction.on_commit(lambda: previews.prepare(submission.pk), robust=True)
    return submission


@transaction.atomic
def withdraw(report: ProgressReport, *, by: User, version: int, address: str | None = None) -> None:
    """Take the newest submission back before its review starts; for the figures it never was."""
    _check(report, Move.WITHDRAW, by)
    sent = report.transitions.filter(move=Move.SUBMIT).latest("pk")
    _move(
        report,
        Move.WITHDRAW,
        by=by,
        version=version,
        submission=report.latest_submission,
        target=ReportState(sent.from_state),
        address=address,
    )


@transaction.atomic
def claim(report: ProgressReport, *, by: User, version: int, address: str | None = None) -> None:
    """Take a submitted report in review: from now on it cannot be withdrawn, and `by` opens its reserved files."""
    _require_independent(by, report)
    _require(permissions.may_claim(by, report), MOVES[Move.APPROVE].refusal)
    _put_into_hands(report, by, by=by, version=version, address=address)


@transaction.atomic
def assign(report: ProgressReport, reviewer: User, *, by: User, version: int, address: str | None = None) -> None:
    """Put a submitted report into the hands of a colleague who may judge it; whoever had it loses it."""
    _require(
        permissions.may_assign(by, report, reviewer),
        f"Ya no está en revisión, o {reviewer} no es independiente de este reporte.",
    )
    _put_into_hands(report, reviewer, by=by, version=version, address=address)


@transaction.atomic
def release(report: ProgressReport, *, by: User | None, version: int, address: str | None = None) -> None:
    """Give a report that somebody has in review back to the queue."""
    _conditional_update(report, version, assigned_to=None)
    audit.record(Verb.RELEASED, report, by=by, address=address, version=report.version)


@transaction.atomic
def decide(
    submission: Submission, resolution: Resolution, *, by: User, version: int, address: str | None = None
) -> Decision | Endorsement:
    """Approve or return a submission, each medio and each value judged.

    Returns the Decision, or, where the report's institution needs a second reviewer and none has proposed yet, the
    Endorsement that waits for that person. Raises NotAllowedError or StaleReportError, and WorkflowError where a
    verdict is missing.
    """
    report = submission.report
    move = Move.APPROVE if resolution.outcome == Outcome.APPROVED else Move.RETURN
    _require_independent(by, report)
    _check(report, move, by)
    if submission != report.latest_submission:
        raise StaleReportError
    _require_complete(submission, resolution)
    endorsement = getattr(submission, "endorsement", None)
    if endorsement is None and permissions.needs_second_reviewer(report, by):
        return _endorse(submission, resolution, by=by, version=version, address=address)
    origin = _change_state(report, move, version, assigned_to=None)
    decision = store_decision(submission, resolution, endorsement, by)
    _write_down(report, move, origin, by=by, submission=submission, comment=resolution.reason, address=address)
    return decision


@transaction.atomic
def reopen(report: ProgressReport, reason: str, *, by: User, version: int, address: str | None = None) -> None:
    """Open an approved report to rectification; its approval stays in force until the next one."""
    _move_with_reason(report, Move.REOPEN, reason, by=by, version=version, address=address)


@transaction.atomic
def annul(report: ProgressReport, reason: str, *, by: User, version: int, address: str | None = None) -> None:
    """Take a report with all its submissions and decisions out of every figure."""
    _move_with_reason(report, Move.ANNUL, reason, by=by, version=version, address=address)


def _put_into_hands(report: ProgressReport, reviewer: User, *, by, version, address) -> None:
    _conditional_update(report, version, assigned_to=reviewer)
    audit.record(Verb.ASSIGNED, report, by=by, address=address, version=report.version, to=reviewer.pk)


def _move_with_reason(report, move: Move, reason: str, *, by, version, address) -> None:
    _require(bool(reason.strip()), "Escriba el motivo.")
    submission = report.latest_submission
    _move(report, move, by=by, version=version, submission=submission, comment=reason.strip(), address=address)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise NotAllowedError(message)


def _require_independent(by: User, report: ProgressReport) -> None:
    why = permissions.dependence(by, report)
    _require(not why, why)


def _check(report: ProgressReport, move: Move, by: User) -> None:
    rule = MOVES[move]
    _require(report.state in rule.sources and rule.allowed(by, report), rule.refusal)


def _move(report, move: Move, *, by, version, submission, comment="", target=None, address=None) -> None:
    """Make a move that stores nothing of its own: check it, change the state, and write it down."""
    _check(report, move, by)
    origin = _change_state(report, move, version, target, assigned_to=None)
    _write_down(report, move, origin, by=by, submission=submission, comment=comment, address=address)


def _change_state(report: ProgressReport, move: Move, version: int, target=None, **changes) -> ReportState:
    """Returns the state before. Comes before any other writing: who is second of two stops here, and is told."""
    origin = ReportState(report.state)
    _conditional_update(report, version, state=target or MOVES[move].target, **changes)
    return origin


def _write_down(report, move: Move, origin: ReportState, *, by, submission, comment="", address=None) -> None:
    transition = Transition.objects.create(
        report=report,
        move=move,
        from_state=origin,
        to_state=report.state,
        by=by,
        acting_as=capacity_of(by, report),
        round=submission.number,
        comment=comment,
        submission=submission,
    )
    audit.record(Verb.MOVED, report, by=by, address=address, move=move, state=report.state, round=submission.number)
    notices.tell_move(transition)


def _conditional_update(report: ProgressReport, version: int, **changes) -> None:
    unchanged = ProgressReport.objects.filter(pk=report.pk, version=version, state=report.state)
    if not unchanged.update(version=F("version") + 1, **changes):
        raise StaleReportError
    report.refresh_from_db()


def _require_complete(submission: Submission, resolution: Resolution) -> None:
    asked = {means.pk for means in asked_means(submission.report)}
    if resolution.outcome == Outcome.RETURNED:
        _require(bool(resolution.reason.strip()), "Escriba qué debe corregir la institución.")
    elif submission.answer != Answer.PROGRESS:
        return
    elif not asked <= set(resolution.verdicts):
        raise WorkflowError("Falta el veredicto de algún medio de verificación.")


def _endorse(submission, resolution: Resolution, *, by, version, address) -> Endorsement:
    """Record the first reviewer's proposal and free the report for the second one."""
    _conditional_update(submission.report, version, assigned_to=None)
    endorsement = Endorsement.objects.create(
        submission=submission,
        reviewer=by,
        acting_as=capacity_of(by, submission.report),
        resolution=resolution.summary(),
    )
    audit.record(
        Verb.ENDORSED, submission, by=by, address=address, report=submission.report_id, outcome=resolution.outcome
    )
    return endorsement
