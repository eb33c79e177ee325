"""Appointing: who may grant what, one titular at a time, and a secretaría granted by two people."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from indicators.tests.world import enter, text_of
from plan import access, appointments
from plan.enums import Capacity, OrganKind, Role, Verb
from plan.models import Appointment, AuditEntry, Invitation, Notice, Organ, User
from plan.people_errors import PeopleError

TODAY = timezone.localdate


def typed(world, **fields) -> dict:
    return {
        "email": "nueva@carabineros.example",
        "full_name": "Gabriela Ñancupil",
        "institution": world.ministry.pk,
        "capacity": Capacity.TITULAR,
        "position": "Asesora",
        "document": "Oficio N.º 12, del 03-03-2026",
        "valid_from": TODAY(),
    } | fields


def appoint(world, by, slug="punto-focal", **fields):
    return enter(by).post(f"/personas/nombrar/{slug}/", typed(world, **fields))


def errors_of(response) -> list[str]:
    return [sentence for sentences in response.context["form"].errors.values() for sentence in sentences]


def test_the_tecnica_appoints_somebody_new_who_gets_an_invitation(world, mailoutbox, committed):
    with committed(execute=True):
        response = appoint(world, world.reviewer)
    person = User.objects.get(email="nueva@carabineros.example")
    assert response.url == f"/personas/{person.pk}/"
    duty = person.appointments.get()
    assert (duty.role, duty.capacity, duty.institution) == (Role.FOCAL_POINT, Capacity.TITULAR, world.ministry)
    assert (duty.recorded_by, duty.document) == (world.reviewer, "Oficio N.º 12, del 03-03-2026")
    assert not person.has_entered
    assert [mail.to for mail in mailoutbox] == [["nueva@carabineros.example"]]
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [Verb.CREATED, Verb.APPOINTED, Verb.INVITED]


def test_somebody_with_an_account_is_found_by_their_address_and_told(world):
    world.focal.set_password("una clave bien larga 7")
    world.focal.save()
    appoint(world, world.reviewer, email=world.focal.email.upper(), full_name="")
    assert world.focal.appointments.filter(institution=world.ministry).exists()
    assert [notice.subject for notice in Notice.objects.all()] == [
        "Su nombramiento en el portal de la MITP: Punto focal"
    ]
    assert not Invitation.objects.exists()


def test_a_name_that_is_not_the_one_of_the_account_stops_a_slip_of_the_keyboard(world):
    response = appoint(world, world.reviewer, email=world.focal.email)
    assert response.status_code == 422
    assert errors_of(response) == [
        "Con este correo ya existe la cuenta de Marcela Rivas. Revíselo, o deje el nombre en blanco."
    ]
    assert 'value="Oficio N.º 12, del 03-03-2026"' in text_of(response)


def test_whoever_has_no_account_needs_a_name(world):
    response = appoint(world, world.reviewer, full_name="")
    assert errors_of(response) == ["Con este correo no hay una cuenta: escriba el nombre de la persona."]


def test_a_second_titular_is_refused_with_the_offer_to_hand_over_and_leaves_no_account_behind(world):
    response = appoint(world, world.reviewer, institution=world.x.pk)
    holder = world.focal.appointments.get()
    assert errors_of(response) == ["Marcela Rivas es titular de Dirección del Trabajo. Solo puede haber una."]
    assert f"/personas/nombramientos/{holder.pk}/traspasar/" in text_of(response)
    assert not User.objects.filter(email="nueva@carabineros.example").exists()


def test_after_the_last_day_of_a_titular_another_may_follow(world):
    world.focal.appointments.update(valid_to=TODAY())
    assert appoint(world, world.reviewer, institution=world.x.pk).status_code == 422
    response = appoint(world, world.reviewer, institution=world.x.pk, valid_from=TODAY() + timedelta(1))
    assert response.status_code == 302


def test_the_same_duty_is_not_given_twice(world):
    fields = {"email": world.focal.email, "full_name": "", "institution": world.x.pk, "capacity": Capacity.ALTERNATE}
    response = appoint(world, world.reviewer, **fields)
    assert errors_of(response) == ["Marcela Rivas ya tiene este nombramiento, como titular o suplente, en esas fechas."]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"valid_from": "0001-01-01"}, "Revise el año de la fecha."),
        ({"valid_from": "9999-12-31"}, "Revise el año de la fecha."),
        ({"valid_from": "31-02-2026"}, "Escriba una fecha que exista, como 31-12-2016."),
        ({"valid_to": "2000-01-01"}, "La fecha de término no puede ser anterior a la de inicio."),
        ({"email": "sin arroba"}, "Escriba un correo como nombre@institucion.cl."),
        ({"email": ""}, "Falta el correo."),
        ({"document": ""}, "Falta el oficio: es el respaldo del nombramiento."),
        ({"institution": "x"}, "Escoja una opción válida. Esa opción no está entre las disponibles."),
        ({"institution": ""}, "Elija la institución."),
        ({"position": "a\x00b"}, "Los caracteres nulos no están permitidos."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(world, fields, sentence):
    response = appoint(world, world.reviewer, **fields)
    assert (response.status_code, errors_of(response)) == (422, [sentence])


def test_nobody_appoints_themselves(world):
    response = appoint(world, world.reviewer, email=world.reviewer.email, full_name="")
    assert errors_of(response) == ["Nadie se nombra a sí mismo: pídalo a otra persona."]


def test_a_deactivated_account_is_activated_first(world):
    response = appoint(world, world.reviewer, email=world.deactivated.email, full_name="")
    assert errors_of(response) == ["La cuenta de Nadia Cid está desactivada. Actívela antes de nombrar."]


GRANTS = {
    "reviewer": {"punto-focal", "coordinacion", "observacion"},
    "administrator": {
        "punto-focal",
        "coordinacion",
        "observacion",
        "administracion",
        "secretaria-tecnica",
        "secretaria-ejecutiva",
    },
    "executive": set(),
    "focal": set(),
}


@pytest.mark.parametrize("who", GRANTS)
def test_each_role_grants_what_is_its_own(world, who):
    browser = enter(getattr(world, who))
    offered = {slug for slug in GRANTS["administrator"] if browser.get(f"/personas/nombrar/{slug}/").status_code == 200}
    assert offered == GRANTS[who]


@pytest.mark.parametrize(("slug", "role"), [("observacion", Role.OBSERVER), ("administracion", Role.ADMINISTRATOR)])
def test_roles_of_the_whole_portal_ask_for_no_scope(world, slug, role):
    appoint(world, world.administrator, slug)
    assert Appointment.objects.get(user__email="nueva@carabineros.example").role == role


def test_a_coordination_is_of_a_subcommission(world):
    subcommission = world.coordinator.appointments.get().subcommission
    appoint(world, world.reviewer, "coordinacion", subcommission=subcommission.pk, capacity=Capacity.ALTERNATE)
    assert Appointment.objects.get(user__email="nueva@carabineros.example").subcommission == subcommission


# A secretaría takes two people


@pytest.fixture
def pending(world) -> Appointment:
    """Recorded by administración, of somebody who has an account."""
    organ = Organ.objects.get(kind=OrganKind.TECHNICAL)
    new = Appointment(user=world.observer, role=Role.TECHNICAL, organ=organ, position="Analista", valid_from=TODAY())
    return appointments.appoint(new, by=world.administrator)


def rights_of(person: User) -> frozenset[Role]:
    return access.roles_of(User.objects.get(pk=person.pk))


def test_a_secretaria_gives_no_rights_until_a_second_person_confirms_it(world, pending):
    assert rights_of(world.observer) == {Role.OBSERVER}
    assert enter(world.observer).get("/revision/").status_code == 404
    response = enter(world.executive).post(f"/personas/nombramientos/{pending.pk}/confirmar/")
    assert response.url == f"/personas/{world.observer.pk}/"
    assert rights_of(world.observer) == {Role.OBSERVER, Role.TECHNICAL}
    assert enter(world.observer).get("/revision/").status_code == 200
    pending.refresh_from_db()
    assert (pending.recorded_by, pending.confirmed_by) == (world.administrator, world.executive)


def test_both_hands_of_a_secretaria_are_mailed(world, pending):
    told = {(notice.recipient, notice.key.split(":")[0]) for notice in Notice.objects.all()}
    asked = "appointment-to_confirm"
    assert told == {(world.executive, asked), (world.administrator, asked)}
    appointments.confirm(pending, by=world.executive)
    told = {notice.recipient for notice in Notice.objects.filter(key=f"appointment-confirmed:{pending.pk}")}
    assert told == {world.executive, world.administrator}


def test_who_recorded_it_does_not_confirm_it(world, pending):
    organ = Organ.objects.get(kind=OrganKind.EXECUTIVE)
    world.appoint(world.administrator, Role.EXECUTIVE, organ=organ)
    both = User.objects.get(pk=world.administrator.pk)
    with pytest.raises(PeopleError):
        appointments.confirm(pending, by=both)
    assert rights_of(world.observer) == {Role.OBSERVER}


def test_the_database_itself_refuses_one_hand_for_both(world, pending):
    with pytest.raises(IntegrityError):
        Appointment.objects.filter(pk=pending.pk).update(confirmed_by=world.administrator)


def test_nobody_confirms_their_own(world):
    organ = Organ.objects.get(kind=OrganKind.TECHNICAL)
    new = Appointment(user=world.executive, role=Role.TECHNICAL, organ=organ, position="Jefa", valid_from=TODAY())
    own = appointments.appoint(new, by=world.administrator)
    with pytest.raises(PeopleError):
        appointments.confirm(own, by=world.executive)


@pytest.mark.parametrize("who", ["reviewer", "administrator", "observer", "focal"])
def test_only_the_ejecutiva_confirms(world, pending, who):
    enter(getattr(world, who)).post(f"/personas/nombramientos/{pending.pk}/confirmar/")
    assert Appointment.objects.get(pk=pending.pk).awaits_confirmation


def test_what_was_confirmed_is_not_discarded_nor_confirmed_again(world, pending):
    seen = Appointment.objects.get(pk=pending.pk)
    appointments.confirm(pending, by=world.executive)
    for act in (appointments.confirm, appointments.discard):
        with pytest.raises(PeopleError, match="Otra persona ya confirmó o descartó"):
            act(seen, by=world.executive)


def test_a_discarded_one_stays_in_the_record_without_rights_and_may_be_given_anew(world, pending):
    enter(world.administrator).post(f"/personas/nombramientos/{pending.pk}/descartar/")
    assert rights_of(world.observer) == {Role.OBSERVER}
    page = text_of(enter(world.executive).get(f"/personas/{world.observer.pk}/"))
    assert "Descartado" in page
    assert "confirmar/" not in page
    again = Appointment(user=world.observer, role=Role.TECHNICAL, organ=pending.organ, position="Analista")
    assert appointments.appoint(again, by=world.administrator).is_pending


def test_the_ejecutiva_finds_on_the_page_what_waits_for_her(world, pending):
    page = text_of(enter(world.executive).get("/personas/"))
    assert f"/personas/nombramientos/{pending.pk}/confirmar/" in page
    assert "registró Luis Godoy" in page


def test_a_new_person_is_invited_to_a_secretaria_only_once_it_is_confirmed(world):
    appoint(world, world.administrator, "secretaria-tecnica")
    assert not Invitation.objects.exists()
    appointments.confirm(Appointment.objects.pending().get(), by=world.executive)
    assert Invitation.objects.get().user.email == "nueva@carabineros.example"


def test_no_field_of_a_request_confirms_a_secretaria_nor_opens_more_than_the_form_asks(world):
    every_field = {field.attname: "1" for model in (Appointment, User) for field in model._meta.concrete_fields}
    fields = typed(world) | {name: value for name, value in every_field.items() if name not in typed(world)}
    enter(world.administrator).post(
        "/personas/nombrar/secretaria-tecnica/", fields | {"awaits_confirmation": "", "valid_to": ""}
    )
    new = Appointment.objects.get(user__email="nueva@carabineros.example")
    assert (new.role, new.awaits_confirmation, new.confirmed_by) == (Role.TECHNICAL, True, None)
    assert (new.institution, new.subcommission, new.recorded_by) == (None, None, world.administrator)
    assert (new.user.has_entered, new.user.is_demo) == (False, False)


def test_without_a_plan_a_secretaria_cannot_be_granted_and_says_so(world):
    world.plan.state = "closed"
    world.plan.save()
    response = appoint(world, world.administrator, "secretaria-tecnica")
    assert errors_of(response) == ["El plan vigente no tiene registrada esta secretaría."]
