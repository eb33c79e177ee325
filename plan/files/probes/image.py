"""Is this image sound to its last pixel, and how large is it?"""

import io
import warnings
from typing import Any

from PIL import Image

from plan.files.limits import MAX_IMAGE_PIXELS
from plan.files.probes.confinement import answer_confined


def probe_image(content: bytes) -> dict[str, Any]:
    """Width and height in pixels, or the problem: too_many_pixels (read from the header), damaged."""
    # Our own limit is the stricter one: the library's warning would only be noise.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            width, height = image.size
            if width * height > MAX_IMAGE_PIXELS:
                return {"problem": "too_many_pixels"}
            image.load()
    except Image.DecompressionBombError:
        return {"problem": "too_many_pixels"}
    except (OSError, SyntaxError, ValueError):
        return {"problem": "damaged"}
    return {"problem": None, "width": width, "height": height}


if __name__ == "__main__":
    answer_confined(probe_image)
