"""Both documents for those who listen: every rule that a checker or our own eyes on the tags can decide."""

from itertools import pairwise

import pdfua
import pytest
from pikepdf import Array, Dictionary, Name, NameTree

from indicators.calculations.terms import ActionState
from reports.documents import printing
from reports.documents.pages import annual_page, axis_page
from reports.tests import builders, papers
from reports.tests.pdfs import elements, kids, marks, of_kind, opened, read_aloud, tags, text_of

#: pdfua 0.1.3 stumbles over this rule under pikepdf 10; here the rule is a test of its own.
EMPTY_HEADINGS = "UA-14-001"


def an_axis(number: int):
    """Enough for every table and chart; the first action has two indicators and spans two rows of the matrix."""
    two = tuple(builders.indicator(f"{number}.1.1.I{place}") for place in (1, 2))
    return builders.axis(
        number,
        builders.objective(
            f"{number}.1",
            builders.action(f"{number}.1.1", indicators=two),
            builders.action(f"{number}.1.2", None, ActionState.OVERDUE),
        ),
    )


@pytest.fixture(scope="module")
def documents() -> dict[str, bytes]:
    long = papers.narrative(text="Se hicieron jornadas con muchas instituciones. " * 150)
    axis = an_axis(1)
    actions = [papers.action_facts(action, narratives=(long,)) for action in axis.iter_actions()]
    pages = {
        "axis": axis_page(papers.axis_facts(axis, actions=tuple(actions))),
        "annual": annual_page(papers.annual_facts(*map(an_axis, (1, 2, 3, 4)))),
    }
    return {name: printing.print_pdf(page) for name, page in pages.items()}


@pytest.fixture(params=["axis", "annual"])
def pdf(request, documents) -> bytes:
    return documents[request.param]


@pytest.fixture
def document(pdf):
    with opened(pdf) as document:
        yield document


def kinds(found) -> set[str]:
    return {str(element.S) for element in found}


def test_the_checker_finds_nothing(pdf, tmp_path):
    path = tmp_path / "documento.pdf"
    path.write_bytes(pdf)
    report = pdfua.validate(path)
    assert [(finding.rule_id, finding.message) for finding in report.findings] == []
    assert {outcome.rule_id for outcome in report.skipped} <= {EMPTY_HEADINGS}


# The tree of tags --------------------------------------------------------------------------------------------------
def test_headings_have_words_and_go_down_one_level_at_a_time(document):
    headings = [element for element in elements(document) if str(element.S)[:2] == "/H"]
    levels = [int(str(heading.S)[2:]) for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(lower - upper <= 1 for upper, lower in pairwise(levels))
    assert all(tags(heading, Name.Span) for heading in headings)


def test_lists_are_made_of_items_with_a_body(document):
    lists = of_kind(document, Name.L)
    items = [item for element in lists for item in kids(element)]
    assert kinds(items) == {"/LI"}
    assert all("/LBody" in kinds(kids(item)) for item in items)


def test_tables_are_made_of_rows_and_cells_and_every_head_says_for_what_it_speaks(document):
    rows = of_kind(document, Name.TR)
    assert kinds(row.P for row in rows) == {"/THead", "/TBody", "/TFoot"}
    assert kinds(cell for row in rows for cell in kids(row)) == {"/TH", "/TD"}
    heads = of_kind(document, Name.TH)
    assert {(str(head.P.P.S), str(head.A.Scope)) for head in heads} == {
        ("/THead", "/Column"),
        ("/TBody", "/Row"),
        ("/TFoot", "/Row"),
    }


def test_a_head_that_spans_rows_says_over_how_many(document):
    spans = {int(head.A.get("/RowSpan", 1)) for head in of_kind(document, Name.TH)}
    assert spans == {1, 2}


def test_figures_are_told_in_words_and_stand_inside_their_page(document):
    figures = of_kind(document, Name.Figure)
    assert figures
    for figure in figures:
        left, low, right, high = map(float, figure.A.BBox)
        assert str(figure.Alt).strip()
        assert 0 <= left < right <= figure.Pg.MediaBox[2]
        assert 0 <= low < high <= figure.Pg.MediaBox[3]


def test_links_say_where_they_lead_lead_there_and_hold_no_link(document):
    links = of_kind(document, Name.Link)
    notes = [kid.Obj for link in links for kid in kids(link) if isinstance(kid, Dictionary)]
    places = set(NameTree(document.Root.Names.Dests))
    assert len(notes) == len(links) == sum(len(page.get("/Annots", [])) for page in document.pages)
    assert all(str(note.Contents).strip() and str(note.Dest) in places for note in notes)
    assert kinds(link.P for link in links) == {"/LBody"}


# Between page and tags ----------------------------------------------------------------------------------------------
def test_all_that_is_drawn_is_either_an_artifact_or_read_exactly_once(document):
    claimed = [
        (element.Pg.objgen, int(kid))
        for element in elements(document)
        for kid in kids(element)
        if not isinstance(kid, Dictionary)
    ]
    drawn = []
    for page in document.pages:
        numbers, strays = marks(page)
        assert strays == 0
        drawn += [(page.obj.objgen, number) for number in numbers]
    assert sorted(claimed) == sorted(drawn)


def test_pages_and_links_find_their_tags(document):
    entries = list(document.Root.StructTreeRoot.ParentTree.Nums)
    tree = dict(zip(map(int, entries[::2]), entries[1::2], strict=True))
    assert list(tree) == sorted(tree)
    for page in document.pages:
        assert page.obj.Tabs == Name.S
        owners = tree.pop(int(page.obj.StructParents))
        assert isinstance(owners, Array)
        assert all(owner.Pg.objgen == page.obj.objgen for owner in owners)
        assert kinds(tree.pop(int(note.StructParent)) for note in page.get("/Annots", [])) <= {"/Link"}
    assert tree == {}


def test_heads_and_feet_are_not_read_aloud(pdf):
    assert "Página 3 de" in text_of(pdf)
    assert "Página" not in read_aloud(pdf)
    assert "MITP ·" not in read_aloud(pdf)


def test_sections_are_read_in_the_order_of_the_contents_and_charts_only_by_their_words(pdf, document):
    spoken = read_aloud(pdf)
    contents = [str(link.Contents) for page in document.pages for link in page.get("/Annots", [])]
    places = [spoken.rindex(title) for title in contents]
    assert places == sorted(places)


def test_the_file_says_title_language_and_that_it_is_accessible(document):
    assert document.Root.Lang == "es-CL"
    assert str(document.docinfo["/Title"])
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert document.Root.MarkInfo.Marked
    assert document.open_metadata()["pdfuaid:part"] == "1"


def test_bookmarks_are_one_tree_under_the_title(document):
    with document.open_outline() as outline:
        assert len(outline.root) == 1
        sections = [item.title for item in outline.root[0].children]
    headings = of_kind(document, Name.H2)
    assert len(sections) == len(headings) > 5
