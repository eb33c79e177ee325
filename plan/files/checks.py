"""May this upload be kept, and what is it? The one door for every file that a user hands in."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from plan.files.archives import check_archive, is_also_archive
from plan.files.errors import FileRejected
from plan.files.isolation import inspect_apart
from plan.files.kinds import Family, Kind, kind_for, mismatch, require_content_of
from plan.files.limits import MAX_FILE_BYTES, MEGABYTE
from plan.files.names import clean_display_name, extension_of
from plan.files.office_text import read_office_text
from plan.files.personal_data import PersonalData, find_personal_data
from plan.files.texts import read_text

EMPTY = "El archivo está vacío; elija otro."


def too_large(max_bytes: int) -> str:
    return f"El archivo pesa más de {max_bytes // MEGABYTE} MB; súbalo dividido o comprima sus imágenes."


TOO_LARGE = too_large(MAX_FILE_BYTES)


@dataclass(frozen=True)
class Inspection:
    """What the inspection of one family of files learns about the content."""

    personal_data: PersonalData
    pages: int | None = None
    pixels: tuple[int, int] | None = None


@dataclass(frozen=True)
class CheckedFile:
    """An upload that may be kept: sizes in bytes, `sha256` in hex, `pixels` as (width, height), PDF `pages`."""

    display_name: str
    extension: str
    content_type: str
    size: int
    sha256: str
    personal_data: PersonalData
    pages: int | None
    pixels: tuple[int, int] | None


def check_upload(upload: UploadedFile, max_bytes: int = MAX_FILE_BYTES) -> CheckedFile:
    """What the upload is, from its content and our own tables; FileRejected with a sentence for the user if it may
    not be kept (SECURITY, Evidence files). Leaves the upload rewound, ready for `storage.store`."""
    display_name = clean_display_name(upload.name or "")
    extension = extension_of(display_name)
    kind = kind_for(extension)
    content = _read_bounded(upload, max_bytes)
    require_content_of(kind, content)
    inspection = INSPECTIONS[kind.family](kind, content)
    return CheckedFile(
        display_name=display_name,
        extension=extension,
        content_type=kind.content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        personal_data=inspection.personal_data,
        pages=inspection.pages,
        pixels=inspection.pixels,
    )


def _read_bounded(upload: UploadedFile, max_bytes: int) -> bytes:
    upload.seek(0)
    # One byte more than allowed: the announced size is not trusted.
    content = upload.read(max_bytes + 1)
    upload.seek(0)
    if not content:
        raise FileRejected(EMPTY)
    if len(content) > max_bytes:
        raise FileRejected(too_large(max_bytes))
    return content


def _inspect_text(kind: Kind, content: bytes) -> Inspection:
    return Inspection(find_personal_data(read_text(content)))


def _inspect_office(kind: Kind, content: bytes) -> Inspection:
    check_archive(kind, content)
    found = read_office_text(content)
    return Inspection(find_personal_data(found.text, searched_in_full=found.is_whole))


def _inspect_pdf(kind: Kind, content: bytes) -> Inspection:
    _refuse_double_reading(kind, content)
    seen = inspect_apart("pdf", content)
    return Inspection(find_personal_data(seen["text"], searched_in_full=seen["is_whole"]), pages=seen["pages"])


def _inspect_image(kind: Kind, content: bytes) -> Inspection:
    _refuse_double_reading(kind, content)
    seen = inspect_apart("image", content)
    unread = find_personal_data("", searched_in_full=False)
    return Inspection(unread, pixels=(seen["width"], seen["height"]))


def _refuse_double_reading(kind: Kind, content: bytes) -> None:
    if is_also_archive(content):
        raise mismatch(kind)


INSPECTIONS: dict[Family, Callable[[Kind, bytes], Inspection]] = {
    Family.TEXT: _inspect_text,
    Family.OFFICE: _inspect_office,
    Family.PDF: _inspect_pdf,
    Family.IMAGE: _inspect_image,
}
