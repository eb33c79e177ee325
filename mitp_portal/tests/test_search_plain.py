"""Words without accents: one rule in Python and in the database, and marks at the right letters."""

import unicodedata

import pytest
from django.db.models import Value

from mitp_portal.search.forms import SearchForm
from mitp_portal.search.marks import PARTED, line_of, marked, parts_of
from mitp_portal.search.plain import plain as bare
from mitp_portal.search.plain import text_of
from plan.models import Institution

WRITTEN = [
    ("Capacitación", "capacitacion"),
    ("NIÑEZ", "ninez"),
    ("Pingüino", "pinguino"),
    ("Ñuble e Ibáñez", "nuble e ibanez"),
    ("Conceição", "conceicao"),
    ("accio\u0301n", "accion"),
    ("50 % \\ _ 'x' \"y\"", "50 % \\ _ 'x' \"y\""),
    ("", ""),
]


#: Of the languages of Europe.
LETTERS = "".join(letter for letter in map(chr, range(0xC0, 0x180)) if unicodedata.decomposition(letter)[:1].isalnum())


@pytest.mark.parametrize(("written", "read"), WRITTEN)
def test_text_is_read_without_accents_and_capitals(written, read):
    assert bare(written) == read


@pytest.mark.django_db
@pytest.mark.parametrize("written", [*(written for written, _ in WRITTEN), LETTERS])
def test_the_database_reads_as_python_does(written):
    Institution.objects.create(name="x", kind="public")
    read = Institution.objects.annotate(read=text_of(Value(written), "acronym")).get().read
    assert read == f"{bare(written)}  "


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  Niñez   TRATA niñez ", ("ninez", "trata")),
        ("«trata de personas»", ("trata", "de", "personas")),
        ("O'Higgins", ("o", "higgins")),
        ("tra\x00ta", ("tra", "ta")),
        ("accio\u0301n", ("accion",)),
        ("%_", ("%_",)),
        ("", ()),
    ],
)
def test_what_is_typed_is_parted_into_plain_words(typed, words):
    assert SearchForm({"q": typed}).words == words


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("La Capacitación", ("capacitacion",), "La <mark>Capacitación</mark>"),
        ("niñez y niña", ("nin",), "<mark>niñ</mark>ez y <mark>niñ</mark>a"),
        ("accio\u0301n local", ("accion", "lo"), "<mark>accio\u0301n</mark> <mark>lo</mark>cal"),
        ("jornadas", ("jorna", "nadas"), "<mark>jornadas</mark>"),
        ("<b>trata</b>", ("trata",), "&lt;b&gt;<mark>trata</mark>&lt;/b&gt;"),
        ("<mark> & x", ("mark",), "&lt;<mark>mark</mark>&gt; &amp; x"),
        ("la trata", ("a", "trata"), "la <mark>trata</mark>"),
        ("nada", ("otra",), "nada"),
    ],
)
def test_found_words_are_marked_and_everything_is_escaped(text, words, html):
    assert marked(text, words) == html


def test_a_line_stands_around_the_first_word_found():
    line = line_of(f"{'inicio ' * 40}la niñez {'final ' * 60}", ("ninez",))
    assert line.startswith("… ")
    assert "la <mark>niñez</mark> final" in line
    assert line.endswith("final …")
    assert len(line) < 250


def test_a_line_of_a_text_without_blanks_is_cut_nonetheless():
    assert len(line_of("a" * 3000, ("zzz",))) < 250


def test_fields_of_one_text_stand_apart_and_an_empty_one_leaves_no_trace():
    assert parts_of(PARTED.join(["Uno", "", "dos", "Uno"])) == "Uno · dos"
