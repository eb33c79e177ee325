"""Metas of a whole eje under an acta: written all or none, never in place; what is wrong is told at its cell."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.agreements.errors import StaleSheetError
from indicators.agreements.targets import Goal, TargetSheet, set_targets
from indicators.entry_context import entry_context
from indicators.enums import Direction, Entry, IndicatorKind, TargetScope
from indicators.models import Indicator, Target
from indicators.queries.in_force import targets_in_force
from indicators.tests.world import World, enter, text_of
from plan.enums import Verb
from plan.models import Agreement, AuditEntry, Axis


@pytest.fixture
def acta(world) -> Agreement:
    return Agreement.objects.create(plan=world.plan, number=9, agreed_on=date(2015, 10, 22))


@pytest.fixture
def desk(world):
    return enter(world.reviewer)


def address(acta: Agreement, number: int = 1) -> str:
    return reverse("indicators:agreed_targets", args=[acta.pk, number])


def sheet(acta: Agreement) -> TargetSheet:
    return TargetSheet(acta, Axis.objects.get(number=1))


def typed(acta: Agreement, *lines: tuple, reason: str = "", **more) -> dict:
    """What the page posts: lines of (indicator, value, scope) with other fields by name."""
    data = {"seen": sheet(acta).seen, "reason": reason, **more}
    numbers: dict[int, int] = {}
    for indicator, value, scope, *others in lines:
        number = numbers.setdefault(indicator.pk, 0)
        numbers[indicator.pk] += 1
        prefix = f"i{indicator.pk}-{number}"
        data |= {f"{prefix}-value": value, f"{prefix}-scope": scope}
        data |= {f"{prefix}-{name}": text for name, text in dict(*others).items()}
    return data | {f"i{pk}-lines": count for pk, count in numbers.items()}


def agreed(indicator: Indicator) -> list[tuple]:
    rows = indicator.targets.order_by("pk")
    return [(row.value.normalize(), row.scope, row.year, row.due_on) for row in rows]


def errors(response) -> dict[str, list[str]]:
    """By field of the grid."""
    rows = response.context["form"].rows
    return {f"{line.prefix}-{name}": told for row in rows for line in row.lines for name, told in line.errors.items()}


# What is written


def test_metas_of_several_indicators_are_entered_at_once_under_their_acta(world, acta, desk):
    ratio = world.new_indicator(IndicatorKind.RATIO)
    total = world.new_indicator(entry=Entry.RUNNING_TOTAL)
    data = typed(
        acta,
        (world.indicator, "1.234", "2016"),
        (world.indicator, "1500", "2017"),
        (ratio, "62,5 %", "whole_plan"),
        (total, "40", "cumulative", {"due_on": "2017-12-31", "reason": "Acuerdo 3"}),
        reason="Acuerdo 2",
    )
    assert desk.post(address(acta), data).url == address(acta)
    assert agreed(world.indicator) == [(1234, "year", 2016, None), (1500, "year", 2017, None)]
    assert agreed(ratio) == [(Decimal("0.625"), "whole_plan", None, None)]
    assert agreed(total) == [(40, "cumulative", None, date(2017, 12, 31))]
    assert [row.reason for row in Target.objects.order_by("pk")] == ["Acuerdo 2", "Acuerdo 2", "Acuerdo 2", "Acuerdo 3"]
    assert {row.agreement for row in Target.objects.all()} == {acta}


def test_each_meta_has_its_entry_in_the_log(world, acta, desk):
    desk.post(address(acta), typed(acta, (world.indicator, "120", "2016")))
    entry = AuditEntry.objects.get(object_type="indicators.target")
    row = Target.objects.get()
    assert (entry.object_id, entry.verb, entry.user, entry.data) == (
        str(row.pk),
        Verb.CREATED,
        world.reviewer,
        {"agreement": acta.pk},
    )


def test_a_partial_meta_is_of_a_region_or_of_an_institution(world, acta, desk):
    north = world.region("XV", "Arica y Parinacota")
    lines = [
        (world.indicator, "10", "2016", {"place": f"r{north.pk}"}),
        (world.indicator, "20", "2016", {"place": f"i{world.x.pk}"}),
    ]
    desk.post(address(acta), typed(acta, *lines))
    assert [(row.region, row.institution) for row in Target.objects.order_by("pk")] == [(north, None), (None, world.x)]


def test_a_product_takes_a_date_and_no_value(world, acta, desk):
    product = world.new_indicator(IndicatorKind.PRODUCT, stage="prepared")
    data = {"seen": sheet(acta).seen, f"i{product.pk}-lines": 1, f"i{product.pk}-0-scope": "cumulative"}
    desk.post(address(acta), data | {f"i{product.pk}-0-due_on": "2016-06-30"})
    assert agreed(product) == [(1, "cumulative", None, date(2016, 6, 30))]


def test_a_descending_meta_takes_its_baseline(world, acta, desk):
    falling = world.new_indicator(direction=Direction.DESCENDING)
    desk.post(address(acta), typed(acta, (falling, "10", "2016", {"baseline": "40"})))
    assert (Target.objects.get().value, Target.objects.get().baseline) == (10, 40)


def test_a_changed_meta_is_a_new_row_and_the_older_one_stays(world, acta, desk):
    old = Target.objects.create(
        indicator=world.indicator, value=100, scope="year", year=2016, agreement=world.agreement
    )
    desk.post(address(acta), typed(acta, (world.indicator, "120", "2016"), reason="La dotación creció"))
    old.refresh_from_db()
    assert (old.value, Target.objects.count()) == (100, 2)
    assert [row.value for row in targets_in_force(world.plan, [world.indicator])[world.indicator.pk]] == [120]


def test_the_form_of_a_report_shows_only_the_meta_in_force(world, acta, desk):
    Target.objects.create(indicator=world.indicator, value=100, scope="year", year=2016, agreement=world.agreement)
    desk.post(address(acta), typed(acta, (world.indicator, "120", "2016"), reason="La dotación creció"))
    assert [row.value for row in entry_context(world.draft()).targets[world.indicator.pk]] == [120]


# What is refused


@pytest.mark.parametrize(
    ("value", "scope", "more", "field", "sentence"),
    [
        ("", "2016", {}, "value", "Falta el valor."),
        ("doce", "2016", {}, "value", "Escriba un número entero, sin letras ni decimales."),
        ("12,5", "2016", {}, "value", "Escriba un número entero, sin letras ni decimales."),
        ("0", "2016", {}, "value", "Una meta que se alcanza subiendo es mayor que 0."),
        ("9" * 40, "2016", {}, "value", "El valor es demasiado grande: revise si sobra alguna cifra."),
        ("5", "", {}, "scope", "Elija el alcance."),
        ("5", "2031", {}, "scope", "Este indicador no tiene ese alcance."),
        ("5", "cumulative", {}, "due_on", "Falta la fecha."),
        ("5", "cumulative", {"due_on": "2031-01-01"}, "due_on", "Elija una fecha del plan, entre 2015 y 2018."),
        ("5", "cumulative", {"due_on": "mañana"}, "due_on", "Escriba la fecha como dd-mm-aaaa."),
        ("5", "whole_plan", {"due_on": "2016-01-01"}, "due_on", "Solo una meta acumulada lleva fecha."),
        (
            "5",
            "2016",
            {"place": "i999999"},
            "place",
            "Escoja una opción válida. i999999 no es una de las opciones disponibles.",
        ),
        ("5", "2016", {"reason": "a\0b"}, "reason", "Los caracteres nulos no están permitidos."),
        (
            "5",
            "2016",
            {"reason": "ñ" * 301},
            "reason",
            "Asegúrese de que este valor tenga menos de 300 caracteres (tiene 301).",
        ),
    ],
)
def test_a_wrong_cell_is_told_where_it_is(world, acta, desk, value, scope, more, field, sentence):
    response = desk.post(address(acta), typed(acta, (world.indicator, value, scope, more)))
    assert response.status_code == 422
    assert errors(response) == {f"i{world.indicator.pk}-0-{field}": [sentence]}
    assert Target.objects.count() == 0


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("0,6", "¿0,6 % o 60 %? Escriba el porcentaje con su signo."),
        ("1", "¿1 % o 100 %? Escriba el porcentaje con su signo."),
        ("60.5", "Escriba el porcentaje, con coma si lleva decimales: 60 % o 62,5 %."),
        ("101 %", "No puede pasar de 100 %: el numerador es parte del denominador."),
    ],
)
def test_a_percentage_is_written_as_one(world, acta, desk, value, sentence):
    ratio = world.new_indicator(IndicatorKind.RATIO)
    response = desk.post(address(acta), typed(acta, (ratio, value, "2016")))
    assert errors(response) == {f"i{ratio.pk}-0-value": [sentence]}


@pytest.mark.parametrize(
    ("value", "share"), [("60", "0.6"), ("60 %", "0.6"), ("60%", "0.6"), ("0,6 %", "0.006"), ("12,3456 %", "0.123456")]
)
def test_a_percentage_is_kept_as_a_fraction_of_one(world, acta, desk, value, share):
    ratio = world.new_indicator(IndicatorKind.RATIO)
    desk.post(address(acta), typed(acta, (ratio, value, "2016")))
    assert Target.objects.get().value == Decimal(share)


@pytest.mark.parametrize("baseline", ["", "10", "5"])
def test_a_baseline_is_above_the_meta_that_descends_from_it(world, acta, desk, baseline):
    falling = world.new_indicator(direction=Direction.DESCENDING)
    response = desk.post(address(acta), typed(acta, (falling, "10", "2016", {"baseline": baseline})))
    assert errors(response) == {f"i{falling.pk}-0-baseline": ["Escriba la línea de base, mayor que la meta."]}


def test_a_running_total_takes_no_meta_of_a_year(world, acta, desk):
    total = world.new_indicator(entry=Entry.RUNNING_TOTAL)
    response = desk.post(address(acta), typed(acta, (total, "5", "2016")))
    assert errors(response) == {f"i{total.pk}-0-scope": ["Este indicador no tiene ese alcance."]}


def test_a_count_of_a_year_takes_metas_of_its_years_only(world, acta, desk):
    yearly = world.new_indicator(IndicatorKind.YEAR_COUNT, years=[2016])
    response = desk.post(address(acta), typed(acta, (yearly, "5", "2017"), (yearly, "5", "whole_plan")))
    assert set(errors(response)) == {f"i{yearly.pk}-0-scope", f"i{yearly.pk}-1-scope"}


def test_an_indicator_has_one_scope_at_a_time(world, acta, desk):
    response = desk.post(
        address(acta), typed(acta, (world.indicator, "5", "2016"), (world.indicator, "9", "whole_plan"))
    )
    sentence = "Un indicador tiene un solo alcance: de años, acumulada o de todo el plan."
    assert errors(response) == {f"i{world.indicator.pk}-1-scope": [sentence]}


def test_the_same_meta_is_not_typed_twice(world, acta, desk):
    response = desk.post(address(acta), typed(acta, (world.indicator, "5", "2016"), (world.indicator, "9", "2016")))
    assert errors(response) == {f"i{world.indicator.pk}-1-scope": ["Esta meta está dos veces."]}


@pytest.mark.parametrize("scope", ["2016", "whole_plan"])
def test_what_replaces_a_meta_in_force_says_why(world, acta, desk, scope):
    """Of the same window, or of another scope, which replaces every meta of the indicator."""
    Target.objects.create(indicator=world.indicator, value=9, scope="year", year=2016, agreement=world.agreement)
    response = desk.post(address(acta), typed(acta, (world.indicator, "5", scope)))
    assert errors(response) == {f"i{world.indicator.pk}-0-reason": ["Escriba el fundamento: reemplaza algo vigente."]}
    assert Target.objects.count() == 1


def test_one_wrong_cell_keeps_all_the_others_from_being_written_and_in_the_page(world, acta, desk):
    ratio = world.new_indicator(IndicatorKind.RATIO)
    lines = ((world.indicator, "120", "2016"), (ratio, "mucho", "2016"))
    response = desk.post(address(acta), typed(acta, *lines))
    assert Target.objects.count() == 0
    page = text_of(response)
    assert "Hay 1 celda por corregir" in page
    assert 'value="120"' in page
    assert 'value="mucho"' in page


def test_an_empty_grid_says_so(world, acta, desk):
    response = desk.post(address(acta), typed(acta))
    assert response.context["form"].non_field_errors() == ["No escribió ninguna meta."]


# More lines, twice, two people


def test_another_line_keeps_what_was_typed_and_judges_nothing(world, acta, desk):
    data = typed(acta, (world.indicator, "doce", "2016"), more=world.indicator.pk)
    response = desk.post(address(acta), data)
    row = next(row for row in response.context["form"].rows if row.indicator == world.indicator)
    assert (response.status_code, len(row.lines)) == (200, 2)
    assert 'value="doce"' in text_of(response)
    assert errors(response) == {}


def test_pressing_twice_writes_once(world, acta, desk):
    data = typed(acta, (world.indicator, "120", "2016"))
    desk.post(address(acta), data)
    again = desk.post(address(acta), data, follow=True)
    assert Target.objects.count() == 1
    assert "Ya estaba registrado así en esta acta" in text_of(again)


def test_of_two_at_once_the_second_is_told_and_saves_knowingly(world, acta, desk):
    data = typed(acta, (world.indicator, "120", "2016"))
    other = world.new_indicator()
    set_targets(sheet(acta), [Goal(other, Decimal(5), TargetScope.WHOLE_PLAN)], seen=data["seen"], by=world.reviewer2)
    response = desk.post(address(acta), data)
    assert StaleSheetError().message in text_of(response)
    data["seen"] = response.context["form"]["seen"].value()
    assert desk.post(address(acta), data).status_code == 302
    assert Target.objects.count() == 2


# Which indicators, and who


def test_a_product_of_each_year_is_dated_elsewhere(world, acta, desk):
    world.new_indicator(IndicatorKind.YEARLY_PRODUCT, years=[2015])
    assert "su fecha se acuerda en" in text_of(desk.get(address(acta)))


def test_indicators_of_a_suppressed_action_are_not_asked(world, acta, desk):
    world.suppress(world.action, effective_on=date(2015, 6, 1))
    assert desk.get(address(acta)).context["form"].rows == []


def test_an_acta_of_a_subcommission_sets_metas_of_its_own_eje_only(world, desk):
    world.new_action("2.1.1", world.y)
    body = Axis.objects.get(number=1).subcommission
    own = Agreement.objects.create(
        plan=world.plan, number=1, agreed_on=date(2016, 1, 1), body="subcommission", subcommission=body
    )
    assert [desk.get(address(own, number)).status_code for number in (1, 2, 7)] == [200, 404, 404]


@pytest.mark.parametrize("name", ["executive", "coordinator", "focal", "observer", "administrator"])
def test_only_the_technical_secretariat_enters_metas(world, acta, name):
    browser = enter(getattr(world, name))
    assert browser.get(address(acta)).status_code == 404
    assert browser.post(address(acta), typed(acta, (world.indicator, "5", "2016"))).status_code == 404
    assert Target.objects.count() == 0


@pytest.mark.parametrize("amount", [1, 25])
def test_the_grid_takes_at_most_15_queries(world: World, acta, desk, amount, django_assert_max_num_queries):
    for _ in range(amount):
        Target.objects.create(indicator=world.new_indicator(), value=5, scope="whole_plan", agreement=acta)
    desk.get(address(acta))  # renews the session
    with django_assert_max_num_queries(15):
        desk.get(address(acta))
