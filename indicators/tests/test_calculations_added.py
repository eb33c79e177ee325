"""The arithmetic of what an acta adds: nothing before its day, and everything after it (COMPLIANCE, Two dates)."""

import pytest

from indicators.calculations.terms import Aggregation, Answer, Condition, Kind, Recurrence
from indicators.tests.builders import PlanBuilder

FROM = "01-07-2016"


@pytest.fixture
def plan() -> PlanBuilder:
    """1.1.1 of A, with two semestres of 2016 that fell due."""
    builder = PlanBuilder()
    builder.a = builder.institution("A")
    builder.first = builder.action("1.1.1", builder.a)
    builder.one, builder.two = builder.half(2016, 1), builder.half(2016, 2)
    return builder


def test_an_added_action_owes_reports_of_the_periods_after_its_start_only(plan):
    plan.action("1.1.2", plan.a)
    plan.amend("1.1.2", "add", FROM, "Acción 1.1.2")
    assert [duty.period_id for duty in plan.compute().action("1.1.2").duties] == [plan.two.id]
    assert plan.compute().states.sentence == "2 = 1 vigente + 0 suprimidas + 1 agregada"


def test_the_counts_before_its_day_and_before_its_recording_are_as_they_were(plan):
    before = plan.compute("30-06-2016"), plan.compute(known_at="01-09-2016")
    plan.action("1.1.2", plan.a)
    plan.amend("1.1.2", "add", FROM, "Acción 1.1.2", agreed=plan.acta("01-05-2016", "01-10-2016"))
    assert (plan.compute("30-06-2016"), plan.compute(known_at="01-09-2016")) == before
    assert before[0].states.sentence == "1 = 1 vigente + 0 suprimidas"


def test_an_added_action_that_is_suppressed_counts_among_the_suppressed(plan):
    plan.action("1.1.2", plan.a)
    plan.amend("1.1.2", "add", FROM, "Acción 1.1.2")
    plan.amend("1.1.2", "suppress", "01-12-2016")
    assert plan.compute().states.sentence == "2 = 1 vigente + 1 suprimida"


def test_what_was_suppressed_and_brought_back_was_never_added(plan):
    plan.amend("1.1.1", "suppress", "01-02-2016")
    plan.amend("1.1.1", "add", FROM, "Acción 1.1.1")
    assert plan.compute().states.sentence == "1 = 1 vigente + 0 suprimidas"


def test_a_ratio_added_later_does_not_wait_for_the_reports_of_before(plan):
    flows = {"kind": Kind.RATIO, "denominator_aggregation": Aggregation.FLOW}
    ratio = plan.indicator(plan.first, **flows)
    plan.target(ratio, "1/2")
    plan.report(plan.first, plan.a, plan.two, {ratio: {"numerator": 3, "denominator": 4}})
    assert plan.result(ratio).verified.condition is Condition.NOT_DUE
    assert plan.result(ratio).verified.value is None
    plan.amend("1.1.1.I1", "add", FROM, "Razón")
    assert str(plan.result(ratio).verified.value) == "3/4"


def test_a_report_without_progress_of_before_says_nothing_of_an_indicator_added_later(plan):
    later = plan.indicator(plan.first)
    plan.year_target(later, 10)
    plan.report(plan.first, plan.a, plan.one, answer=Answer.NO_PROGRESS)
    assert plan.result(later).verified.value == 0
    plan.amend("1.1.1.I1", "add", FROM, "Número de cosas")
    assert (plan.result(later).verified.value, plan.result(later).verified.score_text) == (
        None,
        "0,0\xa0%, sin informe",
    )


def test_an_indicator_without_meta_is_measured_and_stays_out_of_the_figure(plan):
    later = plan.indicator(plan.first)
    plan.amend("1.1.1.I1", "add", FROM, "Número de cosas")
    plan.report(plan.first, plan.a, plan.two, {later: 7})
    figure = plan.result(later).verified
    assert (figure.value, figure.condition) == (7, Condition.NO_TARGET)


def test_an_added_medio_is_owed_in_the_periods_after_its_start_only(plan):
    plan.means(plan.first, recurrence=Recurrence.PER_PERIOD)
    plan.amend("1.1.1.M1", "add", FROM, "Lista")
    (means,) = plan.compute().action("1.1.1").means
    assert [duty.owed_on for duty in means.duties] == [plan.two.ends_on]
    assert plan.compute("30-06-2016").action("1.1.1").means == ()
