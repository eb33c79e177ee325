"""What counts as a csv file."""

import pytest

from plan.files.errors import FileRejected
from plan.files.texts import read_text

NO_TEXT = "El archivo no es un CSV de texto; guárdelo desde su planilla como «CSV UTF-8»."
MARKUP = "El CSV contiene código HTML o de programa; quítelo y suba el archivo de nuevo."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
def test_a_csv_is_read_in_the_encodings_that_spreadsheets_write(encoding):
    assert read_text("región;niñas\r\nÑuble;3\r\n".encode(encoding)) == "región;niñas\r\nÑuble;3\r\n"


def test_bytes_that_windows_leaves_undefined_are_still_text():
    assert read_text(b"a\x81;\xf1") == "a\x81;ñ"


@pytest.mark.parametrize(
    "content",
    [b"a;b\x00;c", "región;3".encode("utf-16"), b"\x1b[31mrojo", b"%PDF-1.4\n", b"#!/bin/sh\nrm -rf /", b"{\\rtf1}"],
)
def test_what_is_binary_or_another_format_is_refused(content):
    with pytest.raises(FileRejected) as caught:
        read_text(content)
    assert caught.value.message == NO_TEXT


@pytest.mark.parametrize(
    "content",
    [
        b"a;<script>alert(1)</script>",
        b"<!DOCTYPE html>",
        b"<HTML>",
        b"a;<img src=x onerror=alert(1)>",
        b"<?php system('id');",
        b"a;javascript:alert(1)",
        b"<svg/onload=alert(1)>",
    ],
)
def test_markup_and_script_are_refused(content):
    with pytest.raises(FileRejected) as caught:
        read_text(content)
    assert caught.value.message == MARKUP


@pytest.mark.parametrize("text", ["avance < 5; meta <formación>", "Ana <ana@example.org>", "resultado <meta anual"])
def test_a_smaller_than_sign_is_not_markup(text):
    assert read_text(text.encode()) == text
