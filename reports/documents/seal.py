"""What a reader needs to make sure that an edition is what it says: folio, code, address as QR, digest of its data."""

from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe

from reports.facts.parts import AnnualFacts, AxisFacts, EditionSheet

QR_TITLE = "Código QR que lleva a la página de verificación de esta edición"


@dataclass(frozen=True, slots=True)
class Seal:
    """`fingerprint` is the SHA-256 of the snapshot, in hexadecimal."""

    edition: EditionSheet
    fingerprint: str

    @property
    def qr(self) -> SafeString:
        """The address of the verification page as inline SVG; its only input is that address."""
        code = segno.make(self.edition.verify_url, error="m", micro=False)
        return mark_safe(code.svg_inline(border=0, title=QR_TITLE, svgclass="qr", lineclass=None, omitsize=True))  # noqa: S308


def seal_of(facts: AxisFacts | AnnualFacts, fingerprint: str) -> Seal | None:
    """None for a draft, which nobody has to verify."""
    return Seal(facts.edition, fingerprint) if facts.edition else None
