"""Tables as the bytes of a file. Both formats hold the same cells."""

import csv
import io
from datetime import datetime

import tablib
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from reports.exports.cells import guard, is_dangerous, without_control_characters
from reports.exports.zips import dated

XLSX_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_CONTENT_TYPE = "text/csv; charset=utf-8"
WIDE, NARROW = 42, 16
#: Columns of prose are wide; what is longer than this is prose.
PROSE = 30


def workbook(
    tables: dict[str, tablib.Dataset], metadata: list[tuple[str, str]], dated_at: datetime | None = None
) -> bytes:
    """A sheet for each table by its name, and a last one that says what they are: the same bytes for the same things
    `dated_at` the same moment, which is now unless told."""
    dated_at = dated_at or timezone.now()
    book = Workbook(write_only=True)
    for name, table in tables.items():
        _write_matrix(book.create_sheet(name), table)
    about = book.create_sheet("Metadatos")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = NARROW * 2, WIDE * 2
    for row in metadata:
        about.append([_cell(about, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    # Saving dates the properties by the clock.
    book.properties.created = book.properties.modified = timezone.localtime(dated_at).replace(tzinfo=None)
    return dated(file.getvalue(), dated_at, {ARC_CORE: tostring(book.properties.to_tree())})


def to_csv(matrix: tablib.Dataset) -> bytes:
    """Semicolons and decimal comma, as spreadsheets of Chile read them; UTF-8 with a mark at its beginning."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(matrix.headers)
    writer.writerows([_csv_value(value) for value in row] for row in matrix)
    return text.getvalue().encode("utf-8-sig")


def _write_matrix(sheet, matrix: tablib.Dataset) -> None:
    sheet.freeze_panes = "A2"
    for index, values in enumerate(zip(*matrix, strict=True), start=1):
        is_prose = any(isinstance(value, str) and len(value) > PROSE for value in values)
        sheet.column_dimensions[get_column_letter(index)].width = WIDE if is_prose else NARROW
    sheet.append([_head(sheet, head) for head in matrix.headers])
    for row in matrix:
        sheet.append([_cell(sheet, value) for value in row])


def _head(sheet, text: str) -> WriteOnlyCell:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet, value: object) -> WriteOnlyCell:
    """Text is written as text even where it looks like a formula, and marked so that editing keeps it so."""
    text = without_control_characters(value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=text)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if isinstance(text, str):
        cell.data_type = "s"
        cell.quotePrefix = is_dangerous(text)
    return cell


def _csv_value(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return "" if value is None else guard(value)
