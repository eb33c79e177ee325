"""What a reader may be told of the figures of an action: which lines name others or would let anybody be recognised."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from indicators.calculations.results import ActionResult, IndicatorResult, PlanResult
from indicators.models import MeansOfVerification
from plan.models import Plan, Region, Unit, User
from reports.plan_pages.breakdown import has_small_cell
from reports.plan_pages.sight import Sight, Veil, sight_of, veil_over

NOBODY = Sight(sees_all=False)
EVERYBODY = Sight(sees_all=True)


@dataclass(frozen=True)
class Discretion:
    """One reader before the figures of a plan; three queries, whatever is asked. `sight` is theirs by eje."""

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

    def veil(self, axis_id: int, *, withholds: bool) -> Veil:
        if withholds:
            return veil_over(self.result.institutions, NOBODY, self._places)
        return veil_over(self.result.institutions, self.sight(axis_id))

    @cached_property
    def _of_people(self) -> frozenset[int]:
        """Actions that are proved by lists of people."""
        lists = MeansOfVerification.objects.filter(action__objective__axis__plan=self.plan, lists_people=True)
        return frozenset(lists.values_list("action_id", flat=True))

    @cached_property
    def _places(self) -> list[str]:
        return [*Region.objects.values_list("name", flat=True), *Unit.objects.values_list("name", flat=True)]


def is_reserved(action: ActionResult) -> bool:
    return any(means.reserved for means in action.means)
