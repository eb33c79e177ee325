"""Why indicators are far from their targets, and what is done about it (REPORTS, eje 8)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indicators.calculations.results import IndicatorResult, PlanResult
from indicators.enums import Deviation
from indicators.models import Cause
from indicators.queries.judged import causes_by_indicator
from plan.models import Institution


@dataclass(frozen=True, slots=True)
class CauseLine:
    """`responsible` is a cargo; `institution` who recorded it, empty for the secretaría técnica."""

    kind: str
    explanation: str
    measure: str
    responsible: str
    due_on: date
    institution: str
    cut_off: date


@dataclass(frozen=True, slots=True)
class Explained:
    """An indicator that has to be explained, and its causes; without any, that is said."""

    reference: str
    text: str
    score_text: str
    deviations: tuple[Deviation, ...]
    causes: tuple[CauseLine, ...]

    @property
    def sides(self) -> str:
        return " y ".join(side.label for side in self.deviations)


def explained(indicators: tuple[IndicatorResult, ...], result: PlanResult) -> tuple[Explained, ...]:
    """Those of `indicators` under or over the thresholds of the methodology, with what was recorded by both dates."""
    due = [indicator for indicator in indicators if indicator.explanation_due]
    causes = causes_by_indicator([indicator.id for indicator in due], result.cut_off, result.known_at)
    names = dict(Institution.objects.values_list("pk", "name"))
    return tuple(
        Explained(
            reference=indicator.reference,
            text=indicator.text,
            score_text=indicator.verified.score_text,
            deviations=indicator.deviations,
            causes=tuple(_lines(causes[indicator.id].standing, names)) if indicator.id in causes else (),
        )
        for indicator in due
    )


def _lines(causes: tuple[Cause, ...], names: dict[int, str]) -> Iterator[CauseLine]:
    for cause in causes:
        yield CauseLine(
            kind=cause.get_kind_display(),
            explanation=cause.explanation,
            measure=cause.measure,
            responsible=cause.responsible,
            due_on=cause.due_on,
            institution=names[cause.institution_id] if cause.institution_id else "",
            cut_off=cause.cut_off,
        )
