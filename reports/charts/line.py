"""Value by period against the expected pace, as geometry: text ready for SVG, with a dot for decimals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from plan.templatetags.portal import number, percent
from reports.charts.labels import Label, Words, place_labels

LEFT, RIGHT, TOP, BOTTOM = 52, 700, 46, 250
STEPS = 4
LABEL_ROOM = 76
MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")


@dataclass(frozen=True, slots=True)
class Spot:
    """A day with what was verified and what was informed by then; None where nothing was."""

    on: date
    verified: Fraction | None
    informed: Fraction | None


@dataclass(frozen=True, slots=True)
class Goal:
    """The target that the value goes towards, from `start` on the first day of the axis."""

    value: Fraction
    due_on: date
    start: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Point:
    across: float
    down: float
    label: str = ""

    @property
    def x(self) -> str:
        return f"{self.across:.1f}"

    @property
    def y(self) -> str:
        return f"{self.down:.1f}"

    def __str__(self) -> str:
        return f"{self.x} {self.y}"

    def words(self, pattern: str, look: str, *, rises: bool) -> Words:
        """`pattern` says where the value stands in them, such as "Meta {}"."""
        return Words(pattern.format(self.label), look, self.across, self.down, rises)


@dataclass(frozen=True, slots=True)
class LineChart:
    """`goal` is where the pace ends. `informed_points` are only those that differ from the verified ones."""

    verified_line: str
    informed_line: str
    verified_points: tuple[Point, ...]
    informed_points: tuple[Point, ...]
    goal: Point | None
    pace_line: str
    value_ticks: tuple[Point, ...]
    day_ticks: tuple[Point, ...]

    @property
    def labels(self) -> tuple[Label, ...]:
        """The last values and the target in words; the higher of the values stands over its point."""
        verified = self.verified_points[-1] if self.verified_points else None
        informed = self._last_informed
        is_higher = informed is None or (verified is not None and verified.down < informed.down)
        spoken = [
            informed and informed.words("{} informado", "texto-informado", rises=not is_higher),
            verified and verified.words("{} verificado", "texto-verificado", rises=is_higher),
            self.goal and self.goal.words("Meta {}", "", rises=True),
        ]
        return place_labels([words for words in spoken if words], BOTTOM - 6)

    @property
    def in_words(self) -> str:
        """What the labels say, for who cannot see the drawing."""
        return ", ".join(label.text for label in self.labels)

    @property
    def _last_informed(self) -> Point | None:
        """Labelled only where it says something else than the verified one of the same day."""
        last = self.informed_points[-1] if self.informed_points else None
        return last if last and (not self.verified_points or last.across >= self.verified_points[-1].across) else None


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
        return Point(self.x(day), y, self.text(value))

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
    ends = (goal.start, goal.value) if goal else (Fraction(0),)
    canvas = Canvas(*span, top_value=round_top(max(*reached, *ends)), is_ratio=is_ratio)
    verified = [canvas.point(spot.on, spot.verified) for spot in spots if spot.verified is not None]
    informed = [(spot, canvas.point(spot.on, spot.informed)) for spot in spots if spot.informed is not None]
    goal_point = canvas.point(goal.due_on, goal.value) if goal else None
    start = [canvas.point(span[0], Fraction(0))] if from_zero else []
    return LineChart(
        verified_line=_path([*start, *verified]),
        informed_line=_path([*start, *(point for _, point in informed)]),
        verified_points=tuple(verified),
        informed_points=tuple(point for spot, point in informed if spot.informed != spot.verified),
        goal=goal_point,
        pace_line=_path([canvas.point(span[0], goal.start), canvas.point(goal.due_on, goal.value)]) if goal else "",
        value_ticks=tuple(canvas.point(span[0], canvas.top_value * step / STEPS) for step in range(STEPS + 1)),
        day_ticks=tuple(_day_ticks(canvas, [span[0], *days])),
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
            ticks.append(Point(x, BOTTOM, f"{MONTHS[day.month - 1]} {day.year}"))
            edge = x
    return ticks
