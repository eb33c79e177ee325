"""One ZIP with all that belongs to an edition: its PDF, what came back signed, its data, and their digests."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from zipfile import ZIP_STORED, ZipFile

from plan.files.storage import open_stored
from reports.editions.frozen import frozen_facts
from reports.exports.about import metadata
from reports.exports.documents import FORMATS
from reports.exports.zips import entry
from reports.facts.freezing import Facts
from reports.models import IssuedReport

#: What is larger than this waits on the disk.
IN_MEMORY = 8 * 1024 * 1024
BLOCK = 256 * 1024
Spool = SpooledTemporaryFile[bytes]
README, MANIFEST = "LEEME.txt", "MANIFIESTO.txt"


class AlteredFileError(Exception):
    """A stored file is no longer what its digest says; it may not be handed out as the edition."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file by the name that it bears in the archive, and the digest that it must have."""

    name: str
    storage_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Archive:
    """The ZIP at its beginning, and the digest of each of its files by name."""

    file: Spool
    digests: dict[str, str]


def archive_of(edition: IssuedReport) -> Archive:
    """The ZIP of a printed edition: the same bytes until another signed copy is kept beside it.

    Raises AlteredSnapshotError, AlteredFileError, StorageUnavailable.
    """
    facts = frozen_facts(edition)
    file: Spool = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    try:
        digests = _fill(file, edition, facts)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return Archive(file, digests)


def _fill(file: Spool, edition: IssuedReport, facts: Facts) -> dict[str, str]:
    dated_at = facts.result.known_at
    digests: dict[str, str] = {}
    with ZipFile(file, "w") as archive:
        for kept in _kept(edition):
            digests[kept.name] = _copy(archive, kept, dated_at)
        for name, content in _written(edition, facts):
            archive.writestr(entry(name, dated_at), content)
            digests[name] = hashlib.sha256(content).hexdigest()
        manifest = _manifest(digests)
        archive.writestr(entry(MANIFEST, dated_at), manifest)
    return digests | {MANIFEST: hashlib.sha256(manifest).hexdigest()}


def data_name(edition: IssuedReport, extension: str) -> str:
    """How the data of an edition are called, downloaded alone or in the archive."""
    return f"{edition.folio}-datos.{extension}"


def _kept(edition: IssuedReport) -> Iterator[Kept]:
    yield Kept(edition.file_name, edition.storage_name, edition.sha256)
    copies = edition.signed_copies.order_by("added_at", "pk")
    for number, copy in enumerate(copies, start=1):
        yield Kept(f"{edition.folio}-firmado-{number}.pdf", copy.storage_name, copy.sha256)


def _copy(archive: ZipFile, kept: Kept, dated_at: datetime) -> str:
    """The digest of what was copied, block by block. A PDF is compressed already."""
    sha256 = hashlib.sha256()
    with open_stored(kept.storage_name) as source, archive.open(entry(kept.name, dated_at, ZIP_STORED), "w") as target:
        while block := source.read(BLOCK):
            sha256.update(block)
            target.write(block)
    if sha256.hexdigest() != kept.sha256:
        raise AlteredFileError
    return kept.sha256


def _written(edition: IssuedReport, facts: Facts) -> Iterator[tuple[str, bytes]]:
    fingerprint = edition.snapshot.sha256
    for extension, written in FORMATS.items():
        yield data_name(edition, extension), written.write(facts, fingerprint)
    yield README, _readme(facts, fingerprint)


def _readme(facts: Facts, fingerprint: str) -> bytes:
    lines = [f"{name}: {text}" for name, text in metadata(facts, fingerprint)]
    closing = (
        f"{MANIFEST} lleva la huella SHA-256 de cada archivo; se comprueba con «sha256sum -c {MANIFEST}».",
        "Si la edición sigue vigente lo dice la página de verificación: este archivo no puede saberlo.",
    )
    return "\n".join([*lines, "", *closing, ""]).encode()


def _manifest(digests: dict[str, str]) -> bytes:
    """As `sha256sum -c` reads it."""
    return "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(digests.items())).encode()
