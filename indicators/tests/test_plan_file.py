import json
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.enums import IndicatorKind
from indicators.management.commands.load_plan import DEFAULT_FILE
from indicators.models import (
    ActionWeight,
    Indicator,
    MeansDeadline,
    MeansOfVerification,
    Responsibility,
    Target,
    UniverseValue,
)
from indicators.plan_file import dump, load
from plan.enums import InstitutionKind, PlanState, Verb
from plan.models import Action, Agreement, Amendment, AuditEntry, Institution, Membership, Plan, Region, Unit

pytestmark = pytest.mark.django_db

FILE_TEXT = DEFAULT_FILE.read_text(encoding="utf-8")
#: COMPLIANCE, Value of an indicator, names them one by one.
MEASURED = {
    ("kind", "ratio"): "1.1.2.I1 2.1.1.I1 2.1.1.I2 3.1.2.I2 3.2.2.I1 3.3.2.I1 3.3.2.I2",
    ("kind", "product"): "2.1.4.I1 2.1.6.I1 2.1.8.I2 2.2.4.I1 3.2.1.I1 3.3.1.I1 4.2.2.I1",
    ("kind", "yearly_product"): "4.2.1.I1",
    ("kind", "year_count"): "1.2.2.I1 1.2.3.I1 1.2.3.I2",
    ("derived_from", "mesa"): "1.2.1.I2 1.2.3.I1 1.2.3.I2",
    ("derived_from", "subcommission"): "3.1.1.I1 3.1.1.I2",
    ("lists_names", True): "1.1.4.I1 1.2.1.I1 1.2.2.I2 1.2.4.I1 1.2.5.I1 1.2.7.I1 1.2.8.I1",
    ("entry", "running_total"): "1.1.4.I1 1.2.1.I1 1.2.2.I2 1.2.4.I1 1.2.5.I1 1.2.7.I1 1.2.8.I1",
    ("denominator_aggregation", "stock"): "1.1.2.I1 2.1.1.I1 2.1.1.I2 3.2.2.I1",
    ("denominator_aggregation", "flow"): "3.1.2.I2 3.3.2.I1 3.3.2.I2",
    ("breakdown", "region"): "1.1.2.I1",
    ("breakdown", "region_institution"): "1.1.3.I1",
    ("breakdown", "unit"): "2.1.3.I1",
    ("stage", "distributed"): "2.1.6.I1",
    ("stage", "validated"): "2.2.4.I1 3.2.1.I1 3.3.1.I1",
    ("stage", "prepared"): "2.1.4.I1 2.1.8.I2 4.2.2.I1",
}


@pytest.fixture
def plan() -> Plan:
    return load(FILE_TEXT).plan


@pytest.fixture
def document() -> dict:
    return json.loads(FILE_TEXT)


