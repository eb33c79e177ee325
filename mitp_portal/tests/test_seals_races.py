"""Two who seal at the same moment, and those who write meanwhile, on connections of their own."""

from threading import Event

import pytest
from django.db import transaction

from indicators.tests.racing import at_once
from plan.enums import Verb
from plan.models import AuditEntry, LogSeal
from plan.seals.checking import LogCheck
from plan.seals.sealing import seal_log

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8
LIMIT = 20


def write() -> int:
    return AuditEntry.objects.create(verb=Verb.CREATED, object_type="plan.plan").pk


def test_two_seals_at_once_cover_each_entry_once():
    for turn in range(1, ROUNDS + 1):
        write()
        heads = at_once(seal_log, seal_log)
        assert [head.number for head in heads] == [turn, turn], heads
    assert [seal.total for seal in LogSeal.objects.all()] == list(range(1, ROUNDS + 1))
    assert list(LogCheck().faults()) == []


def test_those_who_write_while_others_seal_are_all_covered():
    def act():
        with transaction.atomic():
            write()
            return seal_log().number

    for turn in range(1, ROUNDS + 1):
        outcomes = at_once(act, act, seal_log, write)
        assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert seal_log().total == turn * 3
    assert list(LogCheck().faults()) == []


@pytest.mark.postgresql
def test_an_entry_committed_after_a_seal_over_a_later_one_is_in_the_next():
    written, is_sealed = Event(), Event()

    def slow():
        with transaction.atomic():
            pk = write()
            written.set()
            assert is_sealed.wait(LIMIT)
        return pk

    def quick():
        assert written.wait(LIMIT)
        pk = write()
        head = seal_log()
        is_sealed.set()
        return pk, head.spans

    late, (later, first) = at_once(slow, quick)
    assert late < later
    assert (first, seal_log().spans) == ([[later, later]], [[late, late]])
    assert list(LogCheck().faults()) == []
