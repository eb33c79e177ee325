"""What waits for a punto focal, in which group, until when; and that many reports cost no more queries than one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from indicators.enums import ResponsibilityKind
from indicators.tests.world import enter, text_of
from indicators.worklist import worklist

GROUPS = ("returned", "to_report", "drafts", "sent", "done", "optional")


def groups_of(user) -> dict[str, list[str]]:
    """The codes of the actions in each group that has some."""
    tasks = worklist(user)
    found = {group: [task.action.code for task in getattr(tasks, group)] for group in GROUPS}
    return {group: codes for group, codes in found.items() if codes}


def test_a_duty_without_a_report_is_to_be_reported_until_the_day_of_its_period(world):
    (task,) = worklist(world.focal).to_report
    assert (task.action, task.institution, task.due_on) == (world.action, world.x, world.period.due_on)
    assert (task.is_late, task.report) == (False, None)


@pytest.mark.parametrize(
    ("state", "group", "count"),
    [
        ("draft", "drafts", 1),
        ("submitted", "sent", 0),
        ("returned", "returned", 1),
        ("approved", "done", 0),
        ("rectifying", "returned", 1),
        ("annulled", "done", 0),
    ],
)
def test_a_report_stands_in_the_group_of_its_state_alone(world, state, group, count):
    world.in_state(state)
    assert groups_of(world.focal) == {group: ["1.1.1"]}
    assert worklist(world.focal).open_count == count


def test_titular_and_alternate_see_the_same_and_others_nothing_of_it(world):
    assert groups_of(world.alternate) == groups_of(world.focal) == {"to_report": ["1.1.1"]}
    assert groups_of(world.focal_y) == {}


def test_a_colaboradora_may_report_but_owes_nothing(world):
    world.duty(world.action, world.y, kind=ResponsibilityKind.COLLABORATOR)
    assert groups_of(world.focal_y) == {"optional": ["1.1.1"]}
    assert worklist(world.focal_y).open_count == 0


def test_a_duty_renewed_by_a_second_acta_is_one_task(world):
    world.duty(world.action, world.x, valid_from=world.period.starts_on)
    assert groups_of(world.focal) == {"to_report": ["1.1.1"]}


def test_a_colaboradora_that_becomes_responsible_owes_the_report(world):
    world.duty(world.action, world.x, kind=ResponsibilityKind.COLLABORATOR, valid_from=world.period.starts_on)
    assert groups_of(world.focal) == {"to_report": ["1.1.1"]}


def test_a_duty_that_ended_before_the_period_did_is_not_asked(world):
    world.action.responsibilities.update(valid_to=world.period.ends_on - timedelta(1))
    assert groups_of(world.focal) == {}


def test_a_suppressed_action_is_not_asked_from_the_day_of_its_acta(world):
    amendment = world.suppress(world.action, effective_on=world.period.ends_on + timedelta(1))
    assert groups_of(world.focal) == {"to_report": ["1.1.1"]}
    amendment.effective_on = world.period.ends_on
    amendment.save()
    assert groups_of(world.focal) == {}


def test_an_extension_moves_the_day_of_its_institution_alone(world):
    later = world.period.due_on + timedelta(15)
    world.duty(world.action, world.y)
    world.extend(world.x, later)
    assert worklist(world.focal).to_report[0].due_on == later
    assert worklist(world.focal_y).to_report[0].due_on == world.period.due_on
    assert f"{later:%d-%m-%Y}" in text_of(enter(world.focal).get(reverse("indicators:pending")))


def test_after_its_day_a_duty_is_late_and_still_asked(world):
    world.period.due_on = timezone.localdate() - timedelta(1)
    world.period.save()
    assert worklist(world.focal).to_report[0].is_late


def test_on_its_day_a_duty_is_not_late(world):
    world.period.due_on = timezone.localdate()
    world.period.save()
    assert not worklist(world.focal).to_report[0].is_late


def test_a_closed_period_asks_nothing_new_but_what_was_returned_waits_on(world):
    world.returned()
    world.duty(world.new_action("1.1.2"), world.x)
    world.close_period()
    assert groups_of(world.focal) == {"returned": ["1.1.1"]}


def test_a_draft_of_a_closed_period_waits_no_more(world):
    world.draft()
    world.close_period()
    assert groups_of(world.focal) == {}


def test_what_falls_due_first_stands_first_and_then_the_order_of_the_plan(world):
    for code in ("2.1.1", "1.1.3"):
        world.new_action(code, world.x)
    soon = world.new_period(ends_on=world.period.starts_on, due_on=timezone.localdate() + timedelta(2))
    tasks = [(task.period, task.action.code) for task in worklist(world.focal).to_report]
    codes = ["1.1.1", "1.1.3", "2.1.1"]
    assert tasks == [(soon, code) for code in codes] + [(world.period, code) for code in codes]


def test_the_order_of_the_plan_is_that_of_its_numbers(world):
    for code in ("1.1.10", "1.1.2"):
        world.new_action(code, world.x)
    assert groups_of(world.focal) == {"to_report": ["1.1.1", "1.1.2", "1.1.10"]}


def test_the_page_counts_what_is_open(world):
    world.new_action("1.1.2", world.x)
    world.draft()
    response = enter(world.focal).get(reverse("indicators:pending"))
    assert response.context["tasks"].open_count == 2
    assert "Mis pendientes (2)" in text_of(response)


# Queries


def acquainted(user) -> Client:
    """A browser whose session is already under way: the first page of a day also stores its time."""
    browser = enter(user)
    browser.get(reverse("indicators:pending"))
    return browser


def many(world) -> None:
    """Ten actions in three periods, reports in every group, extensions and evidence."""
    periods = [world.new_period(ends_on=world.period.ends_on.replace(day=day)) for day in (28, 29)]
    for number in range(2, 12):
        action = world.new_action(f"1.1.{number}", world.x)
        world.new_means(action)
        for period in periods:
            world.link(world.draft(action=action, period=period), action.means.get())
    for period in periods:
        world.decided(world.claimed(world.sent(world.draft(period=period))), "returned")
    world.extend(world.x, world.period.due_on)


@pytest.mark.parametrize("amount", ["one", "many"])
def test_the_pending_work_takes_at_most_15_queries(world, amount, django_assert_max_num_queries):
    if amount == "many":
        many(world)
    browser = acquainted(world.focal)
    with django_assert_max_num_queries(15):
        browser.get(reverse("indicators:pending"))


@pytest.mark.parametrize("amount", ["one", "many"])
def test_the_page_of_a_report_takes_at_most_15_queries(world, amount, django_assert_max_num_queries):
    report = world.draft()
    if amount == "many":
        many(world)
        for _ in range(4):
            world.link(report, world.new_means(world.action))
            world.new_indicator()
    browser = acquainted(world.focal)
    with django_assert_max_num_queries(15):
        browser.get(reverse("indicators:edit_report", args=[report.pk]))
