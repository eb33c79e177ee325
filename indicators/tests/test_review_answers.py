"""The answer of a reviewer as a whole: what each button promises, remarks at their fields, reasons row by row, and
nothing typed lost to whoever comes second."""

import pytest
from django.contrib.messages import get_messages

from indicators.content import IndicatorFigures, RowFigures
from indicators.forms.judgements import RemarkForm
from indicators.forms.review import NOTHING_OBSERVED, OBSERVED
from indicators.forms.validated import REASON_NEEDED
from indicators.models import (
    Decision,
    Endorsement,
    Observation,
    ProgressReport,
    StoredFile,
    ValidatedRow,
    ValidatedValue,
)
from indicators.tests.filling import errors_of
from indicators.tests.reviewing import answer_to, page_of, value_of
from indicators.tests.world import REASON, enter, text_of
from plan.enums import Role


@pytest.fixture
def report(world):
    """In review by `reviewer`, with one link as its evidence."""
    report = world.draft()
    world.link(report)
    return world.claimed(world.sent(report))


def post(who, report, **changes):
    return enter(who).post(page_of(report), answer_to(report, **changes))


def remark_on(world, **texts) -> dict:
    """Remarks typed at fields: `means`, `indicator`, `narrative`."""
    places = {"means": f"means-{world.means.pk}", "indicator": f"indicator-{world.indicator.pk}"}
    return {f"o-{places.get(name, name)}-text": text for name, text in texts.items()}


# Three buttons


def test_an_approval_with_observations_needs_one_or_a_message(world, report):
    response = post(world.reviewer, report, outcome="observed")
    assert response.status_code == 422
    assert errors_of(response.context["entry"].main) == {"reason": NOTHING_OBSERVED}
    assert not Decision.objects.exists()


@pytest.mark.parametrize("said", [{"reason": "Bien."}, {"o-narrative-text": "Falta decir dónde."}])
def test_a_plain_approval_drops_nothing_that_was_said(world, report, said):
    response = post(world.reviewer, report, **said)
    assert response.status_code == 422
    assert errors_of(response.context["entry"].main) == {"reason": OBSERVED}
    assert next(iter(said.values())) in text_of(response)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("said", [{"reason": "Bien."}, {"o-narrative-text": "Falta decir dónde."}])
def test_an_approval_with_observations_is_called_so_and_is_an_approval(world, report, said):
    response = post(world.reviewer, report, outcome="observed", **said)
    decision = Decision.objects.get()
    assert (decision.outcome, decision.label) == ("approved", "Aprobado con observaciones")
    assert [str(m) for m in get_messages(response.wsgi_request)] == [f"Aprobado con observaciones: {report}."]
    assert ValidatedValue.objects.get().value == 40


def test_a_plain_approval_and_a_return_are_called_by_their_name(world, report):
    post(world.reviewer, report)
    assert Decision.objects.get().label == "Aprobado"
    assert world.decided(world.claimed(world.sent(world.draft(world.y), by=world.focal_y)), "returned")
    assert Decision.objects.get(outcome="returned").label == "Devuelto"


@pytest.mark.parametrize("outcome", ["", "otra", "annulled"])
def test_an_unknown_button_decides_nothing(world, report, outcome):
    response = post(world.reviewer, report, outcome=outcome)
    assert response.status_code == 422
    assert errors_of(response.context["entry"].main) == {"outcome": "Elija aprobar o devolver."}


def test_everything_that_is_wrong_is_listed_with_a_link_to_its_field(world, report):
    wrong = {f"v{world.means.pk}-verdict": "", f"f{value_of(report).pk}-value": "doce"}
    response = post(world.reviewer, report, **wrong)
    fields = [field for _, field in response.context["problems"]]
    assert fields == [f"id_f{value_of(report).pk}-value"]
    for field in fields:
        assert f'href="#{field}"' in text_of(response)
        assert f'id="{field}"' in text_of(response)


@pytest.mark.parametrize("typed", ["\x00", "x" * 501, "<script>alert(1)</script>", "😀 ñ"])
def test_whatever_is_typed_as_a_remark_is_kept_or_told(world, report, typed):
    response = post(world.reviewer, report, outcome="observed", **remark_on(world, narrative=typed))
    kept = [remark.text for remark in Observation.objects.all()] == [typed]
    assert (response.status_code, kept) in {(302, True), (422, False)}
    assert "<script>alert" not in text_of(response)


