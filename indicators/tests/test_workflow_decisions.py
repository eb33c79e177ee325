"""What a submit freezes and what a decision fixes."""

from dataclasses import replace

import pytest

from indicators import filing, workflow
from indicators.content import IndicatorFigures, Remark, RowFigures, ValidatedFigures, ValidatedRowFigures
from indicators.enums import Answer, ObservationKind, Outcome, ReportState, Verdict
from indicators.models import (
    Decision,
    MeansVerdict,
    Observation,
    ProgressReport,
    ReportedValue,
    Submission,
    ValidatedRow,
    ValidatedValue,
)
from indicators.tests.world import REASON
from plan.enums import Verb
from plan.models import AuditEntry


def decide(world, report, **changes):
    submission = report.latest_submission
    resolution = world.resolution(submission, **changes)
    return workflow.decide(submission, resolution, by=world.reviewer, version=report.version)


# Submitting


def test_a_submission_copies_what_the_report_says(world):
    world.sent(results="Conocen el protocolo.", obstacles="Rotación.", measures="Inducción.", support="Relatores.")
    sent = Submission.objects.get()
    assert (sent.number, sent.submitted_by, sent.acting_as) == (1, world.focal, "Analista, Dirección del Trabajo")
    assert (sent.answer, sent.responder_name, sent.responder_position) == (
        Answer.PROGRESS,
        "Rosa Díaz",
        "Jefa de división",
    )
    texts = (sent.narrative, sent.results, sent.obstacles, sent.measures, sent.support)
    assert texts == ("Se hicieron dos jornadas.", "Conocen el protocolo.", "Rotación.", "Inducción.", "Relatores.")


def test_a_submission_copies_figures_with_their_rows(world):
    north = world.region("XV", "Arica y Parinacota")
    rows = (RowFigures(region_id=north.pk, value=7),)
    world.sent(figures=(IndicatorFigures(world.indicator.pk, value=7, rows=rows),))
    value = ReportedValue.objects.get()
    assert (value.indicator, value.value) == (world.indicator, 7)
    assert [(row.region, row.value) for row in value.rows.all()] == [(north, 7)]


def test_a_submission_carries_the_evidence_of_the_draft_and_no_more(world):
    report = world.draft()
    removed, kept = world.link(report), world.link(report, page="anexo")
    filing.remove(removed, by=world.focal)
    world.sent(report)
    assert [link.evidence for link in Submission.objects.get().evidence_links.all()] == [kept]


def test_the_digest_is_of_the_content_and_of_what_proves_it(world):
    report = world.draft()
    evidence = [world.link(report)]
    digests = {
        world.content().digest([]),
        world.content().digest(evidence),
        world.content(narrative="Otra cosa.").digest(evidence),
        world.content(figures=(IndicatorFigures(world.indicator.pk, value=41),)).digest(evidence),
    }
    assert len(digests) == 4
    world.sent(report)
    assert Submission.objects.get().content_hash == world.content().digest(evidence)


def test_a_report_without_progress_keeps_its_motive_and_no_figures(world):
    world.sent(answer=Answer.NO_PROGRESS, motive="budget", motive_text="No hubo fondos.", narrative="", figures=())
    sent = Submission.objects.get()
    assert (sent.answer, sent.motive, sent.motive_text) == ("no_progress", "budget", "No hubo fondos.")
    assert not ReportedValue.objects.exists()


# Deciding


def test_a_decision_says_who_what_and_on_which_version_of_the_evidence(world):
    world.approved()
    decision, submission = Decision.objects.get(), Submission.objects.get()
    assert (decision.submission, decision.outcome, decision.reason) == (submission, Outcome.APPROVED, "")
    assert (decision.reviewer, decision.acting_as) == (world.reviewer, "Analista, Secretaría técnica")
    assert (decision.submitted_by, decision.seen_hash) == (world.focal, submission.content_hash)
    assert (MeansVerdict.objects.get().means, MeansVerdict.objects.get().verdict) == (world.means, "accredited")


def test_a_decided_report_is_in_nobodys_hands(world):
    assert world.approved().assigned_to is None


def test_an_annulled_report_is_in_nobodys_hands(world):
    report = world.claimed()
    workflow.annul(report, REASON, by=world.reviewer2, version=report.version)
    assert ProgressReport.objects.get().assigned_to is None


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_returned_without_saying_what_to_correct(world, reason):
    report = world.claimed()
    with pytest.raises(workflow.NotAllowedError) as refused:
        decide(world, report, outcome=Outcome.RETURNED, reason=reason)
    assert refused.value.message == "Escriba qué debe corregir la institución."
    assert not Decision.objects.exists()
    assert ProgressReport.objects.get().state == ReportState.SUBMITTED


@pytest.mark.parametrize("reason", ["", "   "])
@pytest.mark.parametrize("act", [workflow.reopen, workflow.annul])
def test_nothing_is_reopened_or_annulled_without_a_reason(world, act, reason):
    report = world.approved()
    with pytest.raises(workflow.NotAllowedError) as refused:
        act(report, reason, by=world.reviewer, version=report.version)
    assert refused.value.message == "Escriba el motivo."
    assert ProgressReport.objects.get().state == ReportState.APPROVED


