"""Records on behalf: whose they are to write, who reads them, and that nothing of an institution is taken silently."""

from datetime import date

import pytest

from indicators import filing, on_behalf, permissions, workflow
from indicators.enums import ReportState
from indicators.evidence_board import EvidenceBoard
from indicators.models import ProgressReport, StoredFile, Submission
from indicators.tests.world import REASON
from indicators.worklist import worklist
from plan.enums import Role, Verb
from plan.models import AuditEntry
from plan.tests.sample_files import upload


def begin(world, by=None) -> ProgressReport:
    duty = world.action.responsibilities.get(institution=world.x)
    return on_behalf.begin_record(duty, world.period, by=by or world.reviewer)


@pytest.fixture
def closed(world):
    """An institution's own draft whose period has closed."""
    report = world.draft(draft={"narrative": ["Se hizo."]})
    world.link(report)
    world.close_period()
    return ProgressReport.objects.get(pk=report.pk)


# Whose it is


def test_a_record_is_begun_once_by_whoever_comes_first(world):
    report = begin(world)
    assert (report.is_on_behalf, report.institution, report.state) == (True, world.x, "draft")
    assert begin(world, by=world.reviewer2) == report
    assert AuditEntry.objects.get().verb == Verb.CREATED


def test_in_a_closed_period_it_is_begun_too(world):
    world.close_period()
    report = begin(world)
    assert permissions.may_write(world.reviewer, report)


def test_the_secretaria_tecnica_writes_it_and_the_institution_reads_it(world):
    report = begin(world)
    assert [permissions.may_write(user, report) for user in (world.reviewer, world.reviewer2, world.focal)] == [
        True,
        True,
        False,
    ]
    for user in (world.reviewer, world.reviewer2, world.focal, world.alternate):
        assert ProgressReport.objects.visible_to(user).get() == report
    for user in (world.focal_y, world.executive, world.coordinator, world.observer, world.administrator):
        assert not ProgressReport.objects.visible_to(user).exists()


def test_of_an_institutions_own_draft_the_secretaria_tecnica_neither_sees_nor_writes(world):
    report = world.draft()
    assert not ProgressReport.objects.visible_to(world.reviewer).exists()
    assert not permissions.may_write(world.reviewer, report)
    with pytest.raises(workflow.NotAllowedError):
        workflow.save_draft(report, {}, by=world.reviewer, version=report.version)


def test_an_own_report_where_only_the_page_was_opened_is_taken_over_and_written_down(world):
    own = world.draft()
    report = begin(world)
    assert (report.pk, report.is_on_behalf, report.version) == (own.pk, True, 2)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.user, entry.data) == (Verb.CHANGED, world.reviewer, {"is_on_behalf": True})


@pytest.mark.parametrize("what", ["text", "evidence", "removed evidence", "sent", "withdrawn"])
def test_an_own_report_with_something_in_it_is_not_taken_over(world, what):
    report = {"sent": world.sent, "withdrawn": world.withdrawn}.get(what, world.draft)()
    if what == "text":
        workflow.save_draft(report, {"narrative": ["Se hizo."]}, by=world.focal, version=report.version)
    if "evidence" in what:
        evidence = world.link(report)
        if what == "removed evidence":
            filing.remove(evidence, by=world.focal)
    with pytest.raises(workflow.NotAllowedError, match="tiene un reporte propio"):
        begin(world)
    report.refresh_from_db()
    assert not report.is_on_behalf


def test_who_was_writing_when_it_was_taken_over_is_told_and_changes_nothing(world):
    seen = world.draft()
    begin(world)
    with pytest.raises(workflow.StaleReportError):
        workflow.save_draft(seen, {"narrative": ["Se hizo."]}, by=world.focal, version=seen.version)
    with pytest.raises(filing.FilingError):
        filing.file_upload(seen, world.means, upload("lista.csv", b"mes;jornadas"), by=world.focal)
    assert ProgressReport.objects.get().draft == {}


# Handing over, giving back


def test_a_draft_that_its_period_takes_no_more_is_handed_over_with_all_that_is_in_it(world, closed):
    on_behalf.hand_over(closed, by=world.focal, version=closed.version)
    assert (closed.is_on_behalf, closed.draft, closed.evidence.count()) == (True, {"narrative": ["Se hizo."]}, 1)
    assert permissions.may_write(world.reviewer, closed)
    assert not permissions.may_write(world.focal, closed)


