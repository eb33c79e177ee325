"""After a button the page comes back where the person was, and says there what happened."""

import re

import pytest
from django.urls import reverse

from indicators import workflow
from indicators.content import Remark
from indicators.enums import ObservationKind, Verdict
from indicators.tests.filling import typed
from indicators.tests.world import enter, text_of
from plan.tests.sample_files import pdf, upload

OFICIO = {"document_number": "312", "document_date": "2016-12-05"}


@pytest.fixture
def report(world):
    return world.draft()


@pytest.fixture
def reserved(world):
    return world.new_means(world.action, reserved=True)


@pytest.fixture
def focal(world):
    return enter(world.focal)


def post(browser, world, report, means=None, **fields):
    """The page is saved with these fields of a medio."""
    report.refresh_from_db()
    named = {f"m{(means or world.means).pk}-{name}": value for name, value in fields.items()}
    return browser.post(reverse("indicators:edit_report", args=[report.pk]), typed(world, report, **named))


def medio(browser, report, means) -> str:
    """What stands at a medio when the page opens."""
    page = text_of(browser.get(reverse("indicators:edit_report", args=[report.pk])))
    return re.search(rf'<article class="medio" id="medio-{means.pk}".*?</article>', page, re.DOTALL)[0]


def focused(response) -> list[str]:
    return re.findall(r'name="([^"]+)"[^>]* autofocus', text_of(response))


def test_an_oficio_added_brings_the_page_back_to_its_medio_and_is_told_there_once(world, report, reserved, focal):
    response = post(focal, world, report, reserved, issuer=world.x.pk, **OFICIO)
    assert response.url.endswith(f"/editar/#medio-{reserved.pk}")
    assert "Oficio agregado al medio 2." in medio(focal, report, reserved)
    assert "agregado" not in medio(focal, report, reserved)


def test_several_files_are_told_together(world, report, focal):
    files = [upload("uno.pdf", pdf(text="Uno")), upload("dos.pdf", pdf(text="Dos"))]
    post(focal, world, report, uploads=files, url="https://www.dt.example/a")
    told = medio(focal, report, world.means)
    assert "2 archivos agregados al medio 1." in told
    assert "Enlace agregado al medio 1." in told


def test_with_an_error_the_page_opens_at_its_field_and_does_not_read_as_if_all_went_well(
    world, report, reserved, focal
):
    response = post(focal, world, report, reserved, issuer=world.x.pk, document_number="312")
    assert focused(response)[0] == f"m{reserved.pk}-document_date"
    page = text_of(response)
    assert "El borrador quedó guardado, pero falta agregar evidencia: corrija el medio 2." in page
    assert "aviso-linea--bien" not in page


def test_a_file_taken_out_says_where_it_can_be_found_and_is_offered_again(world, report, focal):
    post(focal, world, report, uploads=upload("uno.pdf", pdf()))
    evidence = report.evidence.get()
    path = reverse("indicators:remove_evidence", args=[report.pk, evidence.pk])
    report.refresh_from_db()
    focal.post(path, typed(world, report))
    page = medio(focal, report, world.means)
    assert "Quitó uno.pdf." in page
    assert "puede volver a agregarlo desde «Usar un archivo ya guardado»" in page
    assert f'<option value="{evidence.file.public_id}">' in page


def test_taking_a_submission_back_is_asked_twice(world, focal):
    page = text_of(focal.get(reverse("indicators:report", args=[world.sent().pk])))
    asked = re.search(r'<details class="confirmar">.*?</details>', page, re.DOTALL)[0]
    assert "El reporte vuelve a usted" in asked
    assert page.count("/retirar/") == asked.count("/retirar/") == 1


def test_the_form_costs_few_queries_even_with_an_oficio_waiting_in_two_medios(
    world, report, reserved, focal, django_assert_max_num_queries
):
    second = world.new_means(world.action, reserved=True)
    waiting = {f"m{means.pk}-{name}": value for means in (reserved, second) for name, value in OFICIO.items()}
    issuers = {f"m{means.pk}-issuer": world.x.pk for means in (reserved, second)}
    focal.post(reverse("indicators:autosave", args=[report.pk]), typed(world, report, **waiting, **issuers))
    with django_assert_max_num_queries(15):
        assert "hay un oficio escrito sin agregar" in text_of(
            focal.get(reverse("indicators:edit_report", args=[report.pk]))
        )


def test_the_receipt_names_the_oficio_and_the_link_that_were_sent(world, report, reserved, focal):
    world.link(report)
    post(focal, world, report, reserved, issuer=world.x.pk, **OFICIO)
    report.refresh_from_db()
    receipt = reverse("indicators:receipt", args=[world.sent(report).latest_submission.pk])
    for who, sees in [(world.focal, True), (world.reviewer, True), (world.coordinator, False)]:
        page = text_of(enter(who).get(receipt))
        assert ("Oficio N.º\u00a0312, 05-12-2016, Dirección del Trabajo" in page) is sees
        assert ("https://www.dt.example/informe" in page) is sees


def returned(world, **judged):
    report = world.claimed()
    submission = report.latest_submission
    resolution = world.resolution(submission, "returned", **judged)
    workflow.decide(submission, resolution, by=world.reviewer, version=report.version)
    return report


def test_a_returned_report_shows_each_verdict_at_its_medio_and_leads_to_the_first_that_failed(world, focal):
    second = world.new_means(world.action)
    verdicts = {world.means.pk: Verdict.ACCREDITED, second.pk: Verdict.INSUFFICIENT}
    remarks = (Remark(ObservationKind.UNSIGNED, "", "narrative"),)
    report = returned(world, verdicts=verdicts, remarks=remarks)
    assert "Insuficiente" in medio(focal, report, second)
    assert "Acreditado" in medio(focal, report, world.means)
    page = text_of(focal.get(reverse("indicators:edit_report", args=[report.pk])))
    assert re.search(rf'href="#medio-{second.pk}">.*Ir a lo primero', page)
