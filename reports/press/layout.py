"""From the HTML of one part to the bytes of a tagged PDF; the same HTML and resources always give the same bytes."""

from collections.abc import Mapping
from functools import partial

from weasyprint import HTML

from reports.press.fetcher import BASE_URL, StaticOnly
from reports.press.parts import PAGE_NUMBER
from reports.press.tagging import ELSEWHERE, complete_tags

PDF_VARIANT = "pdf/ua-1"


def lay_out(html: str, resources: Mapping[str, str], number: int = 0, pages: Mapping[str, int] | None = None) -> bytes:
    """One part as PDF/UA-1. Dates come from the page's own `dcterms.*`; `number` tells its cells from those of others.

    `pages` maps the name of a place to the page on which it is. Raises weasyprint's FatalURLFetchingError for an
    address outside `resources`.
    """
    page = HTML(string=html, base_url=BASE_URL, url_fetcher=StaticOnly(resources))
    _lead_elsewhere(page, pages or {})
    return page.write_pdf(pdf_variant=PDF_VARIANT, finisher=partial(complete_tags, number=number))


def _lead_elsewhere(page: HTML, pages: Mapping[str, int]) -> None:
    """Give links their numbers of pages, and keep those whose place is in another part: WeasyPrint would drop them."""
    here = {element.get("id") for element in page.etree_element.iter()}
    for link in page.etree_element.iter("a"):
        place = link.get("href", "").removeprefix("#")
        if PAGE_NUMBER in link.attrib:
            link.set(PAGE_NUMBER, str(pages.get(place, "")))
        if link.get("href", "").startswith("#") and place not in here:
            link.set("href", f"{ELSEWHERE}{place}")
