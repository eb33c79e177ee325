"""The log chained by hash: what is sealed when, and that no hand in the database goes unseen."""

import tracemalloc
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from plan import audit
from plan.enums import Verb
from plan.models import AuditEntry, LogSeal, User
from plan.seals.chain import canonical, gaps
from plan.seals.checking import LogCheck
from plan.seals.sealing import seal_log
from plan.tests.tampering import behind_triggers

pytestmark = pytest.mark.django_db

LOG, SEALS = "plan_auditentry", "plan_logseal"
HOUR = timedelta(hours=1)


def write(*pks: int, **fields) -> None:
    """Entries with these keys, written now unless `at` says otherwise."""
    told = {"verb": Verb.CREATED, "object_type": "plan.plan", "object_id": "1", "data": {"folio": 3}} | fields
    AuditEntry.objects.bulk_create([AuditEntry(pk=pk, **told) for pk in pks])


def faults() -> list[str]:
    return list(LogCheck().faults())


def spans() -> list[list[list[int]]]:
    return list(LogSeal.objects.values_list("spans", flat=True))


def change(pk: int, **fields) -> None:
    with behind_triggers(LOG):
        AuditEntry.objects.filter(pk=pk).update(**fields)


def remove(*pks: int) -> None:
    with behind_triggers(LOG):
        AuditEntry.objects.filter(pk__in=pks)._raw_delete("default")


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(timezone.now())
    return time_machine


@pytest.fixture
def sealed(clock):
    """Three seals, an hour and a half from one to the next: entries 1 to 3, 4 and 5, 6 and 8."""
    for pks in ((1, 2, 3), (4, 5), (6, 8)):
        write(*pks)
        seal_log()
        clock.shift(1.5 * HOUR)


# Sealing ---------------------------------------------------------------------------------------------------------
def test_each_seal_covers_what_is_new():
    write(1, 2)
    first = seal_log()
    write(3)
    second = seal_log()
    assert spans() == [[[1, 2]], [[3, 3]]]
    assert (first.number, first.total, second.number, second.total) == (1, 2, 2, 3)
    assert faults() == []


def test_without_anything_new_nothing_is_written():
    assert seal_log() is None
    write(1)
    assert seal_log() == seal_log()
    assert LogSeal.objects.count() == 1