def test_only_its_institution_hands_it_over_and_only_after_the_closing(world, closed):
    for user in (world.focal_y, world.reviewer):
        with pytest.raises(workflow.NotAllowedError):
            on_behalf.hand_over(closed, by=user, version=closed.version)
    other = world.draft(period=world.new_period(starts_on=date(2017, 1, 1), ends_on=date(2017, 6, 30)))
    with pytest.raises(workflow.NotAllowedError, match="todavía lo puede enviar la institución"):
        on_behalf.hand_over(other, by=world.focal, version=other.version)
    assert not ProgressReport.objects.filter(is_on_behalf=True).exists()


def test_what_was_written_since_the_page_was_opened_is_not_handed_over(world, closed):
    with pytest.raises(workflow.StaleReportError):
        on_behalf.hand_over(closed, by=world.focal, version=closed.version + 1)


def test_a_record_begun_by_mistake_goes_back_empty_and_the_institution_writes(world):
    report = begin(world)
    workflow.save_draft(report, {"narrative": ["Otro."]}, by=world.reviewer, version=report.version)
    on_behalf.release(report, by=world.reviewer2, version=report.version)
    assert (report.is_on_behalf, report.draft, report.saved_by) == (False, {}, None)
    assert permissions.may_write(world.focal, report)
    assert not permissions.may_write(world.reviewer, report)


def test_a_record_with_evidence_or_that_was_sent_is_not_given_back(world):
    report = begin(world)
    evidence = world.link(report, by=world.reviewer)
    with pytest.raises(workflow.NotAllowedError, match="Quite primero la evidencia"):
        on_behalf.release(report, by=world.reviewer, version=report.version)
    filing.remove(evidence, by=world.reviewer)
    world.recorded(report)
    workflow.withdraw(report, by=world.reviewer, version=report.version)
    with pytest.raises(workflow.NotAllowedError, match="ya no se puede descartar"):
        on_behalf.release(report, by=world.reviewer, version=report.version)


# On its way


def test_sent_it_carries_its_oficio_and_the_server_s_time(world):
    world.period.due_on = date(2017, 1, 31)
    world.period.opens_on = date(2017, 1, 2)
    world.period.save()
    report = world.recorded()
    sent = Submission.objects.get()
    assert (sent.on_behalf, sent.source_document, sent.arrived_on) == (True, "Oficio N.º\u00a0312", date(2017, 1, 20))
    assert sent.submitted_at.year > 2017
    assert not sent.is_late
    assert sent.acting_as == "Analista, Secretaría técnica"
    assert report.transitions.get().by == world.reviewer


def test_its_hash_covers_the_oficio(world):
    one = world.content(on_behalf=True, source_document="Oficio 1", source_date=date(2017, 1, 20))
    assert one.digest([]) != world.content().digest([])


@pytest.mark.parametrize("is_on_behalf", [True, False])
def test_what_is_sent_is_of_the_same_hands_as_the_report(world, is_on_behalf):
    """A page that was opened before the report changed hands sends nothing."""
    report = world.draft(is_on_behalf=is_on_behalf)
    author = world.reviewer if is_on_behalf else world.focal
    with pytest.raises(workflow.NotAllowedError, match="pasó a otras manos"):
        world.sent(report, by=author, on_behalf=not is_on_behalf)


def test_another_person_approves_it(world):
    report = world.recorded()
    assert not permissions.may_claim(world.reviewer, report)
    assert permissions.may_claim(world.reviewer2, report)
    with pytest.raises(workflow.NotAllowedError):
        world.claimed(report)
    world.claimed(report, by=world.reviewer2)
    world.decided(report, "approved", by=world.reviewer2)
    assert report.state == ReportState.APPROVED


@pytest.mark.parametrize("part", ["draft", "evidence"])
def test_who_had_a_part_in_it_does_not_approve_it_either(world, part):
    report = begin(world)
    if part == "draft":
        workflow.save_draft(report, {"narrative": ["Se hizo."]}, by=world.reviewer2, version=report.version)
    else:
        world.link(report, by=world.reviewer2)
    world.recorded(report)
    assert not permissions.may_claim(world.reviewer2, report)


def test_returned_the_secretaria_tecnica_corrects_it_and_the_institution_does_not(world):
    report = world.recorded()
    world.claimed(report, by=world.reviewer2)
    world.decided(report, "returned", by=world.reviewer2)
    assert permissions.may_write(world.reviewer, report)
    assert not permissions.may_write(world.focal, report)
    world.recorded(report)
    assert report.submissions.count() == 2


