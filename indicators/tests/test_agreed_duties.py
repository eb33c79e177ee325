"""Who answers for what: a matrix of an eje that begins and ends responsabilidades, and rewrites none."""

from datetime import date

import pytest
from django.urls import reverse

from indicators.agreements.duties import DutySheet, set_duties
from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.enums import ResponsibilityKind
from indicators.models import Responsibility
from indicators.tests.world import enter, text_of
from plan.enums import Verb
from plan.models import Agreement, AuditEntry, Axis

SINCE = date(2016, 7, 1)


@pytest.fixture
def acta(world) -> Agreement:
    return Agreement.objects.create(plan=world.plan, number=9, agreed_on=date(2016, 6, 20))


@pytest.fixture
def desk(world):
    return enter(world.reviewer)


def address(acta: Agreement) -> str:
    return reverse("indicators:agreed_duties", args=[acta.pk, 1])


def sheet(acta: Agreement, since: date = SINCE) -> DutySheet:
    return DutySheet(acta, Axis.objects.get(number=1), since)


def matrix(acta: Agreement, cells: dict, since: date = SINCE, reason: str = "") -> dict:
    """The page as it is, with these cells changed: (action, institution) to letter."""
    shown = sheet(acta, since)
    letters = {"": "", ResponsibilityKind.RESPONSIBLE: "R", ResponsibilityKind.COLLABORATOR: "C"}
    data = {
        f"a{action.pk}-{institution.pk}": letters[shown.kind_of((action.pk, institution.pk))]
        for action in shown.actions
        for institution in shown.institutions
    }
    changed = {f"a{action.pk}-{institution.pk}": letter for (action, institution), letter in cells.items()}
    return {"seen": shown.seen, "since": since.isoformat(), "reason": reason} | data | changed


def kept(world, institution) -> list[tuple]:
    rows = Responsibility.objects.filter(action=world.action, institution=institution).order_by("pk")
    return [(row.kind, row.valid_from, row.valid_to) for row in rows]


def test_a_letter_in_an_empty_cell_begins_a_responsabilidad(world, acta, desk):
    desk.post(address(acta), matrix(acta, {(world.action, world.y): "c"}, reason="Acuerdo 4"))
    row = Responsibility.objects.get(institution=world.y)
    assert kept(world, world.y) == [("collaborator", SINCE, None)]
    assert (row.agreement, row.reason) == (acta, "Acuerdo 4")
    assert AuditEntry.objects.get(object_type="indicators.responsibility").verb == Verb.CREATED


def test_an_emptied_cell_ends_it_the_day_before_and_says_under_which_acta_and_why(world, acta, desk):
    desk.post(address(acta), matrix(acta, {(world.action, world.x): ""}, reason="Pasó a otra institución"))
    row = Responsibility.objects.get(institution=world.x)
    assert (row.valid_to, row.ended_under, row.end_reason) == (date(2016, 6, 30), acta, "Pasó a otra institución")
    assert row.end_recorded_at is not None
    assert (row.agreement, row.reason) == (world.agreement, "")
    entry = AuditEntry.objects.get(object_type="indicators.responsibility", object_id=str(row.pk))
    assert (entry.verb, entry.data) == (Verb.CHANGED, {"agreement": acta.pk, "valid_to": "2016-06-30"})


def test_another_letter_ends_one_and_begins_the_other(world, acta, desk):
    desk.post(address(acta), matrix(acta, {(world.action, world.x): "C"}, reason="Solo colabora"))
    assert kept(world, world.x) == [("responsible", None, date(2016, 6, 30)), ("collaborator", SINCE, None)]


@pytest.mark.parametrize("letter", ["X", "RC", "1", "ñ"])
def test_another_letter_than_r_and_c_is_told_at_its_cell(world, acta, desk, letter):
    response = desk.post(address(acta), matrix(acta, {(world.action, world.y): letter}))
    key = f"a{world.action.pk}-{world.y.pk}"
    assert response.context["form"].errors == {key: ["Escriba R, C o nada."]}
    assert response.context["form"][key].value() == letter
    assert Responsibility.objects.count() == 1


def test_ending_without_a_reason_is_refused(world, acta, desk):
    response = desk.post(address(acta), matrix(acta, {(world.action, world.x): ""}))
    assert list(response.context["form"].errors) == ["reason"]
    assert kept(world, world.x) == [("responsible", None, None)]


def test_one_wrong_cell_keeps_the_others_from_being_written(world, acta, desk):
    cells = {(world.action, world.y): "R", (world.action, world.ministry): "?"}
    assert desk.post(address(acta), matrix(acta, cells)).status_code == 422
    assert Responsibility.objects.count() == 1


def test_a_cell_that_did_not_come_with_the_page_ends_nobody(world, acta, desk):
    data = matrix(acta, {(world.action, world.y): "R"}, reason="Entra")
    del data[f"a{world.action.pk}-{world.x.pk}"]
    desk.post(address(acta), data)
    assert kept(world, world.x) == [("responsible", None, None)]
    assert kept(world, world.y) == [("responsible", SINCE, None)]


