"""The copy that comes back signed: the file that was emitted, and after it what the signature added.

The portal makes sure of that and of no more: whether the signature is good, and whose it is, says a reader of
signatures. A tool that writes the file anew, instead of adding to it, leaves nothing that could be compared.
"""

from typing import IO

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from plan import audit
from plan.enums import Verb
from plan.files.checks import check_upload
from plan.files.errors import FileRejected
from plan.files.limits import MAX_SENT_BYTES
from plan.files.storage import discard, open_stored, store
from plan.models import User
from reports.models import IssuedReport, SignedCopy

PIECE = 64 * 1024
#: The entry that every signature of a PDF has, written in the open (ISO 32000-1, 12.8.1).
SIGNATURE_MARK = b"/ByteRange"

NOT_PRINTED = "Esta edición todavía no está impresa: no hay archivo que firmar."
ANNULLED = "Esta edición fue anulada: ya no se le agregan copias firmadas."
ALREADY_KEPT = "Esta copia firmada ya está guardada."
REWRITTEN = (
    "Este archivo no contiene el que se emitió. Firme el PDF descargado de esta página, sin imprimirlo ni guardarlo "
    "de nuevo: si el programa de firma reescribe el archivo en vez de agregarle la firma, use otro."
)
UNSIGNED = "Este archivo contiene el que se emitió, pero no trae ninguna firma electrónica."


def add_signed_copy(edition: IssuedReport, upload: UploadedFile, *, by: User, address: str | None = None) -> SignedCopy:
    """Keep the signed file beside its edition. Raises FileError with a sentence for whoever uploads it."""
    _require_open(edition)
    checked = check_upload(upload, MAX_SENT_BYTES)
    if edition.signed_copies.filter(sha256=checked.sha256).exists():
        raise FileRejected(ALREADY_KEPT)
    with open_stored(edition.storage_name) as emitted:
        problem = problem_of(upload, emitted)
    if problem:
        raise FileRejected(problem)
    upload.seek(0)
    name = store(upload, checked.sha256)
    try:
        return _keep(edition, name, checked.sha256, checked.size, by, address)
    except IntegrityError as error:
        discard(name)
        raise FileRejected(ALREADY_KEPT) from error
    except Exception:
        discard(name)
        raise


def _require_open(edition: IssuedReport) -> None:
    if not edition.takes_signed_copies:
        raise FileRejected(ANNULLED if edition.is_annulled else NOT_PRINTED)


def problem_of(signed: File, emitted: File) -> str:
    """Why `signed` is no signed copy of `emitted`, as a sentence; empty where it is one. Both are read in pieces."""
    if not _holds(signed, emitted):
        return REWRITTEN
    return "" if _goes_on_to_say(signed, SIGNATURE_MARK) else UNSIGNED


def _holds(signed: IO[bytes], emitted: IO[bytes]) -> bool:
    """Whether the emitted bytes are the first revision of the signed file, which is left read up to their end."""
    signed.seek(0)
    emitted.seek(0)
    while piece := emitted.read(PIECE):
        if signed.read(len(piece)) != piece:
            return False
    return True


def _goes_on_to_say(file: IO[bytes], mark: bytes) -> bool:
    end = b""
    while piece := file.read(PIECE):
        if mark in end + piece:
            return True
        end = piece[-len(mark) :]
    return False


def _keep(edition: IssuedReport, name: str, sha256: str, size: int, by: User, address: str | None) -> SignedCopy:
    with transaction.atomic():
        # A large file takes its time: meanwhile the edition may have been annulled.
        _require_open(IssuedReport.objects.select_for_update().get(pk=edition.pk))
        copy = SignedCopy.objects.create(edition=edition, storage_name=name, sha256=sha256, size=size, added_by=by)
        audit.record(Verb.UPLOADED, edition, by=by, address=address, folio=edition.folio, hash=sha256)
    return copy
