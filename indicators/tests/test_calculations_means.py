"""Medios: owed, accredited, for how long (COMPLIANCE, Three numbers: c; Fine print: Medios)."""

import pytest

from indicators.calculations.terms import OwedBy, Recurrence, ResponsibilityKind, Verdict
from indicators.tests.builders import PlanBuilder, moment, valid


@pytest.fixture
def plan():
    return PlanBuilder()


@pytest.fixture
def pair(plan):
    institutions = [plan.institution("A"), plan.institution("B")]
    return plan.action("1.1.1", *institutions), institutions


def seen(plan, cut_off="31-12-2016", known_at="31-12-2026"):
    """(accredited, owed, all accredited) of the first medio."""
    means = plan.compute(cut_off, known_at).action("1.1.1").means[0]
    return means.accredited, means.owed, means.all_accredited


def proof(plan, action, institution, period, *means, **fields):
    return plan.report(action, institution, period, {}, accredited=means, **fields)


def test_once_is_owed_at_the_end_of_the_plan_by_each_responsable(plan, pair):
    plan.means(pair[0])
    assert [seen(plan, cut_off)[1] for cut_off in ("30-12-2018", "31-12-2018")] == [0, 2]


def test_once_is_owed_from_the_date_of_the_newest_acta(plan, pair):
    means = plan.means(pair[0])
    plan.deadline(means, "30-06-2016")
    plan.deadline(means, "30-09-2016", plan.acta("01-06-2016"))
    assert [seen(plan, cut_off)[1] for cut_off in ("31-05-2016", "30-06-2016", "30-09-2016")] == [0, 0, 2]


def test_once_stays_accredited_by_any_report_in_force(plan, pair):
    action, (one, two) = pair
    means = plan.means(action)
    plan.deadline(means, "31-12-2016")
    for institution in (one, two):
        proof(plan, action, institution, plan.half(2015, 1), means)
    assert seen(plan) == (2, 2, True)


def test_once_passes_to_the_responsable_of_the_cut_off(plan):
    action = plan.action("1.1.1")
    for name, validity in (("A", valid(until="31-12-2015")), ("B", valid("01-01-2016"))):
        plan.responsible(action, plan.institution(name), validity=validity)
    plan.deadline(plan.means(action), "30-06-2015")
    duties = [plan.compute(cut_off).action("1.1.1").means[0].duties for cut_off in ("31-12-2015", "31-12-2016")]
    names = [plan.rows["institutions"][0].id, plan.rows["institutions"][1].id]
    assert [duty.institution_id for (duty,) in duties] == names


def test_once_stays_with_the_last_responsable_when_the_duty_has_ended(plan):
    action, institution = plan.action("1.1.1"), plan.institution("A")
    plan.responsible(action, institution, validity=valid(until="31-12-2016"))
    means = plan.means(action)
    proof(plan, action, institution, plan.half(2015, 1), means)
    assert [seen(plan, cut_off) for cut_off in ("31-12-2016", "30-06-2017", "31-12-2018")] == [
        (0, 0, True),
        (0, 0, True),
        (1, 1, True),
    ]


def test_one_accreditation_is_enough_where_any_may_answer(plan, pair):
    action, (one, _) = pair
    means = plan.means(action, owed_by=OwedBy.ANY)
    plan.deadline(means, "30-06-2016")
    proof(plan, action, one, plan.half(2016, 1), means)
    assert seen(plan) == (1, 1, True)


def test_per_year_is_owed_on_31_december_and_proved_in_its_own_year(plan, pair):
    action, (one, two) = pair
    means = plan.means(action, recurrence=Recurrence.PER_YEAR)
    for institution in (one, two):
        proof(plan, action, institution, plan.half(2015, 2), means)
    assert [seen(plan, cut_off)[:2] for cut_off in ("30-12-2015", "31-12-2015", "31-12-2016")] == [
        (0, 0),
        (2, 2),
        (2, 4),
    ]


def test_per_period_is_owed_on_the_last_day_of_each_period(plan, pair):
    action, (one, _) = pair
    means = plan.means(action, recurrence=Recurrence.PER_PERIOD)
    proof(plan, action, one, plan.half(2016, 1), means)
    plan.half(2016, 2)
    assert [seen(plan, cut_off)[:2] for cut_off in ("29-06-2016", "30-06-2016", "31-12-2016")] == [
        (0, 0),
        (1, 2),
        (1, 4),
    ]


