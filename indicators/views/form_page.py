"""The page of a report: how it is drawn, and how what is posted from it is kept. Shared by all that it can do."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from indicators import workflow
from indicators.enums import ReportState
from indicators.feedback import Feedback, read_feedback
from indicators.forms.entry import ReportEntry
from indicators.forms.questions import QuestionForm, thread_of
from indicators.models import ProgressReport
from indicators.receiving import receive_evidence
from plan import late_forms
from plan.http import PortalRequest, address_of


def receive(request: PortalRequest, report: ProgressReport) -> tuple[ReportEntry, bool]:
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


def form_page(
    request: PortalRequest,
    report: ProgressReport,
    entry: ReportEntry,
    *,
    attempted: bool = False,
    question: QuestionForm | None = None,
    status: int | None = None,
) -> HttpResponse:
    """The page of a report. `attempted` after a submit that lacks something; `question` where one was put wrong."""
    checklist = checklist_of(entry)
    if not attempted:
        entry.hide_missing()
    context = {
        **checklist,
        "report": report,
        "editor": report.being_edited_by(request.user),
        "attempted": attempted,
        "feedback": _feedback(report, entry),
        "question": question or QuestionForm(entry.context),
        "questions": thread_of(report, entry.context) if report.has_questions else [],
    }
    status = status or (422 if attempted else 200)
    return render(request, "indicators/report_form.html", context, status=status)


def _feedback(report: ProgressReport, entry: ReportEntry) -> Feedback | None:
    """What the reviewer said, while it is to be corrected."""
    submission = entry.context.latest_submission
    return read_feedback(submission) if submission and report.state == ReportState.RETURNED else None


def checklist_of(entry: ReportEntry) -> dict:
    """What the list of missing and doubtful points needs, of an entry whose errors are all still told."""
    points = entry.points()
    return {"entry": entry, "points": points, "blocking": sum(point.is_blocking for point in points)}


def version_of(request: PortalRequest) -> int:
    """The version that the page showed; anything else can never match."""
    posted = request.POST.get("version", "")
    return int(posted) if posted.isdecimal() and len(posted) < 10 else 0


def edit_url(pk: int) -> str:
    return reverse("indicators:edit_report", args=[pk])
