"""Between two turning days the reports answer the same, and between two moments of news the same is known: no other
cut-off or moment needs to read them again."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.calculations import action_over_time, is_same_news, moments_of_news, turning_days
from indicators.calculations.inputs import PlanInputs
from indicators.calculations.methodology import FIRST
from indicators.calculations.moments import end_of_day, local_day
from indicators.calculations.narrowed import narrowed
from indicators.calculations.terms import Kind, Scope
from indicators.calculations.turning import asking_days
from indicators.tests.builders import PlanBuilder, check_news_and_turns, day, moment, out_of_answers, valid
from indicators.tests.test_calculations_properties import plans

KNOWN_AT = end_of_day(date(2026, 12, 31))
ENDS = [date(2018, 11, 20), date(2018, 12, 31)]
DAYS = st.dates(date(2014, 11, 1), date(2019, 3, 1))


@st.composite
def plans_under_way(draw):
    """A plan that actas go on changing on any day, with the rest of its years."""
    plan = draw(plans())
    begins, ends = draw(st.sampled_from([date(2015, 1, 1), date(2015, 3, 9)])), draw(st.sampled_from(ENDS))
    plan.plan = replace(plan.plan, starts_on=begins, ends_on=ends)
    for year in (2017, 2018):
        plan.half(year, 1)
    for _ in range(draw(st.integers(1, 8))):
        draw(st.sampled_from(CHANGES))(plan, draw)
    return plan


def some(draw, plan: PlanBuilder, kind: str):
    return draw(st.sampled_from(plan.rows[kind]))


def on(draw) -> str:
    return f"{draw(DAYS):%d-%m-%Y}"


def an_acta(plan, draw):
    """Recorded on whatever day."""
    return plan.acta(on(draw), on(draw))


def a_responsable_comes_and_goes(plan, draw) -> None:
    span = sorted([draw(DAYS), draw(DAYS)])
    begins, ends = (f"{one:%d-%m-%Y}" for one in span)
    plan.responsible(
        some(draw, plan, "actions"),
        some(draw, plan, "institutions"),
        agreement=an_acta(plan, draw),
        kind=draw(st.sampled_from(["responsible", "collaborator"])),
        validity=valid(begins, draw(st.sampled_from([None, ends]))),
        indicator_ids=draw(st.sampled_from([frozenset(), frozenset({some(draw, plan, "indicators").id})])),
        ended_under=draw(st.sampled_from([None, plan.acta(ends, on(draw))])),
    )


def a_seat_ends(plan, draw) -> None:
    rows = plan.rows["memberships"]
    place = draw(st.integers(0, len(rows) - 1))
    ends = on(draw)
    rows[place] = replace(rows[place], validity=valid(None, ends), ended_under=an_acta(plan, draw))


def a_universo_has_a_newer_value(plan, draw) -> None:
    recorded = moment(on(draw))
    plan.universe(
        some(draw, plan, "institutions"), draw(st.integers(1, 99)), on(draw), region="I", recorded_at=recorded
    )


def a_meta_is_agreed(plan, draw) -> None:
    scope = draw(st.sampled_from(list(Scope)))
    extra = {Scope.YEAR: {"year": draw(st.integers(2015, 2018))}, Scope.CUMULATIVE: {"due_on": on(draw)}}
    acta = an_acta(plan, draw)
    place = draw(st.sampled_from([{}, {"region": "I"}]))
    dated = extra.get(scope, {}) | {"recorded_at": moment(on(draw))}
    plan.target(some(draw, plan, "indicators"), Fraction(7), scope, agreement=acta, **dated, **place)


def a_line_is_changed(plan, draw) -> None:
    action = some(draw, plan, "actions")
    reference = draw(st.sampled_from([action.code, f"{action.code}.I1", f"{action.code}.M1", "1.1", "1"]))
    decision = draw(st.sampled_from(["suppress", "add", "modify"]))
    plan.amend(reference, decision, on(draw), "Otro texto", agreed=an_acta(plan, draw))


def a_medio_gets_a_date(plan, draw) -> None:
    plan.deadline(some(draw, plan, "means"), on(draw), an_acta(plan, draw))


def the_methodology_changes(plan, draw) -> None:
    grace = replace(FIRST, yearly_product_years_of_grace=draw(st.integers(0, 2)))
    plan.version(grace, on(draw), an_acta(plan, draw))


def a_term_is_extended(plan, draw) -> None:
    plan.extend(some(draw, plan, "periods"), some(draw, plan, "institutions"), on(draw), on(draw))


CHANGES = (
    a_term_is_extended,
    a_responsable_comes_and_goes,
    a_seat_ends,
    a_universo_has_a_newer_value,
    a_meta_is_agreed,
    a_line_is_changed,
    a_medio_gets_a_date,
    the_methodology_changes,
)


def days_around(inputs: PlanInputs) -> list[date]:
    """Every day that anything names, with the one before and the one after."""
    named = {one for one in days_in(replace(inputs, reports=())) if date.min < one < date.max}
    return sorted({one + timedelta(days) for one in named for days in (-1, 0, 1)})


def moments_around(inputs: PlanInputs) -> list[datetime]:
    """Every moment that anything names and the end of every such day, each with the one before."""
    ends = map(end_of_day, days_around(inputs))
    return sorted(one + timedelta(seconds=seconds) for one in {*moments_in(inputs), *ends} for seconds in (-1, 0))


def days_in(inputs: PlanInputs) -> Iterator[date]:
    return (one for one in values_in(inputs) if isinstance(one, date) and not isinstance(one, datetime))


def moments_in(inputs: PlanInputs) -> Iterator[datetime]:
    return (one for one in values_in(inputs) if isinstance(one, datetime))


def values_in(value: Any) -> Iterator[Any]:
    """Every one, at any depth."""
    if is_dataclass(value):
        yield from (one for field in fields(value) for one in values_in(getattr(value, field.name)))
    elif isinstance(value, tuple):
        yield from (one for part in value for one in values_in(part))
    else:
        yield value


@settings(max_examples=200, deadline=None)
@given(plans_under_way(), st.data())
def test_what_the_reports_answered_on_the_last_turning_day_is_all_that_a_cut_off_asks(plan, data):
    inputs = plan.inputs()
    for action in inputs.actions:
        stood = action_over_time(inputs, action.id, KNOWN_AT)
        for cut_off in data.draw(st.lists(st.sampled_from(days_around(inputs)), min_size=3, max_size=8)):
            assert out_of_answers(inputs, action.id, cut_off, KNOWN_AT) == stood(cut_off), (action.code, cut_off)


@settings(max_examples=200, deadline=None)
@given(plans_under_way(), st.data())
def test_what_was_known_at_the_last_news_is_all_that_is_known(plan, data):
    inputs = plan.inputs()
    dates = st.tuples(st.sampled_from(days_around(inputs)), st.sampled_from(moments_around(inputs)))
    for cut_off, known_at in data.draw(st.lists(dates, min_size=3, max_size=8)):
        for action in inputs.actions:
            check_news_and_turns(inputs, action.id, cut_off, known_at)


# One by one ------------------------------------------------------------------------------------------------------
@pytest.fixture
def plan() -> PlanBuilder:
    """1.1.1 and 1.1.2 of A; the first has one indicator and one medio."""
    builder = PlanBuilder()
    builder.a, builder.b = builder.institution("A"), builder.institution("B")
    builder.first, builder.second = builder.action("1.1.1", builder.a), builder.action("1.1.2", builder.a)
    builder.indicator(builder.first), builder.means(builder.first)
    builder.half(2016, 1)
    return builder


def named(days: list[date]) -> list[str]:
    return [f"{one:%d-%m-%Y}" for one in days if one > date.min]


def turns(plan: PlanBuilder, of: int = 0) -> list[str]:
    inputs = plan.inputs()
    return named(turning_days(narrowed(inputs, inputs.actions[of].id)))


ALWAYS_THERE = ["01-01-2015", "30-06-2016"]


def added(plan: PlanBuilder, of: int = 0) -> list[str]:
    return [one for one in turns(plan, of) if one not in ALWAYS_THERE]


def test_an_acta_and_a_period_that_ends_turn(plan):
    assert turns(plan) == ALWAYS_THERE


def test_a_responsabilidad_turns_when_it_counts_begins_and_is_over(plan):
    acta, later = plan.acta("03-03-2016"), plan.acta("04-08-2016")
    plan.responsible(plan.first, plan.b, agreement=acta, validity=valid("10-03-2016", "20-09-2016"), ended_under=later)
    assert added(plan) == ["03-03-2016", "10-03-2016", "04-08-2016", "21-09-2016"]
    assert added(plan, of=1) == []


def test_a_seat_turns_where_institutions_are_counted(plan):
    plan.member(plan.b, agreement=plan.acta("03-03-2016"), ended_under=plan.acta("04-08-2016"))
    assert added(plan) == []
    plan.indicator(plan.first, derived_from="mesa")
    assert added(plan) == ["03-03-2016", "04-08-2016"]


def test_a_universo_turns_what_is_measured_by_it(plan):
    plan.indicator(plan.first, kind=Kind.RATIO, denominator_aggregation="stock", universe_id=1)
    plan.universe(plan.a, 9, "05-05-2016")
    assert (added(plan), added(plan, of=1)) == (["05-05-2016"], [])


@pytest.mark.parametrize("reference", ["1", "1.1", "1.1.1", "1.1.1.I1", "1.1.1.M1"])
def test_a_change_of_a_line_turns_what_stands_on_it_or_under_it_when_its_acta_counts(plan, reference):
    plan.amend(reference, "suppress", "02-02-2016", agreed=plan.acta("07-07-2016"))
    assert added(plan) == ["07-07-2016"]
    assert added(plan, of=1) == (["07-07-2016"] if reference in ("1", "1.1") else [])


def asked(plan: PlanBuilder, change: Callable[[], Any]) -> list[str]:
    """The days of 2017 that a change adds to those on which something else is asked."""
    before = set(asking_days(plan.inputs(), day("30-06-2016")))
    change()
    return named(sorted(set(asking_days(plan.inputs(), day("30-06-2016"))) - before))


def test_years_and_the_plan_begin_and_end_with_other_questions(plan):
    plan.plan = replace(plan.plan, ends_on=day("20-11-2017"))
    days = named(asking_days(plan.inputs(), day("30-06-2016")))
    assert days == ["30-06-2016", "31-12-2016", "01-01-2017", "20-11-2017", "31-12-2017", "01-01-2018", "31-12-2018"]
    plan.plan = replace(plan.plan, starts_on=day("05-02-2015"))
    assert "05-02-2015" in named(asking_days(plan.inputs(), day("01-01-2015")))


def test_a_meta_is_asked_for_from_its_acta_and_from_its_day(plan):
    indicator = plan.indicator(plan.first)

    def agree() -> None:
        plan.target(indicator, 9, Scope.CUMULATIVE, due_on="07-07-2017", agreement=plan.acta("01-02-2017"))

    assert asked(plan, agree) == ["01-02-2017", "07-07-2017"]


def test_a_date_of_a_medio_is_asked_for_from_its_acta(plan):
    medio = plan.rows["means"][0]
    assert asked(plan, lambda: plan.deadline(medio, "07-07-2017", plan.acta("01-02-2017"))) == ["01-02-2017"]


def test_a_changed_line_asks_otherwise_from_its_day(plan):
    acta = plan.acta("30-06-2016")
    assert asked(plan, lambda: plan.amend("1.1.1", "suppress", "03-04-2017", agreed=acta)) == ["03-04-2017"]


def test_a_methodology_asks_otherwise_from_its_acta_and_its_day(plan):
    acta = plan.acta("01-02-2017")
    assert asked(plan, lambda: plan.version(FIRST, "03-04-2017", acta)) == ["01-02-2017", "03-04-2017"]


def test_what_is_asked_after_the_next_turn_is_asked_there(plan):
    plan.half(2017, 1)
    assert named(asking_days(plan.inputs(), day("30-06-2016"))) == ["30-06-2016", "31-12-2016", "01-01-2017"]


# What is news --------------------------------------------------------------------------------------------------------
def news(plan: PlanBuilder, change: Callable[[], Any], on: str = "31-12-2016", of: int = 0) -> list[str]:
    """The days with moments that a change adds to those of an action at a cut-off."""

    def moments() -> set[datetime]:
        inputs = plan.inputs()
        return set(moments_of_news(narrowed(inputs, inputs.actions[of].id), day(on)))

    before = moments()
    change()
    return named(sorted(map(local_day, moments() - before)))


def test_the_acta_of_a_responsable_is_news_when_it_is_recorded_and_so_is_the_one_that_ends_it(plan):
    acta, later = plan.acta("03-03-2016", "05-05-2017"), plan.acta("04-08-2016", "06-06-2017")

    def appoint() -> None:
        plan.responsible(plan.first, plan.b, agreement=acta, validity=valid(None, "20-09-2016"), ended_under=later)

    assert news(plan, appoint) == ["05-05-2017", "06-06-2017"]
    assert news(plan, appoint, of=1) == []


def test_a_seat_is_news_where_institutions_are_counted(plan):
    acta, later = plan.acta("03-03-2016", "05-05-2017"), plan.acta("04-08-2016", "06-06-2017")

    def seat() -> None:
        plan.member(plan.b, agreement=acta, ended_under=later)

    assert news(plan, seat) == []
    assert news(plan, lambda: plan.indicator(plan.first, derived_from="mesa")) == ["05-05-2017", "06-06-2017"]


def test_a_meta_is_news_with_its_acta_and_when_it_is_recorded_under_it(plan):
    indicator, acta = plan.rows["indicators"][0], plan.acta("03-03-2016", "05-05-2017")
    assert news(plan, lambda: plan.target(indicator, 9, agreement=acta, recorded_at=moment("06-06-2017"))) == [
        "05-05-2017",
        "06-06-2017",
    ]


def test_the_plans_own_metas_are_no_news(plan):
    indicator = plan.rows["indicators"][0]
    assert news(plan, lambda: plan.target(indicator, 9, agreement=None, recorded_at=moment("06-06-2017"))) == []


def test_a_universo_is_news_from_its_day_when_it_is_recorded(plan):
    plan.indicator(plan.first, kind=Kind.RATIO, denominator_aggregation="stock", universe_id=1)
    plan.half(2017, 1)

    def value(dated_on: str) -> list[str]:
        return news(plan, lambda: plan.universe(plan.a, 9, dated_on, recorded_at=moment("05-05-2018")))

    assert (value("05-05-2016"), value("01-07-2017")) == (["05-05-2018"], [])


@pytest.mark.parametrize(
    "change",
    [
        lambda plan, acta: plan.amend("1.1.1", "suppress", "02-02-2016", agreed=acta),
        lambda plan, acta: plan.deadline(plan.rows["means"][0], "30-06-2017", acta),
        lambda plan, acta: plan.version(FIRST, "01-01-2016", acta),
    ],
    ids=["line", "medio", "methodology"],
)
def test_what_an_acta_says_is_news_when_it_is_recorded_unless_it_counts_only_later(plan, change):
    plan.half(2017, 1)
    assert news(plan, lambda: change(plan, plan.acta("03-03-2016", "05-05-2017"))) == ["05-05-2017"]
    assert news(plan, lambda: change(plan, plan.acta("30-06-2017", "06-06-2018"))) == []


def test_a_term_that_ends_is_news_once_its_period_has_begun(plan):
    assert news(plan, lambda: plan.half(2016, 2), on="30-06-2016") == []
    assert news(plan, lambda: plan.half(2017, 1), on="01-01-2017") == ["20-07-2017"]


def test_a_longer_term_is_news_when_it_is_granted_and_when_it_ends(plan):
    period = plan.rows["periods"][0]
    assert news(plan, lambda: plan.extend(period, plan.a, "30-09-2016", "19-07-2016")) == ["19-07-2016", "30-09-2016"]
    assert news(plan, lambda: plan.extend(period, plan.a, "31-10-2016", "20-07-2016"), on="31-12-2015") == []


def test_two_moments_are_the_same_news_unless_one_parts_them_and_it_counts_from_itself_on():
    moments = [moment("01-03-2016"), moment("01-06-2016")]
    one_second = timedelta(seconds=1)
    assert is_same_news(moments, moments[0], moments[1] - one_second)
    assert not is_same_news(moments, moments[0] - one_second, moments[0])
    assert not is_same_news(moments, moments[1], moments[0])
