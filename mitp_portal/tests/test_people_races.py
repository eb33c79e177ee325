"""Two people, or two clicks, at the same moment on connections of their own: one succeeds, the other is told."""

from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from indicators.tests.racing import at_once
from indicators.tests.world import World
from mitp_portal.tests.people import PASSWORD
from plan import accounts, appointments, institutions, invitations
from plan.enums import OrganKind, Role
from plan.models import Appointment, Institution, Invitation, Organ, User
from plan.people_errors import PeopleError

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8
TODAY = timezone.localdate


@pytest.fixture
def world() -> World:
    return World()


def one_was_told(outcomes: list) -> bool:
    """Whether exactly one act succeeded and the other was refused kindly."""
    refused = [isinstance(outcome, PeopleError) for outcome in outcomes]
    others = [
        outcome for outcome in outcomes if isinstance(outcome, Exception) and not isinstance(outcome, PeopleError)
    ]
    return sorted(refused) == [False, True] and others == []


def fresh(person: User) -> User:
    """As a request reads them."""
    return User.objects.get(pk=person.pk)


def appointing(person: User, institution: Institution, by: User) -> partial:
    new = Appointment(user=person, role=Role.FOCAL_POINT, institution=institution, position="Jefa", valid_from=TODAY())
    return partial(appointments.appoint, new, by=fresh(by))


def test_of_two_titulares_at_once_one_is_appointed(world):
    for number in range(ROUNDS):
        institution = world.institution(f"Servicio {number}")
        people = [world.person(f"Persona {number}-{turn}") for turn in (1, 2)]
        outcomes = at_once(
            appointing(people[0], institution, world.reviewer), appointing(people[1], institution, world.reviewer2)
        )
        assert one_was_told(outcomes), outcomes
        assert institution.appointments.count() == 1


def test_of_two_hand_overs_of_one_duty_at_once_one_is_made(world):
    for number in range(ROUNDS):
        institution = world.institution(f"Servicio {number}")
        held = world.person_of(institution).appointments.get()
        acts = []
        for turn in (1, 2):
            receiver = Appointment(user=world.person(f"Persona {turn}"), position="Jefa", valid_from=TODAY())
            seen = Appointment.objects.with_scope().get(pk=held.pk)
            acts.append(partial(appointments.hand_over, seen, receiver, by=fresh(world.reviewer)))
        outcomes = at_once(*acts)
        assert one_was_told(outcomes), outcomes
        assert institution.appointments.in_force(TODAY()).count() == 1


def test_two_administrators_who_shut_each_other_out_leave_one(world):
    for number in range(ROUNDS):
        User.objects.filter(pk=world.administrator.pk).update(is_active=True)
        second = world.person(f"Sonia Vidal {number}", Role.ADMINISTRATOR)
        outcomes = at_once(
            partial(accounts.deactivate, fresh(second), by=fresh(world.administrator)),
            partial(accounts.deactivate, fresh(world.administrator), by=fresh(second)),
        )
        assert one_was_told(outcomes), outcomes
        assert User.objects.holding(Role.ADMINISTRATOR, TODAY()).count() == 1
        second.appointments.all().delete()


def test_two_ejecutivas_confirm_once(world):
    second = world.person("Ester Mena", Role.EXECUTIVE, organ=world.executive.appointments.get().organ)
    organ = Organ.objects.get(kind=OrganKind.TECHNICAL)
    for number in range(ROUNDS):
        new = Appointment(user=world.person(f"Persona {number}"), role=Role.TECHNICAL, organ=organ, position="Analista")
        pending = appointments.appoint(new, by=world.administrator)
        seen = [Appointment.objects.with_scope().get(pk=pending.pk) for _ in range(2)]
        outcomes = at_once(
            partial(appointments.confirm, seen[0], by=fresh(world.executive)),
            partial(appointments.confirm, seen[1], by=fresh(second)),
        )
        assert one_was_told(outcomes), outcomes


def invited(world, number: int) -> tuple[User, str]:
    """Somebody new, and the address of their link."""
    person = world.person(f"Gabriela {number}")
    invitation = invitations.invite(person, by=world.reviewer)
    secret = f"secreto-{number}"
    Invitation.objects.filter(pk=invitation.pk).update(digest=invitations.digest_of(secret))
    return person, f"/invitacion/{secret}/"


def opening(path: str) -> partial:
    return partial(Client().post, path, {"password1": PASSWORD, "password2": PASSWORD})


def test_a_link_that_is_used_twice_at_once_opens_the_account_once(world):
    for number in range(ROUNDS):
        person, path = invited(world, number)
        outcomes = at_once(opening(path), opening(path))
        assert sorted(answer.status_code for answer in outcomes) == [200, 302], outcomes
        assert fresh(person).check_password(PASSWORD)


def test_an_account_that_is_closed_while_it_is_opened_stays_closed(world):
    for number in range(ROUNDS):
        person, path = invited(world, number)
        closing = partial(accounts.deactivate, fresh(person), by=fresh(world.reviewer))
        answer, closed = at_once(opening(path), closing)
        assert closed is None, closed
        assert answer.status_code in (200, 302)
        assert not fresh(person).is_active


def test_two_invitations_at_once_leave_one_link(world):
    for number in range(ROUNDS):
        person = world.person(f"Gabriela {number}")
        outcomes = at_once(*[partial(invitations.invite, person, by=fresh(world.reviewer)) for _ in range(2)])
        assert all(isinstance(outcome, Invitation) for outcome in outcomes), outcomes
        assert person.invitations.unanswered().count() == 1


def test_of_two_new_names_on_one_day_one_rules(world):
    for number in range(ROUNDS):
        institution = world.institution(f"Servicio {number}")
        acts = []
        for name in (f"Agencia {number}", f"Subsecretaría {number}"):
            seen = Institution.objects.get(pk=institution.pk)
            acts.append(partial(institutions.rename, seen, name, "", TODAY(), by=fresh(world.reviewer)))
        outcomes = at_once(*acts)
        assert one_was_told(outcomes), outcomes
        institution.refresh_from_db()
        assert institution.name == institution.names.get(valid_to=None).name


def test_two_accounts_with_one_address_at_once_are_one(world):
    for number in range(ROUNDS):
        email = f"nueva{number}@dt.example"
        places = world.institution(f"Uno {number}"), world.institution(f"Dos {number}")
        outcomes = at_once(
            *[appointing(User(email=email, full_name="Gabriela Soto"), place, world.reviewer) for place in places]
        )
        assert one_was_told(outcomes), outcomes
        assert User.objects.filter(email=email).count() == 1
