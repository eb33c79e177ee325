"""A sheet: one eje under one acta. What is entered on it is written whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Model

from plan import audit
from plan.enums import Verb
from plan.models import Action, Agreement, Amendment, Axis, Plan, User


@dataclass(frozen=True)
class Sheet:
    agreement: Agreement
    axis: Axis

    @property
    def plan(self) -> Plan:
        return self.agreement.plan

    @cached_property
    def actions(self) -> list[Action]:
        """Those of the eje that are in the plan when the acta is agreed."""
        out = Amendment.objects.suppressions().filter(
            agreement__plan=self.plan, effective_on__lte=self.agreement.agreed_on
        )
        suppressed = set(out.values_list("object_reference", flat=True))
        rows = Action.objects.filter(objective__axis=self.axis).select_related("objective")
        return [action for action in rows if action.code not in suppressed]

    def wait_for_turn(self) -> None:
        """Hold the eje until the transaction ends, so that whoever is second reads what the first entered.

        SQLite knows no such lock and needs none: there a transaction is alone from its start.
        """
        Axis.objects.select_for_update().get(pk=self.axis.pk)


def axes_of(agreement: Agreement) -> list[Axis]:
    """The ejes that an acta may be about: a subcomisión agrees on its own."""
    axes = agreement.plan.axes.all()
    return [axis for axis in axes if agreement.subcommission is None or agreement.subcommission.axis_id == axis.pk]


def write(rows: Iterable[Model], *, by: User, address: str | None) -> None:
    """Check and store new rows under their acta, each with its entry in the log."""
    for row in rows:
        row.full_clean()
        row.save()
        audit.record(Verb.CREATED, row, by=by, address=address, agreement=row.agreement_id)  # type: ignore[attr-defined]
