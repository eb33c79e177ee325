"""A report of the ministry on which the secretaría técnica depends takes two people: one proposes, another decides."""

import pytest
from django.urls import reverse

from indicators import permissions, workflow
from indicators.content import Remark, ValidatedFigures
from indicators.enums import ObservationKind, Outcome, ReportState
from indicators.models import Decision, Endorsement, ProgressReport
from indicators.tests.world import REASON, enter, text_of
from plan.enums import Verb
from plan.models import AuditEntry


@pytest.fixture
def author(world):
    return world.person_of(world.ministry)


@pytest.fixture
def report(world, author) -> ProgressReport:
    """Of the organ's own ministry, in the hands of the first reviewer."""
    return world.claimed(world.sent(world.draft(world.ministry), by=author))


@pytest.fixture
def proposed(world, report) -> ProgressReport:
    return world.decided(report, Outcome.APPROVED)


def test_the_first_reviewer_only_proposes(world, proposed):
    endorsement = Endorsement.objects.get()
    assert (endorsement.reviewer, endorsement.acting_as) == (world.reviewer, "Analista, Secretaría técnica")
    assert not Decision.objects.exists()
    assert (proposed.state, proposed.assigned_to) == (ReportState.SUBMITTED, None)


def test_the_proposal_keeps_what_was_proposed(world, report):
    submission = report.latest_submission
    value = submission.values.get()
    changed = ValidatedFigures(value, {"value": 38}, "Dos se repiten.")
    remark = Remark(ObservationKind.UNSIGNED, "Falta la firma.", f"means-{world.means.pk}")
    resolution = world.resolution(submission, struck={7: "Ilegible"}, values=(changed,), remarks=(remark,))
    workflow.decide(submission, resolution, by=world.reviewer, version=report.version)
    assert Endorsement.objects.get().resolution == {
        "outcome": "approved",
        "reason": "",
        "verdicts": {str(world.means.pk): "accredited"},
        "struck": {"7": "Ilegible"},
        "values": [{"reported": value.pk, "changes": {"value": 38}, "reason": "Dos se repiten.", "rows": []}],
        "remarks": [{"kind": "unsigned", "text": "Falta la firma.", "anchor": f"means-{world.means.pk}"}],
    }


def test_the_second_reviewer_reads_what_was_proposed(world, report):
    world.decided(report, Outcome.RETURNED)
    page = enter(world.reviewer2).get(reverse("indicators:review", args=[report.pk]))
    assert f"Propuesta: <b>Devuelto</b> — «{REASON}»" in text_of(page)


def test_the_proposal_is_logged_and_is_no_move(world, proposed):
    entry = AuditEntry.objects.get(verb=Verb.ENDORSED)
    assert (entry.user, entry.object_type, entry.data) == (
        world.reviewer,
        "indicators.submission",
        {"report": proposed.pk, "outcome": "approved"},
    )
    assert proposed.transitions.count() == 1


def test_who_proposed_does_not_confirm(world, proposed):
    with pytest.raises(workflow.NotAllowedError, match="Usted propuso su resolución"):
        workflow.claim(proposed, by=world.reviewer, version=proposed.version)
    with pytest.raises(workflow.NotAllowedError):
        world.decided(proposed, Outcome.APPROVED)
    assert not Decision.objects.exists()


def test_the_queue_offers_what_was_proposed_to_the_others_only(world, proposed):
    path, offer = reverse("indicators:review_queue"), reverse("indicators:claim_report", args=[proposed.pk])
    assert "Usted propuso su resolución." in text_of(enter(world.reviewer).get(path))
    assert offer not in text_of(enter(world.reviewer).get(path))
    assert offer in enter(world.reviewer2).get(path).content.decode()


@pytest.mark.parametrize("outcome", Outcome)
def test_another_person_decides_whatever_the_first_proposed(world, proposed, outcome):
    report = world.decided(world.claimed(proposed, by=world.reviewer2), outcome, by=world.reviewer2)
    decision = Decision.objects.get()
    assert (decision.first_reviewer, decision.reviewer) == (world.reviewer, world.reviewer2)
    assert (report.state, decision.outcome) == (outcome, outcome)


def test_once_a_reviewer_has_proposed_the_institution_cannot_withdraw(world, author, proposed):
    assert not permissions.may_withdraw(author, proposed)
    with pytest.raises(workflow.NotAllowedError) as refused:
        workflow.withdraw(proposed, by=author, version=proposed.version)
    assert refused.value.message == ("El envío ya no se puede retirar: la secretaría técnica comenzó a revisarlo.")


def test_the_next_round_needs_its_own_two_reviewers(world, author, proposed):
    report = world.decided(world.claimed(proposed, by=world.reviewer2), Outcome.RETURNED, by=world.reviewer2)
    report = world.decided(world.claimed(world.sent(report, by=author)), Outcome.APPROVED)
    assert report.state == ReportState.SUBMITTED
    assert Endorsement.objects.count() == 2


def test_a_report_of_any_other_institution_is_decided_by_one(world):
    world.approved()
    assert Decision.objects.get().first_reviewer is None
    assert not Endorsement.objects.exists()


def test_the_ministry_that_succeeds_the_own_one_needs_a_second_reviewer_too(world):
    successor = world.x
    assert not permissions.needs_second_reviewer(world.sent(), world.reviewer)
    successor.predecessor = world.ministry
    successor.save()
    assert permissions.needs_second_reviewer(ProgressReport.objects.get(), world.reviewer)


def test_an_organ_that_depends_on_no_ministry_needs_no_second_reviewer(world, report):
    organ = world.reviewer.current_appointments[0].organ
    organ.institution = None
    assert not permissions.needs_second_reviewer(report, world.reviewer)


def test_a_report_in_the_first_reviewers_hands_can_be_annulled_by_either(world, proposed):
    workflow.annul(proposed, REASON, by=world.reviewer2, version=proposed.version)
    assert proposed.state == ReportState.ANNULLED
