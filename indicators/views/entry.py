"""A report for those who answer for it: writing it, sending it and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from indicators import filing, permissions, workflow
from indicators.forms.entry import ReportEntry
from indicators.forms.evidence import MeansForm
from indicators.forms.focus import focus_first_error
from indicators.models import Evidence, ProgressReport
from indicators.views.fetching import own_report_or_404
from indicators.views.form_page import edit_url, form_page, list_url, receive
from indicators.views.said_at import say_added, say_removed
from plan import access, late_forms
from plan.guards import role_required
from plan.http import PortalRequest, address_of, version_of


@never_cache
@require_http_methods(["GET", "POST"])
@role_required(access.writes_reports)
def edit_report(request: PortalRequest, pk: int) -> HttpResponse:
    """The form of a report. A POST keeps what was typed and attached, right or wrong. Going back after sending leads to
    the report as it was sent, not to an old form: browsers keep no copy of the page.
    """
    report = own_report_or_404(request.user, pk)
    if not permissions.may_write(request.user, report):
        return redirect("indicators:report", pk)
    if request.method == "GET":
        return _first_page(request, report)
    entry, kept = receive(request, report)
    if not kept:
        return form_page(request, report, entry, status=409)
    say_added(request, entry.added)
    if wrong := [form for form in entry.evidence if form.errors]:
        return _page_to_correct(request, report, entry, wrong)
    leaves = request.POST.get("after") == "leave"
    if leaves or not entry.added:
        messages.success(request, f"Borrador guardado a las {timezone.localtime():%H:%M}.")
    if leaves:
        return redirect(list_url(report))
    return redirect(_medio_url(entry.added[0]) if entry.added else edit_url(pk))


@never_cache
@require_http_methods(["GET", "POST"])
@role_required(access.writes_reports)
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
    entry, kept = receive(request, report)
    if not kept:
        return form_page(request, report, entry, status=409)
    if not entry.may_be_submitted():
        say_added(request, entry.added)
        return form_page(request, report, entry, attempted=True)
    try:
        submission = workflow.submit(
            report, entry.content(), by=request.user, version=report.version, address=address_of(request)
        )
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
        return redirect("indicators:report", pk)
    if report.is_on_behalf:
        messages.success(request, f"Registró por encargo {report}. Comprobante {submission.receipt}.")
        return redirect(list_url(report))
    return redirect("indicators:receipt", submission.pk)


@require_POST
@role_required(access.writes_reports)
def remove_evidence(request: PortalRequest, pk: int, evidence_id: int) -> HttpResponse:
    """Take evidence out of the draft, keeping first whatever was typed on the page."""
    report = own_report_or_404(request.user, pk)
    evidence = get_object_or_404(Evidence.objects.in_draft(), pk=evidence_id, report=report)
    if not permissions.may_write(request.user, report):
        return redirect("indicators:report", pk)
    entry, kept = receive(request, report)
    if not kept:
        return form_page(request, report, entry, status=409)
    filing.remove(evidence, by=request.user, address=address_of(request))
    say_added(request, entry.added)
    say_removed(request, evidence)
    return redirect(_medio_url(evidence))


@require_POST
@role_required(access.writes_reports)
def withdraw_report(request: PortalRequest, pk: int) -> HttpResponse:
    report = own_report_or_404(request.user, pk)
    try:
        workflow.withdraw(report, by=request.user, version=version_of(request), address=address_of(request))
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
        return redirect("indicators:report", pk)
    messages.success(request, "Retiró el envío: puede corregirlo y enviarlo de nuevo.")
    return redirect("indicators:edit_report", pk)


def _page_to_correct(
    request: PortalRequest, report: ProgressReport, entry: ReportEntry, wrong: list[MeansForm]
) -> HttpResponse:
    """The draft is kept, and some evidence is not: the page opens at what has to be corrected."""
    medios = ", ".join(str(form.means.number) for form in wrong)
    where = f"el medio {medios}" if len(wrong) == 1 else f"los medios {medios}"
    messages.error(request, f"El borrador quedó guardado, pero falta agregar evidencia: corrija {where}.")
    focus_first_error(wrong)
    return form_page(request, report, entry)


def _medio_url(evidence: Evidence) -> str:
    return f"{edit_url(evidence.report_id)}#medio-{evidence.means_id}"


def _first_page(request: PortalRequest, report: ProgressReport) -> HttpResponse:
    """The stored draft; or what came too late, when the session had ended, for the person to save or not."""
    late = late_forms.waiting_for(request, edit_url(report.pk))
    if late is not None:
        messages.warning(request, "Esto es lo que escribió antes de que terminara su sesión. Revíselo y guárdelo.")
    return form_page(request, report, ReportEntry(report, request.user, late))
