"""Two people, at the same moment and on connections of their own, act on the same universo."""

from datetime import date

import pytest

from indicators import universes
from indicators.enums import IndicatorKind
from indicators.models import Universe, UniverseValue
from indicators.tests.racing import at_once
from indicators.tests.world import World
from indicators.universe_boards import board_of
from plan.enums import Verb
from plan.models import AuditEntry, User

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8


@pytest.fixture
def staff(world) -> Universe:
    universe = Universe.objects.create(code="dotacion", name="Dotación")
    world.new_indicator(IndicatorKind.RATIO, universe=universe)
    return universe


def acting(user: User) -> User:
    """Read before the race, with the appointments."""
    user = User.objects.get(pk=user.pk)
    assert isinstance(user.current_appointments, list)
    return user


def declaring(world: World, staff: Universe, number: int, by: User):
    board, by = board_of(staff.pk, world.x.pk), acting(by)
    assert board is not None
    day, seen = date(2016, 12, 31), board.seen
    return lambda: universes.declare(board, {(None, None): number}, dated_on=day, source="Oficio", seen=seen, by=by)


def confirming(value: UniverseValue, by: User):
    by = acting(by)
    return lambda: universes.confirm(value, by=by)


def objecting(value: UniverseValue, by: User):
    by = acting(by)
    return lambda: universes.object_to(value, "No calza.", by=by)


def one_was_told(outcomes: list) -> bool:
    told = [outcome for outcome in outcomes if isinstance(outcome, universes.StaleUniverseError)]
    return len(told) == 1 and sum(isinstance(outcome, Exception) for outcome in outcomes) == 1


def test_of_two_declarations_at_once_one_is_kept_and_the_other_told(world, staff):
    for turn in range(ROUNDS):
        acts = (declaring(world, staff, 100 + turn, world.focal), declaring(world, staff, 900, world.alternate))
        assert one_was_told(at_once(*acts))
    assert UniverseValue.objects.count() == ROUNDS


def test_of_a_confirmation_and_an_objection_at_once_one_holds_and_the_other_is_told(world, staff):
    for turn in range(ROUNDS):
        value = declaring(world, staff, 100 + turn, world.focal)()[0]
        assert one_was_told(at_once(confirming(value, world.reviewer), objecting(value, world.reviewer2)))
        value.refresh_from_db()
        assert bool(value.objection) != bool(value.confirmed_at)
    assert AuditEntry.objects.filter(verb__in=[Verb.CONFIRMED, Verb.DECIDED]).count() == ROUNDS
