"""The pages of periods: what is owed and came, who may do what, and what is typed wrong."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from indicators.enums import PeriodState, ResponsibilityKind
from indicators.models import PeriodExtension
from indicators.period_boards import board_of
from indicators.tests.world import enter, text_of

TODAY = timezone.localdate()


@pytest.fixture
def technical(world):
    return enter(world.reviewer)


@pytest.fixture
def executive(world):
    return enter(world.executive)


def page_of(world, name="period") -> str:
    return reverse(f"indicators:{name}", args=[world.period.pk])


def typed(world, **changes) -> dict:
    due_on = world.period.due_on + timedelta(15)
    return {"to": "all", "due_on": f"{due_on:%Y-%m-%d}", "reason": "Paro de funcionarios."} | changes


# What is owed, and what came


def counts(world) -> dict[str, int]:
    board = board_of(world.period)
    names = ("owed", "received", "received_late", "missing", "drafts", "in_review", "returned")
    return {name: len(getattr(board, name)) for name in names if getattr(board, name)}


def test_a_duty_in_force_on_the_last_day_is_owed_and_missing_until_it_comes(world):
    assert counts(world) == {"owed": 1, "missing": 1}
    world.draft()
    assert counts(world) == {"owed": 1, "missing": 1, "drafts": 1}


@pytest.mark.parametrize(
    ("state", "counted"),
    [
        ("submitted", {"owed": 1, "received": 1, "in_review": 1}),
        ("returned", {"owed": 1, "received": 1, "returned": 1}),
        ("approved", {"owed": 1, "received": 1}),
        ("rectifying", {"owed": 1, "received": 1, "returned": 1}),
        ("annulled", {"owed": 1, "missing": 1}),
    ],
)
def test_a_report_counts_by_its_state(world, state, counted):
    world.in_state(state)
    assert counts(world) == counted


def test_what_was_withdrawn_never_came(world):
    world.withdrawn()
    assert counts(world) == {"owed": 1, "missing": 1, "drafts": 1}


def test_a_colaboradora_owes_nothing_and_a_suppressed_action_is_not_owed(world):
    world.duty(world.action, world.y, kind=ResponsibilityKind.COLLABORATOR)
    world.sent(world.draft(world.y), by=world.focal_y)
    assert counts(world) == {"owed": 1, "missing": 1}
    world.suppress(world.action)
    assert counts(world) == {}


def test_the_first_submission_that_stands_decides_whether_it_came_late(world):
    world.period.due_on = TODAY - timedelta(1)
    world.period.save()
    world.returned()
    assert counts(world) == {"owed": 1, "received": 1, "received_late": 1, "returned": 1}


def test_within_an_extension_nothing_is_late(world):
    world.extend(world.x, TODAY + timedelta(1))
    world.period.due_on = TODAY - timedelta(1)
    world.period.save()
    world.sent()
    assert "received_late" not in counts(world)


def test_on_behalf_the_date_of_the_oficio_decides(world):
    world.period.opens_on, world.period.due_on = date(2017, 1, 2), date(2017, 1, 31)
    world.period.save()
    world.recorded()
    assert counts(world) == {"owed": 1, "received": 1, "in_review": 1}


def test_the_page_says_who_still_owes(world, technical):
    world.duty(world.action, world.y)
    world.sent()
    page = text_of(technical.get(page_of(world)))
    assert "Carabineros de Chile" in page
    assert "Dirección del Trabajo" not in page


def test_the_list_has_every_period_with_what_came(world, executive):
    response = executive.get(reverse("indicators:periods"))
    (board,) = response.context["boards"]
    assert (board.period, len(board.owed)) == (world.period, 1)
    assert response.context["may_programme"] is False
    assert reverse("indicators:programme_periods") not in text_of(response)


# Opening


def test_open_now_is_offered_until_it_is_open(world, technical):
    world.period.opens_on = TODAY + timedelta(2)
    world.period.save()
    assert "Abrir ahora" in text_of(technical.get(page_of(world)))
    response = technical.post(page_of(world, "open_period"), follow=True)
    assert "se avisó a los puntos focales" in text_of(response)
    assert "Abrir ahora" not in text_of(response)
    response = technical.post(page_of(world, "open_period"), follow=True)
    assert "El período ya está abierto o cerrado." in text_of(response)


# Extending


def test_all_that_still_owe_are_extended_with_one_row_each(world, technical):
    world.duty(world.action, world.y)
    world.duty(world.action, world.ministry)
    world.sent()
    response = technical.post(page_of(world, "extend_period"), typed(world), follow=True)
    assert "se avisó a 2 instituciones" in text_of(response)
    extensions = PeriodExtension.objects.values_list("institution__name", flat=True)
    assert sorted(extensions) == ["Carabineros de Chile", "Ministerio del Interior"]
    page = text_of(technical.get(page_of(world)))
    assert "Paro de funcionarios." in page
    assert "Paula Núñez" in page


def test_one_institution_is_extended_alone(world, technical):
    world.duty(world.action, world.y)
    technical.post(page_of(world, "extend_period"), typed(world, to=str(world.y.pk)))
    assert PeriodExtension.objects.get().institution == world.y


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"to": ""}, "Elija para quién es la prórroga."),
        ({"to": "0"}, "no es una de las opciones"),
        ({"due_on": ""}, "Falta la fecha."),
        ({"due_on": "2016-02-30"}, "Escriba la fecha como dd-mm-aaaa."),
        ({"due_on": "9999-12-31"}, "Una prórroga no pasa de un año: revise la fecha."),
        ({"due_on": "2016-12-31"}, "La fecha ya pasó."),
        ({"due_on": f"{TODAY + timedelta(10):%Y-%m-%d}"}, "Elija una fecha posterior al plazo vigente, que es el"),
        ({"reason": " "}, "Escriba el motivo de la prórroga."),
        ({"reason": "ñ" * 301}, "300"),
        ({"reason": "a\x00b"}, "nulos"),
    ],
)
def test_an_extension_that_cannot_be_is_told_at_its_field_and_keeps_what_was_typed(world, technical, wrong, message):
    response = technical.post(page_of(world, "extend_period"), typed(world, **{"reason": "Paro nacional."} | wrong))
    assert response.status_code == 422
    page = text_of(response)
    assert message in page
    assert "reason" in wrong or "Paro nacional." in page
    assert not PeriodExtension.objects.exists()


def test_granted_by_somebody_else_meanwhile_it_is_told_at_the_date(world, technical):
    world.period.state, world.period.closed_at = PeriodState.CLOSED, timezone.now()
    world.period.save()
    response = technical.post(page_of(world, "extend_period"), typed(world))
    assert "Solo un período abierto admite prórrogas." in text_of(response)


# Closing


def test_before_it_closes_the_page_says_what_will_be_marked(world, executive):
    world.duty(world.action, world.y)
    world.draft()
    world.extend(world.y, TODAY + timedelta(20))
    page = strip_tags(text_of(executive.get(page_of(world, "close_period"))))
    assert "2 de 2 que se deben" in page
    assert "1: se conservan" in page
    assert "El plazo todavía corre: quedan 10 días." in page
    assert f"{TODAY + timedelta(20):%d-%m-%Y}" in page
    world.period.refresh_from_db()
    assert not world.period.is_closed


def test_the_executive_closes_once(world, executive):
    response = executive.post(page_of(world, "close_period"), follow=True)
    assert "quedó cerrado: ya no recibe reportes nuevos." in text_of(response)
    response = executive.post(page_of(world, "close_period"), follow=True)
    assert "El período ya está cerrado o todavía no abre." in text_of(response)
    world.period.refresh_from_db()
    assert world.period.is_closed


@pytest.mark.parametrize(
    ("name", "who"),
    [("close_period", "reviewer"), ("extend_period", "executive"), ("open_period", "executive"), ("period", "focal")],
)
def test_to_others_the_act_does_not_exist(world, name, who):
    browser = enter(getattr(world, who))
    assert browser.post(page_of(world, name)).status_code in (404, 405)
    assert browser.get(page_of(world, name)).status_code in (404, 405)


# Queries


def many(world) -> None:
    for number in range(2, 8):
        action = world.new_action(f"1.1.{number}", world.x)
        for day in range(1, 7):
            period = world.new_period(starts_on=date(2016, 7, 1 + number), ends_on=date(2016, 12, day))
            world.sent(world.draft(action=action, period=period), figures=())
            PeriodExtension.objects.create(period=period, institution=world.x, due_on=period.due_on, reason="Paro")


@pytest.mark.parametrize("amount", ["one", "many"])
@pytest.mark.parametrize("name", ["periods", "period", "extend_period"])
def test_the_pages_take_at_most_15_queries(world, technical, amount, name, django_assert_max_num_queries):
    path = reverse("indicators:periods") if name == "periods" else page_of(world, name)
    if amount == "many":
        many(world)
    technical.get(path)
    with django_assert_max_num_queries(15):
        technical.get(path)
