"""Integrantes: who sits in the Mesa and in each subcomisión, and what an acta changes of it."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from indicators.agreements import seats as acts
from indicators.agreements.errors import AgreementError
from indicators.agreements.left_behind import left_behind
from indicators.agreements.seats import Table, tables_of
from indicators.forms.agreements.seats import KnownForm, LeaveForm, NewInstitutionForm, PlaceForm
from indicators.forms.agreements.sheet import usual_day
from indicators.models import ProgressReport
from indicators.views.agreements.fetching import agreement_or_404
from indicators.views.agreements.sheets import ALREADY_THERE
from plan import access, late_forms
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from plan.models import AgreedSeat
from plan.templatetags.portal import day


@require_GET
@role_required(access.is_technical)
def seats(request: PortalRequest, pk: int, number: int | None = None) -> HttpResponse:
    table = _table_or_404(request, pk, number)
    today = timezone.localdate()
    lines = [(row, _address(table, "end_seat", row.pk)) for row in table.seats]
    context = {
        "current": [line for line in lines if not line[0].is_over(today)],
        "past": [line for line in lines if line[0].is_over(today)],
        "doors": [(axis, _address(other, "seats"), other == table) for axis, other in tables_of(table.agreement)],
        "seat_url": _address(table, "seat"),
    }
    return render(request, "indicators/agreements/seats.html", _about(table) | context)


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def seat(request: PortalRequest, pk: int, number: int | None = None) -> HttpResponse:
    """An institution that the portal has takes a place."""
    table = _table_or_404(request, pk, number)
    form = KnownForm(table, late_forms.typed_in(request), _asked(request))
    return _place(request, table, form, "seat", lambda: form.cleaned_data["institution"], acts.seat)


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def admit(request: PortalRequest, pk: int) -> HttpResponse:
    """A new institution takes a place in the Mesa."""
    table = _table_or_404(request, pk, None)
    form = NewInstitutionForm(table, late_forms.typed_in(request), _asked(request))
    return _place(request, table, form, "admit", lambda: form.institution, acts.admit)


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def end_seat(request: PortalRequest, pk: int, seat_id: int, number: int | None = None) -> HttpResponse:
    """End a place; of one in the Mesa the page tells what the institution still has to do."""
    table = _table_or_404(request, pk, number)
    row = get_object_or_404(table.rows.select_related("institution", "agreement", "ended_under"), pk=seat_id)
    form = LeaveForm(table, late_forms.typed_in(request)) if row.valid_to is None or request.method == "POST" else None
    if form and request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        done = _try(form, lambda: acts.leave(table, row, last_day, by=request.user, address=address_of(request)))
        if done is not None:
            late_forms.forget(request)
            said = f"{row.institution} integra {table.name} hasta el {day(last_day)}."
            messages.success(request, said if done else ALREADY_THERE)
            return redirect(_address(table, "end_seat", seat_id))
    return _page(request, table, "end_seat", form=form, seat=row, **_left_behind(request, table, row))


def _place(
    request: PortalRequest, table: Table, form: PlaceForm, name: str, chosen: Callable, act: Callable
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        first_day, replaced = form.cleaned_data["first_day"], form.cleaned_data["replaced"]
        who = {"by": request.user, "address": address_of(request)}
        if row := _try(form, lambda: act(table, chosen(), first_day, replaced, **who)):
            late_forms.forget(request)
            messages.success(request, f"{row.institution} integra {table.name} desde el {day(first_day)}.")
            return redirect(_address(table, "end_seat", replaced.pk) if replaced else _address(table, "seats"))
    return _page(request, table, name, form=form)


def _try(form, act: Callable):
    """What the act returns; None where it failed, and then the form says why and keeps what was typed."""
    try:
        return act()
    except AgreementError as error:
        form.add_error(error.field, error.message)
        return None


def _table_or_404(request: PortalRequest, pk: int, number: int | None) -> Table:
    agreement = agreement_or_404(request.user, pk)
    for axis, table in tables_of(agreement):
        if number == (axis.number if axis else None):
            return table
    raise Http404


def _asked(request: PortalRequest) -> dict:
    """Whom the page was opened to succeed."""
    asked = request.GET.get("sucede", "")
    return {"replaced": asked} if asked.isdecimal() else {}


def _address(table: Table, name: str, *more: int) -> str:
    body = table.subcommission
    if body:
        return reverse(f"indicators:subcommission_{name}", args=[table.agreement.pk, body.axis.number, *more])
    return reverse(f"indicators:mesa_{name}", args=[table.agreement.pk, *more])


def _about(table: Table) -> dict:
    return {"table": table, "agreement": table.agreement, "seats_url": _address(table, "seats")}


def _left_behind(request: PortalRequest, table: Table, row: AgreedSeat) -> dict:
    if table.subcommission:
        return {}
    plan = table.plan
    after = min((row.valid_to or usual_day(table.agreement)) + timedelta(1), plan.ends_on)
    left = left_behind(row.institution, plan, after)
    readable = ProgressReport.objects.visible_to(request.user).filter(pk__in=[report.pk for report in left.reports])
    return {"left": left, "after": after, "readable": set(readable.values_list("pk", flat=True))}


def _page(request: PortalRequest, table: Table, name: str, **context) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, f"indicators/agreements/{name}.html", _about(table) | context, status=status)
