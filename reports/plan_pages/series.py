"""How a value grew: the same calculation at the end of every period up to the corte."""

from dataclasses import dataclass, replace
from fractions import Fraction

from indicators.calculations import action_over_time
from indicators.calculations.inputs import PeriodInput, PlanInputs
from indicators.calculations.measurement import PRODUCTS
from indicators.calculations.results import ActionResult, IndicatorResult, PlanResult, Window
from indicators.calculations.terms import Kind
from indicators.enums import Direction, Entry
from indicators.models import Indicator
from plan.models import Plan
from plan.templatetags.portal import number, percent
from reports.charts.line import Goal, LineChart, Spot, line_chart


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """What was verified and informed by the end of a period, and what the pace to the target asked for by then."""

    period: str
    window: str
    verified: str
    informed: str
    expected: str


@dataclass(frozen=True, slots=True)
class Series:
    """`is_by_year`: the value starts anew each year, so that there is no line to draw. `figure_window` names the days
    that the figure of the indicator and its target count, where those are others than the series adds up."""

    rows: tuple[SeriesRow, ...]
    has_pace: bool
    is_by_year: bool
    figure_window: str
    chart: LineChart | None


@dataclass(frozen=True, slots=True)
class Stop:
    """The action as it stood at the end of a period, whatever its targets."""

    period: PeriodInput
    result: ActionResult

    def has(self, pk: int) -> bool:
        """An acta may add an indicator after the period."""
        return any(row.id == pk for row in self.result.indicators)

    def indicator(self, pk: int) -> IndicatorResult:
        return next(row for row in self.result.indicators if row.id == pk)


def stops_of(about: PlanInputs, result: PlanResult, action: ActionResult) -> tuple[Stop, ...]:
    """The action at the end of each period up to the corte, with what was known at the moment of `result`; `about` is
    what the action is made of."""
    bare = _without_targets(about)
    ended = sorted((row for row in about.periods if row.ends_on <= result.cut_off), key=lambda row: row.ends_on)
    stood = action_over_time(bare, action.id, result.known_at)
    return tuple(Stop(period, row) for period in ended if (row := stood(period.ends_on)) is not None)


def series_of(plan: Plan, indicator: Indicator, result: IndicatorResult, stops: tuple[Stop, ...]) -> Series | None:
    """None of a product, which does not grow, and while no period has ended since the indicator is in the plan."""
    stops = tuple(stop for stop in stops if stop.has(result.id))
    if result.kind in PRODUCTS or not stops:
        return None
    goal = _goal(plan, indicator, result)
    is_by_year = result.kind == Kind.YEAR_COUNT
    is_of_all = is_by_year or result.window.starts_on == plan.starts_on
    return Series(
        rows=tuple(_row(stop, stop.indicator(result.id), plan, goal) for stop in stops),
        has_pace=goal is not None,
        is_by_year=is_by_year,
        figure_window="" if is_of_all else result.window.label,
        chart=None if is_by_year else _chart(plan, indicator, result, stops, goal),
    )


def _without_targets(inputs: PlanInputs) -> PlanInputs:
    """Without targets every value is counted from the plan's first day."""
    return replace(inputs, means=(), deadlines=(), targets=())


def _goal(plan: Plan, indicator: Indicator, result: IndicatorResult) -> Goal | None:
    """The overall target, where the value goes towards it from the plan's first day; that of a single year does not.
    What has to fall begins at its baseline."""
    target = result.target
    if target is None or target.window.starts_on != plan.starts_on:
        return None
    if target.due_on.year == plan.start_year and plan.start_year != plan.end_year:
        return None
    if indicator.direction != Direction.DESCENDING:
        return Goal(target.value, target.window.ends_on)
    return None if target.baseline is None else Goal(target.value, target.window.ends_on, target.baseline)


def _expected(plan: Plan, goal: Goal, period: PeriodInput) -> Fraction:
    share = Window(plan.starts_on, goal.due_on, "").share_by(period.ends_on)
    return goal.start + (goal.value - goal.start) * share


def _row(stop: Stop, result: IndicatorResult, plan: Plan, goal: Goal | None) -> SeriesRow:
    expected = _expected(plan, goal, stop.period) if goal else None
    return SeriesRow(
        period=stop.period.name,
        window=result.window.label,
        verified=result.verified.value_text,
        informed=result.informed.value_text,
        expected=percent(expected) if result.kind == Kind.RATIO else number(expected, 0),
    )


def _chart(
    plan: Plan, indicator: Indicator, result: IndicatorResult, stops: tuple[Stop, ...], goal: Goal | None
) -> LineChart | None:
    """None while no value is known."""
    spots = [_spot(stop, result.id) for stop in stops]
    if all(spot.verified is None and spot.informed is None for spot in spots):
        return None
    return line_chart(
        spots,
        days=[stop.period.ends_on for stop in stops] + [plan.ends_on],
        span=(plan.starts_on, plan.ends_on),
        goal=goal,
        is_ratio=result.kind == Kind.RATIO,
        from_zero=indicator.entry == Entry.INCREMENT,
    )


def _spot(stop: Stop, indicator_id: int) -> Spot:
    result = stop.indicator(indicator_id)
    return Spot(stop.period.ends_on, result.verified.value, result.informed.value)
