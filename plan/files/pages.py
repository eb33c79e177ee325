"""What does a stored file look like, page by page? Images that can be shown in place of the file itself."""

import base64
from dataclasses import dataclass

from plan.files.isolation import draw_apart
from plan.files.kinds import Family, kind_for
from plan.files.names import extension_of

PROBES = {
    Family.PDF: "pdf_pages",
    Family.IMAGE: "image_pages",
    Family.OFFICE: "text_pages",
    Family.TEXT: "text_pages",
}


@dataclass(frozen=True)
class DrawnPage:
    """A JPEG and its size in pixels."""

    width: int
    height: int
    content: bytes


@dataclass(frozen=True)
class DrawnFile:
    """The first pages of a file, and how many it has."""

    total: int
    pages: list[DrawnPage]


def draw_pages(display_name: str, content: bytes) -> DrawnFile:
    """The pages of a file, drawn by a process of its own within bounds (`limits`).

    FileRejected where the file cannot be drawn, with a sentence for whoever uploads it.
    """
    drawn = draw_apart(PROBES[kind_for(extension_of(display_name)).family], content)
    pages = [DrawnPage(page["width"], page["height"], base64.b64decode(page["image"])) for page in drawn["pages"]]
    return DrawnFile(drawn["total"], pages)
