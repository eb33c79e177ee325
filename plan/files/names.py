"""What is an uploaded file called? A name to show and to download under, never a path on our disk."""

import re
import unicodedata
from pathlib import PurePosixPath

from plan.files.limits import MAX_NAME_LENGTH

# Cc control, Cf format (bidi overrides, zero width), Cs surrogates, Co private, Cn unassigned, Zl and Zp separators.
INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
NAMELESS = "archivo"


def clean_display_name(raw_name: str) -> str:
    """The last part of `raw_name` without invisible characters, at most 150 characters; keeps ñ, accents, extension."""
    last_part = unicodedata.normalize("NFC", raw_name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(c for c in last_part if unicodedata.category(c) not in INVISIBLE_CATEGORIES)
    name = re.sub(r"\s+", " ", visible).strip(" .")
    suffix = PurePosixPath(name).suffix
    stem = name.removesuffix(suffix)[: MAX_NAME_LENGTH - len(suffix)].rstrip()
    return ((stem or NAMELESS) + suffix)[:MAX_NAME_LENGTH]


def extension_of(display_name: str) -> str:
    """The extension in lower case without its point; empty if there is none."""
    return PurePosixPath(display_name).suffix.removeprefix(".").lower()
