"""A meta that a later acta withdraws: from its date the indicator stands without one, and nothing before it changes."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from indicators.agreements.deadlines import DeadlineSheet
from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.agreements.targets import Goal, TargetSheet, set_targets
from indicators.entry_context import entry_context
from indicators.enums import IndicatorKind, TargetScope
from indicators.models import Target
from indicators.queries import compliance
from indicators.queries.in_force import indicators_without_target
from indicators.tests.world import enter, text_of
from plan.enums import Verb
from plan.models import Agreement, AuditEntry, Axis

WHY = "La Mesa decidió no fijar meta."


@pytest.fixture
def acta(world) -> Agreement:
    """Agreed a year and a half after that of the plan's beginning."""
    return Agreement.objects.create(plan=world.plan, number=9, agreed_on=date(2016, 6, 20))


@pytest.fixture
def target(world) -> Target:
    return meta(world, 120)


@pytest.fixture
def desk(world):
    return enter(world.reviewer)


def meta(world, value, **fields) -> Target:
    fields = {"scope": "year", "year": 2016, "agreement": world.agreement} | fields
    fields.setdefault("indicator", world.indicator)
    return Target.objects.create(value=value, **fields)


def address(acta: Agreement) -> str:
    return reverse("indicators:agreed_targets", args=[acta.pk, 1])


def sheet(acta: Agreement) -> TargetSheet:
    return TargetSheet(acta, Axis.objects.get(number=1))


def typed(acta: Agreement, *targets: Target, why: str = WHY, **more) -> dict:
    """The page as it is, with these metas ticked."""
    data = {"seen": sheet(acta).seen, **more}
    for target in targets:
        data |= {f"retira{target.pk}-withdraw": "on", f"retira{target.pk}-why": why}
    return data


def withdraw(world, acta: Agreement, *targets: Target) -> list[Target]:
    goals = [Goal.withdrawing(target, WHY) for target in targets]
    return set_targets(sheet(acta), goals, seen=sheet(acta).seen, by=world.reviewer)


def in_force(world, acta: Agreement, indicator=None) -> list[Decimal]:
    return [row.value for row in sheet(acta).in_force[(indicator or world.indicator).pk]]


def errors(response) -> dict[str, list[str]]:
    """By field of the withdrawals."""
    lines = [line for row in response.context["form"].rows for line in row.withdrawals]
    return {f"{line.prefix}-{name}": told for line in lines for name, told in line.errors.items()}


# What is written


def test_a_ticked_meta_is_withdrawn_by_a_row_of_its_window_and_stays_in_the_history(world, acta, target, desk):
    assert desk.post(address(acta), typed(acta, target)).url == address(acta)
    row = Target.objects.get(value=None)
    assert (row.scope, row.year, row.agreement, row.reason) == ("year", 2016, acta, WHY)
    assert Target.objects.get(value=120) == target
    assert in_force(world, acta) == []


def test_the_withdrawal_has_its_entry_in_the_log(world, acta, target, desk):
    desk.post(address(acta), typed(acta, target))
    entry = AuditEntry.objects.get(object_type="indicators.target")
    row = Target.objects.get(value=None)
    assert (entry.object_id, entry.verb, entry.user) == (str(row.pk), Verb.WITHDRAWN, world.reviewer)
    assert entry.data == {"agreement": acta.pk}
    assert entry.get_verb_display() == "Retiró"


def test_the_reason_of_the_page_is_that_of_a_withdrawal_without_one_of_its_own(acta, target, desk):
    desk.post(address(acta), typed(acta, target, why="", reason="Acuerdo 3"))
    assert Target.objects.get(value=None).reason == "Acuerdo 3"


@pytest.mark.parametrize("scope", [{"scope": "whole_plan"}, {"scope": "cumulative", "due_on": date(2017, 6, 30)}])
def test_a_meta_of_any_window_is_withdrawn(world, acta, desk, scope):
    target = meta(world, 60, year=None, **scope)
    desk.post(address(acta), typed(acta, target))
    assert in_force(world, acta) == []


def test_of_a_region_an_institution_and_all_only_the_ticked_one_goes(world, acta, desk):
    meta(world, 120)
    of_region = meta(world, 10, region=world.region("XV", "Arica y Parinacota"))
    meta(world, 20, institution=world.x)
    desk.post(address(acta), typed(acta, of_region))
    assert sorted(in_force(world, acta)) == [20, 120]


def test_a_meta_that_replaced_an_older_one_does_not_bring_it_back_by_going(world, acta, desk):
    meta(world, 100)
    newer = meta(world, 120, agreement=Agreement.objects.create(plan=world.plan, number=5, agreed_on=date(2016, 1, 5)))
    desk.post(address(acta), typed(acta, newer))
    assert in_force(world, acta) == []


def test_a_later_acta_sets_a_meta_anew(world, acta, target):
    withdraw(world, acta, target)
    later = Agreement.objects.create(plan=world.plan, number=10, agreed_on=date(2017, 3, 1))
    goal = Goal(world.indicator, Decimal(80), TargetScope.YEAR, 2016)
    set_targets(sheet(later), [goal], seen=sheet(later).seen, by=world.reviewer)
    assert in_force(world, later) == [80]


