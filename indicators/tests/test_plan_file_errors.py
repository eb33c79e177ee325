import json
from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from indicators.enums import Answer
from indicators.management.commands.load_plan import DEFAULT_FILE
from indicators.models import Indicator, ProgressReport, ReportedValue, ReportingPeriod, Responsibility, Submission
from indicators.plan_file import PlanFileError, dump, load
from plan.enums import AgreementBody
from plan.models import Action, Agreement, Institution, Plan, Region, User

pytestmark = pytest.mark.django_db

FILE_TEXT = DEFAULT_FILE.read_text(encoding="utf-8")
FIRST = "axes[0].objectives[0].actions[0]"


@pytest.fixture
def document() -> dict:
    return json.loads(FILE_TEXT)


@pytest.fixture
def plan() -> Plan:
    return load(FILE_TEXT).plan


def problems_of(document: object) -> list[str]:
    """What is told of a file, which must then have stored nothing."""
    known = Plan.objects.count()
    with pytest.raises(PlanFileError) as caught:
        load(json.dumps(document))
    assert Plan.objects.count() == known
    return [str(problem) for problem in caught.value.problems]


def action_of(document: dict, code: str) -> dict:
    axis, objective, _ = (int(part) - 1 for part in code.split("."))
    return next(item for item in document["axes"][axis]["objectives"][objective]["actions"] if item["code"] == code)


def indicator_of(document: dict, reference: str) -> dict:
    code, _, number = reference.partition(".I")
    return action_of(document, code)["indicators"][int(number) - 1]


def put(*path: str | int) -> Callable[[dict], None]:
    """A change of the document: all but the last of `path` lead to the place, the last is the new value."""
    *keys, last, value = path

    def change(document: dict) -> None:
        target = document
        for key in keys:
            target = target[key]
        target[last] = value

    return change


def on_indicator(reference: str, key: str, value: object) -> Callable[[dict], None]:
    return lambda document: indicator_of(document, reference).update({key: value})


