import pytest

from indicators import permissions, workflow
from indicators.enums import ReportState
from indicators.models import ProgressReport


@pytest.mark.parametrize("origin", [ReportState.DRAFT, ReportState.RETURNED, ReportState.RECTIFYING])
def test_a_withdrawn_report_goes_back_to_where_it_was_sent_from(world, origin):
    report = world.sent(world.in_state(origin))
    workflow.withdraw(report, by=world.focal, version=report.version)
    assert ProgressReport.objects.get().state == origin
    assert report.transitions.last().from_state == ReportState.SUBMITTED


def test_sent_withdrawn_and_sent_again_it_still_goes_back_to_the_last_origin(world):
    report = world.sent(world.returned())
    workflow.withdraw(report, by=world.focal, version=report.version)
    world.sent(report)
    workflow.withdraw(report, by=world.focal, version=report.version)
    assert report.state == ReportState.RETURNED


def test_a_colleague_of_the_sender_may_withdraw(world):
    report = world.sent(by=world.focal)
    workflow.withdraw(report, by=world.alternate, version=report.version)
    assert report.transitions.last().by == world.alternate


def test_once_a_reviewer_has_taken_it_the_report_cannot_be_withdrawn(world):
    report = world.claimed()
    assert not permissions.may_withdraw(world.focal, report)
    with pytest.raises(workflow.NotAllowedError) as refused:
        workflow.withdraw(report, by=world.focal, version=report.version)
    assert refused.value.message == "El envío ya no se puede retirar: la secretaría técnica comenzó a revisarlo."
    assert ProgressReport.objects.get().state == ReportState.SUBMITTED


def test_the_withdrawn_submission_stays_on_record_and_the_next_has_the_next_number(world):
    report = world.sent(world.withdrawn())
    assert [submission.number for submission in report.submissions.all()] == [1, 2]
    assert [move.round for move in report.transitions.all()] == [1, 1, 2]