def test_what_has_its_end_already_is_told_at_its_cell(world, acta, desk):
    world.duty(world.action, world.y, valid_from=date(2016, 1, 1), valid_to=date(2017, 1, 1))
    response = desk.post(address(acta), matrix(acta, {(world.action, world.y): ""}, reason="Sale"))
    sentence = "Ya tiene término el 01-01-2017."
    assert response.context["form"].errors == {f"a{world.action.pk}-{world.y.pk}": [sentence]}


def test_what_began_that_very_day_is_changed_as_if_it_had_never_been(world, acta, desk):
    world.duty(world.action, world.y, valid_from=SINCE)
    desk.post(address(acta), matrix(acta, {(world.action, world.y): "C"}, reason="Era colaboradora"))
    assert kept(world, world.y) == [("responsible", SINCE, date(2016, 6, 30)), ("collaborator", SINCE, None)]
    assert [row.kind for row in Responsibility.objects.ever_in_force().filter(institution=world.y)] == ["collaborator"]


def test_nobody_begins_before_a_responsabilidad_that_begins_later(world, acta, desk):
    world.duty(world.action, world.y, valid_from=date(2017, 1, 1))
    response = desk.post(address(acta), matrix(acta, {(world.action, world.y): "R"}))
    sentence = "Ya responde desde el 01-01-2017: elija esa fecha."
    assert response.context["form"].errors == {f"a{world.action.pk}-{world.y.pk}": [sentence]}


def test_the_matrix_shows_who_answers_on_the_day_that_is_asked(world, acta, desk):
    world.duty(world.action, world.y, valid_from=date(2017, 1, 1))
    key = f"a{world.action.pk}-{world.y.pk}"
    letters = [
        desk.get(address(acta), {"since": day}).context["form"][key].value() for day in ("2016-12-31", "2017-01-01")
    ]
    assert letters == ["", "R"]


@pytest.mark.parametrize("day", ["2031-01-01", "ayer", ""])
def test_a_day_outside_the_plan_writes_nothing(world, acta, desk, day):
    data = matrix(acta, {(world.action, world.y): "R"}) | {"since": day}
    response = desk.post(address(acta), data)
    assert response.status_code == 422
    assert list(response.context["since"].errors) == ["since"]
    assert Responsibility.objects.count() == 1


def test_pressing_twice_writes_once(world, acta, desk):
    data = matrix(acta, {(world.action, world.y): "R"})
    desk.post(address(acta), data)
    response = desk.post(address(acta), data)
    assert response.context["form"].non_field_errors() == ["No cambió ninguna celda."]
    assert kept(world, world.y) == [("responsible", SINCE, None)]


def test_of_two_at_once_the_second_is_told_and_keeps_what_they_typed(world, acta, desk):
    data = matrix(acta, {(world.action, world.y): "R"})
    cell = {(world.action.pk, world.ministry.pk): "collaborator"}
    set_duties(sheet(acta), cell, reason="", seen=data["seen"], by=world.reviewer2)
    response = desk.post(address(acta), data | {f"a{world.action.pk}-{world.ministry.pk}": "C"})
    assert StaleSheetError().message in text_of(response)
    assert response.context["form"][f"a{world.action.pk}-{world.y.pk}"].value() == "R"


def test_the_act_itself_refuses_a_cell_that_cannot_change(world, acta):
    world.duty(world.action, world.y, valid_from=SINCE, valid_to=date(2017, 1, 1))
    with pytest.raises(AgreementError, match="Ya tiene término"):
        set_duties(
            sheet(acta), {(world.action.pk, world.y.pk): ""}, reason="", seen=sheet(acta).seen, by=world.reviewer
        )


def test_what_is_limited_to_some_indicators_is_marked(world, acta, desk):
    world.duty(world.action, world.y).indicators.add(world.indicator)
    assert "Solo el indicador I1, todos los medios" in text_of(desk.get(address(acta)))


def test_another_letter_keeps_what_it_was_limited_to(world, acta, desk):
    world.duty(world.action, world.y).indicators.add(world.indicator)
    desk.post(address(acta), matrix(acta, {(world.action, world.y): "C"}, reason="Solo colabora"))
    row = Responsibility.objects.get(institution=world.y, kind="collaborator")
    assert list(row.indicators.all()) == [world.indicator]


@pytest.mark.parametrize("name", ["executive", "coordinator", "focal"])
def test_only_the_technical_secretariat_enters_responsables(world, acta, name):
    browser = enter(getattr(world, name))
    assert browser.get(address(acta)).status_code == 404
    assert browser.post(address(acta), matrix(acta, {(world.action, world.y): "R"})).status_code == 404


@pytest.mark.parametrize("amount", [1, 12])
def test_the_matrix_takes_at_most_15_queries(world, acta, desk, amount, django_assert_max_num_queries):
    for number in range(2, amount + 2):
        world.new_action(f"1.1.{number}", world.x)
    desk.get(address(acta))  # renews the session
    with django_assert_max_num_queries(15):
        desk.get(address(acta))
