"""The punto focal's home: what is pending, one click to each report, and one answer for several."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indicators import workflow
from indicators.asked import asked_duty
from indicators.forms.focus import focus_first_error
from indicators.forms.several import SeveralForm
from indicators.models import ProgressReport, ReportingPeriod
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


@require_http_methods(["GET", "POST"])
@role_required(access.is_focal_point)
def open_report(request: PortalRequest, period_id: int, action_id: int, institution_id: int) -> HttpResponse:
    """Begin the report of a duty, or go on with it: a second click finds the first one's report.

    This is also where a reminder leads. Looking begins nothing: it finds the form, or the place of the list where the
    button is that begins it.
    """
    institution = get_object_or_404(Institution, pk=institution_id, pk__in=access.institution_ids(request.user))
    if request.method == "GET":
        return _find(request, period_id, action_id, institution)
    period = get_object_or_404(ReportingPeriod.objects.accepting(timezone.localdate()), pk=period_id)
    duty = asked_duty(institution, action_id, period)
    if duty is None:
        raise Http404
    report = workflow.begin(duty, period, by=request.user, address=address_of(request))
    return redirect("indicators:edit_report", report.pk)


def _find(request: PortalRequest, period_id: int, action_id: int, institution: Institution) -> HttpResponse:
    own = ProgressReport.objects.visible_to(request.user).filter(institution=institution)
    report = own.filter(period=period_id, action=action_id).first()
    if report is not None:
        return redirect("indicators:edit_report", report.pk)
    return redirect(f"{reverse('indicators:pending')}#tarea-{period_id}-{action_id}-{institution.pk}")


@require_POST
@role_required(access.is_focal_point)
def answer_several(request: PortalRequest) -> HttpResponse:
    """Send "sin avance" or "no aplica" for the chosen actions: all of them, or none and the reason."""
    tasks = worklist(request.user)
    form = SeveralForm(tasks, request.POST)
    if not form.is_valid():
        focus_first_error([form])
        return _page(request, tasks, form, status=422)
    try:
        sent = answer_all(form.chosen(), form.content(), by=request.user, address=address_of(request))
    except workflow.WorkflowError as error:
        messages.error(request, f"{error.message} No se envió ninguna de las respuestas.")
    else:
        links = [(reverse("indicators:receipt", args=[submission.pk]), submission.receipt) for submission in sent]
        receipts = format_html_join(", ", '<a href="{}">{}</a>', links)
        told = "Envió 1 respuesta" if len(sent) == 1 else f"Envió {len(sent)} respuestas"
        messages.success(request, format_html("{}. Comprobantes: {}.", told, receipts))
    return redirect("indicators:pending")


def _page(request: PortalRequest, tasks: Worklist, form: SeveralForm, status: int = 200) -> HttpResponse:
    context = {
        "tasks": tasks,
        "several": form,
        "next_task": tasks.next_task(after=_just_left(request)),
        "last_closed": ReportingPeriod.objects.closed().order_by("-closed_at")[:1],
    }
    return render(request, "indicators/pending.html", context, status=status)


def _just_left(request: PortalRequest) -> int | None:
    """The report that the person has just saved and left: it is not offered as the next one."""
    left = request.GET.get("despues", "")
    return int(left) if left.isdecimal() and len(left) < 10 else None
