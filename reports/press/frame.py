"""What repeats on every page, laid out when their number is known: head, foot, watermark and "página x de y".

The style sheets of the medium `marco` draw it, around empty pages. It carries no tags: on the joined pages it is an
artifact, which is not read aloud.
"""

from collections.abc import Iterable, Mapping

from weasyprint import HTML

from reports.press.fetcher import BASE_URL, StaticOnly
from reports.press.parts import opening_of

MEDIUM = "marco"
#: Names of pages in the style sheets: the first page of a document is its cover.
COVER, UPRIGHT, ACROSS = "portada", "hoja", "apaisada"


def lay_out_frames(html: str, resources: Mapping[str, str], lie_across: Iterable[bool]) -> bytes:
    """A PDF of empty pages with the head and foot of the document, for each of its pages whether it lies across."""
    first, *others = lie_across
    names = [ACROSS if first else COVER, *(ACROSS if lies else UPRIGHT for lies in others)]
    sections = "".join(f'<section class="{name}"></section>' for name in names)
    page = HTML(
        string=opening_of(html) + sections, base_url=BASE_URL, media_type=MEDIUM, url_fetcher=StaticOnly(resources)
    )
    return page.write_pdf()
