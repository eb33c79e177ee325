"""Two people, or two clicks, at the same moment on connections of their own: one succeeds, the other is told."""

from datetime import date

import pytest
from django.urls import reverse

from indicators import workflow
from indicators.enums import Outcome, ReportState
from indicators.models import Decision, Endorsement, ProgressReport
from indicators.tests.racing import at_once
from indicators.tests.world import World, enter
from plan.enums import Verb
from plan.models import AuditEntry, Institution, User

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 12


def drafts(world: World, institution: Institution | None = None) -> list[ProgressReport]:
    """One for each round of a race, each in a period of its own."""
    periods = [world.new_period(starts_on=date(2016, 7, 2 + turn)) for turn in range(ROUNDS)]
    return [world.draft(institution, period=period) for period in periods]


def seen_by(user: User, report: ProgressReport) -> tuple[User, ProgressReport]:
    """What one of the two holds when the race begins: rows of their own, read before it."""
    user, report = User.objects.get(pk=user.pk), ProgressReport.objects.get(pk=report.pk)
    assert isinstance(user.current_appointments, list)
    return user, report


def one_came_second(outcomes: list, error: type[Exception] = workflow.StaleReportError) -> bool:
    """Whether exactly one act succeeded and the other was told kindly."""
    return sorted(isinstance(outcome, error) for outcome in outcomes) == [False, True] and not any(
        isinstance(outcome, Exception) and not isinstance(outcome, error) for outcome in outcomes
    )


def deciding(world, report, outcome, by):
    by, report = seen_by(by, report)
    submission = report.latest_submission
    resolution = world.resolution(submission, outcome)
    return lambda: workflow.decide(submission, resolution, by=by, version=report.version)


def claiming(report, by):
    by, report = seen_by(by, report)
    return lambda: workflow.claim(report, by=by, version=report.version)


def test_who_comes_second_is_told_in_a_kind_sentence():
    assert workflow.StaleReportError().message == (
        "Este reporte cambió mientras usted lo tenía abierto. Revise la versión actual."
    )


def test_of_two_decisions_at_once_exactly_one_is_made(world):
    for report in drafts(world):
        world.claimed(world.sent(report))
        approval = deciding(world, report, Outcome.APPROVED, world.reviewer)
        outcomes = at_once(approval, deciding(world, report, Outcome.RETURNED, world.reviewer))
        report.refresh_from_db()
        assert one_came_second(outcomes), outcomes
        assert report.state == Decision.objects.get(submission__report=report).outcome
        assert [move.to_state for move in report.transitions.all()] == ["submitted", report.state]
        assert AuditEntry.objects.filter(verb=Verb.MOVED, object_id=str(report.pk)).count() == 2


def test_of_a_decision_and_a_taking_over_at_once_one_comes_first(world):
    for report in drafts(world):
        world.claimed(world.sent(report))
        approval = deciding(world, report, Outcome.APPROVED, world.reviewer)
        outcomes = at_once(approval, claiming(report, world.reviewer2))
        report.refresh_from_db()
        assert one_came_second(outcomes), outcomes
        decided, taken_over = (ReportState.APPROVED, None), (ReportState.SUBMITTED, world.reviewer2)
        was_decided = Decision.objects.filter(submission__report=report).exists()
        assert (report.state, report.assigned_to) == (decided if was_decided else taken_over)


def test_of_a_withdrawal_and_a_taking_in_review_at_once_one_comes_first(world):
    for report in drafts(world):
        author, seen = seen_by(world.focal, world.sent(report))

        def withdrawing(author=author, seen=seen):
            return workflow.withdraw(seen, by=author, version=seen.version)

        outcomes = at_once(withdrawing, claiming(report, world.reviewer))
        report.refresh_from_db()
        assert one_came_second(outcomes), outcomes
        assert (report.state, report.assigned_to) in (("draft", None), ("submitted", world.reviewer))


def test_two_proposals_of_a_first_reviewer_at_once_leave_one(world):
    author = world.person_of(world.ministry)
    for report in drafts(world, world.ministry):
        world.claimed(world.sent(report, by=author))
        proposal = deciding(world, report, Outcome.APPROVED, world.reviewer)
        outcomes = at_once(proposal, deciding(world, report, Outcome.RETURNED, world.reviewer))
        # The second either meets the new version or is already the one who proposed.
        assert one_came_second(outcomes, workflow.WorkflowError), outcomes
        assert Endorsement.objects.filter(submission__report=report).count() == 1
    assert not Decision.objects.exists()


def test_of_two_drafts_saved_at_once_one_is_kept_whole(world):
    def saving(report, by):
        by, seen = seen_by(by, report)
        return lambda: workflow.save_draft(seen, {"narrative": [by.full_name]}, by=by, version=seen.version)

    for report in drafts(world):
        outcomes = at_once(saving(report, world.focal), saving(report, world.alternate))
        report.refresh_from_db()
        assert one_came_second(outcomes), outcomes
        assert report.version == 2
        assert report.draft == {"narrative": [report.saved_by.full_name]}


def test_a_report_sent_twice_at_once_is_submitted_once(world):
    def sending(report, by):
        by, seen = seen_by(by, report)
        return lambda: workflow.submit(seen, world.content(), by=by, version=seen.version)

    for report in drafts(world):
        outcomes = at_once(sending(report, world.focal), sending(report, world.alternate))
        assert one_came_second(outcomes), outcomes
        assert report.submissions.get().values.count() == 1
        assert report.transitions.count() == 1


def test_a_double_click_on_informar_makes_one_report(world):
    browsers = [enter(world.focal), enter(world.focal)]
    for turn in range(ROUNDS):
        period = world.new_period(starts_on=date(2016, 7, 2 + turn))
        path = reverse("indicators:open_report", args=[period.pk, world.action.pk, world.x.pk])
        answers = at_once(*[lambda browser=browser, path=path: browser.post(path) for browser in browsers])
        report = ProgressReport.objects.get(period=period)
        assert [answer.url for answer in answers] == [reverse("indicators:edit_report", args=[report.pk])] * 2
