"""Is this plain text, as a csv file must be?"""

import re

from plan.files.errors import FileRejected

# Tab, line feed, form feed and carriage return are the only control characters of an honest text.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|script|iframe|svg|object|embed|img|link|style|form|a)(?=[\s>/])|<[?]|(?:java|vb)script:",
    re.IGNORECASE,
)
OTHER_FORMATS = ("%PDF-", "{\\rtf", "#!")


def read_text(content: bytes) -> str:
    """The text of a csv file (UTF-8, else Windows-1252 or Latin-1); FileRejected if it is binary, markup or script."""
    text = _decode(content)
    if CONTROL_CHARACTERS.search(text) or text.startswith(OTHER_FORMATS):
        raise FileRejected("El archivo no es un CSV de texto; guárdelo desde su planilla como «CSV UTF-8».")
    if MARKUP.search(text):
        raise FileRejected("El CSV contiene código HTML o de programa; quítelo y suba el archivo de nuevo.")
    return text


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
