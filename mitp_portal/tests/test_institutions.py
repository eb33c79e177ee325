"""Institutions: in the plan's order, with who answers for each; renamed from a day on without losing their past."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.template import Context, Template
from django.utils import timezone

from indicators.plan_file import dump
from indicators.tests.world import enter, text_of
from plan.enums import InstitutionKind, Role
from plan.models import AuditEntry, Institution, Plan
from plan.roster import count_vacant

TODAY = timezone.localdate


def rename(world, institution: Institution, by=None, **fields):
    data = {"name": "Ministerio del Interior y Seguridad Pública", "acronym": "MISP", "first_day": TODAY()} | fields
    return enter(by or world.reviewer).post(f"/instituciones/{institution.pk}/nombre/", data)


def errors_of(response) -> list[str]:
    return [sentence for sentences in response.context["form"].errors.values() for sentence in sentences]


def test_the_list_is_in_the_order_of_the_plan_and_counts_who_has_no_titular(world):
    Institution.objects.create(name="Academia", kind=InstitutionKind.PUBLIC)
    response = enter(world.executive).get("/instituciones/")
    assert [str(seat.institution) for seat in response.context["members"]] == [
        "Dirección del Trabajo",
        "Carabineros de Chile",
        "Ministerio del Interior",
    ]
    assert [str(seat.institution) for seat in response.context["others"]] == ["Academia"]
    assert "1 institución sin titular que responda por ella." in text_of(response)


def test_a_titular_who_cannot_sign_in_is_none(world):
    world.focal_y.is_active = False
    world.focal_y.save()
    assert count_vacant(world.plan) == 2


def test_a_suplente_is_no_titular_and_an_appointment_that_ran_out_neither(world):
    world.focal.appointments.update(valid_to=TODAY() - timedelta(1))
    assert count_vacant(world.plan) == 2


@pytest.mark.parametrize(("vacancies", "sentence"), [(1, "1 institución sin titular"), (0, "")])
def test_the_desk_is_told_wherever_it_works(world, vacancies, sentence):
    if not vacancies:
        world.person_of(world.ministry)
    told = Template("{% load people %}{% people_alerts plan %}").render(Context({"plan": world.plan}))
    assert (sentence in told, bool(told.strip())) == (True, bool(vacancies))


def test_who_left_the_mesa_is_told_apart_with_the_acta_that_ended_it(world):
    Institution.objects.create(name="Academia", kind=InstitutionKind.PUBLIC)
    end = {"valid_to": date(2016, 6, 30), "ended_under": world.agreement, "end_recorded_at": timezone.now()}
    world.y.memberships.update(**end)
    response = enter(world.executive).get("/instituciones/")
    told = {name: [str(seat.institution) for seat in response.context[name]] for name in ("former", "others")}
    assert told == {"former": ["Carabineros de Chile"], "others": ["Academia"]}
    assert world.y not in [seat.institution for seat in response.context["members"]]
    assert "30-06-2016" in text_of(response)
    assert "Cambiar integrantes" not in text_of(response)


def test_who_left_the_mesa_needs_no_titular(world):
    world.ministry.memberships.update(valid_to=TODAY() - timedelta(1))
    assert count_vacant(world.plan) == 0


def test_the_page_of_one_tells_its_places_and_leads_the_desk_to_the_acta(world):
    world.x.subcommissionmemberships.create(
        subcommission=world.coordinator.appointments.get().subcommission,
        valid_from=date(2016, 7, 1),
        agreement=world.agreement,
    )
    page = text_of(enter(world.reviewer).get(f"/instituciones/{world.x.pk}/"))
    assert "Subcomisión 1" in page
    assert "01-07-2016" in page
    assert f"/actas/{world.agreement.pk}/integrantes/" in page
    assert "/integrantes/" not in text_of(enter(world.administrator).get(f"/instituciones/{world.x.pk}/"))


@pytest.mark.parametrize("institutions", [3, 60])
def test_the_list_takes_the_same_few_queries_whatever_its_length(world, institutions, django_assert_max_num_queries):
    for number in range(institutions - 3):
        world.person_of(world.institution(f"Servicio {number}"))
    browser = enter(world.reviewer)
    browser.get("/plan/textos/")
    with django_assert_max_num_queries(10):
        assert len(browser.get("/instituciones/").context["members"]) == institutions


def test_the_page_of_one_shows_people_duties_names_and_history(world, django_assert_max_num_queries):
    former = world.person("Hugo Paredes", Role.FOCAL_POINT, institution=world.x, valid_to=TODAY() - timedelta(9))
    world.sent()
    browser = enter(world.reviewer)
    browser.get("/plan/textos/")
    with django_assert_max_num_queries(21):
        response = browser.get(f"/instituciones/{world.x.pk}/")
    assert response.context["current"][0].appointment.user == world.focal
    assert [line.appointment.user for line in response.context["past"]] == [former]
    page = text_of(response)
    assert "Acciones por las que responde" in page
    assert "Cambió de estado" in page


def test_administracion_sees_people_and_no_duties(world):
    world.sent()
    page = text_of(enter(world.administrator).get(f"/instituciones/{world.x.pk}/"))
    assert "Marcela Rivas" in page
    assert "Acciones por las que responde" not in page
    assert "Cambió de estado" not in page


# Names


def test_a_new_name_rules_from_its_day_and_the_old_one_stays(world):
    first_day = TODAY() - timedelta(30)
    assert rename(world, world.ministry, first_day=first_day).url == f"/instituciones/{world.ministry.pk}/"
    world.ministry.refresh_from_db()
    assert (world.ministry.name, world.ministry.acronym) == ("Ministerio del Interior y Seguridad Pública", "MISP")
    names = world.ministry.names.order_by("pk").values_list("name", "valid_from", "valid_to")
    assert list(names) == [
        ("Ministerio del Interior", None, first_day - timedelta(1)),
        ("Ministerio del Interior y Seguridad Pública", first_day, None),
    ]
    assert AuditEntry.objects.get().data == {"fields": ["name"], "valid_from": first_day.isoformat()}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "Ministerio del Interior"}, "Es el nombre que ya tiene."),
        ({"name": "carabineros de chile"}, "Así se llama o se llamó Carabineros de Chile."),
        ({"name": "x" * 201}, "Asegúrese de que este valor tenga menos de 200 caracteres (tiene 201)."),
        ({"acronym": "dt"}, "Esa sigla es o fue de Dirección del Trabajo."),
        ({"name": ""}, "Falta el nombre."),
        ({"first_day": TODAY() + timedelta(1)}, "Registre el nombre cuando comience a regir."),
        ({"first_day": "0001-01-01"}, "Revise el año de la fecha."),
    ],
)
def test_a_name_that_cannot_be_is_told(world, fields, sentence):
    response = rename(world, world.ministry, **fields)
    assert (response.status_code, errors_of(response)) == (422, [sentence])
    assert not world.ministry.names.exists()


def test_a_name_cannot_begin_before_the_one_that_it_follows(world):
    rename(world, world.ministry)
    response = rename(world, world.ministry, name="Otro nombre")
    assert errors_of(response) == [f"El nombre actual rige desde el {TODAY():%d-%m-%Y}: elija una fecha posterior."]


def test_an_institution_may_go_back_to_a_name_that_it_bore(world):
    rename(world, world.ministry, first_day="2018-01-01")
    assert rename(world, world.ministry, name="Ministerio del Interior", first_day="2020-01-01").status_code == 302


def test_the_file_of_the_plan_still_knows_an_institution_that_was_renamed(db):
    call_command("load_plan", stdout=StringIO())
    before = Institution.objects.count()
    justice = Institution.objects.get(name="Ministerio de Justicia")
    justice.names.create(name=justice.name, valid_to="2016-01-18")
    justice.name = "Ministerio de Justicia y Derechos Humanos"
    justice.save()
    call_command("load_plan", stdout=StringIO())
    assert Institution.objects.count() == before
    justice.refresh_from_db()
    assert justice.name == "Ministerio de Justicia y Derechos Humanos"
    assert "Ministerio de Justicia y Derechos Humanos" in dump(Plan.objects.get())


# Data


def edit(world, institution: Institution, by=None, **fields):
    data = {"acronym": "DT", "kind": InstitutionKind.PUBLIC, "parent": "", "predecessor": ""} | fields
    return enter(by or world.reviewer).post(f"/instituciones/{institution.pk}/editar/", data)


def test_what_an_institution_depends_on_is_kept_and_logged(world):
    edit(world, world.x, parent=world.ministry.pk)
    world.x.refresh_from_db()
    assert world.x.parent == world.ministry
    assert AuditEntry.objects.get().data == {"fields": ["parent"]}


@pytest.mark.parametrize(
    ("field", "sentence"),
    [("parent", "Esa institución ya depende de esta."), ("predecessor", "Esa institución ya viene de esta.")],
)
def test_no_institution_stands_above_itself(world, field, sentence):
    edit(world, world.x, **{field: world.y.pk})
    response = edit(world, world.y, acronym="", **{field: world.x.pk})
    assert errors_of(response) == [sentence]


def test_a_sigla_is_of_one_institution(world):
    assert errors_of(edit(world, world.y, acronym="dt")) == ["Esa sigla es o fue de Dirección del Trabajo."]


def test_saving_without_a_change_writes_nothing(world):
    edit(world, world.x)
    assert not AuditEntry.objects.exists()


def test_name_and_order_are_not_for_this_form(world):
    edit(world, world.x, name="Otro nombre", pk=world.y.pk)
    world.x.refresh_from_db()
    assert world.x.name == "Dirección del Trabajo"


@pytest.mark.parametrize("act", ["editar", "nombre"])
@pytest.mark.parametrize(
    ("who", "status"), [("reviewer", 200), ("administrator", 200), ("executive", 404), ("focal", 404)]
)
def test_who_changes_an_institution(world, act, who, status):
    assert enter(getattr(world, who)).get(f"/instituciones/{world.x.pk}/{act}/").status_code == status
