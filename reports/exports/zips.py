"""ZIP files that are the same to the byte whenever the same things are put into them."""

import io
import zipfile
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipInfo

from django.utils import timezone

READABLE = 0o644 << 16


def entry(name: str, dated_at: datetime, compression: int = ZIP_DEFLATED) -> ZipInfo:
    """A member of a ZIP that bears the age of its data, not of its making."""
    info = ZipInfo(name, timezone.localtime(dated_at).timetuple()[:6])
    info.compress_type, info.external_attr = compression, READABLE
    return info


def dated(content: bytes, dated_at: datetime, replaced: dict[str, bytes]) -> bytes:
    """A ZIP with every member dated alike, and those of `replaced` in the place of what they were."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(file, "w") as made:
        for name in found.namelist():
            made.writestr(entry(name, dated_at), replaced.get(name) or found.read(name))
    return file.getvalue()