def test_nothing_is_approved_with_a_medio_unjudged(world):
    world.new_means(world.action)
    report = world.claimed()
    with pytest.raises(workflow.WorkflowError) as refused:
        decide(world, report, verdicts={world.means.pk: Verdict.ACCREDITED})
    assert refused.value.message == "Falta el veredicto de algún medio de verificación."
    assert not Decision.objects.exists()


def test_a_return_may_leave_medios_unjudged(world):
    decide(world, world.claimed(), outcome=Outcome.RETURNED, reason=REASON, verdicts={})
    assert Decision.objects.get().outcome == Outcome.RETURNED


def test_without_progress_there_is_no_medio_to_judge(world):
    content = {"answer": Answer.NO_PROGRESS, "motive": "budget", "motive_text": "Sin fondos.", "figures": ()}
    decide(world, world.claimed(world.sent(**content)), verdicts={})
    assert Decision.objects.get().outcome == Outcome.APPROVED


def test_a_figure_is_validated_as_reported_unless_changed(world):
    world.approved()
    validated = ValidatedValue.objects.get()
    assert (validated.reported_value, validated.value, validated.reason) == (ReportedValue.objects.get(), 40, "")


def test_a_changed_figure_stands_beside_the_reported_one_with_its_reason(world):
    report = world.claimed()
    changed = ValidatedFigures(ReportedValue.objects.get(), {"value": 38}, "Dos firmas repetidas.")
    decide(world, report, values=(changed,))
    validated = ValidatedValue.objects.get()
    assert (validated.value, validated.reason) == (38, "Dos firmas repetidas.")
    assert ReportedValue.objects.get().value == 40


def test_validated_rows_stand_beside_the_reported_ones(world):
    north = world.region("XV", "Arica y Parinacota")
    rows = (RowFigures(region_id=north.pk, value=40),)
    report = world.claimed(world.sent(figures=(IndicatorFigures(world.indicator.pk, value=40, rows=rows),)))
    reported = ReportedValue.objects.get()
    row = ValidatedRowFigures(reported.rows.get(), {"value": 39}, "Una repetida.")
    decide(world, report, values=(ValidatedFigures(reported, {"value": 39}, "Una repetida.", (row,)),))
    assert [(r.row.region, r.value, r.reason) for r in ValidatedRow.objects.all()] == [(north, 39, "Una repetida.")]


def test_struck_evidence_and_remarks_are_kept_with_the_decision(world):
    report = world.draft()
    evidence = world.link(report)
    remark = Remark(ObservationKind.UNSIGNED, "Falta la firma.", f"means-{world.means.pk}")
    decide(world, world.claimed(world.sent(report)), struck={evidence.pk: "Sin firma"}, remarks=(remark,))
    struck, observation = Decision.objects.get().struck.get(), Observation.objects.get()
    assert (struck.evidence, struck.reason) == (evidence, "Sin firma")
    assert (observation.kind, observation.text, observation.anchor) == (
        "unsigned",
        "Falta la firma.",
        f"means-{world.means.pk}",
    )


# After the decision


def test_reopening_keeps_the_approved_decision(world):
    report = world.rectifying()
    decision = Decision.objects.get()
    assert (decision.outcome, decision.values.get().value) == (Outcome.APPROVED, 40)
    world.claimed(world.sent(report, figures=(IndicatorFigures(world.indicator.pk, value=30),)))
    assert list(Decision.objects.all()) == [decision]
    world.approved(report)
    assert [d.values.get().value for d in Decision.objects.order_by("pk")] == [40, 30]


def test_taking_in_review_and_taking_over_are_logged_and_are_no_moves(world):
    report = world.claimed(world.claimed(), by=world.reviewer2)
    assert report.assigned_to == world.reviewer2
    assert report.transitions.count() == 1
    entries = AuditEntry.objects.filter(verb=Verb.ASSIGNED).order_by("pk")
    assert [entry.user for entry in entries] == [world.reviewer, world.reviewer2]


def test_a_draft_keeps_what_was_typed_and_by_whom(world):
    report = world.draft()
    workflow.save_draft(report, {"narrative": ["A medias"]}, by=world.alternate, version=1, address="10.1.2.3")
    assert (report.draft, report.saved_by, report.version) == ({"narrative": ["A medias"]}, world.alternate, 2)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.user, entry.address, entry.data) == (
        Verb.SAVED_DRAFT,
        world.alternate,
        "10.1.2.3",
        {"version": 2},
    )


def test_a_failure_half_way_stores_nothing(world, monkeypatch):
    report = world.draft()
    monkeypatch.setattr(workflow.audit, "record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        world.sent(report)
    assert not Submission.objects.exists()
    assert ProgressReport.objects.get().state == ReportState.DRAFT


def test_an_unknown_verdict_stores_nothing(world):
    report = world.claimed()
    resolution = replace(world.resolution(report.latest_submission), verdicts={world.means.pk: "perhaps"})
    with pytest.raises(ValueError, match="perhaps"):
        workflow.decide(report.latest_submission, resolution, by=world.reviewer, version=report.version)
    assert not Decision.objects.exists()
