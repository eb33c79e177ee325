"""Who may do what with a report: small predicates that views, templates and the workflow share (STYLE, 6)."""

from django.utils import timezone

from indicators.enums import ReportState
from indicators.models import Endorsement, ProgressReport
from plan import access
from plan.enums import Role, Verb
from plan.models import AuditEntry


def is_own(user, report: ProgressReport) -> bool:
    return report.institution_id in access.institution_ids(user)


def is_accepting(report: ProgressReport) -> bool:
    """An open period takes first reports; a report already sent can be corrected after the closing too."""
    return report.period.is_accepting(timezone.localdate()) or report.latest_submission is not None


def may_write(user, report: ProgressReport) -> bool:
    return is_own(user, report) and report.is_editable and is_accepting(report)


def may_withdraw(user, report: ProgressReport) -> bool:
    """The sender's institution takes a submission back until somebody has begun to review it."""
    is_untouched = report.assigned_to_id is None and _endorsement(report) is None
    return is_own(user, report) and report.state == ReportState.SUBMITTED and is_untouched


def is_independent(user, report: ProgressReport) -> bool:
    return not dependence(user, report)


def dependence(user, report: ProgressReport) -> str:
    """Why the person may not judge the report, as a sentence; empty where nothing stands in the way.

    Nobody decides on a report that they wrote, sent or answer for, or of an institution where they hold an appointment
    (DESIGN, roles).
    """
    why = next((words for words, applies in DEPENDENCES.items() if applies(user, report)), "")
    return f"No puede revisar este reporte: {why}. Lo revisa otra persona de la secretaría técnica." if why else ""


def _is_appointed(user, report: ProgressReport) -> bool:
    return any(a.institution_id == report.institution_id for a in user.current_appointments)


def _has_sent(user, report: ProgressReport) -> bool:
    return any(s.submitted_by_id == user.pk for s in report.submissions.all())


def _has_written(user, report: ProgressReport) -> bool:
    return user.pk in _writers(report)


def _has_filed(user, report: ProgressReport) -> bool:
    return report.evidence.filter(added_by=user).exists()


def _answers(user, report: ProgressReport) -> bool:
    return _plain(user.full_name) in {_plain(s.responder_name) for s in report.submissions.all()}


#: What ties a person to a report, and how they are told.
DEPENDENCES = {
    "tiene un nombramiento en la institución que informa": _is_appointed,
    "usted lo envió": _has_sent,
    "usted escribió en él": _has_written,
    "usted agregó evidencia": _has_filed,
    "figura como quien responde por él": _answers,
}


def _writers(report: ProgressReport):
    """Everybody who saved the draft: the report itself knows only the last one."""
    saved = AuditEntry.objects.filter(
        verb=Verb.SAVED_DRAFT, object_type=report._meta.label_lower, object_id=str(report.pk)
    )
    return saved.values_list("user_id", flat=True)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def may_claim(user, report: ProgressReport) -> bool:
    return access.is_technical(user) and report.state == ReportState.SUBMITTED and is_independent(user, report)


def may_decide(user, report: ProgressReport) -> bool:
    """Only who took the report in review decides on it."""
    return may_claim(user, report) and report.assigned_to_id == user.pk and not has_endorsed(user, report)


def has_endorsed(user, report: ProgressReport) -> bool:
    """Who proposed the resolution does not confirm it."""
    endorsement = _endorsement(report)
    return endorsement is not None and endorsement.reviewer_id == user.pk


def _endorsement(report: ProgressReport) -> Endorsement | None:
    return getattr(report.latest_submission, "endorsement", None)


def needs_second_reviewer(report: ProgressReport, user) -> bool:
    """A report of the ministry on which the reviewer's organ depends takes two people (DESIGN, roles)."""
    appointment = access.appointment_for(user, Role.TECHNICAL)
    return appointment is not None and appointment.organ.institution_id == report.institution_id


def may_reopen(user, report: ProgressReport) -> bool:
    return report.state == ReportState.APPROVED and (is_own(user, report) or access.is_technical(user))


def may_annul(user, report: ProgressReport) -> bool:
    return (
        access.is_technical(user)
        and report.state not in (ReportState.DRAFT, ReportState.ANNULLED)
        and is_independent(user, report)
    )
