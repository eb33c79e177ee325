"""Opening and closing accounts: invitations, deactivation, activation. Each act is a button on the person's page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from plan import access, accounts
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from plan.models import User
from plan.people_errors import PeopleError


@require_POST
@role_required(access.manages_people)
def invite(request: PortalRequest, pk: int) -> HttpResponse:
    done = "Se envió una invitación nueva; el enlace anterior, si lo había, dejó de valer."
    return _act(request, pk, accounts.invite_again, done)


@require_POST
@role_required(access.manages_people)
def withdraw_invitation(request: PortalRequest, pk: int) -> HttpResponse:
    return _act(request, pk, accounts.withdraw_invitation, "Invitación retirada: el enlace ya no vale.")


@require_POST
@role_required(access.manages_people)
def deactivate(request: PortalRequest, pk: int) -> HttpResponse:
    return _act(request, pk, accounts.deactivate, "Cuenta desactivada: sus sesiones se cerraron.")


@require_POST
@role_required(access.manages_people)
def reactivate(request: PortalRequest, pk: int) -> HttpResponse:
    return _act(request, pk, accounts.reactivate, "Cuenta activa. Se envió una invitación para elegir la contraseña.")


def _act(request: PortalRequest, pk: int, act: Callable, done: str) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    try:
        act(person, by=request.user, address=address_of(request))
    except PeopleError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("plan:person", pk)