# Remarks at their fields


def test_remarks_are_kept_with_what_they_are_about(world, report):
    evidence = report.evidence.get()
    typed = {
        **remark_on(world, means="No trae fecha.", indicator="No calza.", narrative="Falta decir dónde."),
        f"o-evidence-{evidence.pk}-kind": "illegible",
    }
    post(world.reviewer, report, outcome="returned", reason=REASON, **typed)
    kept = {o.anchor: (o.kind, o.text) for o in Observation.objects.all()}
    assert kept == {
        f"means-{world.means.pk}": ("other", "No trae fecha."),
        f"indicator-{world.indicator.pk}": ("other", "No calza."),
        "narrative": ("other", "Falta decir dónde."),
        f"evidence-{evidence.pk}": ("illegible", ""),
    }


def test_another_kind_of_remark_says_which(world, report):
    response = post(world.reviewer, report, outcome="observed", **{"o-narrative-kind": "other"})
    form: RemarkForm = response.context["entry"].remarks["narrative"]
    assert errors_of(form) == {"text": "Con «Otro», escriba la observación."}


@pytest.fixture
def with_pages(world, stored_file):
    """In review, with a file of three pages."""
    report = world.draft()
    evidence = stored_file(report)
    StoredFile.objects.update(page_count=3, preview_state="ready")
    return world.claimed(world.sent(report)), f"o-evidence-{evidence.pk}"


@pytest.fixture
def stored_file(world):
    def make(report):
        file = StoredFile.objects.create(
            owner=world.x, name="lista.pdf", storage_name="aa/bb/cc", sha256="a" * 64, size=9, uploaded_by=world.focal
        )
        return report.evidence.create(means=world.means, kind="file", file=file, added_by=world.focal)

    return make


def test_a_remark_may_name_the_page(world, with_pages):
    report, name = with_pages
    post(world.reviewer, report, outcome="observed", **{f"{name}-kind": "unsigned", f"{name}-page": "2"})
    assert Observation.objects.get().anchor == f"{name.removeprefix('o-')}-p2"


@pytest.mark.parametrize(
    ("number", "text", "error"),
    [
        ("4", "Sin firma", {"page": "El archivo tiene 3 páginas."}),
        ("0", "Sin firma", {"page": "Las páginas comienzan en 1."}),
        ("dos", "Sin firma", {"page": "Escriba el número de la página."}),
        ("9" * 30, "Sin firma", {"page": "El archivo tiene 3 páginas."}),
        ("2", "", {"text": "Escriba qué observa en esa página."}),
    ],
)
def test_a_page_that_is_not_there_or_says_nothing_is_told(world, with_pages, number, text, error):
    report, name = with_pages
    response = post(world.reviewer, report, outcome="observed", **{f"{name}-page": number, f"{name}-text": text})
    assert response.status_code == 422
    assert errors_of(response.context["entry"].remarks[name.removeprefix("o-")]) == error


# Reasons, row by row


@pytest.fixture
def broken_down(world):
    action = world.new_action("1.1.2", world.x)
    indicator = world.new_indicator(action=action, breakdown="region")
    north, south = world.region("1", "Tarapacá"), world.region("10", "Los Lagos")
    rows = (RowFigures(region_id=north.pk, value=10), RowFigures(region_id=south.pk, value=5))
    report = world.sent(world.draft(action=action), figures=(IndicatorFigures(indicator.pk, value=15, rows=rows),))
    return world.claimed(report)


@pytest.fixture
def changed(broken_down):
    """Both rows changed: fields of the page, the reason of each row apart."""
    value = value_of(broken_down)
    first, second = value.rows.all()
    rows = {f"f{value.pk}-row{first.pk}": "7", f"f{value.pk}-row{second.pk}": "4"}
    reasons = [f"f{value.pk}-reason{row.pk}" for row in (first, second)]
    return rows, reasons


def test_each_changed_row_keeps_its_own_reason(world, broken_down, changed):
    rows, (first, second) = changed
    post(world.reviewer, broken_down, **rows, **{first: "La lista trae 7.", second: "Uno se repite."})
    assert [(r.value, r.reason) for r in ValidatedRow.objects.all()] == [(7, "La lista trae 7."), (4, "Uno se repite.")]
    assert ValidatedValue.objects.get().reason == "Tarapacá: La lista trae 7.; Los Lagos: Uno se repite."


