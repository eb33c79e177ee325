"""Universos: declared by their institution, confirmed or objected to by the secretaría técnica, never altered."""

from datetime import date

import pytest
from django.urls import reverse

from indicators import universes, workflow
from indicators.content import IndicatorFigures
from indicators.entry_context import entry_context
from indicators.enums import Breakdown, IndicatorKind, PeriodAggregation
from indicators.models import Universe, UniverseValue
from indicators.queries.agreed import agreed_rows
from indicators.tests.world import REASON, enter, text_of
from indicators.universe_boards import board_of, boards_of
from plan.enums import Role, Verb
from plan.models import AuditEntry

DAY = date(2016, 12, 31)
DECIDED = (
    "Con los valores vigentes al 31-12-2016 ya se aprobó 1.1.1 (07-2016 a 12-2016). "
    "Use una fecha posterior, o abra antes a rectificación lo aprobado."
)


@pytest.fixture
def north(world):
    return world.region("XV", "Arica y Parinacota")


@pytest.fixture
def south(world):
    return world.region("XII", "Magallanes")


@pytest.fixture
def staff(world, north, south) -> Universe:
    universe = Universe.objects.create(code="dotacion", name="Dotación")
    shape = {"breakdown": Breakdown.REGION, "denominator_aggregation": PeriodAggregation.STOCK}
    world.ratio = world.new_indicator(IndicatorKind.RATIO, universe=universe, **shape)
    return universe


def board(world, staff, institution=None):
    return board_of(staff.pk, (institution or world.x).pk)


def declare(world, staff, region, number, *, dated_on=DAY, by=None):
    """One value of X for a region, as its punto focal declares it."""
    now = board(world, staff)
    place = (region.pk if region else None, None)
    author = by or world.focal
    rows = universes.declare(now, {place: number}, dated_on=dated_on, source="Oficio 12", seen=now.seen, by=author)
    return rows[0]


def used(world, staff) -> dict:
    """By region, what the form of a draft and the arithmetic take as the denominator: they must agree."""
    form = {row.region and row.region.code: row.value for row in entry_context(world.draft()).stock_of(world.ratio)}
    counted = agreed_rows(world.plan)["universe_values"]
    newest = {row.region: row.value for row in sorted(counted, key=lambda row: (row.dated_on, row.recorded_at))}
    assert form == newest
    return form


def approve(world):
    """A report of X on the share of its staff, sent and approved."""
    figures = (IndicatorFigures(world.ratio.pk, numerator=40, bounded=True),)
    return world.approved(world.claimed(world.sent(figures=figures)))


def address(staff, institution) -> str:
    return reverse("indicators:declare_universe", args=[staff.pk, institution.pk])


def grid(world, staff, *numbers, **changes) -> dict:
    """What the page of X posts: a number for each region, north to south."""
    now = board(world, staff)
    cells = {f"r{region.pk}": number for region, number in zip(now.places(DAY), numbers, strict=True)}
    return {"dated_on": "2016-12-31", "source": "Oficio 12", "seen": now.seen} | cells | changes


# What counts


def test_a_declared_value_is_used_before_it_is_confirmed_and_shown_as_pending(world, staff, north):
    value = declare(world, staff, north, 100)
    assert value.is_pending
    assert used(world, staff) == {"XV": 100}
    assert "Por confirmar" in text_of(enter(world.focal).get(reverse("indicators:universes")))


def test_an_objected_value_counts_neither_in_the_form_nor_in_the_arithmetic(world, staff, north):
    declare(world, staff, north, 100, dated_on=date(2016, 1, 1))
    value = declare(world, staff, north, 1000)
    universes.object_to(value, "No calza con el registro.", by=world.reviewer)
    assert used(world, staff) == {"XV": 100}
    page = text_of(enter(world.focal).get(reverse("indicators:universes")))
    assert "No calza con el registro." in page


def test_a_change_adds_a_row_and_leaves_the_old_ones_as_they_were(world, staff, north):
    first = declare(world, staff, north, 100, dated_on=date(2016, 1, 1))
    declare(world, staff, north, 120)
    first.refresh_from_db()
    assert first.value == 100
    assert used(world, staff) == {"XV": 120}


