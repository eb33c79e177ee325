"""What the page of a report shows of the period before, and what it asks about figures far from it."""

from datetime import date

import pytest
from django.urls import reverse

from indicators import workflow
from indicators.content import IndicatorFigures, RowFigures, ValidatedFigures
from indicators.enums import Breakdown, Entry, IndicatorKind, Outcome, Stage
from indicators.forms.entry import ReportEntry
from indicators.previous import ABOVE, BELOW, jump, previous_figures, previous_submission, rounds_until
from indicators.tests.filling import fill, post_data, typed
from indicators.tests.world import enter, text_of
from plan.templatetags.portal import number

EARLIER = (date(2016, 1, 1), date(2016, 6, 30))


@pytest.fixture
def earlier(world):
    """A report of the first half of 2016, sent with 40."""
    return world.sent(world.draft(period=world.new_period(*EARLIER)))


def validate(world, report, **changes):
    """Approve it with another figure than the one that was informed."""
    world.claimed(report)
    submission = report.latest_submission
    values = tuple(ValidatedFigures(value, changes, "No todos firmaron.") for value in submission.values.all())
    workflow.decide(submission, world.resolution(submission, values=values), by=world.reviewer, version=report.version)


def past_of(report):
    return previous_submission(report, rounds_until(report))


def before(world, report):
    return previous_figures(past_of(report))[world.indicator.pk]


def test_what_was_informed_stands_beside_what_was_validated_with_the_name_of_the_period(world, earlier):
    validate(world, earlier, value=30)
    report = world.draft()
    figure = before(world, report)
    assert (figure.period, figure.informed.value, figure.validated.value, figure.amount) == (
        "01-2016 a 06-2016",
        40,
        30,
        30,
    )
    page = text_of(enter(world.focal).get(reverse("indicators:edit_report", args=[report.pk])))
    assert '01-2016 a 06-2016: informado <b class="num">40</b>, validado <b class="num">30</b>' in page


def test_what_nobody_has_validated_yet_says_so(world, earlier):
    report = world.draft()
    assert before(world, report).validated is None
    page = text_of(enter(world.focal).get(reverse("indicators:edit_report", args=[report.pk])))
    assert 'informado <b class="num">40</b>, aún sin validar' in page


def test_a_returned_figure_is_not_a_validated_one(world, earlier):
    world.decided(world.claimed(earlier), Outcome.RETURNED)
    assert before(world, world.draft()).validated is None


def test_without_an_earlier_report_there_is_nothing_before(world):
    assert past_of(world.draft()) is None
    assert previous_figures(None) == {}


def test_what_others_reported_is_not_the_own_past(world):
    world.sent(world.draft(world.y, period=world.new_period(*EARLIER)), by=world.focal_y)
    assert past_of(world.draft()) is None


def test_each_row_of_a_breakdown_has_its_own_past(world):
    world.indicator.breakdown = Breakdown.REGION
    world.indicator.save()
    north, south = world.region("XV", "Arica y Parinacota"), world.region("XII", "Magallanes")
    rows = (RowFigures(region_id=north.pk, value=0), RowFigures(region_id=south.pk, value=7))
    figures = (IndicatorFigures(world.indicator.pk, value=7, rows=rows),)
    world.sent(world.draft(period=world.new_period(*EARLIER)), figures=figures)
    report = world.draft()
    assert before(world, report).rows == {(north.pk, None): 0, (south.pk, None): 7}
    form = fill(world.indicator, report, **{f"r{north.pk}": "90", f"r{south.pk}": "22"})
    assert form.is_valid()
    assert form.doubts() == {f"r{south.pk}": ABOVE}


@pytest.mark.parametrize(
    ("was", "now", "question"),
    [
        (40, 120, ""),
        (40, 121, ABOVE),
        (40, 14, ""),
        (40, 13, BELOW),
        (0, 500, ""),
        (None, 500, ""),
        (40, 0, ""),
        (40, None, ""),
    ],
)
def test_only_more_than_three_times_more_or_less_is_asked_about(was, now, question):
    assert jump(was, now) == question


