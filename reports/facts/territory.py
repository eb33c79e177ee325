"""The plan by region: maps with their tables, mesas regionales, and the regions of which no report tells."""

from dataclasses import dataclass

from indicators.calculations.results import AxisResult, PlanResult
from indicators.queries.records import Records
from plan.models import Plan
from reports.plan_pages.regional_figure import RegionalFigure, regional_figure, regional_indicators
from reports.plan_pages.territory import territory_page


@dataclass(frozen=True, slots=True)
class BoardState:
    """A region, the first year of its mesa regional (None where the plan tells of none), and whether no report sent by
    both dates tells anything of it."""

    code: str
    name: str
    since_year: int | None
    is_silent: bool


def regional_figures(plan: Plan, result: PlanResult, axis: AxisResult) -> tuple[RegionalFigure, ...]:
    """A map and a table for each indicator of the eje that is told by region; none for a reserved action."""
    ids = {indicator.id for indicator in axis.iter_indicators()}
    figures = (regional_figure(result, row) for row in regional_indicators(plan) if row.pk in ids)
    return tuple(figure for figure in figures if figure is not None)


def boards(records: Records, result: PlanResult) -> tuple[BoardState, ...]:
    """Every region in force on the corte, north to south."""
    page = territory_page(records, result, result.known_at, None)
    silent = {region.pk for region in page.silent}
    return tuple(
        BoardState(line.region.code, line.region.name, line.since_year, line.region.pk in silent)
        for line in page.boards
    )
