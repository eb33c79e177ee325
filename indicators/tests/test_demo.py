"""The demonstration, told once on the real plan with some of its actions."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from indicators.enums import ProposalKind, ReportState
from indicators.management.commands import demo
from indicators.models import (
    Assessment,
    Cause,
    Endorsement,
    Evidence,
    ProgressReport,
    Proposal,
    ReportingPeriod,
    StoredFile,
    Submission,
)
from indicators.tests.world import enter
from plan.enums import MailState
from plan.files.storage import open_stored
from plan.models import AuditEntry, Notice, User

ACTIONS = ("1.1.1", "1.1.2", "2.1.3", "2.1.6", "2.1.7", "3.3.1")


@pytest.fixture(scope="module")
def short_story(tmp_path_factory):
    """The demonstration file with the duties of a few actions."""
    data = json.loads(demo.DATA.read_text(encoding="utf-8"))
    data["duties"] = [duty for duty in data["duties"] if duty["action"] in ACTIONS]
    path = tmp_path_factory.mktemp("demo") / "short.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.fixture(scope="module", autouse=True)
def told(django_db_setup, django_db_blocker, short_story):
    """One demonstration for all tests of this file; each test works in a savepoint of its own."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(demo, "DATA", short_story)
        # What other apps tell has stories of its own.
        patch.setattr(settings, "WHEN_DEMONSTRATING", [])
        call_command("load_plan", verbosity=0, stdout=StringIO())
        call_command("demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


def test_every_state_of_a_report_can_be_seen():
    assert set(ProgressReport.objects.values_list("state", flat=True)) == set(ReportState)


def test_one_period_is_open_from_twenty_days_ago_to_ten_days_ahead():
    period = ReportingPeriod.objects.get(state="open")
    today = timezone.localdate()
    assert (period.opens_on, period.due_on) == (today - timedelta(20), today + timedelta(10))


def test_history_is_recorded_at_its_own_time():
    first = Submission.objects.earliest("submitted_at")
    assert first.submitted_at.year == 2016
    assert AuditEntry.objects.filter(at__year=2016, verb="moved").exists()


def test_what_was_told_of_history_has_left_and_been_read_and_the_open_period_brings_news():
    assert set(Notice.objects.with_mail_state().values_list("mail_state", flat=True)) == {MailState.SENT}
    opens_on = ReportingPeriod.objects.get(state="open").opens_on
    assert all(timezone.localdate(notice.created_at) >= opens_on for notice in Notice.objects.unread())
    assert Notice.objects.unread().filter(kind="returned").exists()


def test_reports_of_the_organ_s_own_ministry_took_two_reviewers():
    ministry = Submission.objects.filter(report__institution__name__startswith="Ministerio del Interior")
    assert Endorsement.objects.count() == ministry.filter(decision__isnull=False).count() > 0


def test_every_evidence_file_can_be_read_and_says_what_it_is():
    file = StoredFile.objects.filter(content_type="text/csv").first()
    with open_stored(file.storage_name) as content:
        assert "DOCUMENTO DE DEMOSTRACIÓN" in content.read().decode("utf-8-sig")
    assert {size_on_disk(file) - file.size for file in StoredFile.objects.all()} == {0}


def size_on_disk(file: StoredFile) -> int:
    with open_stored(file.storage_name) as content:
        return content.size


def test_reserved_medios_hold_attestations_and_no_file():
    assert set(Evidence.objects.filter(means__reserved=True).values_list("kind", flat=True)) == {"attestation"}


def test_every_page_says_that_the_data_are_of_a_demonstration():
    response = enter(User.objects.get(email="punto.focal.dt@demo.example")).get("/pendientes/")
    assert "Datos de demostración" in response.content.decode()


def test_some_actions_carry_a_signed_judgement_of_two_cortes_and_some_indicators_their_cause():
    assert Assessment.objects.values("cut_off").distinct().count() == 2
    assert set(Cause.objects.values_list("cut_off", flat=True)) == {Assessment.objects.latest("cut_off").cut_off}


def test_a_coordination_has_proposed_something_of_every_kind():
    assert set(Proposal.objects.values_list("kind", flat=True)) == set(ProposalKind)


def test_a_second_run_adds_nothing_and_brings_the_open_period_up_to_date():
    ReportingPeriod.objects.filter(state="open").update(opens_on="2020-01-01")
    before = ProgressReport.objects.count(), User.objects.count()
    call_command("demo", stdout=StringIO())
    assert (ProgressReport.objects.count(), User.objects.count()) == before
    assert ReportingPeriod.objects.get(state="open").opens_on == timezone.localdate() - timedelta(20)


def test_it_refuses_where_somebody_real_has_an_account():
    User.objects.create_user("real@mitp.example", "Persona Real")
    with pytest.raises(CommandError, match="Hay cuentas reales"):
        call_command("demo")
