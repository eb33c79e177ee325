"""Every figure opens into its arithmetic (COMPLIANCE, Trace)."""

from fractions import Fraction

import pytest

from indicators.calculations.results import TraceStep
from indicators.calculations.terms import Kind, Mark, Stage
from indicators.tests.builders import PlanBuilder, day, row

NBSP = "\u00a0"


@pytest.fixture
def plan():
    return PlanBuilder()


@pytest.fixture
def pair(plan):
    institutions = [plan.institution("A"), plan.institution("B")]
    return plan.action("1.1.1", *institutions), institutions, plan.half(2016, 1)


def trace(plan, indicator, cut_off="31-12-2016"):
    return plan.result(indicator, cut_off).verified.trace


def steps(plan, indicator):
    return [(step.rule, step.data, step.result) for step in trace(plan, indicator).steps]


def test_a_trace_names_the_methodology_and_both_dates(plan, pair):
    shown = trace(plan, plan.indicator(pair[0]))
    assert (shown.methodology, shown.dates) == ("1.0", "Corte 31-12-2016, con lo resuelto hasta 31-12-2026 18:00")


def test_a_trace_names_what_it_rests_on_by_number_and_cargo_and_nobody(plan, pair):
    action, (first, _), period = pair
    indicator = plan.indicator(action)
    fields = {"on_behalf": True, "source_document": "Oficio 12", "source_date": day("01-07-2016")}
    report = plan.report(action, first, period, {indicator: 1234}, number=3, **fields)
    (told,) = trace(plan, indicator).inputs
    assert (told.institution, told.period, told.amount, told.source) == (
        "A",
        "semestre 1 de 2016",
        "1.234",
        "Oficio 12",
    )
    (sent,) = report.submissions
    assert (told.submission_id, told.submission_number, told.decision_id) == (sent.id, 3, sent.decision.id)
    assert told.decided_as == "Jefatura, Departamento de Extranjería y Migración"


def test_a_count_is_retraced_period_by_period_and_cell_by_cell(plan, pair):
    action, institutions, first = pair
    indicator = plan.indicator(action)
    plan.year_target(indicator, 100)
    second = plan.half(2016, 2)
    for institution, amounts in zip(institutions, ((40, 50), (5, 0)), strict=True):
        for period, amount in zip((first, second), amounts, strict=True):
            plan.report(action, institution, period, {indicator: amount})
    assert steps(plan, indicator) == [
        ("Se suma lo de cada período", "A: 40 + 50", "90"),
        ("Se suma lo de cada período", "B: 5 + 0", "5"),
        ("Se suma entre instituciones y desgloses", "año 2016", "95"),
        ("Sobre la meta", "95 ÷ 100", f"95,0{NBSP}%"),
    ]


@pytest.mark.parametrize(
    ("aggregation", "told"),
    [
        ("sum", ["A · 01, 2 instituciones: 3 + 4", "A · B · 02: 5"]),
        ("max", ["A · A · 01: 3", "A · B · 01: 4", "A · B · 02: 5"]),
    ],
)
def test_what_a_report_tells_of_institutions_at_one_place_is_one_step_where_it_is_summed(plan, pair, aggregation, told):
    action, (first, other), period = pair
    indicator = plan.indicator(action, breakdown="region_institution", cell_aggregation=aggregation)
    rows = [("01", first, 3), ("01", other, 4), ("02", other, 5)]
    parts = [row(region=region, institution_id=named.id, value=amount) for region, named, amount in rows]
    plan.report(action, first, period, {indicator: {"rows": parts}})
    assert [data for rule, data, _ in steps(plan, indicator) if rule == "Se suma lo de cada período"] == told


def test_a_repeated_name_is_a_step_of_its_own(plan, pair):
    action, institutions, period = pair
    indicator = plan.indicator(action, entry="running_total")
    for institution, names in zip(institutions, (("radio", "diario"), ("diario",)), strict=True):
        plan.report(action, institution, period, {indicator: {"value": len(names), "names": names}})
    assert steps(plan, indicator)[2:4] == [
        ("Se suma entre instituciones y desgloses", "desde el inicio del plan", "3"),
        ("Un nombre que está en varias listas cuenta una vez", "1 nombre repetido", "2"),
    ]