SHAPES = [
    (put("plan", "title", ""), "plan.title: Este campo no puede estar vacío."),
    (put("plan", "title", 7), "plan.title: se espera un texto"),
    (put("plan", "start_year", "2015"), "plan.start_year: se espera un número entero"),
    (put("plan", "start_year", True), "plan.start_year: se espera un número entero"),
    (put("plan", "code", "pan"), "plan.code: Escriba el código en mayúsculas, por ejemplo PAN-2015-2018."),
    (put("plan", "metas", 120), "plan.metas: clave desconocida"),
    (put("plan", "decree", "a\u0000b"), "plan.decree: contiene caracteres de control"),
    (put("plan", "specific_objectives", 3, ""), "plan.specific_objectives[3]: Este campo no puede estar vacío."),
    (put("organs", {}), "organs: se espera una lista"),
    (put("institutions", 2, "Ministerio"), "institutions[2]: se espera un objeto"),
    (
        put("institutions", 0, "kind", "ong"),
        "institutions[0].kind: «ong» no es una opción; las opciones son public, civil_society, international",
    ),
    (
        put("institutions", 1, "acronym", "M" * 41),
        "institutions[1].acronym: Asegúrese de que este valor tenga menos de 40 caracteres (tiene 41).",
    ),
    (put("regions", 9, "valid_from", "6-9-2018"), "regions[9].valid_from: se espera una fecha AAAA-MM-DD o null"),
    (put("axes", 0, "objectives", 0, "code", "1"), "axes[0].objectives[0].code: El código de un objetivo es como 1.2."),
    (
        on_indicator("2.1.4.I1", "kind", "producto"),
        "axes[1].objectives[0].actions[3].indicators[0].kind: «producto» no es una opción; "
        "las opciones son count, ratio, product, yearly_product, year_count",
    ),
    (on_indicator("1.1.1.I2", "bounded", "no"), f"{FIRST}.indicators[1].bounded: se espera true o false"),
]
RULES = [
    (put("plan", "end_year", 2014), "plan.end_year: el último año del plan no puede ser anterior al primero"),
    (put("plan", "predecessor", "PAN-2014"), "plan.predecessor: no hay un plan cargado con el código «PAN-2014»"),
    (
        put("plan", "principles", 1, "number", 1),
        "plan.principles[1].number: los números comienzan en 1, van en orden y no se repiten",
    ),
    (
        put("plan", "principles", 5, "notes", 0, "anchor", "otra"),
        "plan.principles[5].notes[0].anchor: «otra» no está en el texto",
    ),
    (
        put("institutions", 20, "name", "DIRECTEMAR"),
        "institutions[20].name: «DIRECTEMAR» está repetido",
    ),
    (
        put("organs", 1, "institution", "Interior"),
        "organs[1].institution: «Interior» no está entre las instituciones",
    ),
    (put("regions", 9, "predecessor", "XX"), "regions[9].predecessor: «XX» no está entre las regiones"),
    (
        put("regions", 9, "valid_to", "2018-09-05"),
        "regions[9].valid_to: la fecha de término no puede ser anterior a la de inicio",
    ),
    (put("regional_boards", 0, "region", "XX"), "regional_boards[0].region: «XX» no está entre las regiones"),
    (put("background", 19, "actions", ["1.2.9"]), "background[19].actions[0]: la acción 1.2.9 no está en el plan"),
    (
        put("axes", 2, "objectives", 1, "code", "2.2"),
        "axes[2].objectives[1].code: el código «2.2» no cuelga de 3",
    ),
    (
        put("axes", 0, "objectives", 0, "actions", 1, "code", "1.1.1"),
        "axes[0].objectives[0].actions[1].code: «1.1.1» está repetido",
    ),
    (
        on_indicator("3.2.2.I1", "depends_on", "3.2.2.I2"),
        "axes[2].objectives[1].actions[1].indicators[0].depends_on: "
        "«3.2.2.I2» no es un producto del plan con conteo que lo acompañe",
    ),
    (
        on_indicator("3.2.2.I1", "universe", "regional-staff"),
        "axes[2].objectives[1].actions[1].indicators[0].universe: "
        "el denominador viene de un universo o de otro indicador, no de ambos",
    ),
    (
        on_indicator("1.1.2.I1", "denominator_aggregation", "flow"),
        "axes[0].objectives[0].actions[1].indicators[0].denominator_aggregation: "
        "el denominador dado es una existencia (stock)",
    ),
    (
        on_indicator("3.1.2.I2", "denominator", ""),
        "axes[2].objectives[0].actions[1].indicators[1].denominator: un indicador de tipo razón lo necesita",
    ),
    (
        on_indicator("1.1.1.I1", "numerator", "Algo"),
        f"{FIRST}.indicators[0].numerator: no corresponde a un indicador de tipo conteo",
    ),
    (
        on_indicator("4.2.2.I1", "stage", ""),
        "axes[3].objectives[1].actions[1].indicators[0].stage: un indicador de tipo producto lo necesita",
    ),
    (
        on_indicator("4.2.2.I1", "stage", "not_started"),
        "axes[3].objectives[1].actions[1].indicators[0].stage: un producto no se cumple sin iniciarse",
    ),
    (
        on_indicator("1.2.3.I1", "entry", "running_total"),
        "axes[0].objectives[1].actions[2].indicators[0].entry: solo un conteo se informa como acumulado",
    ),
    (
        on_indicator("1.1.4.I1", "entry", "increment"),
        "axes[0].objectives[0].actions[3].indicators[0].lists_names: una lista de nombres se informa como acumulado",
    ),
    (
        on_indicator("1.1.4.I1", "derived_from", "mesa"),
        "axes[0].objectives[0].actions[3].indicators[0].derived_from: "
        "cada institución responde sí o no: no lleva lista de nombres",
    ),
    (
        on_indicator("4.2.1.I1", "years", [2015, 2019]),
        "axes[3].objectives[1].actions[0].indicators[0].years[1]: el año 2019 no es del plan (2015 a 2018)",
    ),
    (
        on_indicator("4.2.1.I1", "years", [2016, 2015]),
        "axes[3].objectives[1].actions[0].indicators[0].years[1]: los años van en orden y sin repetir",
    ),
    (
        put("axes", 0, "objectives", 1, "actions", 1, "means_of_verification", 1, "indicators", [3]),
        "axes[0].objectives[1].actions[1].means_of_verification[1].indicators[0]: la acción no tiene un indicador 3",
    ),
]


