"""What does this image look like, as wide as a screen?"""

import io
import warnings
from typing import Any

from PIL import Image, ImageOps

from plan.files.limits import MAX_PAGE_HEIGHT, PAGE_WIDTH
from plan.files.probes.confinement import DRAWING, answer_confined
from plan.files.probes.pages import drawn


def probe_image_page(content: bytes) -> dict[str, Any]:
    """One page, turned as the camera was held and without what the file tells of place and time; or: damaged."""
    # Its pixels were counted when it was uploaded, against a stricter limit.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            return drawn([_on_paper(ImageOps.exif_transpose(image))])
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return {"problem": "damaged"}


def _on_paper(image: Image.Image) -> Image.Image:
    """Never larger than it is; what is transparent lets white paper through."""
    image.thumbnail((PAGE_WIDTH, MAX_PAGE_HEIGHT))
    drawing = image.convert("RGBA")
    paper = Image.new("RGBA", drawing.size, "white")
    return Image.alpha_composite(paper, drawing).convert("RGB")


if __name__ == "__main__":
    answer_confined(probe_image_page, DRAWING)
