"""How long a session lives: idle limit (SESSION_COOKIE_AGE) and absolute limit (SESSION_ABSOLUTE_AGE)."""

import time

from django.conf import settings
from django.contrib.auth import logout

STARTED = "session_started"
SEEN = "session_seen"
#: Renewing the idle limit writes the session; once a minute is enough.
RENEW_AFTER_SECONDS = 60


class SessionLimitsMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            _apply_limits(request)
        return self.get_response(request)


def _apply_limits(request) -> None:
    now = int(time.time())
    started = request.session.setdefault(STARTED, now)
    if now - started > settings.SESSION_ABSOLUTE_AGE:
        logout(request)
    elif now - request.session.get(SEEN, 0) >= RENEW_AFTER_SECONDS:
        request.session[SEEN] = now
