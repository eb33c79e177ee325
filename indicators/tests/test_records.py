"""Carga histórica in the pages: what is missing, the form with its oficio, the marks, and what the figures say."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from indicators.calculations.terms import Mark
from indicators.enums import ReportState, ResponsibilityKind
from indicators.models import ProgressReport, Submission
from indicators.queries import compliance
from indicators.tests.filling import typed
from indicators.tests.world import enter, text_of
from plan.models import Notice

LIST = "/encargo/"
SOURCE = {"source_document": "Oficio N.º 312", "source_date": "2017-01-20"}


@pytest.fixture
def world(world):
    """The period is history: due in January 2017, and closed."""
    world.period.opens_on, world.period.due_on = date(2017, 1, 2), date(2017, 1, 31)
    world.close_period()
    return world


@pytest.fixture
def desk(world):
    return enter(world.reviewer)


def begin_path(world, **ids) -> str:
    ids = {"period_id": world.period.pk, "action_id": world.action.pk, "institution_id": world.x.pk} | ids
    return reverse("indicators:begin_record", kwargs=ids)


def page_of(report, name="edit_report") -> str:
    return reverse(f"indicators:{name}", args=[report.pk])


def listed(response) -> list[tuple[str, str, str]]:
    return [(row.action.code, row.institution.short_name, row.period.name) for row in response.context["page"]]


@pytest.fixture
def record(world, desk):
    """A record in preparation, with evidence."""
    desk.post(begin_path(world))
    report = ProgressReport.objects.get()
    world.link(report, by=world.reviewer)
    return report


# What is missing


def test_every_action_of_a_closed_period_of_which_nothing_came_is_listed_until_it_is_recorded(world, desk):
    response = desk.get(LIST)
    assert listed(response) == [("1.1.1", "DT", world.period.name)]
    desk.post(begin_path(world))
    response = desk.get(LIST)
    assert listed(response) == []
    assert [report.action for report in response.context["desk"].drafts] == [world.action]


@pytest.mark.parametrize("state", [state for state in ReportState if state != ReportState.DRAFT])
def test_what_came_is_not_listed_whatever_became_of_it(world, desk, state):
    world.draft(state=state)
    assert listed(desk.get(LIST)) == []


def test_an_open_period_is_listed_where_it_is_chosen(world, desk):
    opened = world.new_period(starts_on=date(2017, 1, 1), ends_on=date(2017, 6, 30))
    later = world.new_period(
        starts_on=date(2018, 1, 1), ends_on=date(2018, 6, 30), opens_on=timezone.localdate() + timedelta(1)
    )
    assert len(listed(desk.get(LIST))) == 1
    assert listed(desk.get(LIST, {"periodo": opened.pk})) == [("1.1.1", "DT", opened.name)]
    assert desk.get(LIST, {"periodo": later.pk}).context["form"].errors


def test_the_list_is_narrowed_by_institution_period_and_eje(world, desk):
    world.new_action("2.1.1", world.y)
    assert [code for code, _, _ in listed(desk.get(LIST, {"institucion": world.y.pk}))] == ["2.1.1"]
    assert [code for code, _, _ in listed(desk.get(LIST, {"eje": 1}))] == ["1.1.1"]
    assert listed(desk.get(LIST, {"eje": 1, "institucion": world.y.pk})) == []
    assert len(listed(desk.get(LIST, {"periodo": world.period.pk}))) == 2


def test_colaboradoras_are_listed_where_they_are_asked_for(world, desk):
    world.duty(world.action, world.y, kind=ResponsibilityKind.COLLABORATOR)
    assert len(listed(desk.get(LIST))) == 1
    assert len(listed(desk.get(LIST, {"colaboradoras": "on"}))) == 2


@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, "1\x00", "ñ"])
@pytest.mark.parametrize("name", ["institucion", "periodo", "eje"])
def test_a_filter_that_cannot_be_is_told_at_its_field(desk, name, value):
    response = desk.get(LIST, {name: value})
    assert response.status_code == 200
    assert "Elija una opción de la lista." in text_of(response)


def test_an_institutions_own_draft_is_not_offered_but_told(world, desk):
    world.draft(draft={"narrative": ["Se hizo."]})
    page = text_of(desk.get(LIST))
    assert "La institución dejó un borrador" in page
    assert "Se hizo." not in page
    response = desk.post(begin_path(world), follow=True)
    assert "La institución tiene un reporte propio" in text_of(response)
    assert not ProgressReport.objects.filter(is_on_behalf=True).exists()


def test_many_missing_are_shown_by_pages(world, desk):
    for number in range(2, 60):
        world.new_action(f"1.1.{number}", world.x)
    assert len(listed(desk.get(LIST))) == 50
    assert len(listed(desk.get(LIST, {"page": "2"}))) == 9
    assert len(listed(desk.get(LIST, {"page": "nada"}))) == 50


@pytest.mark.parametrize("amount", ["one", "many"])
def test_the_list_takes_at_most_15_queries(world, desk, amount, django_assert_max_num_queries):
    if amount == "many":
        for number in range(2, 30):
            action = world.new_action(f"1.1.{number}", world.x)
            world.duty(action, world.y)
            world.draft(action=action, is_on_behalf=True, saved_by=world.reviewer, saved_at=timezone.now())
    desk.get(LIST)
    with django_assert_max_num_queries(15):
        desk.get(LIST)


# Beginning


def test_a_click_begins_the_record_and_leads_to_the_form_of_the_punto_focal(world, desk):
    response = desk.post(begin_path(world), follow=True)
    report = ProgressReport.objects.get()
    assert response.redirect_chain[-1][0] == page_of(report)
    page = text_of(response)
    assert "Oficio de origen" in page
    assert "¿Qué se hizo, dónde y con quién?" in page
    assert "Paula Núñez" not in response.context["entry"].main.initial.values()
    assert "Preguntar a la secretaría técnica" not in page


@pytest.mark.parametrize("wrong", ["institution", "action", "period", "suppressed"])
def test_only_duties_that_were_in_force_are_recorded(world, desk, wrong):
    ids = {
        "institution": {"institution_id": world.y.pk},
        "action": {"action_id": 0},
        "period": {"period_id": 0},
    }
    if wrong == "suppressed":
        world.suppress(world.action)
    assert desk.post(begin_path(world, **ids.get(wrong, {}))).status_code == 404
    assert not ProgressReport.objects.exists()


# Writing and sending


def test_sent_it_goes_to_review_and_the_next_one_is_offered(world, desk, record):
    world.new_action("1.1.2", world.x)
    world.new_action("1.1.3", world.y)
    response = desk.post(page_of(record, "submit_report"), typed(world, record, **SOURCE), follow=True)
    sent = Submission.objects.get()
    assert (sent.on_behalf, sent.source_document, sent.source_date) == (True, "Oficio N.º 312", date(2017, 1, 20))
    assert (sent.submitted_by, sent.report.state) == (world.reviewer, "submitted")
    page = text_of(response)
    assert f"Comprobante {sent.receipt}" in page
    assert response.context["next_row"].action.code == "1.1.2"
    assert listed(response) == [("1.1.2", "DT", world.period.name)]


def test_the_next_one_of_the_same_oficio_knows_it_already(world, desk, record):
    desk.post(page_of(record, "submit_report"), typed(world, record, **SOURCE))
    action = world.new_action("1.1.2", world.x)
    page = text_of(desk.post(begin_path(world, action_id=action.pk), follow=True))
    assert 'value="Oficio N.º 312"' in page
    assert 'value="2017-01-20"' in page
    assert 'value="Rosa Díaz"' in page


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"source_document": ""}, "Falta el oficio de origen."),
        ({"source_document": "ñ" * 151}, "150"),
        ({"source_document": "a\x00b"}, "nulos"),
        ({"source_date": ""}, "Falta la fecha del oficio."),
        ({"source_date": "31-02-2017"}, "Escriba la fecha como dd-mm-aaaa."),
        ({"source_date": "9999-12-31"}, "La fecha todavía no llega."),
        ({"source_date": "2016-06-30"}, "El período comienza el 01-07-2016: el oficio es posterior."),
    ],
)
def test_without_a_right_oficio_nothing_is_sent_and_nothing_typed_is_lost(world, desk, record, wrong, message):
    response = desk.post(page_of(record, "submit_report"), typed(world, record, **SOURCE | wrong))
    assert response.status_code == 422
    page = text_of(response)
    assert message in page
    assert "Se hicieron dos jornadas." in page
    record.refresh_from_db()
    assert (record.state, record.draft["narrative"]) == ("draft", ["Se hicieron dos jornadas."])


def test_an_institution_cannot_say_that_its_report_came_by_oficio(world):
    period = world.new_period(starts_on=date(2017, 1, 1), ends_on=date(2017, 6, 30))
    report = world.draft(period=period)
    world.link(report)
    smuggled = {**SOURCE, "on_behalf": "on", "is_on_behalf": "on"}
    enter(world.focal).post(page_of(report, "submit_report"), typed(world, report, **smuggled))
    sent = Submission.objects.get()
    assert (sent.on_behalf, sent.source_document, sent.source_date) == (False, "", None)


def test_saved_and_left_the_list_is_back(world, desk, record):
    response = desk.post(page_of(record), typed(world, record, after="leave"))
    assert response.url.startswith(LIST)
    record.refresh_from_db()
    assert record.saved_by == world.reviewer


def test_the_institution_is_led_to_read_and_writes_nothing(world, record):
    focal = enter(world.focal)
    assert focal.get(page_of(record)).url == page_of(record, "report")
    assert focal.post(page_of(record), typed(world, record, **SOURCE)).url == page_of(record, "report")
    page = text_of(focal.get(page_of(record, "report")))
    assert "Registro en preparación" in page
    record.refresh_from_db()
    assert record.draft == {}


def test_discarded_it_is_the_institutions_again(world, desk):
    desk.post(begin_path(world))
    report = ProgressReport.objects.get()
    assert "Descartar este registro" in text_of(desk.get(page_of(report)))
    response = desk.post(page_of(report, "release_record"), {"version": report.version}, follow=True)
    assert "vuelve a ser de la institución" in text_of(response)
    assert listed(response) == [("1.1.1", "DT", world.period.name)]


def test_an_institution_hands_its_stranded_draft_over(world, desk):
    report = world.draft(draft={"narrative": ["Se hizo."]})
    focal = enter(world.focal)
    assert page_of(report, "report") in text_of(focal.get("/pendientes/"))
    assert "Entregar a la secretaría técnica" in text_of(focal.get(page_of(report, "report")))
    response = focal.post(page_of(report, "hand_over"), {"version": report.version}, follow=True)
    assert "Entregó el borrador" in text_of(response)
    assert "Se hizo." in text_of(desk.get(page_of(report)))


def test_a_report_that_can_still_be_sent_is_not_handed_over(world):
    period = world.new_period(starts_on=date(2017, 1, 1), ends_on=date(2017, 6, 30))
    report, focal = world.draft(period=period), enter(world.focal)
    assert "Entregar a la secretaría técnica" not in text_of(focal.get(page_of(report, "report")))
    response = focal.post(page_of(report, "hand_over"), {"version": report.version}, follow=True)
    assert "todavía lo puede enviar la institución" in text_of(response)


# Where it shows

MARK = "registrado por encargo</b> por la secretaría técnica, Oficio N.º\u00a0312 del"


def test_it_is_marked_wherever_it_is_read(world):
    report = world.recorded()
    second = enter(world.reviewer2)
    for path in (page_of(report, "review"), page_of(report, "report")):
        assert MARK in text_of(second.get(path)), path
    assert "Por encargo" in text_of(second.get(reverse("indicators:review_queue")))
    receipt = reverse("indicators:receipt", args=[report.latest_submission.pk])
    assert MARK in text_of(enter(world.focal).get(receipt))


def test_a_report_of_the_institution_itself_bears_no_mark(world):
    period = world.new_period(starts_on=date(2017, 1, 1), ends_on=date(2017, 6, 30))
    report = world.sent(world.draft(period=period))
    for path in (reverse("indicators:review_queue"), page_of(report, "review"), page_of(report, "report")):
        assert "encargo" not in text_of(enter(world.reviewer2).get(path)), path


def test_the_institution_reads_it_in_its_own_list(world):
    report = world.recorded()
    page = text_of(enter(world.focal).get("/pendientes/"))
    assert "Registrado por encargo por la secretaría técnica" in page
    assert "Oficio N.º\u00a0312 del 20-01-2017" in page
    assert page_of(report) not in page


def test_the_receipt_in_the_inbox_says_who_entered_it(world, desk, record, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page_of(record, "submit_report"), typed(world, record, **SOURCE))
    assert {notice.recipient for notice in Notice.objects.all()} == {world.focal, world.alternate}
    told = "La secretaría técnica registró por encargo de Dirección del Trabajo lo que informó por Oficio N.º 312"
    assert told in Notice.objects.filter(recipient=world.focal).get().text
    assert mail.outbox == []


def test_approved_its_figure_counts_and_is_reconstructed(world):
    report = world.recorded()
    world.decided(world.claimed(report, by=world.reviewer2), "approved", by=world.reviewer2)
    result = compliance(world.plan, date(2016, 12, 31))
    (indicator,) = [i for action in result.iter_actions() for i in action.indicators]
    assert indicator.verified.value == 40
    assert Mark.RECONSTRUCTED in indicator.marks
    (duty,) = [duty for action in result.iter_actions() for duty in action.duties]
    assert duty.is_on_time


def test_the_ficha_cites_the_oficio_and_says_that_the_figure_is_reconstructed(world, desk):
    world.decided(world.claimed(world.recorded(), by=world.reviewer2), "approved", by=world.reviewer2)
    page = text_of(desk.get("/plan/acciones/1.1.1/", {"corte": "2016-12-31"}))
    assert "Reconstruido" in page
    assert "Oficio N.º\u00a0312" in page


def test_before_it_was_entered_the_figures_did_not_know_it(world):
    world.decided(world.claimed(world.recorded(), by=world.reviewer2), "approved", by=world.reviewer2)
    result = compliance(world.plan, date(2016, 12, 31), timezone.now() - timedelta(days=1))
    (indicator,) = [i for action in result.iter_actions() for i in action.indicators]
    assert indicator.verified.value is None
