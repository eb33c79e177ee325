"""Who answers for each action of an eje, and who lends a hand: a matrix of actions by institutions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.agreements.sheets import Sheet, write
from indicators.models import Responsibility
from plan import audit
from plan.enums import Verb
from plan.models import Institution, User

#: Action and institution.
Cell = tuple[int, int]


@dataclass(frozen=True)
class DutySheet(Sheet):
    """Who answers on the day from which the changes hold."""

    since: date

    @cached_property
    def institutions(self) -> list[Institution]:
        """The members of the Mesa in the plan's order, then whoever answers without being one."""
        members = Institution.objects.ever_seated_in(self.plan)
        holders = [row.institution for rows in self._rows.values() for row in rows]
        return list(dict.fromkeys([*members, *holders]))

    @cached_property
    def _rows(self) -> dict[Cell, list[Responsibility]]:
        found: dict[Cell, list[Responsibility]] = {}
        rows = Responsibility.objects.filter(action__in=self.actions).select_related("institution", "action")
        for row in rows.prefetch_related("indicators", "means").order_by("kind", "valid_from"):
            found.setdefault((row.action_id, row.institution_id), []).append(row)
        return found

    def in_force(self, cell: Cell) -> Responsibility | None:
        """Of two at once the responsable counts, last in the order of the rows."""
        return next((row for row in reversed(self._rows.get(cell, [])) if row.is_in_force(self.since)), None)

    def kind_of(self, cell: Cell) -> str:
        row = self.in_force(cell)
        return row.kind if row else ""

    @property
    def limited(self) -> list[Responsibility]:
        """Those in force for some indicators or medios only, which a letter does not tell."""
        in_force = filter(None, map(self.in_force, self._rows))
        return [row for row in in_force if row.indicators.all() or row.means.all()]

    @property
    def seen(self) -> int:
        """Grows with each responsabilidad of the eje and with each end of one."""
        rows = Responsibility.objects.filter(action__objective__axis=self.axis)
        return rows.count() + rows.filter(valid_to__isnull=False).count()

    def objection(self, cell: Cell) -> str:
        """Why a cell cannot change from the day on; empty where it can."""
        row = self.in_force(cell)
        if row is None:
            later = [other for other in self._rows.get(cell, []) if other.valid_from and other.valid_from > self.since]
            return f"Ya responde desde el {later[0].valid_from:%d-%m-%Y}: elija esa fecha." if later else ""
        if row.valid_to is not None:
            return f"Ya tiene término el {row.valid_to:%d-%m-%Y}."
        if row.valid_from is not None and row.valid_from >= self.since:
            return "Comenzó ese mismo día: para cambiarla use una fecha posterior."
        return ""


@transaction.atomic
def set_duties(
    sheet: DutySheet, changes: Mapping[Cell, str], *, reason: str, seen: int, by: User, address: str | None = None
) -> int:
    """Let each cell be of its new kind from the sheet's day on; what held until then ends the day before.

    Returns how many cells changed. `seen` is `DutySheet.seen` of the page: raises StaleSheetError if a responsabilidad
    of the eje was entered or ended since, AgreementError for a cell that cannot change (`DutySheet.objection`).
    """
    sheet.wait_for_turn()
    current = DutySheet(sheet.agreement, sheet.axis, sheet.since)
    new = {cell: kind for cell, kind in changes.items() if current.kind_of(cell) != kind}
    if new and current.seen != seen:
        raise StaleSheetError
    for objection in filter(None, map(current.objection, new)):
        raise AgreementError(objection)
    ended = [row for cell in new if (row := current.in_force(cell))]
    for row in ended:
        _end(row, current, reason, by, address)
    write(_begun(current, new, reason), by=by, address=address)
    return len(new)


def _begun(sheet: DutySheet, new: Mapping[Cell, str], reason: str) -> list[Responsibility]:
    at = timezone.now()
    return [
        Responsibility(
            action_id=action,
            institution_id=institution,
            kind=kind,
            valid_from=sheet.since,
            agreement=sheet.agreement,
            reason=reason,
            recorded_at=at,
        )
        for (action, institution), kind in new.items()
        if kind
    ]


def _end(row: Responsibility, sheet: DutySheet, reason: str, by: User, address: str | None) -> None:
    """The one change of a row: it gets its end, with the acta and the moment from which that is known."""
    last_day = sheet.since - timedelta(days=1)
    still_open = Responsibility.objects.filter(pk=row.pk, valid_to__isnull=True)
    still_open.update(valid_to=last_day, ended_under=sheet.agreement, end_recorded_at=timezone.now(), end_reason=reason)
    audit.record(Verb.CHANGED, row, by=by, address=address, agreement=sheet.agreement.pk, valid_to=last_day.isoformat())
