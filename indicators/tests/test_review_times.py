"""How long answers take: by period the first one to each report, by reviewer every one."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import workflow
from indicators.demo.clock import clock_at
from indicators.enums import Outcome
from indicators.queries.review_times import Times, review_times
from indicators.tests.world import REASON, enter, text_of

TODAY = timezone.localdate()


def ago(days: int):
    return clock_at(TODAY - timedelta(days))


@pytest.fixture(autouse=True)
def _opened_long_ago(world):
    world.period.opens_on = TODAY - timedelta(90)
    world.period.save()


def send(world, days: int, **fields):
    with ago(days):
        return world.sent(world.draft(**fields))


def decide(world, report, days: int, outcome=Outcome.APPROVED, by=None):
    by = by or world.reviewer
    with ago(days):
        return world.decided(world.claimed(report, by=by), outcome, by=by)


def periods(world) -> dict[str, Times]:
    return {period.name: times for period, times in review_times(world.plan).periods}


def reviewers(world) -> dict[str, Times]:
    return {person.full_name: times for person, times in review_times(world.plan).reviewers}


@pytest.fixture
def history(world):
    """Answered after 2, 5 and 33 days; one waits for 31 and one for 3; the second had a second round, after 40 days."""
    actions = [world.new_action(f"1.1.{n}", world.x) for n in range(2, 6)]
    decide(world, send(world, 80), 78)
    returned = decide(world, send(world, 70, action=actions[0]), 65, Outcome.RETURNED)
    with ago(50):
        world.sent(returned)
    decide(world, returned, 10, by=world.reviewer2)
    decide(world, send(world, 60, action=actions[1]), 27)
    send(world, 31, action=actions[2])
    world.claimed(send(world, 3, action=actions[3]), by=world.reviewer2)


def test_a_period_counts_the_first_answer_to_each_report(world, history):
    assert periods(world) == {
        world.period.name: Times(
            received=5, resolved=3, within_term=2, median_days=5, longest_days=33, waiting=2, overdue=1
        )
    }


def test_a_person_counts_every_answer_and_what_they_have_in_hand(world, history):
    assert reviewers(world) == {
        "Ignacio Peña": Times(
            received=1, resolved=1, within_term=0, median_days=40, longest_days=40, waiting=1, overdue=0
        ),
        "Paula Núñez": Times(
            received=3, resolved=3, within_term=2, median_days=5, longest_days=33, waiting=0, overdue=0
        ),
    }


def test_people_stand_in_alphabetical_order(world, history):
    assert list(reviewers(world)) == ["Ignacio Peña", "Paula Núñez"]


def test_what_was_withdrawn_was_never_received_and_waits_from_its_next_submit(world):
    with ago(50):
        report = world.withdrawn()
    assert periods(world) == {}
    with ago(2):
        world.sent(report)
    (times,) = periods(world).values()
    assert (times.received, times.waiting, times.overdue) == (1, 1, 0)


def test_what_was_annulled_counts_nowhere(world):
    report = send(world, 50)
    workflow.annul(report, REASON, by=world.reviewer, version=report.version)
    assert (periods(world), reviewers(world)) == ({}, {})


def test_a_period_in_which_nothing_was_answered_has_no_days(world):
    send(world, 2)
    (times,) = periods(world).values()
    assert (times.resolved, times.median_days, times.longest_days) == (0, None, None)


def test_between_two_answers_in_the_middle_the_median_is_half_way(world):
    decide(world, send(world, 20), 18)
    decide(world, send(world, 20, action=world.new_action("1.1.2", world.x)), 15)
    assert periods(world)[world.period.name].median_days == 3.5
    assert ">3,5<" in text_of(enter(world.executive).get(reverse("indicators:review_times")))


def test_periods_stand_with_the_newest_first(world):
    early = world.new_period(date(2016, 1, 1), date(2016, 6, 30), opens_on=world.period.opens_on)
    for period in (world.period, early):
        send(world, 2, period=period)
    assert list(periods(world)) == [world.period.name, early.name]


@pytest.mark.parametrize("who", ["focal", "coordinator", "observer", "administrator"])
def test_only_the_secretarias_read_it(world, who):
    path = reverse("indicators:review_times")
    assert enter(getattr(world, who)).get(path).status_code == 404
    assert enter(world.reviewer).post(path).status_code == 405


def test_without_reports_the_page_says_so(world):
    page = text_of(enter(world.reviewer).get(reverse("indicators:review_times")))
    assert "Todavía no hay reportes enviados" in page
