"""How long a session lives: idle limit (SESSION_COOKIE_AGE) and absolute limit (SESSION_ABSOLUTE_AGE); and what
happens to who comes without one."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse

STARTED = "session_started"
SEEN = "session_seen"
#: Renewing the idle limit writes the session; once a minute is enough.
RENEW_AFTER_SECONDS = 60
FORM_TOO_LATE = (
    "Su sesión había terminado y lo último no se guardó. Vuelva atrás en el navegador para copiar lo escrito, ingrese "
    "y péguelo."
)


class SessionLimitsMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            _apply_limits(request)
        return self.get_response(request)


class LoginMiddleware(LoginRequiredMiddleware):
    """Demands a login for every page. A form that came too late is told so, and after the login the person starts at
    the home page: many addresses of forms can only be posted to."""

    def handle_no_permission(self, request, view_func):
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        messages.warning(request, FORM_TOO_LATE)
        field = self.get_redirect_field_name(view_func)
        return redirect_to_login(reverse("home"), self.get_login_url(view_func), field)


def _apply_limits(request) -> None:
    now = int(time.time())
    started = request.session.setdefault(STARTED, now)
    if now - started > settings.SESSION_ABSOLUTE_AGE:
        logout(request)
    elif now - request.session.get(SEEN, 0) >= RENEW_AFTER_SECONDS:
        request.session[SEEN] = now
