"""Counts: of things and of institutions (COMPLIANCE, Value of an indicator; Fine print)."""

import pytest

from indicators.calculations.inputs import InconsistentBreakdownError
from indicators.calculations.terms import Entry, Kind, Pending, ResponsibilityKind
from indicators.tests.builders import PlanBuilder, figure, row, valid


@pytest.fixture
def plan():
    return PlanBuilder()


@pytest.fixture
def pair(plan):
    """An action with two responsables and the two halves of 2016."""
    institutions = [plan.institution("A"), plan.institution("B")]
    return plan.action("1.1.1", *institutions), institutions, [plan.half(2016, 1), plan.half(2016, 2)]


def reported(plan, pair, indicator, *by_period):
    """Reports of both institutions: one tuple for each period; None leaves the report out."""
    action, institutions, periods = pair
    for period, values in zip(periods, by_period, strict=False):
        for institution, value in zip(institutions, values, strict=True):
            if value is not None:
                plan.report(action, institution, period, {indicator: value})


def test_increments_are_summed_over_periods_and_cells(plan, pair):
    indicator = plan.indicator(pair[0])
    reported(plan, pair, indicator, (1, 2), (3, 4))
    assert plan.result(indicator).verified.value == 10


def test_a_running_total_takes_the_newest_period_of_each_cell(plan, pair):
    indicator = plan.indicator(pair[0], entry=Entry.RUNNING_TOTAL)
    reported(plan, pair, indicator, (10, 5), (12, None))
    assert plan.result(indicator).verified.value == 17


def test_the_newest_period_counts_even_where_its_report_came_first(plan, pair):
    action, (institution, _), (first, second) = pair
    indicator = plan.indicator(action, entry=Entry.RUNNING_TOTAL)
    plan.report(action, institution, second, {indicator: 12}, sent="05-01-2017", decided="06-01-2017")
    plan.report(action, institution, first, {indicator: 10}, sent="05-02-2017", decided="06-02-2017")
    assert plan.result(indicator).verified.value == 12


def test_a_running_total_awaiting_approval_keeps_the_last_approved_one(plan, pair):
    action, (institution, _), (first, second) = pair
    indicator = plan.indicator(action, entry=Entry.RUNNING_TOTAL)
    plan.report(action, institution, first, {indicator: 10})
    plan.report(action, institution, second, {indicator: 12}, decided=None)
    result = plan.result(indicator)
    assert (result.verified.value, result.informed.value) == (10, 12)


def listing(*names: str, validated: int | None = None) -> dict:
    return {"value": len(names) if validated is None else validated, "names": names}


@pytest.mark.parametrize(
    ("of_a", "of_b", "value"),
    [
        (listing("radio", "diario"), listing("canal"), 3),
        (listing("radio", "diario"), listing("canal", "diario"), 3),
        (listing("radio", "diario"), listing("radio", "diario"), 2),
        # A reviewer took the name off that the other one tells, or found one more.
        (listing("radio", "diario"), listing("canal", "diario", validated=1), 3),
        (listing("radio", "diario"), listing("radio", "diario", validated=3), 3),
    ],
)
def test_a_name_in_the_lists_of_two_institutions_is_one(plan, pair, of_a, of_b, value):
    indicator = plan.indicator(pair[0], entry=Entry.RUNNING_TOTAL)
    reported(plan, pair, indicator, (of_a, of_b))
    result = plan.result(indicator).verified
    assert (result.value, [cell.value for cell in result.cells]) == (value, [of_a["value"], of_b["value"]])


def test_only_the_newest_list_of_each_institution_counts(plan, pair):
    indicator = plan.indicator(pair[0], entry=Entry.RUNNING_TOTAL)
    reported(plan, pair, indicator, (listing("radio"), listing("canal")), (listing("radio", "canal"), None))
    assert plan.result(indicator).verified.value == 2


