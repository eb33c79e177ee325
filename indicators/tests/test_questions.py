"""A question about a field, from the page of a report, and its answer in place."""

import pytest
from django.core import mail
from django.urls import reverse

from indicators import questions
from indicators.models import ProgressReport, Question
from indicators.questions import AlreadyAnsweredError
from indicators.tests.filling import typed
from indicators.tests.world import enter, text_of
from indicators.workflow import NotAllowedError
from plan.enums import Verb
from plan.models import AuditEntry

LIST = "/preguntas/"


@pytest.fixture
def report(world) -> ProgressReport:
    return world.draft()


def put(world, browser, report, **changes):
    about = {"q-anchor": f"means-{world.means.pk}", "q-text": "¿Sirve una lista firmada?"}
    path = reverse("indicators:ask", args=[report.pk])
    return browser.post(path, typed(world, report, **about | changes), follow=True)


@pytest.fixture
def question(world, report) -> Question:
    anchor = f"means-{world.means.pk}"
    return questions.ask(report, "¿Sirve una lista firmada?", anchor=anchor, by=world.focal)


def answer(browser, question, text="Sí, con fecha."):
    path = reverse("indicators:answer_question", args=[question.pk])
    return browser.post(path, {f"r{question.pk}-answer": text}, follow=True)


def test_a_question_keeps_what_was_typed_and_stands_on_the_page(world, report):
    page = text_of(put(world, enter(world.focal), report, narrative="Dos jornadas."))
    asked = Question.objects.get()
    assert (asked.report, asked.anchor, asked.asked_by) == (report, f"means-{world.means.pk}", world.focal)
    assert ProgressReport.objects.get().draft["narrative"] == ["Dos jornadas."]
    assert "¿Sirve una lista firmada?" in page
    assert "Espera respuesta." in page
    assert AuditEntry.objects.get(verb=Verb.ASKED).data == {"report": report.pk}


def test_the_answer_stands_where_the_question_was_put(world, report, question):
    answer(enter(world.reviewer), question)
    page = text_of(enter(world.alternate).get(reverse("indicators:edit_report", args=[report.pk])))
    assert "Sí, con fecha." in page
    question.refresh_from_db()
    assert (question.answered_by, question.is_answered) == (world.reviewer, True)
    assert AuditEntry.objects.get(verb=Verb.ANSWERED).data == {"report": report.pk}


def test_an_empty_question_is_told_and_loses_nothing(world, report):
    response = put(world, enter(world.focal), report, narrative="Dos jornadas.", **{"q-text": " "})
    assert response.status_code == 422
    page = text_of(response)
    assert "Escriba la pregunta." in page
    assert "Dos jornadas." in page
    assert not Question.objects.exists()


def test_a_question_is_about_something_of_the_report(world, report):
    foreign = world.new_means(world.new_action("2.1.1", world.y))
    response = put(world, enter(world.focal), report, **{"q-anchor": f"means-{foreign.pk}"})
    assert response.status_code == 422
    assert not Question.objects.exists()


def test_the_list_names_what_it_is_about_and_shows_nothing_of_the_draft(world, report):
    put(world, enter(world.focal), report, narrative="Secreto del borrador.")
    page = text_of(enter(world.reviewer).get(LIST))
    assert world.means.text in page
    assert "Dirección del Trabajo" in page
    assert "Secreto del borrador." not in page


def test_an_empty_answer_is_told_in_its_place(world, question):
    response = answer(enter(world.reviewer), question, " ")
    assert response.status_code == 422
    assert "Escriba la respuesta." in text_of(response)


def test_the_second_of_two_answers_is_told_and_changes_nothing(world, question):
    stale = Question.objects.get()
    questions.answer(question, "Sí, con fecha.", by=world.reviewer)
    with pytest.raises(AlreadyAnsweredError):
        questions.answer(stale, "No.", by=world.reviewer2)
    assert Question.objects.get().answer == "Sí, con fecha."
    page = text_of(answer(enter(world.reviewer2), stale, "No."))
    assert "Otra persona ya respondió esta pregunta. Su texto, por si todavía sirve: «No.»" in page


def test_only_the_institution_asks_and_only_the_secretaria_tecnica_answers(world, report, question):
    with pytest.raises(NotAllowedError):
        questions.ask(report, "¿Y yo?", anchor="", by=world.focal_y)
    with pytest.raises(NotAllowedError):
        questions.answer(question, "Sí.", by=world.focal)
    assert Question.objects.get().answer == ""


def test_a_report_already_sent_takes_no_question(world, report):
    world.sent(report)
    put(world, enter(world.focal), report)
    assert not Question.objects.exists()


@pytest.mark.parametrize("who", ["focal", "focal_y", "executive", "coordinator", "observer", "administrator"])
def test_the_list_is_the_secretaria_tecnicas(world, question, who):
    assert enter(getattr(world, who)).get(LIST).status_code == 404


def test_each_side_is_mailed_once_the_act_is_done(world, report, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        put(world, enter(world.focal), report)
    assert [message.to for message in mail.outbox] == [[world.reviewer.email], [world.reviewer2.email]]
    assert "http://127.0.0.1:8000/preguntas/" in mail.outbox[0].body
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer(enter(world.reviewer), Question.objects.get())
    assert [message.to for message in mail.outbox] == [[world.focal.email], [world.alternate.email]]
    assert f"http://127.0.0.1:8000/reportes/{report.pk}/editar/#preguntas" in mail.outbox[0].body
    assert "Sí, con fecha." in mail.outbox[0].body


@pytest.mark.parametrize(
    ("anchor", "words"), [("", "El reporte en general"), ("narrative", "Relato"), ("means-0", "El reporte en general")]
)
def test_a_question_about_no_row_says_what_it_is_about(world, report, anchor, words):
    assert questions.ask(report, "¿?", anchor=anchor, by=world.focal).subject == words