def test_a_changed_row_without_any_reason_is_told(world, broken_down, changed):
    rows, (first, _) = changed
    response = post(world.reviewer, broken_down, **rows, **{first: "La lista trae 7."})
    assert errors_of(response.context["entry"].values[0]) == {"reason": REASON_NEEDED}


def test_long_reasons_of_rows_fit_into_the_one_of_the_value(world, broken_down, changed):
    rows, (first, second) = changed
    post(world.reviewer, broken_down, **rows, **{first: "a" * 300, second: "b" * 300})
    assert len(ValidatedValue.objects.get().reason) == 300


# A second reviewer


@pytest.fixture
def proposed(world):
    """What `reviewer` proposes of a report of the ministry: one figure changed, a remark, a link left out."""
    author = world.person_of(world.ministry)
    report = world.draft(world.ministry)
    link = world.link(report, by=author)
    world.claimed(world.sent(report, by=author))
    value = value_of(report)
    said = {
        **remark_on(world, means="No trae fecha."),
        f"v{world.means.pk}-verdict": "insufficient",
        f"f{value.pk}-value": "38",
        f"f{value.pk}-reason": "Dos se repiten.",
        f"e{link.pk}-strike": "on",
        f"e{link.pk}-reason": "No abre.",
        "reason": "En lo demás, bien.",
    }
    post(world.reviewer, report, outcome="observed", **said)
    report.refresh_from_db()
    return world.claimed(report, by=world.reviewer2)


def posted_by(page) -> dict:
    """What a browser would post of the form of this page, untouched."""
    entry = page.context["entry"]
    told = {"version": page.context["report"].version, "round": page.context["round"].submission.pk}
    for form in entry.parts():
        told |= {form.add_prefix(name): form[name].value() or "" for name in form.fields}
    return {name: "on" if value is True else value for name, value in told.items() if value is not False}


def test_the_second_reviewer_confirms_the_whole_proposal_with_one_click(world, proposed):
    assert Endorsement.objects.get().outcome_label == "Aprobado con observaciones"
    browser = enter(world.reviewer2)
    page = browser.get(page_of(proposed))
    assert "Aprobado con observaciones" in text_of(page)
    browser.post(page_of(proposed), posted_by(page) | {"outcome": "observed"})
    decision = Decision.objects.get()
    assert (decision.label, decision.reason) == ("Aprobado con observaciones", "En lo demás, bien.")
    assert [(v.value, v.reason) for v in decision.values.all()] == [(38, "Dos se repiten.")]
    assert [v.verdict for v in decision.verdicts.all()] == ["insufficient"]
    assert [s.reason for s in decision.struck.all()] == ["No abre."]
    assert [o.text for o in decision.observations.all()] == ["No trae fecha."]
    assert (decision.first_reviewer, decision.reviewer) == (world.reviewer, world.reviewer2)


def test_the_second_reviewer_may_change_what_was_proposed(world, proposed):
    browser = enter(world.reviewer2)
    told = posted_by(browser.get(page_of(proposed)))
    browser.post(page_of(proposed), told | {"outcome": "observed", f"f{value_of(proposed).pk}-value": "39"})
    assert Decision.objects.get().values.get().value == 39


def test_proposed_rows_and_their_reasons_come_back_too(world):
    author = world.person_of(world.ministry)
    action = world.new_action("1.1.2", world.ministry)
    indicator = world.new_indicator(action=action, breakdown="region")
    rows = (RowFigures(region_id=world.region("1", "Tarapacá").pk, value=10),)
    figures = (IndicatorFigures(indicator.pk, value=10, rows=rows),)
    report = world.claimed(world.sent(world.draft(world.ministry, action=action), by=author, figures=figures))
    value = value_of(report)
    name = f"f{value.pk}-%s{value.rows.get().pk}"
    post(world.reviewer, report, **{name % "row": "8", name % "reason": "Faltan dos."})
    report.refresh_from_db()
    told = posted_by(enter(world.reviewer2).get(page_of(world.claimed(report, by=world.reviewer2))))
    assert (told[name % "row"], told[name % "reason"]) == ("8", "Faltan dos.")


def test_a_proposal_of_before_remarks_were_kept_still_opens(world, proposed):
    old = {
        key: value for key, value in Endorsement.objects.get().resolution.items() if key not in ("values", "remarks")
    }
    page = enter(world.reviewer2).get(page_of(proposed))
    assert page.context["entry"].main["reason"].value() == old["reason"]


# Who comes second


