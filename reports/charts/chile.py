"""The outlines of the regions of Chile, as the project carries them (fixtures/README.md), read once."""

import json
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.conf import settings

DATA = settings.BASE_DIR / "fixtures" / "chile_regions.json"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """`path` is what an SVG path draws: only moves, lines and ends. `coast` is where a line from the sea meets it."""

    code: str
    path: str
    coast: Point


@dataclass(frozen=True, slots=True)
class Atlas:
    """North to south; `right` and `bottom` are as far as the outlines reach."""

    source: str
    outlines: tuple[Outline, ...]
    right: float
    bottom: float


@cache
def chile() -> Atlas:
    data = json.loads(DATA.read_text(encoding="utf-8"))
    outlines = tuple(_outline(row["code"], row["outline"]) for row in data["regions"])
    points = [point for outline in outlines for ring in _rings(outline.path) for point in ring]
    return Atlas(data["source"], outlines, max(x for x, _ in points), max(y for _, y in points))


def _outline(code: str, path: str) -> Outline:
    mainland = max(_rings(path), key=_height)
    middle = (_top(mainland) + _bottom(mainland)) / 2
    return Outline(code, path, (min(_crossings(mainland, middle)), middle))


def _rings(path: str) -> list[list[Point]]:
    """The points of each closed line of a path, the first again at its end."""
    rings = []
    for line in path.split("M")[1:]:
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", line)]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        rings.append([*points, points[0]])
    return rings


def _top(ring: list[Point]) -> float:
    return min(y for _, y in ring)


def _bottom(ring: list[Point]) -> float:
    return max(y for _, y in ring)


def _height(ring: list[Point]) -> float:
    return _bottom(ring) - _top(ring)


def _crossings(ring: list[Point], level: float) -> list[float]:
    """How far east each side of the ring that meets a level line does so."""
    return [
        x + (level - y) * (next_x - x) / (next_y - y)
        for (x, y), (next_x, next_y) in pairwise(ring)
        if min(y, next_y) <= level < max(y, next_y)
    ]
