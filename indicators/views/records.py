"""Carga histórica: what institutions sent by oficio, entered by the secretaría técnica on their behalf."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from indicators import on_behalf, workflow
from indicators.asked import asked_duty
from indicators.forms.records import MissingFilter
from indicators.models import ReportingPeriod
from indicators.record_list import RecordDesk, record_desk
from indicators.views.fetching import own_report_or_404
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, address_of, version_of
from plan.models import Axis, Institution, Plan

PAGE_SIZE = 50


@require_GET
@role_required(access.is_technical)
def records(request: PortalRequest) -> HttpResponse:
    """What is missing, one click to begin each, and what has been begun; after a record the next one is offered."""
    plan = Plan.objects.current()
    desk = record_desk(plan, request.user) if plan else RecordDesk([], [])
    form = MissingFilter(desk.missing, list(Axis.objects.filter(plan=plan)), request.GET)
    rows = form.rows()
    context = {
        "desk": desk,
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "next_row": next((row for row in rows if not row.has_own_draft), None) if "despues" in request.GET else None,
    }
    return render(request, "indicators/records/index.html", context)


@require_POST
@role_required(access.is_technical)
def begin_record(request: PortalRequest, period_id: int, action_id: int, institution_id: int) -> HttpResponse:
    """Begin the record of a duty, or go on with it: a second click finds the first one's report."""
    institution = get_object_or_404(Institution, pk=institution_id)
    period = get_object_or_404(ReportingPeriod.objects.begun(timezone.localdate()), pk=period_id)
    duty = asked_duty(institution, action_id, period)
    if duty is None:
        raise Http404
    try:
        report = on_behalf.begin_record(duty, period, by=request.user, address=address_of(request))
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
        return redirect("indicators:records")
    return redirect("indicators:edit_report", report.pk)


@require_POST
@role_required(access.is_technical)
def release(request: PortalRequest, pk: int) -> HttpResponse:
    """Give a record that was begun by mistake back to the institution."""
    report = own_report_or_404(request.user, pk)
    try:
        on_behalf.release(report, by=request.user, version=version_of(request), address=address_of(request))
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Descartó el registro de {report}: vuelve a ser de la institución.")
    return redirect("indicators:records")


@require_POST
@role_required(access.is_focal_point)
def hand_over(request: PortalRequest, pk: int) -> HttpResponse:
    """Let the secretaría técnica complete a draft that its period takes no more."""
    report = own_report_or_404(request.user, pk)
    try:
        on_behalf.hand_over(report, by=request.user, version=version_of(request), address=address_of(request))
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Entregó el borrador a la secretaría técnica, que lo completa con su oficio.")
    return redirect("indicators:report", pk)
