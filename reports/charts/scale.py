"""The scale from 0 to the meta that charts of shares have in common."""

from dataclasses import dataclass
from fractions import Fraction

TICKS = (0, 25, 50, 75, 100)
CHART_WIDTH = 520
GAP = 6
#: Mean width of a printed character, enough to know whether a label would cross a line.
CHARACTER_WIDTH = 5.2


def part_of(part: int | Fraction | None, whole: int = 1) -> str:
    """A part of a whole as a width for SVG: 1, 3 → "33.33%". Nothing, and more than the whole, keep inside it."""
    if not part or not whole:
        return "0%"
    return f"{float(min(max(Fraction(part) / whole, Fraction(0)), Fraction(1)) * 100):.2f}%"


@dataclass(frozen=True, slots=True)
class Tick:
    label: str
    x: float
    is_goal: bool


def beyond(informed: float | None, verified: float | None) -> float | None:
    """The informed bar where it reaches beyond the verified one, which covers it; else its edge would show."""
    return informed if informed is not None and informed > (verified or 0) else None


@dataclass(frozen=True, slots=True)
class Scale:
    """`left` is where 0 stands and `length` how far the meta (a share of 1) is from it, in units of the drawing."""

    left: int
    length: int

    def reach(self, share: Fraction | None) -> float | None:
        """How long the bar of this share is; a share beyond 1 ends at the meta, None stays None."""
        return None if share is None else round(float(min(max(share, Fraction(0)), Fraction(1)) * self.length), 1)

    def label_x(self, bar: float, label: str) -> float:
        """Where a label beside a bar of this length begins: after the line of the meta if it would cross it."""
        beside = self.left + bar + GAP
        goal = self.left + self.length
        crosses = beside <= goal + GAP and beside + CHARACTER_WIDTH * len(label) > goal
        return round(goal + GAP if crosses else beside, 1)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        return tuple(self._tick(percent) for percent in TICKS)

    def _tick(self, percent: int) -> Tick:
        is_goal = percent == TICKS[-1]
        label = f"{percent}\u00a0%" + (" = meta" if is_goal else "")
        return Tick(label, self.left + self.length * percent / 100, is_goal)