def test_who_takes_over_an_action_does_not_double_its_list(plan):
    """Who answered before has told it, and what is approved of them goes on to count."""
    former, successor = plan.institution("A"), plan.institution("B")
    action = plan.action("1.1.4")
    plan.responsible(action, former, validity=valid(until="30-06-2016"))
    plan.responsible(action, successor, validity=valid("01-07-2016"))
    indicator = plan.indicator(action, entry=Entry.RUNNING_TOTAL)
    plan.report(action, former, plan.half(2016, 1), {indicator: listing("minera", "hotel")})
    plan.report(action, successor, plan.half(2016, 2), {indicator: listing("minera", "hotel", "viña")})
    assert plan.result(indicator).verified.value == 3


@pytest.mark.parametrize(("entry", "value"), [(Entry.INCREMENT, 10), (Entry.RUNNING_TOTAL, 10)])
def test_without_progress_increments_add_nothing_and_totals_carry(plan, pair, entry, value):
    action, (institution, _), (first, second) = pair
    indicator = plan.indicator(action, entry=entry)
    plan.report(action, institution, first, {indicator: 10})
    plan.report(action, institution, second, answer="no_progress")
    assert plan.result(indicator).verified.value == value


@pytest.mark.parametrize("entry", Entry)
def test_without_progress_from_the_start_the_value_is_zero(plan, pair, entry):
    action, (institution, _), (first, _) = pair
    indicator = plan.indicator(action, entry=entry)
    plan.report(action, institution, first, answer="no_progress")
    assert plan.result(indicator).verified.value == 0


def test_only_answers_that_it_does_not_apply_leave_no_value(plan, pair):
    action, institutions, (first, _) = pair
    indicator = plan.indicator(action)
    plan.year_target(indicator, 10)
    for institution in institutions:
        plan.report(action, institution, first, answer="not_applicable")
    seen = plan.result(indicator).verified
    assert (seen.value, seen.capped, seen.pending) == (None, 0, Pending.NOT_APPLICABLE)


def test_without_progress_says_nothing_of_an_indicator_that_others_answer_for(plan, pair):
    action, _, (first, _) = pair
    indicator, other = plan.indicator(action), plan.indicator(action)
    helper = plan.institution("C")
    plan.responsible(action, helper, indicator_ids=frozenset({other.id}))
    plan.report(action, helper, first, answer="no_progress")
    assert (plan.result(indicator).verified.value, plan.result(other).verified.value) == (None, 0)


def test_values_of_colaboradoras_and_of_ended_responsables_count(plan):
    helper, former = plan.institution("A"), plan.institution("B")
    action = plan.action("1.1.1")
    plan.responsible(action, helper, kind=ResponsibilityKind.COLLABORATOR)
    plan.responsible(action, former, validity=valid("01-01-2015", "30-09-2016"))
    indicator = plan.indicator(action)
    period = plan.half(2016, 1)
    plan.report(action, helper, period, {indicator: 3})
    plan.report(action, former, period, {indicator: 4})
    assert plan.result(indicator).verified.value == 7


def test_the_largest_cell_of_a_breakdown_is_taken_by_key(plan, pair):
    action, (institution, _), (first, second) = pair
    indicator = plan.indicator(action, breakdown="region", cell_aggregation="max")
    for period, (north, south) in ((first, (5, 1)), (second, (1, 6))):
        told = {"value": north + south, "rows": (row(region="I", value=north), row(region="X", value=south))}
        plan.report(action, institution, period, {indicator: told})
    assert plan.result(indicator).verified.value == 7


def test_a_breakdown_must_add_up_to_its_value(plan, pair):
    indicator = plan.indicator(pair[0])
    rows = (row(region="I", value=5), row(region="X", value=1))
    assert figure(indicator, {"value": 6, "rows": rows}).value == 6
    with pytest.raises(InconsistentBreakdownError, match="add up to 6, not 7"):
        figure(indicator, {"value": 7, "rows": rows})


