"""Which kinds of file are accepted, and does the content agree with the extension?"""

from dataclasses import dataclass
from enum import Enum

import filetype

from plan.files.errors import FileRejected


class Family(Enum):
    """Kinds that are inspected in the same way."""

    PDF = "pdf"
    OFFICE = "office"
    IMAGE = "image"
    TEXT = "text"


@dataclass(frozen=True)
class Kind:
    """One accepted kind of file: its extension, the content type it is served with, its family."""

    extension: str
    content_type: str
    family: Family


ZIP_CONTENT_TYPE = "application/zip"
OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"

KINDS = {
    kind.extension: kind
    for kind in (
        Kind("pdf", "application/pdf", Family.PDF),
        Kind("docx", f"{OOXML}.wordprocessingml.document", Family.OFFICE),
        Kind("xlsx", f"{OOXML}.spreadsheetml.sheet", Family.OFFICE),
        Kind("odt", f"{ODF}.text", Family.OFFICE),
        Kind("ods", f"{ODF}.spreadsheet", Family.OFFICE),
        Kind("png", "image/png", Family.IMAGE),
        Kind("jpg", "image/jpeg", Family.IMAGE),
        Kind("jpeg", "image/jpeg", Family.IMAGE),
        Kind("csv", "text/csv", Family.TEXT),
    )
}
CONTENT_TYPES = frozenset(kind.content_type for kind in KINDS.values())
ACCEPTED_LIST = "PDF, DOCX, XLSX, ODT, ODS, PNG, JPG o CSV"


def kind_for(extension: str) -> Kind:
    """The accepted kind with this lower-case extension; FileRejected if it is none of ours."""
    kind = KINDS.get(extension)
    if kind is None:
        raise FileRejected(f"Este tipo de archivo no se acepta; suba un archivo {ACCEPTED_LIST}.")
    return kind


def require_content_of(kind: Kind, content: bytes) -> None:
    """FileRejected unless `content` begins as a file of `kind` does (text has no beginning: see `texts`)."""
    accepted = {kind.content_type}
    if kind.family is Family.OFFICE:
        # The order of the members decides whether an office file is recognised; `archives` reads which one it is.
        accepted.add(ZIP_CONTENT_TYPE)
    if kind.family is not Family.TEXT and filetype.guess_mime(content) not in accepted:
        raise mismatch(kind)


def mismatch(kind: Kind) -> FileRejected:
    """The refusal of a file whose content is not what its extension says."""
    return FileRejected(
        f"El contenido del archivo no corresponde a su extensión «.{kind.extension}»; "
        "ábralo en su programa y guárdelo de nuevo en ese formato."
    )
