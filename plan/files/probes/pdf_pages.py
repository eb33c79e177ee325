"""What do the pages of this PDF look like?"""

from collections.abc import Iterator
from typing import Any

import pypdfium2
from PIL import Image

from plan.files.probes.confinement import DRAWING, answer_confined
from plan.files.probes.pages import drawn, scale_for


def probe_pdf_pages(content: bytes) -> dict[str, Any]:
    """The pages as images, or the problem: damaged."""
    try:
        document = pypdfium2.PdfDocument(content)
        return drawn(_pages(document), len(document))
    except (pypdfium2.PdfiumError, ValueError, RuntimeError):
        return {"problem": "damaged"}


def _pages(document: Any) -> Iterator[Image.Image]:
    for page in document:
        yield page.render(scale=scale_for(*page.get_size())).to_pil().convert("RGB")


if __name__ == "__main__":
    answer_confined(probe_pdf_pages, DRAWING)
