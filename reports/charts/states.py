"""Stacked bars: how many actions stand in each state."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indicators.calculations.results import StateCounts
from indicators.calculations.terms import ActionState
from reports.charts.fills import STATE_FILLS, Fill
from reports.charts.scale import CHARACTER_WIDTH, CHART_WIDTH, part_of

LABEL_WIDTH = 40
ROW_HEIGHT, ROW_STEP = 22, 29
PLATE_WIDTH = 18
SWATCH_WIDTH, LEGEND_GAP, LEGEND_LINE = 21, 16, 18


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of a row that shows one state; `middle` is where its number stands, on a plate."""

    fill: Fill
    count: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def plate_x(self) -> float:
        return self.middle - PLATE_WIDTH / 2


@dataclass(frozen=True, slots=True)
class Part:
    """One state of a bar by itself: how many actions, and where its piece stands, written for SVG."""

    state: ActionState
    fill: Fill
    count: int
    start: str
    width: str

    @property
    def label(self) -> str:
        return self.state.label


@dataclass(frozen=True, slots=True)
class StateBar:
    """`title` tells the whole bar in words."""

    parts: tuple[Part, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    y: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    state: ActionState
    fill: Fill
    x: int
    y: int

    @property
    def label(self) -> str:
        return self.state.label


@dataclass(frozen=True, slots=True)
class StateChart:
    rows: tuple[Row, ...]
    legend: tuple[LegendEntry, ...]
    title: str
    height: int
    width: int = CHART_WIDTH
    bar_height: int = ROW_HEIGHT


def state_bar(states: StateCounts, name: str = "") -> StateBar:
    """One bar whose parts are the states that occur, in the order of STATE_FILLS; `name` says whose they are."""
    title = f"{name}: {in_words(states)}" if name else in_words(states)
    return StateBar(tuple(_parts(states)), title)


def state_chart(groups: Sequence[tuple[str, StateCounts]]) -> StateChart:
    """One stacked bar per (label, counts), each as long as the others, above one legend of the states that occur."""
    rows = tuple(
        Row(label, y=index * ROW_STEP, segments=_segments(states, LABEL_WIDTH, CHART_WIDTH - LABEL_WIDTH))
        for index, (label, states) in enumerate(groups)
    )
    legend = _legend([states for _, states in groups], top=len(rows) * ROW_STEP + 4)
    title = ". ".join(f"{label}: {in_words(states)}" for label, states in groups)
    return StateChart(rows, legend, title, height=max((entry.y for entry in legend), default=0) + LEGEND_LINE)


def in_words(states: StateCounts) -> str:
    """ "Cumplida 3, En ejecución 5": only the states that occur."""
    return ", ".join(f"{state.label} {count}" for state, count in _occurring(states)) or "Sin acciones"


def _occurring(states: StateCounts) -> list[tuple[ActionState, int]]:
    return [(state, states.of(state)) for state in STATE_FILLS if states.of(state)]


def _parts(states: StateCounts) -> Iterator[Part]:
    before = 0
    for state, count in _occurring(states):
        yield Part(state, STATE_FILLS[state], count, part_of(before, states.total), part_of(count, states.total))
        before += count


def _segments(states: StateCounts, left: float, room: float) -> tuple[Segment, ...]:
    segments = []
    x = left
    for state, count in _occurring(states):
        width = room * count / states.total
        segments.append(Segment(STATE_FILLS[state], count, round(x, 1), round(width, 1)))
        x += width
    return tuple(segments)


def _legend(counts: Iterable[StateCounts], top: int) -> tuple[LegendEntry, ...]:
    """Swatches with their words, side by side as far as they fit."""
    occurring = {state for states in counts for state, _ in _occurring(states)}
    entries, x, y = [], 0, top
    for state in filter(occurring.__contains__, STATE_FILLS):
        width = SWATCH_WIDTH + round(CHARACTER_WIDTH * len(state.label))
        if x + width > CHART_WIDTH:
            x, y = 0, y + LEGEND_LINE
        entries.append(LegendEntry(state, STATE_FILLS[state], x, y))
        x += width + LEGEND_GAP
    return tuple(entries)
