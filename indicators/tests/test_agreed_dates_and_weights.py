"""Plazos, ponderaciones and conservación under an acta."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.agreements.deadlines import DeadlineSheet, Wanted, set_deadlines
from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.agreements.retention import rules_in_force, set_retention
from indicators.agreements.sheets import Sheet
from indicators.agreements.weights import WeightSheet, set_weights
from indicators.enums import Classification, IndicatorKind
from indicators.models import ActionWeight, MeansDeadline, RetentionRule, Target
from indicators.tests.world import enter, text_of
from plan.models import Agreement, AuditEntry, Axis


@pytest.fixture
def acta(world) -> Agreement:
    return Agreement.objects.create(plan=world.plan, number=9, agreed_on=date(2015, 10, 22))


@pytest.fixture
def desk(world):
    return enter(world.reviewer)


def address(acta: Agreement, name: str) -> str:
    return reverse(f"indicators:{name}", args=[acta.pk, 1])


def on(kind: type[Sheet], acta: Agreement):
    return kind(acta, Axis.objects.get(number=1))


# Plazos


def dates(acta, reason="", **typed) -> dict:
    return {"seen": on(DeadlineSheet, acta).seen, "reason": reason} | typed


def test_a_medio_owed_once_and_the_product_of_a_year_get_their_dates(world, acta, desk):
    product = world.new_indicator(IndicatorKind.YEARLY_PRODUCT, years=[2015, 2016])
    typed = {f"m{world.means.pk}": "2016-06-30", f"i{product.pk}-2015": "2016-03-31", "reason": "Acuerdo 5"}
    assert desk.post(address(acta, "agreed_deadlines"), dates(acta) | typed).status_code == 302
    medio, target = MeansDeadline.objects.get(), Target.objects.get()
    assert (medio.due_on, medio.agreement, medio.reason) == (date(2016, 6, 30), acta, "Acuerdo 5")
    assert (target.year, target.due_on, target.value, target.agreement) == (2015, date(2016, 3, 31), 1, acta)
    assert AuditEntry.objects.filter(object_type__in=["indicators.meansdeadline", "indicators.target"]).count() == 2


def test_a_medio_owed_in_each_period_has_no_date(world, acta, desk):
    world.new_means(world.action, recurrence="per_period")
    terms = desk.get(address(acta, "agreed_deadlines")).context["sheet"].terms
    assert [term.owner for term in terms] == [world.means]


@pytest.mark.parametrize("day", ["2019-01-01", "2014-12-31", "pronto"])
def test_a_date_outside_the_plan_is_told_at_its_cell(world, acta, desk, day):
    key = f"m{world.means.pk}"
    response = desk.post(address(acta, "agreed_deadlines"), dates(acta) | {key: day})
    assert list(response.context["form"].errors) == [key]
    assert MeansDeadline.objects.count() == 0


def test_the_product_of_a_year_is_not_due_before_its_year(world, acta, desk):
    product = world.new_indicator(IndicatorKind.YEARLY_PRODUCT, years=[2016])
    key = f"i{product.pk}-2016"
    response = desk.post(address(acta, "agreed_deadlines"), dates(acta) | {key: "2015-12-31"})
    assert response.context["form"].errors == {key: ["Elija una fecha entre el 01-01-2016 y el 31-12-2018."]}


def test_a_date_that_replaces_another_says_why_and_leaves_it_in_the_history(world, acta, desk):
    MeansDeadline.objects.create(means=world.means, due_on=date(2016, 1, 1), agreement=world.agreement)
    typed = dates(acta) | {f"m{world.means.pk}": "2016-06-30"}
    response = desk.post(address(acta, "agreed_deadlines"), typed)
    assert list(response.context["form"].errors) == [f"m{world.means.pk}-reason"]
    desk.post(address(acta, "agreed_deadlines"), typed | {f"m{world.means.pk}-reason": "Falta el convenio"})
    assert MeansDeadline.objects.count() == 2
    assert on(DeadlineSheet, acta).in_force[f"m{world.means.pk}"].due_on == date(2016, 6, 30)


def test_pressing_twice_writes_one_date(world, acta, desk):
    typed = dates(acta) | {f"m{world.means.pk}": "2016-06-30"}
    desk.post(address(acta, "agreed_deadlines"), typed)
    assert "Ya estaba registrado así" in text_of(desk.post(address(acta, "agreed_deadlines"), typed, follow=True))
    assert MeansDeadline.objects.count() == 1


def test_of_two_at_once_that_set_dates_the_second_is_told(world, acta):
    seen = on(DeadlineSheet, acta).seen
    wanted = {f"m{world.means.pk}": Wanted(date(2016, 6, 30), "")}
    set_deadlines(on(DeadlineSheet, acta), wanted, seen=seen, by=world.reviewer)
    other = {f"m{world.means.pk}": Wanted(date(2017, 6, 30), "")}
    with pytest.raises(StaleSheetError):
        set_deadlines(on(DeadlineSheet, acta), other, seen=seen, by=world.reviewer2)


def test_the_page_of_dates_takes_at_most_15_queries(world, acta, desk, django_assert_max_num_queries):
    world.new_indicator(IndicatorKind.YEARLY_PRODUCT)
    for _ in range(12):
        world.new_means(world.action)
    desk.get(address(acta, "agreed_deadlines"))  # renews the session
    with django_assert_max_num_queries(15):
        desk.get(address(acta, "agreed_deadlines"))


# Ponderaciones


@pytest.fixture
def other(world):
    return world.new_action("1.1.2", world.x)


def weights(world, other, *values, reason="") -> dict:
    return dict(zip((f"a{world.action.pk}", f"a{other.pk}"), values, strict=True)) | {"reason": reason}


def test_every_action_of_the_eje_is_weighed_at_once(world, other, acta, desk):
    desk.post(address(acta, "agreed_weights"), weights(world, other, "2,5", "1"))
    rows = {row.action: (row.value, row.agreement) for row in ActionWeight.objects.all()}
    assert rows == {world.action: (Decimal("2.5"), acta), other: (1, acta)}
    assert AuditEntry.objects.filter(object_type="indicators.actionweight").count() == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Falta: se ponderan todas las acciones del eje, o ninguna."),
        ("0", "Una ponderación es mayor que 0."),
        ("mucho", "Escriba un número, con coma si lleva decimales: 12,5."),
        ("2.5", "Escriba un número, con coma si lleva decimales: 12,5."),
        ("-1", "El valor no puede ser menor que 0."),
        ("9" * 30, "El valor es demasiado grande: revise si sobra alguna cifra."),
    ],
)
def test_a_weight_that_is_none_is_told_at_its_cell_and_none_is_written(world, other, acta, desk, typed, sentence):
    response = desk.post(address(acta, "agreed_weights"), weights(world, other, "2", typed))
    assert response.context["form"].errors == {f"a{other.pk}": [sentence]}
    assert ActionWeight.objects.count() == 0


def test_the_act_weighs_all_actions_or_none(world, other, acta):
    with pytest.raises(AgreementError, match="Pondere todas"):
        set_weights(on(WeightSheet, acta), {world.action.pk: Decimal(2)}, reason="", by=world.reviewer)


def test_an_acta_weighs_an_eje_once_and_twice_the_same_is_once(world, other, acta, desk):
    desk.post(address(acta, "agreed_weights"), weights(world, other, "2", "1"))
    again = desk.post(address(acta, "agreed_weights"), weights(world, other, "2", "1"), follow=True)
    assert "Ya estaba registrado así" in text_of(again)
    third = desk.post(address(acta, "agreed_weights"), weights(world, other, "5", "1"))
    assert "Esta acta ya fija las ponderaciones" in text_of(third)
    assert sorted(ActionWeight.objects.values_list("value", flat=True)) == [1, 2]


def test_another_acta_replaces_the_weights_and_says_why(world, other, acta, desk):
    desk.post(address(acta, "agreed_weights"), weights(world, other, "2", "1"))
    newer = Agreement.objects.create(plan=world.plan, number=10, agreed_on=date(2016, 1, 1))
    refused = desk.post(address(newer, "agreed_weights"), weights(world, other, "1", "3"))
    assert list(refused.context["form"].errors) == ["reason"]
    desk.post(address(newer, "agreed_weights"), weights(world, other, "1", "3", reason="Prioridades de 2016"))
    assert {row.value for row in on(WeightSheet, newer).in_force.values()} == {1, 3}


def test_a_suppressed_action_is_not_weighed(world, other, acta, desk):
    world.suppress(other, effective_on=date(2015, 6, 1))
    assert [row for row, _, _ in desk.get(address(acta, "agreed_weights")).context["form"].lines] == [world.action]


# Conservación


def kept_for(acta) -> str:
    return reverse("indicators:retention", args=[acta.pk])


def test_the_years_of_a_classification_are_set_under_an_acta(world, acta, desk):
    response = desk.post(kept_for(acta), {"reserved": "5", "reason": "Ley 21.719"})
    assert response.status_code == 302
    rule = RetentionRule.objects.get()
    assert (rule.classification, rule.years, rule.agreement, rule.reason) == ("reserved", 5, acta, "Ley 21.719")
    assert AuditEntry.objects.filter(object_type="indicators.retentionrule").count() == 1


@pytest.mark.parametrize("typed", ["0", "101", "cinco", "-1"])
def test_years_that_are_none_are_told_at_their_field(world, acta, desk, typed):
    response = desk.post(kept_for(acta), {"reserved": typed})
    assert list(response.context["form"].errors) == ["reserved"]
    assert RetentionRule.objects.count() == 0


def test_a_newer_acta_replaces_the_years_and_says_why(world, acta, desk):
    set_retention(world.agreement, {Classification.RESERVED: 5}, reason="", by=world.reviewer)
    assert list(desk.post(kept_for(acta), {"reserved": "3"}).context["form"].errors) == ["reason"]
    desk.post(kept_for(acta), {"reserved": "3", "reason": "Se reduce"})
    assert rules_in_force(world.plan)["reserved"].years == 3
    assert RetentionRule.objects.count() == 2


def test_an_acta_sets_the_years_of_a_classification_once(world, acta, desk):
    desk.post(kept_for(acta), {"reserved": "5"})
    assert desk.post(kept_for(acta), {"reserved": "5"}).status_code == 302
    response = desk.post(kept_for(acta), {"reserved": "6"})
    assert list(response.context["form"].errors) == ["reserved"]
    assert RetentionRule.objects.get().years == 5


@pytest.mark.parametrize("name", ["executive", "coordinator", "focal"])
def test_only_the_technical_secretariat_enters_them(world, acta, name):
    browser = enter(getattr(world, name))
    pages = [address(acta, "agreed_deadlines"), address(acta, "agreed_weights"), kept_for(acta)]
    assert {browser.get(page).status_code for page in pages} == {404}
    assert {browser.post(page, {"reserved": "5"}).status_code for page in pages} == {404}
