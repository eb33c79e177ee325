"""The page of the territory: one indicator by region, the mesas regionales, and the regions that nobody told of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from indicators.calculations.inputs import RowInput
from indicators.calculations.known import Known
from indicators.calculations.moments import as_moment
from indicators.calculations.results import PlanResult
from indicators.calculations.versions import KnownReport
from indicators.models import Indicator
from indicators.queries.records import Records
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


def territory_page(
    records: Records, result: PlanResult, known_at: date | datetime | None, indicator: Indicator | None
) -> TerritoryPage:
    """`result` is what the records come to at its corte and at `known_at`, None for now."""
    told = Region.objects.told_on(result.cut_off)
    return TerritoryPage(
        result=result,
        indicator=indicator,
        figure=regional_figure(result, indicator) if indicator else None,
        boards=tuple(_boards(records.plan, told)),
        silent=tuple(_silent(records, result, told, known_at)),
    )


def _boards(plan: Plan, told: Mapping[Region, Region]) -> Iterator[BoardLine]:
    """Every region in force on the corte, north to south."""
    since = dict(plan.regional_boards.values_list("region_id", "since_year"))
    for region in dict.fromkeys(told.values()):
        yield BoardLine(region, since.get(region.pk))


def _silent(
    records: Records, result: PlanResult, told: Mapping[Region, Region], known_at: date | datetime | None
) -> Iterator[Region]:
    """Regions without an amount in any report sent by both dates. What is reserved is not broken down here either."""

    def spoken_in(pk: int, moment: date | datetime) -> frozenset[str | None]:
        known = Known(records.about(pk), result.cut_off, as_moment(moment))
        return frozenset(row.region for row in _rows(known.reports_of[pk]) if _tells(row))

    by_action = records.of_each_action(spoken_in, result.cut_off, known_at, "spoken")
    spoken = set().union(*(by_action[action.id] for action in result.iter_actions() if not is_reserved(action)))
    heard = {under for region, under in told.items() if region.code in spoken}
    yield from (region for region in dict.fromkeys(told.values()) if region not in heard)


def _rows(reports: Iterable[KnownReport]) -> Iterator[RowInput]:
    """The rows of breakdown of every report that stands, as it was sent last and as it was approved."""
    for report in reports:
        for version in filter(None, (report.informed, report.verified)):
            for figure in version.figures.values():
                yield from figure.rows


def _tells(row: RowInput) -> bool:
    return any(amount is not None for amount in (row.value, row.numerator, row.denominator))
