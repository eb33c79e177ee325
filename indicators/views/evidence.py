"""Evidence filed piece by piece while a report is written. The draft and its version stay as they are, so that no
page that is open elsewhere becomes stale."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from indicators import filing, permissions
from indicators.entry_context import entry_context
from indicators.evidence_board import EvidenceBoard
from indicators.forms.evidence import ClassificationForm, PieceForm, evidence_form_class
from indicators.models import MeansOfVerification, ProgressReport
from indicators.views.fetching import own_report_or_404
from plan import access
from plan.files.errors import FileError, StorageUnavailable
from plan.guards import role_required
from plan.http import PortalRequest, address_of


@require_POST
@role_required(access.writes_reports)
def upload_evidence(request: PortalRequest, pk: int, means_id: int) -> HttpResponse:
    """Take one file for a medio, maybe in the place of another; the answer is the medio's list of evidence.

    A file that the medio has already is a success: the answer to its first upload may have been lost on the way.
    """
    report = own_report_or_404(request.user, pk)
    means = _asked_means_or_404(report, means_id)
    form = PieceForm(report, means, request.POST, request.FILES)
    if not form.is_valid():
        return _refusal(form.first_error)
    file, replaces = form.cleaned_data["file"], form.cleaned_data["replaces"]
    try:
        filing.file_upload(report, means, file, by=request.user, address=address_of(request), replaces=replaces)
    except filing.AlreadyHereError as error:
        return _filed(request, report, means, note=error.message)
    except StorageUnavailable as error:
        return _refusal(error.message, status=503)
    except FileError as error:
        return _refusal(error.message)
    return _filed(request, report, means)


@require_POST
@role_required(access.writes_reports)
def use_stored(request: PortalRequest, pk: int, means_id: int) -> HttpResponse:
    """Let a file that the institution has already prove this medio too."""
    report = own_report_or_404(request.user, pk)
    means = _asked_means_or_404(report, means_id)
    form = evidence_form_class(means)(means, EvidenceBoard(report), data=request.POST)
    stored = form.cleaned_data.get("stored") if form.is_valid() else None
    if stored is None:
        return _refusal("Elija un archivo de la lista.")
    try:
        filing.link_stored(report, means, stored, by=request.user, address=address_of(request))
    except filing.AlreadyHereError as error:
        return _filed(request, report, means, note=error.message)
    except FileError as error:
        return _refusal(error.message)
    return _filed(request, report, means)


@require_POST
@role_required(access.writes_reports)
def classify_evidence(request: PortalRequest, pk: int, evidence_id: int) -> HttpResponse:
    """Choose who reads a file, without saving the page."""
    report = own_report_or_404(request.user, pk)
    filed = report.evidence.in_draft().filter(file__isnull=False).select_related("file", "means")
    evidence = get_object_or_404(filed, pk=evidence_id)
    form = ClassificationForm(request.POST)
    if not form.is_valid() or not permissions.may_write(request.user, report):
        return _refusal("La clasificación no se puede cambiar.")
    try:
        filing.classify(
            evidence.file, form.cleaned_data["classification"], by=request.user, address=address_of(request)
        )
    except FileError as error:
        return _refusal(error.message)
    return _filed(request, report, evidence.means)


def _asked_means_or_404(report: ProgressReport, means_id: int) -> MeansOfVerification:
    """A medio for which the institution of the report answers."""
    for means in entry_context(report).means:
        if means.pk == means_id:
            return means
    raise Http404


def _filed(request: PortalRequest, report: ProgressReport, means: MeansOfVerification, note: str = "") -> HttpResponse:
    form = evidence_form_class(means)(means, EvidenceBoard(report))
    return render(request, "indicators/entry/filed.html", {"report": report, "form": form, "note": note})


def _refusal(message: str, status: int = 422) -> HttpResponse:
    return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")
