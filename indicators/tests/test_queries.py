"""From the database to the arithmetic, and back to the same figures."""

from dataclasses import fields
from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.calculations.inputs import PlanInputs
from indicators.calculations.terms import Entry, Kind, Mark, Recurrence, Stage
from indicators.models import Decision, Indicator, Responsibility
from indicators.queries import compliance, load_inputs
from indicators.tests.builders import PlanBuilder, day, moment, row, valid
from indicators.tests.stored import store
from plan.models import Institution, InstitutionName, Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return PlanBuilder()


def shown(plan: PlanBuilder, cut_off="31-12-2016", known_at="31-12-2026"):
    """The result from the database, after checking that it is the one of the inputs made by hand."""
    result = compliance(Plan.objects.get(), day(cut_off), moment(known_at))
    assert result == plan.compute(cut_off, known_at)
    return result


def as_sets(inputs: PlanInputs) -> dict:
    """Rows by kind, without their order; the plan itself is compared by its results."""
    return {field.name: set(getattr(inputs, field.name)) for field in fields(inputs) if field.name != "plan"}


def count(plan: PlanBuilder, *values):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action)
    for half, value in enumerate(values, start=1):
        plan.report(action, institution, plan.half(2016, half), {indicator: value})
    return indicator


def test_example_1_from_the_database(plan):
    plan.year_target(count(plan, 40, 50), 120)
    store(plan.inputs())
    assert shown(plan).indicator("1.1.1.I1").verified.score_text == "75,0\u00a0%"


def test_example_2_from_the_database(plan):
    institution = plan.institution("A")
    for key in ("RM", "V"):
        plan.region(key, f"Región {key}")
    action = plan.action("1.1.2", institution)
    shape = {"kind": Kind.RATIO, "denominator_aggregation": "stock", "breakdown": "region", "universe_id": 1}
    indicator = plan.indicator(action, **shape)
    plan.universe(institution, 500, region="RM", source="Fuente")
    plan.universe(institution, 300, region="V", source="Fuente")
    plan.year_target(indicator, Fraction(1, 2))
    rows = (row(region="RM", numerator=310), row(region="V", numerator=40))
    plan.report(action, institution, plan.half(2016, 1), {indicator: {"numerator": 350, "rows": rows}})
    store(plan.inputs())
    assert shown(plan).indicator("1.1.2.I1").verified.raw == Fraction(7, 8)


def test_lists_of_names_from_the_database(plan):
    institutions = [plan.institution(name) for name in "AB"]
    action = plan.action("1.1.4", *institutions)
    indicator = plan.indicator(action, entry=Entry.RUNNING_TOTAL)
    period = plan.half(2016, 1)
    for institution, names in zip(institutions, (("hotel sur", "minera"), ("minera",)), strict=True):
        plan.report(action, institution, period, {indicator: {"value": len(names), "names": names}})
    store(plan.inputs())
    Indicator.objects.update(lists_names=True)
    assert shown(plan).indicator("1.1.4.I1").verified.value == 2


def test_example_9_from_the_database(plan):
    institutions = [plan.institution(name) for name in "ABC"]
    action = plan.action("1.2.1", *institutions)
    indicator = plan.indicator(action, derived_from="mesa")
    for half, said in ((1, (True, True, False)), (2, (True, False, False))):
        period = plan.half(2016, half)
        for institution, affirmative in zip(institutions, said, strict=True):
            plan.report(action, institution, period, {indicator: {"affirmative": affirmative}})
    store(plan.inputs())
    assert shown(plan).indicator("1.2.1.I1").verified.value == 2


@pytest.mark.parametrize(
    ("known_at", "value", "rectifying"),
    [("01-10-2016", 50, False), ("01-12-2016", 50, True), ("01-02-2017", 30, False)],
)
def test_example_10_from_the_database(plan, known_at, value, rectifying):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    indicator = plan.indicator(action)
    first = plan.submission({indicator: 50}, "15-07-2016", "20-07-2016")
    second = plan.submission({indicator: 30}, "20-12-2016", "10-01-2017", number=2)
    plan.rounds(action, institution, plan.half(2016, 1), first, second, reopened_at=(moment("03-11-2016"),))
    store(plan.inputs())
    seen = shown(plan, "30-06-2016", known_at).indicator("1.1.1.I1")
    assert (seen.verified.value, Mark.RECTIFYING in seen.marks) == (value, rectifying)


def one_of_everything(plan: PlanBuilder) -> None:
    """A row of every kind that the loader reads, with no field left at its default where it could be lost."""
    first, second = plan.institution("A"), plan.institution("B")
    plan.member(first, valid("01-01-2015", "31-12-2017"), subcommission=True)
    plan.region("RM", "Metropolitana")
    action = plan.action("1.1.1", first)
    named = plan.indicator(action, derived_from="mesa", years=(2016, 2017), kind=Kind.YEAR_COUNT)
    product = plan.indicator(action, kind=Kind.PRODUCT, stage=Stage.VALIDATED, named_count_label="Brechas")
    plan.indicator(action, kind=Kind.RATIO, denominator_aggregation="stock", depends_on_id=product.id)
    flow = plan.indicator(action, kind=Kind.RATIO, denominator_aggregation="flow", breakdown="region")
    by_unit = plan.indicator(action, breakdown="unit", entry=Entry.RUNNING_TOTAL, universe_id=1, needed_from="all")
    means = plan.means(action, recurrence=Recurrence.PER_YEAR, indicator_ids=frozenset({named.id}), reserved=True)
    plan.responsible(action, second, indicator_ids=frozenset({flow.id}), means_ids=frozenset({means.id}))
    plan.target(flow, Fraction(1, 4), region="RM", agreement=plan.acta("01-02-2016", "01-03-2016"))
    plan.year_target(named, 3, institution_id=first.id)
    plan.deadline(means, "30-06-2016")
    plan.amend("1.1.1.I1", "modify", "01-05-2016", "Texto nuevo")
    unit = plan.unit("Dirección del trabajo")
    plan.universe(first, 9, unit=unit.key, source="Fuente")
    plan.universe(second, 8, region="RM", source="Fuente")
    counted = {by_unit: {"value": 5, "rows": (row(unit=unit.key, value=5),)}}
    reported(plan, action, (first, second), (named, product, flow), means, counted)


