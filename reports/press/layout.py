"""From HTML to the bytes of a tagged PDF; the same HTML and resources always give the same bytes."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import SubElement

from weasyprint import HTML

from reports.press.fetcher import BASE_URL, StaticOnly
from reports.press.tagging import complete_tags

SVG = "{http://www.w3.org/2000/svg}"
STYLE_OF_DRAWINGS = "informe-graficos.css"
PDF_VARIANT = "pdf/ua-1"


def lay_out(html: str, resources: Mapping[str, str]) -> bytes:
    """The document as PDF/UA-1. Dates come from the page's own `dcterms.*`, the identifier from its text.

    Raises weasyprint's FatalURLFetchingError for an address outside `resources`.
    """
    page = HTML(string=html, base_url=BASE_URL, url_fetcher=StaticOnly(resources))
    _style_drawings(page, Path(resources[STYLE_OF_DRAWINGS]).read_text(encoding="utf-8"))
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32]
    pdf = page.write_pdf(pdf_variant=PDF_VARIANT, pdf_identifier=identifier.encode())
    return complete_tags(pdf, _link_texts(page))


def _style_drawings(page: HTML, style: str) -> None:
    """Lay the style of charts into each of them: the style sheets of a document do not reach inside."""
    for drawing in page.etree_element.iter(f"{SVG}svg"):
        SubElement(drawing, f"{SVG}style").text = style


def _link_texts(page: HTML) -> dict[str, str]:
    """The words of each link inside the document, by the id that it leads to."""
    links = (link for link in page.etree_element.iter("a") if link.get("href", "").startswith("#"))
    return {link.get("href")[1:]: " ".join("".join(link.itertext()).split()) for link in links}