def test_a_universe_kept_for_the_whole_institution_is_never_mixed_with_regions(world, staff):
    declare(world, staff, None, 900)
    assert board(world, staff).breakdown == Breakdown.NONE
    assert board(world, staff).places(DAY) == [None]


# What was decided


def test_a_value_under_an_approved_report_is_refused(world, staff, north):
    approve(world)
    with pytest.raises(universes.UniverseError) as refused:
        declare(world, staff, north, 100)
    assert refused.value.message == DECIDED
    assert UniverseValue.objects.count() == 0


def test_a_value_after_the_approved_period_is_taken(world, staff, north):
    approve(world)
    assert declare(world, staff, north, 100, dated_on=date(2017, 1, 1)).value == 100


def test_a_value_is_taken_while_the_report_is_rectified_and_no_longer_once_it_is_sent_again(world, staff, north):
    report = approve(world)
    workflow.reopen(report, REASON, by=world.focal, version=report.version)
    report.refresh_from_db()
    declare(world, staff, north, 100)
    figures = (IndicatorFigures(world.ratio.pk, numerator=40, bounded=True),)
    world.sent(report, figures=figures)
    with pytest.raises(universes.UniverseError, match="ya se aprobó"):
        declare(world, staff, north, 50)


def test_an_approved_report_of_another_institution_binds_nobody_else(world, staff, north):
    world.duty(world.action, world.y)
    approve(world)
    other = board(world, staff, world.y)
    rows = universes.declare(
        other, {(north.pk, None): 7}, dated_on=DAY, source="Oficio", seen=other.seen, by=world.focal_y
    )
    assert [row.value for row in rows] == [7]


def test_what_an_approved_report_was_measured_against_can_be_confirmed_but_not_objected_to(world, staff, north):
    value = declare(world, staff, north, 100)
    approve(world)
    with pytest.raises(universes.UniverseError) as refused:
        universes.object_to(value, "Muy alto.", by=world.reviewer)
    assert refused.value.message == DECIDED
    universes.confirm(value, by=world.reviewer)
    assert used_confirmed(value) == (world.reviewer, "")


def used_confirmed(value):
    value.refresh_from_db()
    return value.confirmed_by, value.objection


# Confirming


def test_one_click_confirms_the_whole_declaration(world, staff, north, south):
    enter(world.focal).post(address(staff, world.x), grid(world, staff, "100", "50"))
    assert UniverseValue.objects.pending().count() == 2
    first = UniverseValue.objects.earliest("pk")
    enter(world.reviewer).post(reverse("indicators:confirm_universe", args=[first.pk]))
    assert UniverseValue.objects.pending().count() == 0
    entry = AuditEntry.objects.get(verb=Verb.CONFIRMED)
    assert entry.user == world.reviewer
    assert len(entry.data["rows"]) == 2


def test_the_second_of_two_reviewers_is_told(world, staff, north):
    value = declare(world, staff, north, 100)
    universes.confirm(value, by=world.reviewer)
    with pytest.raises(universes.StaleUniverseError) as told:
        universes.object_to(value, "Muy alto.", by=world.reviewer2)
    assert told.value.message == "Otra persona ya confirmó u objetó esta declaración. Revise la versión actual."
    assert used_confirmed(value) == (world.reviewer, "")


def test_an_objection_that_came_second_stays_on_the_page(world, staff, north):
    value = declare(world, staff, north, 100)
    universes.confirm(value, by=world.reviewer)
    url = reverse("indicators:object_to_universe", args=[value.pk])
    response = enter(world.reviewer2).post(url, {"objection": "Parece muy alto."})
    assert response.status_code == 422
    assert "Parece muy alto." in text_of(response)


def test_nobody_confirms_the_universe_of_an_institution_where_they_are_punto_focal(world, staff, north):
    value = declare(world, staff, north, 100)
    world.appoint(world.reviewer2, Role.FOCAL_POINT, institution=world.x)
    with pytest.raises(universes.UniverseError, match="ajena a la institución"):
        universes.confirm(value, by=world.reviewer2)
    with pytest.raises(universes.UniverseError, match="ajena a la institución"):
        universes.confirm(value, by=world.executive)
    value.refresh_from_db()
    assert value.is_pending