def reported(plan: PlanBuilder, action, institutions, indicators, means, counted) -> None:
    (first, second), (named, product, flow) = institutions, indicators
    period = plan.half(2016, 1)
    plan.extend(period, second, "31-08-2016", "15-07-2016")
    rows = (row(region="RM", institution_id=second.id, numerator=1, denominator=2),)
    told = {
        named: {"affirmative": True, "institutions": frozenset({second.id})},
        product: {"stage": Stage.VALIDATED, "stage_on": day("30-05-2016"), "named_count": 4},
        flow: {"numerator": 1, "denominator": 2, "rows": rows},
        **counted,
    }
    on_behalf = {"on_behalf": True, "source_document": "Oficio 1", "source_date": day("01-07-2016")}
    withdrawn = plan.submission(told, "01-07-2016", None, withdrawn_at=moment("02-07-2016"))
    sent = plan.submission(told, number=2, accredited=(means,), has_evidence=True, **on_behalf)
    moments = {"reopened_at": (moment("01-10-2016"),), "annulled_at": moment("01-11-2016")}
    plan.rounds(action, first, period, withdrawn, sent, **moments)
    plan.report(action, second, period, answer="no_progress", returned=True)


def test_what_is_stored_is_loaded_as_it_was(plan):
    one_of_everything(plan)
    store(plan.inputs())
    assert as_sets(load_inputs(Plan.objects.get())) == as_sets(plan.inputs())


def test_another_plan_beside_it_is_not_read(plan):
    other = PlanBuilder("PAN-2019-2022", first_id=1000)
    for each, name in ((plan, "A"), (other, "B")):
        institution = each.institution(name)
        action = each.action("1.1.1", institution)
        indicator = each.indicator(action)
        each.year_target(indicator, 120)
        each.means(action)
        each.report(action, institution, each.half(2016, 1), {indicator: 40})
        store(each.inputs())
    loaded = as_sets(load_inputs(Plan.objects.get(code="PAN-2015-2018")))
    assert loaded | {"institutions": None} == as_sets(plan.inputs()) | {"institutions": None}


def test_an_institution_is_known_by_the_name_that_it_bore_when_it_was_named(plan):
    institutions = [plan.institution("A"), plan.institution("Servicio de la Mujer")]
    action = plan.action("1.2.1", institutions[0])
    indicator = plan.indicator(action, derived_from="mesa")
    told = {"affirmative": False, "institutions": frozenset({institutions[1].id})}
    plan.report(action, institutions[0], plan.half(2016, 1), {indicator: told})
    store(plan.inputs())
    renamed = Institution.objects.get(name="Servicio de la Mujer")
    InstitutionName.objects.create(institution=renamed, name=renamed.name)
    Institution.objects.filter(pk=renamed.pk).update(name="Servicio Nacional de la Mujer")
    assert compliance(Plan.objects.get(), date(2016, 12, 31)).indicator("1.2.1.I1").verified.value == 1


def test_known_at_defaults_to_now(plan):
    count(plan, 40, 50)
    store(plan.inputs())
    result = compliance(Plan.objects.get(), date(2016, 12, 31))
    assert result.indicator("1.1.1.I1").verified.value == 90


def queries_of(plan: Plan) -> int:
    with CaptureQueriesContext(connection) as captured:
        compliance(plan, date(2018, 12, 31))
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_history(plan):
    one_of_everything(plan)
    stored = store(plan.inputs())
    few = queries_of(stored)
    institution = Institution.objects.create(name="C", kind="public")
    action = stored.axes.get().objectives.get().actions.get()
    more_history(stored, action, institution)
    assert queries_of(stored) == few


def more_history(stored, action, institution) -> None:
    """Ten more reports, approved, in periods of other years."""
    decided = Decision.objects.first()
    people = {"submitted_by": decided.submitted_by}
    for year in range(2001, 2011):
        dates = {"starts_on": date(year, 1, 1), "ends_on": date(year, 6, 30), "opens_on": date(year, 7, 1)}
        period = stored.periods.create(name=year, due_on=date(year, 7, 20), review_due_on=date(year, 7, 30), **dates)
        report = period.reports.create(action=action, institution=institution)
        sent = report.submissions.create(number=1, answer="progress", **people)
        value = sent.values.create(indicator=action.indicators.first(), value=year)
        approved = Decision.objects.create(submission=sent, outcome="approved", reviewer=decided.reviewer, **people)
        approved.values.create(reported_value=value, value=year)


def test_a_duty_entered_late_under_an_old_acta_does_not_change_what_was_known(plan):
    count(plan, 40, 50)
    store(plan.inputs())
    Responsibility.objects.update(recorded_at=moment("01-03-2018"))
    before, after = (load_owed(known_at) for known_at in ("01-02-2018", "01-04-2018"))
    assert (before, after) == (0, 2)


def load_owed(known_at: str) -> int:
    return compliance(Plan.objects.get(), day("31-12-2016"), moment(known_at)).coverage.owed
