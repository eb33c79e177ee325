"""Pages of the house itself: the start page by role, the health page and the error pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mitp_portal import health as checks
from mitp_portal import navigation


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    url_name = navigation.start_page(request.user)
    return redirect(url_name) if url_name else render(request, "home.html")


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """What works and what is down, for a monitor: 200, or 503 where a part is down. No versions, no details."""
    parts = checks.check_all()
    words = {name: "bien" if works else "con fallas" for name, works in parts.items()}
    return JsonResponse(words, status=200 if all(parts.values()) else 503)


# Bad requests fail before anybody is known, and a server error may be the data themselves: both pages are drawn without
# the request, so that they have neither menu nor banner.
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("500.html"), status=500)
