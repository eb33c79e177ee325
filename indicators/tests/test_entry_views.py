"""The page of a report: a draft keeps everything, a submit says everything that is missing."""

import re

import pytest
from django.urls import reverse

from indicators.models import ProgressReport, ReportedValue, Submission
from indicators.tests.filling import typed
from indicators.tests.world import enter, text_of
from plan.enums import Verb
from plan.models import AuditEntry


@pytest.fixture
def focal(world):
    return enter(world.focal)


def page_of(report, name="edit_report") -> str:
    return reverse(f"indicators:{name}", args=[report.pk])


def points_of(response) -> list[tuple[str, bool]]:
    return [(point.text, point.is_blocking) for point in response.context["points"]]


# Beginning


def open_path(world, **ids) -> str:
    ids = {"period_id": world.period.pk, "action_id": world.action.pk, "institution_id": world.x.pk} | ids
    return reverse("indicators:open_report", kwargs=ids)


def test_informar_begins_the_report_and_leads_to_its_page(world, focal):
    response = focal.post(open_path(world))
    report = ProgressReport.objects.get()
    assert response.url == page_of(report)
    assert (report.action, report.institution, report.period) == (world.action, world.x, world.period)
    assert (report.state, report.draft) == ("draft", {})
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.user, entry.object_id) == (Verb.CREATED, world.focal, str(report.pk))


def test_informar_again_finds_the_report_that_was_begun(world, focal):
    report = world.draft()
    assert enter(world.alternate).post(open_path(world)).url == page_of(report)
    assert ProgressReport.objects.get() == report
    assert not AuditEntry.objects.exists()


def test_nobody_begins_a_report_of_another_institution(world):
    assert enter(world.focal_y).post(open_path(world)).status_code == 404
    assert not ProgressReport.objects.exists()


def test_an_institution_begins_only_what_it_answers_for(world, focal):
    other = world.new_action("2.1.1", world.y)
    assert focal.post(open_path(world, action_id=other.pk)).status_code == 404
    assert not ProgressReport.objects.exists()


def test_nothing_begins_before_the_period_opens_nor_after_it_closed(world, focal):
    world.close_period()
    assert focal.post(open_path(world)).status_code == 404
    later = world.new_period(starts_on=world.period.ends_on, opens_on=world.period.due_on)
    assert focal.post(open_path(world, period_id=later.pk)).status_code == 404
    assert not ProgressReport.objects.exists()


def test_nothing_begins_of_an_action_that_an_acta_suppressed(world, focal):
    world.suppress(world.action)
    assert focal.post(open_path(world)).status_code == 404
    assert not ProgressReport.objects.exists()


def test_a_duty_renewed_by_a_second_acta_is_still_one_report(world, focal):
    world.duty(world.action, world.x, valid_from=world.period.starts_on)
    assert focal.post(open_path(world)).status_code == 302
    assert ProgressReport.objects.count() == 1


# Drafts


def test_a_new_page_knows_who_answers_and_stores_nothing(world, focal):
    report = world.draft()
    page = text_of(focal.get(page_of(report)))
    assert 'value="Marcela Rivas"' in page
    assert 'value="Analista"' in page
    report.refresh_from_db()
    assert (report.draft, report.version) == ({}, 1)


def test_a_draft_keeps_wrong_input_as_it_was_typed(world, focal):
    report = world.draft()
    wrong = typed(world, report, narrative="", **{f"i{world.indicator.pk}-value": "doce"})
    assert focal.post(page_of(report), wrong).url == page_of(report)
    report.refresh_from_db()
    assert report.draft[f"i{world.indicator.pk}-value"] == ["doce"]
    response = focal.get(page_of(report))
    assert 'value="doce"' in text_of(response)
    assert points_of(response) == [
        ("Valor: Escriba un número entero, sin letras ni decimales.", True),
        ("Ningún medio tiene evidencia: agregue al menos un archivo, enlace o certificación.", True),
        ("¿Qué se hizo, dónde y con quién?: Cuente en pocas líneas qué se hizo.", True),
    ]


def test_while_it_is_a_draft_only_what_is_wrong_is_told_at_its_field(world, focal):
    report = world.draft()
    focal.post(page_of(report), typed(world, report, narrative="", **{f"i{world.indicator.pk}-value": "-1"}))
    page = text_of(focal.get(page_of(report)))
    assert f'id="id_i{world.indicator.pk}-value_error"' in page
    assert 'id="id_narrative_error"' not in page


