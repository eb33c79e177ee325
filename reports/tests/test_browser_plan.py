"""The pages with figures in a browser, wide and narrow: nothing that axe finds wrong, nothing that scrolls sideways."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from indicators.enums import TargetScope
from plan.models import GuidingPrinciple
from reports.tests import story, world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def screen(request, page: Page) -> Page:
    page.set_viewport_size({"width": request.param, "height": 900})
    return page


@pytest.fixture
def told(screen, live_server):
    """The story of the figures, which a secretary reads."""
    told = story.tell()
    GuidingPrinciple.objects.create(plan=told.plan, number=1, title="Enfoque de derechos", text="Personas primero.")
    client = Client()
    client.force_login(world.make_secretary(told.plan))
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    screen.context.add_cookies([session])
    screen.goto(f"{live_server.url}/plan/")
    return told


def unfold(screen: Page) -> None:
    """Opens every explanation: what is folded is not checked otherwise."""
    screen.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")


def look(screen: Page, check_accessibility) -> None:
    unfold(screen)
    check_accessibility(screen)
    assert screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), screen.url


def test_from_the_plan_to_an_action_and_to_the_texts(screen, told, check_accessibility):
    main = screen.locator("main")
    expect(main).to_contain_text("75,0\u00a0% sobre 1 de 1 acción (1 de 2 indicadores)")
    look(screen, check_accessibility)
    screen.get_by_role("link", name="Capacitar a funcionarios").click()
    expect(screen.get_by_role("img", name="104 informado, 90 verificado")).to_be_visible()
    look(screen, check_accessibility)
    screen.get_by_role("link", name="Plan", exact=True).first.click()
    screen.get_by_role("link", name="Textos del plan").click()
    expect(main).to_contain_text("Personas primero.")
    look(screen, check_accessibility)


def test_on_paper_there_are_the_dates_and_who_opened_the_page_and_nothing_to_press(screen, told, live_server):
    screen.goto(f"{live_server.url}/tablero/?corte=2016-12-31")
    screen.emulate_media(media="print")
    expect(screen.locator("main")).to_contain_text("Corte 31-12-2016, con lo resuelto hasta")
    expect(screen.get_by_text("Página abierta el")).to_be_visible()
    assert screen.locator("nav:visible, form:visible, button:visible, summary:visible").count() == 0
    assert screen.get_by_role("link", name="Cómo se calculó? B").count() == 0
    assert screen.evaluate(
        "document.querySelector('.desplaza').scrollWidth <= document.querySelector('.desplaza').clientWidth"
    )


def test_the_tablero_of_the_plan_and_of_an_eje_can_be_read_everywhere(screen, told, live_server, check_accessibility):
    screen.get_by_role("link", name="Tablero").first.click()
    expect(screen.locator("main")).to_contain_text("Requiere atención")
    look(screen, check_accessibility)
    screen.get_by_role("link", name="Eje 1 · Nombre del eje 1").first.click()
    expect(screen.locator("main")).to_contain_text("Los objetivos del eje")
    look(screen, check_accessibility)
    screen.get_by_role("link", name=", 1.1: cómo se calculó").click()
    expect(screen.get_by_role("heading", name="¿Cómo se calculó? Objetivo 1.1")).to_be_visible()
    look(screen, check_accessibility)
    screen.get_by_role("link", name="Acción 1.1.1").first.click()
    screen.get_by_role("link", name="Indicador 1.1.1.I1").first.click()
    expect(screen.locator("main")).to_contain_text("90 ÷ 120")
    look(screen, check_accessibility)


def test_from_an_action_to_the_ficha_of_its_indicator_and_to_how_it_is_measured(
    screen, told, live_server, check_accessibility
):
    world.make_target(told.counted, 200, world.make_agreement(told.plan), scope=TargetScope.WHOLE_PLAN)
    screen.goto(f"{live_server.url}/plan/acciones/1.1.1/")
    screen.get_by_role("link", name="Ficha del indicador 1.1.1.I1").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Número de funcionarios capacitados")
    going_on = screen.get_by_role("region", name="Si sigue igual")
    expect(going_on).to_contain_text("179")
    expect(going_on).to_contain_text("No alcanza")
    look(screen, check_accessibility)
    screen.goto(f"{screen.url}#como-se-calculo")
    expect(screen.get_by_role("heading", name="¿Cómo se calculó?")).to_be_in_viewport()


def test_choosing_another_day_changes_the_figures_and_following_a_link_keeps_it(screen, told):
    screen.get_by_label("Con lo resuelto hasta").fill("2017-01-25")
    screen.get_by_role("button", name="Cambiar").click()
    expect(screen.locator("main")).to_contain_text("0,0\u00a0% sobre 1 de 1 acción (1 de 2 indicadores)")
    screen.get_by_role("link", name="Capacitar a funcionarios").click()
    expect(screen.get_by_label("Con lo resuelto hasta")).to_have_value("2017-01-25")
    expect(screen.get_by_role("img", name="Valor acumulado por período, 1.1.1.I1: 104 informado")).to_be_visible()


def test_a_wrong_date_is_told_without_an_error_of_accessibility(screen, told, live_server, check_accessibility):
    screen.goto(f"{live_server.url}/plan/?corte=2014-12-31")
    sentence = "Elija un corte dentro del plan, entre 01-01-2015 y 31-12-2018."
    expect(screen.get_by_label("Corte", exact=True)).to_have_accessible_description(sentence)
    look(screen, check_accessibility)
