"""Who owes what: where each report stands, what counts as informed, and what the page makes of it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from indicators.demo.clock import clock_at
from indicators.enums import Outcome, PeriodState, ResponsibilityKind
from indicators.forms.owed import OwedForm
from indicators.queries.owed import owed_sheet, period_at_hand
from indicators.tests.world import enter, text_of

OWED = reverse("indicators:owed")
TODAY = timezone.localdate()


def cell(world, institution=None):
    """What is known of the report that an institution owes for 1.1.1."""
    rows = {row.institution: row for row in owed_sheet(world.period).rows}
    (one,) = [r for r in rows[institution or world.x].reports if r.action == world.action]
    return one


def let_it_fall_due(world) -> None:
    world.period.due_on = TODAY - timedelta(1)
    world.period.save()


# Where a report stands


@pytest.mark.parametrize(
    ("state", "stands", "is_made"),
    [
        ("draft", "draft", False),
        ("submitted", "submitted", True),
        ("returned", "returned", True),
        ("approved", "approved", True),
        ("rectifying", "rectifying", True),
        ("annulled", "within_term", False),
    ],
)
def test_a_report_stands_where_its_state_says(world, state, stands, is_made):
    world.in_state(state)
    assert (cell(world).state, cell(world).is_made) == (stands, is_made)


def test_nothing_begun_is_within_term_through_its_day_and_without_report_the_day_after(world):
    for due_on, state in ((TODAY, "within_term"), (TODAY - timedelta(1), "unanswered")):
        world.period.due_on = due_on
        world.period.save()
        assert cell(world).state == state


@pytest.mark.parametrize("begin", ["draft", "withdrawn", "annulled"])
def test_what_was_not_sent_or_does_not_count_falls_due_all_the_same(world, begin):
    getattr(world, begin)()
    let_it_fall_due(world)
    assert (cell(world).state, cell(world).is_made) == ("unanswered", False)
    assert cell(world).has_draft is (begin != "annulled")


def test_a_closed_period_leaves_its_drafts_without_report(world):
    world.draft()
    world.close_period()
    assert cell(world).state == "unanswered"


def test_an_extension_moves_the_day_of_its_institution_alone(world):
    world.duty(world.action, world.y)
    let_it_fall_due(world)
    world.extend(world.x, TODAY + timedelta(5))
    assert (cell(world).state, cell(world).due_on) == ("within_term", TODAY + timedelta(5))
    assert (cell(world).is_extended, cell(world, world.y).is_extended) == (True, False)
    assert cell(world, world.y).state == "unanswered"


def test_what_was_first_sent_after_its_day_is_late_whatever_comes_of_it(world):
    world.period.opens_on = TODAY - timedelta(40)
    world.period.due_on = TODAY - timedelta(5)
    world.period.save()
    with clock_at(TODAY - timedelta(6)):
        world.sent()
    assert not cell(world).is_late
    world.duty(world.action, world.y)
    world.sent(world.draft(world.y), by=world.focal_y)
    assert (cell(world, world.y).is_late, cell(world, world.y).state) == (True, "submitted")


def test_a_second_round_after_the_day_does_not_make_the_first_one_late(world):
    world.period.due_on = TODAY - timedelta(5)
    world.period.save()
    with clock_at(TODAY - timedelta(6)):
        report = world.decided(world.claimed(world.sent()), Outcome.RETURNED)
    world.sent(report)
    assert not cell(world).is_late


def test_a_withdrawn_submission_never_was_and_the_next_one_decides(world):
    world.period.due_on = TODAY - timedelta(5)
    world.period.save()
    with clock_at(TODAY - timedelta(6)):
        report = world.withdrawn()
    assert cell(world).state == "unanswered"
    world.sent(report)
    assert (cell(world).state, cell(world).is_late) == ("submitted", True)


# Who owes it


def test_only_responsables_owe_and_of_actions_that_are_in_the_plan_at_the_end_of_the_period(world):
    world.duty(world.action, world.y, kind=ResponsibilityKind.COLLABORATOR)
    world.suppress(world.new_action("1.1.2", world.x))
    ended = world.new_action("1.1.3", world.x)
    ended.responsibilities.update(valid_to=world.period.ends_on - timedelta(1))
    sheet = owed_sheet(world.period)
    assert [(row.institution, [r.action.code for r in row.reports]) for row in sheet.rows] == [(world.x, ["1.1.1"])]


def test_a_duty_renewed_by_a_second_acta_is_owed_once(world):
    world.duty(world.action, world.x, valid_from=world.period.starts_on)
    assert owed_sheet(world.period).total("owed") == 1


def test_institutions_stand_in_the_order_of_the_mesa_and_actions_in_that_of_the_plan(world):
    for code in ("2.1.1", "1.1.10", "1.1.2"):
        world.new_action(code, world.ministry)
    world.duty(world.action, world.y)
    sheet = owed_sheet(world.period)
    assert [row.institution for row in sheet.rows] == [world.x, world.y, world.ministry]
    assert [action.code for action in sheet.actions] == ["1.1.1", "1.1.2", "1.1.10", "2.1.1"]
    assert [(axis.number, count) for axis, count in sheet.axes] == [(1, 3), (2, 1)]


def test_a_place_stays_empty_where_nothing_is_owed(world):
    world.new_action("2.1.1", world.y)
    lines = [[one and one.action.code for one in places] for _, places in owed_sheet(world.period).lines]
    assert lines == [["1.1.1", None], [None, "2.1.1"]]


def test_one_eje_leaves_the_others_out(world):
    world.new_action("2.1.1", world.y)
    assert [row.institution for row in owed_sheet(world.period, 2).rows] == [world.y]


def test_another_period_has_its_own_reports(world):
    world.sent()
    other = world.new_period(date(2017, 1, 1), date(2017, 6, 30))
    assert owed_sheet(other).totals["made"] == 0


# Counts


def test_what_is_owed_is_what_was_informed_and_what_is_missing(world):
    codes = ["1.1.2", "1.1.3", "1.1.4"]
    actions = [world.new_action(code, world.x) for code in codes]
    world.returned()
    world.sent(world.draft(action=actions[0]), figures=())
    world.draft(action=actions[1])
    (row,) = owed_sheet(world.period).rows
    assert (row.owed, row.made, row.missing, row.unanswered, row.returned) == (4, 2, 2, 0, 1)
    assert [one.action.code for one in row.waiting] == ["1.1.1", "1.1.3", "1.1.4"]
    assert {state: n for state, n in owed_sheet(world.period).states if n} == {
        "within_term": 1,
        "draft": 1,
        "submitted": 1,
        "returned": 1,
    }


# Which period


def test_the_period_at_hand_is_the_first_to_fall_due_of_those_open(world):
    soon = world.new_period(date(2016, 1, 1), date(2016, 6, 30), due_on=TODAY + timedelta(2))
    assert period_at_hand([world.period, soon]) == soon


def test_while_none_is_open_the_newest_that_was_is_at_hand_and_before_that_the_next(world):
    world.close_period()
    future = {"opens_on": TODAY + timedelta(5), "due_on": TODAY + timedelta(20)}
    coming = world.new_period(date(2017, 1, 1), date(2017, 6, 30), state=PeriodState.SCHEDULED, **future)
    assert period_at_hand([coming, world.period]) == world.period
    assert period_at_hand([coming]) == coming
    assert period_at_hand([]) is None


@pytest.mark.parametrize("value", ["\x00", "ñ", "9" * 300, "-1", "0"])
def test_an_address_that_cannot_be_is_told_and_the_period_at_hand_is_shown(world, value):
    response = enter(world.reviewer).get(OWED, {"periodo": value, "eje": value})
    assert response.context["sheet"].period == world.period
    assert text_of(response).count("Elija una opción de la lista.") == 2


def test_a_period_of_another_plan_is_not_offered(world):
    form = OwedForm(world.plan, {"periodo": str(world.period.pk)})
    assert form.chosen == world.period
    world.plan.pk, world.plan.code = None, "PAN-2019-2022"
    world.plan.save()
    assert OwedForm(world.plan, {"periodo": str(world.period.pk)}).chosen is None


# The page


@pytest.mark.parametrize("who", ["reviewer", "executive"])
def test_both_secretarias_read_every_state_as_a_word(world, who):
    world.returned()
    world.draft(action=world.new_action("1.1.2", world.x))
    page = text_of(enter(getattr(world, who)).get(OWED))
    assert "Informó 1 de 2 reportes · falta 1 · por corregir 1" in strip_tags(page)
    for word in ("Devuelto", "En preparación"):
        assert page.count(f">{word}<") == 4  # filter, legend, matrix, list
    report = world.action.reports.get()
    assert f'href="/reportes/{report.pk}/"' in page


def test_a_draft_is_told_and_not_linked(world):
    report = world.draft()
    assert f"/reportes/{report.pk}/" not in text_of(enter(world.reviewer).get(OWED))


def test_only_the_secretaria_tecnica_is_offered_to_remind(world):
    assert "Recordar a todas" in text_of(enter(world.reviewer).get(OWED))
    assert "Recordar" not in text_of(enter(world.executive).get(OWED))


def test_who_owes_nothing_more_is_not_reminded(world):
    world.approved()
    assert "Recordar" not in text_of(enter(world.reviewer).get(OWED))


@pytest.mark.parametrize("who", ["focal", "coordinator", "observer", "administrator"])
def test_for_other_roles_the_page_does_not_exist(world, who):
    assert enter(getattr(world, who)).get(OWED).status_code == 404


def test_without_a_period_the_page_says_so(world):
    world.period.delete()
    assert "Todavía no hay períodos" in text_of(enter(world.reviewer).get(OWED))


def test_a_period_that_asks_nothing_says_so(world):
    world.action.responsibilities.all().delete()
    assert "Nadie debe reportes" in text_of(enter(world.reviewer).get(OWED))


def test_one_institution_and_one_state_are_listed_alone(world):
    world.duty(world.action, world.y)
    world.returned()
    response = enter(world.executive).get(OWED, {"institucion": world.x.pk, "estado": "devuelto"})
    assert [(owing.institution, len(reports)) for owing, reports in response.context["listed"]] == [(world.x, 1)]
    assert response.context["sheet"].totals["owed"] == 2  # the counts stay those of the period
    none = enter(world.executive).get(OWED, {"institucion": world.y.pk, "estado": "devuelto"})
    assert "Ninguno con estos filtros." in text_of(none)
