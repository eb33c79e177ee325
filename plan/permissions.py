"""Who may do what with accounts and appointments (SECURITY, Access 6)."""

from django.utils import timezone

from plan import access
from plan.enums import Role
from plan.models import Appointment, User

#: The roles that each of these may grant.
GRANTS: dict[Role, frozenset[Role]] = {
    Role.TECHNICAL: frozenset({Role.FOCAL_POINT, Role.COORDINATOR, Role.OBSERVER}),
    Role.ADMINISTRATOR: frozenset(Role),
}
#: These take a second person, of the secretaría ejecutiva.
GRANTED_BY_TWO = frozenset({Role.TECHNICAL, Role.EXECUTIVE})
#: Duties that one person can pass on to another in one act.
PASSED_ON = frozenset({Role.FOCAL_POINT, Role.COORDINATOR})


def grantable_roles(user) -> list[Role]:
    granted = {role for own in access.roles_of(user) for role in GRANTS.get(own, ())}
    return [role for role in Role if role in granted]


def may_appoint(user, role: str) -> bool:
    return role in grantable_roles(user)


def may_end(user, appointment: Appointment) -> bool:
    """Nobody ends their own; one that still waits for its confirmation is discarded instead."""
    return (
        may_appoint(user, appointment.role)
        and appointment.user_id != user.pk
        and not appointment.awaits_confirmation
        and not appointment.is_over(timezone.localdate())
    )


def may_hand_over(user, appointment: Appointment) -> bool:
    return appointment.role in PASSED_ON and may_end(user, appointment)


def may_confirm(user, appointment: Appointment) -> bool:
    """Another person than who recorded it and than whom it appoints."""
    hands = (appointment.recorded_by_id, appointment.user_id)
    return access.is_executive(user) and appointment.is_pending and user.pk not in hands


def may_discard(user, appointment: Appointment) -> bool:
    return appointment.is_pending and (may_confirm(user, appointment) or may_appoint(user, appointment.role))


def may_manage(user, person: User) -> bool:
    """Invite, deactivate and activate: whoever may grant all that the person holds, and never oneself."""
    held = person.appointments.not_over(timezone.localdate()).values_list("role", flat=True)
    return access.manages_people(user) and user.pk != person.pk and set(held) <= set(grantable_roles(user))