def test_each_act_is_in_the_log_without_free_text(world, staff, north):
    value = declare(world, staff, north, 100)
    universes.object_to(value, "No calza.", by=world.reviewer)
    log = AuditEntry.objects.filter(object_type="indicators.universevalue", object_id=str(value.pk)).order_by("pk")
    assert [(entry.verb, entry.data) for entry in log] == [
        (Verb.CREATED, {"rows": [value.pk], "values": [100], "dated_on": "2016-12-31"}),
        (Verb.DECIDED, {"rows": [value.pk], "is_objected": True}),
    ]


# The grid


def test_only_the_changed_rows_are_stored(world, staff, north, south):
    enter(world.focal).post(address(staff, world.x), grid(world, staff, "100", "50"))
    enter(world.focal).post(address(staff, world.x), grid(world, staff, "100", "1.055"))
    assert list(UniverseValue.objects.order_by("pk").values_list("region__code", "value")) == [
        ("XV", 100),
        ("XII", 50),
        ("XII", 1055),
    ]


@pytest.mark.parametrize(
    ("numbers", "changes", "sentence"),
    [
        (("100", ""), {}, "No cambió ningún valor: los actuales siguen vigentes."),
        (("", ""), {}, "Si ya no tiene, escriba 0."),
        (("-1", ""), {}, "El valor no puede ser menor que 0."),
        (("9", ""), {"source": " "}, "Falta la fuente."),
        (("9", ""), {"dated_on": "2999-01-01"}, "La fecha todavía no llega."),
        (("9", ""), {"seen": "0"}, "Este universo cambió mientras usted lo tenía abierto."),
        (("9", ""), {"r77": "1"}, "A esa fecha regían otras regiones o unidades"),
    ],
)
def test_what_cannot_be_declared_is_said_and_nothing_is_stored(world, staff, north, numbers, changes, sentence):
    declare(world, staff, north, 100)
    response = enter(world.focal).post(address(staff, world.x), grid(world, staff, *numbers, **changes))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert UniverseValue.objects.count() == 1


def test_whoever_was_told_of_another_declaration_can_save_knowingly(world, staff, north):
    first_page = grid(world, staff, "90", "")
    declare(world, staff, north, 100, by=world.alternate)
    browser = enter(world.focal)
    told = browser.post(address(staff, world.x), first_page)
    assert UniverseValue.objects.count() == 1
    browser.post(address(staff, world.x), first_page | {"seen": told.context["form"]["seen"].value()})
    assert used(world, staff) == {"XV": 90}


def test_the_grid_asks_for_the_regions_in_force_on_the_date(world, staff, north, south):
    world.region("XVI", "Ñuble", valid_from=date(2018, 9, 6))
    page = enter(world.focal).post(address(staff, world.x), grid(world, staff, "1", "2", dated_on="2018-10-01"))
    assert [str(place) for place, _, _ in page.context["form"].lines()] == ["Arica y Parinacota", "Magallanes", "Ñuble"]
    assert UniverseValue.objects.count() == 0


# Who sees what


def test_the_secretariat_finds_what_waits_first(world, staff, north):
    world.duty(world.action, world.y)
    own = boards_of()
    assert [str(item.institution) for item in own] == ["Carabineros de Chile", "Dirección del Trabajo"]
    declare(world, staff, north, 100)
    assert [str(item.institution) for item in boards_of()] == ["Dirección del Trabajo", "Carabineros de Chile"]


def test_a_punto_focal_declares_for_no_other_institution(world, staff, north):
    assert enter(world.focal_y).get(address(staff, world.x)).status_code == 404
    with pytest.raises(universes.UniverseError) as refused:
        declare(world, staff, north, 5, by=world.focal_y)
    assert refused.value.message == "Solo la propia institución declara su universo."


def test_the_page_takes_as_many_queries_for_many_institutions_as_for_one(
    world, staff, north, django_assert_max_num_queries
):
    declare(world, staff, north, 100)
    for number in range(5):
        world.duty(world.action, world.institution(f"Servicio {number}"))
    browser = enter(world.reviewer)
    with django_assert_max_num_queries(15):
        browser.get(reverse("indicators:universes"))
