"""A period closes, is extended or programmed while somebody else acts: one order wins, and it is told."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from indicators import programming, scheduling, workflow
from indicators.enums import Cadence, CountedFrom, ReportState
from indicators.models import PeriodExtension, ProgressReport, ReportingPeriod, Submission
from indicators.tests.racing import at_once
from indicators.timetable import Terms
from plan.models import User

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 12
TERMS = Terms(Cadence.SEMESTER, CountedFrom.END, opens_after=1, due_after=30, review_after=30)


def acting(user: User) -> User:
    """Read before the race, with the appointments."""
    user = User.objects.get(pk=user.pk)
    assert isinstance(user.current_appointments, list)
    return user


def periods(world) -> list[ReportingPeriod]:
    """One for each round."""
    return [world.new_period(starts_on=date(2016, 7, 2 + turn)) for turn in range(ROUNDS)]


def test_a_report_is_sent_before_its_period_closes_or_not_at_all(world):
    """Who submits has read the period while it was open; only the lock of both acts makes one come first."""
    for period in periods(world):
        author, executive = acting(world.focal), acting(world.executive)
        report = ProgressReport.objects.select_related("period").get(pk=world.draft(period=period).pk)

        def submitting(report=report, author=author):
            return workflow.submit(report, world.content(), by=author, version=report.version)

        sent, closed = at_once(submitting, lambda period=period, by=executive: scheduling.close(period, by=by))
        report.refresh_from_db()
        period.refresh_from_db()
        assert closed is None
        if isinstance(sent, Submission):
            assert report.state == ReportState.SUBMITTED
            assert sent.submitted_at <= period.closed_at
        else:
            assert isinstance(sent, workflow.NotAllowedError), sent
            assert (report.state, report.submissions.count()) == (ReportState.DRAFT, 0)


def test_of_two_closings_at_once_one_is_told(world):
    for period in periods(world):
        by = acting(world.executive)
        acts = [lambda period=period, by=by: scheduling.close(period, by=by)] * 2
        outcomes = at_once(*acts)
        assert sorted(isinstance(outcome, workflow.NotAllowedError) for outcome in outcomes) == [False, True]


def test_of_a_closing_and_an_extension_at_once_nothing_is_granted_after_it(world):
    for period in periods(world):
        due_on = period.due_on + timedelta(5)
        technical, executive = acting(world.reviewer), acting(world.executive)

        def extending(period=period, due_on=due_on, by=technical):
            return scheduling.extend(period, [world.x], due_on=due_on, reason="Paro", by=by)

        granted, closed = at_once(extending, lambda period=period, by=executive: scheduling.close(period, by=by))
        assert closed is None
        assert isinstance(granted, list | workflow.NotAllowedError), granted
        period.refresh_from_db()
        assert all(extension.recorded_at <= period.closed_at for extension in period.extensions.all())


def test_two_equal_extensions_at_once_are_granted_once(world):
    for period in periods(world):
        due_on = period.due_on + timedelta(5)
        by = acting(world.reviewer)

        def extending(period=period, due_on=due_on, by=by):
            return scheduling.extend(period, [world.x], due_on=due_on, reason="Paro", by=by)

        outcomes = at_once(extending, extending)
        assert sorted(isinstance(outcome, workflow.NotAllowedError) for outcome in outcomes) == [False, True]
    assert PeriodExtension.objects.count() == ROUNDS


def test_two_who_programme_at_once_make_no_periods_that_overlap(world):
    for turn in range(ROUNDS):
        ReportingPeriod.objects.all().delete()
        other = replace(TERMS, cadence=[Cadence.QUARTER, Cadence.YEAR][turn % 2])

        def programming_with(terms, by):
            seen = programming.propose(world.plan, terms).digest
            return lambda: programming.programme(world.plan, terms, seen=seen, by=by)

        acts = [programming_with(TERMS, acting(world.reviewer)), programming_with(other, acting(world.reviewer2))]
        outcomes = at_once(*acts)
        assert [isinstance(outcome, programming.StaleProposalError) for outcome in outcomes].count(True) == 1
        made = list(ReportingPeriod.objects.order_by("starts_on"))
        assert all(one.ends_on < other.starts_on for one, other in pairwise(made))
