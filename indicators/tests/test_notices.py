"""Who is told of what happens to a report: in the act itself, the side that it concerns, and nobody else."""

from dataclasses import replace

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from indicators import workflow
from indicators.content import Remark
from indicators.enums import Move, ObservationKind, Outcome
from indicators.models import ProgressReport, Submission
from indicators.notices import NEWS
from indicators.tests.filling import typed
from indicators.tests.world import REASON, enter
from indicators.workflow import MOVES
from plan.enums import MailState, NoticeKind
from plan.models import Notice


@pytest.fixture
def submit(world, django_capture_on_commit_callbacks):
    def act(browser=None):
        report = world.draft()
        world.link(report)
        with django_capture_on_commit_callbacks(execute=True):
            path = reverse("indicators:submit_report", args=[report.pk])
            (browser or enter(world.focal)).post(path, typed(world, report))
        return Submission.objects.get()

    return act


def told(kind: NoticeKind) -> dict[str, str]:
    """Where the notices of a kind lead, by whom they are for."""
    return {notice.recipient.full_name: notice.path for notice in Notice.objects.filter(kind=kind)}


def test_titular_and_suplente_get_the_receipt_with_a_link_to_it(world, submit):
    sent = submit()
    assert [message.to for message in mail.outbox] == [[world.focal.email], [world.alternate.email]]
    message = mail.outbox[0]
    assert message.subject == f"Comprobante {sent.receipt}: acción 1.1.1, {world.period.name}"
    assert f"http://127.0.0.1:8000/comprobantes/{sent.pk}/" in message.body
    assert all(told in message.body for told in (sent.content_hash, "Dirección del Trabajo"))


def test_the_mail_says_nothing_of_what_was_reported_and_names_nobody_else(world, submit):
    submit()
    body = mail.outbox[0].body
    assert "Marcela Rivas" in body
    assert not any(
        kept in body for kept in ("Se hicieron dos jornadas.", "Rosa Díaz", "informe", world.alternate.full_name)
    )


def test_who_left_and_who_works_elsewhere_get_nothing(world, submit):
    submit()
    told = {address for message in mail.outbox for address in message.to}
    assert told.isdisjoint({world.deactivated.email, world.focal_y.email, world.reviewer.email})


def test_a_double_post_mails_once(world, submit, django_capture_on_commit_callbacks):
    sent = submit()
    with django_capture_on_commit_callbacks(execute=True):
        path = reverse("indicators:submit_report", args=[sent.report_id])
        enter(world.focal).post(path, typed(world, sent.report))
    assert len(mail.outbox) == 2


def test_who_sent_it_has_the_receipt_as_read_and_the_suplente_as_news(world):
    world.sent()
    assert [n.recipient for n in Notice.objects.unread()] == [world.alternate]


@pytest.mark.django_db(transaction=True)
def test_of_an_act_that_was_undone_nobody_is_told(world):
    with transaction.atomic():
        world.sent()
        transaction.set_rollback(True)
    assert (mail.outbox, Notice.objects.count()) == ([], 0)


def test_several_answers_bring_a_receipt_each(world, django_capture_on_commit_callbacks):
    other = world.new_action("1.1.2", world.x)
    keys = [f"{world.period.pk}-{action.pk}-{world.x.pk}" for action in (world.action, other)]
    told = {"tasks": keys, "answer": "no_progress", "motive": "budget", "motive_text": "Sin fondos."}
    who = {"responder_name": "Rosa Díaz", "responder_position": "Jefa"}
    with django_capture_on_commit_callbacks(execute=True):
        enter(world.focal).post("/pendientes/responder/", told | who)
    assert len(mail.outbox) == 4


# What the secretaría técnica does


def decided(world, outcome: Outcome, **changes) -> Notice:
    """What the titular is told of the decision on a report."""
    report = world.claimed()
    submission = report.latest_submission
    resolution = replace(world.resolution(submission, outcome), **changes)
    workflow.decide(submission, resolution, by=world.reviewer, version=report.version)
    return Notice.objects.get(recipient=world.focal, kind=outcome)


def remark(world) -> Remark:
    return Remark(kind=ObservationKind.UNSIGNED, text="Falta la firma.", anchor=f"means-{world.means.pk}")


def test_a_return_says_until_when_and_what_to_correct_and_leads_to_the_form(world):
    notice = decided(world, Outcome.RETURNED, remarks=(remark(world),))
    due = f"{world.period.due_on:%d-%m-%Y}"
    assert notice.subject == f"Devuelto: 1.1.1, {world.period.name} — corrija a más tardar el {due}"
    assert REASON in notice.text
    assert "- Informe de la capacitación: Sin firma. Falta la firma." in notice.text
    edit = reverse("indicators:edit_report", args=[Submission.objects.get().report_id])
    assert told(NoticeKind.RETURNED) == {"Marcela Rivas": edit, "Andrés Leiva": edit}


