"""What is gathered for a document: the approved words and evidence known at both dates, and nobody's name."""

from datetime import date, timedelta

import pytest

from indicators.enums import Answer, Motive, Move, Outcome, ReportState, ResponsibilityKind
from indicators.models import Observation, StruckEvidence, Transition
from indicators.queries import compliance
from plan.enums import AmendedObject, AmendmentDecision
from plan.models import Amendment, User
from reports.facts.gather import annual_facts, axis_facts
from reports.facts.redaction import without_personal_data
from reports.tests import papers, world
from reports.tests.world import CUT_OFF, noon

KNOWN_AT = noon(date(2017, 6, 30))
#: Of all the facts of an eje, whatever its history.
QUERIES = 84


@pytest.fixture
def told(db):
    """An action whose responsable told what it did in 2016, with a file; not yet decided."""
    plan = world.make_plan()
    action = world.make_action(plan)
    means = world.make_means(action)
    institution = world.make_institution("Dirección del Trabajo", "DT", plan)
    world.make_responsible(action, institution, world.make_agreement(plan, number=9))
    submission = papers.make_report(action, institution, world.make_period(plan), narrative="Se hicieron 14 jornadas.")
    papers.add_file(submission, means)
    return submission


def facts_of(submission, known_at=KNOWN_AT, cut_off=CUT_OFF):
    plan = submission.report.period.plan
    return axis_facts(plan, compliance(plan, cut_off, known_at), 1)


def only_action(submission, **dates):
    (action,) = facts_of(submission, **dates).actions
    return action


def test_an_approved_report_is_told_by_institution_with_its_evidence_by_number(told):
    papers.decide(told)
    action = only_action(told)
    (narrative,) = action.narratives
    assert (narrative.institution, narrative.parts) == (
        "Dirección del Trabajo",
        (("Qué se hizo", "Se hicieron 14 jornadas."),),
    )
    (line,) = action.evidence
    evidence = told.evidence_links.get().evidence
    assert (line.code, line.means, line.kind) == (f"E-{evidence.pk:05d}", "M1", "Archivo")
    assert (line.filed_on, line.classification, line.verdict) == (date(2016, 12, 20), "Reservada", "Acreditado")
    assert line.short_hash == evidence.file.short_hash


def test_what_waits_for_review_is_not_told(told):
    action = only_action(told)
    assert (action.narratives, action.evidence) == ((), ())


def test_what_was_returned_is_not_told(told):
    papers.decide(told, Outcome.RETURNED, reason="Falta la lista")
    assert only_action(told).narratives == ()


def test_a_decision_counts_from_the_moment_it_was_taken(told):
    decision = papers.decide(told)
    before, after = decision.decided_at - timedelta(seconds=1), decision.decided_at
    assert only_action(told, known_at=before).narratives == ()
    assert len(only_action(told, known_at=after).narratives) == 1


def test_a_period_that_ends_after_the_corte_is_not_told(told):
    papers.decide(told)
    assert only_action(told, cut_off=CUT_OFF - timedelta(days=1)).narratives == ()


def test_an_annulled_report_is_not_told(told):
    papers.decide(told)
    Transition.objects.create(
        report=told.report,
        move=Move.ANNUL,
        from_state=ReportState.APPROVED,
        to_state=ReportState.ANNULLED,
        by=papers.make_author(),
        acting_as="Secretaría técnica",
        at=noon(date(2017, 4, 1)),
        round=1,
        comment="Duplicado",
    )
    assert only_action(told).narratives == ()
    assert len(only_action(told, known_at=noon(date(2017, 3, 31))).narratives) == 1


def test_a_rectification_replaces_what_was_told_once_it_is_approved(told):
    papers.decide(told)
    rectified = papers.make_report(
        told.report.action,
        told.report.institution,
        told.report.period,
        submitted_at=noon(date(2017, 4, 1)),
        narrative="Fueron 12 jornadas.",
    )
    papers.decide(rectified, at=noon(date(2017, 4, 10)))
    (narrative,) = only_action(told).narratives
    assert narrative.parts == (("Qué se hizo", "Fueron 12 jornadas."),)


def test_the_newest_period_speaks_for_the_institution(told):
    papers.decide(told)
    earlier = world.make_period(told.report.period.plan, date(2015, 1, 1), date(2015, 12, 31))
    papers.decide(papers.make_report(told.report.action, told.report.institution, earlier, narrative="Diseño."))
    (narrative,) = only_action(told).narratives
    assert narrative.period == "Año 2016"


def test_evidence_that_the_reviewer_struck_out_is_not_listed(told):
    decision = papers.decide(told)
    evidence = told.evidence_links.get().evidence
    StruckEvidence.objects.create(decision=decision, evidence=evidence, reason="Es de otro período")
    assert only_action(told).evidence == ()


def test_an_oficio_is_listed_without_its_number_or_a_digest(told):
    reserved = world.make_means(told.report.action, "Diagnóstico", reserved=True)
    papers.add_attestation(told, reserved, number="77/2016")
    papers.decide(told)
    line = only_action(told).evidence[1]
    assert (line.kind, line.classification, line.short_hash) == ("Certificación por oficio", "Reservada", "")
    assert "77/2016" not in repr(line)


