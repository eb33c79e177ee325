"""The page on which people change their password."""

from allauth.account import views
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from plan.http import PortalRequest


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: PortalRequest) -> HttpResponse:
    """An account that has none has nothing to change: it is opened by its invitation alone."""
    if not request.user.has_usable_password():
        return render(request, "account/no_password.html")
    return views.password_change(request)
