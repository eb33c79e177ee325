"""How the compliance of the plan and of its ejes stood at the end of each period, with what is known today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from indicators.calculations.results import AxisResult, PlanResult
from indicators.queries.keeping import kept
from indicators.queries.records import Records
from reports.charts.line import LineChart, Spot, line_chart
from reports.plan_pages.calculation import WHOLE_PLAN, axis_reference


@dataclass(frozen=True, slots=True)
class Moment:
    """The figure of the plan or of an eje at the end of a period; a value is None where there is no percentage."""

    period: str
    on: date
    verified: Fraction | None
    informed: Fraction | None
    verified_text: str
    informed_text: str


@dataclass(frozen=True, slots=True)
class Evolution:
    moments: tuple[Moment, ...]
    chart: LineChart | None


NO_EVOLUTION = Evolution((), None)


def evolution(records: Records, cut_off: date, known_at: date | datetime | None, reference: str) -> Evolution:
    """Of the whole plan, or of the eje of this reference, up to the corte; kept as the compliance itself is."""
    plan = records.plan
    history = kept(
        lambda: _history(records, cut_off, known_at), records.state, "evolution", plan.code, cut_off, known_at
    )
    moments = history.get(reference, ())
    return Evolution(moments, chart_of(moments, plan.starts_on, plan.ends_on))


def chart_of(moments: Sequence[Moment], first: date, last: date) -> LineChart | None:
    """From the first to the last day of the plan; None where no moment has a percentage."""
    spots = [Spot(moment.on, moment.verified, moment.informed) for moment in moments]
    if all(spot.verified is None and spot.informed is None for spot in spots):
        return None
    return line_chart(spots, [spot.on for spot in spots], (first, last), None, is_ratio=True, from_zero=False)


def _history(records: Records, cut_off: date, known_at: date | datetime | None) -> dict[str, tuple[Moment, ...]]:
    """By reference of the plan and of each eje, from one reading of the records."""
    ended = sorted((row for row in records.shared.periods if row.ends_on <= cut_off), key=lambda row: row.ends_on)
    results = records.briefs([row.ends_on for row in ended], known_at)
    found: dict[str, list[Moment]] = {}
    for period, result in zip(ended, results, strict=True):
        for reference, part in _parts(result):
            found.setdefault(reference, []).append(_moment(period.name, result.cut_off, part))
    return {reference: tuple(moments) for reference, moments in found.items()}


def _parts(result: PlanResult) -> Iterable[tuple[str, PlanResult | AxisResult]]:
    yield WHOLE_PLAN, result
    for axis in result.axes:
        yield axis_reference(axis), axis


def _moment(period: str, on: date, part: PlanResult | AxisResult) -> Moment:
    verified, informed = part.verified, part.informed
    return Moment(period, on, verified.value, informed.value, verified.percent_text, informed.percent_text)
