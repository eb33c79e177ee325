"""Modificaciones of the plan's texts, the history of an action, and the indicators that have no meta."""

from datetime import date

import pytest
from django.urls import reverse

from indicators.enums import IndicatorKind
from indicators.models import Target
from indicators.queries import compliance
from indicators.tests.world import enter, text_of
from plan.enums import AmendmentDecision, Verb
from plan.models import Agreement, Amendment, AuditEntry, Subcommission

DAY = "2016-01-01"


@pytest.fixture
def acta(world) -> Agreement:
    return Agreement.objects.create(plan=world.plan, number=9, agreed_on=date(2015, 10, 22))


@pytest.fixture
def desk(world):
    return enter(world.reviewer)


def address(acta: Agreement) -> str:
    return reverse("indicators:amendments", args=[acta.pk])


def decide(desk, acta, codigo, decision, effective_on=DAY, new_text=""):
    typed = {"codigo": codigo, "decision": decision, "effective_on": effective_on, "new_text": new_text}
    return desk.post(address(acta), typed)


def texts() -> list[tuple]:
    return list(Amendment.objects.values_list("object_reference", "decision", "old_text", "new_text"))


# Modificaciones


def test_a_changed_text_is_kept_beside_the_one_it_replaces(world, acta, desk):
    assert decide(desk, acta, "1.1.1", "modify", new_text="Acción ampliada").status_code == 302
    assert texts() == [("1.1.1", "modify", "Acción 1.1.1", "Acción ampliada")]
    assert AuditEntry.objects.get(object_type="plan.amendment").verb == Verb.CREATED
    assert compliance(world.plan, date(2016, 12, 31)).action("1.1.1").text == "Acción ampliada"


def test_the_text_replaced_is_the_one_in_force_that_day(world, acta, desk):
    decide(desk, acta, "1.1.1", "modify", new_text="Primera")
    decide(desk, acta, "1.1.1", "modify", effective_on="2017-01-01", new_text="Segunda")
    assert texts()[1] == ("1.1.1", "modify", "Primera", "Segunda")


@pytest.mark.parametrize("codigo", ["1", "1.1", "1.1.1.I1", "1.1.1.M1", " 1.1.1.i1 "])
def test_every_kind_of_line_is_found_by_its_code(world, acta, desk, codigo):
    assert decide(desk, acta, codigo, "modify", new_text="Texto nuevo").status_code == 302
    assert Amendment.objects.get().object_reference == codigo.strip().upper()


@pytest.mark.parametrize("codigo", ["", "9.9.9", "1.1.1.X1", "../etc", "1.1.1\0", "1.1.1.I1.I2", "ñ", "1" * 30])
def test_a_code_of_no_line_is_told_at_its_field(world, acta, desk, codigo):
    response = decide(desk, acta, codigo, "keep")
    assert list(response.context["chosen"].errors) == ["codigo"]
    assert texts() == []


