"""Two reviewers, or two clicks, at the desk at the same moment: each report is decided once and each is told."""

from datetime import date

import pytest

from indicators import workflow
from indicators.approving import approve_together
from indicators.models import Decision, ProgressReport
from indicators.tests.racing import at_once
from indicators.tests.test_workflow_races import claiming, one_came_second, seen_by
from indicators.tests.world import World
from plan.models import User

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8


def sound(world: World) -> list[ProgressReport]:
    """One for each round of a race, sent with its evidence."""
    periods = [world.new_period(starts_on=date(2016, 7, 2 + turn)) for turn in range(ROUNDS)]
    reports = [world.draft(period=period) for period in periods]
    for report in reports:
        world.link(report)
        world.sent(report)
    return reports


def approving(reports, by):
    """Bulk approval of reports as `by` has seen them."""
    by = User.objects.get(pk=by.pk)
    assert by.current_appointments
    marked = {report.pk: report.version for report in reports}
    return lambda: [result.problem for result in approve_together(marked, by=by)]


def test_of_two_bulk_approvals_of_the_same_reports_each_report_is_decided_once(world):
    reports = sound(world)
    outcomes = at_once(approving(reports, world.reviewer), approving(reports, world.reviewer2))
    assert not any(isinstance(outcome, Exception) for outcome in outcomes), outcomes
    assert Decision.objects.count() == ROUNDS
    for first, second in zip(*outcomes, strict=True):
        assert [bool(first), bool(second)] in ([True, False], [False, True])


def test_a_double_click_decides_each_report_once(world):
    reports = sound(world)
    outcomes = at_once(approving(reports, world.reviewer), approving(reports, world.reviewer))
    assert not any(isinstance(outcome, Exception) for outcome in outcomes), outcomes
    assert Decision.objects.count() == ROUNDS
    assert all(report.transitions.count() == 2 for report in reports)


def test_of_a_bulk_approval_and_a_claim_at_once_one_comes_first(world):
    for report in sound(world):
        (problems, claim) = at_once(approving([report], world.reviewer), claiming(report, world.reviewer2))
        report.refresh_from_db()
        assert not isinstance(problems, Exception), problems
        was_taken = claim is None
        assert was_taken or isinstance(claim, workflow.WorkflowError)
        assert (report.state, bool(problems[0])) == (("submitted", True) if was_taken else ("approved", False))
        assert report.assigned_to == (world.reviewer2 if was_taken else None)


def test_of_two_assignments_at_once_one_is_told(world):
    def assigning(report, reviewer):
        by, seen = seen_by(world.reviewer, report)
        return lambda: workflow.assign(seen, reviewer, by=by, version=seen.version)

    for report in sound(world):
        outcomes = at_once(assigning(report, world.reviewer), assigning(report, world.reviewer2))
        report.refresh_from_db()
        assert one_came_second(outcomes), outcomes
        assert report.assigned_to in (world.reviewer, world.reviewer2)
