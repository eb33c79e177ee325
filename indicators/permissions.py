"""Who may do what with a report: small predicates that views, templates and the workflow share (STYLE, 6)."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from indicators.enums import ReportState
from indicators.models import Cause, Endorsement, Evidence, ProgressReport, Responsibility
from plan import access
from plan.enums import Role, Verb
from plan.models import Action, Appointment, AuditEntry


def is_own(user, report: ProgressReport) -> bool:
    return report.institution_id in access.institution_ids(user)


def is_accepting(report: ProgressReport) -> bool:
    """An open period takes first reports; a report already sent can be corrected after the closing too, and what an
    oficio brought is history that is entered at any time."""
    is_open = report.period.is_accepting(timezone.localdate())
    return is_open or report.is_on_behalf or report.latest_submission is not None


def is_author(user, report: ProgressReport) -> bool:
    """Who answers for what is typed: the institution, or the secretaría técnica that enters what an oficio says."""
    return access.is_technical(user) if report.is_on_behalf else is_own(user, report)


def may_write(user, report: ProgressReport) -> bool:
    return is_author(user, report) and report.is_editable and is_accepting(report)


def may_hand_over(user, report: ProgressReport) -> bool:
    """A draft that its period takes no more can still be entered by the secretaría técnica, if the institution lets
    go of it."""
    is_stranded = report.state == ReportState.DRAFT and not is_accepting(report)
    return is_own(user, report) and report.period.is_closed and is_stranded


def may_release(user, report: ProgressReport) -> bool:
    """A record that was begun by mistake goes back to the institution, as long as nothing was sent."""
    is_unsent = report.state == ReportState.DRAFT and report.latest_submission is None
    return report.is_on_behalf and access.is_technical(user) and is_unsent


def may_withdraw(user, report: ProgressReport) -> bool:
    """Its author takes a submission back until somebody has begun to review it."""
    is_untouched = report.assigned_to_id is None and _endorsement(report) is None
    return is_author(user, report) and report.state == ReportState.SUBMITTED and is_untouched


def is_independent(user, report: ProgressReport) -> bool:
    return not ties(user, [report])


def dependence(user, report: ProgressReport) -> str:
    """Why somebody of the secretaría técnica may not judge the report, as a sentence; empty where nothing stands in the
    way."""
    why = ties(user, [report]).get(report.pk, "") if access.is_technical(user) else ""
    return f"No puede revisar este reporte. {why} Lo revisa otra persona de la secretaría técnica." if why else ""


def ties(user, reports: Sequence[ProgressReport]) -> dict[int, str]:
    """Of several reports those of which the person is not independent, and why: nobody decides on a report that they
    wrote, sent or answer for, or of an institution where they hold an appointment, nor confirms what they proposed
    (DESIGN, roles).

    Two queries, whatever the number of reports; the submissions and their endorsements are read through the prefetch.
    """
    scopes = {a.institution_id for a in user.current_appointments}
    written, filed = _written_by(user, reports), _filed_by(user, reports)
    reasons = {
        "Usted tiene un nombramiento en la institución.": lambda r: r.institution_id in scopes,
        "Usted escribió en este reporte.": lambda r: str(r.pk) in written,
        "Usted envió este reporte.": lambda r: user.pk in {s.submitted_by_id for s in r.submissions.all()},
        "Usted agregó evidencia a este reporte.": lambda r: r.pk in filed,
        "Usted figura como quien responde por este reporte.": lambda r: _answers_for(user, r),
        "Usted propuso su resolución.": lambda r: has_endorsed(user, r),
    }
    found = {r.pk: next((reason for reason, holds in reasons.items() if holds(r)), "") for r in reports}
    return {pk: reason for pk, reason in found.items() if reason}


def _written_by(user, reports: Sequence[ProgressReport]) -> set[str]:
    """Those whose draft the person ever saved: a report itself knows only who saved it last."""
    saved = AuditEntry.objects.filter(
        verb=Verb.SAVED_DRAFT, object_type=ProgressReport._meta.label_lower, object_id__in=[str(r.pk) for r in reports]
    )
    return set(saved.filter(user=user).values_list("object_id", flat=True))


def _filed_by(user, reports: Sequence[ProgressReport]) -> set[int]:
    return set(Evidence.objects.filter(report__in=reports, added_by=user).values_list("report_id", flat=True))


def _answers_for(user, report: ProgressReport) -> bool:
    return _plain(user.full_name) in {_plain(s.responder_name) for s in report.submissions.all()}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def may_claim(user, report: ProgressReport) -> bool:
    return access.is_technical(user) and report.state == ReportState.SUBMITTED and is_independent(user, report)


def may_assign(user, report: ProgressReport, reviewer) -> bool:
    """A member of the secretaría técnica puts a report into the hands of one who may judge it, also where they
    themselves may not: what somebody entered by encargo goes to a colleague."""
    return access.is_technical(user) and may_claim(reviewer, report)


def may_decide(user, report: ProgressReport) -> bool:
    """Only who took the report in review decides on it."""
    return may_claim(user, report) and report.assigned_to_id == user.pk


def has_endorsed(user, report: ProgressReport) -> bool:
    """Who proposed the resolution does not confirm it."""
    endorsement = _endorsement(report)
    return endorsement is not None and endorsement.reviewer_id == user.pk


def _endorsement(report: ProgressReport) -> Endorsement | None:
    return getattr(report.latest_submission, "endorsement", None)


def needs_second_reviewer(report: ProgressReport, user) -> bool:
    """A report of the ministry on which the reviewer's organ depends, or of the one that succeeded it, takes two people
    (DESIGN, roles)."""
    appointment = access.appointment_for(user, Role.TECHNICAL)
    ministry = appointment.organ.institution if appointment else None
    return ministry is not None and ministry.is_above(report.institution, "predecessor")


def may_reopen(user, report: ProgressReport) -> bool:
    return report.state == ReportState.APPROVED and (is_author(user, report) or access.is_technical(user))


def may_annul(user, report: ProgressReport) -> bool:
    return (
        access.is_technical(user)
        and report.state not in (ReportState.DRAFT, ReportState.ANNULLED)
        and is_independent(user, report)
    )


def signs_assessments(user) -> bool:
    """Of some action; of which, says `assessing_duty`."""
    return access.has_role(user, Role.TECHNICAL, Role.COORDINATOR)


def assessing_duty(user, action: Action) -> Appointment | None:
    """Under which appointment the person signs an apreciación: the secretaría técnica for every action, who coordinates
    a subcomisión for those of its eje."""
    return access.appointment_for(user, Role.TECHNICAL) if access.is_technical(user) else proposing_duty(user, action)


def makes_proposals(user) -> bool:
    """Of some action; of which, says `proposing_duty`."""
    return access.has_role(user, Role.COORDINATOR)


def proposing_duty(user, action: Action) -> Appointment | None:
    """Under which appointment the person speaks for the subcomisión of the action's eje: who coordinates it."""
    own = action.objective.axis_id in access.axis_ids(user)
    duties = user.current_appointments if own else []
    return next((d for d in duties if d.subcommission and d.subcommission.axis_id == action.objective.axis_id), None)


def explaining_duties(user, action: Action, day: date) -> dict[int, Appointment]:
    """By indicator of the action, under which appointment the person records causes on a corte: a punto focal for what
    their institution is responsible for that day, the secretaría técnica for every indicator."""
    technical = access.appointment_for(user, Role.TECHNICAL)
    institutions = access.institution_ids(user)
    if technical is None and not institutions:
        return {}
    every = list(action.indicators.values_list("pk", flat=True))
    found = dict.fromkeys(every, technical) if technical else {}
    rows = Responsibility.objects.responsible().in_force(day).filter(action=action, institution__in=institutions)
    for institution, indicator in rows.values_list("institution_id", "indicators"):
        duty = access.appointment_for(user, Role.FOCAL_POINT, institution)
        found |= dict.fromkeys(every if indicator is None else [indicator], duty)
    return found


def may_mend(user, cause: Cause) -> bool:
    """A cause is mended by the institution that recorded it, or by the secretaría técnica."""
    return access.is_technical(user) or cause.institution_id in access.institution_ids(user)
