"""People for the tests of the house."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from plan.enums import InstitutionKind, Role
from plan.models import Appointment, Institution, User

PASSWORD = "una clave bien larga 7"


def make_person(email: str = "marcela@dt.example", **fields) -> User:
    return User.objects.create_user(email, "Marcela Rivas", PASSWORD, **fields)


def make_focal_point(email: str = "marcela@dt.example") -> User:
    person = make_person(email)
    institution, _ = Institution.objects.get_or_create(name="Dirección del Trabajo", kind=InstitutionKind.PUBLIC)
    Appointment.objects.create(user=person, role=Role.FOCAL_POINT, institution=institution, position="Analista")
    return person


def sign_in(client, email: str = "marcela@dt.example", password: str = PASSWORD, **extra):
    """Post the login form, as a browser does."""
    return client.post("/ingresar/", {"login": email, "password": password}, **extra)


def sign_in_browser(page: Page, site: str, user: User) -> None:
    """Put a session of this person into a real browser."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
