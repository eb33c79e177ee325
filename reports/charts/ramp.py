"""Steps of a ramp, light to dark, made from the amounts that they are to tell apart."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from plan.templatetags.portal import number
from reports.charts.fills import RAMP, Fill


@dataclass(frozen=True, slots=True)
class Step:
    """`label` tells its bounds in words: "8 a menos de 12 %"."""

    label: str
    fill: Fill


@dataclass(frozen=True, slots=True)
class Ramp:
    """`bounds` lie between the steps: each belongs to the step above it."""

    bounds: tuple[Fraction, ...]
    steps: tuple[Step, ...]

    def step_of(self, amount: Fraction) -> int:
        return bisect_right(self.bounds, amount)


def ramp_of(amounts: Iterable[Fraction], unit: str = "") -> Ramp:
    """At most five steps with about as many different amounts in each, parted at the roundest number that parts them.

    The amounts are as they are printed, so that a map and the table beside it never disagree; `unit` follows them.
    """
    ordered = sorted(set(amounts))
    places = {len(ordered) * step // len(RAMP) for step in range(1, len(RAMP))} - {0}
    bounds = tuple(_roundest(ordered[at - 1], ordered[at]) for at in sorted(places))
    labels = _labels(bounds, unit) if ordered else []
    return Ramp(bounds, tuple(Step(label, _fill(at, len(labels))) for at, label in enumerate(labels)))


def _roundest(below: Fraction, above: Fraction) -> Fraction:
    """The number with the fewest digits that is more than `below` and at most `above`."""
    unit = Fraction(10) ** len(str(int(above)))
    while above // unit * unit <= below:
        unit /= 10
    return above // unit * unit


def _labels(bounds: tuple[Fraction, ...], unit: str) -> list[str]:
    if not bounds:
        return [f"más de 0{unit}"]
    between = [f"{number(low)} a menos de {number(high)}{unit}" for low, high in pairwise(bounds)]
    return [f"menos de {number(bounds[0])}{unit}", *between, f"{number(bounds[-1])}{unit} o más"]


def _fill(at: int, steps: int) -> Fill:
    """Few steps use the ramp from end to end; a single one stands in its middle."""
    return RAMP[at * (len(RAMP) - 1) // (steps - 1)] if steps > 1 else RAMP[len(RAMP) // 2]
