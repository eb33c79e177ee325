"""Closing and opening accounts: at once, by somebody else, and never the last who could open them again."""

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory

from indicators.tests.world import enter, text_of
from mitp_portal.tests.people import PASSWORD, sign_in
from plan import accounts
from plan.enums import Role, Verb
from plan.models import Appointment, AuditEntry, Invitation, User
from plan.people_errors import PeopleError


def post(by: User, person: User, act: str) -> str:
    """What the page says afterwards."""
    return text_of(enter(by).post(f"/personas/{person.pk}/{act}/", follow=True))


def is_active(person: User) -> bool:
    return User.objects.get(pk=person.pk).is_active


@pytest.fixture
def inside(world) -> Client:
    """A browser in which the punto focal of X has signed in by password."""
    world.focal.set_password(PASSWORD)
    world.focal.save()
    browser = Client()
    sign_in(browser, world.focal.email)
    assert browser.get("/pendientes/").status_code == 200
    return browser


def test_deactivation_ends_every_session_at_once(world, inside):
    assert "Cuenta desactivada: sus sesiones se cerraron." in post(world.reviewer, world.focal, "desactivar")
    assert not get_user(inside).is_authenticated
    assert inside.get("/pendientes/").url == "/ingresar/?next=/pendientes/"
    assert sign_in(Client(), world.focal.email).status_code == 200
    assert AuditEntry.objects.filter(verb=Verb.CHANGED).last().data == {"is_active": False}


def test_an_old_session_does_not_come_back_to_life_with_the_account(world, inside):
    accounts.deactivate(world.focal, by=world.reviewer)
    accounts.reactivate(world.focal, by=world.reviewer)
    assert not get_user(inside).is_authenticated
    assert sign_in(Client(), world.focal.email).status_code == 200
    assert Invitation.objects.get().user == world.focal


@pytest.mark.parametrize(
    ("by", "person", "sentence"),
    [
        ("administrator", "administrator", "Usted no administra esta cuenta."),
        ("reviewer", "reviewer", "Usted no administra esta cuenta."),
        ("reviewer", "administrator", "Usted no administra esta cuenta."),
        ("reviewer", "executive", "Usted no administra esta cuenta."),
        ("reviewer", "reviewer2", "Usted no administra esta cuenta."),
        ("administrator", "executive", "Es la última persona con el perfil Secretaría ejecutiva: nombre antes a otra."),
        ("administrator", "deactivated", "La cuenta ya estaba desactivada."),
    ],
)
def test_whom_one_may_not_deactivate(world, by, person, sentence):
    before = is_active(getattr(world, person))
    assert sentence in post(getattr(world, by), getattr(world, person), "desactivar")
    assert is_active(getattr(world, person)) == before


@pytest.mark.parametrize("person", ["focal", "reviewer", "observer"])
def test_administracion_closes_every_other_account(world, person):
    post(world.administrator, getattr(world, person), "desactivar")
    assert not is_active(getattr(world, person))


def test_of_two_administrators_the_last_one_stays(world):
    second = world.person("Sonia Vidal", Role.ADMINISTRATOR)
    post(world.administrator, second, "desactivar")
    assert not is_active(second)
    with pytest.raises(PeopleError, match="última persona con el perfil Administración"):
        accounts.deactivate(world.administrator, by=second)


def test_an_appointment_that_waits_for_its_confirmation_is_not_of_somebody_who_could_stay(world):
    organ = world.executive.appointments.get().organ
    world.person("Sonia Vidal", Role.EXECUTIVE, organ=organ, awaits_confirmation=True)
    post(world.administrator, world.executive, "desactivar")
    assert is_active(world.executive)


def test_a_password_chosen_at_the_moment_of_the_deactivation_does_not_undo_it(world):
    """The page of the change was read before; what it stores is the password and nothing else."""
    stale = User.objects.get(pk=world.focal.pk)
    accounts.deactivate(world.focal, by=world.reviewer)
    with request_context(RequestFactory().get("/")):
        get_adapter().set_password(stale, PASSWORD)
    assert not is_active(world.focal)


# The very first


def test_the_first_administrator_comes_by_a_command_and_the_rest_by_the_portal(db, committed, mailoutbox):
    with committed(execute=True):
        call_command("appoint_first", "administracion", "Luis@mitp.example", "Luis Godoy")
    duty = Appointment.objects.get()
    assert (duty.role, duty.user.email) == (Role.ADMINISTRATOR, "luis@mitp.example")
    assert [mail.to for mail in mailoutbox] == [["luis@mitp.example"]]
    with pytest.raises(CommandError, match="Alguien ya tiene este perfil"):
        call_command("appoint_first", "administracion", "otra@mitp.example", "Otra")


def test_the_first_ejecutiva_needs_a_plan(db):
    with pytest.raises(CommandError, match="load_plan"):
        call_command("appoint_first", "secretaria-ejecutiva", "carolina@mitp.example", "Carolina Muñoz")


@pytest.mark.parametrize("email", ["sin arroba", "a\x00@b.cl"])
def test_the_first_one_needs_an_address(db, email):
    with pytest.raises(CommandError, match="no es un correo"):
        call_command("appoint_first", "administracion", email, "Luis Godoy")
