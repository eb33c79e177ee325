"""The queue of the secretaría técnica: who is heard first, what the filters find, where a report stands in it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.demo.clock import clock_at
from indicators.enums import Outcome
from indicators.models import ProgressReport
from indicators.queue import place_in_queue, queue_of
from indicators.tests.world import enter, text_of
from plan.enums import Role

QUEUE = reverse("indicators:review_queue")
LONG_AGO = timezone.localdate() - timedelta(60)


@pytest.fixture(autouse=True)
def _opened_long_ago(world):
    world.period.opens_on = LONG_AGO
    world.period.save()


@pytest.fixture
def many(world) -> list[ProgressReport]:
    """Six that wait, oldest first: two institutions, ejes and periods, two rounds, in three hands, for 40 to 0 days."""
    earlier = world.new_period(date(2016, 1, 1), date(2016, 6, 30), opens_on=LONG_AGO)
    other = world.new_action("2.1.1", world.y)
    reports = [
        send(world, 40),
        send(world, 31, period=earlier),
        send(world, 30, world.y, action=other),
        send(world, 12, world.y, action=other, period=earlier),
        send(world, 7, world.y),
        again(world),
    ]
    world.claimed(reports[1])
    world.claimed(reports[2], by=world.reviewer2)
    return reports


def send(world, days: int, institution=None, **fields) -> ProgressReport:
    author = world.focal_y if institution == world.y else world.focal
    with clock_at(timezone.localdate() - timedelta(days)):
        return world.sent(world.draft(institution, **fields), by=author)


def again(world) -> ProgressReport:
    """Returned once, and sent anew today."""
    report = world.sent(world.draft(period=world.new_period(date(2017, 1, 1), date(2017, 6, 30))))
    return world.sent(world.decided(world.claimed(report), Outcome.RETURNED))


def found(world, **chosen) -> list[ProgressReport]:
    ids = [one.report_id for one in queue_of(world.reviewer, chosen).found]
    reports = ProgressReport.objects.in_bulk(ids)
    return [reports[pk] for pk in ids]


# What waits, and how long


def test_who_waits_longest_stands_first(world, many):
    assert found(world) == many


@pytest.mark.parametrize("state", ["draft", "returned", "approved", "rectifying", "annulled"])
def test_what_does_not_wait_is_not_in_the_queue(world, state):
    world.in_state(state)
    assert found(world) == []
    assert "No hay reportes en revisión" in text_of(enter(world.reviewer).get(QUEUE))


def test_a_new_round_waits_since_it_was_sent_and_not_since_the_first(world, many):
    (waiting,) = [one for one in queue_of(world.reviewer, {}).found if one.report_id == many[-1].pk]
    assert (waiting.round, waiting.days) == (2, 0)


@pytest.mark.parametrize(("days", "is_overdue"), [(29, False), (30, False), (31, True)])
def test_a_report_is_overdue_from_the_day_after_the_agreed_term(world, days, is_overdue):
    send(world, days)
    (waiting,) = queue_of(world.reviewer, {}).found
    assert (waiting.days, waiting.term, waiting.is_overdue) == (days, 30, is_overdue)
    page = text_of(enter(world.reviewer).get(QUEUE))
    assert f"día {days} de 30" in page
    assert ("Sobre el plazo</span>" in page) is is_overdue


def test_a_row_says_when_it_came_late_or_by_encargo_and_who_has_it(world, many):
    world.period.due_on = world.period.opens_on
    world.period.save()
    page = text_of(enter(world.reviewer).get(QUEUE))
    assert "Fuera de plazo" in page
    assert "<b>Usted</b>" in page
    assert "Ignacio Peña" in page
    assert "Por encargo" not in page
    world.recorded(world.draft(world.y, period=many[-1].period, is_on_behalf=True))
    assert "Por encargo" in text_of(enter(world.reviewer).get(QUEUE))


# Filters


def test_every_count_of_every_option_is_what_the_list_then_holds(world, many):
    for start in ({}, {"de": "libres"}, {"eje": str(world.action.objective.axis_id)}, {"espera": "7", "ronda": "1"}):
        for facet in queue_of(world.reviewer, start).facets:
            for option in facet.options:
                chosen = {**start, facet.name: option.value}
                assert len(found(world, **chosen)) == option.count, (start, facet.name, option)


def test_the_heading_counts_what_is_listed(world, many):
    response = enter(world.reviewer).get(QUEUE, {"de": "libres"})
    assert len(response.context["lines"]) == 4
    assert "<title>Revisión (4)" in text_of(response)
    assert "4 de 6 con estos filtros" in text_of(response)


def test_each_filter_finds_its_own(world, many):
    axis, other = world.action.objective.axis_id, many[2].action.objective.axis_id
    assert found(world, eje=str(axis)) == [many[0], many[1], many[4], many[5]]
    assert found(world, eje=str(other), institucion=str(world.y.pk)) == [many[2], many[3]]
    assert found(world, institucion=str(world.x.pk)) == [many[0], many[1], many[5]]
    assert found(world, periodo=str(many[1].period_id)) == [many[1], many[3]]
    assert found(world, de="mias") == [many[1]]
    assert found(world, de="libres") == [many[0], many[3], many[4], many[5]]
    assert found(world, ronda="2") == [many[5]]
    assert found(world, espera="plazo") == [many[0], many[1]]
    assert found(world, espera="30") == [many[0], many[1]]
    assert found(world, espera="7") == many[:4]


@pytest.mark.parametrize("value", ["\x00", "ñandú", "9" * 400, "-1", "todos", "<script>"])
def test_a_value_that_no_filter_knows_filters_nothing(world, many, value):
    chosen = dict.fromkeys(["de", "eje", "institucion", "periodo", "espera", "ronda", "page"], value)
    response = enter(world.reviewer).get(QUEUE, chosen)
    assert len(response.context["lines"]) == 6


def test_a_filter_under_which_nothing_waits_says_so_and_keeps_its_word(world, many):
    response = enter(world.reviewer).get(QUEUE, {"institucion": str(world.ministry.pk)})
    assert "Ningún reporte con estos filtros" in text_of(response)
    assert "Ministerio del Interior (0)</option>" in text_of(response)


def test_the_second_page_keeps_the_filters(world, monkeypatch, many):
    monkeypatch.setattr("indicators.views.queue.MOST", 2)
    response = enter(world.reviewer).get(QUEUE, {"de": "libres", "page": "2"})
    assert [line.report for line in response.context["lines"]] == many[4:6]
    assert 'href="?de=libres&amp;page=1"' in text_of(response)


# Its place


@pytest.mark.parametrize(("turn", "before", "after"), [(0, None, 3), (3, 0, 4), (4, 3, 5), (5, 4, None)])
def test_a_report_has_its_neighbours_inside_the_filter(world, many, turn, before, after):
    place = place_in_queue(world.reviewer, many[turn], {"de": "libres", "page": "3"})
    expected = [None if n is None else many[n].pk for n in (before, after)]
    assert [place.before, place.after] == expected
    assert (place.position, place.total, place.query) == ([0, 3, 4, 5].index(turn) + 1, 4, "?de=libres")


def test_a_report_that_is_taken_keeps_its_place_in_the_filter_that_it_left(world, many):
    world.claimed(many[3])
    place = place_in_queue(world.reviewer, many[3], {"de": "libres"})
    assert (place.before, place.after) == (many[0].pk, many[4].pk)
    assert (place.position, place.total) == (2, 4)


def test_the_page_of_a_report_says_its_place_and_leads_on(world, many):
    page = text_of(enter(world.reviewer).get(reverse("indicators:review", args=[many[3].pk]), {"de": "libres"}))
    assert "2 de 4 en cola filtrada" in page
    for other in (many[0], many[4]):
        assert f'href="/revision/{other.pk}/?de=libres"' in page


def test_taking_a_report_keeps_the_filter(world, many):
    path = reverse("indicators:claim_report", args=[many[0].pk])
    response = enter(world.reviewer).post(f"{path}?de=libres&otro=1", {"version": many[0].version})
    assert response.url == f"/revision/{many[0].pk}/?de=libres"
    assert ProgressReport.objects.get(pk=many[0].pk).assigned_to == world.reviewer


@pytest.mark.parametrize(("turn", "following"), [(1, 3), (5, 4)])
def test_after_a_decision_the_next_one_of_the_filter_is_open(world, many, turn, following):
    report = world.claimed(many[turn])
    path = reverse("indicators:review", args=[report.pk])
    told = {"version": report.version, "outcome": "returned", "reason": "Falta la fecha de la jornada."}
    response = enter(world.reviewer).post(f"{path}?espera=&de=libres", told)
    assert response.url == f"/revision/{many[following].pk}/?de=libres"


# Who may


@pytest.mark.parametrize("who", ["focal", "focal_y", "executive", "coordinator", "observer", "administrator"])
def test_for_other_roles_there_is_no_queue(world, many, who):
    assert enter(getattr(world, who)).get(QUEUE).status_code == 404


def test_the_queue_is_read_and_not_posted_to(world):
    assert enter(world.reviewer).post(QUEUE).status_code == 405


def test_a_report_that_the_reader_may_not_judge_says_why_and_offers_nothing(world):
    report = world.sent()
    former = world.reviewer
    world.appoint(former, Role.FOCAL_POINT, institution=world.x)
    page = text_of(enter(former).get(QUEUE))
    assert "Usted tiene un nombramiento en la institución." in page
    assert 'name="reports"' not in page
    assert reverse("indicators:claim_report", args=[report.pk]) not in page
