"""Accounts: opened by an invitation, closed by deactivation, which ends every session at once."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from plan import audit, invitations, leaving, permissions
from plan.enums import Verb
from plan.models import Invitation, User
from plan.people_errors import PeopleError, require

NOT_YOURS = "Usted no administra esta cuenta."


@transaction.atomic
def open_account(email: str, full_name: str, *, by: User | None, address: str | None = None) -> User:
    """A new person without a password: they choose it by their invitation. Raises PeopleError for a known address."""
    try:
        with transaction.atomic():
            person = User.objects.create_user(email, full_name)
    except (ValidationError, IntegrityError) as error:
        raise PeopleError("Ya existe una cuenta con este correo.") from error
    audit.record(Verb.CREATED, person, by=by, address=address)
    return person


@transaction.atomic
def invite_again(person: User, *, by: User, address: str | None = None) -> Invitation:
    """A new link for whoever has not chosen a password yet; the earlier one stops working."""
    require(permissions.may_manage(by, person), NOT_YOURS)
    require(person.is_active and not person.has_entered, "Esta persona ya tiene su contraseña, o no tiene acceso.")
    return invitations.invite(person, by=by, address=address)


@transaction.atomic
def withdraw_invitation(person: User, *, by: User, address: str | None = None) -> None:
    require(permissions.may_manage(by, person), NOT_YOURS)
    require(invitations.withdraw(person, by=by, address=address), "No hay una invitación que retirar.")


@transaction.atomic
def deactivate(person: User, *, by: User, address: str | None = None) -> None:
    """Shut the person out. The password goes too: no session of before comes back to life with the account.

    Raises PeopleError for oneself, for whom `by` does not manage, and for the last who holds a role that the portal
    cannot be without.
    """
    require(permissions.may_manage(by, person), NOT_YOURS)
    held = person.appointments.in_force(timezone.localdate()).values_list("role", flat=True)
    leaving.require_somebody_else(person, set(held))
    # The link first: whoever opens the account by it at this moment comes either before all of this or not at all.
    invitations.withdraw(person, by=by, address=address)
    _switch(person, on=False)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    audit.record(Verb.CHANGED, person, by=by, address=address, is_active=False)
    leaving.follow(person, by=by, address=address)


@transaction.atomic
def reactivate(person: User, *, by: User, address: str | None = None) -> None:
    """Let the person in again, with a new password that they choose by a new invitation."""
    require(permissions.may_manage(by, person), NOT_YOURS)
    _switch(person, on=True)
    audit.record(Verb.CHANGED, person, by=by, address=address, is_active=True)
    invitations.invite(person, by=by, address=address)


def _switch(person: User, *, on: bool) -> None:
    """Of two people at once exactly one succeeds."""
    changed = User.objects.filter(pk=person.pk, is_active=not on).update(is_active=on)
    require(bool(changed), "La cuenta ya estaba activa." if on else "La cuenta ya estaba desactivada.")
    person.is_active = on
