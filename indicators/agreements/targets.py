"""Metas: one sheet for all indicators of an eje (COMPLIANCE, Score)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from indicators.agreements.errors import StaleSheetError
from indicators.agreements.sheets import Sheet, write
from indicators.models import Indicator, Target
from indicators.queries.in_force import targets_in_force
from plan.models import Institution, Region, User


@dataclass(frozen=True)
class Goal:
    """A meta as it is typed. `value` of a ratio is a fraction of one; of a product, one."""

    indicator: Indicator
    value: Decimal
    scope: str
    year: int | None = None
    due_on: date | None = None
    region: Region | None = None
    institution: Institution | None = None
    baseline: Decimal | None = None
    reason: str = ""

    @property
    def window(self) -> tuple:
        """What it is a meta of: of two for the same only the newer counts."""
        return self.scope, self.year, self.due_on if self.year is None else None, self.region, self.institution

    def says_the_same(self, target: Target) -> bool:
        same_number = (self.value, self.baseline) == (target.value, target.baseline)
        return same_number and self.window == window_of(target) and self.due_on == target.due_on


def window_of(target: Target) -> tuple:
    due_on = target.due_on if target.year is None else None
    return target.scope, target.year, due_on, target.region, target.institution


@dataclass(frozen=True)
class TargetSheet(Sheet):
    """The metas of the eje."""

    @cached_property
    def indicators(self) -> list[Indicator]:
        rows = Indicator.objects.filter(action__in=self.actions).select_related("action__objective__axis")
        in_order = rows.order_by("action__objective__position", "action__position", "number")
        return list(filter(self.reaches, in_order))

    @cached_property
    def in_force(self) -> dict[int, list[Target]]:
        return targets_in_force(self.plan, self.indicators)

    @property
    def seen(self) -> int:
        """Grows with each meta of the eje: whoever enters more says what they had before them."""
        return Target.objects.filter(indicator__action__objective__axis=self.axis).count()

    def new(self, goals: Iterable[Goal]) -> list[Goal]:
        """Those that the acta has not set already: entered twice, a meta is the same meta."""
        return [goal for goal in goals if not any(self._is_own(row, goal) for row in self.in_force[goal.indicator.pk])]

    def _is_own(self, target: Target, goal: Goal) -> bool:
        return target.agreement_id == self.agreement.pk and goal.says_the_same(target)

    def replaced(self, goal: Goal) -> list[Target]:
        """Metas in force that it takes the place of: for the same window, or all where the scope is another."""
        others = self.in_force[goal.indicator.pk]
        return [row for row in others if row.scope != goal.scope or window_of(row) == goal.window]


@transaction.atomic
def set_targets(
    sheet: TargetSheet, goals: Iterable[Goal], *, seen: int, by: User, address: str | None = None
) -> list[Target]:
    """Enter the metas that are new; what was agreed before stays in the history.

    `seen` is `TargetSheet.seen` of the page: raises StaleSheetError if a meta of the eje was entered since.
    """
    sheet.wait_for_turn()
    current = TargetSheet(sheet.agreement, sheet.axis)
    new = current.new(goals)
    if new and current.seen != seen:
        raise StaleSheetError
    at = timezone.now()
    rows = [
        Target(
            indicator=goal.indicator,
            value=goal.value,
            scope=goal.scope,
            year=goal.year,
            due_on=goal.due_on,
            region=goal.region,
            institution=goal.institution,
            baseline=goal.baseline,
            reason=goal.reason,
            agreement=sheet.agreement,
            recorded_at=at,
        )
        for goal in new
    ]
    write(rows, by=by, address=address)
    return rows
