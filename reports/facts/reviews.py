"""How long the secretaría técnica took to answer, by period: the other side of the duty to report."""

from dataclasses import dataclass

from indicators.calculations.results import PlanResult
from indicators.queries.review_times import Times, review_times
from plan.models import Plan


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """The first answers to the reports of one period; no person is named."""

    period: str
    times: Times


def reviews(plan: Plan, result: PlanResult, axis_id: int | None = None) -> tuple[ReviewLine, ...]:
    """Of the periods that ended by the corte, the oldest first, as it was known at the result's known_at."""
    found = review_times(plan, known_at=result.known_at, axis_id=axis_id).periods
    told = [(period, times) for period, times in found if period.ends_on <= result.cut_off]
    return tuple(ReviewLine(period.name, times) for period, times in sorted(told, key=lambda pair: pair[0].starts_on))
