"""From HTML to the bytes of a tagged PDF; the same HTML and resources always give the same bytes."""

import hashlib
from collections.abc import Mapping

from weasyprint import HTML

from reports.press.fetcher import BASE_URL, StaticOnly
from reports.press.tagging import complete_tags

PDF_VARIANT = "pdf/ua-1"


def lay_out(html: str, resources: Mapping[str, str]) -> bytes:
    """The document as PDF/UA-1. Dates come from the page's own `dcterms.*`, the identifier from its text.

    Raises weasyprint's FatalURLFetchingError for an address outside `resources`.
    """
    page = HTML(string=html, base_url=BASE_URL, url_fetcher=StaticOnly(resources))
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32]
    pdf = page.write_pdf(pdf_variant=PDF_VARIANT, pdf_identifier=identifier.encode())
    return complete_tags(pdf, _link_texts(page))


def _link_texts(page: HTML) -> dict[str, str]:
    """The words of each link inside the document, by the id that it leads to."""
    links = (link for link in page.etree_element.iter("a") if link.get("href", "").startswith("#"))
    return {link.get("href")[1:]: " ".join("".join(link.itertext()).split()) for link in links}
