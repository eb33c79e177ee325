"""How a remark says what it is about: "means-3", "indicator-2", "narrative", "evidence-17", "evidence-17-p2"."""

from indicators.models import Evidence, Indicator, MeansOfVerification

#: The story of a report as a whole.
NARRATIVE = "narrative"


def anchor(thing: MeansOfVerification | Indicator | Evidence | str) -> str:
    """The anchor of a medio, an indicator or a piece of evidence; what is an anchor already stays one."""
    if isinstance(thing, str):
        return thing
    names = {MeansOfVerification: "means", Indicator: "indicator", Evidence: "evidence"}
    return f"{names[type(thing)]}-{thing.pk}"


def with_page(place: str, page: int | None) -> str:
    return place if page is None else f"{place}-p{page}"


def without_page(place: str) -> tuple[str, int | None]:
    """The anchor of the evidence, and the page where one is named."""
    head, mark, page = place.partition("-p")
    return (head, int(page)) if mark and page.isdecimal() else (place, None)
