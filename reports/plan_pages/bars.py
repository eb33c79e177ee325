"""Bars of the pages as plain parts: widths are written for SVG, with a dot, whatever the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from indicators.calculations.results import ActionScore, Coverage, GroupScore, StateCounts
from indicators.calculations.terms import ActionState
from reports.charts.fills import STATE_FILLS

#: The pattern of each state, drawn once per page (templates/components/patterns.html).
PATTERNS = {
    ActionState.FULFILLED: "p-cumplida",
    ActionState.EXECUTED: "p-ejecutada",
    ActionState.ON_TRACK: "p-aldia",
    ActionState.IN_PROGRESS: "p-ejecucion",
    ActionState.OVERDUE: "p-atrasada",
    ActionState.UNREPORTED: "p-sininforme",
    ActionState.NOT_STARTED: "p-noiniciada",
    ActionState.SUPPRESSED: "p-suprimida",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One state in a stacked bar: how many actions, and where its piece stands."""

    state: ActionState
    count: int
    start: str
    width: str

    @property
    def label(self) -> str:
        return self.state.label

    @property
    def pattern(self) -> str:
        return PATTERNS[self.state]


@dataclass(frozen=True, slots=True)
class Overlay:
    """Verified, solid, over informed, hatched: the two never add up."""

    verified: str
    informed: str


def share(part: int | Fraction | None, whole: int = 1) -> str:
    """A part of a whole as a width: 1, 3 → "33.33%". Nothing, and more than the whole, keep inside the bar."""
    if not part or not whole:
        return "0%"
    return f"{float(min(Fraction(part) / whole, Fraction(1)) * 100):.2f}%"


def state_bar(states: StateCounts) -> tuple[Part, ...]:
    """Only the states that some action has, in the order of every chart."""
    return tuple(_parts(states))


def _parts(states: StateCounts) -> Iterator[Part]:
    before = 0
    for state in STATE_FILLS:
        count = states.of(state)
        if count:
            yield Part(state, count, share(before, states.total), share(count, states.total))
            before += count


def score_bar(verified: GroupScore | ActionScore, informed: GroupScore | ActionScore) -> Overlay:
    return Overlay(share(verified.value), share(informed.value))


def coverage_bar(coverage: Coverage) -> Overlay:
    return Overlay(share(coverage.validated, coverage.owed), share(coverage.made, coverage.owed))
