"""Ponderaciones: how much each action weighs inside its eje, of all of them or of none (COMPLIANCE, Aggregation)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from indicators.agreements.errors import AgreementError
from indicators.agreements.sheets import Sheet, write
from indicators.calculations.weights import newest_acta_of_weights
from indicators.models import ActionWeight
from indicators.queries.in_force import known_today
from plan.models import Action, Plan, User


def in_force_weights(plan: Plan, actions: list[Action]) -> dict[int, ActionWeight]:
    """By action of an eje; empty where no acta weighs all of them."""
    known = known_today(plan, "weights")
    acta = newest_acta_of_weights(known, [action.pk for action in actions])
    rows = ActionWeight.objects.filter(agreement=acta, action__in=actions).select_related("agreement") if acta else []
    return {row.action_id: row for row in rows}


@dataclass(frozen=True)
class WeightSheet(Sheet):
    @cached_property
    def in_force(self) -> dict[int, ActionWeight]:
        return in_force_weights(self.plan, self.actions)

    @cached_property
    def own(self) -> dict[int, Decimal]:
        """What this acta has set: it weighs an eje once, and another acta may do so anew."""
        rows = ActionWeight.objects.filter(agreement=self.agreement, action__objective__axis=self.axis)
        return dict(rows.values_list("action_id", "value"))


@transaction.atomic
def set_weights(
    sheet: WeightSheet, values: Mapping[int, Decimal], *, reason: str, by: User, address: str | None = None
) -> int:
    """Weigh every action of the eje and return how many; the same weights twice are the same weights.

    Raises AgreementError if the acta has set others, or if an action is left out.
    """
    sheet.wait_for_turn()
    own = WeightSheet(sheet.agreement, sheet.axis).own
    if own == values:
        return 0
    if own:
        raise AgreementError("Esta acta ya fija las ponderaciones del eje. Para cambiarlas registre otra acta.")
    if values.keys() != {action.pk for action in sheet.actions}:
        raise AgreementError("Pondere todas las acciones del eje, o ninguna.")
    at = timezone.now()
    rows = (
        ActionWeight(action=action, value=values[action.pk], agreement=sheet.agreement, reason=reason, recorded_at=at)
        for action in sheet.actions
    )
    write(rows, by=by, address=address)
    return len(values)
