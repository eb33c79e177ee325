"""What changes of an institution: its data, and its name from a day on."""

from datetime import date, timedelta

from django.db import transaction

from plan import audit
from plan.enums import Verb
from plan.models import Institution, InstitutionName, User
from plan.people_errors import PeopleError


@transaction.atomic
def change(institution: Institution, changed: list[str], *, by: User, address: str | None = None) -> None:
    """Store these fields of the institution, as a valid form has set them."""
    if not changed:
        return
    institution.save(update_fields=changed)
    audit.record(Verb.CHANGED, institution, by=by, address=address, fields=changed)


@transaction.atomic
def rename(
    institution: Institution, name: str, acronym: str, first_day: date, *, by: User, address: str | None = None
) -> InstitutionName:
    """Give it a new name from `first_day` on; the one before stays in the history until the day before.

    Raises PeopleError where the name that it bears began on that day or later.
    """
    Institution.objects.select_for_update().get(pk=institution.pk)
    _end_current_name(institution, first_day)
    new = institution.names.create(name=name, acronym=acronym, valid_from=first_day)
    institution.name, institution.acronym = name, acronym
    institution.save(update_fields=["name", "acronym"])
    audit.record(Verb.CHANGED, institution, by=by, address=address, fields=["name"], valid_from=first_day.isoformat())
    return new


def _end_current_name(institution: Institution, first_day: date) -> None:
    current = institution.names.filter(valid_to__isnull=True).order_by("-valid_from").first()
    if current is None:
        current = InstitutionName(institution=institution, name=institution.name, acronym=institution.acronym)
    if current.valid_from and first_day <= current.valid_from:
        raise PeopleError(f"El nombre actual rige desde el {current.valid_from:%d-%m-%Y}: elija una fecha posterior.")
    current.valid_to = first_day - timedelta(1)
    current.save()