def test_a_return_after_the_day_says_so(world):
    world.period.due_on = world.period.opens_on
    world.period.save()
    notice = decided(world, Outcome.RETURNED)
    assert notice.subject.endswith(f"— corrija cuanto antes, venció el {world.period.due_on:%d-%m-%Y}")


def test_an_approval_asks_for_nothing_and_leads_to_the_report(world):
    notice = decided(world, Outcome.APPROVED)
    assert notice.subject == f"Aprobado: 1.1.1, {world.period.name}"
    assert notice.path == reverse("indicators:report", args=[Submission.objects.get().report_id])
    assert set(told(NoticeKind.APPROVED)) == {"Marcela Rivas", "Andrés Leiva"}


@pytest.mark.parametrize("by", ["message", "remark"])
def test_an_approval_with_observations_says_them(world, by):
    changes = {"message": {"reason": "Numere las listas."}, "remark": {"remarks": (remark(world),)}}
    notice = decided(world, Outcome.APPROVED, **changes[by])
    assert notice.subject == f"Aprobado con observaciones: 1.1.1, {world.period.name}"
    assert {"message": "Numere las listas.", "remark": "Falta la firma."}[by] in notice.text


def test_a_proposal_that_waits_for_the_second_reviewer_is_no_news_yet(world):
    focal = world.person_of(world.ministry)
    world.duty(world.action, world.ministry)
    report = world.claimed(world.sent(world.draft(world.ministry), by=focal))
    world.decided(report, Outcome.APPROVED)
    assert told(NoticeKind.APPROVED) == {}
    world.decided(world.claimed(report, by=world.reviewer2), Outcome.APPROVED, by=world.reviewer2)
    assert set(told(NoticeKind.APPROVED)) == {focal.full_name}


def test_what_the_secretaria_tecnica_reopens_or_annuls_the_institution_is_told_with_the_reason(world):
    report = world.approved()
    workflow.reopen(report, "Se contó dos veces.", by=world.reviewer, version=report.version)
    edit = reverse("indicators:edit_report", args=[report.pk])
    assert told(NoticeKind.REOPENED) == {"Marcela Rivas": edit, "Andrés Leiva": edit}
    workflow.annul(report, "No le corresponde.", by=world.reviewer, version=report.version)
    assert set(told(NoticeKind.ANNULLED)) == {"Marcela Rivas", "Andrés Leiva"}
    reasons = ["No le corresponde.", "Se contó dos veces."]
    for notice, reason in zip(Notice.objects.filter(recipient=world.focal)[:2], reasons, strict=True):
        assert reason in notice.text


def test_what_the_institution_reopens_the_secretaria_tecnica_finds_in_its_inbox(world):
    report = world.rectifying()
    assert set(told(NoticeKind.REOPENED)) == {"Paula Núñez", "Ignacio Peña"}
    notice = Notice.objects.with_mail_state().filter(kind=NoticeKind.REOPENED)[0]
    assert notice.subject == f"DT abrió a rectificación: 1.1.1, {report.period.name}"
    assert (notice.mail_state, notice.path) == (MailState.NOT_MAILED, f"/reportes/{report.pk}/")


def test_history_that_is_entered_on_behalf_is_told_in_the_portal_alone(world):
    report = world.recorded(by=world.reviewer)
    world.close_period()
    report = ProgressReport.objects.get(pk=report.pk)
    world.decided(world.claimed(report, by=world.reviewer2), Outcome.APPROVED, by=world.reviewer2)
    states = Notice.objects.with_mail_state().values_list("kind", "mail_state").distinct()
    assert dict(states) == {"submitted": MailState.WAITING, "approved": MailState.NOT_MAILED}


def test_every_move_is_told_or_known_to_be_nobody_s_news(world):
    assert set(NEWS) == set(MOVES)
    assert [move for move, news in NEWS.items() if news is None] == [Move.WITHDRAW]
    world.withdrawn()
    assert set(Notice.objects.values_list("kind", flat=True)) == {NoticeKind.SUBMITTED}


def test_each_round_is_told_anew(world):
    report = world.returned()
    world.decided(world.claimed(world.sent(report)), Outcome.RETURNED)
    assert Notice.objects.filter(recipient=world.focal, kind=NoticeKind.RETURNED).count() == 2