def test_approved_the_institution_does_not_open_it_to_rectification_and_the_secretaria_does(world):
    report = world.recorded()
    world.decided(world.claimed(report, by=world.reviewer2), "approved", by=world.reviewer2)
    assert not permissions.may_reopen(world.focal, report)
    workflow.reopen(report, REASON, by=world.reviewer, version=report.version)
    assert permissions.may_write(world.reviewer, report)


def test_who_recorded_it_takes_it_back_and_the_institution_does_not(world):
    report = world.recorded()
    assert not permissions.may_withdraw(world.focal, report)
    workflow.withdraw(report, by=world.reviewer, version=report.version)
    assert report.state == ReportState.DRAFT


def test_who_is_also_punto_focal_acts_as_the_secretaria_on_it(world):
    both = world.person("Inés Soto", Role.TECHNICAL, organ=world.reviewer.appointments.get().organ)
    world.appoint(both, Role.FOCAL_POINT, institution=world.x)
    report = world.recorded(by=both)
    assert report.latest_submission.acting_as == "Analista, Secretaría técnica"


# The institution's worklist


def test_the_institution_finds_it_apart_and_owes_it_no_more(world):
    report = world.recorded()
    tasks = worklist(world.focal)
    assert [task.report for task in tasks.recorded] == [report]
    assert (tasks.open_count, tasks.to_report, tasks.sent_or_done) == (0, [], [])


def test_a_record_of_a_closed_period_and_one_that_was_returned_stand_there_too(world):
    report = world.recorded()
    world.decided(world.claimed(report, by=world.reviewer2), "returned", by=world.reviewer2)
    world.close_period()
    tasks = worklist(world.focal)
    assert ([task.report for task in tasks.recorded], tasks.returned) == ([report], [])
    assert worklist(world.focal_y).recorded == []


def test_a_draft_of_a_closed_period_stands_apart_to_be_handed_over(world, closed):
    tasks = worklist(world.focal)
    assert ([task.report for task in tasks.stranded], tasks.drafts, tasks.open_count) == ([closed], [], 0)
    on_behalf.hand_over(closed, by=world.focal, version=closed.version)
    tasks = worklist(world.focal)
    assert ([task.report for task in tasks.recorded], tasks.stranded) == ([closed], [])


def test_what_was_taken_back_can_still_be_sent_after_the_closing_and_waits_among_the_drafts(world):
    report = world.withdrawn()
    world.close_period()
    tasks = worklist(world.focal)
    assert ([task.report for task in tasks.drafts], tasks.stranded) == ([report], [])


# Its files


def test_its_files_belong_to_the_institution_and_are_open_to_who_uploaded_them(world):
    report = begin(world)
    filing.file_upload(report, world.means, upload("lista.csv", b"mes;jornadas"), by=world.reviewer)
    file = StoredFile.objects.get()
    assert (file.owner, file.uploaded_by) == (world.x, world.reviewer)
    can_open = [StoredFile.objects.visible_to(u).exists() for u in (world.reviewer, world.focal, world.reviewer2)]
    assert can_open == [True, True, False]


def test_a_reserved_file_of_a_record_closes_to_who_uploaded_it_when_it_is_sent(world):
    report = begin(world)
    filing.file_upload(report, world.means, upload("lista.csv", b"mes;jornadas"), by=world.reviewer)
    filing.classify(StoredFile.objects.get(), "reserved", by=world.reviewer)
    assert StoredFile.objects.visible_to(world.reviewer).exists()
    world.recorded(report)
    assert not StoredFile.objects.visible_to(world.reviewer).exists()
    world.claimed(report, by=world.reviewer2)
    assert StoredFile.objects.visible_to(world.reviewer2).exists()


def test_files_of_the_institution_are_neither_offered_nor_taken(world):
    own = world.draft(period=world.new_period(ends_on=world.period.starts_on))
    filing.file_upload(own, world.means, upload("lista.csv", b"secreto;uno"), by=world.focal)
    report = begin(world)
    board = EvidenceBoard(report)
    assert (board.shelf, list(board.files), board.reusable(world.means)) == ([], [], [])
    filing.file_upload(report, world.means, upload("lista.csv", b"mes;jornadas"), by=world.reviewer)
    assert [file.name for file in EvidenceBoard(report).shelf] == ["lista.csv"]
