"""Who answers for each action of an eje, and who lends a hand: a matrix of actions by institutions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.agreements.sheets import Sheet
from indicators.models import Responsibility
from plan import audit
from plan.enums import Verb
from plan.models import Institution, User

#: Action and institution.
Cell = tuple[int, int]


@dataclass(frozen=True)
class Limits:
    """The indicators and the medios of the action that a responsabilidad covers; all where none are named."""

    indicators: frozenset[int] = frozenset()
    means: frozenset[int] = frozenset()

    @classmethod
    def of(cls, row: Responsibility) -> "Limits":
        return cls(*(frozenset(named.pk for named in rows.all()) for rows in (row.indicators, row.means)))

    def __bool__(self) -> bool:
        return bool(self.indicators or self.means)


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
        rows = Responsibility.objects.ever_in_force().filter(action__in=self.actions)
        rows = rows.select_related("institution", "action", "agreement")
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
    def held(self) -> list[Responsibility]:
        """Those in force, action by action: what each covers, a letter does not tell."""
        cells = ((action.pk, institution.pk) for action in self.actions for institution in self.institutions)
        return list(filter(None, map(self.in_force, cells)))

    @property
    def seen(self) -> int:
        """Grows with each responsabilidad of the eje and with each end of one."""
        rows = Responsibility.objects.filter(action__objective__axis=self.axis)
        return sum(rows.aggregate(begun=Count("pk"), ended=Count("valid_to")).values())

    def objection(self, cell: Cell) -> str:
        """Why a cell cannot change from the day on; empty where it can."""
        row = self.in_force(cell)
        if row is None:
            later = [other for other in self._rows.get(cell, []) if other.valid_from and other.valid_from > self.since]
            return f"Ya responde desde el {later[0].valid_from:%d-%m-%Y}: elija esa fecha." if later else ""
        return f"Ya tiene término el {row.valid_to:%d-%m-%Y}." if row.valid_to is not None else ""


@transaction.atomic
def set_duties(
    sheet: DutySheet, changes: Mapping[Cell, str], *, reason: str, seen: int, by: User, address: str | None = None
) -> int:
    """Let each cell be of its new kind from the sheet's day on; what held until then ends the day before, and what it
    was limited to goes on.

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
    for cell, kind in new.items():
        row = current.in_force(cell)
        if row:
            _end(row, current, reason, by, address)
        if kind:
            _begin(current, cell, kind, Limits.of(row) if row else Limits(), reason, by, address)
    return len(new)


def _begin(sheet: DutySheet, cell: Cell, kind: str, limits: Limits, reason: str, by: User, address: str | None) -> None:
    action, institution = cell
    row = Responsibility(
        action_id=action,
        institution_id=institution,
        kind=kind,
        valid_from=sheet.since,
        agreement=sheet.agreement,
        reason=reason,
        recorded_at=timezone.now(),
    )
    row.full_clean()
    row.save()
    row.indicators.set(limits.indicators)
    row.means.set(limits.means)
    told = {"indicators": sorted(limits.indicators), "means": sorted(limits.means)} if limits else {}
    audit.record(Verb.CREATED, row, by=by, address=address, agreement=sheet.agreement.pk, **told)


def _end(row: Responsibility, sheet: DutySheet, reason: str, by: User, address: str | None) -> None:
    """The one change of a row: it gets its end, with the acta and the moment from which that is known."""
    last_day = sheet.since - timedelta(days=1)
    still_open = Responsibility.objects.filter(pk=row.pk, valid_to__isnull=True)
    still_open.update(valid_to=last_day, ended_under=sheet.agreement, end_recorded_at=timezone.now(), end_reason=reason)
    audit.record(Verb.CHANGED, row, by=by, address=address, agreement=sheet.agreement.pk, valid_to=last_day.isoformat())


@transaction.atomic
def set_limits(
    sheet: DutySheet, cell: Cell, limits: Limits, *, reason: str, seen: int, by: User, address: str | None = None
) -> bool:
    """Let the responsabilidad of a cell cover these indicators and medios from the sheet's day on; what held until then
    ends the day before. Returns whether anything changed; raises as `set_duties` does."""
    sheet.wait_for_turn()
    current = DutySheet(sheet.agreement, sheet.axis, sheet.since)
    row = current.in_force(cell)
    if row is not None and Limits.of(row) == limits:
        return False
    if current.seen != seen:
        raise StaleSheetError
    if row is None:
        raise AgreementError("Ese día la institución no responde por la acción.")
    if objection := current.objection(cell):
        raise AgreementError(objection)
    _end(row, current, reason, by, address)
    _begin(current, cell, row.kind, limits, reason, by, address)
    return True
