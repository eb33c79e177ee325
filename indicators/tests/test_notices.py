"""The receipt by mail: after the act, to the puntos focales of the institution, and to nobody else."""

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from indicators.models import Submission
from indicators.notices import mail_receipt
from indicators.tests.filling import typed
from indicators.tests.world import enter


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


def test_titular_and_suplente_get_the_receipt_with_a_link_to_it(world, submit):
    sent = submit()
    assert [message.to for message in mail.outbox] == [[world.focal.email], [world.alternate.email]]
    message = mail.outbox[0]
    assert message.subject == f"Comprobante {sent.receipt}: acción 1.1.1, {world.period.name}"
    assert f"http://testserver/comprobantes/{sent.pk}/" in message.body
    assert all(told in message.body for told in (sent.content_hash, "Rosa Díaz", "Dirección del Trabajo"))


def test_the_mail_says_nothing_of_what_was_reported(world, submit):
    submit()
    assert "Se hicieron dos jornadas." not in mail.outbox[0].body


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


@pytest.mark.django_db(transaction=True)
def test_of_an_act_that_was_undone_no_mail_leaves(world):
    submission = world.sent().latest_submission
    with transaction.atomic():
        mail_receipt(submission, "https://mitp.example/")
        transaction.set_rollback(True)
    assert mail.outbox == []


def test_several_answers_bring_a_receipt_each(world, django_capture_on_commit_callbacks):
    other = world.new_action("1.1.2", world.x)
    keys = [f"{world.period.pk}-{action.pk}-{world.x.pk}" for action in (world.action, other)]
    told = {"tasks": keys, "answer": "no_progress", "motive": "budget", "motive_text": "Sin fondos."}
    who = {"responder_name": "Rosa Díaz", "responder_position": "Jefa"}
    with django_capture_on_commit_callbacks(execute=True):
        enter(world.focal).post("/pendientes/responder/", told | who)
    assert len(mail.outbox) == 4
