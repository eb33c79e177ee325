from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mitp_portal.sessions import FORM_TOO_LATE
from mitp_portal.tests.people import make_person, sign_in
from plan.enums import Verb
from plan.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 11, 24, 12, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def signed_in(client, clock):
    make_person()
    sign_in(client)
    return client


def visit(client) -> bool:
    """Open a page; is the person still inside?"""
    return client.get("/clave/cambiar/").status_code == 200


def test_an_hour_without_activity_ends_the_session(signed_in, clock):
    visit(signed_in)
    clock.shift(timedelta(minutes=61))
    assert not visit(signed_in)


def test_activity_renews_the_hour(signed_in, clock):
    for _ in range(3):
        clock.shift(timedelta(minutes=59))
        assert visit(signed_in)


def test_after_twelve_hours_even_an_active_session_ends(signed_in, clock):
    for _ in range(24):
        visit(signed_in)
        clock.shift(timedelta(minutes=30))
    assert visit(signed_in)
    clock.shift(timedelta(seconds=1))
    assert not visit(signed_in)
    assert not get_user(signed_in).is_authenticated


def test_a_session_that_the_portal_ends_is_logged_as_an_exit(signed_in, clock):
    visit(signed_in)
    clock.shift(timedelta(minutes=59))
    visit(signed_in)
    for _ in range(12):
        clock.shift(timedelta(minutes=58))
        visit(signed_in)
    entry = AuditEntry.objects.order_by("pk").last()
    assert (entry.verb, entry.data, entry.address) == (Verb.LOGGED_OUT, {"expired": True}, "127.0.0.1")


def test_login_rotates_the_session(client):
    make_person()
    client.get("/ingresar/")
    sign_in(client)
    before = client.session.session_key
    client.post("/salir/")
    sign_in(client)
    assert client.session.session_key != before


def count_writes_of_a_visit(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        visit(client)
    return sum("UPDATE" in query["sql"] for query in queries)


def test_a_session_is_written_once_a_minute_and_not_on_each_page(signed_in, clock):
    visit(signed_in)
    assert count_writes_of_a_visit(signed_in) == 0
    clock.shift(timedelta(minutes=1))
    assert count_writes_of_a_visit(signed_in) == 1


def test_a_form_that_comes_after_the_session_ended_is_told_and_leads_to_the_home_page(signed_in, clock):
    """Its own address may only take forms: to come back to it after the login would end in an error."""
    clock.shift(timedelta(minutes=61))
    response = signed_in.post("/reportes/1/retirar/", {"version": 3}, follow=True)
    assert response.redirect_chain == [("/ingresar/?next=/", 302)]
    assert [str(message) for message in response.context["messages"]] == [FORM_TOO_LATE]