def run(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def of_axis(model, number: int):
    return model.objects.filter(action__objective__axis__number=number)


def as_next_plan(document: dict) -> dict:
    document["plan"].update(
        code="PAN-2019-2022", title="Plan siguiente", start_year=2019, end_year=2022, predecessor="PAN-2015-2018"
    )
    for indicator in (
        indicator
        for axis in document["axes"]
        for objective in axis["objectives"]
        for action in objective["actions"]
        for indicator in action["indicators"]
    ):
        indicator["years"] = [year + 4 for year in indicator["years"]]
    return document


def test_what_is_loaded_is_exported_as_the_same_file_to_the_byte():
    run("load_plan")

    assert run("export_plan").encode() == DEFAULT_FILE.read_bytes()
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [Verb.LOADED, Verb.EXPORTED]


def test_the_totals_are_those_that_the_plan_prints(plan):
    assert plan.axes.count() == 4
    assert sum(axis.objectives.count() for axis in plan.axes.all()) == 11
    assert Action.objects.for_plan(plan).count() == 36
    assert [of_axis(Indicator, number).count() for number in (1, 2, 3, 4)] == [17, 14, 13, 4]
    assert [of_axis(MeansOfVerification, number).count() for number in (1, 2, 3, 4)] == [18, 25, 13, 4]
    assert plan.specific_objectives.count() == 11
    assert plan.principles.count() == 15
    assert plan.regional_boards.count() == 10


def test_the_kinds_of_the_indicators_are_those_of_the_specification(plan):
    assert Counter(Indicator.objects.values_list("kind", flat=True)) == {
        IndicatorKind.COUNT: 30,
        IndicatorKind.RATIO: 7,
        IndicatorKind.PRODUCT: 7,
        IndicatorKind.YEARLY_PRODUCT: 1,
        IndicatorKind.YEAR_COUNT: 3,
    }


def test_each_indicator_is_measured_as_the_arithmetic_says(plan):
    found = {
        (field, value): " ".join(
            indicator.reference
            for indicator in Indicator.objects.filter(**{field: value})
            .select_related("action")
            .order_by("action__code", "number")
        )
        for field, value in MEASURED
    }

    assert found == MEASURED


def test_the_gaps_found_in_3_2_1_are_the_denominator_of_3_2_2(plan):
    informed = Indicator.objects.get(action__code="3.2.2", number=1)

    assert informed.depends_on.reference == "3.2.1.I1"
    assert informed.depends_on.named_count_label == "Brechas detectadas"


def test_only_the_proofs_about_victims_and_criminal_cases_are_reserved(plan):
    reserved = MeansOfVerification.objects.filter(reserved=True).values_list("action__code", flat=True)

    assert Counter(reserved) == {"3.1.2": 1, "3.3.1": 1, "3.3.2": 3}


def test_the_21_institutions_sit_in_the_order_of_the_text(plan):
    seated = [seat.institution for seat in plan.memberships.all()]

    assert [institution.name for institution in seated][::5] == [
        "Ministerio del Interior y Seguridad Pública",
        "Ministerio de Educación",
        "Ministerio Público",
        "Alto Comisionado de las Naciones Unidas para los Refugiados",
        "Corporación Humanas",
    ]
    assert Counter(institution.kind for institution in seated) == {
        InstitutionKind.PUBLIC: 15,
        InstitutionKind.CIVIL_SOCIETY: 4,
        InstitutionKind.INTERNATIONAL: 2,
    }


def test_nuble_comes_out_of_biobio_in_september_2018(plan):
    before, after = (Region.objects.in_force(day).count() for day in (date(2018, 9, 5), date(2018, 9, 6)))

    assert (before, after) == (15, 16)
    assert Region.objects.get(code="XVI").predecessor.name == "Biobío"


def test_a_background_fact_is_found_from_the_action_that_it_names(plan):
    fact = Action.objects.for_plan(plan).get(code="2.2.2").background_facts.get()

    assert fact.text.startswith("Asimismo, tanto el Ministerio Público como la Dirección del Trabajo")


def test_the_figures_of_the_background_are_data(plan):
    assert plan.background_facts.get(key="training-2014").figures == [
        {"label": "funcionarios capacitados", "value": 1288, "year": 2014},
        {"label": "servicios públicos", "value": 13, "year": 2014},
    ]
    assert plan.background_facts.get(key="protocol-pilot-2014").figures[0]["value"] == 14


def test_what_the_plan_does_not_say_is_not_loaded(plan):
    for model in (Target, Responsibility, MeansDeadline, UniverseValue, Unit):
        assert not model.objects.exists(), model


def test_loading_again_writes_nothing_not_even_in_the_log(plan):
    with CaptureQueriesContext(connection) as queries:
        assert run("load_plan") == "El plan PAN-2015-2018 ya estaba cargado: nada cambió.\n"

    assert [sql for query in queries if (sql := query["sql"]).startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert AuditEntry.objects.filter(verb=Verb.LOADED).count() == 1


def test_what_actas_set_is_neither_in_the_file_nor_touched_by_loading_it_again(plan):
    acta = Agreement.objects.create(plan=plan, number=1, agreed_on=date(2015, 9, 3))
    action = Action.objects.get(code="1.1.1")
    Target.objects.create(indicator=action.indicators.first(), value=60, scope="whole_plan", agreement=acta)
    ActionWeight.objects.create(action=action, value=2, agreement=acta)
    Amendment.objects.create(
        agreement=acta, effective_on=date(2016, 1, 1), object_kind="action", object_reference="1.1.1", decision="keep"
    )
    assert dump(plan) == FILE_TEXT
    assert load(FILE_TEXT).ledger.wrote is False
    assert (Target.objects.count(), ActionWeight.objects.count(), Amendment.objects.count()) == (1, 1, 1)


def test_a_load_is_one_entry_of_the_log_with_figures_only(plan):
    entry = AuditEntry.objects.get()

    assert (entry.verb, entry.object_type, entry.object_id) == (Verb.LOADED, "plan.plan", str(plan.pk))
    assert {key: entry.data[key] for key in ("created", "changed", "removed")} == {
        "created": 286,
        "changed": 0,
        "removed": 0,
    }
    assert len(entry.data["sha256"]) == 64


def test_a_corrected_text_changes_in_its_row_and_is_told(plan, document, tmp_path):
    action = Action.objects.for_plan(plan).get(code="1.1.3")
    document["axes"][0]["objectives"][0]["actions"][2]["text"] = "Elaborar la guía"
    corrected = tmp_path / "corregido.json"
    corrected.write_text(json.dumps(document), encoding="utf-8")

    assert run("load_plan", str(corrected)) == "Plan PAN-2015-2018 cargado.\n  modificado: 1 acción\n"
    action.refresh_from_db()
    assert action.text == "Elaborar la guía"


def test_another_plan_loads_beside_and_shares_institutions_and_regions(plan, document):
    following = load(json.dumps(as_next_plan(document))).plan

    assert Institution.objects.count() == 21
    assert Region.objects.count() == 16
    assert Membership.objects.count() == 42
    assert Action.objects.for_plan(following).count() == 36
    assert following.predecessor == plan
    assert dump(plan) == FILE_TEXT
    assert json.loads(dump(following)) == document


def test_the_first_plan_is_in_force_and_the_next_one_waits_as_a_draft(plan, document):
    following = load(json.dumps(as_next_plan(document))).plan

    assert (plan.state, following.state) == (PlanState.IN_FORCE, PlanState.DRAFT)
    assert run("export_plan") == FILE_TEXT
    assert json.loads(run("export_plan", "--plan", "PAN-2019-2022"))["plan"]["title"] == "Plan siguiente"


def test_an_institution_that_joined_later_is_no_part_of_the_file(plan):
    newcomer = Institution.objects.create(name="Ministerio de la Mujer", kind=InstitutionKind.PUBLIC)
    Membership.objects.create(plan=plan, institution=newcomer, order=22, valid_from=date(2016, 6, 1))

    load(FILE_TEXT)

    assert plan.memberships.count() == 22
    assert dump(plan) == FILE_TEXT


def test_a_new_region_takes_its_place_from_north_to_south(plan, document):
    """Two regions never share a place in the order, not even while it changes."""
    document["regions"].insert(3, {**document["regions"][3], "code": "XVII", "name": "Nueva"})

    load(json.dumps(document))

    assert [region.code for region in Region.objects.all()][2:6] == ["II", "XVII", "III", "IV"]
