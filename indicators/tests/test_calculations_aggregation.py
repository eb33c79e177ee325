"""From actions to the plan: means, denominators, weights, sentences (COMPLIANCE, Three numbers; Aggregation)."""

from fractions import Fraction

import pytest

from indicators.calculations.methodology import Methodology
from indicators.calculations.terms import Band, Conclusion, Condition, Kind, Mark, ResponsibilityKind
from indicators.tests.builders import PlanBuilder, moment


@pytest.fixture
def plan():
    builder = PlanBuilder()
    builder.mine = builder.institution("A")
    builder.period = builder.half(2016, 1)
    return builder


def scored(plan, code, *values):
    """An action whose indicators have a target of 100 and these approved values; None is without target."""
    action = plan.action(code, plan.mine)
    indicators = [plan.indicator(action) for _ in values]
    for indicator, value in zip(indicators, values, strict=True):
        if value is not None:
            plan.year_target(indicator, 100)
    plan.report(action, plan.mine, plan.period, dict(zip(indicators, (value or 0 for value in values), strict=True)))
    return action


def test_an_action_is_the_mean_of_its_computable_indicators(plan):
    scored(plan, "1.1.1", 40, 60, None)
    score = plan.compute().action("1.1.1").verified
    assert (score.value, score.computable_indicators, score.indicators) == (Fraction(1, 2), 2, 3)


def test_an_eje_is_the_mean_of_its_actions_and_not_of_its_indicators(plan):
    scored(plan, "1.1.1", 100, 100, 100)
    scored(plan, "1.1.2", 0)
    assert plan.compute().axis(1).verified.value == Fraction(1, 2)


def test_the_plan_is_the_mean_of_its_actions_and_not_of_its_ejes(plan):
    for code in ("1.1.1", "1.1.2", "1.1.3"):
        scored(plan, code, 100)
    plan.new_axis(2)
    scored(plan, "2.1.1", 0)
    assert plan.compute().verified.value == Fraction(3, 4)


def test_a_suppressed_action_leaves_the_figure_and_the_sentence(plan):
    scored(plan, "1.1.1", 100)
    scored(plan, "1.1.2", 0)
    plan.amend("1.1.2", "suppress", "01-09-2016")
    result = plan.compute()
    assert result.verified.sentence == "100,0\u00a0% sobre 1 de 1 acción (1 de 1 indicador)"
    assert result.states.sentence == "2 = 1 vigente + 1 suprimida"
    assert result.indicator("1.1.2.I1").verified.condition is Condition.SUPPRESSED
    assert result.action("1.1.2").verified.percent_text == "Suprimida"


def test_a_suppressed_indicator_leaves_its_action(plan):
    scored(plan, "1.1.1", 100, 0)
    plan.amend("1.1.1.I2", "suppress", "01-09-2016")
    score = plan.compute().action("1.1.1").verified
    assert (score.value, score.indicators) == (1, 1)


def test_each_action_not_computed_is_counted_once_by_what_weighs_most(plan):
    scored(plan, "1.1.1", 100)
    scored(plan, "1.1.2", 100)
    scored(plan, "1.1.3", None)
    stuck = scored(plan, "1.1.4", None)
    ratio = plan.indicator(stuck, kind=Kind.RATIO, denominator_aggregation="stock", universe_id=1)
    plan.year_target(ratio, 1)
    plan.report(stuck, plan.mine, plan.half(2016, 2), {ratio: {"numerator": 1}})
    score = plan.compute().verified
    assert (score.not_calculable, score.no_target, score.not_due) == (1, 1, 0)
    assert score.sentence.endswith("sobre 2 de 4 acciones (2 de 5 indicadores); 1 no calculable, 1 sin meta acordada")


def test_without_target_comes_before_not_due_in_the_sentence(plan):
    scored(plan, "1.1.1", 100)
    mixed = scored(plan, "1.1.2", None)
    plan.target(plan.indicator(mixed), 10)
    to_come = plan.action("1.1.3", plan.mine)
    plan.target(plan.indicator(to_come), 10)
    score = plan.compute(known_at="19-07-2016").verified
    assert score.sentence == "Nada exigible"
    assert (plan.compute().verified.no_target, plan.compute().verified.not_due) == (1, 1)


def test_an_action_without_target_counts_against_conclusiveness(plan):
    scored(plan, "1.1.1", 100)
    for code in ("1.1.2", "1.1.3"):
        scored(plan, code, None)
    score = plan.compute().verified
    assert (score.conclusion, score.value, score.actions_with_something_due) == (Conclusion.INCONCLUSIVE, None, 3)
    assert score.sentence == "No concluyente: computables 1 de 3 acciones (1 de 3 indicadores); 2 sin meta acordada"


