"""Texts of the documents are saved: only what changed, as new rows, and nothing of anybody's is overwritten unseen."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from plan import access, audit
from plan.enums import Role, Verb
from plan.models import Plan, User
from reports import permissions
from reports.enums import EditionSlot, TextState
from reports.models import EditionText, Subject

Rows = dict[EditionSlot, EditionText]


class ForbiddenTextError(Exception):
    """Somebody writes what is not theirs to write."""


class StaleTextsError(Exception):
    """Somebody saved, in between, texts that this person changed too.

    `overtaken` are those; `unseen`, by slot, the newer texts that this person left as they were; `newest` is the
    `seen` of a page that shows all of it.
    """

    def __init__(self, overtaken: Rows, unseen: dict[EditionSlot, str], newest: int):
        super().__init__()
        self.overtaken, self.unseen, self.newest = overtaken, unseen, newest


@dataclass(frozen=True)
class Comparison:
    """What was typed, beside what the page had shown and what is stored now."""

    typed: Mapping[EditionSlot, str]
    shown: Rows
    stored: Rows
    seen: int

    def is_changed(self, slot: EditionSlot) -> bool:
        """By this person."""
        return self.typed[slot] != _body(self.shown, slot)

    def is_unseen(self, slot: EditionSlot) -> bool:
        return slot in self.stored and self.stored[slot].pk > self.seen

    def is_unsaved(self, slot: EditionSlot) -> bool:
        """Changed by this person, and not what is stored."""
        return self.is_changed(slot) and self.typed[slot] != _body(self.stored, slot)

    @property
    def overtaken(self) -> Rows:
        both = [slot for slot in self.typed if self.is_unsaved(slot) and self.is_unseen(slot)]
        return {slot: self.stored[slot] for slot in both}

    @property
    def unseen(self) -> dict[EditionSlot, str]:
        """What others saved where this person changed nothing."""
        left = [slot for slot in self.typed if self.is_unseen(slot) and not self.is_changed(slot)]
        return {slot: self.stored[slot].body for slot in left}

    def is_to_be_written(self, slot: EditionSlot, state: TextState) -> bool:
        """A text that somebody else saved unseen is neither put back nor declared ready."""
        if slot in self.unseen:
            return False
        if self.typed[slot] != _body(self.stored, slot):
            return True
        return bool(self.typed[slot]) and state == TextState.READY != self.stored[slot].state


@transaction.atomic
def save_texts(
    subject: Subject,
    typed: Mapping[EditionSlot, str],
    *,
    state: TextState,
    seen: int,
    by: User,
    address: str | None = None,
) -> list[EditionText]:
    """Save the texts of a page; `seen` is the newest id of its subject that it showed, 0 for none.

    Returns the rows written. A text that was not changed stays as it is, but READY declares all of them ready; an
    empty one is withdrawn. Raises StaleTextsError, and writes nothing, where that would overwrite a text unseen;
    ForbiddenTextError where one of them is not the person's to write.
    """
    if not set(typed) <= set(permissions.writable_slots(by, subject)):
        raise ForbiddenTextError
    # Whoever is second waits here, and then reads what the first has saved.
    Plan.objects.select_for_update().get(pk=subject.plan.pk)
    found = compared(subject, typed, seen)
    if found.overtaken:
        raise StaleTextsError(found.overtaken, found.unseen, newest_id(subject))
    changed = [slot for slot in typed if found.is_to_be_written(slot, state)]
    return [_write(subject, slot, typed[slot], state, by, address) for slot in changed]


def newest_id(subject: Subject) -> int:
    return EditionText.objects.about(subject).aggregate(newest=Max("pk"))["newest"] or 0


def compared(subject: Subject, typed: Mapping[EditionSlot, str], seen: int) -> Comparison:
    rows = EditionText.objects.about(subject).filter(slot__in=typed)
    return Comparison(typed, _by_slot(rows.filter(pk__lte=seen)), _by_slot(rows), seen)


def _by_slot(rows) -> Rows:
    return {EditionSlot(row.slot): row for row in rows.newest().select_related("written_by")}


def _body(rows: Rows, slot: EditionSlot) -> str:
    return rows[slot].body if slot in rows else ""


def _write(
    subject: Subject, slot: EditionSlot, body: str, state: TextState, by: User, address: str | None
) -> EditionText:
    role = Role.TECHNICAL if access.is_technical(by) else Role.EXECUTIVE
    row = EditionText.objects.create(
        plan=subject.plan,
        year=subject.year,
        axis_number=subject.axis_number,
        slot=slot,
        body=body,
        state=state if body else TextState.DRAFT,
        written_by=by,
        acting_as=access.appointment_for(by, role).signature,
    )
    digest = hashlib.sha256(body.encode()).hexdigest()
    place = {"year": subject.year, "axis": subject.axis_number, "text": slot}
    audit.record(_verb(row), row, by=by, address=address, **place, state=row.state, hash=digest)
    return row


def _verb(row: EditionText) -> Verb:
    if not row.body:
        return Verb.REMOVED
    return Verb.CHANGED if row.state == TextState.READY else Verb.SAVED_DRAFT
