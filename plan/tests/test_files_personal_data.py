"""RUN and e-mail addresses are counted, never kept (SECURITY, Evidence files)."""

import pytest

from plan.files.checks import check_upload
from plan.files.office_text import words_of_xml
from plan.files.personal_data import PersonalData, check_digit, find_personal_data
from plan.files.probes import pdf as pdf_probe
from plan.tests.sample_files import docx, image, open_document, pdf, upload, xlsx


def runs_in(text):
    return find_personal_data(text).runs


@pytest.mark.parametrize(
    ("number", "digit"), [(12_345_678, "5"), (11_111_111, "1"), (6_345_678, "0"), (10_000_004, "0"), (10_000_013, "K")]
)
def test_the_check_digit_follows_modulo_11(number, digit):
    assert check_digit(number) == digit


@pytest.mark.parametrize(
    "text",
    [
        "12.345.678-5",
        "RUN:12345678-5.",
        "Ana;12345678-5;Arica",
        "Ana,12345678-5,Arica",
        "12.345.678 - 5",
        "12.345.678\u20115",
        "10.000.013-K",
        "10000013-k",
        "10000013K",
        "6.345.678-0",
    ],
)
def test_a_run_is_found_however_it_is_written(text):
    assert runs_in(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "12.345.678-4",
        "12345678-K",
        "+56 9 8765 4321",
        "12345678",
        "2015-2018",
        "REX 1234-5",
        "a12345678-5",
        "12345678-59",
    ],
)
def test_a_wrong_digit_or_another_number_is_no_run(text):
    assert runs_in(text) == 0


def test_the_number_of_a_public_body_is_no_personal_data():
    assert check_digit(60_501_000) == "8"
    assert runs_in("60.501.000-8") == 0


def test_the_provisional_number_of_a_foreign_person_is_personal_data():
    assert runs_in(f"100.000.001-{check_digit(100_000_001)}") == 1


def test_the_same_run_counts_once():
    assert runs_in("12.345.678-5 y otra vez 12345678-5, y 11.111.111-1") == 2


@pytest.mark.parametrize(("text", "emails"), [("Ana <Ana@example.org>, ana@example.org", 1), ("a@b", 0), ("@ana", 0)])
def test_addresses_are_counted_once_each(text, emails):
    assert find_personal_data(text).emails == emails


def test_the_answer_is_numbers_only():
    found = find_personal_data("12.345.678-5 ana@example.org")

    assert found == PersonalData(runs=1, emails=1, searched_in_full=True)
    assert "345" not in repr(found)


LIST = ("Ana 12.345.678-5 ana@example.org", "Eva 11.111.111-1")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lista.csv", "\n".join(LIST).encode("latin-1")),
        ("lista.xlsx", xlsx(*LIST)),
        ("lista.docx", docx(text="</w:t></w:r></w:p><w:p><w:r><w:t>".join(LIST))),
        ("lista.odt", open_document("text", text="</text:p><text:p>".join(LIST))),
        ("lista.ods", open_document("spreadsheet", text="</text:p><text:p>".join(LIST))),
        ("lista.pdf", pdf(text=" ".join(LIST))),
    ],
)
def test_the_upload_is_searched_whatever_its_kind(name, content):
    assert check_upload(upload(name, content)).personal_data == PersonalData(runs=2, emails=1, searched_in_full=True)


def test_a_run_that_the_word_processor_cut_into_pieces_is_found():
    pieces = docx(text='12.345</w:t></w:r><w:proofErr/><w:r><w:t xml:space="preserve">.678-5')

    assert check_upload(upload("lista.docx", pieces)).personal_data.runs == 1


def test_signs_written_as_entities_are_understood_and_endless_ones_do_no_harm():
    found = check_upload(upload("lista.xlsx", xlsx("12.345.678&#45;5", "ana&#x40;example.org", f"&#{'1' * 5000};")))

    assert found.personal_data == PersonalData(runs=1, emails=1, searched_in_full=True)


def test_numbers_in_neighbouring_cells_are_not_joined():
    assert check_upload(upload("lista.xlsx", xlsx("12.345.678-", "5"))).personal_data.runs == 0


def test_a_scanned_page_or_an_image_says_that_it_could_not_be_searched():
    scan = pdf(text="")

    assert check_upload(upload("lista.pdf", scan)).personal_data.searched_in_full is False
    assert check_upload(upload("lista.png", image())).personal_data.searched_in_full is False


def test_a_document_beyond_the_limit_says_that_it_was_searched_in_part(monkeypatch):
    monkeypatch.setattr("plan.files.office_text.MAX_XML_BYTES", 150)

    assert check_upload(upload("lista.docx", docx())).personal_data.searched_in_full is False


@pytest.mark.parametrize(("limit", "value"), [("MAX_SEARCHED_CHARACTERS", 10), ("SEARCH_UNTIL", 0)])
def test_a_long_pdf_is_searched_in_part_rather_than_refused(monkeypatch, limit, value):
    monkeypatch.setattr(pdf_probe, limit, value)

    seen = pdf_probe.probe_pdf(pdf(pages=3, text="12.345.678-5"))

    assert (seen["problem"], seen["pages"], seen["is_whole"]) == (None, 3, False)


def test_words_are_found_in_either_encoding_of_xml():
    assert words_of_xml("<t>niña</t>".encode("utf-16")) == words_of_xml("<t>niña</t>".encode()) == "niña"
