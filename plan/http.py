"""What views share of a request."""

from django.http import HttpRequest

from plan.models import User


class PortalRequest(HttpRequest):
    """A request behind the login: its user is a person with an account."""

    user: User


def address_of(request: HttpRequest) -> str:
    """The client's address, as the audit log keeps it."""
    return request.META["REMOTE_ADDR"]
