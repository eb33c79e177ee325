"""A duty passes from one person to another, or ends: what follows of it, and what does not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indicators import workflow
from indicators.tests.world import enter, text_of
from plan.enums import Role, Verb
from plan.models import Appointment, AuditEntry, User

TODAY = timezone.localdate


def typed(**fields) -> dict:
    return {
        "email": "gabriela@dt.example",
        "full_name": "Gabriela Ñancupil",
        "position": "Jefa de oficina",
        "document": "Oficio N.º 40, del 01-11-2026",
        "valid_from": TODAY(),
    } | fields


def path_of(duty: Appointment, act: str) -> str:
    return f"/personas/nombramientos/{duty.pk}/{act}/"


@pytest.fixture
def held(world) -> Appointment:
    return world.focal.appointments.get()


def errors_of(response) -> list[str]:
    return [sentence for sentences in response.context["form"].errors.values() for sentence in sentences]


def receiver() -> User:
    return User.objects.get(email="gabriela@dt.example")


def test_one_act_ends_the_duty_of_one_and_gives_it_to_another(world, held):
    response = enter(world.reviewer).post(path_of(held, "traspasar"), typed())
    assert response.url == f"/personas/{receiver().pk}/"
    held.refresh_from_db()
    new = receiver().appointments.get()
    assert held.valid_to == TODAY() - timedelta(1)
    assert (new.institution, new.capacity, new.valid_from) == (world.x, held.capacity, TODAY())
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [Verb.CREATED, Verb.CHANGED, Verb.APPOINTED, Verb.INVITED]


def test_drafts_pass_on_with_the_duty(world, held):
    report = world.draft()
    typed_by_focal = {"narrative": ["Dos jornadas a medio escribir."], "answer": ["progress"]}
    workflow.save_draft(report, typed_by_focal, by=world.focal, version=report.version)
    enter(world.reviewer).post(path_of(held, "traspasar"), typed())
    edit = f"/reportes/{report.pk}/editar/"
    assert "Dos jornadas a medio escribir." in text_of(enter(receiver()).get(edit))
    assert enter(world.focal).get(edit).status_code == 404


def test_the_suplente_becomes_titular_and_is_suplente_no_more(world, held):
    enter(world.reviewer).post(path_of(held, "traspasar"), typed(email=world.alternate.email, full_name=""))
    duties = world.alternate.appointments.order_by("pk").values_list("capacity", "valid_to")
    assert list(duties) == [("alternate", TODAY() - timedelta(1)), ("titular", None)]


def test_the_page_offers_who_stands_beside(world, held):
    page = text_of(enter(world.reviewer).get(path_of(held, "traspasar")))
    assert f"?persona={world.alternate.pk}" in page
    chosen = enter(world.reviewer).get(f"{path_of(held, 'traspasar')}?persona={world.alternate.pk}")
    assert f'value="{world.alternate.email}"' in text_of(chosen)


@pytest.mark.parametrize("wrong", ["x", "-1", "9" * 30, "\x00", "²"])
def test_a_wrong_address_of_the_page_prefills_nothing(world, held, wrong):
    response = enter(world.reviewer).get(path_of(held, "traspasar"), {"persona": wrong})
    assert response.status_code == 200


def test_a_duty_does_not_pass_to_who_holds_it(world, held):
    response = enter(world.reviewer).post(path_of(held, "traspasar"), typed(email=world.focal.email, full_name=""))
    assert errors_of(response) == ["Elija a otra persona: quien recibe es quien entrega."]


def test_it_cannot_pass_on_before_it_began_and_then_nothing_is_stored(world, held):
    Appointment.objects.filter(pk=held.pk).update(valid_from=TODAY())
    response = enter(world.reviewer).post(path_of(held, "traspasar"), typed())
    assert errors_of(response) == [f"El nombramiento de Marcela Rivas comienza recién el {TODAY():%d-%m-%Y}."]
    assert not User.objects.filter(email="gabriela@dt.example").exists()


def test_a_second_click_is_told_kindly_and_changes_nothing(world, held):
    browser = enter(world.reviewer)
    browser.post(path_of(held, "traspasar"), typed())
    response = browser.post(path_of(held, "traspasar"), typed(), follow=True)
    assert "no se puede cambiar: terminó, o no depende de usted" in text_of(response)
    assert receiver().appointments.count() == 1


def test_a_secretaria_is_not_handed_over(world):
    duty = world.reviewer2.appointments.get()
    response = enter(world.administrator).get(path_of(duty, "traspasar"))
    assert response.url == f"/personas/{world.reviewer2.pk}/"


# Ending


def end(by, duty: Appointment, last_day):
    return enter(by).post(path_of(duty, "terminar"), {"last_day": last_day})


def test_an_appointment_ends_on_its_last_day_and_holds_until_then(world, held):
    end(world.reviewer, held, TODAY())
    assert enter(User.objects.get(pk=world.focal.pk)).get("/pendientes/").status_code == 200
    Appointment.objects.filter(pk=held.pk).update(valid_to=TODAY() - timedelta(1))
    assert enter(User.objects.get(pk=world.focal.pk)).get("/pendientes/").status_code == 404


@pytest.mark.parametrize(
    ("last_day", "sentence"),
    [
        ("", "Falta el último día."),
        ("9999-01-01", "Revise el año de la fecha."),
        ("1999-12-31", "El nombramiento de Marcela Rivas comienza recién el 01-01-2015."),
    ],
)
def test_a_last_day_that_cannot_be_is_told(world, held, last_day, sentence):
    Appointment.objects.filter(pk=held.pk).update(valid_from="2015-01-01")
    response = end(world.reviewer, held, last_day)
    assert (response.status_code, errors_of(response)) == (422, [sentence])


def test_an_end_that_is_set_can_come_sooner_and_not_later(world, held):
    end(world.reviewer, held, TODAY() + timedelta(9))
    assert end(world.reviewer, held, TODAY() + timedelta(10)).status_code == 422
    assert end(world.reviewer, held, TODAY() + timedelta(8)).status_code == 302


@pytest.mark.parametrize("who", ["reviewer2", "executive", "administrator"])
def test_the_tecnica_ends_no_secretaria_and_no_administracion(world, who):
    duty = getattr(world, who).appointments.get()
    end(world.reviewer, duty, TODAY())
    duty.refresh_from_db()
    assert duty.valid_to is None


def test_the_portal_is_never_left_without_ejecutiva(world):
    response = end(world.administrator, world.executive.appointments.get(), TODAY())
    assert errors_of(response) == ["Es la última persona con el perfil Secretaría ejecutiva: nombre antes a otra."]


def test_a_deactivated_one_does_not_count_as_somebody_who_stays(world):
    organ = world.executive.appointments.get().organ
    world.person("Sonia Vidal", Role.EXECUTIVE, organ=organ, is_active=False)
    assert end(world.administrator, world.executive.appointments.get(), TODAY()).status_code == 422
    world.person("Ester Mena", Role.EXECUTIVE, organ=organ)
    assert end(world.administrator, world.executive.appointments.get(), TODAY()).status_code == 302


def test_nobody_ends_their_own(world):
    world.person("Sonia Vidal", Role.ADMINISTRATOR)
    end(world.administrator, world.administrator.appointments.get(), TODAY())
    assert world.administrator.appointments.get().valid_to is None
