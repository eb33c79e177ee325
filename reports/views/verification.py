"""Is this paper what the secretaría ejecutiva emitted, and does it still hold? For anybody, without login."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from reports.models import IssuedReport


@never_cache
@require_GET
@login_not_required
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of the edition with this code. One that is unknown is told so, with status 404."""
    edition = IssuedReport.objects.with_code(code).select_related("plan", "replaces", "replacement").first()
    status = 200 if edition else 404
    return render(request, "reports/verification/page.html", {"edition": edition, "code": code}, status=status)
