"""Who may write which texts of the documents."""

from plan import access
from reports.enums import EditionSlot
from reports.models import Subject

#: What the secretaría ejecutiva answers for with its own words.
OF_EXECUTIVE = (EditionSlot.PRESENTATION, EditionSlot.COMMITMENTS, EditionSlot.SIGNERS)


def writable_slots(user, subject: Subject) -> tuple[EditionSlot, ...]:
    if access.is_technical(user):
        return subject.slots
    own = OF_EXECUTIVE if access.is_executive(user) else ()
    return tuple(slot for slot in subject.slots if slot in own)
