"""What a file looks like, page by page: every accepted kind, within bounds, drawn by a process that reaches nothing."""

import io
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from PIL import Image

from plan.files import isolation
from plan.files.errors import FileRejected
from plan.files.limits import MAX_PAGE_HEIGHT, MAX_PAGES, PAGE_WIDTH
from plan.files.pages import draw_pages
from plan.files.probes import pages
from plan.files.probes.rows import MAX_ROWS, MORE, rows_of
from plan.files.probes.text_pages import NOTICE, lines_of
from plan.tests.sample_files import docx, image, open_document, pdf, zipped


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cells(*rows):
    """The content of an open spreadsheet."""
    lines = ("".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in rows)
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    members = [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", body)]
    return zipped(members, compression=zipfile.ZIP_STORED)


FILES = {
    "lista ñ.pdf": pdf(pages=2),
    "foto.png": image(size=(2000, 1000)),
    "foto.jpg": image("JPEG"),
    "informe.docx": docx(),
    "informe.odt": open_document("text"),
    "planilla.ods": cells(["Mes", "Jornadas"]),
    "planilla.xlsx": workbook(["Mes", "Jornadas"], ["Enero", 3]),
    "datos.csv": b"mes;jornadas\nenero;3",
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_that_is_accepted_has_pages(name):
    drawn = draw_pages(name, FILES[name])
    assert drawn.total == len(drawn.pages) == (2 if name.endswith(".pdf") else 1)
    for page in drawn.pages:
        with Image.open(io.BytesIO(page.content)) as seen:
            assert (seen.format, seen.size) == ("JPEG", (page.width, page.height))
        assert page.width <= PAGE_WIDTH


def test_a_page_is_as_wide_as_a_screen_and_an_image_never_larger_than_it_is():
    assert draw_pages("a.pdf", pdf()).pages[0].width == PAGE_WIDTH
    assert draw_pages("a.png", image(size=(8, 6))).pages[0].width == 8


def test_a_page_without_end_is_made_to_fit():
    def lengthen(document):
        document.pages[0].MediaBox = [0, 0, 20, 14_000]

    assert draw_pages("a.pdf", pdf(lengthen)).pages[0].height <= MAX_PAGE_HEIGHT


def test_of_a_long_document_the_first_pages_are_drawn_and_all_are_counted():
    drawn = draw_pages("a.pdf", pdf(pages=MAX_PAGES + 2))
    assert (len(drawn.pages), drawn.total) == (MAX_PAGES, MAX_PAGES + 2)


@pytest.mark.parametrize(("bound", "value"), [("MAX_PAGES_BYTES", 1), ("DRAW_UNTIL", 0)])
def test_drawing_stops_at_the_bounds_of_size_and_time(monkeypatch, bound, value):
    monkeypatch.setattr(pages, bound, value)
    drawn = pages.drawn((Image.new("RGB", (9, 9)) for _ in range(3)), 3)
    assert (len(drawn["pages"]), drawn["total"]) == (value == 0, 3)


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF-1.7 nada"), ("a.png", b"\x89PNG nada"), ("a.xlsx", b"PK nada\0")]
)
def test_what_cannot_be_read_is_refused(name, content):
    with pytest.raises(FileRejected):
        draw_pages(name, content)


def test_a_picture_loses_what_it_tells_of_place_and_time():
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (33.0, 27.0, 0.0)}
    exif[0x0112] = 6
    buffer = io.BytesIO()
    Image.new("RGB", (8, 6), "white").save(buffer, "JPEG", exif=exif)
    (page,) = draw_pages("foto.jpg", buffer.getvalue()).pages
    assert (page.width, page.height) == (6, 8)
    with Image.open(io.BytesIO(page.content)) as seen:
        assert not seen.getexif()


# Rows and lines


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("Año;Ñuñoa\n2016;3\n\n".encode(), [["Año", "Ñuñoa"], ["2016", "3"]]),
        (b'a,"b, c"\n', [["a", "b, c"]]),
        (workbook(["Mes", None, 3], [None, None, None]), [["Hoja «Sheet»"], ["Mes", "", "3"]]),
        (cells(["Mes", "Jornadas"], ["Enero", "3"]), [["Mes", "Jornadas"], ["Enero", "3"]]),
        (docx(text="Se realizó la jornada."), [["Se realizó la jornada."]]),
    ],
)
def test_the_words_of_a_file_are_read_as_rows(content, rows):
    assert rows_of(content) == rows


@pytest.mark.parametrize("content", [b"a;b\n" * (MAX_ROWS + 1), workbook(*[["a", "b"]] * (MAX_ROWS + 9))])
def test_an_extract_that_is_cut_short_says_so(content):
    rows = rows_of(content)
    assert (len(rows), rows[-1]) == (MAX_ROWS + 1, [MORE])


def test_an_extract_that_is_whole_does_not():
    assert rows_of(b"a;b\n" * MAX_ROWS) == [["a", "b"]] * MAX_ROWS


def test_a_text_says_that_it_is_an_extract_and_cells_do_not_run_into_each_other():
    (notice, _, *lines) = lines_of([["x" * 300, "Firma"], ["Una frase sola que se lee entera"]])
    assert notice == [(0.0, NOTICE)]
    (first, cut), (second, word) = lines[0]
    assert (first, word, lines[1]) == (0, "Firma", [(0.0, "Una frase sola que se lee entera")])
    assert second > 0
    assert cut.endswith("…")


# The process


def drawing(body):
    """Runs `body` as the probe of a process that draws pages."""
    program = (
        "import os, socket, resource\nfrom plan.files.probes.confinement import DRAWING, answer_confined\n"
        f"def probe(content):\n    {body}\nanswer_confined(probe, DRAWING)"
    )
    return subprocess.run([sys.executable, "-c", program], input=b"", capture_output=True, cwd=isolation.SOURCE_ROOT)


@pytest.mark.parametrize("body", ["return socket.socket().fileno()", "return open('/etc/hostname').read()"])
def test_whoever_draws_pages_reaches_neither_the_network_nor_a_file(body):
    assert b"Too many open files" in drawing(body).stderr


def test_whoever_draws_pages_has_time_and_memory_and_no_more():
    limits = drawing("return [resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0]]")
    assert limits.stdout == b"[60, 1073741824]"
