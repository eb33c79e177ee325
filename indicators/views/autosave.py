"""The draft that saves itself while somebody types: the same save as the button's, answered in JSON."""

from dataclasses import asdict

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from indicators import permissions, workflow
from indicators.forms.entry import ReportEntry
from indicators.models import ProgressReport
from indicators.views.fetching import own_report_or_404
from indicators.views.form_page import checklist_of, save_draft
from plan import access, late_forms
from plan.drafts import clock, told_who_saved
from plan.guards import role_required
from plan.http import PortalRequest


@require_POST
@role_required(access.writes_reports)
def autosave(request: PortalRequest, pk: int) -> JsonResponse:
    """Keep the text of the page, not its files. 409 where somebody saved in between: nothing is overwritten, and the
    answer says who, when, and which version a knowing save has to name."""
    report = own_report_or_404(request.user, pk)
    entry = ReportEntry(report, request.user, request.POST)
    try:
        save_draft(request, report, entry)
    except workflow.WorkflowError as error:
        report.refresh_from_db()
        return JsonResponse(_conflict(request, report, error.message), status=409)
    late_forms.forget(request)
    checklist = render_to_string("indicators/entry/checklist_points.html", checklist_of(entry))
    return JsonResponse(
        {
            "version": report.version,
            "saved_at": clock(report.saved_at),
            "checklist": checklist,
            "may_be_added": entry.may_be_added(),
            "errors": [asdict(error) for error in entry.field_errors()],
        }
    )


def _conflict(request: PortalRequest, report: ProgressReport, message: str) -> dict:
    """`version` is None where the report takes no more writing at all."""
    if not permissions.may_write(request.user, report):
        return {"message": message, "version": None}
    if report.saved_by:
        message = f"{message} {told_who_saved(request.user, report.saved_by, report.saved_at)}"
    return {"message": message, "version": report.version}
