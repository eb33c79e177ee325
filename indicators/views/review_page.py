"""The page of a review: how it is drawn, with what was typed on it if anything was. Shared by all that it can do."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from indicators import permissions
from indicators.claims import ReviewFacts, review_facts
from indicators.feedback import feedback_of
from indicators.forms.proposals import proposed_entry
from indicators.forms.review import ReviewEntry
from indicators.models import Endorsement, ProgressReport
from indicators.queue import place_in_queue, queue_query
from indicators.unveiling import may_see_pages
from indicators.views.fetching import visible_report_or_404
from plan import late_forms
from plan.http import PortalRequest

#: The field that names the round: with it the whole form was posted, without it a button alone.
IS_FORM = "round"


def reviewable_report(request: PortalRequest, pk: int) -> ProgressReport | HttpResponse:
    """The report, or the way to where it is read by those who do not judge it, told why."""
    report = visible_report_or_404(request.user, pk)
    if permissions.may_claim(request.user, report):
        return report
    if report.latest_submission is not None and (why := permissions.dependence(request.user, report)):
        messages.warning(request, why)
    return redirect("indicators:report", pk)


def back_to_review(request: PortalRequest, pk: int) -> HttpResponse:
    """To the page of the review after an act of its own, with what was typed there meanwhile."""
    page = reverse("indicators:review", args=[pk])
    if IS_FORM in request.POST:
        late_forms.keep(request, page)
    return redirect(f"{page}{queue_query(request.GET)}")


def typed_on_page(request: PortalRequest, report: ProgressReport) -> QueryDict | None:
    """What was posted with the form of the page; else what was typed before an act of its own, such as opening a file,
    or before the session ended, if it is about the same round."""
    if IS_FORM in request.POST:
        return request.POST
    typed = late_forms.waiting_for(request, reverse("indicators:review", args=[report.pk]))
    return typed if typed and typed.get(IS_FORM) == str(report.latest_submission.pk) else None


def review_page(
    request: PortalRequest,
    report: ProgressReport,
    *,
    facts: ReviewFacts | None = None,
    refused: ReviewEntry | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a report in review. `refused` is an answer with something wrong; else the form has what was typed,
    what a first reviewer proposes, or the figures as they were reported."""
    facts = facts or review_facts(report, request.user)
    endorsement = getattr(facts.round.submission, "endorsement", None)
    typed, may_decide = typed_on_page(request, report), permissions.may_decide(request.user, report)
    files = [item.evidence.file for means in facts.round.means for item in means.evidence if item.evidence.file]
    context = {
        "report": report,
        "facts": facts,
        "round": facts.round,
        "history": [(item, feedback_of(item)) for item in facts.rounds],
        "entry": refused or _entry(facts, typed, endorsement),
        "problems": refused.problems() if refused else [],
        "shows_form": may_decide or typed is not None,
        "open_files": {file.pk for file in files if may_see_pages(file, request.session)},
        "may_decide": may_decide,
        "has_endorsed": permissions.has_endorsed(request.user, report),
        "endorsement": endorsement,
        "place": place_in_queue(request.user, report, request.GET),
        "needs_second": permissions.needs_second_reviewer(report, request.user),
    }
    return render(request, "indicators/review.html", context, status=status)


def _entry(facts: ReviewFacts, typed: QueryDict | None, endorsement: Endorsement | None) -> ReviewEntry:
    if typed is not None:
        return ReviewEntry.showing(facts.round, typed)
    if endorsement is not None:
        return proposed_entry(facts.round, endorsement.resolution)
    return ReviewEntry(facts.round)
