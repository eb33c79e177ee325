"""Independence is personal: nobody judges what passed through their own hands (DESIGN, roles)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indicators import filing, permissions, workflow
from indicators.enums import ReportState
from indicators.models import ProgressReport
from indicators.tests.world import REASON
from plan.enums import Role
from plan.models import User

YESTERDAY = timezone.localdate() - timedelta(1)


def fresh(user: User) -> User:
    """The same person in a later request."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def as_focal_point(world):
    """Lets a reviewer do something while at the institution x, which they have left since."""

    def act_as(user: User, act) -> User:
        appointment = world.appoint(user, Role.FOCAL_POINT, institution=world.x)
        act(fresh(user))
        appointment.valid_to = YESTERDAY
        appointment.save()
        return fresh(user)

    return act_as


def test_a_reviewer_who_had_no_part_in_a_report_may_take_it(world):
    assert permissions.may_claim(world.reviewer, world.sent())


def test_who_sent_a_report_does_not_judge_it(world, as_focal_point):
    report = world.draft()
    former = as_focal_point(world.reviewer, lambda user: world.sent(report, by=user))
    assert not permissions.is_independent(former, report)
    assert permissions.is_independent(world.reviewer2, report)


def test_who_sent_an_earlier_round_does_not_judge_the_next(world, as_focal_point):
    report = world.draft()
    former = as_focal_point(world.reviewer, lambda user: world.sent(report, by=user))
    world.decided(world.claimed(report, by=world.reviewer2), "returned", by=world.reviewer2)
    world.sent(report)
    assert not permissions.may_claim(former, ProgressReport.objects.get())


def save_draft(report, user):
    workflow.save_draft(report, {"narrative": ["Se hizo."]}, by=user, version=report.version)


def test_who_wrote_a_draft_does_not_judge_it(world, as_focal_point):
    report = world.draft()
    former = as_focal_point(world.reviewer, lambda user: save_draft(report, user))
    assert not permissions.may_claim(former, world.sent(report))


def test_who_wrote_a_draft_that_somebody_else_finished_does_not_judge_it(world, as_focal_point):
    report = world.draft()
    former = as_focal_point(world.reviewer, lambda user: save_draft(report, user))
    save_draft(report, world.focal)
    assert not permissions.may_claim(former, world.sent(report))
    assert permissions.may_claim(world.reviewer2, report)


def test_who_wrote_another_report_may_judge_this_one(world, as_focal_point):
    other = world.draft(period=world.new_period(ends_on=world.period.starts_on))
    former = as_focal_point(world.reviewer, lambda user: save_draft(other, user))
    assert permissions.may_claim(former, world.sent())


def test_who_filed_evidence_does_not_judge_it_even_where_it_was_removed(world, as_focal_point):
    report = world.draft()
    former = as_focal_point(world.reviewer, lambda user: world.link(report, by=user))
    filing.remove(report.evidence.get(), by=world.focal)
    assert not permissions.may_claim(former, world.sent(report))


@pytest.mark.parametrize("written", ["Paula Núñez", "PAULA NÚÑEZ", "  Paula   Núñez "])
def test_who_answers_for_a_report_by_name_does_not_judge_it(world, written):
    report = world.sent(responder_name=written)
    assert not permissions.may_claim(world.reviewer, report)
    assert permissions.may_claim(world.reviewer2, report)


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.OBSERVER])
def test_who_holds_an_appointment_at_the_institution_does_not_judge_it(world, role):
    report = world.sent()
    world.appoint(world.reviewer, role, institution=world.x)
    assert not permissions.may_claim(fresh(world.reviewer), report)


def test_an_appointment_at_another_institution_does_no_harm(world):
    report = world.sent()
    world.appoint(world.reviewer, Role.OBSERVER, institution=world.y)
    assert permissions.may_claim(fresh(world.reviewer), report)


def test_who_is_not_independent_may_neither_claim_nor_decide_nor_annul(world):
    report = world.claimed(world.sent(responder_name="Ignacio Peña"))
    ProgressReport.objects.update(assigned_to=world.reviewer2)
    report.refresh_from_db()
    with pytest.raises(workflow.NotAllowedError, match="Usted figura como quien responde"):
        workflow.claim(report, by=world.reviewer2, version=report.version)
    with pytest.raises(workflow.NotAllowedError, match="Usted figura como quien responde"):
        world.decided(report, "approved", by=world.reviewer2)
    with pytest.raises(workflow.NotAllowedError, match="no se puede anular"):
        workflow.annul(report, REASON, by=world.reviewer2, version=report.version)
    assert ProgressReport.objects.get().state == ReportState.SUBMITTED


# What an institution may write, and until when


@pytest.mark.parametrize("name", ["focal", "alternate"])
def test_titular_and_alternate_write_their_institutions_report(world, name):
    assert permissions.may_write(getattr(world, name), world.draft())


@pytest.mark.parametrize(
    "name", ["focal_y", "reviewer", "executive", "coordinator", "observer", "administrator", "deactivated"]
)
def test_nobody_else_writes_it(world, name):
    assert not permissions.may_write(getattr(world, name), world.draft())


@pytest.mark.parametrize("days", [{"valid_to": YESTERDAY}, {"valid_from": YESTERDAY + timedelta(2)}])
def test_an_appointment_counts_only_while_it_is_in_force(world, days):
    person = world.person("Rosa Soto", Role.FOCAL_POINT, institution=world.x, **days)
    assert not permissions.may_write(person, world.draft())


def test_a_closed_period_takes_no_first_report(world):
    report = world.draft()
    world.close_period()
    assert not permissions.may_write(world.focal, ProgressReport.objects.get(pk=report.pk))
    with pytest.raises(workflow.NotAllowedError, match="Este reporte ya no se puede modificar"):
        save_draft(ProgressReport.objects.get(), world.focal)


def test_after_the_closing_a_returned_report_can_still_be_corrected(world):
    world.returned()
    world.close_period()
    report = ProgressReport.objects.get()
    assert permissions.may_write(world.focal, report)
    assert world.sent(report).state == ReportState.SUBMITTED


def test_a_period_that_has_not_opened_takes_no_report(world):
    world.period.opens_on = timezone.localdate() + timedelta(1)
    assert not permissions.may_write(world.focal, world.draft())
