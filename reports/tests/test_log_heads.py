"""Each edition prints the head of the log, so that a chain made anew is found by what is on paper."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from plan import audit
from plan.enums import Role, Verb
from plan.models import AuditEntry, LogSeal
from plan.seals.sealing import seal_log
from plan.tests.tampering import behind_triggers
from reports.documents.making import page_of
from reports.editions import issuing, verifying
from reports.editions.frozen import log_head
from reports.facts.freezing import digest
from reports.facts.parts import LogHead
from reports.models import IssuedReport, Snapshot
from reports.tests import editions, story, world

pytestmark = pytest.mark.usefixtures("quick_press")


@pytest.fixture
def told(db):
    return story.tell()


@pytest.fixture
def executive(told):
    return world.make_secretary(told.plan, Role.EXECUTIVE)


@pytest.fixture
def edition(told, executive) -> IssuedReport:
    audit.record(Verb.CHANGED, told.plan, by=executive)
    return editions.emit(executive, told.plan)


def verified() -> tuple[list[str], str]:
    """What the command prints, and the sentence that it ends with where it finds a fault."""
    lines, end = StringIO(), ""
    try:
        call_command("verify_log", stdout=lines)
    except CommandError as error:
        end = str(error)
    return lines.getvalue().splitlines(), end


def freeze_without_head(edition: IssuedReport) -> None:
    """As an earlier release did."""
    told = json.loads(edition.snapshot.content)
    del told["edition"]["log_head"]
    content = json.dumps(told)
    with behind_triggers("reports_snapshot"):
        Snapshot.objects.filter(pk=edition.snapshot_id).update(content=content, sha256=digest(content))


def rewrite(pk: int) -> None:
    """Change an entry and make the whole chain anew, as if it had always been so."""
    with behind_triggers("plan_auditentry"), behind_triggers("plan_logseal"):
        AuditEntry.objects.filter(pk=pk).update(object_id="999")
        LogSeal.objects.all()._raw_delete("default")
    seal_log()


# Emission --------------------------------------------------------------------------------------------------------
def test_an_edition_freezes_the_head_over_all_that_was_recorded_before(edition):
    emission = AuditEntry.objects.get(verb=Verb.ISSUED)
    seal = LogSeal.objects.get(last_entry__lt=emission.pk)
    assert log_head(edition) == LogHead(seal.digest, seal.total)
    assert seal.total == AuditEntry.objects.filter(pk__lt=emission.pk).count()


def test_the_emission_itself_is_sealed_with_the_act(edition):
    emission = AuditEntry.objects.get(verb=Verb.ISSUED)
    assert LogSeal.objects.in_order().last().spans == [[emission.pk, emission.pk]]


def test_an_emission_that_fails_leaves_no_seal(told, executive, monkeypatch):
    def fail(*_):
        raise RuntimeError("la cola")

    audit.record(Verb.CHANGED, told.plan, by=executive)
    monkeypatch.setattr(issuing.produce_edition.__class__, "enqueue", fail)
    with pytest.raises(RuntimeError):
        editions.emit(executive, told.plan)
    assert LogSeal.objects.count() == 0


def test_the_head_stands_in_the_document(edition, quick_press):
    head = log_head(edition)
    page = " ".join(page_of(quick_press[0], "ab12" * 16).split())
    assert f'<th scope="row">Bitácora al emitir</th><td><span class="mono huella">SHA-256 {head.digest}</span>' in page
    assert f"encadena {head.entries} asiento" in page


@pytest.mark.parametrize("name", ["edition", "verify"])
def test_the_head_stands_on_the_pages_of_the_edition(client, edition, executive, name):
    client.force_login(executive)
    path = reverse(f"reports:{name}", args=[edition.folio if name == "edition" else edition.code])
    page = client.get(path).content.decode()
    assert log_head(edition).digest in page
    freeze_without_head(edition)
    assert "Bitácora al emitir" not in client.get(path).content.decode()


def test_an_altered_snapshot_tells_no_head(edition):
    edition.snapshot.content = edition.snapshot.content.replace('"log_head"', '"no_head"')
    assert log_head(edition) is None


# manage.py verify_log ----------------------------------------------------------------------------------------------
def test_an_untouched_log_is_in_order(edition):
    seal_log()
    entries, seals = AuditEntry.objects.count(), LogSeal.objects.count()
    line = f"Asientos revisados: {entries}, de ellos sin sellar: 0; sellos: {seals}; ediciones: 1; fallas: 0."
    assert verified() == ([line], "")


def test_an_edition_of_before_there_were_heads_is_no_fault(edition):
    freeze_without_head(edition)
    assert verified()[1] == ""


def test_a_changed_entry_ends_with_an_error(edition):
    with behind_triggers("plan_auditentry"):
        AuditEntry.objects.filter(verb=Verb.ISSUED).update(object_id="999")
    lines, end = verified()
    assert ["su huella no es la de estos asientos" in line for line in lines] == [True]
    assert end.endswith("ediciones: 1; fallas: 1.")


def test_a_chain_made_anew_is_found_by_what_the_edition_printed(edition):
    rewrite(AuditEntry.objects.earliest("pk").pk)
    assert verified()[0] == [f"{edition.folio}: {verifying.HEAD_NOT_SEALED}."]


def test_verify_reports_tells_of_a_head_that_is_no_seal(edition):
    rewrite(AuditEntry.objects.earliest("pk").pk)
    assert [examined.problems for examined in verifying.examine_all()] == [(verifying.HEAD_NOT_SEALED,)]