TYPED = {"outcome": "returned", "reason": REASON, "o-narrative-text": "Falta decir dónde."}


def test_who_lost_the_report_to_a_colleague_keeps_the_whole_form(world, report):
    enter(world.reviewer2).post(page_of(report, "claim_report"), {"version": report.version})
    response = post(world.reviewer, report, **TYPED)
    assert response.status_code == 409
    page = text_of(response)
    assert REASON in page
    assert "Falta decir dónde." in page
    assert "Lo está revisando Ignacio Peña. Lo que escribió sigue en esta página." in page
    assert not Decision.objects.exists()


def test_what_was_typed_survives_taking_the_report_back_and_can_be_sent(world, report):
    enter(world.reviewer2).post(page_of(report, "claim_report"), {"version": report.version})
    report.refresh_from_db()
    page = enter(world.reviewer).post(page_of(report, "claim_report"), answer_to(report, **TYPED), follow=True)
    assert page.context["may_decide"]
    enter(world.reviewer).post(page_of(report), posted_by(page) | {"outcome": "returned"})
    assert (Decision.objects.get().reason, Observation.objects.get().text) == (REASON, "Falta decir dónde.")


def test_who_is_overtaken_by_a_decision_is_told_by_whom_and_reads_what_was_typed(world, report):
    told = answer_to(report, **TYPED)
    world.decided(world.claimed(report, by=world.reviewer2), "approved", by=world.reviewer2)
    response = enter(world.reviewer).post(page_of(report), told)
    assert response.status_code == 409
    page = text_of(response)
    assert "<b>Aprobar</b>, Ignacio Peña" in page
    assert response.context["typed"] == [
        ("Medio 1", "Acreditado"),
        ("Observación, relato", "Falta decir dónde."),
        ("Resolución", "Devuelto"),
        ("Mensaje a la institución", REASON),
    ]
    assert Decision.objects.get().reviewer == world.reviewer2


def test_a_changed_report_that_is_still_mine_can_be_answered_at_once(world, report):
    response = post(world.reviewer, report, **TYPED, version=report.version - 1)
    assert response.status_code == 409
    enter(world.reviewer).post(page_of(report), posted_by(response) | {"outcome": "returned"})
    assert Decision.objects.get().reason == REASON


def test_a_double_click_decides_once_and_says_nothing_of_another_person(world, report):
    told = answer_to(report)
    browser = enter(world.reviewer)
    first, second = [browser.post(page_of(report), told) for _ in range(2)]
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Usted ya resolvió este reporte" in text_of(second)
    assert Decision.objects.count() == 1


# Why somebody may not


@pytest.mark.parametrize(
    ("why", "arrange"),
    [
        ("Usted figura como quien responde por este reporte.", lambda world: world.sent(responder_name="Paula Núñez")),
        ("Usted agregó evidencia a este reporte.", lambda world: _with_evidence_of(world)),
        (
            "Usted tiene un nombramiento en la institución.",
            lambda world: world.appoint(world.reviewer, Role.OBSERVER, institution=world.x) and world.sent(),
        ),
    ],
)
def test_who_is_not_independent_is_told_why_at_the_door(world, why, arrange):
    arrange(world)
    report = ProgressReport.objects.get()
    response = enter(world.reviewer).get(page_of(report))
    assert response.url == page_of(report, "report")
    sentence = f"No puede revisar este reporte. {why} Lo revisa otra persona de la secretaría técnica."
    assert [str(message) for message in get_messages(response.wsgi_request)] == [sentence]
    response = enter(world.reviewer).post(page_of(report, "claim_report"), {"version": report.version})
    assert [str(message) for message in get_messages(response.wsgi_request)] == [sentence]


def _with_evidence_of(world):
    report = world.sent()
    report.evidence.create(means=world.means, kind="link", url="https://x.example", added_by=world.reviewer)


def test_neither_the_message_nor_a_remark_names_a_person(world, report):
    said = {"reason": "Quite a 12.345.678-5 de la lista.", **remark_on(world, narrative="Sobra ana@example.org")}
    response = post(world.reviewer, report, outcome="returned", **said)
    assert response.status_code == 422
    assert {field for _, field in response.context["problems"]} == {"id_reason", "id_o-narrative-text"}
    assert "Quite el RUN 12.345.678-5" in text_of(response)
    assert "Quite el correo ana@example.org" in text_of(response)
    assert not Decision.objects.exists()
