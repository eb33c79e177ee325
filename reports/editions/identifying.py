"""Which edition is this file? Told by its SHA-256 alone, so that nobody has to hand it in.

The PDF of an edition and its signed copies are kept with their digests. Its data and its archive are written anew
for each download, and another release may write them otherwise: the log has the digest of every one handed out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from plan.enums import Verb
from plan.models import AuditEntry
from reports.editions.archive import MANIFEST, README
from reports.enums import FileKind
from reports.exports.documents import FORMATS
from reports.models import IssuedReport, SignedCopy

#: Words of the log: the digest of the file that was handed out, and the format of an archive. Those of the data
#: within the archive stand under their extensions, those of what guides through it under these.
HANDED, ARCHIVE = "hash", "zip"
GUIDES = {"readme": README, "manifest": MANIFEST}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the file with the digest `sha256` is, beside the edition that was `asked` for, if any.

    `found` is the edition to which it belongs, as a file of this `kind`; None where it is of none.
    """

    sha256: str
    asked: IssuedReport | None
    found: IssuedReport | None
    kind: FileKind = FileKind.EMITTED

    @property
    def is_other(self) -> bool:
        return None not in (self.asked, self.found) and self.asked != self.found

    @property
    def holds(self) -> bool:
        """Whether the file is what was asked for, and is in force."""
        return self.found is not None and not self.is_other and self.found.is_in_force


def compare(sha256: str, asked: IssuedReport | None = None) -> Comparison:
    """`sha256` in lower-case hexadecimal."""
    emitted = IssuedReport.objects.filter(sha256=sha256).select_related("replacement").first()
    if emitted:
        return Comparison(sha256, asked, emitted)
    signed = SignedCopy.objects.filter(sha256=sha256).select_related("edition__replacement").first()
    if signed:
        return Comparison(sha256, asked, signed.edition, FileKind.SIGNED)
    return _handed_out(sha256, asked)


def _handed_out(sha256: str, asked: IssuedReport | None) -> Comparison:
    """By the log. The CSV bears no folio, and a corrected edition may have the same as the former: then the file is of
    the edition asked for, or else of one in force, or else of the newest."""
    kinds = dict(_told_of(sha256))
    editions = IssuedReport.objects.filter(pk__in=kinds).select_related("replacement")
    found = max(editions, key=lambda edition: (edition == asked, edition.is_in_force, edition.pk), default=None)
    return Comparison(sha256, asked, found, kinds[found.pk]) if found else Comparison(sha256, asked, None)


def _told_of(sha256: str) -> Iterator[tuple[int, FileKind]]:
    """The ids of the editions with which this file was handed out, and as what."""
    told = [Q(**{f"data__{word}": sha256}) for word in (HANDED, *FORMATS, *GUIDES)]
    entries = AuditEntry.objects.filter(verb=Verb.EXPORTED, object_type=IssuedReport._meta.label_lower)
    for pk, data in entries.filter(reduce(or_, told)).order_by("pk").values_list("object_id", "data"):
        yield int(pk), _kind(data, sha256)


def _kind(data: dict, sha256: str) -> FileKind:
    if data.get("format") == ARCHIVE and data[HANDED] == sha256:
        return FileKind.ARCHIVE
    return FileKind.GUIDE if sha256 in map(data.get, GUIDES) else FileKind.DATA
