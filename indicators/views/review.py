"""The desk of the secretaría técnica: one report, and the answer to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from indicators import previews, workflow
from indicators.claims import ReviewFacts, review_facts
from indicators.forms.in_words import in_words
from indicators.forms.review import ReviewEntry
from indicators.models import Decision, ProgressReport
from indicators.queue import place_in_queue
from indicators.views.fetching import visible_report_or_404
from indicators.views.review_page import back_to_review, review_page, reviewable_report, typed_on_page
from plan import access, late_forms
from plan.guards import role_required
from plan.http import PortalRequest, address_of, version_of


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def review(request: PortalRequest, pk: int) -> HttpResponse:
    """Claim and evidence side by side; a POST decides."""
    report = reviewable_report(request, pk)
    if isinstance(report, HttpResponse):
        return report if request.method == "GET" else overtaken(request, pk)
    facts = review_facts(report, request.user)
    if request.method == "GET":
        return review_page(request, report, facts=facts)
    entry = ReviewEntry(facts.round, request.POST)
    if not entry.is_valid():
        return review_page(request, report, facts=facts, refused=entry, status=422)
    return _decide(request, report, facts, entry)


@require_POST
@role_required(access.is_technical)
def claim(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a report in review, also in the place of a colleague."""
    report = visible_report_or_404(request.user, pk)
    try:
        workflow.claim(report, by=request.user, version=version_of(request), address=address_of(request))
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
    else:
        previews.prepare(report.latest_submission.pk)
    return back_to_review(request, pk)


def overtaken(request: PortalRequest, pk: int) -> HttpResponse:
    """Somebody else settled the report first: what was typed is shown, to be read and copied."""
    report = visible_report_or_404(request.user, pk)
    typed = typed_on_page(request, report)
    if typed is None or report.latest_submission is None:
        return redirect("indicators:report", pk)
    facts = review_facts(report, request.user)
    context = {
        "report": report,
        "last_move": report.transitions.select_related("by").last(),
        "typed": in_words(ReviewEntry.showing(facts.round, typed)),
    }
    return render(request, "indicators/review/overtaken.html", context, status=409)


def _decide(request: PortalRequest, report: ProgressReport, facts: ReviewFacts, entry: ReviewEntry) -> HttpResponse:
    try:
        answer = workflow.decide(
            facts.round.submission,
            entry.resolution(),
            by=request.user,
            version=version_of(request),
            address=address_of(request),
        )
    except workflow.WorkflowError as error:
        messages.error(request, f"{error.message} Su resolución no se guardó; lo que escribió sigue aquí.")
        fresh = reviewable_report(request, report.pk)
        return (
            overtaken(request, report.pk)
            if isinstance(fresh, HttpResponse)
            else review_page(request, fresh, status=409)
        )
    late_forms.forget(request)
    if isinstance(answer, Decision):
        messages.success(request, f"{answer.label}: {report}.")
    else:
        messages.success(request, "Su propuesta quedó registrada; falta que la confirme otra persona.")
    return redirect(place_in_queue(request.user, report, request.GET).onward)
