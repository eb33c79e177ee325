"""Reading a report: all its rounds, the receipt of a submission, its files."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from indicators import permissions, workflow
from indicators.feedback import Feedback, feedback_of
from indicators.forms.review import ReasonForm
from indicators.models import ProgressReport, StoredFile, Submission
from indicators.rounds import Round, may_see_evidence, rounds_of
from indicators.views.fetching import visible_report_or_404
from indicators.worklist import worklist
from plan import access, audit
from plan.enums import Verb
from plan.files.errors import StorageUnavailable
from plan.files.serving import serve
from plan.guards import role_required
from plan.http import PortalRequest, address_of


@require_GET
@role_required(access.may_read_plan)
def report(request: PortalRequest, pk: int) -> HttpResponse:
    found = visible_report_or_404(request.user, pk)
    shows_evidence = may_see_evidence(request.user, found)
    context = {
        "report": found,
        "rounds": [(item, _feedback(item, shows_evidence)) for item in rounds_of(found, request.user)],
        "shows_evidence": shows_evidence,
        "transitions": found.transitions.select_related("by", "submission"),
        "may_hand_over": permissions.may_hand_over(request.user, found),
        "may_withdraw": permissions.may_withdraw(request.user, found),
        "may_reopen": permissions.may_reopen(request.user, found),
        "may_annul": permissions.may_annul(request.user, found),
        "may_write": permissions.may_write(request.user, found),
        "reason_form": ReasonForm(),
    }
    return render(request, "indicators/report.html", context)


@require_GET
@role_required(access.may_read_plan)
def receipt(request: PortalRequest, pk: int) -> HttpResponse:
    visible = ProgressReport.objects.visible_to(request.user)
    submission = get_object_or_404(
        Submission.objects.select_related(
            "report__action", "report__institution", "report__period", "submitted_by"
        ).prefetch_related("values__indicator"),
        pk=pk,
        report__in=visible,
    )
    is_own = permissions.is_own(request.user, submission.report)
    context = {
        "submission": submission,
        "evidence": [
            link.evidence
            for link in submission.evidence_links.select_related(
                "evidence__file", "evidence__means", "evidence__issuer"
            )
        ],
        "shows_evidence": may_see_evidence(request.user, submission.report),
        "is_own": is_own,
        "next_task": worklist(request.user).next_task() if is_own else None,
    }
    return render(request, "indicators/receipt.html", context)


@require_GET
@role_required(access.may_read_plan)
def download(request: PortalRequest, public_id) -> HttpResponse | FileResponse:
    """Hand out a file to those who may read it; every download is logged."""
    file = get_object_or_404(StoredFile.objects.visible_to(request.user), public_id=public_id, erased_at=None)
    try:
        response = serve(file.storage_name, file.name, file.content_type)
    except StorageUnavailable as error:
        return render(request, "indicators/file_unavailable.html", {"message": error.message}, status=503)
    with transaction.atomic():
        audit.record(Verb.DOWNLOADED, file, by=request.user, address=address_of(request), hash=file.sha256)
    return response


@require_POST
@role_required(access.may_read_plan)
def reopen(request: PortalRequest, pk: int) -> HttpResponse:
    return _move_with_reason(request, pk, workflow.reopen, "Se abrió la rectificación. Lo aprobado sigue vigente.")


@require_POST
@role_required(access.is_technical)
def annul(request: PortalRequest, pk: int) -> HttpResponse:
    return _move_with_reason(request, pk, workflow.annul, "El reporte quedó anulado y salió de todas las cifras.")


def _feedback(item: Round, shows_evidence: bool) -> Feedback | None:
    feedback = feedback_of(item)
    return feedback if shows_evidence or feedback is None else feedback.without_proof()


def _move_with_reason(request: PortalRequest, pk: int, move, done: str) -> HttpResponse:
    found = visible_report_or_404(request.user, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Escriba el motivo.")
        return redirect("indicators:report", pk)
    try:
        move(
            found,
            form.cleaned_data["reason"],
            by=request.user,
            version=form.cleaned_data["version"],
            address=address_of(request),
        )
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("indicators:report", pk)
