"""The ficha of an indicator: what it comes to, where it leads, who gave what and how it is measured."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.calculations.methodology import FORECAST_ASSUMPTION
from indicators.enums import DerivedFrom, Direction, IndicatorKind, PeriodAggregation, Stage, TargetScope
from indicators.models import Indicator, MeansOfVerification, Universe
from indicators.tests.world import as_read
from plan.enums import AmendedObject, AmendmentDecision, PlanState, Role
from plan.models import Amendment
from reports.small_cells import FEW, WITHHELD
from reports.tests import story, world

pytestmark = pytest.mark.django_db
FICHA, OTHER = "/plan/indicadores/1.1.1.I1/", "/plan/indicadores/1.1.1.I2/"
GROWTH = "Valor acumulado, período a período"
POLICE, DETECTIVES = "Carabineros de Chile", "Policía de Investigaciones"


@pytest.fixture
def told():
    return story.tell()


@pytest.fixture
def reader(client, told):
    return as_person(client, world.make_user(Role.OBSERVER))


@pytest.fixture
def secretary(client, told):
    return as_person(client, world.make_secretary(told.plan))


def as_person(client, user):
    client.force_login(user)
    return client


def ficha(client, address=FICHA, **query) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return as_read(response.content.decode())


def panel(html: str, heading: str) -> str:
    """What stands under a heading, up to the next; empty where the page has it not."""
    _, _, after = html.partition(f">{heading}</h2>")
    return after.partition("</section>")[0]


def rows(html: str, heading: str) -> dict[str, list[str]]:
    """The cells of each row of the first table of a panel, by the words that head the row."""
    table = panel(html, heading).partition("</table>")[0]
    lines = re.findall(r"<tr[^>]*>\s*<th scope=\"row\">(.*?)</th>(.*?)</tr>", table, re.DOTALL)
    return {plain(name): [plain(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", cells)] for name, cells in lines}


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()


def measured(html: str) -> dict[str, str]:
    """How it is measured, by label."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", panel(html, "Cómo se mide"))
    return {plain(label): plain(words) for label, words in pairs}


# Figures ---------------------------------------------------------------------------------------------------
def test_it_tells_its_value_its_meta_with_the_acta_and_its_level(reader):
    html = ficha(reader)
    result = plain(panel(html, "Resultado"))
    assert '<div class="valor-grande">90</div>' in html
    assert "120 al 31-12-2016, año 2016" in result
    assert "Acta N.º\xa09, 15-01-2015" in panel(html, "Resultado")
    assert "75,0 % verificado" in result
    assert "86,7 % informado" in result


def test_its_values_by_period_are_drawn_and_listed(reader):
    html = ficha(reader)
    assert "Valor acumulado por período, 1.1.1.I1: 104 informado, 90 verificado" in html
    assert rows(html, GROWTH) == {"Año 2016": ["90", "104"]}


def test_without_a_meta_it_says_so_and_is_measured_all_the_same(reader):
    html = ficha(reader, OTHER)
    assert '<span class="sin-meta">Sin meta acordada</span>' in panel(html, "Resultado")
    assert "Sin valor" in panel(html, "Resultado")


def test_both_dates_are_chosen_in_the_address_and_kept_by_the_links(reader):
    html = ficha(reader, corte="2016-12-31", hasta="2017-01-25")
    assert "Corte 31-12-2016, con lo resuelto hasta 25-01-2017 23:59" in html
    assert rows(html, GROWTH) == {"Año 2016": ["Sin valor", "104"]}
    assert 'href="/plan/acciones/1.1.1/?hasta=2017-01-25"' in html


def test_its_calculation_lies_open_at_its_own_address(secretary, told):
    html = ficha(secretary)
    assert 'id="como-se-calculo"' in html
    assert "90 ÷ 120" in panel(html, "¿Cómo se calculó?")
    link = reverse("indicators:report", args=[told.report_of(told.police).pk])
    assert f'href="{link}"' in panel(html, "¿Cómo se calculó?")


