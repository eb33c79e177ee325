"""Who sits at a table: an institution takes a place in the Mesa or a subcomisión, leaves it, or hands it to another."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from indicators.agreements.errors import AgreementError
from indicators.agreements.sheets import axes_of
from plan import audit
from plan.enums import Verb
from plan.models import (
    AgreedSeat,
    Agreement,
    Axis,
    Institution,
    Membership,
    Plan,
    Subcommission,
    SubcommissionMembership,
    User,
)
from plan.models.validity import ValidityQuerySet


@dataclass(frozen=True)
class Table:
    """The Mesa, or a subcomisión of it, as an acta may change it."""

    agreement: Agreement
    subcommission: Subcommission | None = None

    @property
    def plan(self) -> Plan:
        return self.agreement.plan

    @property
    def name(self) -> str:
        """With its article, for a sentence."""
        return f"la {self.subcommission.name}" if self.subcommission else "la Mesa"

    @property
    def rows(self) -> ValidityQuerySet:
        """Every place at it, taken or left."""
        if self.subcommission:
            return SubcommissionMembership.objects.filter(subcommission=self.subcommission)
        return Membership.objects.filter(plan=self.plan)

    @cached_property
    def seats(self) -> list[AgreedSeat]:
        """All of them with their actas, in the plan's order of institutions."""
        places = {row.pk: place for place, row in enumerate(Institution.objects.in_order_of(self.plan))}
        rows = self.rows.select_related("institution", "agreement", "ended_under").order_by("valid_from")
        return sorted(rows, key=lambda row: places[row.institution_id])

    def new_seat(self, institution: Institution, first_day: date, held: Institution) -> AgreedSeat:
        """In the Mesa, at the place in the order that `held` has or had; after all others where it never had one."""
        known = {"institution": institution, "valid_from": first_day, "agreement": self.agreement}
        if self.subcommission:
            return SubcommissionMembership(subcommission=self.subcommission, **known)
        orders = dict(self.rows.values_list("institution", "order"))
        return Membership(plan=self.plan, order=orders.get(held.pk) or max(orders.values(), default=0) + 1, **known)

    def wait_for_turn(self) -> None:
        """Hold the plan until the transaction ends, so that whoever is second reads what the first entered."""
        Plan.objects.select_for_update().get(pk=self.plan.pk)


def tables_of(agreement: Agreement) -> list[tuple[Axis | None, Table]]:
    """Those that an acta may be about: a subcomisión says who sits in it; the Mesa, also who sits in the Mesa."""
    mine = {axis.pk: axis for axis in axes_of(agreement)}
    bodies = Subcommission.objects.filter(axis__in=mine).order_by("axis__number")
    own = [] if agreement.subcommission else [(None, Table(agreement))]
    return [*own, *((mine[body.axis_id], Table(agreement, body)) for body in bodies)]


@transaction.atomic
def admit(
    table: Table,
    institution: Institution,
    first_day: date,
    replaced: AgreedSeat | None,
    *,
    by: User,
    address: str | None = None,
) -> AgreedSeat:
    """Enter an institution that the portal does not know, and seat it; entered twice, it is the same institution.

    Raises AgreementError for a name or sigla that another one bears or bore, and as `seat` does.
    """
    table.wait_for_turn()
    mine = table.rows.filter(valid_from=first_day, agreement=table.agreement)
    if twin := mine.filter(institution__name=institution.name).first():
        return twin
    if other := Institution.objects.named(institution.name).first():
        raise AgreementError(f"Así se llama o se llamó {other}: elija entre las instituciones que ya existen.", "name")
    if other := Institution.objects.with_acronym(institution.acronym).first():
        raise AgreementError(f"Esa sigla es o fue de {other}.", "acronym")
    institution.full_clean()
    institution.save()
    audit.record(Verb.CREATED, institution, by=by, address=address)
    return seat(table, institution, first_day, replaced, by=by, address=address)


@transaction.atomic
def seat(
    table: Table,
    institution: Institution,
    first_day: date,
    replaced: AgreedSeat | None,
    *,
    by: User,
    address: str | None = None,
) -> AgreedSeat:
    """Give the institution a place from a day on; the one that it succeeds, if any, leaves its own the day before.

    Entered twice under one acta, it is the same place. Raises AgreementError where it has a place already, or the
    other one cannot leave its own.
    """
    table.wait_for_turn()
    held = table.rows.filter(institution=institution)
    if twin := held.filter(valid_from=first_day, agreement=table.agreement).first():
        return twin
    if overlapping := held.overlapping(first_day, None).first():
        raise AgreementError(_why_not_seated(table, overlapping), "first_day")
    row = table.new_seat(institution, first_day, replaced.institution if replaced else institution)
    if replaced:
        _succeed(institution, replaced.institution, by=by, address=address)
        leave(table, replaced, first_day - timedelta(1), by=by, address=address, field="first_day")
    row.full_clean()
    row.save()
    _record(Verb.CREATED, row, table, by, address, valid_from=first_day.isoformat())
    return row


def _why_not_seated(table: Table, held: AgreedSeat) -> str:
    if held.valid_to is None:
        since = f" desde el {held.valid_from:%d-%m-%Y}" if held.valid_from else ""
        return f"{held.institution} ya integra {table.name}{since}."
    return f"{held.institution} integra {table.name} hasta el {held.valid_to:%d-%m-%Y}: elija una fecha posterior."


def _succeed(institution: Institution, former: Institution, *, by: User, address: str | None) -> None:
    if institution.is_above(former, "predecessor"):
        raise AgreementError(f"{former} ya viene de {institution}: no puede ser su antecesora.", "replaced")
    if institution.predecessor_id not in (None, former.pk):
        raise AgreementError(f"{institution} ya sucede a {institution.predecessor}.", "replaced")
    if institution.predecessor_id is None:
        institution.predecessor = former
        institution.save(update_fields=["predecessor"])
        audit.record(Verb.CHANGED, institution, by=by, address=address, fields=["predecessor"])


@transaction.atomic
def leave(
    table: Table,
    row: AgreedSeat,
    last_day: date,
    *,
    by: User,
    address: str | None = None,
    field: str = "last_day",
) -> bool:
    """End a place; whether that was new. Raises AgreementError, said at `field`, where it has an end or began later."""
    table.wait_for_turn()
    row = table.rows.select_related("institution").get(pk=row.pk)
    if (row.valid_to, row.ended_under_id) == (last_day, table.agreement.pk):
        return False
    if row.valid_to is not None:
        raise AgreementError(f"{row.institution} ya tiene término el {row.valid_to:%d-%m-%Y}.", field)
    begun = row.valid_from or table.plan.starts_on
    if last_day < begun:
        raise AgreementError(f"{row.institution} integra {table.name} desde el {begun:%d-%m-%Y}.", field)
    row.valid_to, row.ended_under, row.end_recorded_at = last_day, table.agreement, timezone.now()
    row.full_clean()
    row.save()
    _record(Verb.CHANGED, row, table, by, address, valid_to=last_day.isoformat())
    return True


def _record(verb: Verb, row: AgreedSeat, table: Table, by: User, address: str | None, **dates: str) -> None:
    known = {"agreement": table.agreement.pk, "institution": row.institution_id}
    audit.record(verb, row, by=by, address=address, **known, **dates)
