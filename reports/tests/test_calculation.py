"""¿Cómo se calculó?: a figure opened on its page, as JSON and by the command, for those who may see its grounds."""

import io
import json
import re
from datetime import date
from html import unescape

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators.enums import Recurrence, ResponsibilityKind, TargetScope
from indicators.models import MeansOfVerification
from indicators.queries import compliance
from indicators.tests.world import as_read
from plan.enums import Role
from plan.models import Region
from reports.exports.documents import facts_as_json
from reports.facts.gather import axis_facts
from reports.tests import story, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return story.tell()


@pytest.fixture
def secretary(client, told):
    client.force_login(world.make_secretary(told.plan))
    return client


@pytest.fixture
def observer(client, told):
    client.force_login(world.make_user(Role.OBSERVER))
    return client


def page(client, reference: str, **query) -> str:
    response = client.get(reverse("reports:calculation", args=[reference]), query)
    assert response.status_code == 200
    return unescape(as_read(response.content.decode()))


def as_json(client, reference: str, **query) -> dict:
    return client.get(reverse("reports:calculation_json", args=[reference]), query).json()


def steps(node: dict, side: str = "verified") -> list[tuple[str, str, str]]:
    return [(step["rule"], step["data"], step["result"]) for step in node[side]["trace"]["steps"]]


def command(*arguments: str) -> str:
    told = io.StringIO()
    call_command("compliance", "--as-of", "2016-12-31", *arguments, stdout=told)
    return told.getvalue()


def test_an_indicator_opens_into_its_steps_its_reports_and_what_was_left_out(secretary):
    MeansOfVerification.objects.update(lists_people=False)
    indicator = as_json(secretary, "1.1.1.I1")
    assert (indicator["verified"]["score"], indicator["verified"]["text"]) == ("3/4", "75,0\xa0%")
    assert steps(indicator)[-1] == ("Sobre la meta", "90 ÷ 120", "75,0\xa0%")
    (used,) = indicator["verified"]["trace"]["inputs"]
    assert used["decided_as"] == "Analista, Secretaría técnica"
    assert indicator["verified"]["trace"]["exclusions"] == [
        {"what": "Policía de Investigaciones, Año 2016", "reason": "en revisión", "reference": None}
    ]
    html = page(secretary, "1.1.1.I1")
    assert "90 ÷ 120" in html
    assert 'Exacto: <span class="num">3/4</span>' in html
    assert reverse("indicators:report", args=[used["report_id"]]) in html


def test_a_line_of_a_calculation_that_is_a_figure_itself_leads_to_its_own(secretary):
    for above, below in (("plan", "1.1.1"), ("eje-1", "1.1.1"), ("1.1.1", "1.1.1.I1"), ("1.1.1", "1.1.1.I2")):
        html = page(secretary, above, hasta="2017-12-31")
        lines = html[html.index("Traza del cálculo") : html.index('id="informado"')]
        assert f'href="/plan/calculo/{below}/?hasta=2017-12-31"' in lines


def test_the_state_of_an_action_opens_into_every_meta_and_every_medio(secretary, told):
    acta = world.make_agreement(told.plan)
    world.make_target(told.counted, 40, acta, scope=TargetScope.YEAR, year=2015)
    world.make_target(told.counted, 150, acta, scope=TargetScope.YEAR, year=2017)
    html = page(secretary, "1.1.1")
    metas = html[html.index('id="metas"') :].partition("</section>")[0]
    assert '<a href="#metas">2 metas vencidas bajo 100 %</a>' in html.replace("\xa0", " ")
    assert metas.count("Vencida bajo 100\xa0%") == 2
    assert [(row["target"]["window"], row["standing"]) for row in as_json(secretary, "1.1.1.I1")["targets"]] == [
        ("año 2015", "Vencida bajo 100\xa0%"),
        ("año 2016", "Vencida bajo 100\xa0%"),
        ("año 2017", "Aún no vence"),
    ]
    assert "Acreditado, aún no exigible" in html


