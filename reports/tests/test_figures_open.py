"""¿Cómo se calculó?: figures of compliance, coverage and progress lead to their calculation, with both dates."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.enums import TargetScope
from indicators.models import Target
from indicators.tests.world import World, enter

LINK = re.compile(r'href="(/plan/calculo/[^"]*)"')


@pytest.fixture
def world(db) -> World:
    """Its indicator has a meta for 2016 and one report that was approved and one that is being written."""
    world = World()
    meta = {"scope": TargetScope.WHOLE_PLAN, "value": 1200}
    Target.objects.create(indicator=world.indicator, agreement=world.agreement, **meta)
    return world


def links_of(world, name: str, path: str) -> list[str]:
    page = enter(getattr(world, name)).get(path)
    assert page.status_code == 200
    return [unescape(link) for link in LINK.findall(page.content.decode())]


def of(reference: str, anchor: str = "") -> str:
    return f"/plan/calculo/{reference}/?corte=2016-12-31&hasta={timezone.localdate()}{anchor}"


def test_the_meta_under_review_opens_at_the_end_of_its_period(world):
    report = world.claimed()
    assert links_of(world, "reviewer", reverse("indicators:review", args=[report.pk])) == [of("1.1.1.I1")]


def test_the_progress_told_in_the_form_opens(world):
    earlier = world.draft(period=world.new_period(date(2016, 1, 1), date(2016, 6, 30)))
    world.sent(earlier)
    later = world.draft()
    assert links_of(world, "focal", reverse("indicators:edit_report", args=[later.pk])) == [of("1.1.1.I1")]


def test_who_owes_leads_to_the_coverage_of_each_action_and_of_the_plan(world):
    links = links_of(world, "executive", reverse("indicators:owed"))
    assert links == [of("plan", "#cobertura"), of("1.1.1", "#cobertura")]
    assert links_of(world, "executive", reverse("indicators:owed") + "?eje=1")[0] == of("eje-1", "#cobertura")


def test_a_period_leads_to_the_coverage_of_the_plan(world):
    links = links_of(world, "executive", reverse("indicators:period", args=[world.period.pk]))
    assert links == [of("plan", "#cobertura")]


@pytest.mark.parametrize("name", ["focal", "reviewer", "executive", "coordinator", "observer"])
@pytest.mark.parametrize("route", ["reports:plan", "reports:board"])
def test_every_link_on_the_pages_of_figures_leads_to_a_calculation(world, name, route):
    world.approved()
    browser = enter(getattr(world, name))
    links = set(links_of(world, name, f"{reverse(route)}?corte=2016-12-31"))
    assert links
    assert {link for link in links if browser.get(link).status_code != 200} == set()


def test_each_moment_of_the_evolution_opens_at_its_own_corte(world):
    world.approved()
    links = links_of(world, "observer", f"{reverse('reports:board')}?corte=2018-06-30")
    assert "/plan/calculo/plan/?corte=2016-12-31" in links
