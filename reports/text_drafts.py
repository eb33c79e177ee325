"""What somebody types on a page of texts saves itself: one draft a person and subject, apart from the texts.

Only «Guardar» makes texts of it, with their history; a draft of several saves leaves none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from plan import audit
from plan.drafts import share_a_page
from plan.enums import Verb
from plan.models import Plan, User
from reports.enums import EditionSlot
from reports.models import Subject, TextsDraft
from reports.permissions import writable_slots
from reports.writing import ForbiddenTextError, Rows, compared


class StaleDraftError(Exception):
    """Another page of the same person saved in between; `draft` is what that one left."""

    def __init__(self, draft: TextsDraft):
        super().__init__()
        self.draft = draft


@dataclass(frozen=True)
class TypedPage:
    """A page as it was posted; `seen` is the newest id of a text that it showed, `name` what its script calls it."""

    texts: Mapping[EditionSlot, str]
    seen: int
    version: int
    name: str = ""


@dataclass(frozen=True)
class Unsaved:
    """What a person finds again: the words of each text that are not saved, and beside them the newer ones that
    somebody else saved since."""

    saved_at: datetime
    words: Mapping[EditionSlot, str]
    overtaken: Rows


def draft_of(subject: Subject, person: User) -> TextsDraft:
    """Empty, and not stored, where the person never typed here."""
    found = TextsDraft.objects.about(subject).of(person).first()
    return found or TextsDraft(plan=subject.plan, year=subject.year, axis_number=subject.axis_number, person=person)


def unsaved_in(draft: TextsDraft) -> Unsaved | None:
    """None where all that was typed is in the texts, or is the person's to write no more."""
    own = writable_slots(draft.person, draft.subject)
    typed = {slot: draft.typed[slot] for slot in own if slot in draft.typed}
    found = compared(draft.subject, typed, draft.seen)
    words = {slot: text for slot, text in typed.items() if found.is_unsaved(slot)}
    return Unsaved(draft.saved_at, words, found.overtaken) if words else None


@transaction.atomic
def keep(subject: Subject, page: TypedPage, *, by: User, address: str | None = None) -> TextsDraft:
    """Keep what is typed, right or wrong, in the place of what this page kept before.

    Raises StaleDraftError, and keeps nothing, where another page did since; ForbiddenTextError where one of the texts
    is not the person's to write.
    """
    if not set(page.texts) <= set(writable_slots(by, subject)):
        raise ForbiddenTextError
    # Whoever is second waits here, and then reads what the first has kept.
    Plan.objects.select_for_update().get(pk=subject.plan.pk)
    draft = draft_of(subject, by)
    is_known = draft.typed == page.texts or share_a_page(draft.page, page.name)
    if draft.version != page.version and not is_known:
        raise StaleDraftError(draft)
    draft.typed = {slot.value: text for slot, text in page.texts.items()}
    draft.seen, draft.page, draft.saved_at, draft.version = page.seen, page.name, timezone.now(), draft.version + 1
    draft.save()
    audit.record(Verb.SAVED_DRAFT, draft, by=by, address=address, **_place(subject), version=draft.version)
    return draft


@transaction.atomic
def discard(subject: Subject, *, by: User, version: int, address: str | None = None) -> bool:
    """Forget what was typed and not saved; False where another page has kept more since."""
    if not clear(subject, by=by, version=version):
        return False
    audit.record(Verb.REMOVED, draft_of(subject, by), by=by, address=address, **_place(subject))
    return True


def clear(subject: Subject, *, by: User, version: int) -> bool:
    """What was typed has become texts, or is not wanted. What another page has kept since stays."""
    kept = TextsDraft.objects.about(subject).of(by).filter(version=version)
    return bool(kept.update(typed={}, page="", version=F("version") + 1))


def overtaken_by(subject: Subject, page: TypedPage) -> Rows:
    """The texts that somebody saved while this page changed them too."""
    return compared(subject, page.texts, page.seen).overtaken


def _place(subject: Subject) -> dict[str, int | None]:
    return {"year": subject.year, "axis": subject.axis_number}
