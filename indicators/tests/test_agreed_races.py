"""Two people, at the same moment and on connections of their own, enter something under the same acta."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from indicators.agreements import registry, seats
from indicators.agreements.duties import DutySheet, set_duties
from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.agreements.seats import Table
from indicators.agreements.targets import Goal, TargetSheet, set_targets
from indicators.agreements.weights import WeightSheet, set_weights
from indicators.enums import TargetScope
from indicators.models import ActionWeight, Responsibility, Target
from indicators.tests.racing import at_once
from plan.enums import InstitutionKind
from plan.models import Agreement, Axis, Institution, User

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 6


def acting(user: User) -> User:
    """Read before the race, with the appointments."""
    user = User.objects.get(pk=user.pk)
    assert isinstance(user.current_appointments, list)
    return user


def one_was_told(outcomes: list, kind: type[Exception]) -> bool:
    told = [outcome for outcome in outcomes if isinstance(outcome, kind)]
    return len(told) == 1 and sum(isinstance(outcome, Exception) for outcome in outcomes) == 1


def acta(world, number: int) -> Agreement:
    return Agreement.objects.create(plan=world.plan, number=number, agreed_on=date(2016, 6, 20))


def on(kind, agreement: Agreement, *more):
    sheet = kind(agreement, Axis.objects.get(number=1), *more)
    assert sheet.actions
    assert agreement.plan
    return sheet


def test_of_two_that_enter_metas_at_once_one_is_told(world):
    under = acta(world, 9)
    for turn in range(1, ROUNDS + 1):
        seen, acts = on(TargetSheet, under).seen, []
        for place, person in enumerate((world.reviewer, world.reviewer2)):
            goal = Goal(world.indicator, Decimal(10 * turn + place), TargetScope.YEAR, 2016)
            sheet, by = on(TargetSheet, under), acting(person)
            acts.append(partial(set_targets, sheet, [goal], seen=seen, by=by))
        assert one_was_told(at_once(*acts), StaleSheetError)
    assert Target.objects.count() == ROUNDS


def test_of_two_that_end_the_same_responsabilidad_one_does(world):
    under = acta(world, 9)
    seen, acts = on(DutySheet, under, date(2016, 7, 1)).seen, []
    for person, kind in ((world.reviewer, ""), (world.reviewer2, "collaborator")):
        sheet, by = on(DutySheet, under, date(2016, 7, 1)), acting(person)
        cells = {(world.action.pk, world.x.pk): kind}
        acts.append(lambda sheet=sheet, cells=cells, by=by: set_duties(sheet, cells, reason="Cambia", seen=seen, by=by))
    assert one_was_told(at_once(*acts), StaleSheetError)
    assert Responsibility.objects.filter(valid_to=date(2016, 6, 30)).count() == 1


def test_of_two_that_weigh_an_eje_differently_one_is_told(world):
    for number in range(10, 10 + ROUNDS):
        under, acts = acta(world, number), []
        for person, weight in ((world.reviewer, 1), (world.reviewer2, 2)):
            sheet, by = on(WeightSheet, under), acting(person)
            values = {world.action.pk: Decimal(weight)}
            acts.append(partial(set_weights, sheet, values, reason="", by=by))
        assert one_was_told(at_once(*acts), AgreementError)
    assert ActionWeight.objects.count() == ROUNDS


def test_of_two_that_register_the_same_number_one_does(world):
    for number in range(10, 10 + ROUNDS):
        content = registry.Content(None, number, date(2016, 6, 20), "Metas", "", ())
        acts = [
            partial(registry.register, world.plan, content, by=acting(person))
            for person in (world.reviewer, world.reviewer2)
        ]
        assert one_was_told(at_once(*acts), AgreementError)
    assert Agreement.objects.count() == ROUNDS + 1


def test_of_two_that_admit_the_same_institution_both_find_one(world):
    for turn in range(ROUNDS):
        under, acts = acta(world, 10 + turn), []
        for person in (world.reviewer, world.reviewer2):
            new = Institution(name=f"Servicio {turn}", kind=InstitutionKind.PUBLIC)
            acts.append(partial(seats.admit, Table(under), new, date(2016, 7, 1), None, by=acting(person)))
        first, second = at_once(*acts)
        assert first.pk == second.pk
    assert sorted(world.plan.memberships.values_list("order", flat=True)) == list(range(1, ROUNDS + 4))


def test_of_two_that_end_a_seat_differently_one_is_told(world):
    under, row = acta(world, 9), world.y.memberships.get()
    acts = [
        partial(seats.leave, Table(under), row, last_day, by=acting(person))
        for person, last_day in ((world.reviewer, date(2016, 6, 30)), (world.reviewer2, date(2016, 7, 31)))
    ]
    assert one_was_told(at_once(*acts), AgreementError)
