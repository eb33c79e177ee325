"""Figures that are kept until something is recorded: never older than the records, never reckoned twice for nothing."""

import pytest
from django.core.cache import caches

from indicators.queries import compliance, keeping, outline
from indicators.queries.keeping import HARMLESS
from plan import audit
from plan.enums import Verb

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keeps(settings):
    settings.CACHES = settings.CACHES | {"figures": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    yield
    caches["figures"].clear()


@pytest.fixture
def makings():
    """How often something was made, and the function that asks for it."""
    made: list[int] = []

    def ask(*named) -> int:
        return keeping.kept(lambda: made.append(1) or len(made), *named)

    return ask


def test_what_nothing_has_changed_is_not_made_again(db, makings):
    assert [makings("a"), makings("a"), makings("b"), makings("a")] == [1, 1, 2, 1]


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb not in HARMLESS])
def test_whatever_may_change_a_figure_makes_it_anew(world, makings, verb):
    makings("a")
    audit.record(verb, world.plan, by=world.reviewer)
    assert makings("a") == 2


@pytest.mark.parametrize("verb", HARMLESS)
def test_looking_and_drafting_keep_it(world, makings, verb):
    makings("a")
    audit.record(verb, world.plan, by=world.reviewer)
    assert makings("a") == 1


def test_another_day_or_another_arithmetic_makes_it_anew(world, makings, monkeypatch):
    makings("a")
    monkeypatch.setattr(keeping, "ARITHMETIC", "otra")
    assert makings("a") == 2
    monkeypatch.setattr(keeping.timezone, "localdate", lambda: "mañana")
    assert makings("a") == 3


def test_an_approval_is_in_the_figures_at_once(world):
    def validated():
        return compliance(world.plan, world.period.ends_on).indicator("1.1.1.I1").verified.value

    report = world.sent()
    before = validated()
    world.decided(world.claimed(report), "approved")
    assert (before, validated()) == (None, 40)


def test_the_outline_has_every_figure_and_none_of_the_reports_below_it(world):
    world.decided(world.claimed(world.sent()), "approved")
    whole = compliance(world.plan, world.period.ends_on)
    light = outline(world.plan, world.period.ends_on)
    assert whole.indicator("1.1.1.I1").verified.trace.inputs
    assert light.indicator("1.1.1.I1").verified.trace.inputs == ()
    assert light == in_outline(whole)
    assert [row.verified.value for row in light.iter_indicators()] == [
        row.verified.value for row in whole.iter_indicators()
    ]
