"""What an acta adds to the plan: typed in two steps, in the plan from its day on, taken back by a later «suprimir»."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import workflow
from indicators.agreements.sheets import Sheet
from indicators.agreements.targets import TargetSheet
from indicators.asked import asked_duty
from indicators.entry_context import entry_context
from indicators.enums import ReportState, Verdict
from indicators.models import ActionWeight, Indicator, MeansOfVerification, Universe
from indicators.plan_file import dump
from indicators.queries import compliance
from indicators.rounds import rounds_of
from indicators.tests.builders import as_outlined
from indicators.tests.world import World, enter, text_of
from plan.enums import Verb
from plan.models import Action, Agreement, Amendment, AuditEntry, Axis, Objective, Plan, Subcommission

DAY = "2017-01-01"


@pytest.fixture
def acta(world) -> Agreement:
    return Agreement.objects.create(plan=world.plan, number=9, agreed_on=date(2016, 10, 22))


@pytest.fixture
def desk(world):
    return enter(world.reviewer)


def address(acta: Agreement) -> str:
    return reverse("indicators:additions", args=[acta.pk])


def put(desk, acta, que, bajo, **fields):
    """Post the second step, with the code that the page proposes unless told otherwise."""
    page = desk.get(address(acta), {"que": que, "bajo": bajo})
    proposed = page.context["form"]["code"].value() if page.context["form"] else ""
    typed = {"que": que, "bajo": bajo, "code": proposed, "effective_on": DAY, "text": "Texto nuevo"} | fields
    return desk.post(address(acta), typed)


def entered() -> list[tuple]:
    return list(Amendment.objects.values_list("object_kind", "object_reference", "decision", "new_text"))


# The two steps


def test_an_action_takes_the_next_free_code_and_its_place_after_the_others(world, acta, desk):
    response = put(desk, acta, "action", "1.1", narrative_text="Con otras palabras")
    assert response.url == f"{address(acta)}?bajo=1.1.2"
    action = Action.objects.get(code="1.1.2")
    assert (action.text, action.narrative_text, action.position) == ("Texto nuevo", "Con otras palabras", 2)
    assert entered() == [("action", "1.1.2", "add", "Texto nuevo")]


def test_the_log_has_the_line_and_its_modification_in_the_same_act(world, acta, desk):
    put(desk, acta, "action", "1.1")
    entries = AuditEntry.objects.filter(object_type__in=("plan.action", "plan.amendment"), verb=Verb.CREATED)
    assert {(e.object_type, e.data["agreement"]) for e in entries} == {
        ("plan.action", acta.pk),
        ("plan.amendment", acta.pk),
    }


def test_an_objetivo_goes_under_its_eje_and_an_action_under_it(world, acta, desk):
    assert put(desk, acta, "objective", "1").url.endswith("?bajo=1.2")
    assert put(desk, acta, "action", "1.2").url.endswith("?bajo=1.2.1")
    assert Objective.objects.get(code="1.2").actions.get().code == "1.2.1"
    states = compliance(world.plan, date(2017, 12, 31)).states
    assert states.sentence == "2 = 1 vigente + 0 suprimidas + 1 agregada"


def test_a_medio_proves_the_indicators_that_were_marked(world, acta, desk):
    marked = {"proves": [world.indicator.pk], "owed_by": "any", "recurrence": "per_year", "reserved": "on"}
    assert put(desk, acta, "means", "1.1.1", **marked).url.endswith("?bajo=1.1.1")
    means = MeansOfVerification.objects.get(number=2)
    assert (means.owed_by, means.recurrence, means.reserved, means.lists_people) == ("any", "per_year", True, False)
    assert list(means.indicators.all()) == [world.indicator]


KINDS = {
    "count": {"unit_label": "cursos", "entry": "increment", "cell_aggregation": "sum", "direction": "ascending"},
    "ratio": {
        "numerator_label": "Casos con respuesta",
        "denominator_label": "Casos",
        "numerator_aggregation": "flow",
        "denominator_aggregation": "flow",
        "bounded": "on",
        "breakdown": "region",
        "direction": "ascending",
    },
    "product": {"stage": "validated", "needed_from": "all", "named_count_label": "brechas"},
    "yearly_product": {"years": ["2017", "2018"], "needed_from": "any"},
    "year_count": {"unit_label": "visitas", "years": ["2018"], "cell_aggregation": "sum", "direction": "ascending"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_indicator_keeps_what_its_kind_asks(world, acta, desk, kind):
    assert put(desk, acta, kind, "1.1.1", **KINDS[kind]).status_code == 302
    made = Indicator.objects.get(number=2)
    assert made.kind == kind
    told = {name: getattr(made, name) for name in KINDS[kind]}
    assert told == {
        name: [int(year) for year in value] if name == "years" else True if value == "on" else value
        for name, value in KINDS[kind].items()
    }


def test_an_indicator_added_between_two_periods_has_a_page_and_a_series_from_then_on(world, acta, desk):
    world.new_period(date(2017, 1, 1), date(2017, 6, 30))
    put(desk, acta, "count", "1.1.1", **KINDS["count"])
    for name, reference in (("action", "1.1.1"), ("indicator", "1.1.1.I2")):
        page = desk.get(reverse(f"reports:{name}", args=[reference]), {"corte": "2017-06-30"})
        assert "Texto nuevo" in text_of(page)
        assert page.status_code == 200


def test_going_on_without_having_chosen_is_told_at_both_fields(world, acta, desk):
    page = desk.get(address(acta), {"bajo": "", "continuar": "1"})
    assert page.context["what"].errors.keys() == {"que", "bajo"}
    assert not desk.get(address(acta), {"bajo": "1.1.1"}).context["what"].errors


def test_each_kind_asks_only_its_own_questions(world, acta, desk):
    page = desk.get(address(acta), {"que": "product", "bajo": "1.1.1"}).context["form"]
    assert list(page.fields) == ["effective_on", "code", "text", "stage", "needed_from", "named_count_label"]


@pytest.mark.parametrize(
    ("que", "bajo", "fields", "wrong", "sentence"),
    [
        ("action", "1.1", {"text": ""}, "text", "Escriba el texto."),
        ("action", "1.1", {"code": "1.1.1"}, "code", "El código 1.1.1 ya se usó; el siguiente libre es 1.1.2."),
        ("action", "1.1", {"code": "2.1.7"}, "code", "Bajo 1.1 va un código como 1.1.2."),
        (
            "action",
            "1.1",
            {"effective_on": "2031-01-01"},
            "effective_on",
            "Elija una fecha del plan, entre 2015 y 2018.",
        ),
        ("yearly_product", "1.1.1", {"years": ["2016"]}, "years", "Los años van desde el que rige, 2017."),
        ("yearly_product", "1.1.1", {}, "years", "Elija al menos un año."),
        ("count", "1.1.1", {"lists_names": "on"}, "lists_names", "Una lista de nombres se informa como acumulado."),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_nothing_is_lost(
    world, acta, desk, que, bajo, fields, wrong, sentence
):
    response = put(desk, acta, que, bajo, **{"text": "Lo escrito"} | KINDS.get(que, {}) | {"years": []} | fields)
    form = response.context["form"]
    assert (response.status_code, form.errors) == (422, {wrong: [sentence]})
    assert fields.get("text", "Lo escrito") == form["text"].value()
    assert entered() == []


def test_a_denominator_lent_by_a_universe_is_a_stock(world, acta, desk):
    universe = Universe.objects.create(code="dotacion", name="Dotación")
    form = put(desk, acta, "ratio", "1.1.1", **KINDS["ratio"], universe=universe.pk).context["form"]
    assert form.errors == {"denominator_aggregation": ["El denominador dado es una existencia (stock)."]}


@pytest.mark.parametrize(
    ("que", "bajo", "sentence"),
    [
        ("action", "1.1.1", "Se agrega a un objetivo, con un código como 1.2."),
        ("count", "1.1", "Se agrega a una acción, con un código como 1.2.3."),
        ("action", "9.9", "El plan no tiene este código."),
        ("action", "", "Escriba el código."),
    ],
)
def test_the_first_step_says_to_what_each_thing_is_added(world, acta, desk, que, bajo, sentence):
    response = desk.get(address(acta), {"que": que, "bajo": bajo})
    assert response.context["what"].errors == {"bajo": [sentence]}
    assert response.context["form"] is None


def test_an_acta_of_a_subcommission_adds_to_its_own_eje_only(world, desk):
    world.new_action("2.1.1", world.y)
    body = Subcommission.objects.get(axis__number=1)
    own = {"body": "subcommission", "subcommission": body}
    acta = Agreement.objects.create(plan=world.plan, number=1, agreed_on=date(2015, 6, 1), **own)
    what = desk.get(address(acta), {"que": "action", "bajo": "2.1"}).context["what"]
    assert what.errors == {"bajo": ["Esta acta es de la subcomisión del eje 1."]}


def test_nothing_is_added_to_what_is_not_in_the_plan_that_day(world, acta, desk):
    put(desk, acta, "action", "1.1")
    form = put(desk, acta, "means", "1.1.2", owed_by="each", recurrence="once", effective_on="2016-12-31").context[
        "form"
    ]
    assert form.errors == {"effective_on": ["Acción 1.1.2 no rige el 31-12-2016."]}


def test_pressing_twice_adds_one_line(world, acta, desk):
    for _ in range(2):
        assert put(desk, acta, "action", "1.1", code="1.1.2").status_code == 302
    assert entered() == [("action", "1.1.2", "add", "Texto nuevo")]


def test_a_code_that_an_acta_ever_named_is_not_proposed_again(world, acta, desk):
    fields = {"object_kind": "action", "decision": "add", "new_text": "Solo el texto"}
    Amendment.objects.create(agreement=acta, effective_on=date(2015, 5, 1), object_reference="1.1.2", **fields)
    page = desk.get(address(acta), {"que": "action", "bajo": "1.1"})
    assert page.context["form"]["code"].value() == "1.1.3"


def test_who_adds_an_action_to_a_weighted_eje_is_told_what_that_does(world, acta, desk):
    ActionWeight.objects.create(action=world.action, value=2, agreement=world.agreement)
    put(desk, acta, "action", "1.1")
    assert "todas pesan lo mismo" in text_of(desk.get(address(acta)))


# In the plan from its day on


@pytest.fixture
def grown(world: World, acta, desk) -> World:
    """1.1.2 of Carabineros, with an indicator and a medio, from 2017 on."""
    put(desk, acta, "action", "1.1")
    put(desk, acta, "count", "1.1.2", **KINDS["count"])
    put(desk, acta, "means", "1.1.2", owed_by="each", recurrence="once")
    world.added = Action.objects.get(code="1.1.2")
    world.duty(world.added, world.y)
    return world


def test_before_its_day_and_before_its_recording_every_figure_is_as_it_was(world, acta, desk):
    then = timezone.now()
    before = [compliance(world.plan, day, then) for day in (date(2016, 12, 31), date(2018, 12, 31))]
    put(desk, acta, "action", "1.1")
    put(desk, acta, "count", "1.1.1", **KINDS["count"])
    put(desk, acta, "means", "1.1.1", owed_by="each", recurrence="per_period")
    assert [compliance(world.plan, day, then) for day in (date(2016, 12, 31), date(2018, 12, 31))] == before
    # what traces say of the moment may be a minute later
    assert as_outlined(compliance(world.plan, date(2016, 12, 31)).axes) == as_outlined(before[0].axes)
    now = compliance(world.plan, date(2017, 1, 1))
    assert [row.code for row in now.iter_actions()] == ["1.1.1", "1.1.2"]
    assert now.action("1.1.1").indicators[1].verified.score_text == "Sin meta acordada"


def test_it_is_asked_for_in_the_periods_after_its_start_only(grown):
    later = grown.new_period(date(2017, 1, 1), date(2017, 6, 30))
    assert [asked_duty(grown.y, grown.added.pk, period) is not None for period in (grown.period, later)] == [
        False,
        True,
    ]


def test_a_form_asks_for_a_new_indicator_and_medio_from_their_day_on(world, acta, desk):
    put(desk, acta, "count", "1.1.1", **KINDS["count"])
    put(desk, acta, "means", "1.1.1", owed_by="each", recurrence="per_period")
    later = world.new_period(date(2017, 1, 1), date(2017, 6, 30))
    asked = [entry_context(world.draft(period=period)) for period in (world.period, later)]
    assert [(len(one.indicators), len(one.means)) for one in asked] == [(1, 1), (2, 2)]


def test_a_report_of_before_is_reviewed_without_the_medio_of_after(world, acta, desk):
    report = world.sent()
    put(desk, acta, "means", "1.1.1", owed_by="each", recurrence="per_period")
    assert len(rounds_of(report, world.reviewer)[0].means) == 1
    world.claimed(report)
    judged = world.resolution(report.latest_submission, verdicts={world.means.pk: Verdict.ACCREDITED})
    workflow.decide(report.latest_submission, judged, by=world.reviewer, version=report.version)
    report.refresh_from_db()
    assert report.state == ReportState.APPROVED


def test_the_grids_of_the_acta_that_adds_it_hold_it_and_those_of_an_earlier_one_do_not(grown, acta):
    axis = Axis.objects.get(number=1)
    codes = [[row.code for row in Sheet(one, axis).actions] for one in (grown.agreement, acta)]
    assert codes == [["1.1.1"], ["1.1.1", "1.1.2"]]
    assert [row.reference for row in TargetSheet(acta, axis).indicators] == ["1.1.1.I1", "1.1.2.I1"]
    assert [row.reference for row in TargetSheet(grown.agreement, axis).indicators] == ["1.1.1.I1"]


def test_its_indicator_waits_for_a_meta(grown, desk):
    missing = [row.reference for gap in desk.get("/actas/sin-meta/").context["gaps"] for row in gap.indicators]
    assert missing == ["1.1.1.I1", "1.1.2.I1"]


def test_a_mistaken_addition_is_taken_back_by_a_suppression(grown, acta, desk):
    typed = {"codigo": "1.1.2", "decision": "suppress", "effective_on": DAY, "new_text": ""}
    assert desk.post(reverse("indicators:amendments", args=[acta.pk]), typed).status_code == 302
    later = grown.new_period(date(2017, 1, 1), date(2017, 6, 30))
    assert asked_duty(grown.y, grown.added.pk, later) is None
    states = compliance(grown.plan, date(2017, 12, 31)).states
    assert states.sentence == "2 = 1 vigente + 1 suprimida"
    assert compliance(grown.plan, date(2016, 12, 31)).states.sentence == "1 = 1 vigente + 0 suprimidas"


@pytest.mark.parametrize(("corte", "is_shown"), [("2016-12-31", False), ("2017-12-31", True)])
def test_the_pages_have_it_from_its_day_on(grown, desk, corte, is_shown):
    dates = {"corte": corte}
    pages = [reverse("reports:plan"), reverse("reports:action", args=["1.1.2"])]
    assert ["Texto nuevo" in text_of(desk.get(page, dates)) for page in pages] == [is_shown, is_shown]


def test_the_login_page_counts_what_has_begun(grown, client):
    page = text_of(client.get(reverse("account_login")))
    assert "1 objetivos, 2 acciones" in page
    next_year = timezone.localdate().year + 1
    Plan.objects.update(end_year=next_year)
    Amendment.objects.update(effective_on=date(next_year, 1, 1))
    assert "1 objetivos, 1 acciones" in text_of(client.get(reverse("account_login")))


# The plan's file


def test_the_file_is_the_plan_as_decreed_and_loading_it_again_leaves_what_was_added(world, acta, desk):
    before = dump(world.plan)
    put(desk, acta, "objective", "1")
    put(desk, acta, "action", "1.1")
    put(desk, acta, "count", "1.1.1", **KINDS["count"])
    put(desk, acta, "means", "1.1.1", owed_by="each", recurrence="once")
    assert dump(world.plan) == before