def test_the_question_stands_in_the_checklist_and_does_not_block(world, earlier):
    report = world.draft()
    world.link(report)
    told = post_data(typed(world, report, **{f"i{world.indicator.pk}-value": number(121)}))
    entry = ReportEntry(report, world.focal, told)
    assert [(point.text, point.is_blocking) for point in entry.points()] == [(f"Valor: {ABOVE}", False)]
    assert entry.may_be_submitted()


def test_the_page_asks_beside_the_field(world, earlier):
    report = world.draft()
    told = typed(world, report, **{f"i{world.indicator.pk}-value": "13"})
    page = text_of(enter(world.focal).post(reverse("indicators:edit_report", args=[report.pk]), told, follow=True))
    assert page.count(BELOW) == 3  # beside the field, in the checklist, and for the script


# What grows is not typed again


@pytest.fixture
def names(world):
    """A list of names, reported for the first half of 2016."""
    world.indicator.lists_names, world.indicator.entry = True, Entry.RUNNING_TOTAL
    world.indicator.save()
    figures = (IndicatorFigures(world.indicator.pk, value=2, names=("Fono 149", "Línea 600")),)
    return world.sent(world.draft(period=world.new_period(*EARLIER)), figures=figures)


def test_a_list_begins_with_the_names_of_the_period_before(world, names):
    report = world.draft()
    page = text_of(enter(world.focal).get(reverse("indicators:edit_report", args=[report.pk])))
    assert "Fono 149\nLínea 600</textarea>" in page


def test_names_that_are_gone_are_asked_about(world, names):
    form = fill(world.indicator, world.draft(), names="fono 149\nOtra")
    form.is_valid()
    assert form.doubts() == {"names": "Ya no está lo que antes se informó: Línea 600. ¿Es correcto?"}


def test_a_product_that_goes_back_is_asked_about(world):
    world.indicator.kind, world.indicator.stage = IndicatorKind.PRODUCT, Stage.VALIDATED
    world.indicator.save()
    validated = IndicatorFigures(world.indicator.pk, stage=Stage.VALIDATED, stage_on=EARLIER[1])
    world.sent(world.draft(period=world.new_period(*EARLIER)), figures=(validated,))
    report = world.draft()
    back = fill(world.indicator, report, stage="in_preparation", stage_on="2016-10-01")
    on = fill(world.indicator, report, stage="distributed", stage_on="2016-10-01")
    assert (back.is_valid(), on.is_valid()) == (True, True)
    assert back.doubts() == {"stage": "Antes se informó «Validado» y ahora retrocede. ¿Es correcto?"}
    assert on.doubts() == {}


def test_years_that_were_delivered_are_ticked_and_asked_about_when_they_are_taken_out(world):
    world.indicator.kind, world.indicator.years = IndicatorKind.YEARLY_PRODUCT, [2015, 2016]
    world.indicator.save()
    figures = (IndicatorFigures(world.indicator.pk, years=(2015,)),)
    world.sent(world.draft(period=world.new_period(*EARLIER)), figures=figures)
    report = world.draft()
    page = text_of(enter(world.focal).get(reverse("indicators:edit_report", args=[report.pk])))
    assert page.count("checked") == 2  # the answer, and 2015
    form = fill(world.indicator, report, years=["2016"])
    form.is_valid()
    assert form.doubts() == {"years": "Antes se informó como entregado 2015. ¿Es correcto quitarlo?"}


# Cost


@pytest.mark.parametrize("many", [False, True])
def test_the_form_takes_at_most_fifteen_queries(world, many, django_assert_max_num_queries):
    """Of a returned report with evidence and a past, after few periods and after many."""
    for year in range(2000, 2014 if many else 2001):
        past = world.draft(period=world.new_period(date(year, 1, 1), date(year, 6, 30)))
        for page in range(5 if many else 1):
            world.link(past, page=page)
        world.approved(world.claimed(world.sent(past)))
    report = world.draft()
    world.link(report)
    world.sent(report)
    world.decided(world.claimed(report), Outcome.RETURNED)
    browser, path = enter(world.focal), reverse("indicators:edit_report", args=[report.pk])
    browser.get(path)
    with django_assert_max_num_queries(15):
        assert browser.get(path).status_code == 200
