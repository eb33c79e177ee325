"""The home of a punto focal: what comes next, who is writing, and one answer for several actions."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import workflow
from indicators.enums import ReportState
from indicators.models import ProgressReport, Submission
from indicators.models.progress import EDITING_WINDOW
from indicators.tests.filling import typed
from indicators.tests.world import enter, text_of
from indicators.worklist import worklist
from plan.models import AuditEntry

HOME = "/pendientes/"
SEVERAL = "/pendientes/responder/"


@pytest.fixture
def focal(world):
    return enter(world.focal)


# What comes next


def test_a_returned_report_comes_before_everything_else(world):
    world.new_action("1.1.2", world.x)
    report = world.returned()
    assert worklist(world.focal).next_task().report == report


def test_then_what_falls_due_first_begun_or_not(world):
    later = world.new_period(due_on=timezone.localdate() + timedelta(20), ends_on=world.period.starts_on)
    world.draft(period=later)
    task = worklist(world.focal).next_task()
    assert (task.action, task.period, task.report) == (world.action, world.period, None)


def test_the_report_just_left_is_not_offered_again(world, focal):
    report = world.draft()
    other = world.new_action("1.1.2", world.x)
    response = focal.post(
        reverse("indicators:edit_report", args=[report.pk]), typed(world, report, after="leave"), follow=True
    )
    assert response.redirect_chain[-1][0] == f"{HOME}?despues={report.pk}"
    assert response.context["next_task"].action == other


def test_with_nothing_open_nothing_is_offered(world, focal):
    world.sent()
    response = focal.get(HOME)
    assert response.context["next_task"] is None
    assert "Lo siguiente" not in text_of(response)


def test_the_receipt_offers_the_next_one_to_the_institution_only(world, focal):
    world.new_action("1.1.2", world.x)
    submission = world.claimed().latest_submission
    path = reverse("indicators:receipt", args=[submission.pk])
    assert "Lo siguiente" in text_of(focal.get(path))
    assert "Lo siguiente" not in text_of(enter(world.reviewer).get(path))


@pytest.mark.parametrize("strange", ["", "x", "-1", "9" * 30])
def test_a_strange_address_still_shows_the_home(world, focal, strange):
    assert focal.get(HOME, {"despues": strange}).status_code == 200


def test_a_closed_period_says_why_nothing_can_be_reported(world, focal):
    world.close_period()
    page = text_of(focal.get(HOME))
    assert f"{world.period.name} se cerró el {timezone.localdate():%d-%m-%Y}" in page
    assert "sin informe" in page


# Who is writing


def save_as(world, report, person) -> None:
    workflow.save_draft(report, {"narrative": ["Algo"]}, by=person, version=report.version)


def test_while_one_person_writes_the_other_sees_it_on_the_list_and_on_the_form(world, focal):
    report = world.draft()
    save_as(world, report, world.alternate)
    assert report.being_edited_by(world.focal) == world.alternate
    assert "Lo está escribiendo Andrés Leiva" in text_of(focal.get(HOME))
    assert "Andrés Leiva está escribiendo este reporte" in text_of(
        focal.get(reverse("indicators:edit_report", args=[report.pk]))
    )


def test_nobody_is_shown_to_be_writing_to_themselves_or_long_after_or_once_it_is_sent(world):
    report = world.draft()
    save_as(world, report, world.alternate)
    assert report.being_edited_by(world.alternate) is None
    report.saved_at -= EDITING_WINDOW
    assert report.being_edited_by(world.focal) is None
    report.refresh_from_db()
    world.sent(report)
    assert report.being_edited_by(world.focal) is None


# Several at once


@pytest.fixture
def other(world):
    return world.new_action("1.1.2", world.x)


def key_of(world, action) -> str:
    return f"{world.period.pk}-{action.pk}-{world.x.pk}"


def answer(world, browser, *actions, **changes):
    told = {
        "tasks": [key_of(world, action) for action in actions],
        "answer": "no_progress",
        "motive": "budget",
        "motive_text": "No hubo fondos.",
        "responder_name": "Rosa Díaz",
        "responder_position": "Jefa",
        **changes,
    }
    return browser.post(SEVERAL, told, follow=True)


def test_one_answer_is_sent_for_every_marked_action_each_with_its_receipt(world, focal, other):
    page = text_of(answer(world, focal, world.action, other))
    sent = list(Submission.objects.order_by("pk"))
    assert [submission.report.action for submission in sent] == [world.action, other]
    assert {(s.answer, s.motive, s.motive_text, s.responder_name) for s in sent} == {
        ("no_progress", "budget", "No hubo fondos.", "Rosa Díaz")
    }
    assert all(submission.receipt in page for submission in sent)


def test_the_page_comes_back_at_its_head_where_the_answer_is_told_or_else_at_the_first_error(world, focal, other):
    assert f'action="{SEVERAL}"' in text_of(focal.get(reverse("indicators:pending")))
    wrong = text_of(answer(world, focal, other, motive="", motive_text=""))
    assert re.findall(r'name="(\w+)"[^>]* autofocus', wrong) == ["motive"]
    unmarked = text_of(answer(world, focal))
    assert re.search(r'autofocus><div id="varias-tasks_error"', unmarked)


def test_the_second_of_a_double_post_sends_nothing_more(world, focal, other):
    answer(world, focal, world.action, other)
    response = answer(world, focal, world.action, other)
    assert response.status_code == 422
    assert "ya fue respondida o tiene un borrador" in text_of(response)
    assert Submission.objects.count() == 2


def test_what_is_missing_is_said_and_what_was_marked_stays_marked(world, focal, other):
    response = answer(world, focal, other, motive="", motive_text="")
    page = text_of(response)
    assert response.status_code == 422
    assert "Elija el motivo." in page
    assert "Explique el motivo en una frase." in page
    assert response.context["several"].marked == [key_of(world, other)]
    assert not Submission.objects.exists()


def test_nothing_marked_is_told(world, focal):
    assert "Marque en la lista las acciones que responde." in text_of(answer(world, focal))


def test_progress_is_not_an_answer_for_several(world, focal):
    assert answer(world, focal, world.action, answer="progress").status_code == 422
    assert not Submission.objects.exists()


def test_a_draft_that_holds_something_is_neither_offered_nor_overwritten(world, focal):
    save_as(world, world.draft(), world.alternate)
    assert answer(world, focal, world.action).status_code == 422
    assert ProgressReport.objects.get().draft == {"narrative": ["Algo"]}


def test_a_draft_that_holds_evidence_is_not_offered(world, focal):
    world.link(world.draft())
    assert worklist(world.focal).untouched == []


def test_of_several_all_are_sent_or_none(world, focal, other, monkeypatch):
    """Somebody sends the second one while the list is on the screen."""
    offered = worklist(world.focal)
    monkeypatch.setattr("indicators.views.pending.worklist", lambda user: offered)
    world.sent(world.draft(action=other), figures=())
    before = (Submission.objects.count(), AuditEntry.objects.count())
    page = text_of(answer(world, focal, world.action, other))
    assert "Acción 1.1.2: Este reporte no se puede enviar" in page
    assert "No se envió ninguna de las respuestas." in page
    assert (Submission.objects.count(), AuditEntry.objects.count()) == before


def test_actions_of_another_institution_are_not_taken(world, focal):
    foreign = world.new_action("2.1.1", world.y)
    key = f"{world.period.pk}-{foreign.pk}-{world.y.pk}"
    assert answer(world, focal, tasks=[key]).status_code == 422
    assert not ProgressReport.objects.exists()


# Without progress


def test_an_answer_without_progress_takes_along_neither_the_old_story_nor_the_old_evidence(world, focal):
    report = world.draft()
    evidence = world.link(report)
    told = typed(world, report, answer="no_progress", motive="budget", motive_text="No hubo fondos.", results="Muchos.")
    focal.post(reverse("indicators:submit_report", args=[report.pk]), told)
    sent = Submission.objects.get()
    assert (sent.narrative, sent.results, sent.evidence_links.count()) == ("", "", 0)
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED
    assert report.evidence.in_draft().get() == evidence


# Cost


def test_the_home_costs_the_same_queries_for_few_reports_and_for_many(world, focal, django_assert_max_num_queries):
    for number in range(2, 30):
        action = world.new_action(f"1.1.{number}", world.x)
        report = world.draft(action=action)
        world.link(report, world.new_means(action))
        if number % 2:
            world.sent(report, figures=())
    world.returned()
    focal.get(HOME)
    with django_assert_max_num_queries(15):
        focal.get(HOME)
