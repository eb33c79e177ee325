"""The punto focal's report: writing it, sending it and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from indicators import filing, permissions, workflow
from indicators.forms.entry import ReportEntry
from indicators.models import Evidence, ProgressReport
from indicators.notices import mail_receipt
from indicators.receiving import receive_evidence
from indicators.views.fetching import own_report_or_404
from plan import access, late_forms
from plan.guards import role_required
from plan.http import PortalRequest, address_of


@require_http_methods(["GET", "POST"])
@role_required(access.is_focal_point)
def edit_report(request: PortalRequest, pk: int) -> HttpResponse:
    """The form of a report. A POST keeps what was typed and attached, right or wrong."""
    report = own_report_or_404(request.user, pk)
    if not permissions.may_write(request.user, report):
        return redirect("indicators:report", pk)
    if request.method == "GET":
        return _first_page(request, report)
    entry, kept = _receive(request, report)
    if not kept:
        return _page(request, report, entry, status=409)
    if any(form.errors for form in entry.evidence):
        return _page(request, report, entry)
    messages.success(request, f"Borrador guardado a las {timezone.localtime():%H:%M}.")
    leaves = request.POST.get("after") == "leave"
    return redirect(f"{reverse('indicators:pending')}?despues={pk}" if leaves else _edit_url(pk))


@require_http_methods(["GET", "POST"])
@role_required(access.is_focal_point)
def submit_report(request: PortalRequest, pk: int) -> HttpResponse:
    """Keep everything, then send it if nothing is missing; else say all that is, each at its field.

    That answer stays at this address: whoever opens it again, by reloading or from the history, is led to the form.
    """
    report = own_report_or_404(request.user, pk)
    if request.method == "GET":
        return redirect("indicators:edit_report", pk)
    if not permissions.may_write(request.user, report):
        messages.warning(request, workflow.MOVES[workflow.Move.SUBMIT].refusal)
        return redirect("indicators:report", pk)
    entry, kept = _receive(request, report)
    if not kept:
        return _page(request, report, entry, status=409)
    if not entry.may_be_submitted():
        return _page(request, report, entry, attempted=True)
    try:
        submission = workflow.submit(
            report, entry.content(), by=request.user, version=report.version, address=address_of(request)
        )
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
        return redirect("indicators:report", pk)
    mail_receipt(submission, request.build_absolute_uri("/"))
    return redirect("indicators:receipt", submission.pk)


@require_POST
@role_required(access.is_focal_point)
def remove_evidence(request: PortalRequest, pk: int, evidence_id: int) -> HttpResponse:
    """Take evidence out of the draft, keeping first whatever was typed on the page."""
    report = own_report_or_404(request.user, pk)
    evidence = get_object_or_404(Evidence.objects.in_draft(), pk=evidence_id, report=report)
    if not permissions.may_write(request.user, report):
        return redirect("indicators:report", pk)
    entry, kept = _receive(request, report)
    if not kept:
        return _page(request, report, entry, status=409)
    filing.remove(evidence, by=request.user, address=address_of(request))
    return redirect(f"{_edit_url(pk)}#medio-{evidence.means_id}")


@require_POST
@role_required(access.is_focal_point)
def withdraw_report(request: PortalRequest, pk: int) -> HttpResponse:
    report = own_report_or_404(request.user, pk)
    try:
        workflow.withdraw(report, by=request.user, version=version_of(request), address=address_of(request))
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
        return redirect("indicators:report", pk)
    messages.success(request, "Retiró el envío: puede corregirlo y enviarlo de nuevo.")
    return redirect("indicators:edit_report", pk)


def _first_page(request: PortalRequest, report: ProgressReport) -> HttpResponse:
    """The stored draft; or what came too late, when the session had ended, for the person to save or not."""
    late = late_forms.waiting_for(request, _edit_url(report.pk))
    if late is not None:
        messages.warning(request, "Esto es lo que escribió antes de que terminara su sesión. Revíselo y guárdelo.")
    return _page(request, report, ReportEntry(report, request.user, late))


def _receive(request: PortalRequest, report: ProgressReport) -> tuple[ReportEntry, bool]:
    """Store the draft and the evidence of a posted page; says whether the draft could be kept.

    When somebody saved in between nothing of theirs is overwritten: the page comes back with what this person typed
    and the new version, and only a second, knowing save replaces the other's.
    """
    entry = ReportEntry(report, request.user, request.POST, request.FILES)
    try:
        workflow.save_draft(
            report, entry.draft(), by=request.user, version=version_of(request), address=address_of(request)
        )
    except workflow.WorkflowError as error:
        messages.warning(request, f"{error.message} Lo que escribió sigue en esta página.")
        report.refresh_from_db()
        return entry, False
    late_forms.forget(request)
    receive_evidence(entry, by=request.user, address=address_of(request))
    return entry, True


def _page(
    request: PortalRequest,
    report: ProgressReport,
    entry: ReportEntry,
    *,
    attempted: bool = False,
    status: int | None = None,
) -> HttpResponse:
    checklist = checklist_of(entry)
    if not attempted:
        entry.hide_missing()
    context = {
        **checklist,
        "report": report,
        "editor": report.being_edited_by(request.user),
        "attempted": attempted,
        "last_decision": getattr(report.latest_submission, "decision", None),
    }
    status = status or (422 if attempted else 200)
    return render(request, "indicators/report_form.html", context, status=status)


def checklist_of(entry: ReportEntry) -> dict:
    """What the list of missing and doubtful points needs, of an entry whose errors are all still told."""
    points = entry.points()
    return {"entry": entry, "points": points, "blocking": sum(point.is_blocking for point in points)}


def version_of(request: PortalRequest) -> int:
    """The version that the page showed; anything else can never match."""
    posted = request.POST.get("version", "")
    return int(posted) if posted.isdecimal() and len(posted) < 10 else 0


def _edit_url(pk: int) -> str:
    return reverse("indicators:edit_report", args=[pk])
