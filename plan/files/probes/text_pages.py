"""What does this text, spreadsheet or document say? Its words, written on pages; not how its program shows it."""

import io
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import fontpkg_roboto
from PIL import Image, ImageDraw, ImageFont

from plan.files.errors import FileRejected
from plan.files.limits import PAGE_WIDTH
from plan.files.probes.confinement import DRAWING, answer_confined
from plan.files.probes.pages import drawn
from plan.files.probes.rows import Row, rows_of

# Read before the bounds are set: afterwards no file is opened.
FONT_BYTES = (Path(fontpkg_roboto.ROOT) / "files" / "Roboto[wdth,wght].ttf").read_bytes()
FONT = ImageFont.truetype(io.BytesIO(FONT_BYTES), 22)
MARGIN, LINE, PAGE_HEIGHT = 80, 34, 1754
LINES_PER_PAGE = (PAGE_HEIGHT - 2 * MARGIN) // LINE
INK, PAPER, RULE = "#0a132d", "#ffffff", "#d6dce5"
WIDTH = PAGE_WIDTH - 2 * MARGIN
NOTICE = "Texto extraído del archivo; descárguelo para verlo como es."
#: A column is never wider than so many letters, so that one long cell does not hide the others.
WIDEST, MOST_COLUMNS = 40, 12
BROKEN = (FileRejected, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, EOFError, RuntimeError)

#: Pairs of a place from the left margin and what is written there.
Line = list[tuple[float, str]]


def probe_text_pages(content: bytes) -> dict[str, Any]:
    """The pages with the words, or the problem: damaged."""
    try:
        lines = list(lines_of(rows_of(content)))
    except BROKEN:
        return {"problem": "damaged"}
    pages = [lines[start : start + LINES_PER_PAGE] for start in range(0, len(lines), LINES_PER_PAGE)]
    return drawn((_page(page) for page in pages), len(pages))


def lines_of(rows: list[Row]) -> Iterator[Line]:
    """The notice, then the rows: what stands alone is broken into lines, cells stand in columns."""
    yield [(0.0, NOTICE)]
    yield []
    places = _places([row for row in rows if len(row) > 1])
    for row in rows:
        if len(row) == 1:
            yield from ([(0.0, text)] for text in _broken(row[0]))
        else:
            ends = [*places[1:], WIDTH]
            yield [(place, _cut(cell, end - place)) for place, end, cell in zip(places, ends, row, strict=False)]


def _places(rows: list[Row]) -> list[float]:
    """Where each column begins: room as its longest cell needs, all of it shared out."""
    columns = zip_longest(*(row[:MOST_COLUMNS] for row in rows), fillvalue="")
    needs = [min(WIDEST, max(map(len, column)) + 3) for column in columns]
    unit = min(WIDTH / max(sum(needs), 1), 16)
    return [sum(needs[:number]) * unit for number in range(len(needs))]


def _cut(text: str, room: float) -> str:
    """As much of a cell as has room beside the next one."""
    text = " ".join(text[: 2 * WIDEST].split())
    while text and FONT.getlength(text) > room - 12:
        text = f"{text[:-2]}…" if len(text) > 2 else ""
    return text


def _broken(text: str) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and FONT.getlength(longer) > WIDTH:
            yield line
            longer = word
        line = longer
    yield line


def _page(lines: list[Line]) -> Image.Image:
    page = Image.new("RGB", (PAGE_WIDTH, PAGE_HEIGHT), PAPER)
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        top = MARGIN + LINE * number
        for place, text in line:
            pen.text((MARGIN + place, top), text, font=FONT, fill=INK)
        if len(line) > 1:
            pen.line((MARGIN, top + LINE - 4, MARGIN + WIDTH, top + LINE - 4), fill=RULE)
    return page


if __name__ == "__main__":
    answer_confined(probe_text_pages, DRAWING)
