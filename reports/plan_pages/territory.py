"""The page of the territory: one indicator by region, the mesas regionales, and the regions that nobody told of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indicators.calculations.inputs import PlanInputs, RowInput
from indicators.calculations.known import Known
from indicators.calculations.results import PlanResult
from indicators.models import Indicator
from plan.models import Plan, Region
from reports.plan_pages.discretion import is_reserved
from reports.plan_pages.regional_figure import RegionalFigure, regional_figure


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A region and the first year of its mesa regional; None where the plan tells of none."""

    region: Region
    since_year: int | None


@dataclass(frozen=True, slots=True)
class TerritoryPage:
    """`indicator` is the one asked for, None where the plan breaks none down by region; `silent` are the regions of
    which no report tells anything."""

    result: PlanResult
    indicator: Indicator | None
    figure: RegionalFigure | None
    boards: tuple[BoardLine, ...]
    silent: tuple[Region, ...]


def territory_page(plan: Plan, inputs: PlanInputs, result: PlanResult, indicator: Indicator | None) -> TerritoryPage:
    """`result` is what `compute` makes of `inputs`."""
    told = Region.objects.told_on(result.cut_off)
    return TerritoryPage(
        result=result,
        indicator=indicator,
        figure=regional_figure(result, indicator) if indicator else None,
        boards=tuple(_boards(plan, told)),
        silent=tuple(_silent(inputs, result, told)),
    )


def _boards(plan: Plan, told: Mapping[Region, Region]) -> Iterator[BoardLine]:
    """Every region in force on the corte, north to south."""
    since = dict(plan.regional_boards.values_list("region_id", "since_year"))
    for region in dict.fromkeys(told.values()):
        yield BoardLine(region, since.get(region.pk))


def _silent(inputs: PlanInputs, result: PlanResult, told: Mapping[Region, Region]) -> Iterator[Region]:
    """Regions without an amount in any report sent by both dates. What is reserved is not broken down here either."""
    spoken = {row.region for row in _rows(inputs, result) if _tells(row)}
    heard = {under for region, under in told.items() if region.code in spoken}
    yield from (region for region in dict.fromkeys(told.values()) if region not in heard)


def _rows(inputs: PlanInputs, result: PlanResult) -> Iterator[RowInput]:
    """The rows of breakdown of every report that stands, as it was sent last and as it was approved."""
    known = Known(inputs, result.cut_off, result.known_at)
    open_actions = {action.id for action in result.iter_actions() if not is_reserved(action)}
    for action_id in open_actions:
        for report in known.reports_of[action_id]:
            for version in filter(None, (report.informed, report.verified)):
                for figure in version.figures.values():
                    yield from figure.rows


def _tells(row: RowInput) -> bool:
    return any(amount is not None for amount in (row.value, row.numerator, row.denominator))
