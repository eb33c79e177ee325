"""Figures by unit, without what would let anybody recognise a person (REPORTS, Never in any output). Those by region
have their map: `reports.facts.territory`."""

from dataclasses import dataclass
from datetime import date

from indicators.calculations.results import ActionResult
from indicators.calculations.terms import CellAggregation
from indicators.enums import Breakdown as BreakdownKind
from indicators.models import Indicator, MeansOfVerification
from plan.models import Axis, Unit
from reports.plan_pages.breakdown import Table, tables_of
from reports.plan_pages.discretion import is_reserved


@dataclass(frozen=True, slots=True)
class Breakdown:
    """An indicator's figures by unit; `veils_small_counts` where counts of persons were left out."""

    text: str
    table: Table
    veils_small_counts: bool


class Breakdowns:
    """How the indicators of an eje are broken down; read once, asked by action."""

    def __init__(self, axis: Axis, cut_off: date):
        of_axis = {"action__objective__axis": axis}
        by_unit = Indicator.objects.filter(
            **of_axis, breakdown=BreakdownKind.UNIT, cell_aggregation=CellAggregation.SUM
        )
        self._by_unit = {indicator.pk: indicator for indicator in by_unit}
        of_people = MeansOfVerification.objects.filter(**of_axis, lists_people=True)
        self._of_people = frozenset(of_people.values_list("action_id", flat=True))
        self._units = list(Unit.objects.in_force(cut_off))

    def of(self, action: ActionResult) -> tuple[Breakdown, ...]:
        """Tables of the action's indicators that have cells; none for a reserved action."""
        if is_reserved(action):
            return ()
        is_people = action.id in self._of_people
        found = []
        for indicator in action.indicators:
            row = self._by_unit.get(indicator.id)
            if row is not None and indicator.verified.cells:
                tables = tables_of(row, indicator, {}, self._units, (), answering=(), is_people=is_people)
                found += [Breakdown(indicator.text, table, any(r.is_veiled for r in table.rows)) for table in tables]
        return tuple(found)
