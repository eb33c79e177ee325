"""Every act is conditional on the version that its author read: with another one it fails and stores nothing."""

import pytest

from indicators import workflow
from indicators.enums import Outcome
from indicators.models import Decision, Endorsement, ProgressReport, Submission, Transition
from indicators.tests.world import REASON
from plan.models import AuditEntry

KIND_ERROR = "Este reporte cambió mientras usted lo tenía abierto. Revise la versión actual."


def everything() -> tuple:
    written = (Submission, Decision, Endorsement, Transition, AuditEntry)
    report = ProgressReport.objects.values("version", "state", "draft", "assigned_to").get()
    return report, [model.objects.count() for model in written]


def save(world, report, version):
    workflow.save_draft(report, {"narrative": ["Otra"]}, by=world.alternate, version=version)


def submit(world, report, version):
    workflow.submit(report, world.content(), by=world.alternate, version=version)


def withdraw(world, report, version):
    workflow.withdraw(report, by=world.alternate, version=version)


def claim(world, report, version):
    workflow.claim(report, by=world.reviewer2, version=version)


def decide(world, report, version):
    submission = report.latest_submission
    workflow.decide(submission, world.resolution(submission), by=world.reviewer, version=version)


def reopen(world, report, version):
    workflow.reopen(report, REASON, by=world.focal, version=version)


def annul(world, report, version):
    workflow.annul(report, REASON, by=world.reviewer, version=version)


ACTS = [
    (save, "draft"),
    (submit, "draft"),
    (withdraw, "sent"),
    (claim, "sent"),
    (decide, "claimed"),
    (reopen, "approved"),
    (annul, "approved"),
]


@pytest.mark.parametrize("off_by", [-1, 1])
@pytest.mark.parametrize(("act", "start"), ACTS)
def test_an_act_on_another_version_fails_and_stores_nothing(world, act, start, off_by):
    report = getattr(world, start)()
    before = everything()
    with pytest.raises(workflow.StaleReportError) as told:
        act(world, report, report.version + off_by)
    assert told.value.message == KIND_ERROR
    assert everything() == before


@pytest.mark.parametrize(("act", "start"), ACTS)
def test_an_act_on_the_version_that_was_read_makes_the_next(world, act, start):
    report = getattr(world, start)()
    version = report.version
    act(world, report, version)
    assert ProgressReport.objects.get().version == version + 1


def test_a_report_that_changed_state_meanwhile_is_told_even_with_the_right_version(world):
    report = world.sent()
    ProgressReport.objects.filter(pk=report.pk).update(state="annulled")
    with pytest.raises(workflow.StaleReportError):
        claim(world, report, report.version)


def test_an_earlier_round_can_no_longer_be_decided(world):
    report = world.claimed(world.sent(world.returned()))
    first = report.submissions.get(number=1)
    with pytest.raises(workflow.StaleReportError):
        workflow.decide(first, world.resolution(first), by=world.reviewer, version=report.version)
    assert Decision.objects.get().outcome == Outcome.RETURNED
