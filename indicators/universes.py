"""Denominators declared by their institution and confirmed by the secretaría técnica (COMPLIANCE, Fine print).

A declaration only adds rows. None of these acts touches what a resolution was based on: until its report is opened to
rectification, a value that the report was measured against is neither joined by another nor objected to.
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from indicators.enums import Outcome, ReportState
from indicators.models import Decision, ProgressReport, Universe, UniverseValue
from indicators.universe_boards import Board, Place, board_of
from plan import access, audit
from plan.enums import Verb
from plan.models import Institution, User

#: In these the institution corrects the report, or the report counts no more.
UNDECIDED = (ReportState.RECTIFYING, ReportState.RETURNED, ReportState.ANNULLED)


class UniverseError(Exception):
    """An act that cannot be done; `message` is a Spanish sentence for the person who tried."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class StaleUniverseError(UniverseError):
    """Somebody else acted on the same universo meanwhile."""


def decided_reports(universe: Universe, institution: Institution, dated_on: date) -> list[ProgressReport]:
    """Approved reports of the institution whose denominator a value of this date would change, the newest first."""
    approved = Decision.objects.filter(submission__report=OuterRef("pk"), outcome=Outcome.APPROVED)
    reports = ProgressReport.objects.filter(
        Exists(approved),
        institution=institution,
        action__indicators__universe=universe,
        period__ends_on__gte=dated_on,
    ).exclude(state__in=UNDECIDED)
    return list(reports.select_related("action", "period").distinct().order_by("-period__ends_on", "action__code"))


def may_judge(user: User, value: UniverseValue) -> bool:
    """Nobody confirms what they declared, nor a universo of an institution where they hold an appointment."""
    is_independent = all(a.institution_id != value.institution_id for a in user.current_appointments)
    return access.is_technical(user) and is_independent and value.recorded_by_id != user.pk


@transaction.atomic
def declare(
    board: Board,
    changes: Mapping[Place, int],
    *,
    dated_on: date,
    source: str,
    seen: int,
    by: User,
    address: str | None = None,
) -> list[UniverseValue]:
    """Add one row for each changed place, all of one date and one source.

    `seen` is `Board.seen` of the page. Raises StaleUniverseError if somebody declared or objected since, UniverseError
    if the institution is another's or a report that these values would change is already approved.
    """
    if board.institution.pk not in access.institution_ids(by):
        raise UniverseError("Solo la propia institución declara su universo.")
    _wait_for_turn(board.universe)
    current = board_of(board.universe.pk, board.institution.pk)
    if current is None or current.seen != seen:
        raise StaleUniverseError(
            "Este universo cambió mientras usted lo tenía abierto. Revise los valores y guarde de nuevo."
        )
    _refuse_if_decided(board.universe, board.institution, dated_on)
    at = timezone.now()
    rows = [
        UniverseValue.objects.create(
            universe=board.universe,
            institution=board.institution,
            region_id=region,
            unit_id=unit,
            dated_on=dated_on,
            value=value,
            source=source,
            recorded_at=at,
            recorded_by=by,
        )
        for (region, unit), value in changes.items()
    ]
    _write_down(Verb.CREATED, rows, by, address, dated_on=dated_on.isoformat(), values=[row.value for row in rows])
    return rows


@transaction.atomic
def confirm(value: UniverseValue, *, by: User, address: str | None = None) -> None:
    """Confirm the whole declaration of the value; raises UniverseError if it cannot be judged any more."""
    _judge(value, by, confirmed_at=timezone.now(), confirmed_by=by)
    _write_down(Verb.CONFIRMED, _declared_with(value), by, address)


@transaction.atomic
def object_to(value: UniverseValue, objection: str, *, by: User, address: str | None = None) -> None:
    """Take the whole declaration out of every count, saying why.

    Raises UniverseError if it cannot be judged any more, or if an approved report was measured against it.
    """
    _refuse_if_decided(value.universe, value.institution, value.dated_on)
    _judge(value, by, objection=objection)
    _write_down(Verb.DECIDED, _declared_with(value), by, address, is_objected=True)


def _wait_for_turn(universe: Universe) -> None:
    """Hold the universo until the transaction ends, so that whoever is second reads what the first declared.

    SQLite knows no such lock and needs none: there a transaction is alone from its start.
    """
    Universe.objects.select_for_update().get(pk=universe.pk)


def _judge(value: UniverseValue, by: User, **changes) -> None:
    """Of two people at once exactly one finds the declaration still pending."""
    if not may_judge(by, value):
        raise UniverseError("Confirma u objeta otra persona de la secretaría técnica, ajena a la institución.")
    if not _declared_with(value).pending().update(**changes):
        raise StaleUniverseError("Otra persona ya confirmó u objetó esta declaración. Revise la versión actual.")


def _declared_with(value: UniverseValue):
    return UniverseValue.objects.declared_with(value)


def _refuse_if_decided(universe: Universe, institution: Institution, dated_on: date) -> None:
    decided = decided_reports(universe, institution, dated_on)
    if decided:
        named = ", ".join(f"{report.action.code} ({report.period.name})" for report in decided[:3])
        more = f" y {len(decided) - 3} más" if len(decided) > 3 else ""
        raise UniverseError(
            f"Con los valores vigentes al {decided[0].period.ends_on:%d-%m-%Y} ya se aprobó {named}{more}. "
            "Use una fecha posterior, o abra antes a rectificación lo aprobado."
        )


def _write_down(verb: Verb, rows, by: User, address: str | None, **data) -> None:
    ordered = list(rows)
    audit.record(verb, ordered[0], by=by, address=address, rows=[row.pk for row in ordered], **data)
