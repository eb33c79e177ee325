"""The pages of editions, as the secretarías use them and as others read them."""

import re
from datetime import datetime
from html import unescape

import pytest
from django.urls import reverse

from indicators.tests.world import as_read
from plan.enums import Role, Verb
from plan.models import AuditEntry
from reports.documents.printing import PrintingError
from reports.editions import producing
from reports.editions.issuing import annul
from reports.enums import EditionState
from reports.models import IssuedReport
from reports.tests import story, world

CHECK, EMIT, INDEX = (reverse(f"reports:{name}") for name in ("check_edition", "emit_edition", "index"))
WISH = {"documento": "1", "corte": "2016-12-31"}
pytestmark = pytest.mark.usefixtures("quick_press")


@pytest.fixture
def told(db):
    return story.tell()


@pytest.fixture
def executive(client, told):
    user = world.make_secretary(told.plan, Role.EXECUTIVE)
    client.force_login(user)
    return user


def text_of(response) -> str:
    return " ".join(as_read(response.content.decode()).split())


def hidden(response) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(documento|corte|momento)" value="([^"]*)"', text_of(response)))


def looked_over(client, **wish) -> dict[str, str]:
    """What the check list posts once its points are read."""
    return hidden(client.get(CHECK, WISH | wish)) | {"reviewed": "on"}


def emitted(client, **wish) -> IssuedReport:
    client.post(EMIT, looked_over(client, **wish))
    return IssuedReport.objects.first()


def path_of(edition: IssuedReport, name: str = "edition") -> str:
    return reverse(f"reports:{name}", args=[edition.folio])


# Looking over ----------------------------------------------------------------------------------------------------
def test_the_check_list_tells_what_waits_and_what_is_missing(client, executive):
    page = text_of(client.get(CHECK, WISH))
    assert "Reportes que esperan revisión: 1. Cuentan como informados y no como verificados." in page
    assert "Períodos terminados que siguen abiertos" in page
    assert "Ningún indicador no calculable." in page
    assert "Ninguna edición vigente de este documento." in page


def test_without_a_document_the_page_asks_which(client, executive):
    assert "Elija el documento y sus fechas." in text_of(client.get(CHECK))


def test_a_wrong_date_is_told_at_its_field(client, executive):
    assert "Elija un corte dentro del plan" in text_of(client.get(CHECK, WISH | {"corte": "2031-01-01"}))


def test_what_was_resolved_before_the_corte_makes_no_edition(client, executive):
    for hasta, is_told in (("2016-12-30", True), ("2016-12-31", False)):
        assert ("Es anterior al corte" in text_of(client.get(CHECK, WISH | {"hasta": hasta}))) == is_told


def test_what_has_to_be_read_has_to_be_confirmed(client, executive):
    posted = looked_over(client)
    del posted["reviewed"]
    page = text_of(client.post(EMIT, posted))
    assert "Confirme que leyó los puntos por revisar." in page
    assert IssuedReport.objects.count() == 0


def test_whoever_opens_the_address_of_a_refusal_again_is_led_to_its_check_list(client, executive):
    address = re.search(r'action="([^"]*)"', text_of(client.get(CHECK, WISH)).partition("Emitir da un folio")[2])
    response = client.get(unescape(address[1]), follow=True)
    assert response.redirect_chain == [(f"{CHECK}?documento=1&corte=2016-12-31", 302)]
    assert "Ninguna edición vigente de este documento." in text_of(response)
    assert not IssuedReport.objects.exists()


def test_the_technical_secretary_looks_over_and_does_not_emit(client, told):
    client.force_login(world.make_secretary(told.plan))
    assert "Emite la secretaría ejecutiva." in text_of(client.get(CHECK, WISH))
    assert client.post(EMIT, WISH).status_code == 404


# Emitting --------------------------------------------------------------------------------------------------------
def test_an_edition_is_emitted_read_and_taken(client, executive):
    response = client.post(EMIT, looked_over(client), follow=True)
    edition = IssuedReport.objects.get()
    page = text_of(response)
    assert f"Edición {edition.folio} emitida." in page
    assert (edition.code_text in page, edition.snapshot.sha256 in page, edition.sha256 in page) == (True, True, True)
    file = client.get(path_of(edition, "download_edition"))
    assert file["Content-Disposition"] == f'attachment; filename="{edition.folio}.pdf"'
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert AuditEntry.objects.get(verb=Verb.EXPORTED).data == {"hash": edition.sha256}


def test_what_is_emitted_is_what_was_looked_over(client, executive, told):
    posted = looked_over(client)
    world.approve(told.report_of(told.detectives).submissions.get())
    client.post(EMIT, posted)
    assert IssuedReport.objects.get().known_at == datetime.fromisoformat(posted["momento"])


def test_pressed_twice_it_leads_to_the_same_edition(client, executive):
    posted = looked_over(client)
    first, second = (client.post(EMIT, posted) for _ in range(2))
    assert first.url == second.url
    assert IssuedReport.objects.count() == 1


def test_where_there_is_one_already_the_check_list_stops_and_leads_there(client, executive):
    edition = emitted(client)
    page = text_of(client.get(CHECK, WISH))
    assert f"Ya hay una edición vigente: {edition.folio}" in page
    assert path_of(edition) in page
    assert "Emitir con folio" not in page
    client.post(EMIT, looked_over(client) | {"momento": ""})
    assert IssuedReport.objects.count() == 1


def test_while_it_is_printed_the_page_says_so_and_offers_to_try_again(client, executive, monkeypatch):
    def fail(*_):
        raise PrintingError("El documento es demasiado grande.")

    with monkeypatch.context() as failing:
        failing.setattr(producing, "print_facts", fail)
        edition = emitted(client)
    page = text_of(client.get(path_of(edition)))
    assert "El documento es demasiado grande." in page
    assert client.get(path_of(edition, "download_edition")).status_code == 404
    client.post(path_of(edition, "print_edition"))
    edition.refresh_from_db()
    assert edition.state == EditionState.IN_FORCE


def test_the_state_is_told_to_the_script(client, executive):
    edition = emitted(client)
    told = client.get(path_of(edition, "edition_status"))
    assert told.json() == {"jobs": [{"id": edition.pk, "state": "standing", "progress": 100}]}


# Correcting and annulling ----------------------------------------------------------------------------------------
def test_a_correction_asks_what_was_wrong_and_keeps_what_was_typed(client, executive):
    former = emitted(client)
    path = path_of(former, "correct_edition")
    posted = hidden(client.get(path)) | {"reviewed": "on"}
    assert "Diga qué se corrige." in text_of(client.post(path, posted))
    page = text_of(client.post(path, posted | {"errata": "Escriba a ana@ejemplo.cl"}))
    assert "quite los RUN y los correos" in page
    assert "Escriba a ana@ejemplo.cl" in page
    client.post(path, posted | {"errata": "Decía 90; debe decir 91."})
    edition = IssuedReport.objects.first()
    assert (edition.replaces, edition.errata) == (former, "Decía 90; debe decir 91.")
    assert "La reemplaza" in text_of(client.get(path_of(former)))


def test_a_correction_pressed_twice_is_one_edition(client, executive):
    former = emitted(client)
    path = path_of(former, "correct_edition")
    posted = hidden(client.get(path)) | {"reviewed": "on", "errata": "Una."}
    first, second = (client.post(path, posted) for _ in range(2))
    assert (first.url, IssuedReport.objects.count()) == (second.url, 2)


def test_what_is_not_in_force_is_not_corrected(client, executive):
    edition = emitted(client)
    annul(edition, "Corte equivocado.", by=executive)
    response = client.get(path_of(edition, "correct_edition"), follow=True)
    assert "Solo se corrige una edición vigente." in text_of(response)


def test_annulling_asks_why_and_says_it(client, executive):
    edition = emitted(client)
    path = path_of(edition, "annul_edition")
    assert "Diga por qué se anula." in text_of(client.post(path, {"reason": " "}))
    page = text_of(client.post(path, {"reason": "Corte equivocado."}, follow=True))
    assert "Corte equivocado." in page
    assert "Corregir con fe de erratas" not in page


# Others ----------------------------------------------------------------------------------------------------------
def status_of(response) -> int:
    """Of a file, read to its end: only then it is closed."""
    list(response)
    return response.status_code


def reader(plan, role: Role):
    match role:
        case Role.FOCAL_POINT:
            return world.make_user(role, institution=world.make_institution("Otra", plan=plan))
        case Role.COORDINATOR:
            return world.make_coordinator(plan.axes.get())
        case _:
            return world.make_user(role)


@pytest.mark.parametrize(
    ("role", "axis", "annual"),
    [
        (Role.FOCAL_POINT, 200, 200),
        (Role.COORDINATOR, 200, 200),
        (Role.OBSERVER, 404, 200),
        (Role.ADMINISTRATOR, 404, 404),
    ],
)
def test_who_reads_the_plan_reads_its_editions_and_observers_only_the_annual_one(
    client, executive, told, role, axis, annual
):
    editions = [emitted(client), emitted(client, documento="anual")]
    client.force_login(reader(told.plan, role))
    for name in ("edition", "download_edition"):
        assert [status_of(client.get(path_of(edition, name))) for edition in editions] == [axis, annual]
    for name in ("correct_edition", "annul_edition"):
        assert {client.get(path_of(edition, name)).status_code for edition in editions} == {404}


def test_readers_find_the_editions_under_informes_and_nothing_to_prepare(client, executive, told):
    edition = emitted(client)
    client.force_login(reader(told.plan, Role.FOCAL_POINT))
    page = text_of(client.get(INDEX))
    assert path_of(edition) in page
    assert "Pedir un borrador" not in page
    assert executive.full_name not in text_of(client.get(path_of(edition)))


def test_what_is_in_production_is_the_affair_of_the_secretarias(client, executive, told):
    edition = emitted(client)
    blank = {"storage_name": "", "sha256": "", "size": None, "printed_at": None}
    IssuedReport.objects.update(state=EditionState.IN_PRODUCTION, **blank)
    client.force_login(reader(told.plan, Role.FOCAL_POINT))
    assert edition.folio not in text_of(client.get(INDEX))
    assert client.get(path_of(edition)).status_code == 404


@pytest.mark.parametrize("folio", ["MITP-2018-999", "otra", "MITP-2018-1"])
def test_a_folio_that_was_never_given_is_not_found(client, executive, folio):
    assert client.get(reverse("reports:edition", args=[folio])).status_code == 404


@pytest.mark.parametrize("amount", [1, 4])
def test_the_list_takes_at_most_15_queries(client, executive, amount, django_assert_max_num_queries):
    for month in range(1, amount + 1):
        emitted(client, corte=f"2016-{month:02d}-28")
    with django_assert_max_num_queries(15):
        client.get(INDEX)
