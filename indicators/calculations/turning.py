"""The days on which something turns: between two of them the same is read of the reports, whatever the cut-off. And the
moments of news: between two of them the same is known."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from indicators.calculations.inputs import AgreementInput, PlanInputs
from indicators.calculations.moments import end_of_day

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
    yield from (acta.agreed_on for acta in _actas_that_turn(inputs))
    for row in inputs.responsibilities:
        yield row.validity.valid_from or date.min
        if row.validity.valid_to is not None and row.validity.valid_to < date.max:
            yield row.validity.valid_to + A_DAY


def _actas_that_turn(inputs: PlanInputs) -> Iterator[AgreementInput]:
    """Who is asked, and on what lines."""
    yield from (row.agreement for row in inputs.amendments)
    for seat in inputs.memberships:
        yield from _given(seat.agreement, seat.ended_under)
    for row in inputs.responsibilities:
        yield from _given(row.agreement, row.ended_under)


def _given(*agreements: AgreementInput | None) -> Iterator[AgreementInput]:
    return (acta for acta in agreements if acta is not None)


def asking_days(inputs: PlanInputs, turn: date) -> list[date]:
    """A turning day, and the days from it to the next from which something else is asked: a window begins, falls due
    or is agreed on, or a line of the plan is changed."""
    until = _next_turn(inputs, turn)
    return [turn, *sorted(day for day in set(_asking(inputs)) if turn < day < until)]


def _next_turn(inputs: PlanInputs, turn: date) -> date:
    turns = turning_days(inputs)
    return next(iter(turns[bisect_right(turns, turn) :]), date.max)


def _asking(inputs: PlanInputs) -> Iterator[date]:
    plan = inputs.plan
    yield from (plan.starts_on, plan.ends_on)
    for year in range(plan.starts_on.year, plan.ends_on.year + 2):
        yield from (date(year, 1, 1), date(year, 12, 31))
    yield from (row.effective_on for row in inputs.amendments)
    yield from (row.due_on for row in inputs.targets if row.due_on is not None)
    yield from (row.valid_from for row in inputs.methodologies)
    yield from (acta.agreed_on for acta in _actas_that_ask(inputs))


def _actas_that_ask(inputs: PlanInputs) -> Iterator[AgreementInput]:
    """What is to be reached, by when, and how it is reckoned."""
    yield from (row.agreement for row in inputs.deadlines)
    yield from _given(*(row.agreement for row in inputs.targets))
    yield from _given(*(row.agreement for row in inputs.methodologies))


def moments_of_news(inputs: PlanInputs, day: date) -> list[datetime]:
    """Moments from which a figure at this cut-off, and what the reports answer up to the next turning day, may be other
    than just before: something was recorded that counts there, or a term ended. In order. When the reports themselves
    were recorded does not belong to it."""
    return sorted(_news(inputs, day, _next_turn(inputs, day)))


def _news(inputs: PlanInputs, day: date, until: date) -> Iterator[datetime]:
    actas = (*_actas_that_turn(inputs), *_actas_that_ask(inputs))
    yield from (acta.recorded_at for acta in actas if acta.agreed_on < until)
    yield from (row.recorded_at for row in inputs.targets if row.agreement and row.agreement.agreed_on < until)
    yield from (row.recorded_at for row in inputs.universe_values if row.dated_on < until)
    begun = {row.id: row for row in inputs.periods if row.starts_on <= day}
    yield from (end_of_day(row.due_on) for row in begun.values())
    for extension in inputs.extensions:
        if extension.period_id in begun:
            yield from (extension.recorded_at, end_of_day(extension.due_on))


def is_same_news(moments: list[datetime], one: datetime, other: datetime) -> bool:
    """Whether none of these moments, in order, parts the two."""
    return bisect_right(moments, one) == bisect_right(moments, other)
