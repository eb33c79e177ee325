"""What views share of a request."""

from django.http import Http404, HttpRequest

from plan.models import Plan, User


class PortalRequest(HttpRequest):
    """A request behind the login: its user is a person with an account."""

    user: User


def current_plan_or_404() -> Plan:
    """The plan in force."""
    plan = Plan.objects.current()
    if plan is None:
        raise Http404
    return plan


def version_of(request: HttpRequest) -> int:
    """The version that the posted page showed; anything else can never match."""
    posted = request.POST.get("version", "")
    return int(posted) if posted.isdecimal() and len(posted) < 10 else 0


def address_of(request: HttpRequest) -> str:
    """The client's address, as the audit log keeps it."""
    return request.META["REMOTE_ADDR"]
