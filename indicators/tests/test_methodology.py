"""Versions of the methodology: data under actas, as of the two dates, never changed once they are there."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from indicators.agreements.errors import AgreementError
from indicators.calculations.methodology import FIRST
from indicators.calculations.methodology import Methodology as Parameters
from indicators.calculations.parameters import PARAMETERS, lines
from indicators.calculations.terms import Band
from indicators.enums import TargetScope
from indicators.models import Methodology, Target
from indicators.queries import compliance
from indicators.queries.in_force import methodology_on
from indicators.tests.builders import PlanBuilder
from indicators.tests.versions import enacted, new_version
from indicators.tests.world import enter, text_of
from plan.models import Agreement, AuditEntry, Plan


@pytest.fixture
def acta(world) -> Agreement:
    return Agreement.objects.create(plan=world.plan, number=9, agreed_on=date(2017, 3, 1))


@pytest.fixture
def desk(world):
    return enter(world.reviewer)


def address(acta: Agreement) -> str:
    return reverse("indicators:set_methodology", args=[acta.pk])


# What holds when


def test_the_first_version_stored_is_that_of_the_portals_document(world):
    assert Methodology.objects.get().parameters == FIRST


@pytest.mark.parametrize(("day", "version"), [("2017-02-28", "1.0"), ("2017-03-01", "2.0"), ("2018-12-31", "2.0")])
def test_a_version_holds_from_its_day_on(world, acta, day, version):
    enacted(acta, world.reviewer)
    assert methodology_on(world.plan, date.fromisoformat(day)).version == version


def test_the_newest_of_several_holds_and_each_keeps_its_time(world, acta):
    enacted(acta, world.reviewer)
    later = Agreement.objects.create(plan=world.plan, number=10, agreed_on=date(2018, 1, 1))
    enacted(later, world.reviewer, explain_over=Decimal(2))
    found = [methodology_on(world.plan, date(year, 6, 30)) for year in (2016, 2017, 2018)]
    assert [(row.version, row.explain_over) for row in found] == [
        ("1.0", Fraction(6, 5)),
        ("2.0", Fraction(6, 5)),
        ("3.0", Fraction(2)),
    ]


def test_an_acta_of_another_plan_sets_nothing_here(world):
    other = Plan.objects.create(code="OTRO", title="Otro", start_year=2019, end_year=2022, general_objective="-")
    enacted(Agreement.objects.create(plan=other, number=1, agreed_on=date(2017, 1, 1)), world.reviewer)
    assert methodology_on(world.plan, date(2018, 12, 31)).version == "1.0"


@pytest.fixture
def measured(world):
    """40 of a meta of 48, due at the end of 2016: 83,3 %."""
    meta = {"scope": TargetScope.YEAR, "year": 2016, "value": 48}
    Target.objects.create(indicator=world.indicator, agreement=world.agreement, **meta)
    world.approved()
    return world


def told(world, day: date, known_at=None) -> tuple:
    result = compliance(world.plan, day, known_at)
    return result.indicator("1.1.1.I1").verified.band, result.methodology.version


def test_bands_follow_the_version_and_figures_of_earlier_dates_stay(measured, acta):
    before, later = date(2017, 2, 28), date(2017, 3, 1)
    whole = compliance(measured.plan, before, acta.recorded_at)
    enacted(acta, measured.reviewer)
    assert (told(measured, before), told(measured, later)) == ((Band.PARTIAL, "1.0"), (Band.FULFILLED, "2.0"))
    assert compliance(measured.plan, before, acta.recorded_at) == whole


def test_what_was_known_before_the_version_was_entered_stays_as_it_was(measured, acta):
    row = enacted(acta, measured.reviewer)
    known = [told(measured, date(2018, 6, 30), at) for at in (acta.recorded_at, row.recorded_at)]
    assert [version for _, version in known] == ["1.0", "2.0"]


@pytest.mark.parametrize(("years", "words"), [(0, "de ese mismo año"), (1, "del año siguiente"), (3, "3 años después")])
def test_the_assumption_of_yearly_products_says_the_years_of_its_version(years, words):
    assert words in Parameters(yearly_product_years_of_grace=years).assumptions[0]


def test_every_parameter_has_its_words():
    named = {parameter.name for parameter in PARAMETERS}
    assert named == set(Parameters.__dataclass_fields__) - {"version", "source"}


def test_of_two_versions_from_one_day_that_of_the_newer_acta_counts():
    plan = PlanBuilder()
    for version, agreed_on in (("3.0", "01-05-2016"), ("2.0", "01-02-2016")):
        plan.version(Parameters(version=version), "01-06-2016", plan.acta(agreed_on))
    assert [plan.compute(day).methodology.version for day in ("31-05-2016", "01-06-2016")] == ["1.0", "3.0"]


# Entering one


def test_what_is_typed_is_compared_before_anything_is_stored(world, acta, desk):
    page = desk.post(address(acta), new_version(acta))
    assert [(line.text, line.before) for line in page.context["form"].compared if line.before] == [
        ("80\u00a0%", "90\u00a0%")
    ]
    assert "Los cortes anteriores quedan como están" in text_of(page)
    assert Methodology.objects.count() == 1


def test_what_was_compared_is_registered_and_logged(world, acta, desk):
    response = desk.post(address(acta), {**new_version(acta), "seen": "1.0"})
    row = Methodology.objects.get(agreement=acta)
    assert response.status_code == 302
    assert (row.version, row.fulfilled_from, row.valid_from) == ("2.0", Fraction(4, 5), acta.agreed_on)
    entry = AuditEntry.objects.get(object_type="indicators.methodology")
    assert entry.data["agreement"] == acta.pk


def test_the_tolerated_distance_is_one_of_points_and_no_percentage(world, acta, desk):
    page = desk.get(address(acta))
    assert page.context["form"]["pace_tolerance"].value() == "10 puntos"
    (told,) = [text for parameter, text, _ in page.context["form"].lines if parameter.name == "pace_tolerance"]
    assert told == "10 puntos porcentuales"


@pytest.mark.parametrize("typed", ["12,5", "12,5 puntos", "12,5 puntos porcentuales", "12,5 pp", "12,5 %", "12,5PP"])
def test_points_are_typed_with_their_word_or_alone(world, acta, desk, typed):
    desk.post(address(acta), {**new_version(acta, pace_tolerance=typed), "seen": "1.0"})
    assert Methodology.objects.get(agreement=acta).pace_tolerance == Decimal("0.125")


def test_one_point_alone_is_asked_about_and_with_its_word_it_is_clear(world, acta, desk):
    response = desk.post(address(acta), {**new_version(acta, pace_tolerance="1"), "seen": "1.0"})
    asked = "¿1 o 100 puntos? Escriba el número con la palabra «puntos»."
    assert response.context["form"].errors["pace_tolerance"] == [asked]
    desk.post(address(acta), {**new_version(acta, pace_tolerance="1 punto"), "seen": "1.0"})
    row = Methodology.objects.get(agreement=acta)
    assert [line.text for line in lines(row.parameters) if "Distancia" in line.label] == ["1 punto porcentual"]


def test_who_goes_back_to_correct_finds_what_was_typed(world, acta, desk):
    page = desk.post(address(acta), {**new_version(acta), "seen": "1.0", "edit": "1"})
    assert page.context["form"]["fulfilled_from"].value() == "80 %"
    assert Methodology.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"fulfilled_from": "70 %"}, "__all__"),
        ({"explain_over": "90 %"}, "__all__"),
        ({"pace_tolerance": "100 %"}, "__all__"),
        ({"forecast_total_periods": "1"}, "__all__"),
        ({"conclusive_share": "mitad"}, "conclusive_share"),
        ({"valid_from": "2017-02-28"}, "valid_from"),
        ({"reason": ""}, "reason"),
        ({"fulfilled_from": "90 %"}, "__all__"),
        ({"seen": "0.9"}, "__all__"),
    ],
)
def test_what_cannot_hold_is_refused_with_a_sentence(world, acta, desk, changes, field):
    response = desk.post(address(acta), {**new_version(acta), "seen": "1.0"} | changes)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Methodology.objects.count() == 1


def test_an_acta_sets_one_version(world, acta, desk):
    enacted(acta, world.reviewer)
    response = desk.post(address(acta), {**new_version(acta, fulfilled_from="85 %"), "seen": "2.0"})
    assert response.status_code == 422
    assert Methodology.objects.count() == 2


def test_a_version_does_not_go_back_before_one_that_rules_already(world, acta):
    enacted(acta, world.reviewer)
    older = Agreement.objects.create(plan=world.plan, number=8, agreed_on=date(2016, 3, 1))
    with pytest.raises(AgreementError, match="01-03-2017"):
        enacted(older, world.reviewer, explain_over=Decimal(2))


def test_a_subcomision_sets_no_methodology(world, desk):
    body = {"body": "subcommission", "subcommission": world.coordinator.appointments.get().subcommission}
    own = Agreement.objects.create(plan=world.plan, number=2, agreed_on=date(2017, 1, 1), **body)
    assert desk.get(address(own)).status_code == 404


def test_a_row_is_never_changed_nor_deleted(world):
    row = Methodology.objects.get()
    for refused in (row.save, row.delete):
        with pytest.raises(TypeError):
            refused()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_methodology SET fulfilled_from = 1")


# Reading them


@pytest.mark.parametrize("name", ["focal", "observer", "administrator", "executive"])
def test_everybody_reads_all_versions_with_what_changed(world, acta, name):
    enacted(acta, world.reviewer)
    page = enter(getattr(world, name)).get(reverse("indicators:methodology"))
    changed = [[(line.text, line.before) for line in row.lines if line.before] for row in page.context["versions"]]
    assert [version.row.version for version in page.context["versions"]] == ["2.0", "1.0"]
    assert changed == [[("80\u00a0%", "90\u00a0%")], []]


def test_the_acta_lists_the_version_that_it_set(world, acta, desk):
    enacted(acta, world.reviewer)
    assert "Versión 2.0" in text_of(desk.get(reverse("indicators:agreement", args=[acta.pk])))