@pytest.mark.parametrize(
    ("decision", "day", "text", "field"),
    [
        ("modify", DAY, "", "new_text"),
        ("modify", DAY, "Acción 1.1.1", "new_text"),
        ("add", DAY, "Acción 1.1.1", "decision"),
        ("", DAY, "", "decision"),
        ("keep", "2031-01-01", "", "effective_on"),
        ("keep", "", "", "effective_on"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(world, acta, desk, decision, day, text, field):
    response = decide(desk, acta, "1.1.1", decision, day, text)
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["new_text"].value() == text
    assert texts() == []


@pytest.mark.parametrize("decision", ["keep", "modify", "suppress"])
def test_a_suppressed_line_can_only_be_added_again_with_its_text(world, acta, desk, decision):
    world.suppress(world.action)
    response = decide(desk, acta, "1.1.1", decision, "2017-01-01", "Otra")
    assert response.context["form"].errors == {"decision": ["1.1.1 no rige el 01-01-2017."]}
    assert decide(desk, acta, "1.1.1", "add", "2017-01-01", "De nuevo").status_code == 302


def test_who_names_a_line_that_the_plan_lacks_is_shown_where_to_add_it(world, acta, desk):
    response = decide(desk, acta, "1.1.7", "add", new_text="Nueva")
    sentence = "El plan no tiene este código. Si es nuevo, use «Agregar al plan»."
    assert response.context["chosen"].errors == {"codigo": [sentence]}
    assert reverse("indicators:additions", args=[acta.pk]) in text_of(response)
    assert texts() == []


def test_pressing_twice_enters_one_modification(world, acta, desk):
    for _ in range(2):
        assert decide(desk, acta, "1.1.1", "suppress").status_code == 302
    assert texts() == [("1.1.1", "suppress", "Acción 1.1.1", "")]


def test_an_acta_of_a_subcommission_changes_its_own_eje_only(world, desk):
    world.new_action("2.1.1", world.y)
    body = Subcommission.objects.get(axis__number=1)
    own = Agreement.objects.create(
        plan=world.plan, number=1, agreed_on=date(2015, 6, 1), body="subcommission", subcommission=body
    )
    response = decide(desk, own, "2.1.1", "suppress")
    assert response.context["chosen"].errors == {"codigo": ["Esta acta es de la subcomisión del eje 1."]}


def test_an_addition_never_takes_a_line_out_of_the_years_before_it(world, acta, desk):
    before = compliance(world.plan, date(2016, 12, 31)).states
    decide(desk, acta, "1.1.1", AmendmentDecision.ADD, "2017-01-01", "Acción 1.1.1")
    assert compliance(world.plan, date(2016, 12, 31)).states == before


# Historia


def history(code: str = "1.1.1") -> str:
    return reverse("indicators:agreed_history", args=[code])


def lines(response) -> dict[str, list[tuple]]:
    chapters = response.context["chapters"]
    return {c.title: [(line.subject, line.what, line.is_in_force) for line in c.lines] for c in chapters}


@pytest.fixture
def told(world, acta, desk):
    """An action whose meta was changed and whose responsable was ended by hand."""
    Target.objects.create(indicator=world.indicator, value=100, scope="year", year=2016, agreement=world.agreement)
    metas = reverse("indicators:agreed_targets", args=[acta.pk, 1])
    seen = desk.get(metas).context["form"]["seen"].value()
    key = f"i{world.indicator.pk}"
    cells = {f"{key}-lines": 1, f"{key}-0-value": "120", f"{key}-0-scope": "2016"}
    desk.post(metas, {"seen": seen, "reason": "La dotación creció"} | cells)
    duties = reverse("indicators:agreed_duties", args=[acta.pk, 1])
    page = desk.get(duties).context["form"]
    cells = {name: page[name].value() for name in page.cells} | {f"a{world.action.pk}-{world.x.pk}": ""}
    desk.post(duties, {"seen": page["seen"].value(), "since": "2015-10-22", "reason": "Cambió de manos"} | cells)


def test_the_history_tells_all_that_was_ever_agreed_and_what_of_it_rules(world, desk, told):
    seen = lines(desk.get(history()))
    assert seen["Metas"] == [("1.1.1.I1", "100 de 2016", False), ("1.1.1.I1", "120 de 2016", True)]
    assert seen["Responsables y colaboradoras"] == [
        ("Dirección del Trabajo", "Responsable", False),
        ("Dirección del Trabajo", "Término el 21-10-2015", True),
    ]


def test_the_history_says_who_entered_it_and_why_to_the_secretarias_only(world, told):
    words = {name: text_of(enter(getattr(world, name)).get(history())) for name in ("executive", "coordinator")}
    assert all("La dotación creció" in page and "Cambió de manos" in page for page in words.values())
    assert [world.reviewer.full_name in page for page in words.values()] == [True, False]


def test_a_coordination_has_no_link_to_an_acta_of_another_subcommission(world, acta):
    other = Subcommission.objects.get(axis__number=2)
    Agreement.objects.filter(pk=acta.pk).update(body="subcommission", subcommission=other)
    Target.objects.create(indicator=world.indicator, value=5, scope="whole_plan", agreement=acta)
    page = text_of(enter(world.coordinator).get(history()))
    assert "Acta N.º\u00a09" in page
    assert reverse("indicators:agreement", args=[acta.pk]) not in page


def test_the_ficha_leads_to_the_history_of_its_action(world):
    ficha = reverse("reports:action", args=["1.1.1"])
    assert [history() in text_of(enter(person).get(ficha)) for person in (world.executive, world.focal)] == [
        True,
        False,
    ]


@pytest.mark.parametrize(("name", "code", "status"), [("reviewer", "9.9.9", 404), ("focal", "1.1.1", 404)])
def test_there_is_no_history_of_what_is_not_there_nor_for_others(world, name, code, status):
    assert enter(getattr(world, name)).get(history(code)).status_code == status


# Sin meta acordada


def listed(response) -> list[str]:
    return [row.reference for gap in response.context["gaps"] for row in gap.indicators]


def test_the_list_of_those_without_meta_is_what_the_arithmetic_calls_so(world, desk):
    world.new_indicator(IndicatorKind.PRODUCT, stage="prepared")
    with_target = world.new_indicator()
    Target.objects.create(indicator=with_target, value=5, scope="whole_plan", agreement=world.agreement)
    other = world.new_action("2.1.1", world.y)
    world.new_indicator(action=other)
    world.suppress(world.new_action("1.1.2", world.x))
    response = desk.get("/actas/sin-meta/")
    told = compliance(world.plan, world.plan.ends_on).iter_indicators()
    assert listed(response) == [row.reference for row in told if not row.has_target] == ["1.1.1.I1", "2.1.1.I1"]
    assert response.context["count"] == 2


def test_an_indicator_of_a_suppressed_action_is_not_missing_a_meta(world, desk):
    world.suppress(world.action)
    assert listed(desk.get("/actas/sin-meta/")) == []


def test_the_list_leads_to_the_grid_of_the_newest_acta(world, acta, desk):
    grid = reverse("indicators:agreed_targets", args=[acta.pk, 1])
    assert [grid in text_of(enter(p).get("/actas/sin-meta/")) for p in (world.reviewer, world.executive)] == [
        True,
        False,
    ]
