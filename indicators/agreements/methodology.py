"""Metodología: a new version of the parameters of the arithmetic, whole, under an acta."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from indicators.agreements.errors import AgreementError
from indicators.agreements.sheets import write
from indicators.calculations.parameters import PARAMETERS, Line, lines
from indicators.models import Methodology
from plan.models import Agreement, Plan, User

STALE = "Otra persona registró una versión mientras usted escribía. Compare de nuevo y registre."


@dataclass(frozen=True)
class Version:
    """A version with its parameters in words, held against those of the version that it replaces."""

    row: Methodology
    lines: tuple[Line, ...]


def versions_of(plan: Plan) -> list[Version]:
    """Every version of a plan, that of the latest day first."""
    rows = list(Methodology.objects.for_plan(plan).newest_first())
    pairs = zip(rows, [*rows[1:], None], strict=True)
    return [Version(row, lines(row.parameters, before.parameters if before else None)) for row, before in pairs]


def newest_version(plan: Plan) -> Methodology | None:
    """The one that rules from the latest day on."""
    return Methodology.objects.for_plan(plan).newest_first().first()


def next_version() -> str:
    """Numbered through over all plans, so that a number means one set of parameters."""
    return f"{Methodology.objects.count() + 1}.0"


def is_same(one: Methodology, other: Methodology) -> bool:
    return all(getattr(one, parameter.name) == getattr(other, parameter.name) for parameter in PARAMETERS)


@transaction.atomic
def enact(acta: Agreement, row: Methodology, *, seen: str, by: User, address: str | None = None) -> Methodology:
    """Store a new version under an acta. `seen` is the version with which it was compared.

    Raises AgreementError where the acta has one already, where it would rule before it was agreed, where it changes
    nothing, or where another version came in between.
    """
    _wait_for_turn()
    before = newest_version(acta.plan)
    if acta.methodologies.exists():
        raise AgreementError("Esta acta ya fija una versión. Para cambiarla registre otra acta.")
    if before and before.version != seen:
        raise AgreementError(STALE)
    if before and is_same(before, row):
        raise AgreementError("Ningún parámetro cambia respecto de la versión anterior.")
    if row.starts_on < acta.agreed_on:
        raise AgreementError("No puede regir desde antes de la fecha del acta.", "valid_from")
    if before and row.starts_on < before.starts_on:
        raise AgreementError(_before(before.starts_on), "valid_from")
    row.agreement, row.version = acta, next_version()
    write([row], by=by, address=address)
    return row


def _wait_for_turn() -> None:
    """Whoever is second reads what the first entered, whatever their actas: versions are numbered through."""
    list(Methodology.objects.select_for_update().filter(agreement=None))


def _before(day: date) -> str:
    return f"Ya hay una versión que rige desde el {day:%d-%m-%Y}: esta no puede regir desde antes."
