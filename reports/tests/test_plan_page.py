"""The page of the plan, asked as a reader would ask it."""

from datetime import date

import pytest
from django.urls import reverse

from indicators.enums import TargetScope
from plan.enums import Role
from reports.tests import world

pytestmark = pytest.mark.django_db
URL = "/plan/"


@pytest.fixture
def plan():
    return world.make_plan()


@pytest.fixture
def reader():
    return world.make_user(Role.OBSERVER)


@pytest.fixture
def story(plan):
    """Carabineros had 90 of the 120 people of 2016 validated, and 100 informed; PDI informed 4."""
    action = world.make_action(plan, "1.1.1", "Capacitar a funcionarios")
    indicator = world.make_count(action)
    acta = world.make_agreement(plan, 9)
    world.make_target(indicator, 120, acta)
    period = world.make_period(plan)
    police = world.make_institution("Carabineros de Chile", plan=plan)
    detectives = world.make_institution("Policía de Investigaciones", "PDI", plan=plan)
    for institution in (police, detectives):
        world.make_responsible(action, institution, acta)
    world.approve(world.submit(action, police, period, {indicator: {"value": 100}}), value=90)
    world.submit(action, detectives, period, {indicator: {"value": 4}})
    return action


def page(client, user, **query):
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(URL, query)


def test_the_three_figures_stand_apart_each_with_its_denominators(client, reader, story):
    html = page(client, reader).content.decode()
    assert "75,0\xa0% sobre 1 de 1 acción (1 de 1 indicador)" in html
    assert "Informado: 86,7\xa0%" in html
    assert "1 = 1 vigente + 0 suprimidas" in html
    assert "1<small> de 2 reportes validados</small>" in html