@pytest.mark.parametrize(("change", "told"), SHAPES + RULES, ids=lambda case: case if isinstance(case, str) else "")
def test_an_error_is_told_with_its_place(document, change, told):
    change(document)

    assert problems_of(document) == [told]


def test_a_wrong_universe_is_told_where_it_is_used_and_where_the_right_one_no_longer_is(document):
    indicator_of(document, "1.1.2.I1")["universe"] = "staff"

    assert problems_of(document) == [
        "axes[0].objectives[0].actions[1].indicators[0].universe: «staff» no está entre los universos",
        "universes[0].code: ningún indicador usa este universo",
    ]


def test_a_missing_key_is_told(document):
    del indicator_of(document, "1.1.1.I1")["kind"]

    assert problems_of(document) == [f"{FIRST}.indicators[0].kind: falta esta clave"]


def test_a_key_written_twice_is_told_because_json_would_keep_the_last():
    twice = FILE_TEXT.replace('"code": "1.1.1",', '"code": "1.1.1",\n "code": "1.1.1",')

    with pytest.raises(PlanFileError, match=r"axes\[0\].objectives\[0\].actions\[0\].code: la clave está repetida"):
        load(twice)


def test_all_errors_of_a_file_are_told_at_once(document):
    document["plan"]["end_year"] = 2014
    indicator_of(document, "1.1.1.I1")["kind"] = "conteo"
    action_of(document, "2.1.1")["text"] = 5
    document["background"][19]["actions"] = ["9.9.9"]

    places = [problem.partition(": ")[0] for problem in problems_of(document)]

    assert {
        "plan.end_year",
        f"{FIRST}.indicators[0].kind",
        "axes[1].objectives[0].actions[0].text",
        "background[19].actions[0]",
    } <= set(places)
    assert len(places) == len(set(places))


@pytest.mark.parametrize("document", [[], "plan", None, {"plan": []}, {"axes": [[{}]]}])
def test_a_document_of_another_shape_is_told_and_not_a_server_error(document):
    assert problems_of(document)


# Loading over a plan in use -------------------------------------------------------------------------------------------
@pytest.fixture
def report(plan) -> ProgressReport:
    period = ReportingPeriod.objects.create(
        plan=plan,
        name="1.er semestre 2016",
        starts_on=date(2016, 1, 1),
        ends_on=date(2016, 6, 30),
        opens_on=date(2016, 7, 1),
        due_on=date(2016, 7, 31),
        review_due_on=date(2016, 8, 31),
    )
    return ProgressReport.objects.create(
        action=Action.objects.for_plan(plan).get(code="1.1.1"),
        institution=Institution.objects.get(acronym="DT"),
        period=period,
    )


@pytest.fixture
def reported_value(report) -> ReportedValue:
    submission = Submission.objects.create(
        report=report,
        number=1,
        submitted_by=User.objects.create(email="focal@example.org", full_name="Punto Focal"),
        acting_as="focal_point",
        responder_name="Punto Focal",
        responder_position="Jefatura",
        answer=Answer.PROGRESS,
        content_hash="0" * 64,
    )
    return ReportedValue.objects.create(
        submission=submission, indicator=report.action.indicators.get(number=1), value=4
    )