def test_another_meta_is_set_beside_a_withdrawal(world, acta, target, desk):
    line = {f"i{world.indicator.pk}-0-value": "90", f"i{world.indicator.pk}-0-scope": "2017"}
    page = text_of(desk.post(address(acta), typed(acta, target, **line), follow=True))
    assert "2 cambios registrados." in page
    assert in_force(world, acta) == [90]


def test_the_date_of_a_product_goes_and_the_plans_own_words_stay(world, acta, desk):
    product = world.new_indicator(IndicatorKind.PRODUCT, stage="prepared")
    dated = meta(world, 1, indicator=product, scope="cumulative", year=None, due_on=date(2016, 12, 31))
    desk.post(address(acta), typed(acta, dated))
    result = compliance(world.plan, date(2016, 12, 31), timezone.now()).indicator(product.reference)
    assert (result.target.source_text, result.target.due_on) == ("Texto del plan", date(2018, 12, 31))


def test_the_date_of_a_years_product_goes_back_to_the_rule(world, acta, desk):
    yearly = world.new_indicator(IndicatorKind.YEARLY_PRODUCT, years=[2015])
    dated = meta(world, 1, indicator=yearly, year=2015, due_on=date(2015, 12, 31))
    desk.post(address(acta), typed(acta, dated))
    assert DeadlineSheet(acta, Axis.objects.get(number=1)).in_force == {}
    result = compliance(world.plan, date(2016, 12, 31), timezone.now()).indicator(yearly.reference)
    assert result.target.due_on == date(2016, 12, 31)


# What never happens unnoticed


def test_an_empty_page_withdraws_nothing(world, acta, target, desk):
    response = desk.post(address(acta), {"seen": sheet(acta).seen, f"retira{target.pk}-why": ""})
    assert response.context["form"].non_field_errors() == ["No escribió ninguna meta."]
    assert in_force(world, acta) == [120]


def test_a_withdrawal_says_why(world, acta, target, desk):
    response = desk.post(address(acta), typed(acta, target, why=""))
    assert response.status_code == 422
    assert errors(response) == {f"retira{target.pk}-why": ["Escriba por qué se retira."]}
    assert in_force(world, acta) == [120]


def test_a_reason_without_its_tick_is_asked_about(world, acta, target, desk):
    response = desk.post(address(acta), {"seen": sheet(acta).seen, f"retira{target.pk}-why": WHY})
    assert list(errors(response)) == [f"retira{target.pk}-withdraw"]
    assert in_force(world, acta) == [120]


@pytest.mark.parametrize("scope", ["2016", "whole_plan"])
def test_what_is_withdrawn_is_not_set_anew_on_the_same_page(world, acta, target, desk, scope):
    line = {f"i{world.indicator.pk}-0-value": "90", f"i{world.indicator.pk}-0-scope": scope, "reason": "Cambia"}
    response = desk.post(address(acta), typed(acta, target, **line))
    assert list(errors(response)) == [f"retira{target.pk}-withdraw"]
    assert Target.objects.count() == 1


def test_one_wrong_cell_keeps_the_withdrawal_from_being_written_and_ticked_on_the_page(world, acta, target, desk):
    line = {f"i{world.indicator.pk}-0-value": "noventa", f"i{world.indicator.pk}-0-scope": "2017"}
    response = desk.post(address(acta), typed(acta, target, **line))
    (withdrawal,) = response.context["form"].rows[0].withdrawals
    assert (withdrawal["withdraw"].value(), withdrawal.is_open) == (True, True)
    assert Target.objects.count() == 1


def test_another_line_keeps_what_was_ticked(acta, target, desk):
    response = desk.post(address(acta), typed(acta, target, more=target.indicator_id))
    (withdrawal,) = response.context["form"].rows[0].withdrawals
    assert (withdrawal["withdraw"].value(), withdrawal["why"].value()) == ("on", WHY)
    assert Target.objects.count() == 1


# What an acta cannot withdraw


def test_the_plans_own_words_have_no_tick(world, acta, desk):
    words = meta(world, 120, source="plan_text", agreement=None)
    assert f"retira{words.pk}" not in text_of(desk.get(address(acta)))
    response = desk.post(address(acta), typed(acta, words))
    assert response.status_code == 422
    with pytest.raises(AgreementError, match="La fija el texto del plan"):
        withdraw(world, acta, words)


@pytest.mark.parametrize("agreed_on", [date(2016, 6, 20), date(2017, 1, 1)])
def test_only_a_later_acta_withdraws_what_another_set(world, acta, desk, agreed_on):
    other = Agreement.objects.create(plan=world.plan, number=10, agreed_on=agreed_on)
    target = meta(world, 120, agreement=other)
    assert f"retira{target.pk}" not in text_of(desk.get(address(acta)))
    with pytest.raises(AgreementError, match="solo la retira un acta posterior"):
        withdraw(world, acta, target)


