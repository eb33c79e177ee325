"""The PDFs: tagged, dated, the same bytes twice, and silent about people."""

import subprocess
from datetime import date
from fractions import Fraction

import pytest
from pikepdf import Name
from weasyprint.urls import FatalURLFetchingError

from indicators.calculations.results import Coverage
from indicators.calculations.terms import ActionState, Condition, Pace
from reports.documents import printing
from reports.documents.pages import annual_page, axis_page
from reports.plan_pages.evolution import Evolution, Moment, chart_of
from reports.press.fetcher import BASE_URL, StaticOnly
from reports.press.layout import lay_out
from reports.tests import builders, papers
from reports.tests.pdfs import opened, tags, text_of

LETTER = [0, 0, 612, 792]
LANDSCAPE = [0, 0, 792, 612]


def an_axis():
    """Two objectives; a target not yet due, an indicator without target, a late action and a suppressed one."""
    upcoming = builders.indicator(
        "1.2.1.I1",
        builders.figure(condition=Condition.NOT_DUE),
        advances=(builders.advance(Fraction(1, 4), Fraction(1, 2), Pace.BEHIND),),
    )
    return builders.axis(
        1,
        builders.objective(
            "1.1",
            builders.action("1.1.1", Fraction(3, 4), informed=Fraction(9, 10)),
            builders.action("1.1.2", None, ActionState.OVERDUE, condition=Condition.NO_TARGET),
        ),
        builders.objective(
            "1.2",
            builders.action("1.2.1", None, condition=Condition.NOT_DUE, indicators=(upcoming,)),
            builders.action("1.2.8", None, ActionState.SUPPRESSED, condition=Condition.SUPPRESSED),
        ),
    )


@pytest.fixture(scope="module")
def page() -> str:
    return axis_page(papers.axis_facts(an_axis()))


@pytest.fixture(scope="module")
def pdf(page) -> bytes:
    return printing.print_pdf(page)


@pytest.fixture(scope="module")
def annual() -> bytes:
    return printing.print_pdf(annual_page(papers.annual_facts(an_axis())))


# What it says ----------------------------------------------------------------------------------------------------
def test_every_page_after_the_cover_says_which_document_it_is_and_both_dates(pdf):
    pages = text_of(pdf, "-layout").split("\f")[1:-1]
    assert len(pages) > 5
    for number, page in enumerate(pages, start=2):
        assert "MITP · Informe de cumplimiento, eje 1" in page
        assert builders.DATES_TEXT in page
        assert f"Página {number} de {len(pages) + 1}" in page
        assert "BORRADOR · PAN-2015-2018 · Datos de demostración" in page


def test_the_cover_says_that_it_is_a_draft_with_demonstration_data(pdf):
    cover = text_of(pdf).split("\f")[0]
    assert "Borrador, sin folio" in cover
    assert "las cifras, personas y documentos son ficticios" in cover


def test_without_demonstration_data_nothing_says_so():
    facts = papers.axis_facts(an_axis(), plan=papers.plan_sheet(has_demo_data=False))
    assert "demostración" not in axis_page(facts)


def test_the_three_numbers_stand_beside_each_other_verified_and_informed(page):
    assert "75,0\u00a0% sobre 1 de 4 acciones" in page
    assert "Informado: 90,0\u00a0%" in page
    assert "4 = 3 vigentes + 1 suprimida" in page
    assert '<p class="cifras__v">4 de 8</p>' in page


def test_an_indicator_that_does_not_count_is_listed_with_its_condition(page):
    note = page[page.index("Indicadores que no entran al cumplimiento") :]
    assert "Sin meta acordada" in note
    assert "1.1.2.I1" in note
    assert "1.1.1.I1" not in note


def test_an_eje_without_targets_to_come_has_no_section_for_them():
    axis = builders.axis(1, builders.objective("1.1", builders.action()))
    assert 'id="avance"' not in axis_page(papers.axis_facts(axis))


def test_the_evolution_by_period_is_drawn_and_told_in_a_table():
    moments = (Moment("1.º semestre 2016", date(2016, 6, 30), Fraction(1, 2), Fraction(3, 4), "50,0 %", "75,0 %"),)
    told = Evolution(moments, chart_of(moments, date(2015, 1, 1), date(2018, 12, 31)))
    page = axis_page(papers.axis_facts(an_axis(), evolution=told))
    assert "Gráfico 4. Evolución del cumplimiento" in page
    assert ('id="evolucion-t"' in page, "1.º semestre 2016" in page) == (True, True)


def test_where_nothing_is_due_the_document_says_so_in_words():
    axis = builders.axis(1, builders.objective("1.1", builders.action(coverage=Coverage())))
    page = axis_page(papers.axis_facts(axis, duties=()))
    assert "Ningún reporte era exigible a la fecha de corte." in page
    assert "Ninguna institución debía informar a la fecha de corte." in page


