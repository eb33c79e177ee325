"""What a decision says reaches the institution at the very field that it is about."""

import pytest
from django.urls import reverse

from indicators import workflow
from indicators.content import Remark
from indicators.enums import ObservationKind
from indicators.feedback import Feedback, feedback_of
from indicators.rounds import rounds_of
from indicators.tests.reviewing import page_of
from indicators.tests.world import REASON, enter, text_of

KIND = ObservationKind.UNSIGNED


@pytest.fixture
def returned(world):
    """Sent back with a remark at every kind of field, and a link left out."""
    report = world.draft()
    link = world.link(report)
    world.claimed(world.sent(report))
    remarks = (
        Remark(KIND, "en el relato", "narrative"),
        Remark(KIND, "en la hoja", f"evidence-{link.pk}-p2"),
        Remark(KIND, "en el medio", f"means-{world.means.pk}"),
        Remark(KIND, "en el valor", f"indicator-{world.indicator.pk}"),
        Remark(KIND, "de antes", "something-9"),
    )
    submission = report.latest_submission
    resolution = world.resolution(submission, "returned", remarks=remarks, struck={link.pk: "No abre."})
    workflow.decide(submission, resolution, by=world.reviewer, version=report.version)
    report.refresh_from_db()
    return report


def feedback(world, report) -> Feedback | None:
    """What was answered to the newest round."""
    return feedback_of(rounds_of(report, world.focal)[0])


def test_a_decision_is_told_in_the_order_of_the_report(world, returned):
    code = returned.evidence.get().code
    means = f"means-{world.means.pk}"
    notes = [(n.about, n.kind, n.text, n.place) for n in feedback(world, returned).notes]
    assert notes == [
        ("Valor del indicador 1", "Sin firma", "en el valor", f"indicator-{world.indicator.pk}"),
        (f"Medio 1, {code}, página 2", "Sin firma", "en la hoja", means),
        ("Medio 1", "Sin firma", "en el medio", means),
        (f"Medio 1, {code}", "Descartada", "No abre.", means),
        ("Relato", "Sin firma", "en el relato", "narrative"),
        ("El reporte", "Sin firma", "de antes", "narrative"),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("unsigned", "Falta la firma.", "Sin firma: Falta la firma."),
        ("unsigned", "", "Sin firma"),
        ("other", "Así.", "Así."),
    ],
)
def test_a_remark_is_told_by_its_reason_and_its_sentence(world, kind, text, words):
    report = world.claimed()
    submission = report.latest_submission
    resolution = world.resolution(submission, remarks=(Remark(ObservationKind(kind), text, "narrative"),))
    workflow.decide(submission, resolution, by=world.reviewer, version=report.version)
    assert [note.words for note in feedback(world, report).notes] == [words]


def test_what_is_not_answered_yet_says_nothing(world):
    assert feedback(world, world.claimed()) is None


def form_of(world, report) -> str:
    return text_of(enter(world.focal).get(reverse("indicators:edit_report", args=[report.pk])))


def test_the_form_opens_with_everything_that_was_said_and_leads_to_each_field(world, returned):
    page = form_of(world, returned)
    assert page.index(REASON) < page.index("data-entry")
    for note in feedback(world, returned).notes:
        assert f'href="#{note.field_id}"' in page
        assert f'id="{note.field_id}"' in page


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [("en el valor", "paso-2", "paso-3"), ("en la hoja", "paso-3", "paso-4"), ("en el relato", "paso-4", "paso-5")],
)
def test_each_remark_stands_at_its_field_too(world, returned, text, after, before):
    page = form_of(world, returned)
    assert page.index(f'id="{after}"') < page.rindex(text) < page.index(f'id="{before}"')


def test_once_it_is_sent_again_the_form_is_closed_and_the_rounds_keep_what_was_said(world, returned):
    world.sent(returned)
    page = text_of(enter(world.focal).get(page_of(returned, "report")))
    assert "en la hoja" in page
    assert "No abre." in page


def test_a_draft_that_was_never_answered_shows_no_remarks(world):
    assert "observó" not in form_of(world, world.draft())


def test_who_reads_no_proof_reads_no_remarks_about_it(world, returned):
    page = text_of(enter(world.coordinator).get(page_of(returned, "report")))
    assert "en el valor" in page
    assert "en el relato" in page
    assert "en la hoja" not in page
    assert "No abre." not in page


def test_an_approval_with_observations_is_stamped_so(world):
    report = world.claimed()
    submission = report.latest_submission
    resolution = world.resolution(submission, remarks=(Remark(KIND, "en el relato", "narrative"),))
    workflow.decide(submission, resolution, by=world.reviewer, version=report.version)
    page = text_of(enter(world.focal).get(page_of(report, "report")))
    assert "<b>Aprobado con observaciones</b>" in page
    assert "en el relato" in page