def test_partial_targets_are_retraced_one_by_one_before_their_mean(plan, pair):
    action, institutions, period = pair
    indicator = plan.indicator(action)
    for institution, amount in zip(institutions, (14, 11), strict=True):
        plan.report(action, institution, period, {indicator: amount})
    plan.year_target(indicator, 10, institution_id=institutions[0].id)
    plan.year_target(indicator, 22, institution_id=institutions[1].id)
    assert steps(plan, indicator)[-3:] == [
        ("Meta parcial", "A: 14 sobre 10", f"140,0{NBSP}%"),
        ("Meta parcial", "B: 11 sobre 22", f"50,0{NBSP}%"),
        ("Promedio de las metas parciales, cada una con tope de 100 %", "", f"75,0{NBSP}%"),
    ]


def test_a_partial_target_rests_on_what_concerns_its_place(plan, pair):
    action, (first, second), period = pair
    indicator = plan.indicator(action, breakdown="region")
    for place in ({"institution_id": first.id}, {"region": "15"}):
        plan.year_target(indicator, 10, **place)
    late = {"on_behalf": True, "source_document": "Oficio 12", "sent": "01-02-2017", "decided": "02-02-2017"}
    plan.report(action, first, period, {indicator: {"value": 3, "rows": (row(region="15", value=3),)}})
    plan.report(action, second, period, {indicator: {"value": 5, "rows": (row(region="2", value=5),)}}, **late)
    assert Mark.RECONSTRUCTED in plan.result(indicator).verified.marks
    for partial in plan.result(indicator).partials:
        assert [line.institution for line in partial.verified.trace.inputs] == ["A"]
        assert Mark.RECONSTRUCTED not in partial.verified.marks


def test_a_partial_target_waits_for_the_report_of_nobody_else(plan, pair):
    action, (first, second), period = pair
    indicator = plan.indicator(action)
    for institution in (first, second):
        plan.year_target(indicator, 10, institution_id=institution.id)
    plan.report(action, second, period, {indicator: 5}, decided=None)
    told = [partial.verified.score_text for partial in plan.result(indicator).partials]
    assert told == [f"0,0{NBSP}%, sin informe", f"0,0{NBSP}%, en revisión"]


def test_a_ratio_is_retraced_above_and_below(plan, pair):
    action, (first, second), period = pair
    indicator = plan.indicator(action, kind=Kind.RATIO, denominator_aggregation="stock", universe_id=1)
    plan.universe(first, 1000)
    plan.universe(second, 600)
    plan.year_target(indicator, Fraction(1, 2))
    plan.report(action, first, period, {indicator: {"numerator": 400}})
    assert steps(plan, indicator) == [
        ("Numerador: se suma lo de cada período", "A: 400", "400"),
        ("Denominador", "A 1.000 + B 600", "1.600"),
        ("Razón", "400 ÷ 1.600", f"25,0{NBSP}%"),
        ("Sobre la meta", f"25,0{NBSP}% ÷ 50,0{NBSP}%", f"50,0{NBSP}%"),
    ]


def test_a_ratio_without_denominator_names_what_is_missing(plan, pair):
    action, (first, _), period = pair
    over_stock = plan.indicator(action, kind=Kind.RATIO, denominator_aggregation="stock", universe_id=1)
    over_flow = plan.indicator(action, kind=Kind.RATIO, denominator_aggregation="flow")
    plan.universe(first, 1000)
    for indicator in (over_stock, over_flow):
        plan.year_target(indicator, Fraction(1, 2))
    told = {over_stock: {"numerator": 400}, over_flow: {"numerator": 1, "denominator": 2}}
    plan.report(action, first, period, told)
    assert steps(plan, over_stock)[1] == ("Denominador", "Falta el universo de B", "")
    assert steps(plan, over_flow)[1] == ("Denominador", f"Falta informar: B, {period.name}", "")


def test_a_cap_is_a_step_of_its_own_and_only_where_it_acts(plan, pair):
    action, (first, _), period = pair
    over, exact = plan.indicator(action), plan.indicator(action)
    for indicator in (over, exact):
        plan.year_target(indicator, 10)
    plan.report(action, first, period, {over: 30, exact: 10})
    assert steps(plan, over)[-1] == ("Tope al agregar", f"300,0{NBSP}%", f"100,0{NBSP}%")
    assert steps(plan, exact)[-1] == ("Sobre la meta", "10 ÷ 10", f"100,0{NBSP}%")


def test_a_descending_score_is_retraced_from_its_baseline(plan, pair):
    action, (first, _), period = pair
    indicator = plan.indicator(action, direction="descending")
    plan.year_target(indicator, 10, baseline=Fraction(40))
    plan.report(action, first, period, {indicator: 25})
    assert steps(plan, indicator)[-1] == ("Sobre la meta", "(40 − 25) ÷ (40 − 10)", f"50,0{NBSP}%")
    assert trace(plan, indicator).rule.startswith("(Línea de base − valor de la ventana) ÷ (línea de base − meta).")