def test_a_plan_with_reports_loses_no_row(report, document):
    """Not even of an action on which nobody reported."""
    del document["axes"][0]["objectives"][0]["actions"][3]

    assert problems_of(document) == [
        "axes[0].objectives[0].actions: el archivo ya no trae «1.1.4 Realizar alianzas con sectores privados que son "
        "considerados como prioritarios p», que está cargado, y no se puede quitar: el plan ya tiene reportes"
    ]
    assert dump(report.period.plan) == FILE_TEXT


def test_what_an_acta_rests_on_is_not_removed(plan, document):
    acta = Agreement.objects.create(plan=plan, body=AgreementBody.MESA, number="1", agreed_on=date(2015, 10, 22))
    action = Action.objects.for_plan(plan).get(code="1.1.4")
    Responsibility.objects.create(action=action, institution=Institution.objects.get(acronym="DT"), agreement=acta)
    del document["axes"][0]["objectives"][0]["actions"][3]

    [problem] = problems_of(document)

    assert problem.endswith("y no se puede quitar: hay datos que dependen de ello")


def test_a_plan_without_reports_may_still_lose_an_action(plan, document):
    del document["axes"][0]["objectives"][0]["actions"][3]

    ledger = load(json.dumps(document)).ledger

    assert ledger.removed == {Action: 1}
    assert not Action.objects.for_plan(plan).filter(code="1.1.4").exists()


def test_a_text_changes_under_the_figures_reported_on_it(reported_value, document):
    indicator_of(document, "1.1.1.I1")["text"] = "Número de jornadas efectuadas"

    load(json.dumps(document))

    assert Indicator.objects.get(reported_values=reported_value).text == "Número de jornadas efectuadas"


def test_the_kind_of_an_indicator_stays_once_values_are_reported(reported_value, document):
    indicator_of(document, "1.1.1.I1").update(kind="year_count", years=[2016])

    assert problems_of(document) == [
        f"{FIRST}.indicators[0].kind: no puede cambiar: ya hay valores informados de este indicador"
    ]


def test_a_region_of_every_plan_cannot_be_left_out_by_one(plan, document):
    document["plan"].update(code="PAN-2019-2022")
    document["regions"] = [region for region in document["regions"] if region["code"] != "III"]

    assert problems_of(document) == ["regions: faltan regiones que ya están cargadas y que todo plan comparte: Atacama"]
    assert Region.objects.get(code="III").order == 4


# The commands ---------------------------------------------------------------------------------------------------------
def test_the_command_lists_every_error(document, tmp_path):
    document["plan"]["title"] = ""
    document["plan"]["end_year"] = 2014
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(document), encoding="utf-8")

    with pytest.raises(CommandError) as caught:
        call_command("load_plan", str(file))

    assert str(caught.value).splitlines() == [
        "plan.json no se cargó; problemas encontrados: 2",
        "  plan.title: Este campo no puede estar vacío.",
        "  plan.end_year: el último año del plan no puede ser anterior al primero",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"plan": {},\n "axes": }', "línea 2, columna 10: el texto no es JSON válido"),
        ('{"plan": "ó"}'.encode("latin-1"), "plan.json no está escrito en UTF-8 (byte 10)."),
        (None, "plan.json: no existe o no se permite leerlo."),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, content, told):
    file = tmp_path / "plan.json"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError) as caught:
        call_command("load_plan", str(file))

    assert told in str(caught.value)


def test_exporting_an_unknown_plan_tells_those_that_are_loaded(plan):
    with pytest.raises(CommandError, match=r"No hay un plan con el código X. Planes cargados: PAN-2015-2018."):
        call_command("export_plan", "--plan", "X")


def test_exporting_without_a_plan_in_force_asks_for_one():
    with pytest.raises(CommandError, match=r"No hay un plan vigente: indique --plan. Planes cargados: ninguno."):
        call_command("export_plan")
