"""The pages of evidence as images: seeing one, opening those of a reserved file, having them drawn."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from indicators import previews
from indicators.models import StoredFile
from indicators.unveiling import may_see_pages, note_view, open_pages
from indicators.views.review_page import back_to_review, reviewable_report
from plan import access
from plan.files.errors import StorageUnavailable
from plan.files.serving import serve_page
from plan.guards import role_required
from plan.http import PortalRequest, address_of


@require_GET
@role_required(access.may_read_plan)
def page_image(request: PortalRequest, public_id, number: int) -> HttpResponse | FileResponse:
    """The image of a page, to those who may read the file; a reserved one must have been opened."""
    file = get_object_or_404(StoredFile.objects.visible_to(request.user), public_id=public_id, erased_at=None)
    if not may_see_pages(file, request.session):
        raise Http404
    page = get_object_or_404(file.pages, number=number)
    try:
        response = serve_page(page.storage_name)
    except StorageUnavailable as error:
        raise Http404 from error
    note_view(file, by=request.user, address=address_of(request))
    return response


@require_POST
@role_required(access.is_technical)
def open_evidence(request: PortalRequest, pk: int, evidence_id: int) -> HttpResponse:
    """Open the pages of a reserved file, deliberately."""
    report = reviewable_report(request, pk)
    if isinstance(report, HttpResponse):
        return report
    readable = StoredFile.objects.visible_to(request.user).filter(evidence__report=report, erased_at=None)
    file = get_object_or_404(readable, evidence=evidence_id)
    open_pages(file, request.session, by=request.user, address=address_of(request))
    return back_to_review(request, pk)


@require_POST
@role_required(access.is_technical)
def prepare_pages(request: PortalRequest, pk: int) -> HttpResponse:
    """Have the pages drawn that are missing."""
    report = reviewable_report(request, pk)
    if isinstance(report, HttpResponse):
        return report
    previews.prepare(report.latest_submission.pk)
    return back_to_review(request, pk)
