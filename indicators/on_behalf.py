"""Records that the secretaría técnica enters from an oficio of an institution: whose report is it to write.

A report that the institution itself has begun is never taken over silently: only where nothing was typed or filed, or
where the institution hands its draft over because the period takes no more.
"""

from django.db import transaction

from indicators import permissions
from indicators.enums import ReportState
from indicators.models import ProgressReport, ReportingPeriod, Responsibility, Submission
from indicators.workflow import NotAllowedError, StaleReportError, begin
from plan import audit
from plan.enums import Verb
from plan.models import User

HAS_OWN = "La institución tiene un reporte propio de esta acción en este período: no se registra otro encima."


@transaction.atomic
def begin_record(
    duty: Responsibility, period: ReportingPeriod, *, by: User, address: str | None = None
) -> ProgressReport:
    """The record of a duty in a period: begun now, or the one that somebody has begun already.

    Raises NotAllowedError where the institution has a report of its own with something in it.
    """
    begun = begin(duty, period, by=by, address=address, is_on_behalf=True)
    report = ProgressReport.objects.select_for_update().get(pk=begun.pk)
    if not report.is_on_behalf:
        if not _is_blank(report, by):
            raise NotAllowedError(HAS_OWN)
        _pass_on(report, by=by, address=address, is_on_behalf=True)
    return report


@transaction.atomic
def hand_over(report: ProgressReport, *, by: User, version: int, address: str | None = None) -> None:
    """The institution lets the secretaría técnica complete its draft. Raises NotAllowedError or StaleReportError."""
    if not permissions.may_hand_over(by, report):
        raise NotAllowedError("Este borrador no se puede entregar: todavía lo puede enviar la institución.")
    _require_version(report, version)
    _pass_on(report, by=by, address=address, is_on_behalf=True)


@transaction.atomic
def release(report: ProgressReport, *, by: User, version: int, address: str | None = None) -> None:
    """Give a record that was begun by mistake back to the institution, empty.

    Raises NotAllowedError where something was sent or filed, StaleReportError if somebody wrote since `version`.
    """
    if not permissions.may_release(by, report):
        raise NotAllowedError("Este registro ya no se puede descartar.")
    if report.evidence.in_draft().exists():
        raise NotAllowedError("Quite primero la evidencia de este registro.")
    _require_version(report, version)
    _pass_on(report, by=by, address=address, is_on_behalf=False, draft={}, saved_at=None, saved_by=None)


def usual_answers(report: ProgressReport, user: User) -> dict:
    """What the person entered last for the same institution and period: one oficio often brings several reports."""
    sent = Submission.objects.filter(
        submitted_by=user, on_behalf=True, report__institution=report.institution_id, report__period=report.period_id
    )
    names = ("source_document", "source_date", "responder_name", "responder_position")
    return sent.order_by("-submitted_at").values(*names).first() or {}


def _is_blank(report: ProgressReport, user: User) -> bool:
    """Nothing is typed, and others never filed nor sent anything: only the page was opened."""
    has_content = report.draft or report.submissions.exists() or report.evidence.exclude(added_by=user).exists()
    return report.state == ReportState.DRAFT and not has_content


def _require_version(report: ProgressReport, version: int) -> None:
    if report.version != version:
        raise StaleReportError


def _pass_on(report: ProgressReport, *, by: User, address: str | None, **changes) -> None:
    """Conditional on what was read: of two people at once exactly one succeeds."""
    unchanged = ProgressReport.objects.filter(pk=report.pk, version=report.version, state=report.state)
    if not unchanged.update(version=report.version + 1, **changes):
        raise StaleReportError
    report.refresh_from_db()
    audit.record(Verb.CHANGED, report, by=by, address=address, is_on_behalf=report.is_on_behalf)
