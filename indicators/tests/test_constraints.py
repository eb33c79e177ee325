"""What the database refuses whatever code asks for it, and the sentence that says so."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from indicators.models import (
    BreakdownRow,
    Decision,
    Evidence,
    Indicator,
    MeansOfVerification,
    PeriodExtension,
    ProgressReport,
    ReportedValue,
    ReportingPeriod,
    Responsibility,
    StoredFile,
    StruckEvidence,
    Submission,
    Target,
    Transition,
    UniverseValue,
    ValidatedValue,
)
from plan.models import (
    Action,
    Agreement,
    Amendment,
    Appointment,
    Axis,
    Membership,
    Objective,
    Plan,
    SubcommissionMembership,
)


def sentences(row) -> list[str]:
    """What the constraints of a row say of it."""
    try:
        row.validate_constraints()
    except ValidationError as error:
        return error.messages
    return []


# Codes


@pytest.mark.parametrize("code", ["", "1", "1.", "1.2.3", "0.1", "1.02", "a.b", "1.2 ", "1.2\n"])
def test_the_code_of_an_objective_is_two_numbers(world, code):
    objective = Objective(axis=Axis.objects.first(), code=code, position=9, text="Objetivo")
    assert sentences(objective) == ["El código de un objetivo es como 1.2."]


@pytest.mark.parametrize("code", ["1.1", "1.1.0", "1.1.1.1", "1.1.x", "1,1,1"])
def test_the_code_of_an_action_is_three_numbers(world, code):
    action = Action(objective=world.action.objective, code=code, position=9, text="Acción")
    assert sentences(action) == ["El código de una acción es como 1.2.3."]


def test_a_well_formed_code_is_taken(world):
    objective = world.action.objective
    assert sentences(Action(objective=objective, code="1.1.12", position=12, text="Acción")) == []
    assert sentences(Objective(axis=objective.axis, code="1.12", position=12, text="Objetivo")) == []


def repeated(world):
    """Rows that stand already, each with its sentence."""
    objective = world.action.objective
    report = world.draft()
    return [
        (Plan(code=world.plan.code), None),
        (Axis(plan=world.plan, number=1), "El plan ya tiene un eje con este número."),
        (Objective(axis=objective.axis, code=objective.code), "El eje ya tiene un objetivo con este código."),
        (Action(objective=objective, code="1.1.1"), "El objetivo ya tiene una acción con este código."),
        (Indicator(action=world.action, number=1), "La acción ya tiene un indicador con este número."),
        (MeansOfVerification(action=world.action, number=1), "La acción ya tiene un medio con este número."),
        (
            Responsibility(action=world.action, institution=world.x, agreement=world.agreement),
            "La institución ya responde por la acción desde esa fecha.",
        ),
        (
            Membership(plan=world.plan, institution=world.x, order=9, valid_to=date(2016, 1, 1)),
            "La institución ya integra la Mesa desde esa fecha.",
        ),
        (
            Membership(plan=world.plan, institution=world.x, order=9, valid_from=date(2016, 1, 1)),
            "La institución ya integra la Mesa.",
        ),
        (Agreement(plan=world.plan, number=1, agreed_on=date(2016, 1, 1)), "Ya existe un acta con este número."),
        (
            ProgressReport(action=report.action, institution=report.institution, period=report.period),
            "La institución ya tiene un reporte de esta acción en este período.",
        ),
    ]


def test_nothing_stands_twice(world):
    for row, sentence in repeated(world)[1:]:
        assert sentences(row) == [sentence]


def test_an_axis_begins_at_one(world):
    assert sentences(Axis(plan=world.plan, number=0)) == ["El número del eje comienza en 1."]


def test_an_indicator_begins_at_one(world):
    indicator = Indicator(action=world.action, number=0, kind="count")
    assert sentences(indicator) == ["El número del indicador comienza en 1."]


# Figures

BELOW_0 = "El valor no puede ser menor que 0."
ABOVE = "El numerador no puede superar al denominador."


@pytest.mark.parametrize("model", [ReportedValue, ValidatedValue, BreakdownRow])
@pytest.mark.parametrize("name", ["value", "numerator", "denominator"])
def test_no_figure_is_below_0(db, model, name):
    assert sentences(model(**{name: -1})) == [BELOW_0]
    assert sentences(model(**{name: 0})) == []


@pytest.mark.parametrize("model", [ReportedValue, ValidatedValue, BreakdownRow])
def test_where_it_is_bounded_the_numerator_does_not_pass_the_denominator(db, model):
    assert sentences(model(numerator=6, denominator=5, bounded=True)) == [ABOVE]
    assert sentences(model(numerator=5, denominator=5, bounded=True)) == []
    assert sentences(model(numerator=6, denominator=5, bounded=False)) == []


def test_the_count_beside_a_product_is_not_below_0(db):
    assert sentences(ReportedValue(named_count=-1)) == ["El conteo no puede ser menor que 0."]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "ratio"}, "Una razón dice cómo se agrega su denominador."),
        ({"kind": "product"}, "Un producto dice en qué etapa se da por cumplido."),
    ],
)
def test_a_kind_says_what_it_needs(world, fields, sentence):
    assert sentences(Indicator(action=world.action, number=9, **fields)) == [sentence]


# Reasons


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (Decision(outcome="returned", reason=""), "Escriba qué debe corregir la institución."),
        (StruckEvidence(reason=""), "Escriba por qué se descarta la evidencia."),
        (PeriodExtension(reason=""), "Escriba el motivo de la prórroga."),
        (Submission(answer="no_progress", motive=""), "Elija el motivo."),
        (Submission(answer="progress", on_behalf=True), "Un registro por encargo indica el oficio y su fecha."),
        (Transition(move="annul", comment=""), "Devolver, reabrir o anular un reporte exige un motivo."),
    ],
)
def test_what_needs_a_reason_does_not_stand_without(db, row, sentence):
    assert sentences(row) == [sentence]


def test_an_approval_needs_no_reason(db):
    assert sentences(Decision(outcome="approved", reason="")) == []


def test_nobody_decides_on_what_they_sent(world):
    decision = Decision(outcome="approved", reviewer=world.reviewer, submitted_by=world.reviewer)
    assert sentences(decision) == ["Nadie resuelve sobre un reporte que envió."]


def test_the_second_reviewer_is_another_person(world):
    decision = Decision(outcome="approved", reviewer=world.reviewer, first_reviewer=world.reviewer)
    assert sentences(decision) == ["La segunda revisión corresponde a otra persona."]


# Dates


def period(**dates) -> ReportingPeriod:
    usual = {"starts_on": (2017, 1, 1), "ends_on": (2017, 6, 30), "opens_on": (2017, 6, 1), "due_on": (2017, 7, 10)}
    usual |= {"review_due_on": (2017, 8, 1)} | dates
    return ReportingPeriod(**{name: date(*day) for name, day in usual.items()})


ORDER = "Las fechas del período deben seguir este orden: desde, hasta; abre, vence, plazo de revisión."


@pytest.mark.parametrize(
    "dates", [{"ends_on": (2017, 1, 1), "starts_on": (2017, 1, 2)}, {"due_on": (2017, 5, 31)}, {"due_on": (2017, 8, 2)}]
)
def test_the_dates_of_a_period_are_in_order(db, dates):
    assert sentences(period(**dates)) == [ORDER]


def test_a_period_lies_inside_one_calendar_year(db):
    assert sentences(period()) == []
    told = ["Un período no puede pasar de un año calendario a otro."]
    assert sentences(period(starts_on=(2016, 12, 31))) == told


def test_a_closed_period_knows_when(db):
    closed = period()
    closed.state = "closed"
    assert sentences(closed) == ["Un período cerrado lleva la fecha de su cierre."]
    closed.closed_at = timezone.now()
    assert sentences(closed) == []


@pytest.mark.parametrize("model", [Membership, Responsibility, Appointment])
def test_what_holds_for_a_time_does_not_end_before_it_begins(db, model):
    row = model(valid_from=date(2016, 2, 1), valid_to=date(2016, 1, 31))
    assert "La fecha de término no puede ser anterior a la de inicio." in sentences(row)
    row.valid_to = date(2016, 2, 1)
    assert "La fecha de término no puede ser anterior a la de inicio." not in sentences(row)


@pytest.mark.parametrize("model", [Membership, SubcommissionMembership])
@pytest.mark.parametrize("missing", ["valid_to", "ended_under", "end_recorded_at"])
def test_the_end_of_a_seat_is_whole(world, model, missing):
    end = {"valid_to": date(2016, 2, 1), "ended_under": world.agreement, "end_recorded_at": timezone.now()}
    sentence = "El término de un integrante lleva su fecha, su acta y cuándo se registró."
    assert sentence not in sentences(model(**end))
    assert sentence in sentences(model(**end | {missing: None}))


# Metas

SOURCE = "Toda meta cita su acta, o dice que viene del texto del plan."
SCOPE = "La meta de un año indica el año; la acumulada, solo la fecha; la de todo el plan, ninguno de los dos."


def target(world, **fields) -> Target:
    usual = {"indicator": world.indicator, "value": Decimal(10), "scope": "year", "year": 2016}
    return Target(**usual | {"agreement": world.agreement} | fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, []),
        ({"value": Decimal(-1)}, ["Una meta no puede ser negativa."]),
        ({"agreement": None}, [SOURCE]),
        ({"source": "plan_text"}, [SOURCE]),
        ({"source": "plan_text", "agreement": None}, []),
        ({"year": None}, [SCOPE]),
        ({"scope": "whole_plan"}, [SCOPE]),
        ({"scope": "cumulative", "year": None}, [SCOPE]),
        ({"scope": "cumulative", "year": None, "due_on": date(2016, 6, 30)}, []),
        (
            {"baseline": Decimal(10)},
            ["La línea de base debe ser mayor que la meta que desciende desde ella."],
        ),
    ],
)
def test_a_meta_has_a_source_and_a_scope(world, fields, said):
    assert sentences(target(world, **fields)) == said


def test_a_partial_meta_is_of_a_region_or_of_an_institution(world):
    both = target(world, region=world.region("1", "Tarapacá"), institution=world.x)
    assert sentences(both) == ["Una meta parcial es de una región o de una institución, no de ambas."]


# Universes, evidence, actas


def test_a_universe_has_a_source_and_is_not_negative(world):
    assert "Un universo no puede ser negativo." in sentences(UniverseValue(value=-1, source="Censo"))
    assert "Un universo no puede ser negativo." not in sentences(UniverseValue(value=0, source="Censo"))


INCOMPLETE = (
    "Una certificación indica número y fecha del oficio y la institución que lo emite; un enlace, su dirección; "
    "un archivo, el documento."
)


@pytest.mark.parametrize(
    "fields", [{"kind": "file"}, {"kind": "link", "url": ""}, {"kind": "attestation", "document_number": "12"}]
)
def test_evidence_is_complete_for_its_kind(db, fields):
    assert sentences(Evidence(**fields)) == [INCOMPLETE]


def test_an_institution_keeps_a_file_once(world):
    fields = {"owner": world.x, "sha256": "a" * 64, "size": 1, "uploaded_by": world.focal}
    StoredFile.objects.create(storage_name="uno", **fields)
    assert sentences(StoredFile(storage_name="dos", **fields)) == ["La institución ya tiene este archivo."]
    assert sentences(StoredFile(storage_name="dos", **fields | {"owner": world.y})) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"decision": "modify", "old_text": "Uno"}, "Una modificación o un agregado lleva el texto nuevo."),
        ({"decision": "add"}, "Una modificación o un agregado lleva el texto nuevo."),
        ({"decision": "modify", "old_text": "Uno", "new_text": "Uno"}, "El texto nuevo es igual al anterior."),
    ],
)
def test_an_amendment_changes_a_text(db, fields, sentence):
    assert sentences(Amendment(**fields)) == [sentence]


def test_the_acta_of_a_subcommission_names_it(world):
    agreement = Agreement(plan=world.plan, body="subcommission", number=2)
    assert sentences(agreement) == ["Indique la subcomisión solo en las actas de una subcomisión."]
