"""Avance hacia la meta: how far each target that is not yet due has come, against the pace expected by the corte."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.calculations.results import Advance, IndicatorResult
from reports.charts.fills import INFORMED, VERIFIED, Fill
from reports.charts.scale import CHART_WIDTH, Scale, Tick, beyond

ADVANCE = Scale(left=60, length=320)
TOP, ROW_STEP, FOOT = 6, 15, 18


@dataclass(frozen=True, slots=True)
class PaceRow:
    """`expected_x` is where the mark of the expected pace stands."""

    reference: str
    y: int
    verified: float | None
    informed: float | None
    expected_x: float
    label: str
    label_x: float

    @property
    def baseline(self) -> int:
        return self.y + 8


@dataclass(frozen=True, slots=True)
class PaceChart:
    rows: tuple[PaceRow, ...]
    ticks: tuple[Tick, ...]
    title: str
    foot: int
    left: int = ADVANCE.left
    width: int = CHART_WIDTH
    solid: Fill = VERIFIED
    hatch: Fill = INFORMED

    @property
    def height(self) -> int:
        return self.foot + FOOT

    @property
    def tick_y(self) -> int:
        return self.foot + 12


def pace_chart(pairs: Iterable[tuple[IndicatorResult, Advance]]) -> PaceChart:
    """One bar per target not yet due, each with a mark at the pace expected by linear growth."""
    advances = list(pairs)
    rows = tuple(_row(indicator, advance, TOP + i * ROW_STEP) for i, (indicator, advance) in enumerate(advances))
    title = "Avance hacia la meta: " + "; ".join(_in_words(*pair) for pair in advances)
    return PaceChart(rows, ADVANCE.ticks, title, foot=TOP + len(rows) * ROW_STEP)


def _row(indicator: IndicatorResult, advance: Advance, y: int) -> PaceRow:
    verified = ADVANCE.reach(advance.progress)
    informed = beyond(ADVANCE.reach(advance.informed_progress), verified)
    expected = ADVANCE.reach(advance.expected) or 0.0
    label = _label(advance)
    x = ADVANCE.label_x(max(verified or 0, informed or 0, expected), label)
    return PaceRow(indicator.reference, y, verified, informed, round(ADVANCE.left + expected, 1), label, x)


def _label(advance: Advance) -> str:
    return f"{advance.progress_text} · {advance.pace.label}" if advance.pace else advance.progress_text


def _in_words(indicator: IndicatorResult, advance: Advance) -> str:
    return f"{indicator.reference} {_label(advance)}, esperado {advance.expected_text}"
