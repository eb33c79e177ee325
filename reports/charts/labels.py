"""Where the words of a chart stand: each beside its point, none over another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

WIDTH = 760
#: Of one letter and of a line of `.grafico .dato`, a little generous.
LETTER, LINE = 7.6, 17
#: How far words keep from the middle of a point.
GAP = 12


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """The area that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0) * max(high, 0)


@dataclass(frozen=True, slots=True)
class Words:
    """About the point at x, y; `look` is their class, `rises`: they would rather stand above it than below."""

    text: str
    look: str
    x: float
    y: float
    rises: bool


@dataclass(frozen=True, slots=True)
class Label:
    """`x` is the edge that `anchor` names, `y` the line on which the letters stand."""

    text: str
    look: str
    x: str
    y: str
    anchor: str


def place_labels(spoken: Sequence[Words], floor: float) -> tuple[Label, ...]:
    """In the order given, each at the first place that is free, or that covers least; none below `floor`."""
    taken = [Box(words.x - 7, words.y - 7, words.x + 7, words.y + 7) for words in spoken]
    labels = []
    for words in spoken:
        label, box = min(_places(words, floor), key=lambda place: _covered(place[1], taken))
        taken.append(box)
        labels.append(label)
    return tuple(labels)


def _covered(box: Box, taken: Iterable[Box]) -> float:
    return sum(box.overlap(other) for other in taken)


def _places(words: Words, floor: float) -> Iterator[tuple[Label, Box]]:
    """Over and under the point, then beside it, then farther off; on its right where there is room."""
    width = LETTER * len(words.text)
    for drop in _drops(words.rises):
        line = min(words.y + drop, floor)
        for anchor in ("start", "end"):
            left = words.x + GAP if anchor == "start" else words.x - GAP - width
            if left + width <= WIDTH and left >= 0:
                x = left if anchor == "start" else left + width
                label = Label(words.text, words.look, f"{x:.1f}", f"{line:.1f}", anchor)
                yield label, Box(left, line - LINE + 4, left + width, line + 4)


def _drops(rises: bool) -> tuple[int, ...]:
    """How far under the point the letters may stand, best first; less than 0 is over it."""
    return (-10, 5, 20, -28, 38) if rises else (20, 5, -10, 38, -28)
