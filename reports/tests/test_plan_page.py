"""The page of the plan and the page of its texts, asked as a reader would ask them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.enums import TargetScope
from indicators.tests.world import as_read
from plan.enums import PlanState, Role
from plan.models import GuidingPrinciple, SpecificObjective
from reports.small_cells import PROTECTED
from reports.tests import story, world

pytestmark = pytest.mark.django_db
PLAN, TEXTS = "/plan/", "/plan/textos/"


@pytest.fixture
def told():
    return story.tell()


@pytest.fixture
def reader(client, told):
    client.force_login(world.make_user(Role.OBSERVER))
    return client


def page(client, **query) -> str:
    response = client.get(PLAN, query)
    assert response.status_code == 200
    return as_read(response.content.decode())


# Figures ---------------------------------------------------------------------------------------------------
def test_on_an_earlier_corte_the_target_stands_in_the_table_of_progress(reader):
    assert "Avance hacia la meta" in page(reader, corte="2015-12-31")
    assert "Avance hacia la meta" not in page(reader)


def test_the_links_to_the_fichas_keep_both_dates(reader):
    assert 'href="/plan/acciones/1.1.1/?corte=2015-12-31&amp;hasta=2017-01-25"' in page(
        reader, corte="31-12-2015", hasta="2017-01-25"
    )
    assert 'href="/plan/acciones/1.1.1/"' in page(reader)


def test_an_objective_without_a_target_says_so_instead_of_a_zero(reader, told):
    world.make_count(world.make_action(told.plan, "2.1.1", "Estudiar"))
    assert '<span class="sin-meta">Sin meta acordada</span>' in page(reader)


def test_a_target_of_one_institution_is_a_row_of_that_institution(client, told):
    world.make_target(
        told.counted, 40, world.make_agreement(told.plan), scope=TargetScope.WHOLE_PLAN, institution=told.police
    )
    words = f"{told.counted.text}</a> · {told.police.name}"
    seen = []
    for user in (
        world.make_secretary(told.plan),
        world.make_user(Role.FOCAL_POINT, institution=told.police),
        world.make_user(Role.FOCAL_POINT, institution=told.detectives),
        world.make_user(Role.OBSERVER),
    ):
        client.force_login(user)
        seen.append(words in page(client))
    assert seen == [True, True, False, False]


def test_few_persons_of_an_institution_are_protected_as_on_the_ficha(client, told):
    action = world.make_action(told.plan, "1.1.2", "Formar a formadores")
    world.make_means(action, "Lista de asistencia", lists_people=True)
    trainers, acta = world.make_count(action), world.make_agreement(told.plan)
    for institution, value in ((told.police, 3), (told.detectives, 90)):
        world.make_responsible(action, institution, acta)
        world.make_target(trainers, 100, acta, scope=TargetScope.WHOLE_PLAN, institution=institution)
        world.approve(world.submit(action, institution, told.period, {trainers: {"value": value}}))
    client.force_login(world.make_secretary(told.plan))
    shown = [
        client.get(PLAN).context["page"].advances,
        client.get("/plan/acciones/1.1.2/").context["page"].indicators[0].advances,
    ]
    on_plan = {line.advance.value_text for line in shown[0] if line.indicator.id == trainers.pk}
    assert on_plan == {advance.value_text for advance in shown[1]} == {PROTECTED}


# Wrong dates ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"corte": "31-02-2016"}, "Escriba una fecha que exista, como 31-12-2016."),
        ({"corte": "2014-12-31"}, "Elija un corte dentro del plan, entre 01-01-2015 y 31-12-2018."),
        ({"hasta": (timezone.localdate() + timedelta(days=2)).isoformat()}, "Elija una fecha que ya haya llegado."),
        ({"hasta": "ayer"}, "Escriba una fecha que exista, como 31-12-2016."),
    ],
)
def test_a_wrong_date_is_told_at_its_field_and_the_figures_are_those_of_the_default(reader, wrong, sentence):
    html = page(reader, **wrong)
    (field,) = wrong
    assert sentence in html.split(f'name="{field}"')[1].split("</div></div>")[0]
    assert "Corte 31-12-2016, con lo resuelto hasta" in html
    assert "75,0\xa0% sobre 1 de 1 acción" in html


# Who ---------------------------------------------------------------------------------------------------
def people_who_read(told) -> list:
    return [
        world.make_user(Role.OBSERVER),
        world.make_user(Role.FOCAL_POINT, institution=told.police),
        world.make_coordinator(told.action.objective.axis),
        world.make_secretary(told.plan, Role.TECHNICAL),
        world.make_secretary(told.plan, Role.EXECUTIVE),
    ]


def test_every_role_of_the_plan_reads_the_same_figures(client, told):
    for user in people_who_read(told):
        client.force_login(user)
        assert "75,0\xa0% sobre 1 de 1 acción (1 de 2 indicadores)" in page(client)
        assert client.get(TEXTS).status_code == 200


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, None])
@pytest.mark.parametrize("address", [PLAN, TEXTS])
def test_to_those_who_do_not_work_with_the_plan_it_does_not_exist(client, told, role, address):
    client.force_login(world.make_user(role))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [PLAN, TEXTS])
def test_without_a_login_it_asks_for_one(client, told, address):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, f"/ingresar/?next={address}")


@pytest.mark.parametrize("address", [PLAN, TEXTS])
def test_nothing_is_ever_posted_to_it(reader, address):
    assert reader.post(address).status_code == 405


# Around the figures -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", [PLAN, TEXTS])
def test_without_a_plan_in_force_the_page_says_so(reader, told, address):
    told.plan.state = PlanState.DRAFT
    told.plan.save()
    response = reader.get(address)
    assert response.status_code == 200
    assert "Todavía no hay un plan vigente" in response.content.decode()


def test_the_texts_are_those_of_the_plan(reader, told):
    SpecificObjective.objects.create(plan=told.plan, number=1, text="Fortalecer la detección")
    GuidingPrinciple.objects.create(plan=told.plan, number=1, title="Enfoque de derechos", text="Personas primero.")
    html = reader.get(TEXTS).content.decode()
    for words in (
        told.plan.general_objective,
        "Fortalecer la detección",
        "Enfoque de derechos",
        "Personas primero.",
    ):
        assert words in html


def test_a_larger_plan_takes_no_more_queries(reader, told):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(reader)
        return len(captured)

    page(reader)  # Fills what is kept between requests.
    first = queries()
    for code in ("1.1.2", "1.2.1", "2.1.1", "3.1.1"):
        action = world.make_action(told.plan, code)
        indicator = world.make_count(action)
        acta = world.make_agreement(told.plan, agreed_on=date(2015, 2, 1))
        world.make_target(indicator, 10, acta)
        world.make_responsible(action, told.police, acta)
        world.approve(world.submit(action, told.police, told.period, {indicator: {"value": 10}}))
    assert queries() == first
