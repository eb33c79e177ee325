"""The desk of the secretaría técnica: one report, and the answer to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from indicators import permissions, workflow
from indicators.entry_context import entry_context
from indicators.forms.review import ReviewEntry
from indicators.models import Decision, ProgressReport
from indicators.queue import place_in_queue, queue_query
from indicators.rounds import rounds_of
from indicators.views.fetching import visible_report_or_404
from indicators.views.form_page import version_of
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, address_of


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def review(request: PortalRequest, pk: int) -> HttpResponse:
    """Claim and evidence side by side; a POST decides."""
    report = visible_report_or_404(request.user, pk)
    if report.latest_submission is None or not permissions.may_claim(request.user, report):
        return redirect("indicators:report", pk)
    rounds = rounds_of(report, request.user)
    entry = ReviewEntry(rounds[0], request.POST or None)
    if request.method == "POST" and entry.is_valid():
        return _decide(request, report, rounds[0], entry)
    context = {
        "report": report,
        "rounds": rounds,
        "round": rounds[0],
        "entry": entry,
        "context": entry_context(report),
        "may_decide": permissions.may_decide(request.user, report),
        "has_endorsed": permissions.has_endorsed(request.user, report),
        "endorsement": getattr(rounds[0].submission, "endorsement", None),
        "place": place_in_queue(request.user, report, request.GET),
        "needs_second": permissions.needs_second_reviewer(report, request.user),
    }
    return render(request, "indicators/review.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@role_required(access.is_technical)
def claim(request: PortalRequest, pk: int) -> HttpResponse:
    report = visible_report_or_404(request.user, pk)
    try:
        workflow.claim(report, by=request.user, version=version_of(request), address=address_of(request))
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
    return redirect(f"{reverse('indicators:review', args=[pk])}{queue_query(request.GET)}")


def _decide(request, report: ProgressReport, round_, entry: ReviewEntry) -> HttpResponse:
    try:
        answer = workflow.decide(
            round_.submission,
            entry.resolution(),
            by=request.user,
            version=version_of(request),
            address=address_of(request),
        )
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
        if reason := entry.main.cleaned_data["reason"]:
            messages.info(request, f"Su mensaje no se envió; cópielo si todavía sirve: «{reason}»")
        return redirect("indicators:report", report.pk)
    if isinstance(answer, Decision):
        messages.success(request, f"{answer.get_outcome_display()}: {report}.")
    else:
        messages.success(request, "Su propuesta quedó registrada; falta que la confirme otra persona.")
    return redirect(place_in_queue(request.user, report, request.GET).onward)
