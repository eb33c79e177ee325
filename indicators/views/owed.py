"""Quién debe: the matrix of a period for both secretarías, and the reminder of the técnica."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from indicators.forms.owed import OwedForm
from indicators.models import ReportingPeriod
from indicators.queries.owed import OwedSheet, owed_query, owed_sheet
from indicators.reminding import Nudge, to_do
from indicators.reminding import remind as remind_institutions
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from plan.models import Institution, Plan


@require_GET
@role_required(access.is_secretariat)
def owed(request: PortalRequest) -> HttpResponse:
    plan = Plan.objects.current()
    form = OwedForm(plan, request.GET) if plan else None
    period = form.chosen if form else None
    if form is None or period is None:
        return render(request, "indicators/owed/nothing.html")
    sheet = owed_sheet(period, form.axis_number)
    listed = sheet.listed(form.trait_word, form.institution_id)
    context = {
        "form": form,
        "sheet": sheet,
        "listed": listed,
        "found": sum(len(reports) for _, reports in listed),
        "reminded": _to_remind(sheet) if access.is_technical(request.user) else frozenset(),
        "today": timezone.localdate(),
        "query": owed_query(period=period.pk, axis=form.axis_number),
    }
    return render(request, "indicators/owed/index.html", context)


@require_POST
@role_required(access.is_technical)
def remind(request: PortalRequest, period_id: int) -> HttpResponse:
    """Remind one institution, or all that still have something to do for the period."""
    period = get_object_or_404(ReportingPeriod.objects.select_related("plan"), pk=period_id)
    chosen = request.POST.get("institution", "")
    wanted = Institution.objects.all()
    if chosen != "todas":
        wanted = wanted.filter(pk=int(chosen) if chosen.isdecimal() and len(chosen) < 10 else 0)
    _tell(request, remind_institutions(wanted, period, by=request.user, address=address_of(request)))
    return redirect(f"{reverse('indicators:owed')}?{request.GET.urlencode()}")


def _to_remind(sheet: OwedSheet) -> frozenset[int]:
    """Institutions that can still do something for the period."""
    return frozenset(row.institution.pk for row in sheet.rows if to_do(row, sheet.period))


def _tell(request: PortalRequest, nudges: list[Nudge]) -> None:
    told = [nudge.institution.short_name for nudge in nudges if nudge.told]
    before = [nudge.institution.short_name for nudge in nudges if nudge.people and not nudge.told]
    nobody = [nudge.institution.short_name for nudge in nudges if not nudge.people]
    if told:
        messages.success(request, f"Se recordó a {', '.join(told)}: en el portal y por correo.")
    if before:
        messages.info(request, f"Hoy ya se les había recordado: {', '.join(before)}.")
    if nobody:
        messages.warning(request, f"Sin punto focal a quien recordar: {', '.join(nobody)}.")
    if not nudges:
        messages.info(request, "No hay nada que recordar: lo que debían ya se envió.")