def test_a_count_of_a_year_takes_only_the_periods_of_that_year(plan):
    institution = plan.institution("A")
    action = plan.action("1.2.3", institution)
    indicator = plan.indicator(action, kind=Kind.YEAR_COUNT, years=(2016,))
    for year, value in ((2015, 1), (2016, 20), (2017, 300)):
        plan.report(action, institution, plan.half(year, 1), {indicator: value})
    plan.target(indicator, 20)
    assert plan.result(indicator, "31-12-2018").verified.value == 20


def test_a_count_of_every_year_without_target_shows_the_newest_one(plan):
    institution = plan.institution("A")
    action = plan.action("1.2.2", institution)
    indicator = plan.indicator(action, kind=Kind.YEAR_COUNT)
    for year, value in ((2015, 1), (2016, 20)):
        plan.report(action, institution, plan.half(year, 1), {indicator: value})
    result = plan.result(indicator, "31-12-2016")
    assert (result.verified.value, result.window.label) == (20, "año 2016")


# Counts of institutions


def says(affirmative, **told):
    return {"affirmative": affirmative, **told}


def test_a_yes_once_counts_for_the_whole_window(plan, pair):
    indicator = plan.indicator(pair[0], derived_from="mesa")
    reported(plan, pair, indicator, (says(True), says(False)), (says(False), says(False)))
    assert plan.result(indicator).verified.value == 1


def test_only_noes_are_a_zero_and_not_a_silence(plan, pair):
    indicator = plan.indicator(pair[0], derived_from="mesa")
    reported(plan, pair, indicator, (says(False), None))
    assert plan.result(indicator).verified.value == 0


def test_a_member_without_responsibility_counts_only_through_a_validated_list(plan, pair):
    other = plan.institution("C")
    indicator = plan.indicator(pair[0], derived_from="mesa")
    named = says(True, institutions=frozenset({other.id}))
    plan.report(pair[0], pair[1][0], pair[2][0], {indicator: named}, validated={indicator: says(True)})
    result = plan.result(indicator)
    assert (result.verified.value, result.informed.value) == (1, 2)


def test_a_responsable_named_by_another_answers_for_itself(plan, pair):
    silent = pair[1][1]
    indicator = plan.indicator(pair[0], derived_from="mesa")
    reported(plan, pair, indicator, (says(True, institutions=frozenset({silent.id})), None))
    seen = plan.result(indicator).verified
    assert seen.value == 1
    assert [exclusion.reason for exclusion in seen.trace.exclusions] == [
        "responde por sí misma; no cuenta por la lista de otra"
    ]


@pytest.mark.parametrize(("until", "value"), [("29-06-2016", 0), ("30-06-2016", 1)])
def test_membership_is_read_at_the_end_of_the_period(plan, until, value):
    institution = plan.institution("A", member=False)
    plan.member(institution, valid("01-01-2015", until))
    action = plan.action("1.2.1", institution)
    indicator = plan.indicator(action, derived_from="mesa")
    plan.report(action, institution, plan.half(2016, 1), {indicator: says(True)})
    assert plan.result(indicator).verified.value == value


def test_members_of_the_mesa_are_not_those_of_the_subcomision(plan, pair):
    plan.member(pair[1][0], subcommission=True)
    indicator = plan.indicator(pair[0], derived_from="subcommission")
    reported(plan, pair, indicator, (says(True), says(True)))
    assert plan.result(indicator).verified.value == 1


def test_an_answer_left_empty_is_not_a_no(plan, pair):
    indicator = plan.indicator(pair[0], derived_from="mesa")
    reported(plan, pair, indicator, (says(None), None))
    assert plan.result(indicator).verified.value is None


def test_the_institutions_counted_are_named_in_the_trace(plan, pair):
    indicator = plan.indicator(pair[0], derived_from="mesa")
    reported(plan, pair, indicator, (says(True), says(False)))
    step = plan.result(indicator).verified.trace.steps[0]
    assert (step.data, step.result) == ("A", "1")
