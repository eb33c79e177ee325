"""What WeasyPrint leaves out of PDF/UA, added before a part is written: the scopes of header cells (Kozea/WeasyPrint
#2508), the index of their identifiers, the words of links.

Checked, in tests/test_accessibility.py: with pdfua, which decides 16 of the 106 machine-checkable rules of PDF/UA-1,
and by reading the tags ourselves: levels of headings, lists, scopes and headers of tables, alternative texts, links,
content that is either tagged or an artifact, language, title, bookmarks, order of tabulation.
Covered by no checker at hand: whether alternative texts and order of reading make sense to a listener; contrast; the
metrics of embedded typefaces; how a reader takes a table, list or paragraph that a page break divides, because
WeasyPrint tags each piece as one of its own, a table with its head again.
"""

import pydyf
from weasyprint import Document

PRINTED = 1 << 2
#: Stands before the name of a place in another part until the parts are joined. No such host exists.
ELSEWHERE = "https://informe.invalid/#"


def complete_tags(part: Document, pdf: pydyf.PDF, number: int) -> None:
    """Complete the PDF of the part with this number before it is written."""
    elements = {item.reference: item for item in pdf.objects if isinstance(item, pydyf.Dictionary)}
    heads = [element for element in elements.values() if element.get("S") == "/TH"]
    for cell in heads:
        row_group = elements[elements[cell["P"]]["P"]]
        cell["A"]["Scope"] = "/Column" if row_group["S"] == "/THead" else "/Row"
        # One object, which the cells under this head hold too.
        cell["ID"].string = f"{number}-{cell['ID'].string}"
    root = elements[pdf.catalog["StructTreeRoot"]]
    root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(entry for cell in heads for entry in _index_entry(cell))})
    for page in part.pages:
        for _, target, _, box in page.links:
            _describe(box.link_annotation, target, box.element)


def _index_entry(cell: pydyf.Dictionary) -> tuple[pydyf.String, bytes]:
    return cell["ID"], cell.reference


def _describe(link: pydyf.Dictionary, target: str, element) -> None:
    """Say what the link says, and lead by name to a place that is in another part."""
    link["F"] = PRINTED
    link["Contents"] = pydyf.String(" ".join("".join(element.itertext()).split()))
    if target.startswith(ELSEWHERE):
        del link["A"]
        link["Dest"] = pydyf.String(target.removeprefix(ELSEWHERE))
