"""Apreciaciones and propuestas are signed, causes recorded. All only add rows: what was said before stays as it was."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from indicators import permissions
from indicators.calculations.results import IndicatorResult
from indicators.enums import CauseKind, Deviation, ProposalKind, RiskLevel
from indicators.models import Assessment, Cause, Indicator, Proposal
from indicators.queries import action_result
from plan import audit
from plan.enums import Verb
from plan.models import Action, Appointment, User

Signed = TypeVar("Signed", Assessment, Proposal)


class JudgementError(Exception):
    """It cannot be stored; `field` is where the form says so, None where it is about the whole page."""

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field


class StaleJudgementError(JudgementError):
    """Somebody else was first."""


@dataclass(frozen=True)
class Judged:
    """What an apreciación says."""

    cut_off: date
    level: RiskLevel
    sentence: str


@dataclass(frozen=True)
class Explained:
    """What a cause says; `responsible` is a cargo, `due_on` the day by which the measure is taken."""

    cut_off: date
    deviation: Deviation
    kind: CauseKind
    explanation: str
    measure: str
    responsible: str
    due_on: date


@dataclass(frozen=True)
class Proposed:
    """What a propuesta says; `wording` is the new text of the action, empty unless it is to be modified."""

    year: int
    kind: ProposalKind
    wording: str
    grounds: str


def last_signed(model: type[Signed], action: Action) -> Signed | None:
    """Whatever its corte or year: who signs says what they had before them."""
    return model.objects.filter(action=action).order_by("pk").last()


@transaction.atomic
def sign(action: Action, said: Judged, *, seen: int, by: User, address: str | None = None) -> tuple[Assessment, bool]:
    """Sign an apreciación; `seen` is the id of its `last_signed` on the page, 0 for none.

    Returns it and whether it is new: the same words again, from the same person, are not signed twice. Raises
    JudgementError to whom it is not for, StaleJudgementError if somebody signed since.
    """
    duty = permissions.assessing_duty(by, action)
    if duty is None:
        raise JudgementError("Firma la secretaría técnica, o la coordinación de la subcomisión del eje.")
    told = {"level": said.level, "cut_off": said.cut_off.isoformat()}
    return _sign(Assessment, action, asdict(said), told, seen=seen, by=by, duty=duty, address=address)


@transaction.atomic
def propose(
    action: Action, said: Proposed, *, seen: int, by: User, address: str | None = None
) -> tuple[Proposal, bool]:
    """Sign a propuesta for the subcomisión of the action's eje; as `sign`."""
    duty = permissions.proposing_duty(by, action)
    if duty is None:
        raise JudgementError("Propone la coordinación de la subcomisión del eje.")
    content = asdict(said) | {"subcommission": duty.subcommission}
    told = {"proposal": said.kind, "year": said.year}
    return _sign(Proposal, action, content, told, seen=seen, by=by, duty=duty, address=address)


def _sign(
    model: type[Signed],
    action: Action,
    content: dict[str, Any],
    told: dict[str, Any],
    *,
    seen: int,
    by: User,
    duty: Appointment,
    address: str | None,
) -> tuple[Signed, bool]:
    """`content` are the fields of the row, `told` is what the log says of it."""
    # Whoever is second waits here, and then reads what the first has signed.
    Action.objects.select_for_update().get(pk=action.pk)
    last = last_signed(model, action)
    if last and last.signed_by == by and all(getattr(last, name) == value for name, value in content.items()):
        return last, False
    if seen != (last.pk if last else 0):
        raise StaleJudgementError(
            f"Se firmó otra {model._meta.verbose_name} de esta acción mientras usted escribía. La suya sigue aquí: "
            "revise la vigente y firme de nuevo."
        )
    row = model.objects.create(action=action, signed_by=by, acting_as=duty.signature, **content)
    audit.record(Verb.CREATED, row, by=by, address=address, **told, action=action.code)
    return row, True


def standing_of(indicator: Indicator, cut_off: date) -> IndicatorResult | None:
    """The indicator's figures on a corte as known now; None where an acta adds the action after it."""
    result = action_result(indicator.action, cut_off)
    return next((row for row in result.indicators if row.id == indicator.pk), None) if result else None


@transaction.atomic
def record_cause(
    indicator: Indicator, said: Explained, *, by: User, replaces: Cause | None = None, address: str | None = None
) -> tuple[Cause, bool]:
    """Record a cause, or mend one by another that `replaces` it.

    Returns it and whether it is new: the same one again, from the same person, is not recorded twice. Raises
    JudgementError where the figures of the corte ask for no such explanation or to whom it is not for,
    StaleJudgementError if the cause was mended already.
    """
    duty = permissions.explaining_duties(by, indicator.action, said.cut_off).get(indicator.pk)
    if duty is None or (replaces and not permissions.may_mend(by, replaces)):
        raise JudgementError("La registra la secretaría técnica, o una institución responsable del indicador.")
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    again = Cause.objects.standing().filter(indicator=indicator, recorded_by=by, **asdict(said)).first()
    if again:
        return again, False
    result = standing_of(indicator, said.cut_off)
    if result is None or said.deviation not in result.deviations:
        raise JudgementError("A este corte el indicador no requiere esta explicación.", "cut_off")
    if replaces and Cause.objects.filter(replaces=replaces).exists():
        raise StaleJudgementError("Esta causa ya fue corregida. Vuelva a la ficha y corrija la vigente.")
    row = Cause.objects.create(
        indicator=indicator,
        institution=duty.institution,
        recorded_by=by,
        acting_as=duty.signature,
        replaces=replaces,
        **asdict(said),
    )
    _write_down(row, by, address)
    return row, True


def _write_down(row: Cause, by: User, address: str | None) -> None:
    told = {"deviation": row.deviation, "kind": row.kind, "cut_off": row.cut_off.isoformat()}
    audit.record(
        Verb.CREATED, row, by=by, address=address, indicator=row.indicator.reference, replaces=row.replaces_id, **told
    )
