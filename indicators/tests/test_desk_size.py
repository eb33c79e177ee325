"""The lists of the desk at 50 and at 5,000 reports: the same few queries."""

import pytest
from django.test import Client
from django.urls import reverse

from indicators.models import ProgressReport
from indicators.tests.crowd import crowd
from indicators.tests.world import World, enter

MOST_QUERIES = 15
#: Actions and institutions: 50 reports, and 5,000.
SIZES = [(10, 5), (100, 50)]


@pytest.fixture(params=SIZES, ids=["50", "5000"])
def size(request, world) -> int:
    return crowd(world, *request.param)


@pytest.fixture
def desk(world: World, size: int) -> Client:
    """One whose session is already under way: the first page of a day also stores its time."""
    desk = enter(world.reviewer)
    desk.get(reverse("indicators:questions"))
    return desk


def test_the_queue(desk, size, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        response = desk.get(reverse("indicators:review_queue"))
    assert (len(response.context["queue"].found), len(response.context["lines"])) == (size, 50)


def test_the_queue_under_a_filter(desk, size, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        response = desk.get(reverse("indicators:review_queue"), {"espera": "plazo", "de": "libres"})
    assert 0 < len(response.context["queue"].found) < size


def test_who_owes_what(desk, size, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        response = desk.get(reverse("indicators:owed"))
    assert response.context["sheet"].totals["made"] == size


def test_the_times_of_review(desk, size, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        response = desk.get(reverse("indicators:review_times"))
    ((_, times),) = response.context["times"].periods
    assert times.waiting == size


def test_what_would_be_approved_together(desk, size, django_assert_max_num_queries):
    marks = [f"{report.pk}-{report.version}" for report in ProgressReport.objects.all()[:50]]
    # Besides, what of each action is in force, and which medios each responsabilidad is limited to.
    with django_assert_max_num_queries(MOST_QUERIES + 2):
        response = desk.post(reverse("indicators:approve_reports"), {"reports": marks})
    assert len(response.context["ready"]) == 50
