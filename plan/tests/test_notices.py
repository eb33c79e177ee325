"""What is told once, and how its mail leaves: at most once, later rather than never, and never to who has left."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from plan.enums import MailState, NoticeKind
from plan.mail import NotTakenError
from plan.models import AuditEntry, Notice, User
from plan.notices import DEACTIVATED, PAUSES, deliver, retry, sweep, tell

REASON = "El servidor de correo respondió con el código 451."


@pytest.fixture
def person(db) -> User:
    return User.objects.create_user("marcela@dt.example", "Marcela Rivas")


@pytest.fixture
def told(person):
    """A notice as `tell` leaves it."""

    def act(key: str = "returned:41", people: list[User] | None = None, **fields) -> list[Notice]:
        kept = {"template": "account/email/password_link", "path": "/reportes/1/"} | fields
        return tell(people or [person], NoticeKind.RETURNED, key=key, **kept)

    return act


@pytest.fixture
def notice(told) -> Notice:
    return told()[0]


@pytest.fixture
def server(monkeypatch):
    """A mail server that answers each attempt in turn: None takes the mail, an error does not."""
    answers: list[Exception | None] = []
    taken: list[str] = []

    def take(subject: str, text: str, to: str) -> None:
        answer = answers.pop(0) if answers else None
        if answer:
            raise answer
        taken.append(to)

    monkeypatch.setattr("plan.notices.hand_over", take)
    take.answers, take.taken = answers, taken
    return take


def state_of(notice: Notice) -> str:
    return Notice.objects.with_mail_state().get(pk=notice.pk).mail_state


def attempt(notice: Notice) -> None:
    """The next attempt, as if its time had come."""
    Notice.objects.filter(pk=notice.pk, mail_at__isnull=False).update(mail_at=timezone.now())
    deliver.call(notice.pk)
    notice.refresh_from_db()


# Told once


def test_a_notice_stands_in_the_inbox_and_is_mailed_after_the_commit(told, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        (notice,) = told()
        assert mail.outbox == []
    assert [message.to for message in mail.outbox] == [[person.email]]
    assert "http://127.0.0.1:8000/reportes/1/" in notice.text
    notice.refresh_from_db()
    assert (state_of(notice), notice.attempts, notice.read_at) == (MailState.SENT, 1, None)


def test_the_same_is_not_told_twice_to_the_same_person(told, django_capture_on_commit_callbacks):
    other = User.objects.create_user("andres@dt.example", "Andrés Leiva")
    with django_capture_on_commit_callbacks(execute=True):
        told()
        assert told() == []
        assert [notice.recipient for notice in told(people=[other])] == [other]
    assert len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_of_what_was_undone_nothing_is_told(told):
    with transaction.atomic():
        told()
        transaction.set_rollback(True)
    assert (mail.outbox, Notice.objects.count()) == ([], 0)


def test_what_is_told_in_the_portal_alone_is_not_mailed(told, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        (notice,) = told(by_mail=False)
    sweep()
    assert (mail.outbox, state_of(notice)) == ([], MailState.NOT_MAILED)


def test_a_subject_is_one_line_that_fits(told, person, settings, tmp_path):
    (tmp_path / "long_subject.txt").write_text("Devuelto:\n{{ person.full_name }}\r\n" + "ñ" * 300)
    (tmp_path / "long_message.txt").write_text("Texto")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    (notice,) = told(template="long")
    assert notice.subject.startswith("Devuelto: Marcela Rivas ñ")
    assert len(notice.subject) == 200


# Mailed later, and once


def test_a_mail_that_was_not_taken_is_tried_again_after_growing_pauses_until_it_fails(notice, server):
    server.answers += [NotTakenError(REASON)] * (len(PAUSES) + 1)
    for pause in PAUSES:
        attempt(notice)
        assert (state_of(notice), notice.failure) == (MailState.WAITING, REASON)
        assert abs(notice.mail_at - notice.tried_at - pause) < timedelta(seconds=5)
    attempt(notice)
    assert (state_of(notice), notice.attempts) == (MailState.FAILED, len(PAUSES) + 1)


def test_a_mail_leaves_when_the_server_is_back_and_not_a_second_time(notice, server, person):
    server.answers += [NotTakenError(REASON), None]
    for _ in range(4):
        attempt(notice)
    assert (server.taken, notice.attempts, notice.failure) == ([person.email], 2, "")


def test_before_its_time_nothing_is_tried(notice, server):
    server.answers += [NotTakenError(REASON)]
    attempt(notice)
    deliver.call(notice.pk)
    assert (server.taken, state_of(notice)) == ([], MailState.WAITING)


def test_a_mail_whose_line_broke_may_have_arrived_and_is_not_sent_again_by_itself(notice, server):
    server.answers += [TimeoutError()]
    with pytest.raises(TimeoutError):
        attempt(notice)
    assert sweep() == 0
    assert (server.taken, state_of(notice)) == ([], MailState.UNCONFIRMED)


def test_who_was_deactivated_gets_no_mail(notice, server, person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    attempt(notice)
    assert (server.taken, notice.failure, state_of(notice)) == ([], DEACTIVATED, MailState.FAILED)
    assert sweep() == 0


def test_the_next_attempt_waits_in_the_queue(notice, server, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    server.answers += [NotTakenError(REASON)]
    attempt(notice)
    queued = DBTaskResult.objects.get()
    assert (queued.args_kwargs["args"], queued.run_after) == ([notice.pk], notice.mail_at)


# What is left


def test_a_sweep_sends_what_the_queue_lost_and_what_failed_lately(notice, server, told, person):
    failed, old = told("returned:42")[0], told("returned:43")[0]
    for lost, age in ((failed, 1), (old, 8)):
        created = timezone.now() - timedelta(days=age)
        Notice.objects.filter(pk=lost.pk).update(mail_at=None, failure=REASON, attempts=6, created_at=created)
    assert sweep() == 2
    assert server.taken == [person.email] * 2
    assert [state_of(n) for n in (notice, failed, old)] == [MailState.SENT, MailState.SENT, MailState.FAILED]
    assert sweep() == 0


def test_a_person_has_a_failed_mail_tried_again_which_is_logged(
    notice, server, person, django_capture_on_commit_callbacks
):
    Notice.objects.filter(pk=notice.pk).update(mail_at=None, failure=REASON, attempts=6)
    stale = Notice.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert retry([stale], by=person) == 1
    assert retry([stale], by=person) == 0
    assert (server.taken, state_of(notice)) == ([person.email], MailState.SENT)
    assert AuditEntry.objects.get().data == {"mail": "retried"}


def test_what_is_being_sent_right_now_is_not_to_be_retried_yet(notice):
    now = timezone.now()
    Notice.objects.update(mail_at=None, tried_at=now - timedelta(minutes=9))
    assert not Notice.objects.retriable(now).exists()
    Notice.objects.update(tried_at=now - timedelta(minutes=11))
    assert Notice.objects.retriable(now).exists()


@pytest.mark.parametrize("state", MailState)
def test_failed_is_what_the_state_calls_failed(notice, state):
    now = timezone.now()
    sent, tried = {"mail_at": None, "mailed_at": now}, {"mail_at": None, "tried_at": now}
    fields = {"sent": sent, "waiting": {}, "failed": tried | {"failure": REASON}, "unconfirmed": tried}
    Notice.objects.update(**fields.get(state, {"mail_at": None}))
    assert state_of(notice) == state
    assert Notice.objects.failed().exists() == (state == MailState.FAILED)
