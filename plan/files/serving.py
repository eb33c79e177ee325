"""How does a stored file leave the portal? As a download, or as the image of a page; inert, and kept by no cache."""

from django.http import FileResponse

from plan.files.kinds import CONTENT_TYPES
from plan.files.storage import open_stored

PAGE_CONTENT_TYPE = "image/jpeg"
UNKNOWN_CONTENT_TYPE = "application/octet-stream"


def serve(storage_name: str, display_name: str, content_type: str) -> FileResponse:
    """The stored file as an attachment called `display_name` (RFC 5987, so ñ survives).

    Who may read it and the entry in the log are the view's business. StorageUnavailable if it cannot be read.
    """
    response = FileResponse(
        open_stored(storage_name),
        as_attachment=True,
        filename=display_name,
        content_type=content_type if content_type in CONTENT_TYPES else UNKNOWN_CONTENT_TYPE,
    )
    return _inert(response)


def serve_page(storage_name: str) -> FileResponse:
    """The image of one page, to be shown in place; otherwise as `serve`."""
    return _inert(FileResponse(open_stored(storage_name), content_type=PAGE_CONTENT_TYPE))


def _inert(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
