"""Modificaciones: an acta keeps, changes or takes out a line of the plan from a day on, or brings back one that was
taken out. What the plan never had is added in `additions`."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from indicators.agreements.errors import AgreementError
from indicators.agreements.plan_lines import PlanLine
from indicators.agreements.sheets import write
from indicators.calculations.amended import Presence
from indicators.queries.presence import amended_today
from plan.enums import AmendmentDecision
from plan.models import Agreement, Amendment, Plan, User

#: How a line has to stand on the day from which a decision rules.
FITS = {
    AmendmentDecision.KEEP: Presence.IN_FORCE,
    AmendmentDecision.MODIFY: Presence.IN_FORCE,
    AmendmentDecision.SUPPRESS: Presence.IN_FORCE,
    AmendmentDecision.ADD: Presence.SUPPRESSED,
}
#: The decisions that bring a text.
WRITES = (AmendmentDecision.MODIFY, AmendmentDecision.ADD)


@dataclass(frozen=True)
class Decided:
    line: PlanLine
    decision: AmendmentDecision
    effective_on: date
    new_text: str = ""


def text_in_force(plan: Plan, line: PlanLine, day: date) -> str:
    return amended_today(plan).text(line.reference, line.text, day)


@transaction.atomic
def amend(agreement: Agreement, decided: Decided, *, by: User, address: str | None = None) -> Amendment:
    """Enter one decision with the text that it replaces; entered twice under one acta, it is the same decision.

    Raises AgreementError where the line does not stand as the decision needs it, or the text does not change.
    """
    Plan.objects.select_for_update().get(pk=agreement.plan_id)
    row = Amendment(
        agreement=agreement,
        effective_on=decided.effective_on,
        object_kind=decided.line.kind,
        object_reference=decided.line.reference,
        decision=decided.decision,
        old_text=text_in_force(agreement.plan, decided.line, decided.effective_on),
        new_text=decided.new_text if decided.decision in WRITES else "",
    )
    if known := the_same(row):
        return known
    _refuse_what_does_not_fit(agreement.plan, decided)
    if decided.decision == AmendmentDecision.MODIFY and row.old_text == row.new_text:
        raise AgreementError("El texto nuevo es igual al vigente.", "new_text")
    write([row], by=by, address=address)
    return row


def the_same(row: Amendment) -> Amendment | None:
    """What the acta entered already with these words, if it did."""
    fields = ("object_reference", "decision", "effective_on", "new_text")
    return row.agreement.amendments.filter(**{name: getattr(row, name) for name in fields}).first()


def _refuse_what_does_not_fit(plan: Plan, decided: Decided) -> None:
    line, day = decided.line, f"{decided.effective_on:%d-%m-%Y}"
    presence = amended_today(plan).presence(line.reference, decided.effective_on)
    if presence is not FITS[decided.decision]:
        stands = "ya rige" if presence is Presence.IN_FORCE else "no rige"
        raise AgreementError(f"{line.reference} {stands} el {day}.", "decision")
