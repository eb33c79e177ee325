"""The one door for uploads: what passes, and what does not whatever its kind."""

import hashlib

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile

from plan.files.checks import EMPTY, TOO_LARGE, check_upload
from plan.files.errors import FileRejected
from plan.files.limits import MAX_FILE_BYTES
from plan.tests.sample_files import docx, image, open_document, pdf, upload, xlsx, zipped

OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
ACCEPTED = [
    ("informe.pdf", pdf, "application/pdf"),
    ("informe.docx", docx, f"{OOXML}.wordprocessingml.document"),
    ("datos.xlsx", xlsx, f"{OOXML}.spreadsheetml.sheet"),
    ("acta.odt", lambda: open_document("text"), f"{ODF}.text"),
    ("datos.ods", lambda: open_document("spreadsheet"), f"{ODF}.spreadsheet"),
    ("foto.png", image, "image/png"),
    ("foto.jpg", lambda: image("JPEG"), "image/jpeg"),
    ("FOTO.JPEG", lambda: image("JPEG"), "image/jpeg"),
    ("datos.csv", lambda: "región;casos\nÑuble;3\n".encode(), "text/csv"),
]


def refusal(name, content):
    with pytest.raises(FileRejected) as caught:
        check_upload(upload(name, content))
    return caught.value.message


@pytest.mark.parametrize(("name", "make", "content_type"), ACCEPTED)
def test_an_honest_file_of_each_kind_is_accepted_with_our_own_content_type(name, make, content_type):
    file = upload(name, make())
    file.content_type = "text/html"

    assert check_upload(file).content_type == content_type


def test_the_answer_describes_the_file_and_leaves_it_ready_to_be_stored():
    content = pdf(pages=3)
    file = upload("../ñandú.PDF", content)

    checked = check_upload(file)

    assert (checked.display_name, checked.extension, checked.size) == ("ñandú.PDF", "pdf", len(content))
    assert checked.sha256 == hashlib.sha256(content).hexdigest()
    assert (checked.pages, checked.pixels) == (3, None)
    assert file.read() == content


def test_a_file_that_was_received_on_disk_is_checked_as_well():
    with TemporaryUploadedFile("foto.png", "image/png", 0, None) as file:
        file.write(image(size=(12, 7)))

        assert check_upload(file).pixels == (12, 7)


def test_an_empty_file_is_refused():
    assert refusal("acta.pdf", b"") == EMPTY


def test_25_megabytes_pass_and_one_byte_more_does_not():
    largest = b"a" * MAX_FILE_BYTES

    assert check_upload(upload("datos.csv", largest)).size == 26_214_400
    assert refusal("datos.csv", largest + b"a") == TOO_LARGE


def test_an_announced_size_is_not_believed():
    file = upload("datos.csv", b"a" * (MAX_FILE_BYTES + 1))
    file.size = 10

    with pytest.raises(FileRejected, match="25 MB"):
        check_upload(file)


@pytest.mark.parametrize("name", ["virus.exe", "macro.docm", "pagina.html", "dibujo.svg", "acta.pdf.exe", "pdf"])
def test_other_extensions_are_refused_and_the_sentence_lists_ours(name):
    assert refusal(name, pdf()) == (
        "Este tipo de archivo no se acepta; suba un archivo PDF, DOCX, XLSX, ODT, ODS, PNG, JPG o CSV."
    )


def test_an_extension_hidden_by_a_direction_override_is_the_one_that_counts():
    assert refusal("acta\u202efdp.exe", pdf()).startswith("Este tipo de archivo no se acepta")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("foto.pdf", image),
        ("informe.png", pdf),
        ("foto.jpg", image),
        ("datos.docx", xlsx),
        ("informe.xlsx", docx),
        ("acta.ods", lambda: open_document("text")),
        ("acta.docx", lambda: open_document("text")),
        ("libro.docx", lambda: zipped([("capitulo.txt", "texto")])),
        ("pagina.pdf", lambda: b"<html><script>alert(1)</script></html>"),
        ("late.pdf", lambda: b"<script>alert(1)</script>" + pdf()),
    ],
)
def test_content_that_is_not_what_the_extension_says_is_refused(name, make):
    assert refusal(name, make()).startswith("El contenido del archivo no corresponde a su extensión")


@pytest.mark.parametrize(("name", "make"), [("informe.pdf", pdf), ("foto.png", image)])
def test_a_polyglot_that_opens_as_a_zip_too_is_refused(name, make):
    polyglot = make() + zipped([("oculto.exe", b"MZ")])

    assert refusal(name, polyglot).startswith("El contenido del archivo no corresponde a su extensión")


def test_a_zip_hidden_behind_another_start_is_no_office_file():
    assert refusal("informe.docx", b"#!/bin/sh\n" + docx()).startswith("El contenido del archivo no corresponde")
