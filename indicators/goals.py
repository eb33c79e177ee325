"""How far an indicator is from its meta: with what is verified, and with what reports inform (COMPLIANCE)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from indicators.calculations.results import Figure, IndicatorResult, TargetResult
from indicators.calculations.wording import decimal, number
from indicators.enums import Direction, IndicatorKind
from indicators.models import Indicator, ProgressReport
from indicators.queries import action_result

MEASURED = (IndicatorKind.COUNT, IndicatorKind.RATIO, IndicatorKind.YEAR_COUNT)
REACHED = "alcanzada con lo informado"


@dataclass(frozen=True)
class Goal:
    """A meta and where the indicator stands; `verified` and `informed` are shares of it, None where there is none."""

    target_text: str
    source_text: str
    due_on: date
    place: str
    verified_text: str
    informed_text: str
    missing_text: str
    verified: Fraction | None
    informed: Fraction | None

    @property
    def in_words(self) -> str:
        return f"Verificado {self.verified_text}, informado {self.informed_text}, meta {self.target_text}"


def goals_of(report: ProgressReport, indicators: list[Indicator]) -> dict[int, Goal]:
    """By indicator, at the end of the report's period; without meta there is none."""
    result = action_result(report.action, report.period.ends_on)
    rows = {row.id: row for row in result.indicators} if result else {}
    found = {i.pk: _goal(rows[i.pk], i, report.institution_id) for i in indicators if i.pk in rows}
    return {pk: goal for pk, goal in found.items() if goal}


def _goal(result: IndicatorResult, indicator: Indicator, institution_id: int) -> Goal | None:
    """The meta of this very institution before that of all; what is due before what is still to come."""
    for partial in result.partials:
        if partial.target.institution_id == institution_id:
            return _scored(indicator, partial.target, partial.verified, partial.informed)
    if result.target:
        return _scored(indicator, result.target, result.verified, result.informed)
    for advance in result.advances:
        if advance.target.institution_id in (None, institution_id):
            texts = advance.value_text, result.informed.value_text
            return _told(indicator, advance.target, texts, advance.progress, advance.informed_progress)
    return None


def _scored(indicator: Indicator, target: TargetResult, verified: Figure, informed: Figure) -> Goal:
    return _told(indicator, target, (verified.value_text, informed.value_text), verified.raw, informed.raw)


def _told(
    indicator: Indicator,
    target: TargetResult,
    texts: tuple[str, str],
    verified: Fraction | None,
    informed: Fraction | None,
) -> Goal:
    return Goal(
        target_text=target.value_text,
        source_text=target.source_text,
        due_on=target.due_on,
        place=target.place,
        verified_text=texts[0],
        informed_text=texts[1],
        missing_text=_missing(indicator, target, informed),
        verified=verified,
        informed=informed,
    )


def _missing(indicator: Indicator, target: TargetResult, share: Fraction | None) -> str:
    """What is missing to the meta with what is informed: a number, or points of percentage. A figure that must fall is
    not told so."""
    if share is None or indicator.kind not in MEASURED or indicator.direction != Direction.ASCENDING:
        return ""
    if share >= 1:
        return REACHED
    missing = (1 - share) * target.value
    return f"faltan {decimal(missing * 100, 1)} puntos" if indicator.is_ratio else f"faltan {number(missing)}"