# If it goes on ---------------------------------------------------------------------------------------------------
def test_what_it_comes_to_is_told_with_its_meta_its_assumption_and_its_days(reader, told):
    world.make_target(told.counted, 200, world.make_agreement(told.plan), scope=TargetScope.WHOLE_PLAN)
    going_on = plain(panel(ficha(reader), "Si sigue igual"))
    assert "Al 31-12-2018, meta 200; no entra al cumplimiento" in going_on
    assert "179 (89,9 % de la meta) No alcanza" in going_on
    assert FORECAST_ASSUMPTION in going_on
    assert "90 ÷ 731 días × 1.461 días" in going_on


def test_the_pace_of_what_has_to_fall_leads_down_from_its_baseline(reader, told):
    """Half of the plan's days have gone by."""
    Indicator.objects.filter(number=1).update(direction=Direction.DESCENDING)
    acta = world.make_agreement(told.plan)
    world.make_target(told.counted, 10, acta, scope=TargetScope.WHOLE_PLAN, baseline=210)
    assert rows(ficha(reader), GROWTH) == {"Año 2016": ["90", "104", "110"]}


def test_where_the_figure_is_of_one_year_the_growth_says_that_it_adds_up_all(reader, told):
    words = "Ventana de la cifra y de su meta: año 2016. Aquí se suma desde el inicio del plan."
    assert words in ficha(reader)
    world.make_target(told.counted, 200, world.make_agreement(told.plan), scope=TargetScope.WHOLE_PLAN)
    assert words not in ficha(reader)


def test_before_a_period_was_verified_there_are_words_instead_of_a_number(reader):
    going_on = plain(panel(ficha(reader, hasta="2017-01-25"), "Si sigue igual"))
    assert going_on.endswith("Aún no hay un período completo verificado")


def test_the_table_of_the_plan_tells_it_too(reader, told):
    world.make_target(told.counted, 100, world.make_agreement(told.plan), scope=TargetScope.WHOLE_PLAN)
    table = plain(ficha(reader, "/plan/").partition("t-avance")[2])
    assert "Al vencer, si sigue igual" in table
    assert "179 (179,9 % de la meta) Alcanza" in table


# By institution, and few people ---------------------------------------------------------------------------------------
def readers(told) -> dict:
    return {
        "secretaría": world.make_secretary(told.plan),
        "coordinación": world.make_coordinator(told.action.objective.axis),
        "PDI": world.make_user(Role.FOCAL_POINT, institution=told.detectives),
        "observación": world.make_user(Role.OBSERVER),
    }


def test_what_each_institution_gave_reaches_only_those_whom_it_concerns(client, told):
    people = readers(told)
    tables = {name: rows(ficha(as_person(client, user)), "Por institución") for name, user in people.items()}
    both = {POLICE: ["90", "90"], DETECTIVES: ["–", "14"], "Total": ["90", "104"]}
    assert tables == {
        "secretaría": both,
        "coordinación": both,
        "PDI": {DETECTIVES: ["–", "14"], "Total": ["90", "104"]},
        "observación": {},
    }


def test_a_responsable_that_gave_nothing_has_its_row_too(secretary, told):
    silent = world.make_institution("Fiscalía", plan=told.plan)
    world.make_responsible(told.action, silent, world.make_agreement(told.plan))
    assert rows(ficha(secretary), "Por institución")["Fiscalía"] == ["sin valor", "–"]


