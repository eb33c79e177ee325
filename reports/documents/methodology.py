"""What the nota metodológica says: parameters and assumptions of the version in use, and what could not be computed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicators.calculations.methodology import Methodology
from indicators.calculations.parameters import PARAMETERS, Line, lines
from indicators.calculations.results import IndicatorResult
from indicators.calculations.terms import Condition

#: In the order in which the note lists them.
UNCOMPUTED = (Condition.NOT_CALCULABLE, Condition.NO_TARGET, Condition.NOT_DUE, Condition.SUPPRESSED)


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """Indicators that share a condition, as pairs of reference and reason."""

    condition: Condition
    indicators: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """The version that the figures were reckoned with; `texts` are its parameters in words, by their names."""

    methodology: Methodology
    texts: dict[str, str]
    lines: tuple[Line, ...]
    uncomputed: tuple[Uncomputed, ...]


def note_for(indicators: Iterable[IndicatorResult], methodology: Methodology) -> Note:
    return Note(
        methodology=methodology,
        texts={parameter.name: parameter.text(methodology) for parameter in PARAMETERS},
        lines=lines(methodology),
        uncomputed=tuple(_uncomputed(tuple(indicators))),
    )


def _uncomputed(indicators: tuple[IndicatorResult, ...]) -> Iterator[Uncomputed]:
    for condition in UNCOMPUTED:
        found = [indicator for indicator in indicators if indicator.verified.condition is condition]
        if found:
            yield Uncomputed(condition, tuple((i.reference, i.verified.reason) for i in found))
