"""Who answers for an action, as the printed matrix names them: with what each covers where that is not everything."""

from datetime import date

import pytest
from django.utils import timezone

from indicators.queries import compliance
from indicators.tests.world import World
from reports.facts.parties import Parties

pytestmark = pytest.mark.django_db


def responsible(world: World) -> tuple[str, ...]:
    result = compliance(world.plan, date(2016, 12, 31), timezone.now())
    return Parties(world.plan, result).responsible(world.action.pk)


def test_a_limited_responsable_is_named_with_its_limit_and_the_others_plainly():
    world = World()
    world.duty(world.action, world.y).indicators.add(world.indicator)
    assert responsible(world) == ("DT", "Carabineros de Chile (solo el indicador I1, todos los medios)")


def test_one_that_was_never_in_force_is_not_named():
    world = World()
    never = {"valid_from": date(2016, 7, 1), "valid_to": date(2016, 6, 30), "ended_under": world.agreement}
    world.duty(world.action, world.y, **never)
    assert responsible(world) == ("DT",)
