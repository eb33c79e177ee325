"""A responsabilidad for some indicators and medios of its action: chosen under an acta, and honoured wherever it is
asked, owed, judged or told."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import workflow
from indicators.agreements.duties import DutySheet, Limits, set_limits
from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.approving import candidates
from indicators.entry_context import entry_context
from indicators.enums import IndicatorKind, Verdict
from indicators.explaining import so_far
from indicators.models import Responsibility, Target, Universe
from indicators.permissions import explaining_duties
from indicators.queries import compliance
from indicators.tests.world import enter, text_of
from indicators.universe_boards import board_of
from plan.enums import Verb
from plan.models import Agreement, AuditEntry, Axis

SINCE = date(2016, 7, 1)
CUT_OFF = date(2016, 12, 31)
WHY = "El otro indicador es de Carabineros."


@pytest.fixture
def acta(world) -> Agreement:
    return Agreement.objects.create(plan=world.plan, number=9, agreed_on=date(2016, 6, 20))


@pytest.fixture
def second(world):
    """A second indicator of the action, and a second medio."""
    world.new_means(world.action, "Lista de asistentes")
    return world.new_indicator()


@pytest.fixture
def desk(world):
    return enter(world.reviewer)


def sheet(acta: Agreement, since: date = SINCE) -> DutySheet:
    return DutySheet(acta, Axis.objects.get(number=1), since)


def address(world, acta: Agreement) -> str:
    return reverse("indicators:agreed_limits", args=[acta.pk, 1, "1.1.1", world.x.pk])


def ticked(acta: Agreement, indicators, means, reason: str = WHY, since: date = SINCE) -> dict:
    """What the page posts with these left ticked."""
    chosen = {"indicators": [row.pk for row in indicators], "means": [row.pk for row in means]}
    return {"seen": sheet(acta, since).seen, "since": since.isoformat(), "reason": reason, **chosen}


def limit(world, acta: Agreement, indicators=(), means=(), since: date = SINCE, institution=None) -> bool:
    limits = Limits(frozenset(row.pk for row in indicators), frozenset(row.pk for row in means))
    cell = (world.action.pk, (institution or world.x).pk)
    return set_limits(sheet(acta, since), cell, limits, reason=WHY, seen=sheet(acta, since).seen, by=world.reviewer)


def rows(world) -> list[tuple]:
    found = Responsibility.objects.filter(action=world.action, institution=world.x).order_by("pk")
    return [(row.valid_from, row.valid_to, row.limits) for row in found]


# Choosing


def test_the_matrix_leads_to_each_responsabilidad_with_its_day(world, acta, second, desk):
    page = text_of(desk.get(reverse("indicators:agreed_duties", args=[acta.pk, 1]), {"since": "2016-08-01"}))
    assert f"{address(world, acta)}?since=2016-08-01" in page
    assert "Todos los indicadores y medios" in page


def test_everything_is_ticked_until_it_is_limited(world, acta, second, desk):
    form = desk.get(address(world, acta), {"since": "2016-07-01"}).context["form"]
    assert form["indicators"].value() == [world.indicator.pk, second.pk]
    assert form["means"].value() == [row.pk for row in world.action.means.all()]


def test_what_is_left_ticked_holds_from_the_day_on_and_what_was_ends_the_day_before(world, acta, second, desk):
    response = desk.post(address(world, acta), ticked(acta, [world.indicator], world.action.means.all()))
    assert response.url == reverse("indicators:agreed_duties", args=[acta.pk, 1]) + "?since=2016-07-01"
    assert rows(world) == [
        (None, date(2016, 6, 30), ""),
        (SINCE, None, "solo el indicador I1, todos los medios"),
    ]
    old, new = Responsibility.objects.order_by("pk")
    assert (old.ended_under, old.end_reason, new.agreement, new.reason) == (acta, WHY, acta, WHY)


def test_both_rows_are_in_the_log_with_what_is_covered(world, acta, second, desk):
    desk.post(address(world, acta), ticked(acta, [second], [world.means]))
    old, new = Responsibility.objects.order_by("pk")
    entries = AuditEntry.objects.filter(object_type="indicators.responsibility").order_by("pk")
    assert [(entry.verb, entry.object_id) for entry in entries] == [
        (Verb.CHANGED, str(old.pk)),
        (Verb.CREATED, str(new.pk)),
    ]
    assert entries[1].data == {"agreement": acta.pk, "indicators": [second.pk], "means": [world.means.pk]}


def test_all_ticked_again_takes_the_limit_away(world, acta, second, desk):
    limit(world, acta, [second])
    later = date(2017, 1, 1)
    desk.post(address(world, acta), ticked(acta, [world.indicator, second], world.action.means.all(), since=later))
    assert rows(world)[-1] == (later, None, "")


def test_what_began_that_very_day_is_limited_from_its_first_day(world, acta, second):
    Responsibility.objects.update(valid_from=SINCE)
    limit(world, acta, [second])
    assert rows(world) == [
        (SINCE, date(2016, 6, 30), ""),
        (SINCE, None, "solo el indicador I2, todos los medios"),
    ]
    assert asked(world)[0] == [second]


@pytest.mark.parametrize(
    ("left", "field"),
    [
        ({"indicators": []}, "indicators"),
        ({"means": []}, "means"),
        ({"reason": ""}, "reason"),
        ({"means": [0]}, "means"),
    ],
)
def test_nothing_left_or_no_reason_is_refused_at_its_place(world, acta, second, desk, left, field):
    response = desk.post(address(world, acta), ticked(acta, [second], [world.means]) | left)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert rows(world) == [(None, None, "")]


def test_nothing_changed_writes_nothing(world, acta, second, desk):
    response = desk.post(address(world, acta), ticked(acta, [world.indicator, second], world.action.means.all()))
    assert response.context["form"].non_field_errors() == ["No cambió nada: cubre lo mismo."]
    assert limit(world, acta) is False
    assert rows(world) == [(None, None, "")]


def test_an_indicator_of_another_action_cannot_be_ticked(world, acta, second, desk):
    foreign = world.new_indicator(action=world.new_action("1.1.2"))
    response = desk.post(address(world, acta), ticked(acta, [foreign], [world.means]))
    assert list(response.context["form"].errors) == ["indicators"]


def test_who_does_not_answer_that_day_has_no_page(world, acta, desk):
    path = reverse("indicators:agreed_limits", args=[acta.pk, 1, "1.1.1", world.y.pk])
    assert desk.get(path).status_code == 404
    with pytest.raises(AgreementError, match="no responde"):
        limit(world, acta, [world.indicator], institution=world.y)


def test_a_day_outside_the_plan_is_told_and_writes_nothing(world, acta, second, desk):
    response = desk.post(address(world, acta), ticked(acta, [second], [world.means]) | {"since": "2031-01-01"})
    assert response.status_code == 422
    assert "Elija una fecha del plan" in text_of(response)
    assert rows(world) == [(None, None, "")]


def test_what_has_its_end_already_is_not_limited(world, acta, second):
    Responsibility.objects.update(valid_to=date(2017, 1, 1))
    with pytest.raises(AgreementError, match="Ya tiene término"):
        limit(world, acta, [second])


def test_of_two_at_once_the_second_is_told(world, acta, second, desk):
    data = ticked(acta, [second], world.action.means.all())
    limit(world, acta, [world.indicator])
    response = desk.post(address(world, acta), data)
    assert StaleSheetError().message in text_of(response)
    assert len(rows(world)) == 2


@pytest.mark.parametrize("name", ["executive", "coordinator", "focal"])
def test_only_the_technical_secretariat_limits(world, acta, second, name):
    browser = enter(getattr(world, name))
    assert browser.get(address(world, acta)).status_code == 404
    assert browser.post(address(world, acta), ticked(acta, [second], [world.means])).status_code == 404


@pytest.mark.parametrize("amount", [1, 12])
def test_the_page_takes_at_most_15_queries(world, acta, desk, amount, django_assert_max_num_queries):
    for number in range(2, amount + 2):
        world.new_action(f"1.1.{number}", world.x)
        world.new_indicator()
    desk.get(address(world, acta))  # renews the session
    with django_assert_max_num_queries(15):
        desk.get(address(world, acta))


# What is asked


def asked(world) -> tuple[list, list]:
    context = entry_context(world.draft())
    return context.indicators, context.means


def test_the_form_asks_only_what_is_covered(world, acta, second):
    other = world.action.means.get(number=2)
    limit(world, acta, [world.indicator], [other])
    report = world.draft()
    page = text_of(enter(world.focal).get(reverse("indicators:edit_report", args=[report.pk])))
    assert (entry_context(report).indicators, entry_context(report).means) == ([world.indicator], [other])
    assert f'id="indicador-{world.indicator.pk}"' in page
    assert f'id="indicador-{second.pk}"' not in page
    assert f'id="medio-{world.means.pk}"' not in page


def test_a_report_of_a_period_before_the_limit_still_asks_everything(world, acta, second):
    limit(world, acta, [second], since=date(2017, 1, 1))
    assert asked(world)[0] == [world.indicator, second]


def test_the_decision_judges_only_what_is_covered(world, acta, second):
    other = world.action.means.get(number=2)
    limit(world, acta, means=[world.means])
    report = world.claimed()
    page = text_of(enter(world.reviewer).get(reverse("indicators:review", args=[report.pk])))
    assert f"v{world.means.pk}-verdict" in page
    assert f"v{other.pk}-verdict" not in page
    resolution = world.resolution(report.latest_submission, verdicts={world.means.pk: Verdict.ACCREDITED})
    workflow.decide(report.latest_submission, resolution, by=world.reviewer, version=report.version)
    assert report.state == "approved"


def test_approving_together_misses_no_evidence_of_what_is_not_covered(world, acta, second):
    limit(world, acta, means=[world.means])
    report = world.draft()
    world.link(report)
    world.sent(report)
    (candidate,) = candidates({report.pk: report.version}, world.reviewer)
    assert candidate.obstacle == ""


def test_causes_are_recorded_for_what_is_covered(world, acta, second):
    limit(world, acta, [second])
    assert set(explaining_duties(world.focal, world.action, CUT_OFF)) == {second.pk}


def test_two_institutions_with_an_indicator_each_answer_for_it_alone(world, acta, second):
    world.duty(world.action, world.y).indicators.add(second)
    limit(world, acta, [world.indicator])
    Target.objects.create(indicator=world.indicator, value=40, scope="year", year=2016, agreement=world.agreement)
    assert so_far(entry_context(world.draft()), world.indicator) == "lleva 0, faltan 40"


def test_no_universo_is_asked_for_an_indicator_that_is_not_covered(world, acta, second):
    Responsibility.objects.update(valid_from=SINCE)
    universe = Universe.objects.create(code="dotacion", name="Dotación")
    ratio = world.new_indicator(IndicatorKind.RATIO, universe=universe, denominator_aggregation="stock")
    assert board_of(universe.pk, world.x.pk) is not None
    limit(world, acta, [world.indicator])
    assert board_of(universe.pk, world.x.pk) is None
    assert ratio not in asked(world)[0]


# What is owed


def test_coverage_owes_only_the_medios_that_are_covered(world, acta, second):
    world.period.due_on = timezone.localdate() - timedelta(2)
    world.period.save()
    world.action.means.update(recurrence="per_period")
    then = timezone.now()
    before = compliance(world.plan, CUT_OFF, then)
    limit(world, acta, means=[world.means])
    now = compliance(world.plan, CUT_OFF, timezone.now())
    assert compliance(world.plan, CUT_OFF, then) == before
    assert (before.coverage.means_owed, now.coverage.means_owed, now.coverage.owed) == (2, 1, 1)
    world.approved(world.claimed(world.sent()))
    result = compliance(world.plan, CUT_OFF, timezone.now()).coverage
    assert (result.means_accredited, result.means_owed) == (1, 1)


# Where it is told


@pytest.mark.parametrize(
    ("indicators", "means", "words"),
    [
        ([1], [], "solo el indicador I1, todos los medios"),
        ([], [1, 2], "todos los indicadores, solo los medios M1 y M2"),
        ([1, 2, 3], [2], "solo los indicadores I1, I2 y I3, solo el medio M2"),
        ([], [], ""),
    ],
)
def test_a_limit_is_said_in_words(world, second, indicators, means, words):
    world.new_indicator()
    row = world.duty(world.action, world.y)
    row.indicators.set(world.action.indicators.filter(number__in=indicators))
    row.means.set(world.action.means.filter(number__in=means))
    assert row.limits == words


def test_acta_history_ficha_and_institution_say_the_limit(world, acta, second, desk):
    limit(world, acta, [second])
    paths = [
        reverse("indicators:agreement", args=[acta.pk]),
        reverse("indicators:agreed_history", args=["1.1.1"]),
        "/plan/acciones/1.1.1/?corte=2016-12-31",
        reverse("plan:institution", args=[world.x.pk]),
    ]
    words = "olo el indicador I2, todos los medios"
    assert [path for path in paths if words not in text_of(desk.get(path))] == []


def test_before_the_day_the_ficha_says_no_limit(world, acta, second, desk):
    limit(world, acta, [second])
    assert "olo el indicador" not in text_of(desk.get("/plan/acciones/1.1.1/?corte=2016-06-30"))


def test_one_that_was_never_in_force_is_told_as_such(world, acta, second, desk):
    Responsibility.objects.update(valid_from=SINCE)
    limit(world, acta, [second])
    assert "Queda sin efecto desde su inicio" in text_of(desk.get(reverse("indicators:agreed_history", args=["1.1.1"])))
    page = text_of(desk.get(reverse("plan:institution", args=[world.x.pk])))
    assert "hasta el 30-06-2016" not in page
