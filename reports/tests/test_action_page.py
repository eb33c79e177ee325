"""The ficha of an action: figures for everybody, rows by institution only for those whom they concern."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.enums import Move, ResponsibilityKind
from indicators.models import MeansOfVerification, Transition
from indicators.tests.world import as_read
from plan.enums import PlanState, Role
from reports.small_cells import FEW, WITHHELD
from reports.tests import story, world

pytestmark = pytest.mark.django_db
FICHA = "/plan/acciones/1.1.1/"


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


def ficha(client, **query) -> str:
    response = client.get(FICHA, query)
    assert response.status_code == 200
    return as_read(response.content.decode())


def rows(html: str, heading: str) -> dict[str, list[str]]:
    """The cells of each row of the first table under a heading, by the words of the row; empty without the table."""
    _, _, after = html.partition(f"<summary>{heading}</summary>")
    lines = re.findall(r"<tr[^>]*><th scope=\"row\">(.*?)</th>(.*?)</tr>", after.partition("</table>")[0], re.DOTALL)
    return {plain(name): [plain(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", cells)] for name, cells in lines}


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


# Figures ---------------------------------------------------------------------------------------------------
def test_the_action_and_its_indicators_tell_what_is_verified_and_what_is_only_informed(reader):
    html = ficha(reader)
    assert '<div class="valor-grande">75,0\xa0%</div>' in html
    assert '<div class="valor-grande">90</div>' in html
    assert "Informado: 104" in html
    assert "120 al 31-12-2016, año 2016" in html
    assert "Validados 1 e informados 2, de 2 exigibles; a tiempo, 2" in html
    assert rows(html, "Ver los datos del gráfico") == {"Año 2016": ["90", "104"]}


def test_a_colaboradora_without_a_seat_stands_after_the_others(reader, told):
    acta = world.make_agreement(told.plan)
    for name, plan in (("Fundación Externa", None), ("Servicio Médico Legal", told.plan), ("Asociación Externa", None)):
        other = world.make_institution(name, plan=plan)
        world.make_responsible(told.action, other, acta, ResponsibilityKind.COLLABORATOR)
    found = reader.get(reverse("reports:action", args=["1.1.1"])).context["page"].duties.collaborators
    assert [row.institution.name for row in found] == [
        "Servicio Médico Legal",
        "Asociación Externa",
        "Fundación Externa",
    ]


def test_the_approval_of_an_annulled_report_is_no_longer_the_last_one(secretary, told):
    assert "Último aprobado" in ficha(secretary)
    approved = told.report_of(told.police)
    by = world.make_secretary(told.plan)
    states = {"from_state": "approved", "to_state": "annulled"}
    Transition.objects.create(report=approved, move=Move.ANNUL, by=by, acting_as="-", round=1, comment="x", **states)
    assert "Último aprobado" not in ficha(secretary)


def test_a_medio_accredited_before_it_is_owed_is_told(secretary):
    table = ficha(secretary).partition("Medio que fija el plan")[2].partition("</table>")[0]
    assert "1 más, antes de ser exigible" in plain(table)


def test_before_the_approval_was_known_there_was_no_verified_value(reader):
    html = ficha(reader, hasta="2017-01-25")
    assert '<div class="valor-grande">0,0\xa0%</div>' in html
    assert rows(html, "Ver los datos del gráfico") == {"Año 2016": ["Sin valor", "104"]}


def test_on_an_earlier_corte_the_target_is_not_yet_due(reader):
    html = ficha(reader, corte="2015-12-31")
    assert "Corte 31-12-2015" in html
    assert "de la meta de 120 al 31-12-2016" in html
    assert '<div class="valor-grande">75,0\xa0%</div>' not in html


def test_an_indicator_without_a_target_says_so(reader):
    _, first, second = re.split(r'<article aria-labelledby="t-1\.1\.1\.I\d">', ficha(reader))
    assert "Sin meta acordada" not in first
    assert '<span class="sin-meta">Sin meta acordada</span>' in second


def test_a_wrong_date_is_told_at_its_field_and_the_page_is_shown(reader):
    html = ficha(reader, corte="31-02-2016")
    assert "Escriba una fecha que exista, como 31-12-2016." in html
    assert '<div class="valor-grande">75,0\xa0%</div>' in html


# Few people ---------------------------------------------------------------------------------------------------
def test_few_persons_of_a_region_and_what_would_tell_them_are_left_out_for_everybody(secretary):
    assert rows(ficha(secretary), "Por región") == {
        "Ar Arica": [FEW, FEW],
        "Ta Tarapacá": ["77", "91"],
        "An Antofagasta": [WITHHELD, WITHHELD],
        "Total": ["90", "104"],
    }


def test_the_calculation_of_few_persons_is_not_told_row_by_row(secretary):
    html = ficha(secretary)
    assert "protegido</td>" in html
    assert "No se muestran 4 líneas del detalle" in html


def test_what_does_not_count_persons_is_printed_whole(secretary, told):
    MeansOfVerification.objects.update(lists_people=False)
    html = ficha(secretary)
    assert rows(html, "Por región")["Ar Arica"] == ["3", "3"]
    assert "protegido</td>" not in html


def test_an_action_whose_proof_is_reserved_is_not_broken_down(secretary, told):
    MeansOfVerification.objects.update(reserved=True)
    html = ficha(secretary)
    assert (rows(html, "Por región"), rows(html, "Por institución")) == ({}, {})
    assert "sus cifras no se desglosan" in html


# Who ---------------------------------------------------------------------------------------------------
POLICE, DETECTIVES = "Carabineros de Chile", "Policía de Investigaciones"


def readers(told) -> dict:
    return {
        "secretaría técnica": world.make_secretary(told.plan, Role.TECHNICAL),
        "secretaría ejecutiva": world.make_secretary(told.plan, Role.EXECUTIVE),
        "coordinación": world.make_coordinator(told.action.objective.axis),
        "otra coordinación": world.make_coordinator(world.make_action(told.plan, "2.1.1").objective.axis),
        "Carabineros": world.make_user(Role.FOCAL_POINT, institution=told.police),
        "PDI": world.make_user(Role.FOCAL_POINT, institution=told.detectives),
        "observación": world.make_user(Role.OBSERVER),
    }


def test_rows_by_institution_reach_only_those_whom_they_concern(client, told):
    people = readers(told)
    tables = {name: rows(ficha(as_person(client, user)), "Por institución") for name, user in people.items()}
    both = {POLICE: ["90", "90"], DETECTIVES: ["–", "14"], "Total": ["90", "104"]}
    assert tables == {
        "secretaría técnica": both,
        "secretaría ejecutiva": both,
        "coordinación": both,
        "otra coordinación": {},
        "Carabineros": {POLICE: ["90", "90"], "Total": ["90", "104"]},
        "PDI": {DETECTIVES: ["–", "14"], "Total": ["90", "104"]},
        "observación": {},
    }


def test_reports_are_listed_only_for_those_who_may_open_them(client, told):
    links = [reverse("indicators:report", args=[told.report_of(who).pk]) for who in (told.police, told.detectives)]
    pages = {name: ficha(as_person(client, user)) for name, user in readers(told).items()}
    assert {name: [f'href="{link}"' in html for link in links] for name, html in pages.items()} == {
        "secretaría técnica": [True, True],
        "secretaría ejecutiva": [True, True],
        "coordinación": [True, True],
        "otra coordinación": [False, False],
        "Carabineros": [True, False],
        "PDI": [False, True],
        "observación": [False, False],
    }


def test_who_resolved_and_where_is_told_only_with_the_report(client, told):
    assert "Último aprobado" in ficha(as_person(client, world.make_user(Role.FOCAL_POINT, institution=told.police)))
    for user in (world.make_user(Role.FOCAL_POINT, institution=told.detectives), world.make_user(Role.OBSERVER)):
        html = ficha(as_person(client, user))
        assert "Último aprobado" not in html
        assert "Analista, Secretaría técnica" not in html


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, None])
def test_to_those_who_do_not_work_with_the_plan_it_does_not_exist(client, told, role):
    assert as_person(client, world.make_user(role)).get(FICHA).status_code == 404


def test_without_a_login_it_asks_for_one(client, told):
    response = client.get(FICHA)
    assert (response.status_code, response["Location"]) == (302, f"/ingresar/?next={FICHA}")


def test_nothing_is_ever_posted_to_it(reader):
    assert reader.post(FICHA).status_code == 405


@pytest.mark.parametrize("code", ["9.9.9", "1.1", "x", "1.1.1.I1"])
def test_an_action_that_is_not_in_the_plan_does_not_exist(reader, code):
    assert reader.get(f"/plan/acciones/{code}/").status_code == 404


def test_without_a_plan_in_force_no_action_exists(reader, told):
    told.plan.state = PlanState.DRAFT
    told.plan.save()
    assert reader.get(FICHA).status_code == 404


# Around the figures -----------------------------------------------------------------------------------------------
def test_the_narrative_of_the_plan_is_shown_where_it_differs(reader, told):
    assert "En el relato del plan" not in ficha(reader)
    told.action.narrative_text = told.action.text
    told.action.save()
    assert "En el relato del plan" not in ficha(reader)
    told.action.narrative_text = "Capacitar funcionarios y funcionarias"
    told.action.save()
    assert '<blockquote class="cita">Capacitar funcionarios y funcionarias</blockquote>' in ficha(reader)


def test_six_reports_are_at_sight_and_the_older_ones_folded(secretary, told):
    for year in (2010, 2011, 2012, 2013, 2014):
        period = world.make_period(told.plan, date(year, 1, 1), date(year, 12, 31))
        world.submit(told.action, told.police, period, {})
    head, _, folded = ficha(secretary).partition("<summary>Ver 1 anterior</summary>")
    assert head.rpartition("t-rep")[2].count("<li") == 6
    assert re.findall(r"Año \d+", folded.partition("</details>")[0]) == ["Año 2010"]


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
        world.approve(world.submit(told.action, other, told.period, {indicator: {"value": 10}}))
    assert queries() == first
