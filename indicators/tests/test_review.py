"""The desk of the secretaría técnica: who is heard first, what an answer needs, what it leaves."""

import pytest
from django.urls import reverse

from indicators.content import IndicatorFigures, RowFigures
from indicators.forms.review import RETURN_NEEDS_SENTENCE
from indicators.forms.validated import REASON_NEEDED
from indicators.models import Decision, MeansVerdict, StruckEvidence, ValidatedRow, ValidatedValue
from indicators.tests.filling import errors_of
from indicators.tests.reviewing import answer_to, page_of, value_of
from indicators.tests.world import REASON, enter, text_of


@pytest.fixture
def report(world):
    """In review by `reviewer`, with one link as its evidence."""
    report = world.draft()
    world.link(report)
    return world.claimed(world.sent(report))


@pytest.fixture
def answer(world, report):
    """Answers the page of the review: approved, the medio accredited and the figure as reported, but for `changes`."""

    def post(report=report, who=world.reviewer, **changes):
        return enter(who).post(page_of(report), answer_to(report, **changes))

    return post


OTHERS = ["focal", "focal_y", "executive", "coordinator", "observer", "administrator"]


@pytest.mark.parametrize("who", OTHERS)
def test_for_other_roles_the_desk_does_not_exist(world, report, answer, who):
    browser = enter(getattr(world, who))
    assert browser.get(reverse("indicators:review_queue")).status_code == 404
    assert browser.get(page_of(report)).status_code == 404
    assert browser.post(page_of(report, "claim_report"), {"version": report.version}).status_code == 404
    assert answer(who=getattr(world, who)).status_code == 404
    assert not Decision.objects.exists()


# Taking it in review


def test_a_claimed_report_is_in_the_hands_of_who_took_it(world):
    report = world.sent()
    response = enter(world.reviewer).post(page_of(report, "claim_report"), {"version": report.version})
    assert response.url == page_of(report)
    report.refresh_from_db()
    assert report.assigned_to == world.reviewer


def test_a_colleague_takes_a_report_over_and_the_first_decides_no_more(world, report, answer):
    enter(world.reviewer2).post(page_of(report, "claim_report"), {"version": report.version})
    report.refresh_from_db()
    assert report.assigned_to == world.reviewer2
    answer()
    assert not Decision.objects.exists()
    answer(who=world.reviewer2)
    assert Decision.objects.get().reviewer == world.reviewer2


def test_only_the_first_of_two_who_claim_at_once_has_it(world):
    report = world.sent()
    for who in (world.reviewer, world.reviewer2):
        enter(who).post(page_of(report, "claim_report"), {"version": report.version})
    report.refresh_from_db()
    assert report.assigned_to == world.reviewer


def test_nobody_decides_on_what_was_not_taken_in_review(world, answer):
    report = world.sent(world.draft(period=world.new_period(ends_on=world.period.starts_on)))
    response = answer(report, outcome="returned", reason=REASON)
    assert response.status_code == 409
    assert REASON in text_of(response)
    assert not Decision.objects.exists()


# Approving


def test_an_approval_keeps_the_figures_as_reported_and_goes_back_to_the_queue(world, report, answer):
    assert answer().url == reverse("indicators:review_queue")
    report.refresh_from_db()
    assert (report.state, report.assigned_to) == ("approved", None)
    validated = ValidatedValue.objects.get()
    assert (validated.value, validated.reason) == (40, "")
    assert MeansVerdict.objects.get().verdict == "accredited"


def test_without_a_verdict_nothing_is_approved_and_the_medio_says_so(world, report, answer):
    response = answer(**{f"v{world.means.pk}-verdict": ""})
    assert response.status_code == 422
    (form,) = response.context["entry"].verdicts
    assert errors_of(form) == {"verdict": "Falta el veredicto de este medio."}
    assert "Falta el veredicto de este medio." in text_of(response)
    assert not Decision.objects.exists()


def test_without_an_outcome_nothing_is_decided(answer):
    response = answer(outcome="")
    assert response.status_code == 422
    assert errors_of(response.context["entry"].main)["outcome"] == "Elija aprobar o devolver."
    assert not Decision.objects.exists()


def test_an_answer_to_an_old_version_decides_nothing(report, answer):
    answer(version=report.version - 1)
    assert not Decision.objects.exists()


def test_a_corrected_figure_needs_a_reason_and_keeps_it(report, answer):
    name = f"f{value_of(report).pk}"
    response = answer(**{f"{name}-value": "38"})
    assert response.status_code == 422
    assert errors_of(response.context["entry"].values[0]) == {"reason": REASON_NEEDED}
    answer(**{f"{name}-value": "38", f"{name}-reason": "Dos nombres se repiten."})
    validated = ValidatedValue.objects.get()
    assert (validated.value, validated.reason, value_of(report).value) == (38, "Dos nombres se repiten.", 40)


