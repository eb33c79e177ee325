"""The whole way of a document: cut, laid out side by side, joined."""

from collections.abc import Callable, Mapping
from functools import partial

from pikepdf import Pdf

from reports.press.frame import lay_out_frames
from reports.press.joining import join, lie_across, opened, page_numbers
from reports.press.lanes import Job, side_by_side
from reports.press.layout import lay_out
from reports.press.parts import PAGE_OF, cut

FRAMES = -1


def assemble(html: str, resources: Mapping[str, str], tell: Callable[[int], None]) -> bytes:
    """The document as PDF/UA-1, the same bytes whichever part is done first. `tell` hears the share done in percent."""
    texts = cut(html)
    laid = _lay_out_all(texts, resources, tell)
    asking = [number for number, text in enumerate(texts) if PAGE_OF in text]
    while True:
        pages = page_numbers(laid)
        jobs: dict[int, Job] = {FRAMES: partial(lay_out_frames, html, resources, lie_across(laid))}
        jobs |= {number: partial(lay_out, texts[number], resources, pages) for number in asking}
        again = {number: opened(pdf) for number, pdf in side_by_side(jobs)}
        laid = [again.get(number, part) for number, part in enumerate(laid)]
        # As a rule at once, unless its numbers make a part longer or shorter.
        if page_numbers(laid) == pages:
            return join(laid, again[FRAMES])


def _lay_out_all(texts: list[str], resources: Mapping[str, str], tell: Callable[[int], None]) -> list[Pdf]:
    """Every part for the first time, the longest first, so that no lane is left with it at the end."""
    by_length = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
    jobs = {number: partial(lay_out, texts[number], resources) for number in by_length}
    laid: dict[int, Pdf] = {}
    for number, pdf in side_by_side(jobs):
        laid[number] = opened(pdf)
        tell(100 * sum(len(texts[done]) for done in laid) // sum(map(len, texts)))
    return [laid[number] for number in range(len(texts))]