def test_what_an_act_records_is_sealed_in_its_transaction_or_not_at_all():
    person = User.objects.create_user("marcela@dt.example", "Marcela Rivas")
    with transaction.atomic():
        entry = audit.record(Verb.CREATED, person, by=person)
        assert seal_log().spans == [[entry.pk, entry.pk]]
        transaction.set_rollback(True)
    assert (LogSeal.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_the_same_entries_give_the_same_digest_after_any_way_through_the_database():
    person = User.objects.create_user("marcela@dt.example", "Marcela Rivas")
    told = {"z": [1, "ñ", None], "a": {"c": True, "b": "\u2028"}}
    entry = AuditEntry.objects.create(verb=Verb.CHANGED, user=person, data=told, address="2001:DB8::1")
    text = (
        f'[{entry.pk},"{entry.at.isoformat()}",{person.pk},"","changed","","",'
        '{"a":{"b":"\u2028","c":true},"z":[1,"ñ",null]},"2001:db8::1"]\n'
    )
    assert canonical(AuditEntry.objects.get(pk=entry.pk)).decode() == text


def test_a_seal_is_never_changed_nor_removed(sealed):
    for act in (lambda rows: rows.update(total=9), lambda rows: rows._raw_delete("default")):
        with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
            act(LogSeal.objects.filter(number=2))


def test_the_command_tells_the_head():
    told = StringIO()
    call_command("seal_log", stdout=told)
    write(1, 2)
    call_command("seal_log", stdout=told)
    head = LogSeal.objects.get()
    assert told.getvalue().splitlines() == [
        "La bitácora está vacía: no hay nada que sellar.",
        f"Sello 1, 2 asientos: {head.digest}",
    ]


# Keys are given before rows are committed --------------------------------------------------------------------------
def test_an_entry_that_appears_below_a_sealed_one_is_in_the_next_seal():
    write(1, 4)
    seal_log()
    write(2)
    seal_log()
    write(3, 5)
    seal_log()
    assert spans() == [[[1, 1], [4, 4]], [[2, 2]], [[3, 3], [5, 5]]]
    assert LogSeal.objects.in_order().last().total == 5
    assert faults() == []


def test_a_gap_that_nobody_fills_is_no_fault(clock):
    write(1, 4)
    seal_log()
    clock.shift(2 * HOUR)
    write(5)
    seal_log()
    assert faults() == []


def test_gaps_lie_between_spans_that_come_in_any_order():
    assert list(gaps(1, 20, [[8, 9], [2, 3], [4, 4], [15, 30]])) == [(1, 1), (5, 7), (10, 14)]
    assert list(gaps(5, 7, [])) == list(gaps(5, 7, [[9, 9], [2, 4]])) == [(5, 7)]
    assert list(gaps(5, 7, [[1, 9]])) == []


# Hands in the database ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "fields",
    [
        {"at": timezone.now()},
        {"acting_as": "Punto focal"},
        {"verb": Verb.REMOVED},
        {"object_type": "plan.user"},
        {"object_id": "2"},
        {"data": {"folio": 4}},
        {"address": "10.0.0.9"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_an_entry_that_was_changed_is_found(sealed, fields):
    change(4, **fields)
    assert faults() == [
        "Sello 2 (4 a 5): su huella no es la de estos asientos: cambió alguno de ellos, el sello o el sello anterior."
    ]


def test_an_entry_that_was_given_to_another_person_is_found(sealed):
    change(4, user=User.objects.create_user("otra@dt.example", "Otra Persona"))
    assert [fault[:7] for fault in faults()] == ["Sello 2"]


def test_entries_that_were_removed_are_found(sealed):
    remove(2, 3, 8)
    assert faults() == [
        "Sello 1: faltan asientos que cubría: 2 a 3.",
        "Sello 3: faltan asientos que cubría: 8.",
    ]


def test_an_entry_that_was_inserted_below_is_found_and_not_sealed(sealed):
    write(7, at=timezone.now() - 3 * HOUR)
    assert seal_log().number == 3
    assert faults() == [
        "Asientos que ningún sello cubre, con fecha anterior al sello 3; se insertaron después o falta su sello: 7."
    ]


def test_an_entry_that_was_inserted_below_with_a_date_of_today_is_found_when_it_has_waited(sealed, clock):
    write(7)
    seal_log()
    assert faults() == []
    clock.shift(2 * HOUR)
    assert [fault[:56] for fault in faults()] == ["Asientos sin sellar desde hace más de una hora: 1; el pr"]


def test_an_entry_that_was_inserted_with_a_former_date_is_found_though_it_was_sealed(sealed):
    write(9)
    write(10, at=timezone.now() - 5 * HOUR)
    seal_log()
    assert faults() == [
        "Sello 4: tiene asientos con fecha anterior al sello previo, donde no estaban; se insertaron después: 10."
    ]


@pytest.mark.parametrize(
    "fields",
    [{"spans": [[4, 4]]}, {"last_entry": 6}, {"total": 6}, {"digest": "0" * 64}, {"sealed_at": timezone.now()}],
    ids=lambda fields: next(iter(fields)),
)
def test_a_seal_that_was_changed_is_found(sealed, fields):
    with behind_triggers(SEALS):
        LogSeal.objects.filter(number=2).update(**fields)
    assert any(fault.startswith("Sello 2 (") for fault in faults())


def test_a_seal_that_was_removed_is_found_with_what_it_covered(sealed):
    with behind_triggers(SEALS):
        LogSeal.objects.filter(number=2)._raw_delete("default")
    missing, broken, unsealed = faults()
    assert missing == "Faltan sellos: 2."
    assert broken.startswith("Sello 3 (6, 8): su huella no es")
    assert unsealed.endswith("se insertaron después o falta su sello: 4 a 5.")


def test_the_last_seal_that_was_removed_leaves_its_entries_unsealed(sealed):
    with behind_triggers(SEALS):
        LogSeal.objects.filter(number=3)._raw_delete("default")
    assert [fault[:47] for fault in faults()] == ["Asientos sin sellar desde hace más de una hora:"]


def test_when_nobody_seals_for_an_hour_it_is_told_once(clock):
    write(1)
    seal_log()
    write(2, 3)
    assert faults() == []
    clock.shift(1.1 * HOUR)
    write(4)
    check = LogCheck()
    (told,) = check.faults()
    assert told.startswith("Asientos sin sellar desde hace más de una hora: 2; el primero es el 2, del ")
    assert (check.seals, check.entries, check.unsealed) == (1, 4, 3)
    seal_log()
    assert faults() == []


# Size --------------------------------------------------------------------------------------------------------------
def test_thousands_of_entries_take_few_queries_and_little_memory(django_assert_max_num_queries):
    write(*range(1, 12_001), data={"hash": "ab12" * 50})
    tracemalloc.start()
    with django_assert_max_num_queries(8):
        seal_log()
    for pk in range(12_001, 12_021):
        write(pk)
        seal_log()
    with django_assert_max_num_queries(2):
        assert faults() == []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
    assert LogSeal.objects.count() == 21
