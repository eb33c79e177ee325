"""What a reviewer compares a claim with: what was validated, the round before, the meta, words and files."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators import workflow
from indicators.claims import change, review_facts
from indicators.content import IndicatorFigures, RowFigures, ValidatedFigures
from indicators.differences import Piece, differences
from indicators.enums import Outcome
from indicators.models import Target
from indicators.tests.reviewing import page_of
from indicators.tests.world import REASON, enter, text_of


def figures(world, value, **rows):
    return {"figures": (IndicatorFigures(world.indicator.pk, value=value, **rows),)}


def facts(world, report):
    report.refresh_from_db()
    return review_facts(report, world.reviewer)


def claim(world, report):
    (only,) = facts(world, report).claims
    return only


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [(3, 15, "+12"), (18, 14, "−4"), (7, 7, "igual"), (0, 0, "igual"), (None, 7, ""), (7, None, "")],
)
def test_a_difference_is_said_with_its_sign(before, now, said):
    assert change(before, now) == said


def test_a_first_claim_has_nothing_to_be_compared_with(world):
    only = claim(world, world.sent())
    assert (only.validated_before, only.last_round, only.rows, only.goal) == (None, None, [], None)


def test_a_claim_stands_beside_what_was_validated_in_the_period_before(world):
    before = world.new_period(date(2016, 1, 1), date(2016, 6, 30))
    world.approved(world.claimed(world.sent(world.draft(period=before), **figures(world, 30))))
    validated = claim(world, world.sent(**figures(world, 42))).validated_before
    assert (validated.label, validated.figure.value, validated.change) == ("Validado 01-2016 a 06-2016", 30, "+12")


def test_what_was_only_informed_before_is_not_called_validated(world):
    before = world.new_period(date(2016, 1, 1), date(2016, 6, 30))
    world.sent(world.draft(period=before), **figures(world, 30))
    assert claim(world, world.sent()).validated_before is None


def test_a_second_round_stands_beside_the_first(world):
    report = world.decided(world.claimed(world.sent(**figures(world, 18))), "returned")
    world.sent(report, **figures(world, 14))
    last = claim(world, report).last_round
    assert (last.label, last.figure.value, last.change) == ("Ronda 1", 18, "−4")


def test_a_withdrawn_round_was_never_said(world):
    report = world.withdrawn()
    world.sent(report)
    assert claim(world, report).last_round is None
    assert facts(world, report).files is None


def test_a_rectification_stands_beside_the_figure_in_force(world):
    report = world.claimed(world.sent(**figures(world, 50)))
    value = report.latest_submission.values.get()
    fixed = ValidatedFigures(value, {"value": 45}, "Cinco se repiten.")
    resolution = world.resolution(report.latest_submission, values=(fixed,))
    workflow.decide(report.latest_submission, resolution, by=world.reviewer, version=report.version)
    workflow.reopen(report, REASON, by=world.focal, version=report.version)
    world.sent(report, **figures(world, 40))
    only = claim(world, report)
    assert (only.validated_before.label, only.validated_before.figure.value) == ("Validado en la ronda 1", 45)
    assert (only.validated_before.change, only.last_round.change) == ("−5", "−10")


@pytest.fixture
def regions(world):
    return world.region("1", "Tarapacá"), world.region("10", "Los Lagos")


def rows_of(regions, *values):
    return tuple(RowFigures(region_id=region.pk, value=value) for region, value in zip(regions, values, strict=False))


def test_rows_are_compared_with_the_round_before_and_the_new_one_has_no_past(world, regions):
    report = world.sent(**figures(world, 18, rows=rows_of(regions[:1], 18)))
    world.decided(world.claimed(report), "returned")
    world.sent(report, **figures(world, 19, rows=rows_of(regions, 14, 5)))
    only = claim(world, report)
    assert [(r.line.label, r.last_round, r.change) for r in only.rows] == [
        ("Tarapacá", 18, "−4"),
        ("Los Lagos", None, ""),
    ]
    assert (only.changed_rows, only.is_compared, only.has_validated_rows) == (1, True, False)


def test_rows_of_a_first_round_are_compared_with_what_was_validated(world, regions):
    before = world.new_period(date(2016, 1, 1), date(2016, 6, 30))
    earlier = world.draft(period=before)
    world.approved(world.claimed(world.sent(earlier, **figures(world, 3, rows=rows_of(regions, 1, 2)))))
    only = claim(world, world.sent(**figures(world, 6, rows=rows_of(regions, 4, 2))))
    assert [(r.validated_before, r.last_round, r.change) for r in only.rows] == [(1, None, "+3"), (2, None, "igual")]


def test_what_cannot_be_counted_is_the_same_or_has_changed(world):
    world.indicator.kind, world.indicator.stage = "product", "prepared"
    world.indicator.save()
    stage = lambda name: {"figures": (IndicatorFigures(world.indicator.pk, stage=name),)}  # noqa: E731
    report = world.decided(world.claimed(world.sent(**stage("in_preparation"))), "returned")
    world.sent(report, **stage("prepared"))
    assert claim(world, report).last_round.change == "cambió"
    world.decided(world.claimed(report), "returned")
    world.sent(report, **stage("prepared"))
    assert claim(world, report).last_round.change == "igual"


# The meta


def target(world, value, **fields):
    return Target.objects.create(
        indicator=world.indicator,
        value=value,
        **{"scope": "year", "year": 2016, "agreement": world.agreement, "source": "agreement"} | fields,
    )


def test_a_claim_is_told_what_is_missing_to_the_meta(world):
    target(world, 100)
    goal = claim(world, world.sent(**figures(world, 40))).goal
    assert (goal.target_text, goal.informed_text, goal.missing_text) == ("100", "40", "faltan 60")
    assert (goal.informed, goal.verified) == (Fraction(2, 5), 0)
    assert "Acta" in goal.source_text


def test_a_meta_that_is_reached_with_what_is_informed_says_so(world):
    target(world, 30)
    goal = claim(world, world.sent(**figures(world, 40))).goal
    assert (goal.missing_text, goal.informed) == ("alcanzada con lo informado", Fraction(4, 3))


def test_the_meta_of_all_counts_what_all_inform(world):
    world.duty(world.action, world.y)
    target(world, 100)
    world.sent(world.draft(world.y), by=world.focal_y, **figures(world, 25))
    assert claim(world, world.sent(**figures(world, 40))).goal.missing_text == "faltan 35"


def test_a_meta_of_the_institution_itself_comes_first(world):
    world.duty(world.action, world.y)
    target(world, 100)
    target(world, 50, institution=world.x)
    world.sent(world.draft(world.y), by=world.focal_y, **figures(world, 25))
    goal = claim(world, world.sent(**figures(world, 40))).goal
    assert (goal.target_text, goal.missing_text) == ("50", "faltan 10")


# Words


def test_a_text_is_compared_word_by_word():
    assert differences("Asistieron 18 personas.", "Asistieron 14 personas.") == [
        Piece("Asistieron "),
        Piece("18 ", is_removed=True),
        Piece("14 ", is_added=True),
        Piece("personas."),
    ]


@pytest.mark.parametrize(("before", "now"), [("", ""), ("", "a b"), ("a b", ""), ("a\n\nb", "a b c"), ("  a", "a  ")])
def test_what_is_not_removed_joins_into_the_newer_text(before, now):
    pieces = differences(before, now)
    assert "".join(piece.text for piece in pieces if not piece.is_removed).split() == now.split()
    assert "".join(piece.text for piece in pieces if not piece.is_added).split() == before.split()


def test_the_page_strikes_what_was_removed_and_marks_what_was_added_in_words_too(world):
    report = world.decided(world.claimed(world.sent(narrative="Asistieron 18 personas.")), "returned")
    world.sent(report, narrative="Asistieron 14 <b>personas</b>.", results="Conocen el protocolo.")
    page = text_of(enter(world.reviewer).get(page_of(report)))
    assert '<del class="dif-menos"><span class="visually-hidden">[quitado: </span>18 personas.' in page
    assert "14 &lt;b&gt;personas&lt;/b&gt;." in page
    assert [text.heading for text in facts(world, report).texts if text.is_changed] == ["Relato", "Resultados"]


# Files


def test_files_are_new_replaced_gone_or_the_same(world):
    report = world.draft()
    same, old, gone = [world.link(report, page=page) for page in ("igual", "viejo", "fuera")]
    world.decided(world.claimed(world.sent(report)), "returned")
    for evidence in (old, gone):
        evidence.removed_at, evidence.removed_by = report.saved_at or evidence.added_at, world.focal
        evidence.save()
    successor = report.evidence.create(
        means=world.means, kind="link", url="https://x.example", added_by=world.focal, replaces=old
    )
    new = world.link(report, page="nuevo")
    world.sent(report)
    files = facts(world, report).files
    assert (files.added, files.replaced, files.removed, files.unchanged) == ([new], [(old, successor)], [gone], 1)
    assert files.new_ids == {new.pk, successor.pk}
    assert same.pk not in files.new_ids


# The page


def queries_for(browser, report) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page_of(report)).status_code == 200
    return len(asked)


def test_the_page_takes_as_many_queries_for_many_rows_files_and_rounds_as_for_few(world, regions):
    few, many = world.draft(), world.draft(period=world.new_period(ends_on=date(2016, 12, 30)))
    for number in range(12):
        world.link(many, page=str(number))
    more = [world.region(str(number), f"Región {number}") for number in range(20, 34)]
    told = figures(world, 14, rows=rows_of(more, *[1] * 14))
    for report, numbers in ((few, figures(world, 1, rows=rows_of(regions, 1))), (many, told)):
        world.link(report)
        world.decided(world.claimed(world.sent(report, **numbers)), "returned")
        world.claimed(world.sent(report, **numbers))
    for _ in range(3):
        world.decided(many, "returned")
        world.claimed(world.sent(many, **told))
    browser = enter(world.reviewer)
    browser.get(page_of(few))
    assert queries_for(browser, many) == queries_for(browser, few)
    assert queries_for(browser, many) < 75


def test_the_answer_to_each_round_stands_in_its_row(world):
    report = world.decided(world.claimed(), Outcome.RETURNED)
    world.sent(report)
    history = enter(world.reviewer).get(page_of(report)).context["history"]
    assert [(item.submission.number, feedback and feedback.decision.reason) for item, feedback in history] == [
        (2, None),
        (1, REASON),
    ]
