"""Appointing somebody, ending it, handing it over, and the second person's confirmation of a secretaría."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from plan import access, permissions
from plan import appointments as acts
from plan.forms.people import AppointmentForm, EndForm, HandOverForm
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from plan.models import Appointment, Plan, User
from plan.people_errors import PeopleError
from plan.role_slugs import ROLE_OF
from plan.templatetags.portal import day

#: Digits of no id that exists.
LONG = 10


@require_http_methods(["GET", "POST"])
@role_required(access.manages_people)
def appoint(request: PortalRequest, slug: str) -> HttpResponse:
    """A new appointment in one role, of a person known or new."""
    role = ROLE_OF.get(slug)
    if role is None or not permissions.may_appoint(request.user, role):
        raise Http404
    form = AppointmentForm(role, Plan.objects.current(), request.POST or None, _chosen(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        new = form.appointment()
        refusal = _refusal(form, partial(acts.appoint, new), request)
        if refusal is None:
            messages.success(request, _told(new))
            return redirect("plan:person", new.user_id)
    return _page(request, "plan/appoint.html", {"form": form, "role": role, "holder": getattr(refusal, "holder", None)})


@require_http_methods(["GET", "POST"])
@role_required(access.manages_people)
def hand_over(request: PortalRequest, pk: int) -> HttpResponse:
    """From one person to another on a day."""
    held = _appointment_or_404(pk)
    if not permissions.may_hand_over(request.user, held):
        return _closed(request, held)
    form = HandOverForm(held, request.POST or None, _chosen(request))
    if request.method == "POST" and form.is_valid():
        new = form.appointment()
        if _refusal(form, partial(acts.hand_over, held, new), request) is None:
            messages.success(request, f"Traspaso registrado: recibe {new.user} desde el {day(new.valid_from)}.")
            return redirect("plan:person", new.user_id)
    return _page(request, "plan/hand_over.html", {"form": form, "held": held, "others": _others(held)})


@require_http_methods(["GET", "POST"])
@role_required(access.manages_people)
def end(request: PortalRequest, pk: int) -> HttpResponse:
    """The last day of an appointment."""
    held = _appointment_or_404(pk)
    if not permissions.may_end(request.user, held):
        return _closed(request, held)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        if _refusal(form, partial(acts.end, held, last_day), request) is None:
            messages.success(request, f"El nombramiento de {held.user} termina el {day(last_day)}.")
            return redirect("plan:person", held.user_id)
    return _page(request, "plan/end.html", {"form": form, "held": held})


@require_POST
@role_required(access.is_executive)
def confirm(request: PortalRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, acts.confirm, "Nombramiento confirmado: desde ahora da sus derechos.")


@require_POST
@role_required(access.reads_people)
def discard(request: PortalRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, acts.discard, "Nombramiento descartado: nunca dio derechos.")


def _answer(request: PortalRequest, pk: int, act, done: str) -> HttpResponse:
    found = _appointment_or_404(pk)
    try:
        act(found, by=request.user, address=address_of(request))
    except PeopleError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("plan:person", found.user_id)


def _refusal(form: Form, act: Callable, request: PortalRequest) -> PeopleError | None:
    """Why it was not stored; then the form says so and keeps what was typed."""
    try:
        act(by=request.user, address=address_of(request))
    except PeopleError as error:
        form.add_error(None, error.message)
        return error
    return None


def _page(request: PortalRequest, template: str, context: dict) -> HttpResponse:
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _closed(request: PortalRequest, held: Appointment) -> HttpResponse:
    messages.error(request, f"El nombramiento de {held.user} no se puede cambiar: terminó, o no depende de usted.")
    return redirect("plan:person", held.user_id)


def _appointment_or_404(pk: int) -> Appointment:
    return get_object_or_404(Appointment.objects.with_scope(), pk=pk)


def _chosen(request: PortalRequest) -> dict:
    """What the page that led here knows already: ids of an institution and of a person."""
    person = User.objects.filter(pk=_id(request, "persona")).first()
    return {"institution": _id(request, "institucion"), "email": person and person.email}


def _id(request: PortalRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < LONG else None


def _others(held: Appointment):
    """Who shares the duty: the receiver is mostly one of them."""
    same = Appointment.objects.in_force(timezone.localdate()).with_scope()
    return same.filter(
        role=held.role, institution=held.institution, subcommission=held.subcommission, user__is_active=True
    ).exclude(user=held.user)


def _told(new: Appointment) -> str:
    if new.awaits_confirmation:
        return f"Registrado. {new.user} tendrá el perfil cuando otra persona de la secretaría ejecutiva lo confirme."
    told = "Se le avisó por correo." if new.user.has_entered else "Se le envió una invitación por correo."
    return f"{new.user} quedó con el nombramiento: {new}. {told}"
