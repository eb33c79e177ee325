"""Which edition is this file? Told by its SHA-256 alone, so that nobody has to hand it in."""

from dataclasses import dataclass

from reports.models import IssuedReport, SignedCopy


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the file with the digest `sha256` is, beside the edition that was `asked` for, if any.

    `found` is the edition of which it is the emitted file, or a signed copy.
    """

    sha256: str
    asked: IssuedReport | None
    found: IssuedReport | None
    is_signed: bool = False

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
    return Comparison(sha256, asked, signed.edition if signed else None, is_signed=True)
