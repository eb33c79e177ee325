"""The page of a report: how it is drawn, and how what is posted from it is kept. Shared by all that it can do."""

from django.contrib import messages
from django.contrib.messages import get_messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from indicators import permissions, workflow
from indicators.enums import ReportState
from indicators.feedback import Feedback, feedback_on
from indicators.forms.entry import ReportEntry
from indicators.forms.questions import thread_of
from indicators.models import ProgressReport
from indicators.receiving import receive_evidence
from indicators.views.said_at import by_place
from plan import late_forms
from plan.drafts import PAGE, share_a_page
from plan.http import PortalRequest, address_of, version_of


def receive(request: PortalRequest, report: ProgressReport) -> tuple[ReportEntry, bool]:
    """Store the draft and the evidence of a posted page; says whether the draft could be kept.

    When somebody saved in between nothing of theirs is overwritten: the page comes back with what this person typed
    and the new version, and only a second, knowing save replaces the other's.
    """
    entry = ReportEntry(report, request.user, request.POST, request.FILES)
    try:
        save_draft(request, report, entry)
        late_forms.forget(request)
        receive_evidence(entry, by=request.user, address=address_of(request))
        drop_from_draft(request, report, entry)
    except workflow.WorkflowError as error:
        messages.warning(request, f"{error.message} Lo que escribió sigue en esta página.")
        report.refresh_from_db()
        return entry, False
    return entry, True


def save_draft(request: PortalRequest, report: ProgressReport, entry: ReportEntry) -> None:
    """Keep the text of a posted page; raises WorkflowError where that would overwrite what somebody else saved."""
    draft = entry.draft() | {PAGE: request.POST.getlist(PAGE)}
    version = report.version if _is_known(report, draft) else version_of(request)
    workflow.save_draft(report, draft, by=request.user, version=version, address=address_of(request))


def drop_from_draft(request: PortalRequest, report: ProgressReport, entry: ReportEntry) -> None:
    """What was typed and has found its place, as evidence or as a question, waits in the draft no longer."""
    draft = entry.draft() | {PAGE: report.draft[PAGE]}
    if draft != report.draft:
        workflow.save_draft(report, draft, by=request.user, version=report.version, address=address_of(request))


def _is_known(report: ProgressReport, draft: dict) -> bool:
    """Whether the stored draft is an earlier save of this same page, whose answer got lost on the way, or says the
    same: then nothing of anybody's is overwritten."""
    is_from_page = share_a_page(_pages(report.draft), _pages(draft))
    return is_from_page or {**report.draft, PAGE: draft[PAGE]} == draft


def _pages(draft: dict) -> str:
    return " ".join(draft.get(PAGE, []))


def form_page(
    request: PortalRequest,
    report: ProgressReport,
    entry: ReportEntry,
    *,
    attempted: bool = False,
    status: int | None = None,
) -> HttpResponse:
    """The page of a report. `attempted` after a submit that lacks something."""
    checklist = checklist_of(entry)
    if not attempted:
        entry.hide_missing()
    said = by_place(get_messages(request))
    context = {
        **checklist,
        "messages": said.pop("", []),
        "said": said,
        "report": report,
        "editor": report.being_edited_by(request.user),
        "attempted": attempted,
        "rectification": report.correction if report.state == ReportState.RECTIFYING else None,
        "may_release": permissions.may_release(request.user, report),
        "feedback": _feedback(report, entry),
        "questions": thread_of(report, entry.context) if report.has_questions else [],
    }
    status = status or (422 if attempted else 200)
    return render(request, "indicators/report_form.html", context, status=status)


def _feedback(report: ProgressReport, entry: ReportEntry) -> Feedback | None:
    """What the reviewer said, while it is to be corrected."""
    decision = getattr(entry.context.latest_submission, "decision", None)
    if decision is None or report.state != ReportState.RETURNED:
        return None
    prefetch_related_objects([decision], "observations", "struck")
    context = entry.context
    verdicts = context.newest_verdicts
    return feedback_on(decision, context.indicators, context.means, entry.everything_filed, verdicts)


def checklist_of(entry: ReportEntry) -> dict:
    """What the list of missing and doubtful points needs, of an entry whose errors are all still told."""
    points = entry.points()
    return {"entry": entry, "points": points, "blocking": sum(point.is_blocking for point in points)}


def edit_url(pk: int) -> str:
    return reverse("indicators:edit_report", args=[pk])


def list_url(report: ProgressReport) -> str:
    """Where the next report is offered after this one: of the institution's own list, or of what its oficio brings."""
    if report.is_on_behalf:
        same = {"institucion": report.institution_id, "periodo": report.period_id, "despues": report.pk}
        return f"{reverse('indicators:records')}?{urlencode(same)}"
    return f"{reverse('indicators:pending')}?despues={report.pk}"