def test_only_the_log_out_is_called_salir(world, focal):
    page = text_of(focal.get(page_of(world.draft())))
    assert re.findall(r">([^<]*\b[Ss]alir\b[^<]*)<", page) == ["Salir"]
    assert re.findall(r">([^<]*[Vv]olver)<", page) == ["Volver", "Guardar y volver"]


def test_save_and_leave_goes_back_to_the_pending_work(world, focal):
    report = world.draft()
    assert focal.post(page_of(report), typed(world, report, after="leave")).url == f"/pendientes/?despues={report.pk}"
    assert ProgressReport.objects.get().draft["narrative"] == ["Se hicieron dos jornadas."]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; DROP TABLE plan_user; --", "ñandú 漢字 🦙", "a\x00b"]
)
def test_naughty_text_is_kept_and_shown_as_text(world, focal, text):
    report = world.draft()
    assert focal.post(page_of(report), typed(world, report, narrative=text)).status_code == 302
    response = focal.get(page_of(report))
    assert response.context["entry"].main["narrative"].value() == text.replace("\x00", "")
    assert "<script>alert" not in text_of(response)


# Submitting


def with_evidence(world) -> ProgressReport:
    report = world.draft()
    world.link(report)
    return report


def test_a_complete_report_is_sent_and_its_receipt_is_shown(world, focal):
    report = with_evidence(world)
    response = focal.post(page_of(report, "submit_report"), typed(world, report))
    submission = Submission.objects.get()
    assert response.url == reverse("indicators:receipt", args=[submission.pk])
    assert (submission.narrative, ReportedValue.objects.get().value) == ("Se hicieron dos jornadas.", 40)
    page = text_of(focal.get(response.url))
    assert f"R-2016-{report.pk:05d}-1" in page
    assert submission.content_hash in page
    assert "fuera de plazo" not in page


def test_a_submit_with_parts_missing_lists_every_point_with_a_link_to_it(world, focal):
    report = world.draft()
    empty = {"version": report.version, "answer": "progress"}
    response = focal.post(page_of(report, "submit_report"), empty)
    assert response.status_code == 422
    assert points_of(response) == [
        ("Valor: Falta el valor; si no hubo, escriba 0.", True),
        ("Ningún medio tiene evidencia: agregue al menos un archivo, enlace o certificación.", True),
        ("¿Qué se hizo, dónde y con quién?: Cuente en pocas líneas qué se hizo.", True),
        ("Nombre: Falta el nombre de quien responde por el reporte.", True),
        ("Cargo: Falta el cargo de quien responde por el reporte.", True),
    ]
    page = text_of(response)
    assert "Faltan 5 puntos" in page
    for point in response.context["points"]:
        assert f'<a href="#{point.anchor}">' in page
        assert re.search(rf'\bid="{point.anchor}"', page)


def test_a_submit_with_parts_missing_loses_nothing_typed_and_sends_nothing(world, focal):
    report = world.draft()
    response = focal.post(page_of(report, "submit_report"), typed(world, report, obstacles="Faltan relatores."))
    assert response.status_code == 422
    assert "Faltan relatores." in text_of(response)
    report.refresh_from_db()
    assert (report.state, report.draft["obstacles"]) == ("draft", ["Faltan relatores."])
    assert not Submission.objects.exists()
    again = typed(world, report, version=response.context["report"].version)
    world.link(report)
    assert focal.post(page_of(report, "submit_report"), again).status_code == 302


def test_a_run_is_kept_in_the_draft_as_it_was_typed_and_not_sent(world, focal):
    report = with_evidence(world)
    told = "Quite el RUN 12.345.678-5: lo que se informa puede publicarse y no lleva datos de personas."
    named = typed(world, report, narrative="Asistió Ana, 12.345.678-5.")
    assert focal.post(page_of(report), named).status_code == 302
    report.refresh_from_db()
    assert report.draft["narrative"] == ["Asistió Ana, 12.345.678-5."]
    response = focal.post(page_of(report, "submit_report"), {**named, "version": report.version})
    assert response.status_code == 422
    assert points_of(response) == [(f"¿Qué se hizo, dónde y con quién?: {told}", True)]
    page = text_of(response)
    assert "Asistió Ana, 12.345.678-5.</textarea>" in page
    assert told in page.partition('id="id_narrative_error"')[2]
    assert not Submission.objects.exists()