def test_words_of_institutions_are_never_markup():
    action = papers.action_facts(builders.action(), narratives=(papers.narrative(text="<b>a</b>\n<img src=x>"),))
    axis = builders.axis(1, builders.objective("1.1", action.result))
    page = axis_page(papers.axis_facts(axis, actions=(action,)))
    assert "&lt;b&gt;a&lt;/b&gt;<br>&lt;img src=x&gt;" in page


def test_the_annual_document_gives_each_eje_a_page_of_its_own(annual):
    pages = text_of(annual).split("\f")
    assert sum("Eje 1. Prevención y sensibilización\n" in page and "Ficha" not in page for page in pages) == 1
    assert any("Matriz del plan" in page for page in pages[3:])


# How it is made --------------------------------------------------------------------------------------------------
def test_it_is_tagged_for_accessibility_with_language_and_title(pdf):
    with opened(pdf) as document:
        assert document.Root.Lang == "es-CL"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo["/Title"]).startswith("Informe de cumplimiento, eje 1: Prevención")
        assert document.open_metadata()["pdfuaid:part"] == "1"


def test_every_header_cell_has_a_scope_and_heads_of_tables_speak_for_columns(pdf):
    with opened(pdf) as document:
        root = document.Root.StructTreeRoot.K[0]
        cells = tags(root, Name.TH)
        heads = [cell for head in tags(root, Name.THead) for cell in tags(head, Name.TH)]
        assert {cell.A.Scope for cell in cells} == {Name.Column, Name.Row}
        assert {cell.A.Scope for cell in heads} == {Name.Column}
        assert len(cells) > len(heads) > 20


def test_every_figure_is_told_in_words(pdf):
    with opened(pdf) as document:
        figures = tags(document.Root.StructTreeRoot.K[0], Name.Figure)
        words = [str(figure.get("/Alt", "")) for figure in figures]
        assert all(words)
        assert "Verificado: 75,0\u00a0%. Informado: 90,0\u00a0%" in words


def test_links_of_the_contents_say_where_they_lead(pdf):
    with opened(pdf) as document:
        links = [note for page in document.pages for note in page.get("/Annots", [])]
        assert "Cuadro 2. Matriz del eje" in {str(link.Contents) for link in links}


def test_sections_are_bookmarks(pdf):
    with opened(pdf) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root[0].children]
        assert titles[:3] == ["Ficha del informe", "Resumen", "Cuadro 1. Síntesis del eje"]


def test_pages_are_carta_and_the_matrix_lies_across(pdf):
    with opened(pdf) as document:
        sizes = {tuple(float(side) for side in page.MediaBox) for page in document.pages}
        assert sizes == {tuple(LETTER), tuple(LANDSCAPE)}


def test_all_typefaces_travel_in_the_file(pdf):
    lines = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode().splitlines()
    assert {line.split()[0].split("+")[1].split("-")[0] for line in lines[2:]} == {"Roboto"}
    assert {line.split()[-5] for line in lines[2:]} == {"yes"}


def test_the_same_page_gives_the_same_bytes(page, pdf):
    assert printing.print_pdf(page) == pdf


def test_the_date_of_the_file_is_that_of_its_data(pdf):
    with opened(pdf) as document:
        assert str(document.docinfo["/CreationDate"]) == "D:20170228180000-03'00"


# What it may not do ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/foto.png",
        "file:///etc/passwd",
        "data:image/svg+xml,<svg/>",
        f"{BASE_URL}portal.css",
        f"{BASE_URL}../settings.py",
    ],
)
def test_a_document_uses_nothing_but_its_own_static_files(address):
    with pytest.raises(FatalURLFetchingError):
        lay_out(f'<html lang="es"><title>x</title><img src="{address}" alt="x">', printing.resources())


def test_a_resource_is_served_with_its_kind():
    response = StaticOnly(printing.resources()).fetch(f"{BASE_URL}informe.css")
    assert (response.content_type, b"@page" in response.read()) == ("text/css", True)


def test_every_resource_exists():
    assert [name for name, path in printing.resources().items() if path == "None"] == []


def test_a_document_that_cannot_be_laid_out_fails_with_a_sentence():
    with pytest.raises(printing.PrintingError, match="No fue posible componer el documento"):
        printing.print_pdf('<html lang="es"><title>x</title><img src="http://otra.invalid/" alt="x">')


def test_a_document_that_takes_too_long_is_given_up(monkeypatch, page):
    monkeypatch.setattr(printing, "SECONDS", 0.001)
    with pytest.raises(printing.PrintingError, match="demasiado grande"):
        printing.print_pdf(page)


def test_a_long_text_flows_over_pages_and_leaves_none_empty():
    long = papers.narrative(text="Se hicieron jornadas con muchas instituciones. " * 150)
    action = papers.action_facts(builders.action(), narratives=(long, long))
    axis = builders.axis(1, builders.objective("1.1", action.result))
    pages = text_of(printing.print_pdf(axis_page(papers.axis_facts(axis, actions=(action,))))).split("\f")
    words = [page.count("jornadas") for page in pages if "jornadas" in page]
    assert sum(words) == 300
    assert min(words[:-1]) > 20
