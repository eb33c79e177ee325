"""The reminder by hand: to the puntos focales of who owes something, with what it is, once a day."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from indicators.demo.clock import clock_at
from indicators.enums import Outcome
from indicators.reminding import remind
from indicators.tests.racing import at_once
from indicators.tests.world import enter
from plan.enums import NoticeKind, Verb
from plan.models import AuditEntry, Institution, Notice, User

TODAY = timezone.localdate()


@pytest.fixture
def press(world):
    """Presses «Recordar» on the page of the period; returns the sentences that the page then shows."""

    def post(institution, who=world.reviewer, query="") -> list[str]:
        chosen = institution if isinstance(institution, str) else institution.pk
        path = reverse("indicators:remind", args=[world.period.pk])
        response = enter(who).post(f"{path}{query}", {"institution": chosen})
        assert response.status_code == 302, response.status_code
        return [str(message) for message in get_messages(response.wsgi_request)]

    return post


def reminders():
    return Notice.objects.filter(kind=NoticeKind.REMINDER)


def told() -> set[User]:
    return {notice.recipient for notice in reminders()}


def test_titular_and_alternate_are_told_what_is_missing_in_the_portal_and_by_mail(
    world, press, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert press(world.x) == ["Se recordó a DT: en el portal y por correo."]
    assert told() == {world.focal, world.alternate}
    notice = reminders().get(recipient=world.focal)
    assert (notice.kind, notice.path) == (NoticeKind.REMINDER, "/pendientes/")
    assert notice.subject == f"Recordatorio, {world.period.name}: 1 reporte espera a DT"
    assert f"- Acción 1.1.1, Acción 1.1.1\n  Vence el {world.period.due_on:%d-%m-%Y}." in notice.text
    assert {tuple(message.to) for message in mail.outbox} == {(world.focal.email,), (world.alternate.email,)}


def test_each_thing_to_do_leads_to_its_form(world, settings):
    settings.SITE_URL = "https://mesa.example"
    report = world.returned()
    world.draft(action=world.new_action("1.1.2", world.x))
    remind([world.x], world.period, by=world.reviewer)
    text = reminders().get(recipient=world.focal).text
    assert f"Devuelto: corrija y envíe de nuevo.\n  https://mesa.example/reportes/{report.pk}/editar/\n" in text
    assert "hay un borrador sin enviar." in text


def test_what_fell_due_says_since_when(world):
    world.period.due_on = TODAY - timedelta(2)
    world.period.save()
    remind([world.x], world.period, by=world.reviewer)
    assert f"Venció el {TODAY - timedelta(2):%d-%m-%Y}." in reminders().get(recipient=world.focal).text


def test_the_same_day_nobody_is_told_twice_and_the_next_day_again(world, press):
    press(world.x)
    assert press(world.x) == ["Hoy ya se les había recordado: DT."]
    assert reminders().count() == AuditEntry.objects.filter(verb=Verb.REMINDED).get().data["people"] == 2
    with clock_at(TODAY + timedelta(1)):
        remind([world.x], world.period, by=world.reviewer)
    assert reminders().count() == 4


def test_all_that_owe_are_told_and_nobody_else(world, press):
    world.duty(world.action, world.y)
    world.new_action("2.1.1", world.ministry)
    world.sent(world.draft(world.y), by=world.focal_y)
    assert press("todas") == [
        "Se recordó a DT: en el portal y por correo.",
        "Sin punto focal a quien recordar: Ministerio del Interior.",
    ]
    assert told() == {world.focal, world.alternate}


def test_the_reminder_is_logged_for_its_institution(world, press):
    press(world.x)
    entry = AuditEntry.objects.get(verb=Verb.REMINDED)
    assert (entry.user, entry.object_type, entry.object_id) == (world.reviewer, "plan.institution", str(world.x.pk))
    assert entry.data == {"period": world.period.pk, "people": 2}
    assert entry.address == "127.0.0.1"


def test_after_the_closing_only_corrections_are_asked_for(world, press):
    world.new_action("1.1.2", world.x)
    world.returned()
    world.close_period()
    press(world.x)
    assert "1 reporte espera a DT" in reminders().get(recipient=world.focal).subject


def test_a_period_that_has_not_opened_reminds_of_nothing(world, press):
    world.period.opens_on = TODAY + timedelta(3)
    world.period.save()
    assert press(world.x) == ["No hay nada que recordar: lo que debían ya se envió."]
    assert told() == set()


@pytest.mark.parametrize("outcome", [None, Outcome.APPROVED])
def test_what_was_sent_waits_for_the_secretaria_and_is_not_asked_for(world, press, outcome):
    report = world.claimed()
    if outcome:
        world.decided(report, outcome)
    press(world.x)
    assert told() == set()


@pytest.mark.parametrize("wrong", ["\x00", "ñ", "-1", "9" * 40, ""])
def test_an_institution_that_cannot_be_is_not_reminded(world, press, wrong):
    press(wrong)
    assert told() == set()


def test_the_page_comes_back_as_it_was(world):
    path = reverse("indicators:remind", args=[world.period.pk])
    response = enter(world.reviewer).post(f"{path}?periodo={world.period.pk}&eje=1", {"institution": world.x.pk})
    assert response.url == f"/quien-debe/?periodo={world.period.pk}&eje=1"


@pytest.mark.parametrize("who", ["focal", "executive", "coordinator", "observer", "administrator"])
def test_only_the_secretaria_tecnica_reminds(world, who):
    path = reverse("indicators:remind", args=[world.period.pk])
    assert enter(getattr(world, who)).post(path, {"institution": "todas"}).status_code == 404
    assert told() == set()


def test_looking_reminds_nobody_and_an_unknown_period_is_not_found(world):
    browser = enter(world.reviewer)
    assert browser.get(reverse("indicators:remind", args=[world.period.pk])).status_code == 405
    assert browser.post(reverse("indicators:remind", args=[world.period.pk + 9])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_tell_each_person_once(world):
    people = [User.objects.get(pk=world.reviewer.pk) for _ in range(2)]
    assert all(person.current_appointments for person in people)
    acts = [lambda by=by: remind(Institution.objects.all(), world.period, by=by) for by in people]
    outcomes = at_once(*acts)
    assert not any(isinstance(outcome, Exception) for outcome in outcomes), outcomes
    assert reminders().count() == 2
    assert sum(nudge.told for nudges in outcomes for nudge in nudges) == 2