def test_of_a_product_each_institution_tells_how_far_it_is(secretary, told):
    product = Indicator.objects.create(
        action=told.action, number=3, text="Guía elaborada", kind=IndicatorKind.PRODUCT, stage=Stage.VALIDATED
    )
    period = world.make_period(told.plan, date(2015, 1, 1), date(2015, 12, 31))
    figures = {product: {"stage": Stage.PREPARED, "stage_on": date(2015, 6, 1)}}
    world.approve(world.submit(told.action, told.police, period, figures))
    html = ficha(secretary, "/plan/indicadores/1.1.1.I3/")
    assert rows(html, "Por institución") == {
        POLICE: ["elaborado (Año 2015)", "elaborado (Año 2015)"],
        DETECTIVES: ["sin valor", "–"],
        "Resultado": ["No logrado (elaborado)", "No logrado (elaborado)"],
    }
    assert "no se proyecta" in panel(html, "Si sigue igual")
    assert panel(html, GROWTH) == ""


def test_of_a_count_of_institutions_each_tells_yes_or_no(secretary, told):
    Indicator.objects.filter(number=2).update(derived_from=DerivedFrom.MESA)
    second = Indicator.objects.get(number=2)
    period = world.make_period(told.plan, date(2015, 1, 1), date(2015, 12, 31))
    world.approve(world.submit(told.action, told.police, period, {second: {"affirmative": True}}))
    world.approve(world.submit(told.action, told.detectives, period, {second: {"affirmative": False}}))
    assert rows(ficha(secretary, OTHER), "Por institución") == {
        POLICE: ["sí (Año 2015)"] * 2,
        DETECTIVES: ["no (Año 2015)"] * 2,
        "Resultado": ["1", "1"],
    }


def test_the_total_of_lists_says_that_a_name_in_several_counts_once(secretary):
    Indicator.objects.update(lists_names=True)
    assert list(rows(ficha(secretary), "Por institución")) == [POLICE, DETECTIVES, "Total, cada nombre una vez"]


def test_few_persons_of_a_region_are_left_out_for_everybody(secretary):
    assert rows(ficha(secretary), "Por región") == {
        "Ar Arica": [plain(FEW), plain(FEW)],
        "Ta Tarapacá": ["77", "91"],
        "An Antofagasta": [WITHHELD, WITHHELD],
        "Total": ["90", "104"],
    }


def test_of_a_reserved_action_nothing_is_broken_down(secretary):
    MeansOfVerification.objects.update(reserved=True)
    html = ficha(secretary)
    assert (rows(html, "Por región"), rows(html, "Por institución")) == ({}, {})
    assert "sus cifras no se desglosan" in html


# Around the figures -----------------------------------------------------------------------------------------------
def test_only_the_medios_that_prove_it_are_listed(secretary, told):
    other = world.make_means(told.action, "Acta de la jornada")
    other.indicators.add(Indicator.objects.get(number=2))
    assert list(rows(ficha(secretary), "Medios de verificación")) == ["Lista de asistencia"]
    assert list(rows(ficha(secretary, OTHER), "Medios de verificación")) == [
        "Lista de asistencia",
        "Acta de la jornada",
    ]


def test_how_it_is_measured_is_told_in_words(reader):
    assert measured(ficha(reader)) == {
        "Tipo": "Conteo",
        "Unidad de medida": "funcionarios",
        "Ingreso": "Del período",
        "Entre instituciones y desgloses": "Suma",
        "Desglose": "Por región",
        "Sentido": "Ascendente",
    }


def test_a_ratio_tells_where_its_denominator_comes_from(reader, told):
    universe = Universe.objects.create(code="dotacion", name="Dotación de la región")
    world.make_flow_ratio(told.action, number=3)
    Indicator.objects.filter(number=3).update(
        denominator_aggregation=PeriodAggregation.STOCK, universe=universe, depends_on=told.counted
    )
    words = measured(ficha(reader, "/plan/indicadores/1.1.1.I3/"))
    assert words["Numerador"] == "Número de casos con medidas"
    assert words["Denominador entre períodos"] == "Existencia (vale la última)"
    assert words["Universo del denominador"] == "Dotación de la región"
    assert words["Denominador tomado de"] == "1.1.1.I1 Número de funcionarios capacitados"
    lender = ficha(reader)
    assert measured(lender)["Da el denominador a"] == "1.1.1.I3 Número de casos con medidas / Número de casos"
    assert 'href="/plan/indicadores/1.1.1.I3/"' in lender