def test_an_acta_does_not_withdraw_what_it_sets_itself(world, acta):
    with pytest.raises(AgreementError, match="solo la retira un acta posterior"):
        withdraw(world, acta, meta(world, 120, agreement=acta))


def test_nothing_is_withdrawn_where_nothing_is_agreed(world, acta, target):
    later = Agreement.objects.create(plan=world.plan, number=10, agreed_on=date(2017, 3, 1))
    withdraw(world, acta, target)
    with pytest.raises(AgreementError, match="no hay meta vigente que retirar"):
        withdraw(world, later, target)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": ""}, "Escriba por qué se retira la meta."),
        ({"baseline": 40}, "Solo un acta retira una meta, y lo retirado no lleva línea de base."),
        (
            {"source": "plan_text", "agreement": None},
            "Solo un acta retira una meta, y lo retirado no lleva línea de base.",
        ),
    ],
)
def test_a_row_that_withdraws_has_an_acta_and_a_reason_and_no_baseline(world, fields, sentence):
    base = {"indicator": world.indicator, "scope": "whole_plan", "agreement": world.agreement, "reason": WHY}
    row = Target(**base | fields)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert refused.value.messages == [sentence]
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


# Twice, two people


def test_pressing_twice_withdraws_once(acta, target, desk):
    data = typed(acta, target)
    desk.post(address(acta), data)
    response = desk.post(address(acta), data)
    assert response.context["form"].non_field_errors() == [
        "Una meta que marcó para retirar ya no está vigente: revise lo vigente."
    ]
    assert Target.objects.filter(value=None).count() == 1


def test_the_act_done_twice_writes_once(world, acta, target):
    seen = sheet(acta).seen
    goals = [Goal.withdrawing(target, WHY)]
    assert len(set_targets(sheet(acta), goals, seen=seen, by=world.reviewer)) == 1
    assert set_targets(sheet(acta), goals, seen=seen, by=world.reviewer2) == []


def test_of_two_at_once_the_second_is_told(world, acta, target):
    seen = sheet(acta).seen
    set_targets(
        sheet(acta), [Goal(world.indicator, Decimal(80), TargetScope.YEAR, 2016)], seen=seen, by=world.reviewer2
    )
    with pytest.raises(StaleSheetError):
        set_targets(sheet(acta), [Goal.withdrawing(target, WHY)], seen=seen, by=world.reviewer)


# What follows


def test_figures_change_from_the_actas_date_and_its_recording_on_and_never_before(world, acta, target):
    world.period.due_on = timezone.localdate() - timedelta(2)
    world.period.save()
    then, cut_off = timezone.now(), date(2016, 12, 31)
    before = compliance(world.plan, cut_off, then)
    earlier = compliance(world.plan, date(2016, 6, 19), then)
    withdraw(world, acta, target)
    now = timezone.now()
    assert compliance(world.plan, cut_off, then) == before
    assert compliance(world.plan, date(2016, 6, 19), now).verified.value == earlier.verified.value
    assert compliance(world.plan, date(2016, 6, 19), now).indicator("1.1.1.I1").has_target
    after = compliance(world.plan, cut_off, now).indicator("1.1.1.I1")
    assert (before.indicator("1.1.1.I1").verified.raw, before.indicator("1.1.1.I1").has_target) == (Fraction(0), True)
    assert (after.verified.score_text, after.has_target) == ("Sin meta acordada", False)


def test_the_indicator_is_again_in_the_list_of_those_without_meta(world, acta, target):
    assert world.indicator not in indicators_without_target(world.plan)
    withdraw(world, acta, target)
    assert world.indicator in indicators_without_target(world.plan)


def test_the_form_of_a_report_says_that_there_is_no_meta(world, acta, target):
    withdraw(world, acta, target)
    assert entry_context(world.draft()).targets[world.indicator.pk] == []


def test_the_history_tells_who_set_it_who_withdrew_it_and_why(world, acta, target, desk):
    withdraw(world, acta, target)
    page = text_of(desk.get(reverse("indicators:agreed_history", args=["1.1.1"])))
    assert "Se retira la meta 120 de 2016, que fijó el Acta N.º\u00a01" in page
    assert "Retirada por Acta N.º\u00a09, 20-06-2016" in page
    assert WHY in page


def test_the_acta_and_the_list_of_actas_count_what_was_withdrawn(world, acta, target, desk):
    withdraw(world, acta, target)
    page = text_of(desk.get(reverse("indicators:agreement", args=[acta.pk])))
    assert "Metas que se retiran" in page
    assert WHY in page
    assert "meta retirada" in text_of(desk.get("/actas/"))


def test_the_ficha_of_the_action_says_sin_meta_acordada_from_the_actas_date_on(world, acta, target, desk):
    withdraw(world, acta, target)
    pages = [text_of(desk.get("/plan/acciones/1.1.1/", {"corte": day})) for day in ("2016-06-19", "2016-06-20")]
    assert ["Sin meta acordada" in page for page in pages] == [False, True]
