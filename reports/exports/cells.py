"""Text that a spreadsheet must not take for a formula (SECURITY, Web, documents, spreadsheets)."""

import re

#: What makes a spreadsheet calculate what it should only show.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"
#: Control characters that no XLSX may hold.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def is_dangerous(value: object) -> bool:
    return isinstance(value, str) and value.startswith(DANGEROUS)


def guard(value: object) -> object:
    """For CSV, which has no types: an apostrophe before text that would be calculated; the rest as it is.

    Text that begins with an apostrophe gets a second one, so that `unguard` gives back exactly what was written.
    """
    needs_mark = is_dangerous(value) or (isinstance(value, str) and value.startswith(MARK))
    return f"{MARK}{value}" if needs_mark else value


def unguard(value: str) -> str:
    """The text that `guard` received."""
    return value.removeprefix(MARK)


def without_control_characters(text: str) -> str:
    return FORBIDDEN.sub("", text)
