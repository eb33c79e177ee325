"""Small helpers that views share."""

from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The client's address, as the audit log keeps it."""
    return request.META["REMOTE_ADDR"]
