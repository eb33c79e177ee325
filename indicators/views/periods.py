"""The periods of the plan: programmed by the secretaría técnica, closed by the secretaría ejecutiva."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indicators import programming, scheduling, workflow
from indicators.forms.periods import ExtensionForm, TermsForm
from indicators.models import ReportingPeriod
from indicators.period_boards import board_of, boards_of, extensions_of
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from plan.models import Plan


@require_GET
@role_required(access.is_secretariat)
def periods(request: PortalRequest) -> HttpResponse:
    plan = Plan.objects.current()
    context = {
        "plan": plan,
        "boards": boards_of(plan) if plan else [],
        "may_programme": access.is_technical(request.user) and plan is not None,
    }
    return render(request, "indicators/periods/index.html", context)


@require_GET
@role_required(access.is_secretariat)
def period(request: PortalRequest, pk: int) -> HttpResponse:
    found = _period_or_404(pk)
    is_open = found.phase == found.phase.OPEN
    context = {
        "period": found,
        "board": board_of(found),
        "extensions": extensions_of(found),
        "may_open": access.is_technical(request.user) and found.phase == found.phase.SCHEDULED,
        "may_extend": access.is_technical(request.user) and is_open,
        "may_close": access.is_executive(request.user) and is_open,
    }
    return render(request, "indicators/periods/period.html", context)


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def programme(request: PortalRequest) -> HttpResponse:
    """Choose the terms and see what would change, which is a GET; a POST does it."""
    plan = Plan.objects.current()
    if plan is None:
        raise Http404
    form = TermsForm(plan, request.POST or request.GET or None)
    proposal = programming.propose(plan, form.terms()) if form.is_valid() else None
    if request.method == "POST" and proposal and _programme(request, plan, form):
        return redirect("indicators:periods")
    context = {"plan": plan, "form": form, "proposal": proposal}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "indicators/periods/programme.html", context, status=status)


@require_POST
@role_required(access.is_technical)
def open_now(request: PortalRequest, pk: int) -> HttpResponse:
    found = _period_or_404(pk)
    try:
        scheduling.open_now(found, by=request.user, address=address_of(request))
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "El período está abierto; se avisó a los puntos focales que deben informes.")
    return redirect("indicators:period", pk)


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def extend(request: PortalRequest, pk: int) -> HttpResponse:
    board = board_of(_period_or_404(pk))
    form = ExtensionForm(board, request.POST or None)
    if request.method == "POST" and form.is_valid() and _extend(request, board.period, form):
        return redirect("indicators:period", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/periods/extend.html", {"board": board, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@role_required(access.is_executive)
def close(request: PortalRequest, pk: int) -> HttpResponse:
    """The page says what closing will mark; a POST closes."""
    found = _period_or_404(pk)
    if request.method == "GET" and found.phase == found.phase.OPEN:
        is_running = timezone.localdate() <= found.due_on
        context = {"board": board_of(found), "extensions": extensions_of(found), "is_running": is_running}
        return render(request, "indicators/periods/close.html", context)
    try:
        scheduling.close(found, by=request.user, address=address_of(request))
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{found} quedó cerrado: ya no recibe reportes nuevos.")
    return redirect("indicators:period", pk)


def _period_or_404(pk: int) -> ReportingPeriod:
    return get_object_or_404(ReportingPeriod.objects.select_related("plan").prefetch_related("extensions"), pk=pk)


def _programme(request: PortalRequest, plan: Plan, form: TermsForm) -> bool:
    """Whether it was done; if not, the page shows what would change now."""
    try:
        done = programming.programme(
            plan, form.terms(), seen=request.POST.get("seen", ""), by=request.user, address=address_of(request)
        )
    except workflow.WorkflowError as error:
        messages.warning(request, error.message)
        return False
    messages.success(request, f"Períodos programados: {len(done.changes)} cambios.")
    return True


def _extend(request: PortalRequest, found: ReportingPeriod, form: ExtensionForm) -> bool:
    """Whether it was granted; if not, the form says why and keeps what was typed."""
    data = form.cleaned_data
    try:
        granted = scheduling.extend(
            found,
            form.institutions,
            due_on=data["due_on"],
            reason=data["reason"],
            by=request.user,
            address=address_of(request),
        )
    except workflow.WorkflowError as error:
        form.add_error("due_on", error.message)
        return False
    told = "la institución" if len(granted) == 1 else f"{len(granted)} instituciones"
    messages.success(request, f"Prórroga hasta el {data['due_on']:%d-%m-%Y}; se avisó a {told}.")
    return True
