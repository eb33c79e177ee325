"""A double bar: the verified figure, solid, over the informed one, hatched and never added to it."""

from dataclasses import dataclass
from fractions import Fraction

from indicators.calculations.results import ActionScore, Coverage, GroupScore
from reports.charts.fills import INFORMED, VERIFIED, Fill
from reports.charts.scale import part_of


@dataclass(frozen=True, slots=True)
class DoubleBar:
    """Widths are parts of the drawing, written for SVG; `title` tells both figures in words."""

    verified: str
    informed: str
    title: str
    solid: Fill = VERIFIED
    hatch: Fill = INFORMED


def double_bar(verified: Fraction | None, informed: Fraction | None, title: str) -> DoubleBar:
    """For two shares of one; what exceeds 1 fills the bar."""
    return DoubleBar(part_of(verified), part_of(informed), title)


def score_bar(name: str, verified: GroupScore | ActionScore, informed: GroupScore | ActionScore) -> DoubleBar:
    title = f"{name}: verificado {verified.percent_text}, informado {informed.percent_text}"
    return double_bar(verified.value, informed.value, title)


def coverage_bar(coverage: Coverage) -> DoubleBar:
    """Validated over made reports, of those owed."""
    owed, made, validated = coverage.owed, coverage.made, coverage.validated
    title = f"Reportes: {owed} exigibles, {made} informados, {validated} validados"
    return DoubleBar(part_of(validated, owed), part_of(made, owed), title)
