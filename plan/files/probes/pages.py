"""What the probes that draw pages share: how a page becomes an image, and when a file has been drawn enough.

Each answers `total`, the pages that the file has, and `pages`, the first of them: width, height, and a JPEG in base64.
"""

import base64
import codecs
import io
import time
from collections.abc import Iterable
from typing import Any

from PIL import Image

from plan.files.limits import MAX_PAGE_HEIGHT, MAX_PAGES, MAX_PAGES_BYTES, PAGE_WIDTH, RENDERING_SECONDS

# Half of the time is for the pages: a slow document is shown in part rather than not at all.
DRAW_UNTIL = RENDERING_SECONDS / 2
QUALITY = 72
# Once the process is bounded no file is opened, and both read their parts from files.
Image.init()
for _encoding in ("utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1", "cp437"):
    codecs.lookup(_encoding)


def drawn(pages: Iterable[Image.Image], total: int | None = None) -> dict[str, Any]:
    """The answer of a probe: as many of the pages as fit within the bounds. Without `total` these are all."""
    images: list[dict[str, Any]] = []
    remaining = MAX_PAGES_BYTES
    for page in pages:
        content = _jpeg(page)
        remaining -= len(content)
        if remaining < 0:
            break
        images.append({"width": page.width, "height": page.height, "image": base64.b64encode(content).decode()})
        if len(images) == MAX_PAGES or time.process_time() > DRAW_UNTIL:
            break
    return {"problem": None, "total": len(images) if total is None else total, "pages": images}


def scale_for(width: float, height: float) -> float:
    """By how much a page is drawn larger or smaller to be as wide as a screen, and no taller than allowed."""
    return min(PAGE_WIDTH / max(width, 1), MAX_PAGE_HEIGHT / max(height, 1))


def _jpeg(page: Image.Image) -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()
