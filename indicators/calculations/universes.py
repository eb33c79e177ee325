"""The stock that a ratio is measured against (COMPLIANCE, Value of an indicator: ratio; Fine print: universo)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from indicators.calculations.cells import Cell, CellEntry
from indicators.calculations.inputs import UniverseValueInput
from indicators.calculations.known import Known
from indicators.calculations.measurement import Answered, Question
from indicators.calculations.wording import listing, number


@dataclass(frozen=True, slots=True)
class Denominator:
    """A total with its parts by cell, or None with the `obstacle` that leaves the ratio without one."""

    total: Fraction | None
    parts: dict[Cell, Fraction] = field(default_factory=dict)
    obstacle: str = ""
    #: What it is made of, or what is missing of it, in words.
    data: Callable[[], str] = str
    #: The reports of another indicator that it was taken from.
    used: tuple[Answered, ...] = ()


def universe_stock(question: Question, numerators: Iterable[CellEntry]) -> Denominator:
    """The universo of every responsable and of its regions or units, whether it reported or not.

    Colaboradoras and former responsables of the window add the universo that they have on record; without one they
    make nothing partial, unless they report a numerator.
    """
    parts = _parts(question)
    with_universe = {cell.institution_id for cell in parts}
    owing = _owing(question)
    missing = owing - with_universe
    if missing:
        return Denominator(
            None,
            obstacle=f"parcial ({len(owing) - len(missing)} de {len(owing)})",
            data=lambda: f"Falta el universo de {_names(question.known, missing)}",
        )
    homeless = _without_universe(numerators, parts, with_universe)
    if homeless:
        return Denominator(None, obstacle=f"numerador sin universo: {homeless.name(question.known)}")
    here = {cell: value for cell, value in parts.items() if question.place.region in (None, cell.region)}
    return Denominator(
        sum(here.values(), Fraction(0)),
        here,
        data=lambda: " + ".join(f"{cell.name(question.known)} {number(value)}" for cell, value in here.items()),
    )


def _names(known: Known, institution_ids: set[int]) -> str:
    return listing(row.name for pk, row in known.institutions.items() if pk in institution_ids)


def _owing(question: Question) -> set[int]:
    owing = question.known.responsible_institutions(question.indicator, question.as_of)
    only = question.place.institution_id
    return owing if only is None else owing & {only}


def _parts(question: Question) -> dict[Cell, Fraction]:
    """The newest value of each institution, region and unit dated on or before the end of the window."""
    if question.indicator.universe_id is None:
        return {}
    concerned = _concerned(question)
    newest: dict[Cell, int] = {}
    for value in sorted(question.known.universes[question.indicator.universe_id], key=_order):
        if value.dated_on <= question.as_of and value.institution_id in concerned:
            newest[Cell(value.institution_id, value.region, value.unit)] = value.value
    return {cell: Fraction(newest[cell]) for cell in sorted(newest, key=lambda cell: cell.order)}


def _order(value: UniverseValueInput) -> tuple:
    return value.dated_on, value.recorded_at, value.value


def _concerned(question: Question) -> set[int]:
    """Every institution that answered for the indicator on some day of the window, whatever it reported: were it
    only those that reported, leaving a report out could raise the ratio."""
    concerned = {
        row.institution_id
        for row in question.known.responsibilities_of[question.indicator.action_id]
        if row.is_for(question.indicator.id) and row.validity.overlaps(question.window.starts_on, question.as_of)
    }
    only = question.place.institution_id
    return concerned if only is None else concerned & {only}


def _without_universe(
    numerators: Iterable[CellEntry], parts: dict[Cell, Fraction], with_universe: set[int]
) -> Cell | None:
    """The first numerator in a region, a unit or an institution that has no universo."""
    for entry in numerators:
        cell = entry.cell
        whole = cell.region is None and cell.unit is None
        found = cell.institution_id in with_universe if whole else cell.without_named in parts
        if not found and not entry.carries:
            return cell
    return None
