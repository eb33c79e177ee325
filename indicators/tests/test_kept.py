"""Figures that are kept until something is recorded: never older than the records, never reckoned twice for nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import caches

from indicators.calculations.results import UNTRACED
from indicators.queries import compliance, keeping, outline
from indicators.queries.keeping import HARMLESS
from indicators.queries.records import Records
from indicators.tests.builders import as_outlined
from plan import audit
from plan.enums import Verb
from plan.models import AuditEntry

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
        return keeping.kept(lambda: made.append(1) or len(made), keeping.state_of_records(), *named)

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


def test_another_release_makes_it_anew(db, makings, monkeypatch):
    makings("a")
    monkeypatch.setattr(keeping, "RELEASE", "otra")
    assert makings("a") == 2


def test_a_release_is_another_when_any_room_is_for_what_is_kept_holds_words_of_all(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    named = [keeping._digest_of_portal()]
    for source in ("plan/enums.py", "indicators/calculations/terms.py", "reports/plan_pages/evolution.py"):
        (tmp_path / source).parent.mkdir(parents=True)
        (tmp_path / source).write_text("A = 1")
        named.append(keeping._digest_of_portal())
    assert len(set(named)) == 4


def test_a_day_changes_nothing_but_where_a_term_ended_the_day_before(world, makings, monkeypatch):
    """The period falls due, then the institution with an extension; on other days the same records say the same."""
    due_on = world.period.due_on
    world.extend(world.x, due_on + timedelta(10))

    def on(days: int) -> int:
        monkeypatch.setattr(keeping.timezone, "localdate", lambda: due_on + timedelta(days))
        return makings("a")

    assert [on(days) for days in (-1, 0, 1, 2, 10, 11, 300)] == [1, 1, 2, 2, 2, 3, 3]


def test_what_is_kept_of_one_name_is_replaced_and_does_not_pile_up(world, makings):
    for _ in range(3):
        audit.record(Verb.CHANGED, world.plan, by=world.reviewer)
        makings("a")
    assert len(caches["figures"]._cache) == 1


def test_an_approval_is_in_the_figures_at_once(world):
    def validated():
        return compliance(world.plan, world.period.ends_on).indicator("1.1.1.I1").verified.value

    report = world.sent()
    before = validated()
    world.decided(world.claimed(report), "approved")
    assert (before, validated()) == (None, 40)


def test_an_act_that_ends_after_a_newer_one_is_seen_too(world, makings):
    """Of two at the same time the one with the later number may be written down first."""
    number = audit.record(Verb.CREATED, world.plan, by=world.reviewer).pk
    AuditEntry.objects.create(pk=number + 2, verb=Verb.CREATED, object_type="plan.plan")
    makings("a")
    AuditEntry.objects.create(pk=number + 1, verb=Verb.CREATED, object_type="plan.plan")
    assert makings("a") == 2


# Part by part ----------------------------------------------------------------------------------------------------
def test_only_the_parts_that_changed_are_made_anew():
    asked = []

    def make(parts):
        asked.append(set(parts))
        return {part: f"{part}{len(asked)}" for part in parts}

    assert keeping.kept_parts(make, {1: "x", 2: "y"}, "a") == {1: "11", 2: "21"}
    assert keeping.kept_parts(make, {1: "x", 2: "z", 3: "w"}, "a") == {1: "11", 2: "22", 3: "32"}
    assert keeping.kept_parts(make, {2: "z"}, "a") == {2: "22"}
    assert asked == [{1, 2}, {2, 3}]


def test_the_outline_has_every_figure_and_no_trace(world):
    world.decided(world.claimed(world.sent()), "approved")
    whole = compliance(world.plan, world.period.ends_on)
    light = outline(Records(world.plan), world.period.ends_on)
    assert whole.indicator("1.1.1.I1").verified.trace.inputs
    assert light.indicator("1.1.1.I1").verified.trace == UNTRACED
    assert light == replace(as_outlined(whole), dates_text=light.dates_text, known_at=light.known_at)


# Further on what was ---------------------------------------------------------------------------------------------
def test_what_goes_on_is_given_what_was_kept_before():
    def further(before):
        return [*(before or []), len(before or [])]

    asked = [keeping.kept_further(further, digest, "a") for digest in ("x", "x", "y", "x")]
    assert asked == [[0], [0], [0, 1], [0, 1, 2]]
