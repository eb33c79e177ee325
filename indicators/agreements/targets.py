"""Metas: one sheet for all indicators of an eje (COMPLIANCE, Score)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.agreements.sheets import Sheet, write
from indicators.enums import IndicatorKind
from indicators.models import Indicator, Target
from indicators.queries.in_force import counting, ruling
from plan.enums import Verb
from plan.models import Agreement, Institution, Region, User


@dataclass(frozen=True)
class Goal:
    """A meta as it is typed. `value` of a ratio is a fraction of one; of a product, one; without it the meta of its
    window is withdrawn."""

    indicator: Indicator
    value: Decimal | None
    scope: str
    year: int | None = None
    due_on: date | None = None
    region: Region | None = None
    institution: Institution | None = None
    baseline: Decimal | None = None
    reason: str = ""

    @classmethod
    def withdrawing(cls, target: Target, reason: str) -> "Goal":
        return cls(
            indicator=target.indicator,
            value=None,
            scope=target.scope,
            year=target.year,
            due_on=target.due_on if target.year is None else None,
            region=target.region,
            institution=target.institution,
            reason=reason,
        )

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


def _acta_order(agreement: Agreement) -> tuple:
    return agreement.agreed_on, agreement.recorded_at, agreement.pk


@dataclass(frozen=True)
class TargetSheet(Sheet):
    """The metas of the eje."""

    @cached_property
    def indicators(self) -> list[Indicator]:
        rows = Indicator.objects.filter(action__in=self.actions).select_related("action__objective__axis")
        in_order = rows.order_by("action__objective__position", "action__position", "number")
        return list(filter(self.reaches, in_order))

    @cached_property
    def _rows(self) -> list[Target]:
        rows = Target.objects.filter(indicator__in=self.indicators)
        return list(rows.select_related("agreement", "region", "institution", "indicator__action"))

    @cached_property
    def in_force(self) -> dict[int, list[Target]]:
        return counting(self.plan, self.indicators, self._rows)

    @cached_property
    def ruling(self) -> dict[int, list[Target]]:
        """By indicator, the metas in force and what withdrew others."""
        newest = ruling(self.plan, self.indicators, self._rows)
        return {
            one.pk: [row for row in self._rows if row.indicator == one and row.pk in newest] for one in self.indicators
        }

    @property
    def seen(self) -> int:
        """Grows with each meta of the eje: whoever enters more says what they had before them."""
        return Target.objects.filter(indicator__action__objective__axis=self.axis).count()

    def new(self, goals: Iterable[Goal]) -> list[Goal]:
        """Those that the acta has not set, or withdrawn, already: entered twice, a meta is the same meta."""
        return [goal for goal in goals if not any(self._is_own(row, goal) for row in self.ruling[goal.indicator.pk])]

    def _is_own(self, target: Target, goal: Goal) -> bool:
        return target.agreement_id == self.agreement.pk and goal.says_the_same(target)

    def replaced(self, goal: Goal) -> list[Target]:
        """Metas in force that it takes the place of: for the same window, or all where the scope is another. A product
        has one date."""
        others = self.in_force[goal.indicator.pk]
        is_product = goal.indicator.kind == IndicatorKind.PRODUCT
        return [row for row in others if is_product or row.scope != goal.scope or window_of(row) == goal.window]

    def objection(self, target: Target) -> str:
        """Why this acta cannot withdraw a meta in force; empty where it can."""
        if target.agreement is None:
            return "La fija el texto del plan: solo una modificación la cambia."
        if _acta_order(target.agreement) >= _acta_order(self.agreement):
            return f"La fijó {target.agreement}: solo la retira un acta posterior."
        return ""


@transaction.atomic
def set_targets(
    sheet: TargetSheet, goals: Iterable[Goal], *, seen: int, by: User, address: str | None = None
) -> list[Target]:
    """Enter the metas that are new, and withdraw others; what was agreed before stays in the history.

    `seen` is `TargetSheet.seen` of the page: raises StaleSheetError if a meta of the eje was entered since,
    AgreementError for a meta that this acta cannot withdraw (`TargetSheet.objection`).
    """
    sheet.wait_for_turn()
    current = TargetSheet(sheet.agreement, sheet.axis)
    new = current.new(goals)
    if new and current.seen != seen:
        raise StaleSheetError
    for goal in new:
        _refuse_withdrawal(current, goal)
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
    write([row for row in rows if not row.is_withdrawal], by=by, address=address)
    write([row for row in rows if row.is_withdrawal], by=by, address=address, verb=Verb.WITHDRAWN)
    return rows


def _refuse_withdrawal(sheet: TargetSheet, goal: Goal) -> None:
    """Where it withdraws what this acta cannot, or what nobody has agreed."""
    if goal.value is not None:
        return
    agreed = [row for row in sheet.in_force[goal.indicator.pk] if window_of(row) == goal.window]
    for objection in map(sheet.objection, agreed):
        if objection:
            raise AgreementError(f"{goal.indicator.reference}: {objection}")
    if not agreed:
        raise AgreementError(f"{goal.indicator.reference}: no hay meta vigente que retirar.")
