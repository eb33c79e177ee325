"""The punto focal's home: what is pending, one click to each report, and one answer for several."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from indicators import workflow
from indicators.asked import asked_duty
from indicators.forms.several import SeveralForm
from indicators.models import ReportingPeriod
from indicators.notices import mail_receipt
from indicators.several import answer_all
from indicators.worklist import Worklist, worklist
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from plan.models import Institution


@require_GET
@role_required(access.is_focal_point)
def pending(request: PortalRequest) -> HttpResponse:
    tasks = worklist(request.user)
    return _page(request, tasks, SeveralForm.for_person(request.user, tasks))


@require_POST
@role_required(access.is_focal_point)
def open_report(request: PortalRequest, period_id: int, action_id: int, institution_id: int) -> HttpResponse:
    """Begin the report of a duty, or go on with it: a second click finds the first one's report."""
    institution = get_object_or_404(Institution, pk=institution_id, pk__in=access.institution_ids(request.user))
    period = get_object_or_404(ReportingPeriod.objects.accepting(timezone.localdate()), pk=period_id)
    duty = asked_duty(institution, action_id, period)
    if duty is None:
        raise Http404
    report = workflow.begin(duty, period, by=request.user, address=address_of(request))
    return redirect("indicators:edit_report", report.pk)


@require_POST
@role_required(access.is_focal_point)
def answer_several(request: PortalRequest) -> HttpResponse:
    """Send "sin avance" or "no aplica" for the chosen actions: all of them, or none and the reason."""
    tasks = worklist(request.user)
    form = SeveralForm(tasks, request.POST)
    if not form.is_valid():
        return _page(request, tasks, form, status=422)
    try:
        sent = answer_all(form.chosen(), form.content(), by=request.user, address=address_of(request))
    except workflow.WorkflowError as error:
        messages.error(request, f"{error.message} No se envió ninguna de las respuestas.")
    else:
        for submission in sent:
            mail_receipt(submission, request.build_absolute_uri("/"))
        receipts = ", ".join(submission.receipt for submission in sent)
        messages.success(request, f"Envió {len(sent)} respuestas. Comprobantes: {receipts}.")
    return redirect("indicators:pending")


def _page(request: PortalRequest, tasks: Worklist, form: SeveralForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "tasks": tasks,
        "several": form,
        "next_task": tasks.next_task(after=_just_left(request)),
        "periods": ReportingPeriod.objects.accepting(today).order_by("due_on"),
        "last_closed": ReportingPeriod.objects.closed().order_by("-closed_at")[:1],
    }
    return render(request, "indicators/pending.html", context, status=status)


def _just_left(request: PortalRequest) -> int | None:
    """The report that the person has just saved and left: it is not offered as the next one."""
    left = request.GET.get("despues", "")
    return int(left) if left.isdecimal() and len(left) < 10 else None
