"""The work of administración: the accounts."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from plan import access
from plan.guards import role_required
from plan.http import PortalRequest
from plan.models import Appointment, User


@require_GET
@role_required(access.is_administrator)
def people(request: PortalRequest) -> HttpResponse:
    """Everybody who has an account, with the appointments that give them their rights."""
    duties = Appointment.objects.select_related("institution", "organ", "subcommission")
    users = User.objects.prefetch_related(Prefetch("appointments", duties)).order_by("full_name")
    return render(request, "plan/people.html", {"people": users})
