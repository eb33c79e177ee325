"""The days on which something turns: between two of them the same is read of the reports, whatever the cut-off."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta

from indicators.calculations.inputs import AgreementInput, PlanInputs

A_DAY = timedelta(days=1)


def turning_days(inputs: PlanInputs) -> list[date]:
    """Days from which reports may answer a question otherwise than from the day before, in order: a period has ended,
    an acta counts, a responsabilidad begins or is over, a universo has a newer value. Before all of them is date.min.
    """
    return sorted({date.min, *_turning(inputs)})


def last_turn(turns: list[date], cut_off: date) -> date:
    """The newest of these days up to the cut-off."""
    return turns[bisect_right(turns, cut_off) - 1]


def _turning(inputs: PlanInputs) -> Iterator[date]:
    yield from (row.ends_on for row in inputs.periods)
    yield from (row.dated_on for row in inputs.universe_values)
    yield from (row.agreement.agreed_on for row in inputs.amendments)
    for seat in inputs.memberships:
        yield from _agreed(seat.agreement, seat.ended_under)
    for row in inputs.responsibilities:
        yield from _agreed(row.agreement, row.ended_under)
        yield row.validity.valid_from or date.min
        if row.validity.valid_to is not None:
            yield row.validity.valid_to + A_DAY


def _agreed(*agreements: AgreementInput | None) -> Iterator[date]:
    return (agreement.agreed_on for agreement in agreements if agreement is not None)


def asking_days(inputs: PlanInputs, turn: date) -> list[date]:
    """A turning day, and the days from it to the next from which something else is asked: a window begins, falls due
    or is agreed on, or a line of the plan is changed."""
    turns = turning_days(inputs)
    following = turns[bisect_right(turns, turn) :]
    until = following[0] if following else date.max
    return [turn, *sorted(day for day in set(_asking(inputs)) if turn < day < until)]


def _asking(inputs: PlanInputs) -> Iterator[date]:
    plan = inputs.plan
    yield from (plan.starts_on, plan.ends_on)
    for year in range(plan.starts_on.year, plan.ends_on.year + 2):
        yield from (date(year, 1, 1), date(year, 12, 31))
    yield from (row.effective_on for row in inputs.amendments)
    yield from (row.agreement.agreed_on for row in inputs.deadlines)
    yield from (row.due_on for row in inputs.targets if row.due_on is not None)
    for target in inputs.targets:
        yield from _agreed(target.agreement)
    for version in inputs.methodologies:
        yield version.valid_from
        yield from _agreed(version.agreement)
