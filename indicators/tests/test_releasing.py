"""Whoever leaves the secretaría técnica leaves no report locked in their hands."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from indicators.releasing import release_abandoned, release_reviews
from indicators.tests.world import World
from plan import accounts, appointments
from plan.enums import Verb
from plan.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def claimed(world: World):
    """In the hands of `reviewer`, and beside it one of a colleague."""
    other = world.sent(world.draft(period=world.new_period(date(2017, 1, 1), date(2017, 6, 30))))
    return world.claimed(), world.claimed(other, by=world.reviewer2)


def holders(reports) -> list:
    for report in reports:
        report.refresh_from_db()
    return [report.assigned_to for report in reports]


def test_an_end_today_gives_the_reviews_back_to_the_queue(world, claimed):
    duty = world.reviewer.appointments.get()
    appointments.end(duty, timezone.localdate(), by=world.administrator, address="10.0.0.1")
    assert holders(claimed) == [None, world.reviewer2]
    entry = AuditEntry.objects.get(verb=Verb.RELEASED)
    assert (entry.user, entry.object_id, entry.address) == (world.administrator, str(claimed[0].pk), "10.0.0.1")


def test_a_deactivation_does_too(world, claimed):
    accounts.deactivate(world.reviewer, by=world.administrator)
    assert holders(claimed) == [None, world.reviewer2]


def test_an_end_to_come_leaves_the_work_until_its_day(world, claimed):
    last_day = timezone.localdate() + timedelta(3)
    appointments.end(world.reviewer.appointments.get(), last_day, by=world.administrator)
    assert holders(claimed) == [world.reviewer, world.reviewer2]
    assert release_abandoned() == 0


def test_the_daily_round_frees_what_ran_out_since_and_only_once(world, claimed):
    world.reviewer.appointments.update(valid_to=timezone.localdate() - timedelta(1))
    assert release_abandoned() == 1
    assert holders(claimed) == [None, world.reviewer2]
    assert release_abandoned() == 0


def test_who_stays_keeps_everything(world, claimed):
    assert release_reviews(world.reviewer, by=None) == 0
    assert holders(claimed) == [world.reviewer, world.reviewer2]


def test_a_free_report_is_taken_by_a_colleague(world, claimed):
    accounts.deactivate(world.reviewer, by=world.administrator)
    claimed[0].refresh_from_db()
    assert world.claimed(claimed[0], by=world.reviewer2).assigned_to == world.reviewer2
