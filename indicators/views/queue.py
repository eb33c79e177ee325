"""The review queue: what waits, who takes it, and what is done with several reports at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from indicators import workflow
from indicators.approving import Result, approve_together, candidates
from indicators.forms.queue import MOST, AssignForm, MarkedForm
from indicators.models import ProgressReport
from indicators.queries.review_times import review_times as times_of
from indicators.queue import lines_of, queue_of, queue_query
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from plan.models import Plan, User


@require_GET
@role_required(access.is_technical)
def review_queue(request: PortalRequest) -> HttpResponse:
    return _page(request, AssignForm())


@require_POST
@role_required(access.is_technical)
def assign_reports(request: PortalRequest) -> HttpResponse:
    """Put the marked reports into the hands of one reviewer, each on its own."""
    form = AssignForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    reviewer, marked = form.cleaned_data["reviewer"], form.cleaned_data["reports"]
    reports = ProgressReport.objects.visible_to(request.user).with_parties().filter(pk__in=marked)
    results = [_assign(request, report, marked[report.pk], reviewer) for report in reports]
    _tell(request, results, f"A cargo de {reviewer}", "No se asignó")
    return _to_queue(request)


@require_POST
@role_required(access.is_technical)
def approve_reports(request: PortalRequest) -> HttpResponse:
    """Show what would be approved together, and what not and why; nothing is decided yet."""
    form = MarkedForm(request.POST)
    if not form.is_valid():
        return _page(request, AssignForm(), status=422, wrong=form)
    found = candidates(form.cleaned_data["reports"], request.user)
    context = {
        "ready": [candidate for candidate in found if not candidate.obstacle],
        "others": [candidate for candidate in found if candidate.obstacle],
        "gone": len(form.cleaned_data["reports"]) - len(found),
        "query": queue_query(request.GET),
    }
    return render(request, "indicators/queue/approval.html", context)


@require_POST
@role_required(access.is_technical)
def confirm_approvals(request: PortalRequest) -> HttpResponse:
    form = MarkedForm(request.POST)
    if form.is_valid():
        results = approve_together(form.cleaned_data["reports"], by=request.user, address=address_of(request))
        _tell(request, results, "Aprobados", "No se aprobó")
    else:
        messages.error(request, "No se aprobó ningún reporte: no quedó ninguno marcado.")
    return _to_queue(request)


@require_GET
@role_required(access.is_secretariat)
def review_times(request: PortalRequest) -> HttpResponse:
    """How long answers take, by period and by reviewer."""
    plan = Plan.objects.current()
    return render(request, "indicators/queue/times.html", {"times": times_of(plan) if plan else None})


def _page(request: PortalRequest, form: AssignForm, *, status: int = 200, wrong: MarkedForm | None = None):
    """`wrong` where the approval of marked reports was asked for and nothing sound was marked."""
    queue = queue_of(request.user, request.GET)
    page = Paginator(queue.found, MOST).get_page(request.GET.get("page"))
    context = {
        "queue": queue,
        "page": page,
        "lines": lines_of(list(page.object_list), request.user),
        "form": form,
        "marks": wrong or form,
        "marks_all": "marcar" in request.GET,
    }
    return render(request, "indicators/queue/index.html", context, status=status)


def _assign(request: PortalRequest, report: ProgressReport, version: int, reviewer: User) -> Result:
    if report.assigned_to_id == reviewer.pk:  # a second click: it is what they asked for
        return Result(report)
    try:
        workflow.assign(report, reviewer, by=request.user, version=version, address=address_of(request))
    except workflow.WorkflowError as error:
        return Result(report, error.message)
    return Result(report)


def _tell(request: PortalRequest, results: list[Result], done: str, refused: str) -> None:
    well = [f"{r.report.action.code} {r.report.institution.short_name}" for r in results if not r.problem]
    if well:
        messages.success(request, f"{done} ({len(well)}): {'; '.join(well)}.")
    for result in results:
        if result.problem:
            name = f"{result.report.action.code}, {result.report.institution.short_name}"
            messages.warning(request, f"{refused} {name}: {result.problem}")
    if not results:
        messages.warning(request, "Los reportes marcados ya no están en revisión.")


def _to_queue(request: PortalRequest) -> HttpResponse:
    return redirect(f"{reverse('indicators:review_queue')}{queue_query(request.GET)}")
