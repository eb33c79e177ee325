"""What is entered today changes no figure of an earlier «con lo resuelto hasta» (COMPLIANCE, Two dates)."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from indicators.agreements import seats
from indicators.agreements.deadlines import DeadlineSheet, Wanted, set_deadlines
from indicators.agreements.duties import DutySheet, set_duties
from indicators.agreements.seats import Table
from indicators.agreements.targets import Goal, TargetSheet, set_targets
from indicators.agreements.weights import WeightSheet, set_weights
from indicators.content import IndicatorFigures
from indicators.enums import TargetScope
from indicators.models import Responsibility, Target
from indicators.plan_file import dump
from indicators.queries import compliance
from indicators.tests.builders import PlanBuilder, day, moment, valid
from plan.models import Agreement, Axis, Institution

CUT_OFF = date(2016, 12, 31)


@pytest.fixture
def acta(world) -> Agreement:
    return Agreement.objects.create(plan=world.plan, number=9, agreed_on=date(2016, 6, 20))


@pytest.fixture
def measured(world, acta):
    """1.1.1 with 40 of a meta of 40, 1.1.2 with nothing of 10: the eje stands at one half."""
    world.period.due_on = timezone.localdate() - timedelta(2)
    world.period.save()
    Target.objects.create(indicator=world.indicator, value=40, scope="year", year=2016, agreement=world.agreement)
    world.other = world.new_action("1.1.2", world.x)
    silent = world.new_indicator(action=world.other)
    Target.objects.create(indicator=silent, value=10, scope="year", year=2016, agreement=world.agreement)
    figures = (IndicatorFigures(world.indicator.pk, value=40),)
    world.approved(world.claimed(world.sent(figures=figures)))
    return world


def seen(world, known_at):
    return compliance(world.plan, CUT_OFF, known_at)


def axis() -> Axis:
    return Axis.objects.get(number=1)


def test_metas_entered_today_change_the_figures_of_today_only(measured, acta):
    then = timezone.now()
    before = seen(measured, then)
    goal = Goal(measured.indicator, Decimal(80), TargetScope.YEAR, 2016, reason="Más")
    sheet = TargetSheet(acta, axis())
    set_targets(sheet, [goal], seen=sheet.seen, by=measured.reviewer)
    assert seen(measured, then) == before
    assert before.indicator("1.1.1.I1").verified.raw == 1
    assert seen(measured, timezone.now()).indicator("1.1.1.I1").verified.raw == Fraction(1, 2)


def test_weights_entered_today_change_the_figures_of_today_only(measured, acta):
    then = timezone.now()
    before = seen(measured, then)
    values = {measured.action.pk: Decimal(3), measured.other.pk: Decimal(1)}
    set_weights(WeightSheet(acta, axis()), values, reason="", by=measured.reviewer)
    assert seen(measured, then) == before
    assert (before.axis(1).verified.value, before.axis(1).verified.weighted) == (Fraction(1, 2), False)
    now = seen(measured, timezone.now()).axis(1).verified
    assert (now.value, now.weighted) == (Fraction(3, 4), True)


def test_an_end_entered_today_changes_the_duties_of_today_only(measured, acta):
    then = timezone.now()
    before = seen(measured, then)
    sheet = DutySheet(acta, axis(), date(2016, 7, 1))
    cell = {(measured.other.pk, measured.x.pk): ""}
    set_duties(sheet, cell, reason="Sale", seen=sheet.seen, by=measured.reviewer)
    assert seen(measured, then) == before
    assert (before.coverage.owed, seen(measured, timezone.now()).coverage.owed) == (2, 1)


def test_a_date_entered_today_changes_what_is_owed_today_only(measured, acta):
    then = timezone.now()
    before = seen(measured, then)
    sheet = DeadlineSheet(acta, axis())
    wanted = {f"m{measured.means.pk}": Wanted(date(2016, 10, 1), "")}
    set_deadlines(sheet, wanted, seen=sheet.seen, by=measured.reviewer)
    assert seen(measured, then) == before
    assert (before.coverage.means_owed, seen(measured, timezone.now()).coverage.means_owed) == (0, 1)


def test_who_is_named_responsable_follows_both_dates_too(measured, acta):
    then = timezone.now()
    sheet = DutySheet(acta, axis(), date(2016, 7, 1))
    cells = {(measured.other.pk, measured.x.pk): "", (measured.other.pk, measured.y.pk): "responsible"}
    set_duties(sheet, cells, reason="Cambia", seen=sheet.seen, by=measured.reviewer)

    def named(known_at) -> list[str]:
        rows = Responsibility.objects.known_in_force(CUT_OFF, known_at).filter(action=measured.other)
        return [str(row.institution) for row in rows]

    assert (named(then), named(timezone.now())) == (["Dirección del Trabajo"], ["Carabineros de Chile"])


@pytest.fixture
def told(measured):
    """X says that it did what 1.1.2 counts: one institution of the Mesa."""
    counted = measured.new_indicator(action=measured.other, derived_from="mesa")
    report = measured.sent(
        measured.draft(action=measured.other), figures=(IndicatorFigures(counted.pk, affirmative=True),)
    )
    measured.approved(measured.claimed(report))
    return measured


def test_a_seat_that_ends_today_changes_the_count_of_today_only(told, acta):
    then = timezone.now()
    before = seen(told, then)
    seats.leave(Table(acta), told.x.memberships.get(), date(2016, 6, 30), by=told.reviewer)
    assert seen(told, then) == before
    assert before.indicator("1.1.2.I2").verified.value == 1
    assert seen(told, timezone.now()).indicator("1.1.2.I2").verified.value == 0


def test_a_seat_taken_today_changes_the_count_of_today_only(told, acta):
    told.x.memberships.all().delete()
    then = timezone.now()
    before = seen(told, then)
    seats.seat(Table(acta), told.x, date(2016, 7, 1), None, by=told.reviewer)
    assert seen(told, then) == before
    assert before.indicator("1.1.2.I2").verified.value == 0
    assert seen(told, timezone.now()).indicator("1.1.2.I2").verified.value == 1


def test_an_institution_that_is_new_today_is_in_no_earlier_list(measured, acta):
    then = timezone.now()
    before = seen(measured, then)
    new = Institution(name="Servicio Nacional de Migraciones", kind="public")
    seats.admit(Table(acta), new, date(2016, 7, 1), measured.y.memberships.get(), by=measured.reviewer)
    assert seen(measured, then) == before
    names = [row.name for row in seen(measured, timezone.now()).institutions]
    assert names == ["Dirección del Trabajo", "Servicio Nacional de Migraciones", "Ministerio del Interior"]


def test_what_actas_set_leaves_the_plans_file_as_it_was(measured, acta):
    before = dump(measured.plan)
    sheet = TargetSheet(acta, axis())
    goal = Goal(measured.indicator, Decimal(80), TargetScope.YEAR, 2016)
    set_targets(sheet, [goal], seen=sheet.seen, by=measured.reviewer)
    values = {measured.action.pk: Decimal(3), measured.other.pk: Decimal(1)}
    set_weights(WeightSheet(acta, axis()), values, reason="", by=measured.reviewer)
    seats.leave(Table(acta), measured.y.memberships.get(), date(2016, 6, 30), by=measured.reviewer)
    assert dump(measured.plan) == before


# The arithmetic by itself


def ended(agreed_on: str, recorded_at: str) -> PlanBuilder:
    """A answers from 2015; an acta ends it on 30-06-2016. Two semestres of 2016 fell due."""
    plan = PlanBuilder()
    institution = plan.institution("A")
    action = plan.action("1.1.1")
    under = plan.acta(agreed_on, recorded_at)
    plan.responsible(action, institution, validity=valid("01-01-2015", "30-06-2016"), ended_under=under)
    for half in (1, 2):
        plan.half(2016, half)
    return plan


@pytest.mark.parametrize(
    ("known_at", "owed"),
    [("30-06-2017", 2), ("01-09-2017", 1)],
)
def test_an_end_counts_from_its_recording(known_at, owed):
    assert ended("20-06-2016", "31-07-2017").compute(known_at=known_at).coverage.owed == owed


def test_an_end_agreed_after_the_corte_has_not_come():
    plan = ended("15-01-2017", "16-01-2017")
    assert plan.compute("31-12-2016").coverage.owed == 2
    assert plan.compute("31-01-2017").coverage.owed == 1


def test_an_end_agreed_with_its_beginning_needs_no_acta_of_its_own():
    plan = PlanBuilder()
    action = plan.action("1.1.1")
    plan.responsible(action, plan.institution("A"), validity=valid("01-01-2015", "30-06-2016"))
    for half in (1, 2):
        plan.half(2016, half)
    assert plan.compute().coverage.owed == 1


def test_weights_count_from_their_recording():
    plan = PlanBuilder()
    institution = plan.institution("A")
    late = plan.acta("01-02-2016", "01-03-2017")
    period = plan.half(2016, 1)
    for code, value, weight in (("1.1.1", 100, 3), ("1.1.2", 0, 1)):
        action = plan.action(code, institution)
        indicator = plan.indicator(action)
        plan.year_target(indicator, 100)
        plan.report(action, institution, period, {indicator: value})
        plan.weight(action, weight, late)
    assert day("31-12-2016") < moment("01-02-2017").date()
    assert plan.compute(known_at="01-02-2017").axis(1).verified.value == Fraction(1, 2)
    assert plan.compute(known_at="01-04-2017").axis(1).verified.value == Fraction(3, 4)


def membership(**fields) -> PlanBuilder:
    """A says yes of the first semestre of 2016; its seat is as given."""
    plan = PlanBuilder()
    institution = plan.institution("A", member=False)
    plan.member(
        institution, **{name: plan.acta(*acta) if isinstance(acta, tuple) else acta for name, acta in fields.items()}
    )
    action = plan.action("1.2.1", institution)
    indicator = plan.indicator(action, derived_from="mesa")
    plan.report(action, institution, plan.half(2016, 1), {indicator: {"affirmative": True}})
    return plan


def counted(plan: PlanBuilder, **dates):
    return plan.compute(**dates).indicator("1.2.1.I1").verified.value


LATE = ("20-06-2016", "31-07-2017")


def test_a_seat_counts_from_the_recording_of_its_acta():
    plan = membership(validity=valid("01-01-2016", None), agreement=LATE)
    assert [counted(plan, known_at=day) for day in ("30-06-2017", "01-09-2017")] == [0, 1]


def test_the_end_of_a_seat_counts_from_its_recording():
    plan = membership(validity=valid("01-01-2016", "29-06-2016"), ended_under=LATE)
    assert [counted(plan, known_at=day) for day in ("30-06-2017", "01-09-2017")] == [1, 0]
