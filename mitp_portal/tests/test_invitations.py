"""An account is opened by a link that works once, for a week, and whose secret nobody can read but in the mail."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from indicators.tests.world import enter, text_of
from mitp_portal.tests.people import PASSWORD, sign_in
from plan import accounts, invitations
from plan.enums import Verb
from plan.models import AuditEntry, Invitation, User

OVER = "Este enlace no vale"
CHOSEN = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def invited(world, committed) -> User:
    person = world.person("Gabriela Ñancupil", "focal_point", institution=world.y)
    with committed(execute=True):
        invitations.invite(person, by=world.reviewer)
    return person


def link(number: int = -1) -> str:
    return re.search(r"http://127.0.0.1:8000(/invitacion/\S+)", mail.outbox[number].body)[1]


def test_the_link_leads_to_a_page_where_the_person_chooses_a_password_and_is_inside(client, invited):
    page = text_of(client.get(link()))
    assert "Gabriela Ñancupil, elija una contraseña." in page
    response = client.post(link(), CHOSEN)
    assert (response.status_code, response.url) == (302, "/")
    assert get_user(client) == invited
    assert client.get("/", follow=True).redirect_chain == [("/pendientes/", 302)]
    assert sign_in(Client(), invited.email).url == "/"
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[:3] == [Verb.INVITED, Verb.CHANGED, Verb.LOGGED_IN]


def test_looking_at_the_link_does_not_spend_it(client, invited):
    for _ in range(3):
        assert client.get(link()).status_code == 200
    assert client.head(link()).status_code == 405
    assert client.post(link(), CHOSEN).status_code == 302


def test_a_link_works_once(client, invited):
    client.post(link(), CHOSEN)
    other = Client()
    assert OVER in text_of(other.get(link()))
    other.post(link(), {"password1": "robada bien larga 9", "password2": "robada bien larga 9"})
    assert not get_user(other).is_authenticated
    invited.refresh_from_db()
    assert invited.check_password(PASSWORD)


def without_token(response) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", text_of(response))


def test_used_expired_withdrawn_replaced_and_unknown_links_get_one_answer(client, world, invited, committed):
    unknown = without_token(client.get("/invitacion/no-existe/"))
    assert OVER in unknown
    assert "pida una invitación nueva" in unknown
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        assert without_token(client.get(link())) == unknown
    replaced = link()
    with committed(execute=True):
        accounts.invite_again(invited, by=world.reviewer)
    assert without_token(client.get(replaced)) == unknown
    assert OVER not in text_of(client.get(link()))
    accounts.withdraw_invitation(invited, by=world.reviewer)
    assert without_token(client.get(link())) == unknown
    assert client.post(link(), CHOSEN).status_code == 200
    assert User.objects.get(pk=invited.pk).has_entered is False


def test_the_last_second_of_the_week_still_counts(client, invited):
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert OVER not in text_of(client.get(link()))


def test_a_deactivated_person_opens_nothing(client, world, invited):
    accounts.deactivate(invited, by=world.reviewer)
    assert OVER in text_of(client.get(link()))


def test_a_weak_password_is_told_at_its_field_and_the_link_stays(client, invited):
    response = client.post(link(), {"password1": "gabriela 1", "password2": "gabriela 1"})
    assert (response.status_code, response.context["form"].errors.keys()) == (422, {"password1"})
    assert client.post(link(), CHOSEN).status_code == 302


def test_whoever_else_was_signed_in_in_this_browser_is_not_any_more(world, invited):
    browser = enter(world.administrator)
    browser.post(link(), CHOSEN)
    assert get_user(browser) == invited


def every_value() -> str:
    models = apps.get_models(include_auto_created=True)
    return "\n".join(repr(list(model._base_manager.values_list())) for model in models)


def test_the_secret_is_nowhere_in_the_database(settings, world, committed):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    person = world.person("Gabriela Ñancupil")
    with committed(execute=True):
        invitation = invitations.invite(person, by=world.reviewer)
    assert DBTaskResult.objects.get().args_kwargs == {"args": [invitation.pk], "kwargs": {}}
    invitations.send_invitation.call(invitation.pk)
    secret = link().split("/")[2]
    assert len(secret) >= 43
    assert secret not in every_value()
    assert invitations.digest_of(secret) in every_value()


def test_a_mail_that_could_not_leave_shows_on_the_page_until_it_is_sent_anew(world, committed, monkeypatch):
    person = world.person("Gabriela Ñancupil")

    def no_server(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(invitations, "send_text", no_server)
    with committed(execute=True):
        invitations.invite(person, by=world.reviewer)
    assert "Por salir" in text_of(enter(world.reviewer).get("/personas/"))
    monkeypatch.undo()
    with committed(execute=True):
        enter(world.reviewer).post(f"/personas/{person.pk}/invitar/")
    assert "Enviada" in text_of(enter(world.reviewer).get(f"/personas/{person.pk}/"))


def test_open_invitations_are_listed_with_their_end(world, invited):
    page = text_of(enter(world.executive).get("/personas/"))
    assert "Invitaciones sin usar" in page
    assert f"vence el {timezone.localtime(Invitation.objects.get().expires_at):%d-%m-%Y %H:%M}" in page


def test_who_has_a_password_is_not_invited_again(world):
    world.focal.set_password(PASSWORD)
    world.focal.save()
    response = enter(world.reviewer).post(f"/personas/{world.focal.pk}/invitar/", follow=True)
    assert "ya tiene su contraseña" in text_of(response)
    assert not Invitation.objects.exists()


def test_forgetting_the_password_is_no_way_around_a_withdrawn_invitation(client, world, invited):
    accounts.withdraw_invitation(invited, by=world.reviewer)
    mail.outbox.clear()
    client.post("/clave/recuperar/", {"email": invited.email})
    assert mail.outbox == []


def test_guessing_links_is_limited(client, db):
    answers = [client.post(f"/invitacion/{number}/", CHOSEN).status_code for number in range(61)]
    assert answers == [200] * 60 + [429]
