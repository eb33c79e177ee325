"""Compliance action by action: the verified figure, solid, over the informed one, hatched and never added to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.calculations.results import ActionResult
from reports.charts.fills import INFORMED, VERIFIED, Fill
from reports.charts.scale import CHART_WIDTH, Scale, Tick, beyond

ACTIONS = Scale(left=50, length=400)
TOP, ROW_STEP, FOOT = 6, 13.5, 18


@dataclass(frozen=True, slots=True)
class ActionRow:
    """`label` is the verified figure, or the word that stands in its place."""

    code: str
    y: float
    verified: float | None
    informed: float | None
    label: str
    label_x: float

    @property
    def is_measured(self) -> bool:
        return self.verified is not None

    @property
    def baseline(self) -> float:
        return self.y + 8


@dataclass(frozen=True, slots=True)
class ComplianceChart:
    rows: tuple[ActionRow, ...]
    ticks: tuple[Tick, ...]
    title: str
    foot: float
    left: int = ACTIONS.left
    width: int = CHART_WIDTH
    solid: Fill = VERIFIED
    hatch: Fill = INFORMED

    @property
    def height(self) -> float:
        return self.foot + FOOT

    @property
    def tick_y(self) -> float:
        return self.foot + 12


def compliance_chart(actions: Iterable[ActionResult]) -> ComplianceChart:
    """One double bar per action, in the order given (the plan's), on a scale that ends at the meta, 100 %."""
    rows = tuple(_row(action, round(TOP + index * ROW_STEP, 1)) for index, action in enumerate(actions))
    title = "Cumplimiento verificado por acción: " + "; ".join(f"{row.code} {row.label}" for row in rows)
    return ComplianceChart(rows, ACTIONS.ticks, title, foot=round(TOP + len(rows) * ROW_STEP, 1))


def _row(action: ActionResult, y: float) -> ActionRow:
    verified = ACTIONS.reach(action.verified.value)
    informed = beyond(ACTIONS.reach(action.informed.value), verified)
    label = action.verified.percent_text
    longest = max(verified or 0, informed or 0)
    return ActionRow(action.code, y, verified, informed, label, ACTIONS.label_x(longest, label))
