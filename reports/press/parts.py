"""Where a document is cut, so that its parts can be laid out side by side: in front of a section that begins a page
with a heading of its own, an h2. Under it stand the bookmarks of what follows."""

import re

#: Everything up to the text: every part repeats it.
OPENING = re.compile(r".*?<body[^>]*>", re.DOTALL)
SECTION = re.compile(r'^(?=<section class="(?:hoja|apaisada)">\s*<h2)', re.MULTILINE)
#: Shorter sections share a part: each part costs a third of a second of its own, for typefaces and style sheets.
SHORTEST = 24_000
#: By this attribute an element asks for the number of the page of the place that it names. Nobody knows it before all
#: parts are laid out: such a part is kept short, because it is laid out twice.
PAGE_OF = "data-pagina"


def cut(html: str) -> list[str]:
    """The parts of a document in their order, each a page of HTML."""
    pieces = SECTION.split(html)
    # What stands in front of the first section, the cover, shares its part: nothing but it may break the page after.
    texts = ["".join(pieces[:2])]
    for section in pieces[2:]:
        if len(texts[-1]) < SHORTEST and PAGE_OF not in texts[-1]:
            texts[-1] += section
        else:
            texts.append(section)
    return [texts[0], *(f"{opening_of(html)}\n<main>\n{text}" for text in texts[1:])]


def opening_of(html: str) -> str:
    """The document's head and the begin of its body."""
    found = OPENING.match(html)
    return found.group() if found else ""
