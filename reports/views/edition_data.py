"""The data of an edition, beside its PDF: for whoever may read it, from its snapshot alone."""

import hashlib
import logging

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from plan import access, audit
from plan.enums import Verb
from plan.files.errors import StorageUnavailable
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from reports.editions.archive import AlteredFileError, archive_of, data_name
from reports.editions.frozen import AlteredSnapshotError, frozen_facts
from reports.editions.identifying import ARCHIVE, GUIDES, HANDED
from reports.exports.documents import FORMATS
from reports.models import IssuedReport

logger = logging.getLogger(__name__)

ZIP_CONTENT_TYPE = "application/zip"
ALTERED = "Lo guardado de esta edición no coincide con su huella y no se entrega; avise a la administración."


@require_GET
@role_required(access.may_read_plan)
def download_data(request: PortalRequest, folio: str, extension: str) -> HttpResponse:
    """One of `FORMATS`; every download is logged."""
    edition = _printed(request, folio)
    written = FORMATS[extension]
    try:
        content = written.write(frozen_facts(edition), edition.snapshot.sha256)
    except AlteredSnapshotError:
        return _refuse(request, edition)
    _record(request, edition, extension, {HANDED: hashlib.sha256(content).hexdigest()})
    name = data_name(edition, extension)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=written.content_type, headers=headers)


@require_GET
@role_required(access.may_read_plan)
def download_archive(request: PortalRequest, folio: str) -> HttpResponse | FileResponse:
    edition = _printed(request, folio)
    try:
        archive = archive_of(edition)
    except (AlteredSnapshotError, AlteredFileError):
        return _refuse(request, edition)
    except StorageUnavailable as error:
        messages.error(request, error.message)
        return redirect("reports:edition", folio)
    names = {extension: data_name(edition, extension) for extension in FORMATS} | GUIDES
    within = {word: archive.digests[name] for word, name in names.items()}
    whole = hashlib.file_digest(archive.file, "sha256").hexdigest()
    _record(request, edition, ARCHIVE, {HANDED: whole} | within)
    archive.file.seek(0)
    response = FileResponse(archive.file, as_attachment=True, filename=f"{folio}.zip", content_type=ZIP_CONTENT_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response


def _printed(request: PortalRequest, folio: str) -> IssuedReport:
    editions = IssuedReport.objects.visible_to(request.user).printed().with_folio(folio)
    return get_object_or_404(editions.select_related("snapshot"))


def _refuse(request: PortalRequest, edition: IssuedReport) -> HttpResponse:
    logger.error("What is kept of edition %s is not what its digests say", edition.folio)
    messages.error(request, ALTERED)
    return redirect("reports:edition", edition.folio)


def _record(request: PortalRequest, edition: IssuedReport, extension: str, digests: dict[str, str]) -> None:
    """By these digests whoever verifies a file finds its edition (`reports.editions.identifying`)."""
    with transaction.atomic():
        audit.record(Verb.EXPORTED, edition, by=request.user, address=address_of(request), format=extension, **digests)
