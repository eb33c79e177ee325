"""What an edition told, from its snapshot alone: never from the records that it was gathered from."""

from reports.facts.freezing import Facts, digest, thaw
from reports.models import IssuedReport


class AlteredSnapshotError(Exception):
    """What was frozen is no longer what its digest says; nothing may be told from it."""


def frozen_facts(edition: IssuedReport) -> Facts:
    """Raises AlteredSnapshotError."""
    content = edition.snapshot.content
    if digest(content) != edition.snapshot.sha256:
        raise AlteredSnapshotError
    return thaw(content, edition.kind)
