"""The words of a text, spreadsheet or document as rows of cells; a paragraph is a row of one cell."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice

import openpyxl

from plan.files.limits import MAX_SEARCHED_CHARACTERS
from plan.files.office_text import words_of_xml
from plan.files.texts import read_text

Row = list[str]

#: An extract to recognise the file by: some twelve pages.
MAX_ROWS = 500
MORE = "El archivo sigue: descárguelo para ver las demás filas."
DELIMITERS = ";,\t"
#: Ends of cells and rows of an open document; the paragraph inside a cell does not break its row.
CELL_END = re.compile(rb"(?:</text:p>)?</table:table-cell>")
ROW_END = b"</table:table-row>"
SEPARATOR = "\u241f"


def rows_of(content: bytes) -> list[Row]:
    """The first rows that hold something, of a file that `checks.check_upload` has accepted; says if there are more."""
    rows = list(islice((row for row in _all_rows(content) if any(row)), MAX_ROWS + 1))
    return rows if len(rows) <= MAX_ROWS else [*rows[:MAX_ROWS], [MORE]]


def _all_rows(content: bytes) -> Iterator[Row]:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return _rows_of_text(read_text(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return _rows_of_workbook(content)
        name = "word/document.xml" if "word/document.xml" in names else "content.xml"
        with archive.open(name) as member:
            return _rows_of_xml(member.read(20 * MAX_SEARCHED_CHARACTERS))


def _rows_of_text(text: str) -> Iterator[Row]:
    lines = text.splitlines()
    head = "\n".join(lines[:20])
    delimiter = max(DELIMITERS, key=head.count)
    return ([cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter))


def _rows_of_workbook(content: bytes) -> Iterator[Row]:
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        yield [f"Hoja «{sheet.title}»"]
        for cells in sheet.iter_rows(max_row=MAX_ROWS + 1, values_only=True):
            yield ["" if cell is None else str(cell).strip() for cell in cells]


def _rows_of_xml(xml: bytes) -> Iterator[Row]:
    """Of a document its paragraphs; of its tables and of an open spreadsheet their rows."""
    separated = CELL_END.sub(SEPARATOR.encode(), xml).replace(ROW_END, b"\n")
    for line in words_of_xml(separated).splitlines():
        yield [cell.strip() for cell in line.removesuffix(SEPARATOR).split(SEPARATOR)]
