"""Is this paper what the secretaría ejecutiva emitted, and does it still hold? For anybody, without login."""

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from plan.files.fingerprints import fingerprints_only, is_too_large
from reports.editions.frozen import log_head
from reports.editions.identifying import compare
from reports.forms.verification import CodeForm, FingerprintForm, SentFileForm
from reports.models import IssuedReport
from reports.models.editions import CODE_LENGTH, code_text, plain_code


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@rate_limit(action="verification")
@fingerprints_only
def verify_any(request: HttpRequest) -> HttpResponse:
    """Somebody has a code, or a file without knowing of which edition."""
    code_form = CodeForm(request.GET if "codigo" in request.GET else None)
    if code_form.is_valid():
        return redirect("reports:verify", code_form.cleaned_data["code"])
    return _page(request, "reports/verification/start.html", code_form=code_form)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@rate_limit(action="verification")
@fingerprints_only
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of the edition with this code. One that is unknown is told so, with status 404."""
    found = IssuedReport.objects.with_code(code).select_related("replacement", "replaces", "snapshot")
    edition = found.prefetch_related("signed_copies").first()
    if edition is None:
        return _unknown(request, plain_code(code))
    return _page(request, "reports/verification/edition.html", edition)


def _page(request: HttpRequest, template: str, edition: IssuedReport | None = None, **context) -> HttpResponse:
    """With what a file that was sent, or whose digest was, is found to be."""
    form: SentFileForm | FingerprintForm
    sent = SentFileForm()
    if request.method == "POST":
        form = sent = SentFileForm(request.POST, request.FILES, is_too_large=is_too_large(request))
        sha256 = form.cleaned_data["file"].sha256 if form.is_valid() else ""
    else:
        form = FingerprintForm(request.GET if "huella" in request.GET else None)
        sha256 = form.cleaned_data["fingerprint"] if form.is_valid() else ""
    context |= {
        "edition": edition,
        "log_head": log_head(edition) if edition else None,
        "file_form": sent,
        "wrong_fingerprint": form.errors.get("fingerprint"),
        "comparison": compare(sha256, edition) if sha256 else None,
    }
    return render(request, template, context, status=422 if sent.errors else 200)


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    context = {"code": code_text(code) if len(code) == CODE_LENGTH else "", "code_form": CodeForm()}
    return render(request, "reports/verification/unknown.html", context, status=404)