def test_a_reason_without_a_correction_is_not_kept(report, answer):
    answer(**{f"f{value_of(report).pk}-reason": "Por si acaso."})
    assert ValidatedValue.objects.get().reason == ""


@pytest.mark.parametrize("typed", ["", "-1", "doce"])
def test_a_wrong_validated_figure_is_told_and_stays_typed(report, answer, typed):
    response = answer(**{f"f{value_of(report).pk}-value": typed})
    assert response.status_code == 422
    assert set(response.context["entry"].values[0].errors) == {"value"}
    assert not Decision.objects.exists()


@pytest.fixture
def broken_down(world):
    """In review: 10 in one region and 5 in another."""
    action = world.new_action("1.1.2", world.x)
    indicator = world.new_indicator(action=action, breakdown="region")
    north, south = world.region("1", "Tarapacá"), world.region("10", "Los Lagos")
    rows = (RowFigures(region_id=north.pk, value=10), RowFigures(region_id=south.pk, value=5))
    figures = (IndicatorFigures(indicator.pk, value=15, rows=rows),)
    return world.claimed(world.sent(world.draft(action=action), figures=figures))


def test_corrected_rows_add_up_into_the_total_and_need_one_reason(answer, broken_down):
    value = value_of(broken_down)
    first, second = value.rows.all()
    changes = {f"f{value.pk}-row{first.pk}": "7"}
    assert answer(broken_down, **changes).status_code == 422
    answer(broken_down, **changes, **{f"f{value.pk}-reason": "La lista trae 7."})
    validated = ValidatedValue.objects.get()
    assert (validated.value, validated.reason) == (12, "La lista trae 7.")
    rows = {row.row_id: (row.value, row.reason) for row in ValidatedRow.objects.all()}
    assert rows == {first.pk: (7, "La lista trae 7."), second.pk: (5, "")}


def test_struck_evidence_needs_a_reason_and_keeps_it(report, answer):
    evidence = report.evidence.get()
    strike = {f"e{evidence.pk}-strike": "on"}
    response = answer(**strike)
    assert response.status_code == 422
    form = response.context["entry"].strikes[evidence.pk]
    assert errors_of(form) == {"reason": "Escriba por qué se descarta esta evidencia."}
    answer(**strike, **{f"e{evidence.pk}-reason": "El enlace no abre."})
    struck = StruckEvidence.objects.get()
    assert (struck.evidence, struck.reason) == (evidence, "El enlace no abre.")


# Returning


@pytest.mark.parametrize("reason", ["", "   ", "Corregir."])
def test_a_return_without_a_sentence_is_not_sent(answer, reason):
    response = answer(outcome="returned", reason=reason)
    assert response.status_code == 422
    assert errors_of(response.context["entry"].main) == {"reason": RETURN_NEEDS_SENTENCE}
    assert RETURN_NEEDS_SENTENCE in text_of(response)
    assert not Decision.objects.exists()


def test_a_return_needs_no_verdicts_and_fixes_no_figure(world, report, answer):
    wrong = {f"v{world.means.pk}-verdict": "", f"f{value_of(report).pk}-value": "doce"}
    assert answer(outcome="returned", reason=REASON, **wrong).status_code == 302
    decision = Decision.objects.get()
    assert (decision.outcome, decision.reason) == ("returned", REASON)
    assert not ValidatedValue.objects.exists()
    report.refresh_from_db()
    assert (report.state, report.assigned_to) == ("returned", None)


def test_what_was_typed_stays_on_the_page_of_a_refused_answer(report, answer):
    response = answer(outcome="returned", reason="Corregir.")
    assert response.context["entry"].main["reason"].value() == "Corregir."
    assert "Corregir." in text_of(response)


def test_the_second_round_is_judged_on_its_own(world, report, answer):
    answer(outcome="returned", reason=REASON)
    report.refresh_from_db()
    world.claimed(world.sent(report, figures=(IndicatorFigures(world.indicator.pk, value=38),)))
    answer()
    assert [d.outcome for d in Decision.objects.order_by("pk")] == ["returned", "approved"]
    assert ValidatedValue.objects.get().value == 38


def test_without_progress_there_is_nothing_to_judge_but_the_answer(world, answer):
    period = world.new_period(ends_on=world.period.starts_on)
    told = {"answer": "no_progress", "motive": "budget", "motive_text": "No hubo fondos.", "figures": ()}
    report = world.claimed(world.sent(world.draft(period=period), **told))
    answer(report)
    report.refresh_from_db()
    assert report.state == "approved"
    assert not MeansVerdict.objects.exists()
