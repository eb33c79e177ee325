"""A period opens, its term is extended, it closes; and the right people are told, once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from indicators import scheduling, workflow
from indicators.enums import PeriodState, ResponsibilityKind
from indicators.models import PeriodExtension, Submission
from plan.enums import NoticeKind, Verb
from plan.models import AuditEntry, Notice

TODAY = timezone.localdate()


@pytest.fixture
def later(world):
    """The world's period opens in three days."""
    world.period.opens_on = TODAY + timedelta(3)
    world.period.save()
    return world.period


def told(kind=NoticeKind.OPENED) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__full_name", flat=True))


def verbs(period) -> list[tuple[str, int | None]]:
    entries = AuditEntry.objects.filter(object_type="indicators.reportingperiod", object_id=str(period.pk))
    return list(entries.order_by("pk").values_list("verb", "user"))


# Opening


def test_opened_before_its_date_it_takes_reports_from_today(world, later):
    scheduling.open_now(later, by=world.reviewer)
    assert (later.state, later.opens_on, later.due_on) == (PeriodState.OPEN, TODAY, TODAY + timedelta(10))
    assert later.is_accepting(TODAY)
    assert verbs(later) == [(Verb.OPENED, world.reviewer.pk)]


def test_the_focal_points_of_who_owes_something_are_told_by_notice_and_mail(
    world, later, django_capture_on_commit_callbacks
):
    world.duty(world.action, world.y, kind=ResponsibilityKind.COLLABORATOR)
    with django_capture_on_commit_callbacks(execute=True):
        scheduling.open_now(later, by=world.reviewer)
    assert told() == ["Andrés Leiva", "Marcela Rivas"]
    notice = Notice.objects.get(recipient=world.focal)
    assert (notice.key, notice.path) == (f"opened:{later.pk}", "/pendientes/")
    assert notice.subject == f"Se abrió el período {later}: puede informar hasta el {later.due_on:%d-%m-%Y}"
    assert [message.to for message in mail.outbox] == [[world.focal.email], [world.alternate.email]]


def test_it_is_not_opened_twice(world, later):
    scheduling.open_now(later, by=world.reviewer)
    with pytest.raises(workflow.NotAllowedError, match="ya está abierto o cerrado"):
        scheduling.open_now(later, by=world.reviewer2)
    assert len(verbs(later)) == 1
    assert told() == ["Andrés Leiva", "Marcela Rivas"]


def test_a_period_that_does_not_begin_yet_is_not_opened(world, later):
    later.starts_on = TODAY + timedelta(1)
    later.ends_on = later.starts_on
    later.save()
    with pytest.raises(workflow.NotAllowedError, match="todavía no comienza"):
        scheduling.open_now(later, by=world.reviewer)


def test_opened_by_its_date_it_is_written_down_and_told_once_however_often_it_is_announced(world):
    for _ in range(2):
        scheduling.announce_opened(world.period)
    world.period.refresh_from_db()
    assert world.period.state == PeriodState.OPEN
    assert verbs(world.period) == [(Verb.OPENED, None)]
    assert told() == ["Andrés Leiva", "Marcela Rivas"]


def test_who_is_appointed_later_is_told_with_the_next_announcement(world):
    scheduling.announce_opened(world.period)
    world.person_of(world.x)
    (notice,) = scheduling.announce_opened(world.period)
    assert notice.recipient.full_name == "Punto focal de Dirección del Trabajo"


def test_nobody_is_told_of_a_period_that_is_not_open_or_whose_term_has_passed(world, later):
    assert scheduling.announce_opened(later) == []
    assert later.phase == PeriodState.SCHEDULED
    later.opens_on = later.due_on = TODAY - timedelta(1)
    later.save()
    assert scheduling.announce_opened(later) == []
    world.close_period()
    assert scheduling.announce_opened(world.period) == []


# Extending


def extend(world, *institutions, days=15):
    due_on = world.period.due_on + timedelta(days)
    return scheduling.extend(
        world.period, institutions, due_on=due_on, reason="Paro de funcionarios.", by=world.reviewer
    )


def test_an_extension_is_a_row_with_who_when_and_why_and_its_institution_is_told(world):
    (granted,) = extend(world, world.x)
    assert (granted.institution, granted.reason, granted.granted_by) == (
        world.x,
        "Paro de funcionarios.",
        world.reviewer,
    )
    assert world.period.due_on_for(world.x) == world.period.due_on + timedelta(15)
    assert world.period.due_on_for(world.y) == world.period.due_on
    assert told(NoticeKind.EXTENDED) == ["Andrés Leiva", "Marcela Rivas"]
    assert "Motivo: Paro de funcionarios." in Notice.objects.first().text
    entry = AuditEntry.objects.get(verb=Verb.EXTENDED)
    assert entry.data == {"due_on": f"{granted.due_on:%Y-%m-%d}", "institutions": [world.x.pk]}


def test_a_second_extension_is_added_and_told_again(world):
    extend(world, world.x)
    extend(world, world.x, days=20)
    assert PeriodExtension.objects.count() == 2
    assert Notice.objects.filter(recipient=world.focal, kind=NoticeKind.EXTENDED).count() == 2


def test_nobodys_term_is_shortened(world):
    extend(world, world.x, days=20)
    (granted,) = extend(world, world.x, world.y)
    assert granted.institution == world.y
    with pytest.raises(workflow.NotAllowedError, match="Ya rige un plazo igual o posterior"):
        extend(world, world.x, world.y)


def test_only_an_open_period_is_extended(world, later):
    with pytest.raises(workflow.NotAllowedError, match="Solo un período abierto admite prórrogas"):
        extend(world, world.x)
    world.close_period()
    with pytest.raises(workflow.NotAllowedError):
        extend(world, world.x)
    assert not PeriodExtension.objects.exists()
    assert not Notice.objects.exists()


# Closing


def test_closed_it_keeps_drafts_and_takes_no_first_reports(world):
    report = world.draft(draft={"narrative": ["Se hizo."]})
    scheduling.close(world.period, by=world.executive)
    report.refresh_from_db()
    assert (report.state, report.draft) == ("draft", {"narrative": ["Se hizo."]})
    assert report.period.phase == PeriodState.CLOSED
    with pytest.raises(workflow.NotAllowedError, match="el período está cerrado"):
        world.sent(report)
    assert not Submission.objects.exists()
    assert verbs(world.period) == [(Verb.CLOSED, world.executive.pk)]


def test_a_submit_looks_at_the_period_as_it_is_now_and_not_as_it_was_read(world):
    report = world.draft()
    assert report.period.is_accepting(TODAY)
    scheduling.close(type(world.period).objects.get(), by=world.executive)
    with pytest.raises(workflow.NotAllowedError):
        world.sent(report)


def test_what_was_sent_before_is_still_decided_and_corrected(world):
    report = world.sent()
    scheduling.close(world.period, by=world.executive)
    report = type(report).objects.get()
    world.decided(world.claimed(report), "returned")
    world.sent(report)
    assert report.submissions.count() == 2


def test_it_is_not_closed_twice_nor_before_it_opens(world, later):
    with pytest.raises(workflow.NotAllowedError, match="ya está cerrado o todavía no abre"):
        scheduling.close(later, by=world.executive)
    scheduling.open_now(later, by=world.reviewer)
    scheduling.close(later, by=world.executive)
    with pytest.raises(workflow.NotAllowedError):
        scheduling.close(later, by=world.executive)
    assert [verb for verb, _ in verbs(later)] == [Verb.OPENED, Verb.CLOSED]
