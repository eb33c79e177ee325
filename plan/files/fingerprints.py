"""What is the SHA-256 of a file that is sent to be recognised? The bytes pass through and are kept nowhere."""

import hashlib
import io
from collections.abc import Callable
from functools import wraps

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from plan.files.limits import MAX_SENT_BYTES, MEGABYTE

#: What a form adds around its file.
ENVELOPE_BYTES = 64 * 1024

View = Callable[..., HttpResponseBase]


class PassedFile(UploadedFile):
    """A file of which only name, size in bytes and `sha256` (hex) are left."""

    def __init__(self, name: str | None, size: int, sha256: str):
        super().__init__(io.BytesIO(), name, size=size)
        self.sha256 = sha256


class FingerprintHandler(FileUploadHandler):
    """Takes the digest of each piece as it arrives. What is announced as too large is not looked at."""

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        if self.request is not None and is_too_large(self.request):
            # A little too much is read to its end, so that the browser waits for the answer that says so.
            raise StopUpload(connection_reset=_announced(self.request) > 2 * MAX_SENT_BYTES)
        self.digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.digest.update(raw_data)

    def file_complete(self, file_size: int) -> PassedFile:
        return PassedFile(self.file_name, file_size, self.digest.hexdigest())


def fingerprints_only(view: View) -> View:
    """Uploads to this view become `PassedFile`s. The token of the form is checked after the bytes are provided for:
    checking it reads the request."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def received(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        request.upload_handlers = [FingerprintHandler(request)]
        return protected(request, *args, **kwargs)

    return received


def is_too_large(request: HttpRequest) -> bool:
    return _announced(request) > MAX_SENT_BYTES + ENVELOPE_BYTES


def _announced(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


TOO_LARGE_TO_COMPARE = f"El archivo pesa más de {MAX_SENT_BYTES // MEGABYTE} MB: ningún PDF de una edición pesa tanto."
