"""From the HTML of one part to the bytes of a tagged PDF; the same HTML and resources always give the same bytes."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from xml.etree.ElementTree import SubElement

from weasyprint import HTML

from reports.press.fetcher import BASE_URL, StaticOnly
from reports.press.parts import PAGE_OF
from reports.press.tagging import ELSEWHERE, complete_tags

SVG = "{http://www.w3.org/2000/svg}"
STYLE_OF_DRAWINGS = "informe-graficos.css"
PDF_VARIANT = "pdf/ua-1"
#: When a part is laid out first, nobody knows on which page a place of another one will be.
NO_PAGES: Mapping[str, int] = MappingProxyType({})


def lay_out(html: str, resources: Mapping[str, str], pages: Mapping[str, int] = NO_PAGES) -> bytes:
    """One part as PDF/UA-1; `pages` maps the name of a place to the page on which it is. Dates come from the page's own
    `dcterms.*`.

    Raises weasyprint's FatalURLFetchingError for an address outside `resources`.
    """
    page = HTML(string=html, base_url=BASE_URL, url_fetcher=StaticOnly(resources))
    _style_drawings(page, Path(resources[STYLE_OF_DRAWINGS]).read_text(encoding="utf-8"))
    _number_pages(page, pages)
    _lead_elsewhere(page)
    return page.write_pdf(pdf_variant=PDF_VARIANT, finisher=complete_tags)


def _number_pages(page: HTML, pages: Mapping[str, int]) -> None:
    """Put the number of the page where the name of a place is."""
    for element in page.etree_element.iter():
        place = element.get(PAGE_OF)
        if place:
            element.set(PAGE_OF, str(pages.get(place, "")))


def _lead_elsewhere(page: HTML) -> None:
    """Keep the links whose place is in another part: WeasyPrint would drop them."""
    here = {element.get("id") for element in page.etree_element.iter()}
    for link in page.etree_element.iter("a"):
        address = link.get("href", "")
        if address.startswith("#") and address[1:] not in here:
            link.set("href", f"{ELSEWHERE}{address[1:]}")


def _style_drawings(page: HTML, style: str) -> None:
    """Lay the style of charts into each of them: the style sheets of a document do not reach inside."""
    for drawing in page.etree_element.iter(f"{SVG}svg"):
        SubElement(drawing, f"{SVG}style").text = style
