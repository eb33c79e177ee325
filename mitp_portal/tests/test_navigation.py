import pytest
from django.conf import settings
from django.urls import reverse

from mitp_portal import navigation
from mitp_portal.tests.people import make_focal_point, make_person
from plan.enums import OrganKind, PlanState, Role
from plan.models import Appointment, Organ, Plan

pytestmark = pytest.mark.django_db

BACKEND = settings.AUTHENTICATION_BACKENDS[1]


def appoint(role: Role, **scope):
    person = make_person(f"{role}@mitp.example")
    Appointment.objects.create(user=person, role=role, position="Profesional", **scope)
    return person


def make_organ(kind: OrganKind) -> Organ:
    plan = Plan.objects.create(code="PAN-1", title="Plan", start_year=2015, end_year=2018, general_objective="Objetivo")
    return Organ.objects.create(plan=plan, kind=kind, name="Secretaría", seat="Santiago")


@pytest.mark.parametrize("name", sorted({name for _, name in navigation.START_PAGES}))
def test_every_start_page_exists(name):
    assert reverse(name)


@pytest.mark.parametrize("entry", navigation.ENTRIES, ids=lambda entry: entry.label)
def test_every_entry_of_the_menu_exists(entry):
    assert reverse(entry.url_name)


def test_every_role_has_a_start_page():
    assert {role for role, _ in navigation.START_PAGES} == set(Role)


def test_a_focal_point_starts_at_the_pending_work(client):
    client.force_login(make_focal_point(), backend=BACKEND)
    assert client.get("/").url == reverse("indicators:pending")


def test_the_technical_secretariat_starts_at_the_review_queue(client):
    person = appoint(Role.TECHNICAL, organ=make_organ(OrganKind.TECHNICAL))
    client.force_login(person, backend=BACKEND)
    assert client.get("/").url == reverse("indicators:review_queue")


def test_an_administrator_starts_at_the_accounts_and_sees_no_plan(client):
    client.force_login(appoint(Role.ADMINISTRATOR), backend=BACKEND)
    assert client.get("/").url == reverse("plan:people")
    menu = client.get("/clave/cambiar/").context["portal"].navigation
    assert [link.label for link in menu] == ["Personas", "Instituciones", "Bitácora"]


def test_without_an_appointment_in_force_the_start_page_says_so(client):
    client.force_login(make_person(), backend=BACKEND)
    response = client.get("/")
    assert "aún no tiene un nombramiento vigente" in response.content.decode()
    assert response.context["portal"].navigation == []


def test_the_map_belongs_to_the_plan(client):
    client.force_login(appoint(Role.OBSERVER), backend=BACKEND)
    current = [link.label for link in client.get("/territorio/").context["portal"].navigation if link.is_current]
    assert current == ["Plan"]


def test_the_banner_shows_only_where_accounts_are_for_demonstration(client):
    assert "Datos de demostración" not in client.get("/ingresar/").content.decode()
    make_person(is_demo=True)
    years = {"start_year": 2015, "end_year": 2018}
    Plan.objects.create(code="PAN-2015-2018", title="Plan", general_objective="…", state=PlanState.IN_FORCE, **years)
    assert "Datos de demostración" in client.get("/ingresar/").content.decode()