def test_a_medio_is_en_plazo_as_long_as_the_report_that_could_prove_it(plan, pair):
    """Otherwise every action would be overdue from the last day of a period until its reports arrive."""
    action, (one, _) = pair
    plan.means(action, recurrence=Recurrence.PER_PERIOD)
    period = plan.half(2016, 2)
    plan.extend(period, one, "31-01-2017", "10-01-2017")
    owed = [seen(plan, known_at=day)[1] for day in ("20-01-2017", "21-01-2017", "31-01-2017", "01-02-2017")]
    assert owed == [0, 1, 1, 2]


def test_a_medio_that_any_may_prove_waits_for_the_last_term(plan, pair):
    action, (one, _) = pair
    plan.means(action, recurrence=Recurrence.PER_PERIOD, owed_by=OwedBy.ANY)
    plan.extend(plan.half(2016, 2), one, "31-01-2017", "10-01-2017")
    assert [seen(plan, known_at=day)[1] for day in ("31-01-2017", "01-02-2017")] == [0, 1]


@pytest.mark.parametrize("answer", ["no_progress", "not_applicable"])
def test_per_period_is_not_owed_where_there_was_nothing_to_prove(plan, pair, answer):
    action, (one, _) = pair
    plan.means(action, recurrence=Recurrence.PER_PERIOD)
    plan.report(action, one, plan.half(2016, 1), answer=answer)
    assert seen(plan)[1] == 1


@pytest.mark.parametrize("recurrence", [Recurrence.ONCE, Recurrence.PER_YEAR])
def test_other_medios_stay_owed_whatever_the_answer(plan, pair, recurrence):
    action, (one, _) = pair
    plan.deadline(plan.means(action, recurrence=recurrence), "31-12-2016")
    plan.report(action, one, plan.half(2016, 1), answer="no_progress")
    assert seen(plan, "31-12-2016")[1] == (2 if recurrence == Recurrence.ONCE else 4)


def test_only_approving_decisions_accredit(plan, pair):
    action, institutions = pair
    means = plan.means(action, owed_by=OwedBy.ANY)
    plan.deadline(means, "30-06-2016")
    proof(plan, action, institutions[0], plan.half(2016, 1), means, returned=True)
    assert seen(plan)[0] == 0


def test_a_later_approval_without_the_verdict_takes_the_accreditation_back(plan, pair):
    action, (one, _) = pair
    means = plan.means(action, owed_by=OwedBy.ANY)
    plan.deadline(means, "30-06-2016")
    first = plan.submission({}, "10-07-2016", "15-07-2016", accredited=(means,))
    second = plan.submission({}, "10-08-2016", "15-08-2016", number=2)
    plan.rounds(action, one, plan.half(2016, 1), first, second)
    assert [seen(plan, known_at=known_at)[0] for known_at in ("01-08-2016", "01-09-2016")] == [1, 0]


def test_an_annulled_report_accredits_nothing(plan, pair):
    action, (one, _) = pair
    means = plan.means(action, owed_by=OwedBy.ANY)
    plan.deadline(means, "30-06-2016")
    sent = plan.submission({}, accredited=(means,))
    plan.rounds(action, one, plan.half(2016, 1), sent, annulled_at=moment("01-09-2016"))
    assert seen(plan)[0] == 0


def test_not_matching_judges_the_evidence_and_leaves_the_duty(plan, pair):
    action, (one, _) = pair
    means = plan.means(action, owed_by=OwedBy.ANY)
    plan.deadline(means, "30-06-2016")
    proof(plan, action, one, plan.half(2016, 1), means, verdict=Verdict.NOT_MATCHING)
    assert seen(plan)[:2] == (0, 1)


def test_a_medio_is_owed_by_those_whose_responsibility_names_it(plan):
    action = plan.action("1.1.1")
    first, second = plan.means(action), plan.means(action)
    plan.responsible(action, plan.institution("A"), means_ids=frozenset({second.id}))
    plan.responsible(action, plan.institution("B"), kind=ResponsibilityKind.COLLABORATOR)
    results = plan.compute("31-12-2018").action("1.1.1").means
    assert [(result.id, result.owed, result.all_accredited) for result in results] == [
        (first.id, 0, False),
        (second.id, 1, False),
    ]


