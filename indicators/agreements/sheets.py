"""A sheet: one eje under one acta. What is entered on it is written whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Model

from indicators.calculations.amended import Amended
from indicators.models import Indicator, MeansOfVerification
from indicators.queries.presence import amended_by
from plan import audit
from plan.enums import Verb
from plan.models import Action, Agreement, Axis, Plan, User


@dataclass(frozen=True)
class Sheet:
    agreement: Agreement
    axis: Axis

    @property
    def plan(self) -> Plan:
        return self.agreement.plan

    @cached_property
    def _amended(self) -> Amended:
        return amended_by(self.plan, self.agreement.agreed_on)

    def reaches(self, row: Action | Indicator | MeansOfVerification) -> bool:
        """Whether the acta may be about a line: the plan has it on the day of the acta, or will have it by then by
        what was agreed so far."""
        days = (self.agreement.agreed_on, self.plan.ends_on)
        return any(self._amended.is_in_force(row.lineage, day) for day in days)

    @cached_property
    def actions(self) -> list[Action]:
        """Those of the eje that the acta may be about."""
        rows = Action.objects.filter(objective__axis=self.axis).select_related("objective__axis")
        return list(filter(self.reaches, rows))

    def wait_for_turn(self) -> None:
        """Hold the eje until the transaction ends, so that whoever is second reads what the first entered.

        SQLite knows no such lock and needs none: there a transaction is alone from its start.
        """
        Axis.objects.select_for_update().get(pk=self.axis.pk)


def axes_of(agreement: Agreement) -> list[Axis]:
    """The ejes that an acta may be about: a subcomisión agrees on its own."""
    axes = agreement.plan.axes.all()
    return [axis for axis in axes if agreement.subcommission is None or agreement.subcommission.axis_id == axis.pk]


def write(rows: Iterable[Model], *, by: User, address: str | None, verb: Verb = Verb.CREATED) -> None:
    """Check and store new rows under their acta, each with its entry in the log."""
    for row in rows:
        row.full_clean()
        row.save()
        audit.record(verb, row, by=by, address=address, agreement=row.agreement_id)  # type: ignore[attr-defined]
