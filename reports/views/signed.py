"""Signed copies: taken from the secretaría ejecutiva, handed to whoever reads the edition."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from plan import access, audit
from plan.enums import Verb
from plan.files.errors import FileError, StorageUnavailable
from plan.files.serving import serve
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from reports.editions.signing import add_signed_copy
from reports.forms.signing import SignedCopyForm
from reports.views.editions import PDF_CONTENT_TYPE, edition_page, visible_edition


@require_http_methods(["GET", "POST"])
@role_required(access.is_executive)
def add_signed(request: PortalRequest, folio: str) -> HttpResponse:
    """Keep the file that came back signed; a refusal is told at its field.

    It stays at this address: whoever opens it again is led to the edition.
    """
    edition = visible_edition(request, folio)
    if request.method == "GET":
        return redirect("reports:edition", folio)
    form = SignedCopyForm(request.POST, request.FILES)
    if not form.is_valid():
        return edition_page(request, edition, form)
    try:
        add_signed_copy(edition, form.cleaned_data["file"], by=request.user, address=address_of(request))
    except FileError as error:
        form.add_error("file", error.message)
        return edition_page(request, edition, form)
    messages.success(request, f"La copia firmada de {folio} quedó guardada.")
    return redirect("reports:edition", folio)


@require_GET
@role_required(access.may_read_plan)
def download_signed(request: PortalRequest, folio: str, pk: int) -> HttpResponse | FileResponse:
    """The file as it came; every download is logged."""
    edition = visible_edition(request, folio)
    copy = get_object_or_404(edition.signed_copies, pk=pk)
    try:
        response = serve(copy.storage_name, copy.file_name, PDF_CONTENT_TYPE)
    except StorageUnavailable as error:
        messages.error(request, error.message)
        return redirect("reports:edition", folio)
    with transaction.atomic():
        audit.record(Verb.EXPORTED, edition, by=request.user, address=address_of(request), hash=copy.sha256)
    return response
