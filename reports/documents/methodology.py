"""What the nota metodológica says: bands and assumptions of the version in use, and what could not be computed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicators.calculations.methodology import CURRENT
from indicators.calculations.results import IndicatorResult
from indicators.calculations.terms import Condition
from plan.templatetags.portal import percent

#: In the order in which the note lists them.
UNCOMPUTED = (Condition.NOT_CALCULABLE, Condition.NO_TARGET, Condition.NOT_DUE, Condition.SUPPRESSED)


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """Indicators that share a condition, as pairs of reference and reason."""

    condition: Condition
    indicators: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Thresholds are printed as the version of the methodology sets them."""

    version: str
    fulfilled_from: str
    partial_from: str
    explain_under: str
    explain_over: str
    conclusive_share: str
    assumptions: tuple[str, ...]
    uncomputed: tuple[Uncomputed, ...]


def note_for(indicators: Iterable[IndicatorResult]) -> Note:
    return Note(
        version=CURRENT.version,
        fulfilled_from=percent(CURRENT.fulfilled_from, 0),
        partial_from=percent(CURRENT.partial_from, 0),
        explain_under=percent(CURRENT.explain_under, 0),
        explain_over=percent(CURRENT.explain_over, 0),
        conclusive_share=percent(CURRENT.conclusive_share, 0),
        assumptions=CURRENT.assumptions,
        uncomputed=tuple(_uncomputed(tuple(indicators))),
    )


def _uncomputed(indicators: tuple[IndicatorResult, ...]) -> Iterator[Uncomputed]:
    for condition in UNCOMPUTED:
        found = [indicator for indicator in indicators if indicator.verified.condition is condition]
        if found:
            yield Uncomputed(condition, tuple((i.reference, i.verified.reason) for i in found))
