"""How long a session lives: idle limit (SESSION_COOKIE_AGE) and absolute limit (SESSION_ABSOLUTE_AGE); and what
happens to who comes without one."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import JsonResponse
from django.urls import reverse

from plan import late_forms
from plan.audit import record
from plan.enums import Verb
from plan.http import address_of

STARTED = "session_started"
SEEN = "session_seen"
#: Renewing the idle limit writes the session; once a minute is enough.
RENEW_AFTER_SECONDS = 60
FORM_TOO_LATE = (
    "Su sesión había terminado y lo último no se guardó. Vuelva atrás en el navegador para copiar lo escrito, ingrese "
    "y péguelo."
)
TEXT_KEPT = "Su sesión había terminado. Ingrese y lo que escribió vuelve a su página, para que lo guarde."
#: Pages of forms long enough to be worth keeping, by what is posted from them; the page shows its text again after the
#: login.
PAGE_OF_REPORT, PAGE_OF_REVIEW = "indicators:edit_report", "indicators:review"
PAGE_OF = {
    PAGE_OF_REPORT: PAGE_OF_REPORT,
    "indicators:submit_report": PAGE_OF_REPORT,
    "indicators:remove_evidence": PAGE_OF_REPORT,
    "indicators:ask": PAGE_OF_REPORT,
    PAGE_OF_REVIEW: PAGE_OF_REVIEW,
    "indicators:claim_report": PAGE_OF_REVIEW,
    "indicators:open_evidence": PAGE_OF_REVIEW,
    "indicators:prepare_pages": PAGE_OF_REVIEW,
}
#: Long pages that are posted to where they are shown.
POSTED_TO_ITSELF = {
    "indicators:register_agreement",
    "indicators:edit_agreement",
    "indicators:agreed_targets",
    "indicators:agreed_duties",
    "indicators:agreed_deadlines",
    "indicators:agreed_weights",
    "indicators:sign_assessment",
    "indicators:propose",
    "indicators:record_cause",
    "indicators:mend_cause",
    "reports:write_plan_texts",
    "reports:write_axis_texts",
}


class SessionLimitsMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            _apply_limits(request)
        return self.get_response(request)


class LoginMiddleware(LoginRequiredMiddleware):
    """Demands a login for every page. A script is told so; a form that came too late too, and its text is kept where
    its page can show it again. Otherwise the person starts at the home page: many addresses of forms can only be
    posted to."""

    def handle_no_permission(self, request, view_func):
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"message": "Su sesión terminó."}, status=401)
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        page = _page_of_form(request)
        if page and late_forms.keep(request, page):
            messages.warning(request, TEXT_KEPT)
        else:
            page = reverse("home")
            messages.warning(request, FORM_TOO_LATE)
        return redirect_to_login(page, self.get_login_url(view_func), self.get_redirect_field_name(view_func))


def _page_of_form(request) -> str | None:
    match = request.resolver_match
    if match.view_name in POSTED_TO_ITSELF:
        return request.path
    page = PAGE_OF.get(match.view_name)
    return reverse(page, args=[match.kwargs["pk"]]) if page else None


def _apply_limits(request) -> None:
    now = int(time.time())
    started = request.session.setdefault(STARTED, now)
    if now - started > settings.SESSION_ABSOLUTE_AGE:
        with transaction.atomic():
            record(Verb.LOGGED_OUT, request.user, by=request.user, address=address_of(request), expired=True)
            logout(request)
    elif now - request.session.get(SEEN, 0) >= RENEW_AFTER_SECONDS:
        request.session[SEEN] = now