def test_a_meta_is_met_before_its_day_and_one_that_cannot_be_reckoned_is_neither(secretary, told):
    acta = world.make_agreement(told.plan)
    world.make_target(told.counted, 80, acta, scope=TargetScope.WHOLE_PLAN)
    ratio = world.make_flow_ratio(told.action, number=3)
    world.make_target(ratio, 1, acta)
    assert [row["standing"] for row in as_json(secretary, "1.1.1.I1")["targets"]] == ["Cumplida antes de vencer"]
    assert as_json(secretary, "1.1.1.I3")["targets"][0]["standing"] == "Vencida bajo 100\xa0%"
    later = world.make_period(told.plan, date(2017, 1, 1), date(2017, 12, 31))
    world.approve(world.submit(told.action, told.police, later, {ratio: {"numerator": 1, "denominator": 0}}))
    world.make_target(ratio, 1, acta, scope=TargetScope.YEAR, year=2017)
    found = as_json(secretary, "1.1.1.I3", corte="2017-12-31")["targets"]
    assert [row["standing"] for row in found] == ["Vencida bajo 100\xa0%", "No se puede calcular"]


def test_the_meta_of_one_institution_is_listed_for_whom_its_rows_are(client, told):
    acta = world.make_agreement(told.plan)
    world.make_target(told.counted, 40, acta, scope=TargetScope.YEAR, year=2016, institution=told.police)
    seen = []
    for reader in (world.make_secretary(told.plan), world.make_user(Role.OBSERVER)):
        client.force_login(reader)
        seen.append([row["place"] for row in as_json(client, "1.1.1.I1")["targets"]])
    assert seen == [[None, told.police.name], [None]]


def test_every_part_of_the_plan_has_its_address_and_leads_to_its_own_parts(secretary):
    for reference, part in [("plan", "eje-1"), ("eje-1", "1.1"), ("1.1", "1.1.1"), ("1.1.1", "1.1.1.I2")]:
        link = reverse("reports:calculation", args=[part])
        assert f'href="{link}?corte=2015-12-31"' in page(secretary, reference, corte="2015-12-31")
        assert [node["reference"] for node in as_json(secretary, reference)["parts"]][-1] == part


@pytest.mark.parametrize("reference", ["eje-9", "9.9", "1.1.1.I9", "nada"])
def test_what_the_plan_does_not_have_has_no_calculation(secretary, reference):
    assert secretary.get(reverse("reports:calculation", args=[reference])).status_code == 404
    assert secretary.get(reverse("reports:calculation_json", args=[reference])).status_code == 404


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"corte": "abc"}, {"corte": ["Escriba una fecha que exista, como 31-12-2016."]}),
        ({"corte": "2030-01-01"}, {"corte": ["Elija un corte dentro del plan, entre 01-01-2015 y 31-12-2018."]}),
        ({"hasta": "0001-01-01"}, {"hasta": ["Elija una fecha desde el inicio del plan, el 01-01-2015."]}),
    ],
)
def test_a_program_is_told_that_its_date_cannot_be_and_gets_no_figures(secretary, told, query, why):
    for route, asked in (("calculation_json", "plan"), ("institution_calculation_json", told.police.pk)):
        answer = secretary.get(reverse(f"reports:{route}", args=[asked]), query)
        assert (answer.status_code, answer.json()) == (400, {"errors": why})


def test_states_and_coverage_open_as_well(secretary):
    html = page(secretary, "plan")
    assert "1 meta vencida bajo 100 %" in html.replace("\xa0", " ")
    assert as_json(secretary, "plan")["coverage"]["validated"] == 1
    duties = as_json(secretary, "1.1.1")["duties"]
    assert [(row["institution"], row["validated"]) for row in duties] == [
        ("Carabineros de Chile", True),
        ("Policía de Investigaciones", False),
    ]


def test_who_reads_aggregates_reads_no_institution_and_is_told_how_much_is_left_out(observer):
    for told in (page(observer, "1.1.1.I1"), json.dumps(as_json(observer, "plan"), ensure_ascii=False)):
        assert "75,0\xa0%" in told
        assert "Carabineros" not in told
        assert "Policía" not in told
    assert as_json(observer, "1.1.1.I1")["verified"]["trace"]["left_out"] > 0