def test_the_ficha_of_the_action_leads_to_each_of_its_indicators(reader):
    html = ficha(reader, "/plan/acciones/1.1.1/", hasta="2017-01-25")
    assert f'href="{FICHA}?hasta=2017-01-25"' in html
    assert f'href="{OTHER}?hasta=2017-01-25"' in html


# What actas change ------------------------------------------------------------------------------------------------
def amend(told, decision, effective_on, **fields) -> None:
    acta = world.make_agreement(told.plan, agreed_on=effective_on)
    Amendment.objects.create(
        agreement=acta,
        effective_on=effective_on,
        object_kind=AmendedObject.INDICATOR,
        object_reference="1.1.1.I1",
        decision=decision,
        recorded_at=acta.recorded_at,
        **fields,
    )


def test_before_an_acta_adds_it_the_page_says_that_it_was_not_yet_part_of_the_plan(reader, told):
    amend(told, AmendmentDecision.ADD, date(2016, 3, 1), new_text="Número de funcionarios")
    html = ficha(reader, corte="2015-12-31")
    assert "Aún no era parte del plan en este corte" in html
    assert "Indicador 1.1.1.I1" in html
    assert "Resultado" in ficha(reader)


def test_suppressed_it_says_so_and_is_not_continued(reader, told):
    amend(told, AmendmentDecision.SUPPRESS, date(2016, 3, 1))
    html = ficha(reader)
    assert "Suprimido" in plain(html)
    assert panel(html, "Si sigue igual") == ""
    assert "Suprimir 1.1.1.I1 desde 01-03-2016" in plain(html)


def test_a_plan_of_which_nothing_was_reported_has_its_fichas(client):
    plan = world.make_plan()
    world.make_count(world.make_action(plan))
    html = ficha(as_person(client, world.make_secretary(plan)))
    assert "Sin valor" in panel(html, "Resultado")
    assert "No tiene medios de verificación vigentes." in html


# Who, and what is not there ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, None])
def test_to_those_who_do_not_work_with_the_plan_it_does_not_exist(client, told, role):
    assert as_person(client, world.make_user(role)).get(FICHA).status_code == 404


def test_without_a_login_it_asks_for_one(client, told):
    response = client.get(FICHA)
    assert (response.status_code, response["Location"]) == (302, f"/ingresar/?next={FICHA}")


def test_nothing_is_ever_posted_to_it(reader):
    assert reader.post(FICHA).status_code == 405


@pytest.mark.parametrize("reference", ["1.1.1.I9", "1.1.1.I01", "1.1.1", "9.9.9.I1", "1.1.1.M1", ".I1", "x"])
def test_what_is_not_in_the_plan_does_not_exist(reader, reference):
    assert reader.get(f"/plan/indicadores/{reference}/").status_code == 404


def test_without_a_plan_in_force_no_indicator_exists(reader, told):
    told.plan.state = PlanState.DRAFT
    told.plan.save()
    assert reader.get(FICHA).status_code == 404


def test_more_reports_and_indicators_take_no_more_queries(secretary, told):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            ficha(secretary)
        return len(captured)

    ficha(secretary)  # Fills what is kept between requests.
    first = queries()
    for number in range(3, 7):
        indicator = world.make_count(told.action, number=number)
        acta = world.make_agreement(told.plan)
        world.make_target(indicator, 10, acta)
        other = world.make_institution(f"Institución {number}", plan=told.plan)
        world.make_responsible(told.action, other, acta)
        figures = {indicator: {"value": 10}, told.counted: {"value": 7}}
        world.approve(world.submit(told.action, other, told.period, figures))
    assert queries() == first
