"""Instituciones: who answers for each, how it is called, and what it depends on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from plan import access
from plan import institutions as acts
from plan.forms.institutions import InstitutionForm, NewNameForm
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from plan.models import Agreement, Institution, Plan
from plan.people_errors import PeopleError
from plan.roster import duty_lines, places_of, roster, seat_of
from plan.templatetags.portal import day


@require_GET
@role_required(access.reads_people)
def institutions(request: PortalRequest) -> HttpResponse:
    """In the order of the plan, with titular and suplentes; who has no titular is told apart."""
    plan = Plan.objects.current()
    seats = roster(plan)
    context = {
        "members": [seat for seat in seats if seat.is_member],
        "former": [seat for seat in seats if seat.was_member],
        "others": [seat for seat in seats if not seat.memberships],
        "vacant": sum(seat.is_vacant for seat in seats),
        "manages": access.manages_people(request.user),
        "acta": _newest_acta(plan) if access.is_technical(request.user) else None,
    }
    return render(request, "plan/institutions.html", context)


@require_GET
@role_required(access.reads_people)
def institution(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Institution.objects.select_related("parent", "predecessor"), pk=pk)
    duties = found.appointments.with_scope().order_by("-capacity", "-valid_from", "-pk")
    lines = duty_lines(request.user, duties)
    plan = Plan.objects.current()
    context = {
        "institution": found,
        "current": [line for line in lines if line.standing != "closed"],
        "past": [line for line in lines if line.standing == "closed"],
        "seat": seat_of(found, plan),
        "places": places_of(found, plan),
        "acta": _newest_acta(plan) if access.is_technical(request.user) else None,
        "manages": access.manages_people(request.user),
        "reads_plan": access.may_read_plan(request.user),
    }
    return render(request, "plan/institution.html", context)


def _newest_acta(plan: Plan | None) -> Agreement | None:
    """Of the Mesa: under it who sits there changes."""
    return Agreement.objects.filter(plan=plan, subcommission=None).order_by("-agreed_on", "-number").first()


@require_http_methods(["GET", "POST"])
@role_required(access.manages_people)
def edit_institution(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Institution, pk=pk)
    form = InstitutionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        acts.change(found, form.changed_data, by=request.user, address=address_of(request))
        messages.success(request, "Datos guardados.")
        return redirect("plan:institution", pk)
    return _page(request, "plan/institution_form.html", {"form": form, "pk": pk})


@require_http_methods(["GET", "POST"])
@role_required(access.manages_people)
def rename_institution(request: PortalRequest, pk: int) -> HttpResponse:
    """A new name from a day on; the earlier ones stay."""
    found = get_object_or_404(Institution, pk=pk)
    form = NewNameForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid() and _rename(request, found, form):
        messages.success(request, f"Desde el {day(form.cleaned_data['first_day'])} se llama {found}.")
        return redirect("plan:institution", pk)
    return _page(request, "plan/institution_name.html", {"form": form, "institution": found})


def _rename(request: PortalRequest, found: Institution, form: NewNameForm) -> bool:
    """Whether it was stored; if not, the form says why and keeps what was typed."""
    try:
        acts.rename(found, **form.cleaned_data, by=request.user, address=address_of(request))
    except PeopleError as error:
        form.add_error("first_day", error.message)
        return False
    return True


def _page(request: PortalRequest, template: str, context: dict) -> HttpResponse:
    return render(request, template, context, status=422 if request.method == "POST" else 200)
