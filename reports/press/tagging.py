"""What WeasyPrint leaves out of PDF/UA: the scope of header cells (Kozea/WeasyPrint #2508) and what links say."""

import io
from collections.abc import Iterator, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

PRINTED = 1 << 2


def complete_tags(pdf: bytes, link_texts: Mapping[str, str]) -> bytes:
    """The PDF with a scope on every TH and, on every internal link, its words and the print flag."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for cell, scope in _header_cells(document.Root.StructTreeRoot):
            cell.A = _with_scope(cell, scope)
        for link in _links(document):
            link.F = PRINTED
            link.Contents = String(link_texts.get(str(link.get("/Dest", "")), str(link.Contents)))
        finished = io.BytesIO()
        document.save(finished, deterministic_id=True)
    return finished.getvalue()


def _header_cells(element: Object, is_head: bool = False) -> Iterator[tuple[Object, Name]]:
    """Every TH below the element: those of a table's head speak for their column, the others for their row."""
    kind = element.get("/S")
    if kind == Name.TH:
        yield element, Name.Column if is_head else Name.Row
        return
    for child in _children(element):
        yield from _header_cells(child, is_head or kind == Name.THead)


def _children(element: Object) -> Iterator[Object]:
    kids = element.get("/K", Array())
    yield from (kid for kid in (kids if isinstance(kids, Array) else [kids]) if isinstance(kid, Dictionary))


def _with_scope(cell: Object, scope: Name) -> Object:
    attributes = cell.get("/A", Dictionary(O=Name.Table))
    attributes.Scope = scope
    return attributes


def _links(document: Pdf) -> Iterator[Object]:
    for page in document.pages:
        yield from (note for note in page.get("/Annots", Array()) if note.get("/Subtype") == Name.Link)
