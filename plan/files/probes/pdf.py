"""Is this PDF sound, open and passive, and which words does it hold?"""

import io
import time
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

from plan.files.limits import INSPECTION_SECONDS, MAX_SEARCHED_CHARACTERS
from plan.files.probes.confinement import answer_confined

# Half of the time is for the words: a long document is searched in part rather than refused.
SEARCH_UNTIL = INSPECTION_SECONDS / 2
BROKEN = (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, RuntimeError, TypeError, RecursionError)


def probe_pdf(content: bytes) -> dict[str, Any]:
    """Number of pages and their text, or the problem: damaged, encrypted, script, launch, embedded."""
    try:
        # Repairing a broken file could bring back what a strict reading does not show.
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            pages = len(pdf.pages)
            problem = problem_of(pdf)
        return {"problem": problem} if problem else {"problem": None, "pages": pages} | words_of(content)
    except pikepdf.PasswordError:
        return {"problem": "encrypted"}
    except BROKEN:
        return {"problem": "damaged"}


def problem_of(pdf: pikepdf.Pdf) -> str | None:
    """The first thing in any object of the file that is more than something to read."""
    if pdf.is_encrypted:
        return "encrypted"
    return next((problem for item in pdf.objects for problem in problems_in(item)), None)


def problems_in(item: Any) -> Iterator[str]:
    """Scripts, launch actions and embedded files in one object and in the containers written inside it."""
    values: list[Any] = []
    if isinstance(item, pikepdf.Array):
        values = list(item)
    elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        entries = dict(item.items())
        yield from problems_of_entries(entries)
        values = list(entries.values())
    for value in values:
        # Objects with a number of their own are visited by themselves.
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from problems_in(value)


def problems_of_entries(entries: dict[str, Any]) -> Iterator[str]:
    """The words for what the entries of one dictionary do when the file is opened or clicked."""
    if "/JS" in entries or "/XFA" in entries:
        yield "script"
    if entries.get("/S") == pikepdf.Name.Launch:
        yield "launch"
    if "/EF" in entries or entries.get("/Type") == pikepdf.Name.EmbeddedFile:
        yield "embedded"


def words_of(content: bytes) -> dict[str, Any]:
    """The text of the pages, and whether every page gave some before a limit was reached."""
    texts: list[str] = []
    characters = 0
    every_page_has_text = True
    document = pypdfium2.PdfDocument(content)
    for page in document:
        if characters > MAX_SEARCHED_CHARACTERS or time.process_time() > SEARCH_UNTIL:
            break
        texts.append(page.get_textpage().get_text_range())
        characters += len(texts[-1])
        every_page_has_text = every_page_has_text and bool(texts[-1].strip())
    return {"text": "\n".join(texts), "is_whole": every_page_has_text and len(texts) == len(document)}


if __name__ == "__main__":
    answer_confined(probe_pdf)