def test_a_zero_for_want_of_a_report_says_so(plan, pair):
    indicator = plan.indicator(pair[0])
    plan.year_target(indicator, 10)
    assert steps(plan, indicator) == [("Exigible y sin valor: vale 0", "Sin informe", f"0,0{NBSP}%")]


def test_what_was_left_out_is_named_with_its_reason(plan, pair):
    action, (first, second), period = pair
    indicator, other = plan.indicator(action), plan.indicator(action)
    plan.report(action, first, period, {indicator: 5}, decided=None)
    plan.report(action, second, period, {indicator: 5}, returned=True)
    plan.report(action, first, plan.half(2016, 2), answer="not_applicable")
    plan.report(action, second, plan.rows["periods"][1], {other: 5})
    assert [(row.what, row.reason) for row in trace(plan, indicator).exclusions] == [
        ("A, semestre 1 de 2016", "en revisión"),
        ("B, semestre 1 de 2016", "devuelto a la institución"),
        ("A, semestre 2 de 2016", "no aplica"),
        ("B, semestre 2 de 2016", "sin valor para este indicador"),
    ]


@pytest.mark.parametrize(
    ("fate", "reason"),
    [
        ({"decided": None}, "un envío más nuevo está en revisión"),
        ({"decided": "12-09-2016", "returned": True}, "un envío más nuevo fue devuelto"),
    ],
)
def test_a_newer_submission_is_named_beside_the_one_that_counts(plan, pair, fate, reason):
    action, (first, _), period = pair
    indicator = plan.indicator(action)
    approved = plan.submission({indicator: 5})
    waiting = plan.submission({indicator: 6}, "10-09-2016", number=2, **fate)
    plan.rounds(action, first, period, approved, waiting)
    result = plan.result(indicator)
    assert [row.reason for row in result.verified.trace.exclusions] == [reason]
    assert result.informed.trace.exclusions == ()


def test_a_product_tells_the_stage_that_did_not_reach(plan, pair):
    action, (first, _), period = pair
    indicator = plan.indicator(action, kind=Kind.PRODUCT, stage=Stage.VALIDATED)
    plan.report(action, first, period, {indicator: {"stage": Stage.PREPARED}})
    shown = trace(plan, indicator)
    assert shown.steps[0] == TraceStep(
        "Logrado cuando una responsable lo tiene aprobado en la etapa «Validado»", "", "No logrado"
    )
    assert [row.reason for row in shown.exclusions] == ["etapa «Elaborado»"]


def test_an_action_and_its_eje_open_into_their_parts(plan, pair):
    action, (first, _), period = pair
    scored, unscored = plan.indicator(action), plan.indicator(action)
    plan.year_target(scored, 10)
    plan.report(action, first, period, {scored: 30, unscored: 1})
    result = plan.compute()
    opened = result.action("1.1.1").verified.trace
    assert [(step.rule, step.data, step.result) for step in opened.steps] == [
        ("Indicador 1.1.1.I1", f"300,0{NBSP}%", f"100,0{NBSP}%"),
        ("Promedio", "1 de 2", f"100,0{NBSP}%"),
    ]
    assert [(row.what, row.reason) for row in opened.exclusions] == [("1.1.1.I2", "Sin meta acordada")]
    assert result.axis(1).verified.trace.steps[0] == TraceStep(
        "Acción 1.1.1", "1 de 2 indicadores", f"100,0{NBSP}%", "1.1.1"
    )


def test_an_eje_names_the_actions_that_it_leaves_out(plan, pair):
    action, (first, _), period = pair
    indicator = plan.indicator(action)
    plan.year_target(indicator, 10)
    plan.report(action, first, period, {indicator: 10})
    plan.indicator(plan.action("1.1.2", first))
    left_out = plan.compute().axis(1).verified.trace.exclusions
    assert [(row.what, row.reason) for row in left_out] == [("Acción 1.1.2", "Sin meta acordada")]


def test_the_cells_of_a_ratio_show_who_is_silent(plan, pair):
    action, (first, second), period = pair
    indicator = plan.indicator(action, kind=Kind.RATIO, denominator_aggregation="stock", universe_id=1)
    plan.universe(first, 100)
    plan.universe(second, 300)
    plan.report(action, first, period, {indicator: {"numerator": 25}})
    cells = plan.result(indicator).verified.cells
    assert [(cell.institution_id, cell.numerator, cell.denominator, cell.value) for cell in cells] == [
        (first.id, 25, 100, Fraction(1, 4)),
        (second.id, None, 300, None),
    ]
