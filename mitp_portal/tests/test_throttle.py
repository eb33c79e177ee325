from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.utils import timezone

from mitp_portal.tests.people import make_person, sign_in
from plan.models import User

pytestmark = pytest.mark.django_db

MINISTRY = "163.247.1.1"


def fail(client, times: int, email="marcela@dt.example", address=MINISTRY):
    for _ in range(times):
        response = sign_in(client, email, "equivocada", REMOTE_ADDR=address)
    return response


def test_five_wrong_passwords_pause_the_person_with_a_clear_page(client):
    make_person()
    assert fail(client, 4).status_code == 200
    response = fail(client, 1)
    assert response.status_code == 429
    assert "Espere 15 minutos" in response.content.decode()
    assert sign_in(client, REMOTE_ADDR=MINISTRY).status_code == 429


def test_the_pause_of_one_person_leaves_the_ministry_behind_the_same_address_working(client):
    make_person()
    make_person("ana@dt.example")
    fail(client, 6)
    assert sign_in(client, "ana@dt.example", REMOTE_ADDR=MINISTRY).status_code == 302


def test_a_stranger_elsewhere_does_not_shut_a_person_out(client):
    make_person()
    fail(client, 6, address="203.0.113.9")
    assert sign_in(client, REMOTE_ADDR=MINISTRY).status_code == 302


def test_during_the_pause_no_password_is_hashed(client, monkeypatch):
    make_person()
    fail(client, 5)
    hashed = []
    monkeypatch.setattr(User, "check_password", lambda *args: hashed.append(args))
    monkeypatch.setattr(User, "set_password", lambda *args: hashed.append(args))
    sign_in(client, REMOTE_ADDR=MINISTRY)
    assert hashed == []


def test_spelling_the_address_otherwise_is_the_same_person(client):
    make_person()
    fail(client, 3)
    assert fail(client, 2, email=" MARCELA@dt.example ").status_code == 429


def test_the_pause_ends_after_fifteen_minutes_and_tries_do_not_lengthen_it(client):
    make_person()
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        fail(client, 5)
        clock.shift(timedelta(minutes=14))
        assert fail(client, 1).status_code == 429
        clock.shift(timedelta(minutes=1, seconds=1))
        assert sign_in(client, REMOTE_ADDR=MINISTRY).status_code == 302


@pytest.mark.parametrize("spelling", ["marcela@dt.example", " Marcela@dt.example"])
def test_a_right_password_forgets_the_wrong_ones(client, spelling):
    make_person()
    fail(client, 4)
    sign_in(client, spelling, REMOTE_ADDR=MINISTRY)
    client.post("/salir/")
    assert fail(client, 4).status_code == 200


def test_the_password_that_was_tried_is_not_kept(client):
    make_person()
    fail(client, 1)
    attempt = AccessAttempt.objects.get()
    assert "equivocada" not in f"{attempt.post_data} {attempt.get_data}"


def test_the_log_of_the_server_does_not_say_who_failed(client, caplog):
    make_person()
    fail(client, 6)
    assert "marcela" not in caplog.text
    assert MINISTRY not in caplog.text


def test_links_for_a_new_password_are_limited_per_person(client, mailoutbox):
    make_person()
    answers = [client.post("/clave/recuperar/", {"email": "marcela@dt.example"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(mailoutbox) == 5


@pytest.mark.parametrize(
    ("proxies", "header", "counted"),
    [
        (0, "198.51.100.7", "10.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        (2, "1.1.1.1, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
    ],
)
def test_only_trusted_proxies_say_where_a_client_is(client, settings, proxies, header, counted):
    settings.TRUSTED_PROXIES = proxies
    make_person()
    sign_in(client, password="equivocada", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=header)
    assert AccessAttempt.objects.get().ip_address == counted
