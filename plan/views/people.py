"""Personas: who has an account, with which appointments, and who was invited."""

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from plan import access, permissions
from plan.forms.search import PeopleSearchForm
from plan.guards import role_required
from plan.http import PortalRequest
from plan.models import Appointment, Invitation, User
from plan.role_slugs import SLUG_OF
from plan.roster import duty_lines

ON_A_PAGE = 50


@require_GET
@role_required(access.reads_people)
def people(request: PortalRequest) -> HttpResponse:
    """Everybody who has an account, with the appointments that give them their rights."""
    search = PeopleSearchForm(request.GET)
    page = Paginator(_with_duties(search.found()), ON_A_PAGE).get_page(request.GET.get("page"))
    pending = Appointment.objects.pending().with_scope().select_related("recorded_by").order_by("recorded_at")
    context = {
        "search": search,
        "page": page,
        "pending": duty_lines(request.user, pending),
        "invitations": Invitation.objects.unanswered().select_related("user", "invited_by"),
        "roles": [(SLUG_OF[role], role.label) for role in permissions.grantable_roles(request.user)],
    }
    return render(request, "plan/people.html", context)


@require_GET
@role_required(access.reads_people)
def person(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    duties = found.appointments.with_scope().order_by("-valid_from", "-pk")
    context = {
        "person": found,
        "duties": duty_lines(request.user, duties),
        "invitation": found.invitations.unanswered().first(),
        "may_manage": permissions.may_manage(request.user, found),
        "roles": [(SLUG_OF[role], role.label) for role in permissions.grantable_roles(request.user)],
    }
    return render(request, "plan/person.html", context)


def _with_duties(users: QuerySet[User]) -> QuerySet[User]:
    return users.prefetch_related(Prefetch("appointments", Appointment.objects.with_scope())).order_by(
        "full_name", "pk"
    )
