import re

import pytest
from allauth.account import views
from django.conf import settings
from django.contrib.auth import get_user
from django.core import mail
from django.urls import path

from mitp_portal import urls
from mitp_portal.tests.people import PASSWORD, make_focal_point, make_person, sign_in
from plan.enums import Verb
from plan.models import AuditEntry, User

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "otra clave bien larga 8"


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_login_leads_to_the_start_page_and_is_logged(client):
    person = make_person()
    response = sign_in(client, REMOTE_ADDR="10.1.2.3")
    assert (response.status_code, response.url) == (302, "/")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.user, entry.object_id, entry.address) == (
        Verb.LOGGED_IN,
        person,
        str(person.pk),
        "10.1.2.3",
    )


def test_case_and_blanks_around_the_address_do_not_matter(client):
    make_person()
    assert sign_in(client, email=" Marcela@DT.example ").status_code == 302


def test_login_returns_to_the_page_that_asked_for_it(client):
    make_person()
    response = client.post("/ingresar/?next=/plan/", {"login": "marcela@dt.example", "password": PASSWORD})
    assert response.url == "/plan/"


@pytest.mark.parametrize("elsewhere", ["https://malo.example/", "//malo.example/", "javascript:alert(1)"])
def test_login_never_leads_out_of_the_portal(client, elsewhere):
    make_person()
    response = client.post(f"/ingresar/?next={elsewhere}", {"login": "marcela@dt.example", "password": PASSWORD})
    assert response.url == "/"


def without_what_differs_anyway(response) -> str:
    """The page without its CSRF token and the address that was typed."""
    return re.sub(r'(csrfmiddlewaretoken" value|name="login" value)="[^"]*"', "", response.content.decode())


def test_wrong_password_and_unknown_address_get_the_same_answer(client):
    make_person()
    known = sign_in(client, password="equivocada")
    unknown = sign_in(client, email="nadie@dt.example", password="equivocada")
    assert known.status_code == unknown.status_code == 200
    assert "El correo o la contraseña no coinciden." in known.content.decode()
    assert without_what_differs_anyway(known) == without_what_differs_anyway(unknown)


def test_wrong_password_and_unknown_address_cost_one_hash_each(client, monkeypatch):
    make_person()
    hashed = []
    monkeypatch.setattr(User, "check_password", lambda user, password: hashed.append("known"))
    monkeypatch.setattr(User, "set_password", lambda user, password: hashed.append("unknown"))
    sign_in(client, password="equivocada")
    sign_in(client, email="nadie@dt.example", password="equivocada")
    assert hashed == ["known", "unknown"]


def test_a_deactivated_account_does_not_enter(client):
    make_person(is_active=False)
    assert sign_in(client).url == "/cuenta-inactiva/"
    assert not get_user(client).is_authenticated
    assert verbs() == []


def test_deactivation_ends_the_session_that_is_open(client):
    person = make_person()
    sign_in(client)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/").url == "/ingresar/?next=/"


@pytest.mark.parametrize("path", ["/registro/", "/signup/", "/accounts/signup/", "/ingresar/signup/"])
def test_there_is_no_page_to_sign_up(client, path):
    data = {"email": "nuevo@dt.example", "password1": NEW_PASSWORD}
    assert client.post(path, data).status_code == 404
    assert not User.objects.exists()


class UrlsWithSignUp:
    urlpatterns = [*urls.urlpatterns, path("registro/", views.signup, name="account_signup")]


def test_sign_up_stays_closed_even_where_a_page_for_it_were_routed(client, settings):
    settings.ROOT_URLCONF = UrlsWithSignUp
    client.post("/registro/", {"email": "nuevo@dt.example", "password1": NEW_PASSWORD})
    assert not User.objects.exists()


def test_leaving_asks_first_and_is_logged(client):
    make_person()
    sign_in(client)
    assert client.get("/salir/").status_code == 200
    assert get_user(client).is_authenticated
    assert client.post("/salir/").url == "/ingresar/"
    assert not get_user(client).is_authenticated
    assert verbs() == [Verb.LOGGED_IN, Verb.LOGGED_OUT]


def test_a_forgotten_password_is_replaced_by_a_link_sent_by_mail(client):
    person = make_person()
    assert client.post("/clave/recuperar/", {"email": "Marcela@dt.example"}).url == "/clave/recuperar/enviado/"
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["marcela@dt.example"], "Elija su contraseña del portal de la MITP")
    link = re.search(r"http://testserver(\S+)", message.body).group(1)
    page = client.get(link, follow=True)
    assert page.request["PATH_INFO"].endswith("/set-password/")
    data = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post(page.request["PATH_INFO"], data).url == "/clave/nueva/lista/"
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    assert verbs() == [Verb.CHANGED]
    assert "El enlace ya no vale" in client.get(link).content.decode()


@pytest.mark.parametrize("fields", [{"email": "otra@dt.example"}, {"email": "marcela@dt.example", "is_active": False}])
def test_without_an_active_account_the_same_page_answers_and_no_mail_goes_out(client, fields):
    make_person(**fields)
    response = client.post("/clave/recuperar/", {"email": "marcela@dt.example"})
    assert response.url == "/clave/recuperar/enviado/"
    assert mail.outbox == []


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(client):
    make_person()
    elsewhere = type(client)()
    sign_in(client)
    sign_in(elsewhere)
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post("/clave/cambiar/", data).status_code == 302
    assert get_user(client).is_authenticated
    assert not get_user(elsewhere).is_authenticated


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_account_without_a_password_is_told_how_to_choose_one(client, method):
    person = User.objects.create_user("marcela@dt.example", "Marcela Rivas")
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[1])
    response = getattr(client, method)("/clave/cambiar/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Su cuenta no tiene contraseña" in page
    assert "La contraseña se elige con el enlace de la invitación" in page
    person.refresh_from_db()
    assert not person.has_usable_password()


@pytest.mark.parametrize("weak", ["corta 9", "123456789012345", "marcela rivas"])
def test_a_weak_password_is_refused(client, weak):
    person = make_focal_point()
    sign_in(client)
    response = client.post("/clave/cambiar/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert response.context["form"].errors.keys() == {"password1"}
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