def test_no_answer_of_progress_is_told_with_its_motive(told):
    later = world.make_period(told.report.period.plan, date(2015, 1, 1), date(2015, 6, 30))
    other = world.make_institution("Policía de Investigaciones", "PDI", told.report.period.plan)
    words = {"answer": Answer.NO_PROGRESS, "motive": Motive.BUDGET, "motive_text": "Se ejecuta en 2017"}
    papers.decide(papers.make_report(told.report.action, other, later, **words))
    (narrative,) = only_action(told).narratives
    assert (narrative.answer, narrative.motive) == (
        "Sin avance en el período",
        "Falta de presupuesto: Se ejecuta en 2017",
    )


def test_observations_of_the_review_and_a_second_reviewer_are_told(told):
    decision = papers.decide(told, first_reviewer=User.objects.create_user("primera@ejemplo.cl", "Primera Revisora"))
    Observation.objects.create(decision=decision, anchor="narrative", kind="unsigned", text="Falta la firma")
    (narrative,) = only_action(told).narratives
    assert (narrative.observations, narrative.second_review) == (("Sin firma: Falta la firma",), True)


def test_responsables_and_colaboradoras_are_those_of_the_actas_known(told):
    plan, action = told.report.period.plan, told.report.action
    helper = world.make_institution("Policía de Investigaciones", "PDI", plan)
    late = world.make_agreement(plan, number=10, agreed_on=CUT_OFF + timedelta(days=1))
    world.make_responsible(action, helper, world.make_agreement(plan), ResponsibilityKind.COLLABORATOR)
    world.make_responsible(action, world.make_institution("SERNAM", "SERNAM", plan), late)
    facts = only_action(told)
    assert (facts.responsible, facts.collaborators) == (("DT",), ("PDI",))


def test_the_sheet_cites_the_actas_and_what_they_changed(told):
    acta = told.report.period.plan.agreements.get(number=9)
    Amendment.objects.create(
        agreement=acta,
        effective_on=date(2016, 1, 1),
        recorded_at=acta.recorded_at,
        object_kind=AmendedObject.ACTION,
        object_reference="1.1.1",
        decision=AmendmentDecision.MODIFY,
        old_text="Capacitar a funcionarios",
        new_text="Capacitar a funcionarias y funcionarios",
    )
    sheet = facts_of(told).plan
    assert [line.reference for line in sheet.agreements] == ["Acta N.º\u00a09"]
    assert [(line.decision, line.reference) for line in sheet.amendments] == [("Modificar", "1.1.1")]


def test_what_was_entered_under_an_acta_later_was_not_known_before(told):
    acta, entered = told.report.period.plan.agreements.get(number=9), noon(date(2017, 5, 1))
    late = world.make_responsible(told.report.action, world.make_institution("SERNAM", "SERNAM"), acta)
    type(late).objects.filter(pk=late.pk).update(recorded_at=entered)
    assert only_action(told, known_at=entered - timedelta(seconds=1)).responsible == ("DT",)
    assert only_action(told, known_at=entered).responsible == ("DT", "SERNAM")


def test_the_duty_to_report_is_told_per_institution_in_the_order_of_the_plan(told):
    silent = world.make_institution("Policía de Investigaciones", "PDI", told.report.period.plan)
    world.make_responsible(told.report.action, silent, told.report.period.plan.agreements.get(number=9))
    papers.decide(told)
    duties = facts_of(told).duties
    assert [(duty.name, duty.coverage.owed, duty.coverage.made, duty.coverage.validated) for duty in duties] == [
        ("Dirección del Trabajo", 1, 1, 1),
        ("Policía de Investigaciones", 1, 0, 0),
    ]


def test_the_facts_hold_no_name_of_a_file_or_a_person(told):
    papers.decide(told)
    everything = repr(facts_of(told))
    assert "Dirección del Trabajo" in everything
    for canary in (papers.FILE_NAME, papers.PERSON_NAME, papers.PERSON_EMAIL):
        assert canary not in everything


def test_a_run_and_an_address_written_into_the_narrative_are_left_out(told):
    later = papers.make_report(
        told.report.action,
        told.report.institution,
        told.report.period,
        submitted_at=noon(date(2017, 1, 20)),
        narrative=f"Asistió {papers.PERSON_RUN}, {papers.PERSON_EMAIL}.",
    )
    papers.decide(later)
    (narrative,) = only_action(told).narratives
    assert narrative.parts == (("Qué se hizo", "Asistió [RUN omitido], [correo omitido]."),)


def test_a_number_that_is_no_run_stays():
    assert without_personal_data("Oficio 12.345.678-9 y 1.010 personas") == "Oficio 12.345.678-9 y 1.010 personas"


def test_the_annual_facts_hold_every_eje(told):
    plan = told.report.period.plan
    world.make_action(plan, "2.1.1")
    facts = annual_facts(plan, compliance(plan, CUT_OFF, KNOWN_AT), 2016)
    assert [action.result.code for action in facts.actions] == ["1.1.1", "2.1.1"]
    assert [action.result.code for action in facts.actions_of(facts.result.axis(2))] == ["2.1.1"]


def test_the_number_of_queries_does_not_grow_with_reports_and_evidence(told, django_assert_num_queries):
    plan = told.report.period.plan
    papers.decide(told)
    result = compliance(plan, CUT_OFF, KNOWN_AT)
    with django_assert_num_queries(QUERIES):
        axis_facts(plan, result, 1)
    for name in ("PDI", "SERNAM", "SENAME"):
        institution = world.make_institution(name, plan=plan)
        more = papers.make_report(told.report.action, institution, told.report.period)
        papers.add_file(more, told.report.action.means.get())
        papers.decide(more)
    with django_assert_num_queries(QUERIES):
        axis_facts(plan, result, 1)