def test_an_action_without_a_report_fallen_due_says_nothing_about_conclusiveness(plan):
    scored(plan, "1.1.1", 100)
    for code in ("1.1.2", "1.1.3"):
        plan.indicator(plan.action(code))
    score = plan.compute().verified
    assert (score.value, score.actions_with_something_due) == (1, 1)


def test_before_any_report_falls_due_nothing_is_due(plan):
    scored(plan, "1.1.1", 100)
    score = plan.compute("30-06-2016", "19-07-2016").verified
    assert (score.conclusion, score.value, score.sentence) == (Conclusion.NOTHING_DUE, None, "Nada exigible")


def test_the_share_that_concludes_belongs_to_the_methodology(plan):
    scored(plan, "1.1.1", 100)
    scored(plan, "1.1.2", None)
    strict = Methodology(version="2.0", conclusive_share=Fraction(3, 5))
    assert plan.compute().verified.value == 1
    assert plan.compute(methodology=strict).verified.value is None


def test_the_bands_belong_to_the_methodology(plan):
    scored(plan, "1.1.1", 80)
    lenient = Methodology(version="2.0", fulfilled_from=Fraction(4, 5))
    bands = [plan.compute().verified.band, plan.compute(methodology=lenient).verified.band]
    assert bands == [Band.PARTIAL, Band.FULFILLED]
    assert plan.compute(methodology=lenient).verified.trace.methodology == "2.0"


def test_a_figure_that_rests_on_a_rectification_says_so_up_to_the_plan(plan):
    action = plan.action("1.1.1", plan.mine)
    indicator = plan.indicator(action)
    plan.year_target(indicator, 100)
    sent = plan.submission({indicator: 50})
    plan.rounds(action, plan.mine, plan.period, sent, reopened_at=(moment("01-11-2016"),))
    result = plan.compute()
    assert result.verified.marks == result.axis(1).verified.marks == frozenset({Mark.RECTIFYING})


# Weights


def weighed(plan, agreement=None, **weights):
    """Weights by place of the action in its eje: first=3, second=1."""
    actions = dict(zip(("first", "second"), plan.rows["actions"], strict=False))
    for place, weight in weights.items():
        plan.weight(actions[place], weight, agreement)


@pytest.fixture
def pair(plan):
    scored(plan, "1.1.1", 100)
    scored(plan, "1.1.2", 0)
    return plan


def test_weights_of_one_acta_for_a_whole_eje_weigh_its_mean(pair):
    weighed(pair, first=3, second=1)
    score = pair.compute().axis(1).verified
    assert (score.value, score.weighted) == (Fraction(3, 4), True)


def test_weights_act_inside_their_eje_and_in_the_plan_every_action_weighs_one(pair):
    weighed(pair, first=3, second=1)
    result = pair.compute()
    assert result.axes[0].objectives[0].verified.value == Fraction(3, 4)
    assert result.verified.value == Fraction(1, 2)


@pytest.mark.parametrize("weights", [{"first": 3}, {"first": 3, "second": 0}])
def test_weights_that_leave_an_action_out_or_at_zero_do_not_count(pair, weights):
    weighed(pair, **weights)
    assert pair.compute().axis(1).verified.value == Fraction(1, 2)


def test_weights_of_two_actas_are_not_mixed(pair):
    weighed(pair, first=3)
    weighed(pair, pair.acta("01-02-2016"), second=1)
    assert pair.compute().axis(1).verified.weighted is False


def test_the_newest_acta_that_weighs_the_whole_eje_counts(pair):
    weighed(pair, first=3, second=1)
    weighed(pair, pair.acta("01-02-2016"), first=1, second=4)
    assert pair.compute().axis(1).verified.value == Fraction(1, 5)


def test_weights_are_divided_by_those_of_the_computable_actions(pair):
    scored(pair, "1.1.3", None)
    weighed(pair, first=3, second=1)
    pair.weight(pair.rows["actions"][2], 10)
    assert pair.compute().axis(1).verified.value == Fraction(3, 4)


def test_no_share_makes_a_percentage_of_nothing(plan):
    scored(plan, "1.1.1", None)
    score = plan.compute(methodology=Methodology(version="2.0", conclusive_share=Fraction(0))).verified
    assert (score.conclusion, score.value) == (Conclusion.INCONCLUSIVE, None)


def test_a_suppressed_action_needs_no_weight(pair):
    scored(pair, "1.1.3", 0)
    weighed(pair, first=3, second=1)
    pair.amend("1.1.3", "suppress", "01-09-2016")
    assert pair.compute().axis(1).verified.value == Fraction(3, 4)


def test_an_action_names_its_responsables_and_nobody_else(plan):
    action = plan.action("1.1.1", plan.mine)
    plan.responsible(action, plan.institution("B"), kind=ResponsibilityKind.COLLABORATOR)
    assert plan.compute().action("1.1.1").institution_ids == (plan.mine.id,)
