"""Plazos: when a medio owed once falls due, and when the product of a year does (COMPLIANCE, Value; Fine print)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from indicators.agreements.errors import StaleSheetError
from indicators.agreements.sheets import Sheet, write
from indicators.calculations.goals import years_of
from indicators.enums import IndicatorKind, Recurrence, TargetScope
from indicators.models import Indicator, MeansDeadline, MeansOfVerification, Target
from indicators.queries.in_force import as_input, deadlines_in_force, targets_in_force
from indicators.queries.standing import plan_input
from plan.models import User


@dataclass(frozen=True)
class Term:
    """What has a date: a medio owed once, or the product of a year of an indicator."""

    owner: MeansOfVerification | Indicator
    year: int | None = None

    @property
    def key(self) -> str:
        return f"m{self.owner.pk}" if self.year is None else f"i{self.owner.pk}-{self.year}"


@dataclass(frozen=True)
class Wanted:
    due_on: date
    reason: str


@dataclass(frozen=True)
class DeadlineSheet(Sheet):
    """The dates of the eje."""

    @cached_property
    def terms(self) -> list[Term]:
        """Action by action: its medios owed once, then the years of its yearly products."""
        terms = [Term(row) for row in self._means]
        terms += [Term(row, year) for row in self._yearly for year in self._years(row)]
        place = {action.pk: position for position, action in enumerate(self.actions)}
        return sorted(terms, key=lambda term: place[term.owner.action_id])

    @cached_property
    def _means(self) -> list[MeansOfVerification]:
        rows = MeansOfVerification.objects.filter(action__in=self.actions, recurrence=Recurrence.ONCE)
        return list(filter(self.reaches, rows.select_related("action__objective__axis")))

    @cached_property
    def _yearly(self) -> list[Indicator]:
        rows = Indicator.objects.filter(action__in=self.actions, kind=IndicatorKind.YEARLY_PRODUCT)
        return list(filter(self.reaches, rows.select_related("action__objective__axis")))

    def _years(self, indicator: Indicator) -> tuple[int, ...]:
        return years_of(as_input(indicator), plan_input(self.plan))

    @cached_property
    def in_force(self) -> dict[str, MeansDeadline | Target]:
        """By key of the term, what an acta set; without one the rules of COMPLIANCE do."""
        return self._of_means() | {
            Term(target.indicator, target.year).key: target
            for targets in targets_in_force(self.plan, self._yearly).values()
            for target in targets
        }

    def _of_means(self) -> dict[str, MeansDeadline | Target]:
        rows = MeansDeadline.objects.filter(means__in=self._means).select_related("agreement")
        return {f"m{means_id}": row for means_id, row in deadlines_in_force(self.plan, rows).items()}

    @property
    def seen(self) -> int:
        """Grows with each date of the eje."""
        of_means = MeansDeadline.objects.filter(means__action__objective__axis=self.axis)
        of_years = Target.objects.filter(
            indicator__action__objective__axis=self.axis, indicator__kind=IndicatorKind.YEARLY_PRODUCT
        )
        return of_means.count() + of_years.count()

    def new(self, wanted: Mapping[str, Wanted]) -> dict[str, Wanted]:
        """Those that the acta has not set already."""
        return {key: row for key, row in wanted.items() if not self._is_own(key, row)}

    def _is_own(self, key: str, wanted: Wanted) -> bool:
        row = self.in_force.get(key)
        return row is not None and (row.agreement_id, row.due_on) == (self.agreement.pk, wanted.due_on)


@transaction.atomic
def set_deadlines(
    sheet: DeadlineSheet, wanted: Mapping[str, Wanted], *, seen: int, by: User, address: str | None = None
) -> int:
    """Enter the dates that are new; returns how many.

    `seen` is `DeadlineSheet.seen` of the page: raises StaleSheetError if a date of the eje was entered since.
    """
    sheet.wait_for_turn()
    current = DeadlineSheet(sheet.agreement, sheet.axis)
    new = current.new(wanted)
    if new and current.seen != seen:
        raise StaleSheetError
    terms = {term.key: term for term in current.terms}
    write((_row(current, terms[key], row) for key, row in new.items()), by=by, address=address)
    return len(new)


def _row(sheet: DeadlineSheet, term: Term, wanted: Wanted) -> MeansDeadline | Target:
    under = {
        "agreement": sheet.agreement,
        "due_on": wanted.due_on,
        "reason": wanted.reason,
        "recorded_at": timezone.now(),
    }
    if isinstance(term.owner, MeansOfVerification):
        return MeansDeadline(means=term.owner, **under)
    return Target(indicator=term.owner, scope=TargetScope.YEAR, year=term.year, value=Decimal(1), **under)
