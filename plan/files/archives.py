"""Is this office file (a zip of XML) what it says, of bounded size, and without macros?

The headers are read and judged before any member is unpacked; then every member is unpacked once, in small
pieces and nowhere kept, so that a damaged one or one that lies about its size is noticed.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from plan.files.errors import FileRejected
from plan.files.kinds import Kind, mismatch
from plan.files.limits import MAX_ARCHIVE_MEMBERS, MAX_PACKING_RATIO, MAX_UNPACKED_BYTES

CENTRAL_HEADER = b"PK\x01\x02"
ENCRYPTED_FLAG = 0x1
PIECE = 64 * 1024
MAX_INDEX_BYTES = 1024 * 1024

# The member that tells which office file this is, and what it must hold.
IDENTITIES = {
    "docx": ("[Content_Types].xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("[Content_Types].xml", b"spreadsheetml.sheet.main+xml"),
    "odt": ("mimetype", b"application/vnd.oasis.opendocument.text"),
    "ods": ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
}
MACRO_NAME = re.compile(
    r"vba(project|data)|(^|/)(macrosheets|activex|basic|scripts)/|\.(docm|dotm|xlsm|xltm|xlam|pptm)$", re.IGNORECASE
)
PROGRAM_NAME = re.compile(r"\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jar|msi|lnk|hta|html?)$", re.IGNORECASE)
MACRO_INDEX = (b"macroenabled", b"vbaproject")
# OLE containers hold macros and packed programs; MZ and ELF are programs.
PROGRAM_SIGNATURES = (b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF")

DAMAGED = "El archivo está dañado; ábralo en su programa, guárdelo de nuevo y vuelva a subirlo."
TOO_LARGE_UNPACKED = "El archivo se descomprime a un tamaño desmedido y no se acepta; guarde una versión más simple."
STRANGE = "El archivo tiene una estructura interna anómala y no se acepta; guárdelo de nuevo desde su programa."
ENCRYPTED = "El archivo está protegido con contraseña; quite la protección y súbalo de nuevo."
MACROS = "El archivo contiene macros; guárdelo sin macros y súbalo de nuevo."
EMBEDDED = "El archivo lleva otro archivo o programa incrustado; quítelo y suba el documento solo."


def check_archive(kind: Kind, content: bytes) -> None:
    """FileRejected unless `content` is a sound office file of `kind`, bounded when unpacked and without macros."""
    with opened_archive(content) as archive:
        members = archive.infolist()
        _check_sizes(members, len(content))
        _check_headers(members)
        _check_identity(kind, archive)
        for member in members:
            _check_member(archive, member)


@contextmanager
def opened_archive(content: bytes) -> Iterator[zipfile.ZipFile]:
    """The zip file in `content`; whatever is wrong with it while it is used becomes FileRejected."""
    # Each member costs memory as soon as the list of members is read: count them first.
    if content.count(CENTRAL_HEADER) > MAX_ARCHIVE_MEMBERS:
        raise FileRejected(TOO_LARGE_UNPACKED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise FileRejected(DAMAGED) from error


def is_also_archive(content: bytes) -> bool:
    """Whether a file of another kind can be read as a zip file as well."""
    return zipfile.is_zipfile(io.BytesIO(content))


def _check_sizes(members: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    unpacked_bytes = sum(member.file_size for member in members)
    if unpacked_bytes > MAX_UNPACKED_BYTES or unpacked_bytes > packed_bytes * MAX_PACKING_RATIO:
        raise FileRejected(TOO_LARGE_UNPACKED)
    # Members that share bytes are how a small file unpacks to petabytes.
    if sum(member.compress_size for member in members) > packed_bytes:
        raise FileRejected(TOO_LARGE_UNPACKED)


def _check_headers(members: list[zipfile.ZipInfo]) -> None:
    names = [member.orig_filename for member in members]
    if len(set(names)) != len(names) or any(map(_leaves_its_folder, names)):
        raise FileRejected(STRANGE)
    if any(member.flag_bits & ENCRYPTED_FLAG for member in members):
        raise FileRejected(ENCRYPTED)
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        raise FileRejected(STRANGE)
    if any(map(MACRO_NAME.search, names)):
        raise FileRejected(MACROS)
    if any(map(PROGRAM_NAME.search, names)):
        raise FileRejected(EMBEDDED)


def _leaves_its_folder(name: str) -> bool:
    path = name.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or ":" in path or "\0" in path


def _check_identity(kind: Kind, archive: zipfile.ZipFile) -> None:
    member, expected = IDENTITIES[kind.extension]
    index = _read_index(archive, member)
    if any(word in index.lower() for word in MACRO_INDEX):
        raise FileRejected(MACROS)
    is_that_kind = index.strip() == expected if member == "mimetype" else expected in index
    if not is_that_kind:
        raise mismatch(kind)
    if b"encryption-data" in _read_index(archive, "META-INF/manifest.xml"):
        raise FileRejected(ENCRYPTED)


def _read_index(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    with archive.open(name) as member:
        return member.read(MAX_INDEX_BYTES)


def _check_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    with archive.open(info) as member:
        if member.read(PIECE).startswith(PROGRAM_SIGNATURES):
            raise FileRejected(EMBEDDED)
        while member.read(PIECE):
            pass
