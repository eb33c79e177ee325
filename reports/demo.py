"""Texts of the documents in the demonstration, which say of themselves that they are invented, and two editions with
them (setting WHEN_DEMONSTRATING)."""

from datetime import date

from django.utils import timezone

from plan.enums import Role
from plan.models import Plan, User
from reports.documents.making import Order
from reports.editions.issuing import issue
from reports.enums import EditionSlot, TextState
from reports.models import Subject
from reports.writing import newest_id, save_texts

SIGNERS = "Nombre de demostración; Cargo de demostración; Institución de demostración"
#: Of the last year these wait, so that every state can be seen.
LEFT_OUT = {EditionSlot.OBSTACLE_3, EditionSlot.EVALUATION}


def tell_texts(plan: Plan) -> None:
    """The second year has all its texts ready; the last one some in draft and some missing."""
    writer = User.objects.filter(appointments__role=Role.TECHNICAL).earliest("pk")
    last = plan.end_year
    for number in (None, *plan.axes.values_list("number", flat=True)):
        ready, draft = Subject(plan, plan.start_year + 1, number), Subject(plan, last, number)
        _write(ready, ready.slots, TextState.READY, writer)
        slots = [slot for slot in draft.slots if slot not in LEFT_OUT]
        _write(draft, slots[::2], TextState.READY, writer)
        _write(draft, slots[1::2], TextState.DRAFT, writer)


def emit_editions(plan: Plan) -> None:
    """The first eje and the annual status of the second year; the task worker prints them."""
    executive = User.objects.filter(appointments__role=Role.EXECUTIVE).earliest("pk")
    year = plan.start_year + 1
    cut_off, known_at = date(year, 12, 31), timezone.now()
    issue(Order(plan, cut_off, known_at, axis_number=1), by=executive)
    issue(Order(plan, cut_off, known_at, year=year), by=executive)


def _write(subject: Subject, slots, state: TextState, by: User) -> None:
    typed = {slot: SIGNERS if slot == EditionSlot.SIGNERS else _words(subject, slot) for slot in slots}
    save_texts(subject, typed, state=state, seen=newest_id(subject), by=by)


def _words(subject: Subject, slot: EditionSlot) -> str:
    return (
        f"Texto de demostración. {slot.label} ({subject}): aquí la secretaría escribe lo que las cifras de al "
        "lado no dicen por sí solas."
    )
