"""What an uploaded file is called (SECURITY, Evidence files)."""

import pytest

from plan.files.names import clean_display_name, extension_of


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Usuarios\\Ana\\lista.pdf", "lista.pdf"),
        ("ñandú.pdf", "ñandú.pdf"),
        ("acta\u202efdp.exe", "actafdp.exe"),
        ("acta\r\nSet-Cookie: a=b.pdf", "actaSet-Cookie: a=b.pdf"),
        ("in\u200bforme\ufeff.pdf", "informe.pdf"),
        ("  informe   final .pdf ", "informe final.pdf"),
        ("...", "archivo"),
        ("", "archivo"),
        ("/", "archivo"),
    ],
)
def test_a_name_loses_its_path_and_all_that_cannot_be_seen(raw, clean):
    assert clean_display_name(raw) == clean


def test_letters_typed_as_two_signs_become_one():
    assert clean_display_name("n\u0303andu\u0301.pdf") == "ñandú.pdf"


def test_a_long_name_is_cut_and_keeps_its_extension():
    assert clean_display_name("ñ" * 400 + ".xlsx") == "ñ" * 145 + ".xlsx"


def test_a_long_extension_is_cut_too():
    assert len(clean_display_name("a." + "b" * 400)) == 150


@pytest.mark.parametrize(("name", "extension"), [("A.PDF", "pdf"), ("a.pdf.exe", "exe"), ("sin punto", "")])
def test_the_last_extension_counts(name, extension):
    assert extension_of(name) == extension
