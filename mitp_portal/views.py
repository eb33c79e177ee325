"""Pages of the house itself: the start page by role, the health page and the error pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render


def home(request):
    return render(request, "base.html")


@login_not_required
def health(request):
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def bad_request(request, exception):
    return render(request, "400.html", status=400)


@login_not_required
def permission_denied(request, exception):
    return render(request, "403.html", status=403)


@login_not_required
def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


@login_not_required
def page_not_found(request, exception):
    return render(request, "404.html", status=404)


@login_not_required
def server_error(request):
    return render(request, "500.html", status=500)
