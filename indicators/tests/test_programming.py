"""Programming the periods of a plan: seen first, then done; what has begun stays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import programming
from indicators.enums import Cadence, Change, CountedFrom, PeriodState
from indicators.models import ReportingPeriod
from indicators.tests.world import enter, text_of
from indicators.timetable import Terms
from plan.enums import Verb
from plan.models import AuditEntry

TERMS = Terms(Cadence.SEMESTER, CountedFrom.END, opens_after=1, due_after=30, review_after=30)
TYPED = {"cadence": "semester", "counted_from": "end", "opens_after": "1", "due_after": "30", "review_after": "30"}
PATH = "/periodos/programar/"
YEAR = timezone.localdate().year + 2


@pytest.fixture
def world(world):
    """The plan is of one year that is still to come, and has no periods."""
    ReportingPeriod.objects.all().delete()
    world.plan.start_year = world.plan.end_year = YEAR
    world.plan.save()
    return world


@pytest.fixture
def desk(world):
    return enter(world.reviewer)


def programme(world, terms=TERMS):
    seen = programming.propose(world.plan, terms).digest
    return programming.programme(world.plan, terms, seen=seen, by=world.reviewer)


def periods() -> list[str]:
    return [period.name for period in ReportingPeriod.objects.order_by("starts_on", "ends_on")]


def told(world, terms) -> list[tuple[str, str, str]]:
    return [(line.span.name, line.change, line.note) for line in programming.propose(world.plan, terms).lines]


def test_confirmed_all_periods_of_the_years_are_made_and_written_down(world):
    programme(world)
    assert periods() == [f"1.er semestre {YEAR}", f"2.º semestre {YEAR}"]
    first = ReportingPeriod.objects.earliest("starts_on")
    assert (first.opens_on, first.due_on, first.review_due_on) == (
        date(YEAR, 7, 1),
        date(YEAR, 7, 31),
        date(YEAR, 8, 30),
    )
    assert first.state == PeriodState.SCHEDULED
    assert list(AuditEntry.objects.values_list("verb", "user")) == [(Verb.CREATED, world.reviewer.pk)] * 2


def test_the_same_again_changes_nothing(world):
    programme(world)
    assert programming.propose(world.plan, TERMS).changes == []


def test_other_dates_move_the_same_periods(world):
    programme(world)
    before = set(ReportingPeriod.objects.values_list("pk", flat=True))
    later = replace(TERMS, due_after=45)
    assert [change for _, change, _ in told(world, later)] == [Change.MOVE] * 2
    programme(world, later)
    assert set(ReportingPeriod.objects.values_list("pk", flat=True)) == before
    assert ReportingPeriod.objects.earliest("starts_on").due_on == date(YEAR, 8, 15)


def test_another_cadence_replaces_what_has_not_begun(world):
    programme(world)
    programme(world, replace(TERMS, cadence=Cadence.YEAR))
    assert periods() == [f"Año {YEAR}"]
    assert AuditEntry.objects.filter(verb=Verb.REMOVED).count() == 2


@pytest.mark.parametrize(
    ("what", "reason"),
    [("closed", "está cerrado"), ("open", "abrió el "), ("report", "ya tiene reportes"), ("extension", "tiene una pr")],
)
def test_what_has_begun_stays_and_says_why(world, what, reason):
    programme(world)
    first = ReportingPeriod.objects.earliest("starts_on")
    begin(world, first, what)
    lines = told(world, replace(TERMS, cadence=Cadence.QUARTER))
    assert [(name, change) for name, change, _ in lines] == [
        (f"1.er semestre {YEAR}", Change.KEEP),
        (f"1.er trimestre {YEAR}", Change.LEAVE_OUT),
        (f"2.º trimestre {YEAR}", Change.LEAVE_OUT),
        (f"2.º semestre {YEAR}", Change.REPLACE),
        (f"3.er trimestre {YEAR}", Change.CREATE),
        (f"4.º trimestre {YEAR}", Change.CREATE),
    ]
    assert lines[0][2].startswith(reason)
    assert lines[1][2] == f"se superpone con 1.er semestre {YEAR}, que queda"


def begin(world, period, what):
    world.period = period
    if what == "closed":
        world.close_period()
    if what == "open":
        ReportingPeriod.objects.filter(pk=period.pk).update(opens_on=timezone.localdate())
    if what == "report":
        world.draft()
    if what == "extension":
        world.extend(world.x, period.due_on + timedelta(1))


def test_a_year_that_has_begun_otherwise_keeps_the_rest_of_its_periods(world):
    programme(world)
    world.period = ReportingPeriod.objects.earliest("starts_on")
    world.close_period()
    assert told(world, replace(TERMS, cadence=Cadence.YEAR)) == [
        (f"Año {YEAR}", Change.LEAVE_OUT, f"se superpone con 1.er semestre {YEAR}, que queda"),
        (f"1.er semestre {YEAR}", Change.KEEP, "está cerrado"),
        (f"2.º semestre {YEAR}", Change.KEEP, "lo programado no alcanza a cubrir sus días"),
    ]


def test_periods_of_another_plan_are_left_alone(world):
    programme(world)
    other = ReportingPeriod.objects.earliest("starts_on")
    world.plan.pk, world.plan.code = None, "PAN-OTRO"
    world.plan.save()
    programme(world, replace(TERMS, cadence=Cadence.YEAR))
    assert ReportingPeriod.objects.filter(pk=other.pk).exists()
    assert ReportingPeriod.objects.count() == 3


def test_of_years_gone_by_it_says_that_they_open_at_once(world):
    world.plan.start_year = world.plan.end_year = 2016
    assert told(world, replace(TERMS, cadence=Cadence.YEAR)) == [
        ("Año 2016", Change.CREATE, "abre de inmediato, con el plazo ya vencido")
    ]


def test_what_changed_since_it_was_seen_is_not_written(world):
    seen = programming.propose(world.plan, TERMS).digest
    programme(world, replace(TERMS, cadence=Cadence.YEAR))
    with pytest.raises(programming.StaleProposalError):
        programming.programme(world.plan, TERMS, seen=seen, by=world.reviewer)
    assert periods() == [f"Año {YEAR}"]


# The page


def test_the_page_shows_what_would_change_and_writes_nothing(desk):
    page = text_of(desk.get(PATH, TYPED))
    assert f"1.er semestre {YEAR}" in page
    assert "Confirmar los cambios" in page
    assert not ReportingPeriod.objects.exists()


def test_confirmed_it_is_done(world, desk):
    seen = desk.get(PATH, TYPED).context["proposal"].digest
    response = desk.post(PATH, TYPED | {"seen": seen}, follow=True)
    assert response.redirect_chain[0][0] == reverse("indicators:periods")
    assert "Períodos programados: 2 cambios." in text_of(response)
    assert ReportingPeriod.objects.count() == 2


def test_confirmed_without_having_seen_it_the_page_comes_back_with_what_would_change(world, desk):
    response = desk.post(PATH, TYPED | {"seen": "otro"})
    assert "Los períodos cambiaron mientras usted revisaba la lista." in text_of(response)
    assert not ReportingPeriod.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"due_after": ""}, "Faltan los días."),
        ({"due_after": "367"}, "Puede ser hasta 366 días."),
        ({"due_after": "9" * 30}, "Puede ser hasta 366 días."),
        ({"review_after": "diez"}, "Escriba un número entero"),
        ({"cadence": "mes"}, "no es una de las opciones"),
        ({"opens_after": "1\x00"}, "Escriba un número entero"),
        ({"counted_from": "start"}, "Vencería antes de que termine el período: dé al menos 182 días."),
    ],
)
def test_terms_that_cannot_be_are_told_at_their_field(desk, wrong, message):
    response = desk.get(PATH, TYPED | wrong)
    assert response.status_code == 422
    assert message in text_of(response)
    assert response.context["proposal"] is None


def test_without_a_plan_in_force_there_is_nothing_to_programme(world, desk):
    world.plan.state = "draft"
    world.plan.save()
    assert desk.get(PATH).status_code == 404
    assert "El plan aún no tiene períodos" in text_of(desk.get("/periodos/"))
