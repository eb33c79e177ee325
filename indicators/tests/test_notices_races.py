"""Two workers, two tellers or two people at the same moment, on connections of their own: one mail leaves."""

from functools import partial

import pytest
from django.core import mail
from django.utils import timezone

from indicators.tests.racing import at_once
from plan.enums import NoticeKind
from plan.models import Notice
from plan.notices import deliver, retry, tell

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8


def notices(world, **fields) -> list[Notice]:
    """One for each round of a race."""
    kept = {"recipient": world.focal, "kind": NoticeKind.RETURNED, "subject": "Hola", "text": "…", "path": "/"}
    return [Notice.objects.create(key=f"returned:{turn}", **kept | fields) for turn in range(ROUNDS)]


def test_of_two_workers_one_sends_a_mail(world):
    for turn, notice in enumerate(notices(world, mail_at=timezone.now()), start=1):
        assert at_once(*[partial(deliver.call, notice.pk)] * 2) == [None, None]
        assert len(mail.outbox) == turn
    assert set(Notice.objects.values_list("attempts", flat=True)) == {1}


def test_of_two_people_who_retry_one_does(world):
    stuck = notices(world, failure="No hubo conexión.", tried_at=timezone.now(), attempts=6)
    for turn, notice in enumerate(stuck, start=1):
        acts = [partial(retry, [notice], by=person) for person in (world.reviewer, world.reviewer2)]
        assert sorted(at_once(*acts)) == [0, 1]
        assert len(mail.outbox) == turn


def test_what_is_told_twice_at_once_is_told_once(world):
    def telling(key: str):
        words = {"key": key, "template": "account/email/password_link", "path": "/"}
        return lambda: len(tell([world.focal, world.alternate], NoticeKind.ROLE, **words))

    for turn in range(ROUNDS):
        assert sorted(at_once(telling(f"role:{turn}"), telling(f"role:{turn}"))) == [0, 2]
    assert len(mail.outbox) == Notice.objects.count() == ROUNDS * 2
