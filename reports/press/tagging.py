"""What WeasyPrint leaves out of PDF/UA or gets wrong in it, mended before a part is written.

Checked, in tests/test_accessibility.py: with pdfua, which decides 16 of the 106 machine-checkable rules of PDF/UA-1,
and by reading the tags ourselves: levels of headings, lists, scopes of header cells, alternative texts, links, content
that is either tagged or an artifact, language, title, bookmarks, order of tabulation and of reading.
Covered by no checker at hand: whether alternative texts and order of reading make sense to a listener; contrast; the
metrics of embedded typefaces; how a reader takes a table, list or paragraph that a page break divides, because
WeasyPrint tags each piece as one of its own, a table with its head again.
"""

import pydyf
from weasyprint import Document

PRINTED = 1 << 2
#: Stands before the name of a place in another part until the parts are joined. No such host exists.
ELSEWHERE = "https://informe.invalid/#"
#: In the tables that give characters to glyphs: the hyphen at the end of a line, and one that is no part of the word.
HYPHEN, SOFT_HYPHEN = b"> <2010>", b"> <00ad>"
POINTS_PER_PIXEL = 0.75


def complete_tags(part: Document, pdf: pydyf.PDF) -> None:
    elements = {item.reference: item for item in pdf.objects if isinstance(item, pydyf.Dictionary)}
    for element in elements.values():
        match element.get("S"):
            case "/TH":
                group = elements[elements[element["P"]]["P"]]
                _say_scope(element, is_head=group["S"] == "/THead")
            case "/TD":
                element["A"].pop("Headers", None)
            case "/Figure":
                _place(element, page_height=elements[element["Pg"]]["MediaBox"][3])
    for page in part.pages:
        for _, target, _, box in page.links:
            _describe(box.link_annotation, target, box.element)
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and b"begincmap" in item.stream:
            item.stream = [line.replace(HYPHEN, SOFT_HYPHEN) for line in item.stream]


def _say_scope(cell: pydyf.Dictionary, is_head: bool) -> None:
    """Heads of a table speak for their column, others for their row (Kozea/WeasyPrint #2508).

    Scopes stand instead of identifiers: those, as WeasyPrint gives them, miss where a cell spans rows.
    """
    del cell["ID"]
    cell["A"]["Scope"] = "/Column" if is_head else "/Row"


def _place(figure: pydyf.Dictionary, page_height: float) -> None:
    """Where the figure is, in points from the foot of the page; WeasyPrint tells pixels from its top."""
    left, top, right, bottom = (side * POINTS_PER_PIXEL for side in figure["A"]["BBox"])
    figure["A"]["BBox"] = pydyf.Array([left, page_height - bottom, right, page_height - top])


def _describe(link: pydyf.Dictionary, target: str, element) -> None:
    """Say what the link says, and lead by name to a place that is in another part."""
    link["F"] = PRINTED
    link["Contents"] = pydyf.String(" ".join("".join(element.itertext()).split()))
    if target.startswith(ELSEWHERE):
        del link["A"]
        link["Dest"] = pydyf.String(target.removeprefix(ELSEWHERE))
