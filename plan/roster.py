"""Who answers for each institution today, and who does not: the facts of the pages about people."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from plan import permissions
from plan.enums import Capacity, Role
from plan.models import AgreedSeat, Appointment, Institution, Membership, Plan, SubcommissionMembership, User


@dataclass(frozen=True)
class Seat:
    """An institution with its puntos focales of today, and its places in the Mesa, oldest first."""

    institution: Institution
    memberships: list[Membership] = field(default_factory=list)
    titulares: list[Appointment] = field(default_factory=list)
    alternates: list[Appointment] = field(default_factory=list)

    @property
    def is_member(self) -> bool:
        today = timezone.localdate()
        return any(row.is_in_force(today) for row in self.memberships)

    @property
    def was_member(self) -> bool:
        return bool(self.memberships) and not self.is_member

    @property
    def dated(self) -> list[Membership]:
        """The places that say more than that it was there from the beginning."""
        return [row for row in self.memberships if row.valid_from or row.valid_to]

    @property
    def is_vacant(self) -> bool:
        """A member of the Mesa without a titular who can sign in."""
        return self.is_member and not any(duty.user.is_active for duty in self.titulares)


@dataclass(frozen=True)
class DutyLine:
    """An appointment, how it stands today, and what the reader may do with it."""

    appointment: Appointment
    standing: str
    label: str
    may_end: bool
    may_hand_over: bool
    may_confirm: bool
    may_discard: bool


def roster(plan: Plan | None) -> list[Seat]:
    """Every institution, the members of the Mesa first and in the order of the plan."""
    return _seats(list(Institution.objects.in_order_of(plan)), plan)


def seat_of(institution: Institution, plan: Plan | None) -> Seat:
    return _seats([institution], plan)[0]


def _seats(institutions: list[Institution], plan: Plan | None) -> list[Seat]:
    today = timezone.localdate()
    by_institution: dict[int, list[Membership]] = defaultdict(list)
    for membership in _places(Membership.objects.filter(plan=plan, institution__in=institutions)):
        by_institution[membership.institution_id].append(membership)
    duties = Appointment.objects.in_force(today).filter(role=Role.FOCAL_POINT, institution__in=institutions)
    by_capacity: dict[tuple[int, str], list[Appointment]] = defaultdict(list)
    for duty in duties.select_related("user").order_by("user__full_name"):
        by_capacity[duty.institution_id, duty.capacity].append(duty)
    return [
        Seat(
            institution,
            by_institution[institution.pk],
            by_capacity[institution.pk, Capacity.TITULAR],
            by_capacity[institution.pk, Capacity.ALTERNATE],
        )
        for institution in institutions
    ]


def places_of(institution: Institution, plan: Plan | None) -> list[AgreedSeat]:
    """In the subcomisiones of the plan, each with its actas."""
    rows = SubcommissionMembership.objects.filter(institution=institution, subcommission__axis__plan=plan)
    return list(_places(rows.select_related("subcommission")))


def _places(rows: QuerySet) -> QuerySet:
    """None as the first day comes before any other."""
    return rows.select_related("agreement", "ended_under").order_by(F("valid_from").asc(nulls_first=True))


def count_vacant(plan: Plan | None) -> int:
    """How many members of the Mesa have no titular who can sign in; one query."""
    today = timezone.localdate()
    titulares = Appointment.objects.in_force(today).filter(
        role=Role.FOCAL_POINT, capacity=Capacity.TITULAR, user__is_active=True, institution=OuterRef("institution")
    )
    return Membership.objects.in_force(today).filter(~Exists(titulares), plan=plan).count()


def duty_lines(reader: User, appointments: Iterable[Appointment]) -> list[DutyLine]:
    today = timezone.localdate()
    return [_line(reader, appointment, today) for appointment in appointments]


def _line(reader: User, appointment: Appointment, today: date) -> DutyLine:
    standing, label = _standing(appointment, today)
    return DutyLine(
        appointment,
        standing,
        label,
        may_end=permissions.may_end(reader, appointment),
        may_hand_over=permissions.may_hand_over(reader, appointment),
        may_confirm=permissions.may_confirm(reader, appointment),
        may_discard=permissions.may_discard(reader, appointment),
    )


def _standing(appointment: Appointment, today: date) -> tuple[str, str]:
    """A state for its badge, and the word."""
    if appointment.awaits_confirmation:
        return ("submitted", "Por confirmar") if appointment.is_pending else ("annulled", "Descartado")
    if appointment.is_over(today):
        return "closed", "Terminado"
    if not appointment.is_in_force(today):
        return "scheduled", "Por comenzar"
    return "in_force", "Vigente"