def test_an_institution_without_a_seat_is_as_hidden_as_any_other(client, told):
    MeansOfVerification.objects.update(lists_people=False)
    other = world.make_institution("Fundación Externa")
    world.make_responsible(told.action, other, world.make_agreement(told.plan), ResponsibilityKind.COLLABORATOR)
    rows = [{"region": Region.objects.first(), "value": 77}]
    world.approve(world.submit(told.action, other, told.period, {told.counted: {"value": 77}}, rows))
    client.force_login(world.make_secretary(told.plan))
    assert "Fundación Externa" in page(client, "1.1.1.I1")
    for reader in (world.make_user(Role.OBSERVER), world.make_user(Role.FOCAL_POINT, institution=told.police)):
        client.force_login(reader)
        assert "Fundación Externa" not in page(client, "1.1.1.I1")
        assert "Fundación Externa" not in json.dumps(as_json(client, "plan"), ensure_ascii=False)
    facts = axis_facts(told.plan, compliance(told.plan, world.CUT_OFF, timezone.now()), 1)
    assert "Fundación Externa" not in facts_as_json(facts).decode()


def test_what_an_institution_without_a_seat_owes_opens_before_any_report_fell_due(secretary, told):
    """A medio of each year is owed from 2015, and the first period is 2016."""
    MeansOfVerification.objects.update(recurrence=Recurrence.PER_YEAR)
    other = world.make_institution("Fundación Externa")
    world.make_responsible(told.action, other, world.make_agreement(told.plan))
    assert "Fundación Externa" in page(secretary, "1.1.1", corte="2015-12-31")


@pytest.mark.parametrize(("lists_people", "why"), [(True, ["desglosan cifras protegidas"]), (False, [])])
def test_who_sees_every_institution_is_told_of_protected_figures_only(secretary, lists_people, why):
    MeansOfVerification.objects.update(lists_people=lists_people)
    assert sorted(set(re.findall("del detalle, porque ([^.]+)", page(secretary, "1.1.1.I1")))) == why


def test_who_reads_aggregates_is_told_that_what_is_left_out_names_institutions(observer):
    MeansOfVerification.objects.update(lists_people=False)
    assert "del detalle, porque nombran a instituciones." in page(observer, "1.1.1.I1")


def test_few_persons_of_a_region_are_withheld_from_everybody(secretary):
    for told in (page(secretary, "1.1.1.I1"), json.dumps(as_json(secretary, "plan")), command("--json")):
        assert "Antofagasta" not in told
        assert "Tarapac" not in told


def test_an_action_whose_proof_is_reserved_shows_no_amounts_of_reports(secretary):
    MeansOfVerification.objects.update(reserved=True)
    (used,) = as_json(secretary, "1.1.1.I1")["verified"]["trace"]["inputs"]
    assert used["amount"] is None


def test_the_command_prints_the_same_figures_as_table_and_as_json(secretary):
    printed = json.loads(command("--known-at", "2017-12-31", "--json"))
    asked = as_json(secretary, "plan", corte="2016-12-31", hasta="2017-12-31")
    assert printed == asked
    assert "Acción 1.1.1: 75,0\xa0% verificado, 86,7\xa0% informado" in command()


@pytest.mark.parametrize("wrong", [("--plan", "OTRO"), ("--known-at", "ayer"), ("--as-of", "2030-01-01")])
def test_the_command_refuses_what_does_not_exist(told, wrong):
    with pytest.raises(CommandError):
        command(*wrong)


def test_it_takes_the_same_queries_whatever_is_reported(secretary, told):
    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            page(secretary, "plan")
        return len(taken)

    page(secretary, "plan")
    before = queries()
    for number in range(2, 6):
        world.make_count(world.make_action(told.plan, f"1.1.{number}", "Otra"))
    assert queries() == before


def test_progress_and_forecast_of_a_target_not_yet_due_stand_beside_and_not_inside(secretary, told):
    world.make_target(told.counted, 200, world.make_agreement(told.plan), scope=TargetScope.WHOLE_PLAN)
    indicator = as_json(secretary, "1.1.1.I1")
    (advance,) = indicator["advances"]
    assert (advance["progress"], advance["text"]) == ("9/20", "45,0\xa0%")
    assert indicator["forecast"]["outlook"] == "No alcanza"
    html = page(secretary, "1.1.1.I1")
    assert "90 de 200 al 31-12-2018" in html
    assert "Si sigue igual" in html
