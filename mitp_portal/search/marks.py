"""Where the words stand in a text, for the eye: a line of it with the words marked."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mitp_portal.search.plain import plain

#: Letters of a line, and of what stands before the first word found.
LINE, BEFORE = 200, 60
#: Between the fields of one text.
PARTED = "\n\n"
#: One letter would be marked all over.
SHORTEST = 2

Span = tuple[int, int]


def marked(text: str, words: tuple[str, ...]) -> SafeString:
    """The text, escaped, with every word that was found inside <mark>."""
    pieces, end = [], 0
    for start, stop in _spans(text, words):
        pieces += [(text[end:start], text[start:stop])]
        end = stop
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[end:])


def line_of(text: str, words: tuple[str, ...]) -> SafeString:
    """A line around the first word found; the beginning of the text where it has none."""
    text = " ".join(text.split())
    spans = _spans(text, words)
    start = _beginning(text, spans[0][0]) if spans else 0
    stop = _end(text, start + LINE)
    lead, rest = "… " if start else "", " …" if stop < len(text) else ""
    return format_html("{}{}{}", lead, marked(text[start:stop], words), rest)


def parts_of(text: str) -> str:
    """Fields that were joined by PARTED, each once, without the empty ones."""
    return " · ".join(dict.fromkeys(part.strip() for part in text.split(PARTED) if part.strip()))


def _beginning(text: str, found: int) -> int:
    """Of a whole word, some letters before the one that was found."""
    return 0 if found <= BEFORE else text.find(" ", found - BEFORE, found) + 1 or found


def _end(text: str, stop: int) -> int:
    return len(text) if stop >= len(text) else max(text.rfind(" ", 0, stop), stop - BEFORE)


def _spans(text: str, words: tuple[str, ...]) -> list[Span]:
    """Beginning and end of what is to be marked, in order, joined where they touch."""
    places = [(letter, place) for place, written in enumerate(text) for letter in plain(written)]
    letters = "".join(letter for letter, _ in places)
    found = [
        (places[at][1], places[at + len(word) - 1][1] + 1)
        for word in words
        if len(word) >= SHORTEST
        for at in _occurrences(letters, word)
    ]
    joined: list[Span] = []
    for start, stop in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _occurrences(letters: str, word: str) -> list[int]:
    places, at = [], letters.find(word)
    while at >= 0:
        places.append(at)
        at = letters.find(word, at + len(word))
    return places
