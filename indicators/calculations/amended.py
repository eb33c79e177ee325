"""Which lines a plan has on a day, and with which text (COMPLIANCE, Two dates; Fine print: States)."""

from collections.abc import Iterable
from datetime import date
from enum import Enum

from indicators.calculations.inputs import AmendmentInput
from indicators.calculations.terms import AmendmentDecision

CHANGES_PRESENCE = (AmendmentDecision.SUPPRESS, AmendmentDecision.ADD)
CHANGES_TEXT = (AmendmentDecision.MODIFY, AmendmentDecision.ADD)


class Presence(Enum):
    IN_FORCE = "in_force"
    SUPPRESSED = "suppressed"
    NOT_YET_ADDED = "not_yet_added"


class Amended:
    """The amendments of a plan: `known` are those that count at both dates, `every` tells what the plan began with."""

    def __init__(self, every: Iterable[AmendmentInput], known: Iterable[AmendmentInput]) -> None:
        self._first: dict[str, AmendmentInput] = {}
        for amendment in sorted(every, key=_order, reverse=True):
            if amendment.decision in CHANGES_PRESENCE:
                self._first[amendment.reference] = amendment
        self._known: dict[str, list[AmendmentInput]] = {}
        for amendment in sorted(known, key=_order):
            self._known.setdefault(amendment.reference, []).append(amendment)

    def presence(self, reference: str, day: date) -> Presence:
        """Whether one line of the plan is in force on a day; lines above it are asked for themselves."""
        last = self._last(reference, day, CHANGES_PRESENCE)
        if last is not None:
            return Presence.SUPPRESSED if last.suppresses else Presence.IN_FORCE
        first = self._first.get(reference)
        return Presence.IN_FORCE if first is None or first.suppresses else Presence.NOT_YET_ADDED

    def presence_under(self, lineage: Iterable[str], day: date) -> Presence:
        """In force only where the line and those above it are; else what the uppermost that is not has to say."""
        lines = (self.presence(reference, day) for reference in lineage)
        return next((line for line in lines if line is not Presence.IN_FORCE), Presence.IN_FORCE)

    def is_in_force(self, lineage: Iterable[str], day: date) -> bool:
        return self.presence_under(lineage, day) is Presence.IN_FORCE

    def is_added(self, reference: str) -> bool:
        """Whether an acta brought the line: the plan did not begin with it."""
        first = self._first.get(reference)
        return first is not None and not first.suppresses

    @property
    def added(self) -> list[str]:
        return sorted(filter(self.is_added, self._first))

    def text(self, reference: str, original: str, day: date) -> str:
        last = self._last(reference, day, CHANGES_TEXT)
        return last.new_text if last is not None else original

    def _last(self, reference: str, day: date, decisions: tuple[str, ...]) -> AmendmentInput | None:
        effective = [
            amendment
            for amendment in self._known.get(reference, ())
            if amendment.effective_on <= day and amendment.decision in decisions
        ]
        return effective[-1] if effective else None


def _order(amendment: AmendmentInput) -> tuple:
    agreement = amendment.agreement
    return amendment.effective_on, agreement.agreed_on, agreement.recorded_at, agreement.id, amendment.decision