def test_many_missing_numbers_of_one_indicator_are_told_in_one_line(world, focal):
    for number in range(1, 6):
        world.region(str(number), f"Región {number}")
    grid = world.new_indicator(breakdown="region")
    report = with_evidence(world)
    response = focal.post(page_of(report, "submit_report"), typed(world, report))
    assert points_of(response) == [("1.1.1.I2: faltan 5 valores.", True)]
    assert response.context["points"][0].anchor.startswith(f"id_i{grid.pk}-r")


def test_a_medio_without_evidence_is_told_and_prevents_nothing_while_another_has_some(world, focal):
    world.new_means(world.action)
    report = with_evidence(world)
    focal.post(page_of(report), typed(world, report))
    assert points_of(focal.get(page_of(report))) == [("Medio 2 sin evidencia.", False)]
    report.refresh_from_db()
    assert focal.post(page_of(report, "submit_report"), typed(world, report)).status_code == 302


@pytest.mark.parametrize("answer", ["no_progress", "not_applicable"])
def test_without_progress_neither_figures_nor_evidence_are_asked(world, focal, answer):
    report = world.draft()
    told = typed(world, report, answer=answer, motive="budget", motive_text="No hubo fondos.", narrative="")
    told[f"i{world.indicator.pk}-value"] = "doce"
    response = focal.post(page_of(report, "submit_report"), told)
    assert response.status_code == 302
    sent = Submission.objects.get()
    assert (sent.answer, sent.motive, sent.motive_text) == (answer, "budget", "No hubo fondos.")
    assert not ReportedValue.objects.exists()
    assert sent.get_answer_display() in text_of(focal.get(response.url))


def test_after_the_due_date_a_report_is_taken_and_marked(world, focal):
    report = with_evidence(world)
    world.period.due_on = world.period.opens_on
    world.period.save()
    response = focal.post(page_of(report, "submit_report"), typed(world, report))
    assert Submission.objects.get().is_late
    assert "fuera de plazo" in text_of(focal.get(response.url))
    assert "fuera de plazo" in text_of(focal.get(page_of(report, "report")))


def test_an_extension_of_the_institution_keeps_its_report_in_time(world, focal):
    world.extend(world.x, world.period.due_on)
    world.extend(world.y, world.period.opens_on)
    report = with_evidence(world)
    world.period.due_on = world.period.opens_on
    world.period.save()
    focal.post(page_of(report, "submit_report"), typed(world, report))
    assert not Submission.objects.get().is_late


@pytest.mark.parametrize("name", ["edit_report", "submit_report"])
def test_a_closed_period_takes_neither_draft_nor_report(world, focal, name):
    report = with_evidence(world)
    world.close_period()
    response = focal.post(page_of(report, name), typed(world, report))
    assert response.url == page_of(report, "report")
    report.refresh_from_db()
    assert (report.draft, report.state) == ({}, "draft")
    assert not Submission.objects.exists()


def test_a_report_already_sent_is_not_sent_again(world, focal):
    report = with_evidence(world)
    told = typed(world, report)
    focal.post(page_of(report, "submit_report"), told)
    response = focal.post(page_of(report, "submit_report"), told, follow=True)
    assert response.redirect_chain[0][0] == page_of(report, "report")
    assert "Este reporte no se puede enviar: ya fue enviado, o el período está cerrado." in text_of(response)
    assert Submission.objects.count() == 1


def test_the_sender_takes_a_report_back_and_writes_on(world, focal):
    report = world.sent()
    response = focal.post(page_of(report, "withdraw_report"), {"version": report.version})
    assert response.url == page_of(report)
    assert ProgressReport.objects.get().state == "draft"


def test_a_report_in_review_is_not_taken_back(world, focal):
    report = world.claimed()
    response = focal.post(page_of(report, "withdraw_report"), {"version": report.version}, follow=True)
    told = "El envío ya no se puede retirar: la secretaría técnica comenzó a revisarlo."
    assert told in text_of(response)
    assert ProgressReport.objects.get().state == "submitted"


def test_a_returned_report_shows_what_to_correct(world, focal):
    report = world.returned()
    page = text_of(focal.get(page_of(report)))
    assert "La lista de asistencia no trae la fecha de la jornada." in page
    assert "Analista, Secretaría técnica" in page