def test_all_accredited_looks_at_what_is_not_yet_owed(plan, pair):
    action, (one, two) = pair
    means = plan.means(action)
    proof(plan, action, one, plan.half(2016, 1), means)
    assert seen(plan) == (0, 0, False)
    proof(plan, action, two, plan.half(2016, 2), means)
    assert seen(plan) == (0, 0, True)


def test_per_period_is_never_all_accredited_while_periods_are_to_come(plan):
    institution = plan.institution("A")
    action = plan.action("1.1.1", institution)
    means = plan.means(action, recurrence=Recurrence.PER_PERIOD)
    proof(plan, action, institution, plan.half(2018, 1), means)
    assert seen(plan, "30-06-2018") == (1, 1, False)
    assert seen(plan, "31-12-2018") == (1, 1, True)


def test_a_suppressed_medio_leaves_the_list_of_the_plan(plan, pair):
    plan.means(pair[0])
    plan.means(pair[0])
    plan.amend("1.1.1.M2", "suppress", "01-09-2016")
    assert [plan.compute(cut_off).coverage.plan_means for cut_off in ("31-08-2016", "31-12-2018")] == [2, 1]


def test_the_plans_own_list_is_counted_apart_from_the_duties(plan, pair):
    action, institutions = pair
    means = [plan.means(action), plan.means(action)]
    for institution in institutions:
        proof(plan, action, institution, plan.half(2016, 1), means[0])
    seen = plan.compute("31-12-2018").coverage
    assert (seen.plan_means, seen.plan_means_accredited, seen.means_owed, seen.means_accredited) == (2, 1, 4, 2)


def test_per_period_stays_with_who_was_responsable_at_its_end(plan):
    former = plan.institution("A")
    action = plan.action("1.1.1")
    plan.responsible(action, former, validity=valid(until="30-06-2016"))
    plan.means(action, recurrence=Recurrence.PER_PERIOD)
    plan.half(2016, 1)
    (duty,) = plan.compute("31-12-2016").action("1.1.1").means[0].duties
    assert (duty.institution_id, duty.is_owed) == (former.id, True)


def test_a_rectification_without_progress_counts_once_it_is_approved(plan, pair):
    action, (one, _) = pair
    plan.means(action, recurrence=Recurrence.PER_PERIOD, owed_by=OwedBy.EACH)
    first = plan.submission({}, "10-07-2016", "15-07-2016")
    second = plan.submission({}, "10-08-2016", "15-08-2016", number=2, answer="no_progress")
    plan.rounds(action, one, plan.half(2016, 1), first, second)
    assert [seen(plan, known_at=known_at)[1] for known_at in ("14-08-2016", "16-08-2016")] == [2, 1]


def test_a_suppressed_medio_keeps_the_duties_that_fell_before_and_only_those(plan, pair):
    action, _ = pair
    plan.means(action, recurrence=Recurrence.PER_PERIOD)
    plan.means(action)
    plan.half(2016, 1)
    plan.half(2016, 2)
    for reference in ("1.1.1.M1", "1.1.1.M2"):
        plan.amend(reference, "suppress", "01-09-2016")
    (kept,) = plan.compute("31-12-2018").action("1.1.1").means
    assert (kept.reference, kept.owed, kept.in_force) == ("1.1.1.M1", 2, False)


def test_no_more_is_to_come_once_the_periods_reach_the_end_of_the_plan(plan, pair):
    plan.means(pair[0], recurrence=Recurrence.PER_PERIOD)
    plan.half(2018, 1)
    assert plan.compute("30-06-2018").action("1.1.1").means[0].more_to_come is True
    plan.half(2018, 2)
    assert plan.compute("30-06-2018").action("1.1.1").means[0].more_to_come is False


def test_the_deadline_of_one_medio_is_not_that_of_another(plan, pair):
    plan.means(pair[0])
    plan.deadline(plan.means(pair[0]), "30-06-2016")
    assert [means.owed for means in plan.compute().action("1.1.1").means] == [0, 2]
