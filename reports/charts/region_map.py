"""A map of Chile: each region in the fill of what it came to, its number in the margin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.charts.chile import Outline, chile
from reports.charts.fills import NO_DATA, PROTECTED, ZERO, Fill

#: Room for the numbers, left of the outlines; where they end, and where their lines begin.
MARGIN, NUMBER_X, LINE_X = 46, -16, -12
#: How far the lines on which two numbers stand keep from each other.
LINE_STEP = 19
EDGE = 4


@dataclass(frozen=True, slots=True)
class Look:
    """A fill and what it means."""

    label: str
    fill: Fill


ABSENT = Look("sin dato", NO_DATA)
NOTHING = Look("cero informado", ZERO)
HIDDEN = Look("protegido", PROTECTED)


@dataclass(frozen=True, slots=True)
class Stain:
    """What is to be painted: a region, with those that are told under it; `words` tell what it came to."""

    code: str
    parts: frozenset[str]
    look: Look
    words: str


@dataclass(frozen=True, slots=True)
class Area:
    """One region as it is drawn; its number stands at `number_y`, and `leader` leads from there to its coast."""

    stain: Stain
    path: str
    number_y: float
    leader: str


@dataclass(frozen=True, slots=True)
class RegionMap:
    areas: tuple[Area, ...]
    title: str
    legend: tuple[Look, ...]
    source: str
    right: float
    bottom: float
    number_x: int = NUMBER_X

    @property
    def view_box(self) -> str:
        return f"{-MARGIN} {EDGE} {self.right + MARGIN + EDGE:.0f} {self.bottom:.0f}"


def region_map(stains: Sequence[Stain], title: str, steps: Sequence[Look]) -> RegionMap:
    """`stains` north to south. The legend names the steps of the ramp, and of the other looks those that occur."""
    atlas = chile()
    outlines = {outline.code: outline for outline in atlas.outlines}
    drawn = [stain for stain in stains if stain.code in outlines]
    levels = spread([outlines[stain.code].coast[1] for stain in drawn], LINE_STEP)
    used = {stain.look for stain in drawn}
    return RegionMap(
        areas=tuple(_area(stain, outlines, level) for stain, level in zip(drawn, levels, strict=True)),
        title=title,
        legend=(*steps, *(look for look in (NOTHING, ABSENT, HIDDEN) if look in used)),
        source=atlas.source,
        right=atlas.right,
        bottom=atlas.bottom,
    )


def spread(wanted: Sequence[float], step: float) -> list[float]:
    """Places in the order given, at least `step` apart: those that would crowd stand around their common middle."""
    groups: list[list[float]] = []
    for place in wanted:
        groups.append([place])
        while len(groups) > 1 and _places(groups[-2], step)[-1] + step > _places(groups[-1], step)[0]:
            last = groups.pop()
            groups[-1] += last
    return [place for group in groups for place in _places(group, step)]


def _places(group: Sequence[float], step: float) -> list[float]:
    first = sum(group) / len(group) - step * (len(group) - 1) / 2
    return [round(first + step * at, 1) for at in range(len(group))]


def _area(stain: Stain, outlines: Mapping[str, Outline], level: float) -> Area:
    parts = [outline.path for code, outline in outlines.items() if code in stain.parts]
    x, y = outlines[stain.code].coast
    return Area(stain, "".join(parts), round(level + 5, 1), f"M{LINE_X} {level}L{x:.1f} {y:.1f}")
