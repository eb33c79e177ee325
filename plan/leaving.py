"""When somebody's rights end: what nobody else would keep, and what has to follow (SECURITY, Access)."""

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from plan.enums import Role
from plan.models import Appointment, User
from plan.people_errors import require

#: Without one of each, nobody could give back what was taken.
NEVER_WITHOUT = (Role.ADMINISTRATOR, Role.EXECUTIVE)


def require_somebody_else(person: User, roles: set[str]) -> None:
    """Raise PeopleError if the person is the last with one of these roles that the portal cannot be without.

    Whoever asks holds the appointments of those roles until the transaction ends, so that two people who leave at
    once do not each count on the other. (SQLite knows no such lock and needs none.)
    """
    watched = [role for role in NEVER_WITHOUT if role in roles]
    list(Appointment.objects.select_for_update().filter(role__in=watched).order_by("pk"))
    today = timezone.localdate()
    for role in watched:
        others = User.objects.holding(role, today).exclude(pk=person.pk)
        require(others.exists(), f"Es la última persona con el perfil {role.label}: nombre antes a otra.")


def follow(person: User, *, by: User | None, address: str | None = None) -> None:
    """Let the other apps do, in the same transaction, what the leave asks of them."""
    for path in settings.WHEN_SOMEBODY_LEAVES:
        import_string(path)(person, by=by, address=address)
