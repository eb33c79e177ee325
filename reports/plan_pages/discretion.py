"""What a reader may be told of the figures of an action: which lines name others or would let anybody be recognised."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from indicators.calculations.results import (
    ActionResult,
    Advance,
    AxisResult,
    GoalResult,
    IndicatorResult,
    ObjectiveResult,
    PlanResult,
)
from indicators.models import MeansOfVerification
from plan.models import Plan, Region, Unit, User
from reports.plan_pages.breakdown import has_small_cell
from reports.plan_pages.sight import Bearers, Sight, Veil, bearers, sight_of, veil_over
from reports.small_cells import PROTECTED

NOBODY = Sight(sees_all=False)
EVERYBODY = Sight(sees_all=True)


@dataclass(frozen=True)
class Discretion:
    """One reader before the figures of a plan; four queries, whatever is asked. `sight` is theirs by eje."""

    plan: Plan
    result: PlanResult
    sight: Callable[[int], Sight]

    @classmethod
    def of_reader(cls, plan: Plan, result: PlanResult, reader: User) -> "Discretion":
        return cls(plan, result, lambda axis_id: sight_of(reader, axis_id))

    @classmethod
    def of_the_house(cls, plan: Plan, result: PlanResult) -> "Discretion":
        """Whoever works on the server: every institution, and what is withheld from everybody."""
        return cls(plan, result, lambda axis_id: EVERYBODY)

    def withholds(self, action: ActionResult, indicator: IndicatorResult) -> bool:
        """Secret proof is not broken down for anybody, nor what counts few persons (REPORTS, Never in any output)."""
        return is_reserved(action) or (action.id in self._of_people and has_small_cell(indicator))

    def advances(self, axis_id: int, action: ActionResult, indicator: IndicatorResult) -> tuple[Advance, ...]:
        """Those that the reader may see; what is withheld has no figure towards the target of one place."""
        sight = self.sight(axis_id) if indicator.advances else NOBODY
        seen = (advance for advance in indicator.advances if sight.covers(advance.target.institution_id))
        if not self.withholds(action, indicator):
            return tuple(seen)
        return tuple(_without_figure(advance) if advance.target.place else advance for advance in seen)

    def goals(self, axis_id: int, action: ActionResult, indicator: IndicatorResult) -> tuple[GoalResult, ...]:
        """The same of every target."""
        sight = self.sight(axis_id)
        seen = (goal for goal in indicator.goals if sight.covers(goal.target.institution_id))
        if not self.withholds(action, indicator):
            return tuple(seen)
        return tuple(
            replace(goal, value_text=PROTECTED, score_text=PROTECTED) if goal.target.place else goal for goal in seen
        )

    def printable(self) -> PlanResult:
        """The result as it may leave the portal: without cells, and without the figures of `advances`."""
        return replace(self.result, axes=tuple(map(self._printable_axis, self.result.axes)))

    def _printable_axis(self, axis: AxisResult) -> AxisResult:
        def objective(row: ObjectiveResult) -> ObjectiveResult:
            return replace(row, actions=tuple(self._printable_action(axis.id, action) for action in row.actions))

        return replace(axis, objectives=tuple(map(objective, axis.objectives)))

    def _printable_action(self, axis_id: int, action: ActionResult) -> ActionResult:
        def indicator(row: IndicatorResult) -> IndicatorResult:
            return replace(
                row,
                verified=replace(row.verified, cells=()),
                informed=replace(row.informed, cells=()),
                advances=self.advances(axis_id, action, row),
            )

        return replace(action, indicators=tuple(map(indicator, action.indicators)))

    def veil(self, axis_id: int, *, withholds: bool) -> Veil:
        if withholds:
            return veil_over(self._names, NOBODY, self._places)
        return veil_over(self._names, self.sight(axis_id))

    @cached_property
    def _names(self) -> Bearers:
        return bearers()

    @cached_property
    def _of_people(self) -> frozenset[int]:
        """Actions that are proved by lists of people."""
        lists = MeansOfVerification.objects.filter(action__objective__axis__plan=self.plan, lists_people=True)
        return frozenset(lists.values_list("action_id", flat=True))

    @cached_property
    def _places(self) -> list[str]:
        return [*Region.objects.values_list("name", flat=True), *Unit.objects.values_list("name", flat=True)]


def _without_figure(advance: Advance) -> Advance:
    return replace(
        advance,
        value=None,
        progress=None,
        informed_progress=None,
        value_text=PROTECTED,
        progress_text=PROTECTED,
        informed_progress_text=PROTECTED,
    )


def is_reserved(action: ActionResult) -> bool:
    return any(means.reserved for means in action.means)
