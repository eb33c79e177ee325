"""What an edition told, from its snapshot alone: never from the records that it was gathered from."""

from reports.facts.freezing import Facts, digest, thaw, thaw_sheet
from reports.facts.parts import LogHead
from reports.models import IssuedReport


class AlteredSnapshotError(Exception):
    """What was frozen is no longer what its digest says; nothing may be told from it."""


def frozen_facts(edition: IssuedReport) -> Facts:
    """Raises AlteredSnapshotError."""
    return thaw(_content(edition), edition.kind)


def log_head(edition: IssuedReport) -> LogHead | None:
    """The head of the log that an edition prints. None before there were heads, and where the snapshot was altered."""
    try:
        return thaw_sheet(_content(edition)).log_head
    except AlteredSnapshotError:
        return None


def _content(edition: IssuedReport) -> str:
    content = edition.snapshot.content
    if digest(content) != edition.snapshot.sha256:
        raise AlteredSnapshotError
    return content
