"""The page to which an invitation leads: the person chooses a password and is inside.

Every link that does not work gets the same answer, whatever its reason. Looking at a link does not spend it: mail
servers look at links before people do.
"""

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mitp_portal.forms import FirstPasswordForm
from plan import invitations
from plan.models import Invitation
from plan.people_errors import PeopleError


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@rate_limit(action="invitation")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    found = invitations.find_open(secret)
    if found is None:
        return render(request, "account/invitation_over.html")
    form = FirstPasswordForm(user=found.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _open_account(request, found, form.cleaned_data["password1"])
    status = 422 if request.method == "POST" else 200
    return render(request, "account/invitation.html", {"form": form, "person": found.user}, status=status)


def _open_account(request: HttpRequest, found: Invitation, password: str) -> HttpResponse:
    try:
        with transaction.atomic():
            invitations.use(found)
            get_adapter().set_password(found.user, password)
    except PeopleError:
        return render(request, "account/invitation_over.html")
    return perform_login(request, found.user, email_verification="none")
