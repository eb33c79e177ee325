"""Value by period against the expected pace, as geometry: text ready for SVG, with a dot for decimals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from plan.templatetags.portal import number, percent

LEFT, RIGHT, TOP, BOTTOM = 52, 700, 46, 250
STEPS = 4
LABEL_ROOM = 76
#: What "1.240 informado" takes beside its point.
WORD_ROOM = 130
MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")


@dataclass(frozen=True, slots=True)
class Spot:
    """A day with what was verified and what was informed by then; None where nothing was."""

    on: date
    verified: Fraction | None
    informed: Fraction | None


@dataclass(frozen=True, slots=True)
class Goal:
    """The target that the value grows towards from the first day of the axis."""

    value: Fraction
    due_on: date


@dataclass(frozen=True, slots=True)
class Point:
    x: str
    y: str
    label: str = ""

    def __str__(self) -> str:
        return f"{self.x} {self.y}"


@dataclass(frozen=True, slots=True)
class LineChart:
    """`goal` is where the pace ends. `informed_points` are only those that differ from the verified ones.

    `ends_at_the_edge`: the labels of the last points have no room to their right.
    """

    verified_line: str
    informed_line: str
    verified_points: tuple[Point, ...]
    informed_points: tuple[Point, ...]
    goal: Point | None
    pace_line: str
    value_ticks: tuple[Point, ...]
    day_ticks: tuple[Point, ...]
    ends_at_the_edge: bool

    @property
    def last_verified(self) -> Point | None:
        return self.verified_points[-1] if self.verified_points else None

    @property
    def last_informed(self) -> Point | None:
        """Labelled only where it says something else than the verified one of the same day."""
        last = self.informed_points[-1] if self.informed_points else None
        return last if last and (not self.verified_points or last.x >= self.verified_points[-1].x) else None


@dataclass(frozen=True, slots=True)
class Canvas:
    """From days and values to places on the drawing."""

    starts_on: date
    ends_on: date
    top_value: Fraction
    is_ratio: bool

    def x(self, day: date) -> float:
        share = (day - self.starts_on).days / ((self.ends_on - self.starts_on).days or 1)
        return LEFT + (RIGHT - LEFT) * share

    def point(self, day: date, value: Fraction) -> Point:
        y = BOTTOM - (BOTTOM - TOP) * float(value / self.top_value)
        return Point(f"{self.x(day):.1f}", f"{y:.1f}", self.text(value))

    def text(self, value: Fraction) -> str:
        if not self.is_ratio:
            return number(value)
        return percent(value, 0 if (value * 100).denominator == 1 else 1)


def line_chart(
    spots: Sequence[Spot],
    days: Iterable[date],
    span: tuple[date, date],
    goal: Goal | None,
    *,
    is_ratio: bool,
    from_zero: bool,
) -> LineChart:
    """`span` is the axis, from its first to its last day; `days` those that may be labelled; `from_zero`: the lines
    begin with nothing on the first day."""
    reached = [value for spot in spots for value in (spot.verified, spot.informed) if value is not None]
    canvas = Canvas(*span, top_value=round_top(max([*reached, goal.value if goal else Fraction(0)])), is_ratio=is_ratio)
    verified = [canvas.point(spot.on, spot.verified) for spot in spots if spot.verified is not None]
    informed = [(spot, canvas.point(spot.on, spot.informed)) for spot in spots if spot.informed is not None]
    goal_point = canvas.point(goal.due_on, goal.value) if goal else None
    origin = canvas.point(span[0], Fraction(0))
    start = [origin] if from_zero else []
    return LineChart(
        verified_line=_path([*start, *verified]),
        informed_line=_path([*start, *(point for _, point in informed)]),
        verified_points=tuple(verified),
        informed_points=tuple(point for spot, point in informed if spot.informed != spot.verified),
        goal=goal_point,
        pace_line=_path([origin, goal_point]) if goal_point else "",
        value_ticks=tuple(canvas.point(span[0], canvas.top_value * step / STEPS) for step in range(STEPS + 1)),
        day_ticks=tuple(_day_ticks(canvas, [span[0], *days])),
        ends_at_the_edge=any(canvas.x(spot.on) > RIGHT - WORD_ROOM for spot in spots),
    )


def round_top(value: Fraction) -> Fraction:
    """The least of 1, 2, 4, 6, 8 × a power of ten that is not below the value: the top of the axis."""
    if value <= 0:
        return Fraction(1)
    power = Fraction(1)
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= value)


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(map(str, points)) if len(points) > 1 else ""


def _day_ticks(canvas: Canvas, days: Iterable[date]) -> list[Point]:
    """Months that have room beside the one before."""
    ticks: list[Point] = []
    edge = float("-inf")
    for day in sorted(days):
        x = canvas.x(day)
        if x - edge >= LABEL_ROOM:
            ticks.append(Point(f"{x:.1f}", str(BOTTOM), f"{MONTHS[day.month - 1]} {day.year}"))
            edge = x
    return ticks
