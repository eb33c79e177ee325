"""The periods of a plan programmed as a whole: what it would change, seen first, and done only if that still holds."""

import hashlib
from dataclasses import asdict, dataclass
from typing import cast

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from indicators.enums import Change
from indicators.models import ReportingPeriod
from indicators.timetable import Fit, Slot, Span, Terms, fit, timetable
from indicators.workflow import WorkflowError
from plan import audit
from plan.enums import Verb
from plan.models import Plan, User
from plan.templatetags.portal import day


class StaleProposalError(WorkflowError):
    """The periods are not any more what the person saw."""

    def __init__(self):
        super().__init__("Los períodos cambiaron mientras usted revisaba la lista. Esta es la actual: confírmela.")


@dataclass(frozen=True)
class Line:
    """One period: as the terms would have it (`slot`), as it is (`period`), or both where it takes other dates."""

    change: Change
    slot: Slot | None
    period: ReportingPeriod | None
    note: str = ""

    @property
    def span(self) -> Slot | ReportingPeriod:
        """What is shown: the dates that it will have."""
        return cast(Slot | ReportingPeriod, self.slot or self.period)


@dataclass(frozen=True)
class Proposal:
    lines: list[Line]

    def of(self, *changes: Change) -> list[Line]:
        return [line for line in self.lines if line.change in changes]

    @property
    def changes(self) -> list[Line]:
        """What would be written."""
        return self.of(Change.CREATE, Change.MOVE, Change.REPLACE)

    @property
    def digest(self) -> str:
        """By this the page that is confirmed says what its reader saw."""
        seen = [(line.change, line.span.name, *_dates(line.span), line.note) for line in self.lines]
        return hashlib.sha256(repr(seen).encode()).hexdigest()


def propose(plan: Plan, terms: Terms) -> Proposal:
    """What these terms would make of the plan's periods, in order of their dates.

    Only periods that have not opened and have no reports give way; the others stay, each with the reason.
    """
    today = timezone.localdate()
    periods = ReportingPeriod.objects.for_plan(plan).annotate(
        report_count=Count("reports", distinct=True), extension_count=Count("extensions", distinct=True)
    )
    stays = {period: _reason_to_stay(period, today) for period in periods}
    loose = [period for period, reason in stays.items() if not reason]
    found = fit(timetable(plan.years, terms), [period for period in stays if stays[period]], loose)
    stays |= {period: "lo programado no alcanza a cubrir sus días" for period in loose if period in found.uncovered}
    kept = [Line(Change.KEEP, None, period, reason) for period, reason in stays.items() if reason]
    lines = [*kept, *_lines_of_slots(found, loose, today), *_lines_left_out(found)]
    return Proposal(sorted(lines, key=lambda line: (line.span.starts_on, -line.span.ends_on.toordinal())))


def _reason_to_stay(period, today) -> str:
    if period.is_closed:
        return "está cerrado"
    if period.is_accepting(today):
        return f"abrió el {day(period.opens_on)}"
    if period.report_count:
        return "ya tiene reportes"
    return "tiene una prórroga" if period.extension_count else ""


def _lines_of_slots(found: Fit, loose: list[ReportingPeriod], today) -> list[Line]:
    """What is made anew, what takes other dates, and what gives way."""
    known = {_covers(period): period for period in loose}
    lines = [_line_of_slot(slot, known.get(_covers(slot)), today) for slot in found.slots]
    staying = [*found.uncovered, *(line.period for line in lines)]
    return lines + [Line(Change.REPLACE, None, period) for period in loose if period not in staying]


def _line_of_slot(slot: Slot, period: ReportingPeriod | None, today) -> Line:
    note = ""
    if slot.opens_on <= today:
        note = "abre de inmediato" if today <= slot.due_on else "abre de inmediato, con el plazo ya vencido"
    if period is None:
        return Line(Change.CREATE, slot, None, note)
    if (period.name, *_dates(period)) == (slot.name, *_dates(slot)):
        return Line(Change.KEEP, None, period, "ya tiene estas fechas")
    return Line(Change.MOVE, slot, period, note)


def _lines_left_out(found: Fit) -> list[Line]:
    """Where exactly the same days have their period already, there is nothing to say."""
    return [
        Line(Change.LEAVE_OUT, slot, None, f"se superpone con {span}, que queda")
        for slot, span in found.left_out
        if _covers(slot) != _covers(span)
    ]


def _covers(span: Span) -> tuple:
    return span.starts_on, span.ends_on


def _dates(span: Slot | ReportingPeriod) -> tuple[str, ...]:
    days = (span.starts_on, span.ends_on, span.opens_on, span.due_on, span.review_due_on)
    return tuple(day.isoformat() for day in days)


@transaction.atomic
def programme(plan: Plan, terms: Terms, *, seen: str, by: User, address: str | None = None) -> Proposal:
    """Write what `propose` says. Raises StaleProposalError if that is not what the person saw (`seen`, a digest)."""
    _wait_for_turn(plan)
    proposal = propose(plan, terms)
    if proposal.digest != seen:
        raise StaleProposalError
    for line in proposal.changes:
        if line.slot:
            _store(line.slot, line.period or ReportingPeriod(plan=plan), by, address)
        elif line.period:
            audit.record(Verb.REMOVED, line.period, by=by, address=address, dates=list(_dates(line.period)))
            line.period.delete()
    return proposal


def _store(slot: Slot, period: ReportingPeriod, by: User, address: str | None) -> None:
    verb = Verb.CHANGED if period.pk else Verb.CREATED
    for name, value in asdict(slot).items():
        setattr(period, name, value)
    period.full_clean()
    period.save()
    audit.record(verb, period, by=by, address=address, dates=list(_dates(slot)))


def _wait_for_turn(plan: Plan) -> None:
    """Hold the plan and its periods until the transaction ends: nobody programmes, opens or closes meanwhile.

    SQLite knows no such lock and needs none: there a transaction is alone from its start.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    list(ReportingPeriod.objects.for_plan(plan).select_for_update().values_list("pk"))
