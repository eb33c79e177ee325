"""What a report has to explain before it is sent: distance to a target that falls due, and a total that falls."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.enums import Entry, IndicatorKind, PeriodAggregation, Stage, TargetScope, TargetSource
from indicators.forms.entry import ReportEntry
from indicators.models import Target, Universe, UniverseValue
from indicators.tests.filling import post_data, typed
from indicators.tests.world import enter, text_of

FIRST_HALF = (date(2016, 1, 1), date(2016, 6, 30))


@pytest.fixture
def report(world):
    """Of the second half of 2016, with evidence."""
    report = world.draft()
    world.link(report)
    return report


def target(world, value, scope=TargetScope.YEAR, **fields) -> Target:
    if scope == TargetScope.YEAR:
        fields = {"year": 2016} | fields
    fields = {"indicator": world.indicator, "agreement": world.agreement} | fields
    return Target.objects.create(value=Decimal(value), scope=scope, **fields)


def asked(world, report, **figures) -> list[tuple[str, bool]]:
    """What the checklist says, and whether it blocks."""
    told = {f"i{world.indicator.pk}-{name}": value for name, value in figures.items() if name != "explanation"}
    told |= {"explanation": figures.get("explanation", "")}
    entry = ReportEntry(report, world.focal, post_data(typed(world, report, **told)))
    return [(point.text, point.is_blocking) for point in entry.points()]


def distance(share: str) -> list[tuple[str, bool]]:
    return [(f"1.1.1.I1: llega al {share} de la meta que vence en este período. Explique por qué.", True)]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("74", distance("74,0\u00a0%")),
        ("75", []),
        ("120", []),
        ("121", distance("121,0\u00a0%")),
        ("0", distance("0,0\u00a0%")),
    ],
)
def test_a_target_that_falls_due_is_explained_under_75_and_over_120_per_cent(world, report, value, said):
    target(world, 100)
    assert asked(world, report, value=value) == said


def test_an_explanation_is_enough(world, report):
    target(world, 100)
    assert asked(world, report, value="40", explanation="Se suspendieron dos jornadas.") == []


def test_the_explanation_is_asked_at_its_field_and_nothing_is_sent_without_it(world, report):
    target(world, 100)
    response = enter(world.focal).post(f"/reportes/{report.pk}/enviar/", typed(world, report))
    assert response.status_code == 422
    assert '<a href="#id_explanation">1.1.1.I1: llega al 40,0' in text_of(response)
    report.refresh_from_db()
    assert report.state == "draft"


def test_what_earlier_periods_of_the_year_brought_counts_too(world, report):
    target(world, 100)
    world.approved(world.claimed(world.sent(world.draft(period=world.new_period(*FIRST_HALF)))))
    assert asked(world, report, value="40") == []


def test_a_target_of_another_year_asks_nothing_yet(world, report):
    target(world, 100, year=2017)
    assert asked(world, report, value="1") == []


def test_a_target_shared_with_another_institution_is_not_held_against_one(world, report):
    target(world, 100)
    world.duty(world.action, world.y)
    assert asked(world, report, value="40") == []


def test_a_target_of_the_institution_itself_is(world, report):
    world.duty(world.action, world.y)
    target(world, 100, institution=world.x)
    target(world, 10, institution=world.y)
    assert asked(world, report, value="40") == distance("40,0\u00a0%")


def test_of_two_actas_for_one_year_the_newer_counts(world, report):
    target(world, 40)
    newer = type(world.agreement).objects.create(plan=world.plan, number=2, agreed_on=date(2016, 3, 1))
    target(world, 100, agreement=newer)
    assert asked(world, report, value="40") == distance("40,0\u00a0%")


def test_a_running_total_that_falls_is_explained(world, report):
    world.indicator.entry = Entry.RUNNING_TOTAL
    world.indicator.save()
    world.sent(world.draft(period=world.new_period(*FIRST_HALF)))
    text = "1.1.1.I1: es un acumulado y baja de 40 a 39. Explique por qué."
    assert asked(world, report, value="39") == [(text, True)]
    assert asked(world, report, value="40") == []


def test_a_ratio_is_held_against_the_universe_with_all_that_was_trained_before(world, report):
    universe = Universe.objects.create(code="dotacion", name="Dotación")
    stock = {"dated_on": date(2015, 12, 31), "value": 1000, "source": "Oficio"}
    UniverseValue.objects.create(universe=universe, institution=world.x, **stock)
    world.indicator.kind, world.indicator.universe = IndicatorKind.RATIO, universe
    world.indicator.denominator_aggregation = PeriodAggregation.STOCK
    world.indicator.save()
    target(world, "0.5")
    assert asked(world, report, numerator="250") == distance("50,0\u00a0%")
    assert asked(world, report, numerator="400") == []


def test_a_product_that_the_plan_wants_by_its_end_is_explained_when_it_is_not_there(world):
    world.indicator.kind, world.indicator.stage = IndicatorKind.PRODUCT, Stage.VALIDATED
    world.indicator.save()
    last = world.draft(period=world.new_period(date(2018, 7, 1), date(2018, 12, 31)))
    world.link(last)
    assert asked(world, last, stage="prepared", stage_on="2018-10-01") == distance("0,0\u00a0%")
    assert asked(world, last, stage="validated", stage_on="2018-10-01") == []


def test_a_target_of_a_product_that_the_text_sets_has_no_acta_and_still_counts(world, report):
    target(world, 100, source=TargetSource.PLAN_TEXT, agreement=None)
    assert asked(world, report, value="40") == distance("40,0\u00a0%")


# What is missing to a target


def told(world, report) -> str:
    page = text_of(enter(world.focal).get(f"/reportes/{report.pk}/editar/"))
    return " ".join(page.split("Meta ")[1].split("</span>")[1].split("<a ")[0].split())


@pytest.fixture
def earlier(world):
    """The first half of 2016, sent with 40."""
    return world.sent(world.draft(period=world.new_period(*FIRST_HALF)))


@pytest.mark.parametrize(("value", "words"), [(100, "· lleva 40, faltan 60"), (40, "· lleva 40, meta alcanzada")])
def test_the_form_says_what_is_missing_to_the_meta(world, report, earlier, value, words):
    target(world, value)
    assert told(world, report) == words


def test_of_a_shared_meta_it_says_what_the_institution_has_brought(world, report, earlier):
    target(world, 100)
    world.duty(world.action, world.y)
    assert told(world, report) == "· su institución lleva 40"


def test_of_a_running_total_the_newest_counts(world, report, earlier):
    world.indicator.entry = Entry.RUNNING_TOTAL
    world.indicator.save()
    target(world, 100, scope=TargetScope.WHOLE_PLAN)
    assert told(world, report) == "· lleva 40, faltan 60"
