"""Actas: registered with their document, corrected with log, and read by the secretarías and the coordinations."""

from datetime import date

import pytest
from django.urls import reverse

from indicators.agreements import registry
from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.models import Target
from indicators.tests.world import World, enter, text_of
from plan.enums import AgreementBody, Verb
from plan.models import Agreement, AuditEntry, Subcommission
from plan.tests.sample_files import pdf, upload

LIST = "/actas/"
NEW = "/actas/registrar/"


@pytest.fixture
def desk(world):
    return enter(world.reviewer)


def filled(world: World, **changes) -> dict:
    return {
        "body": "mesa",
        "number": "9",
        "agreed_on": "2015-10-22",
        "summary": "Metas de capacitación",
        "resolutions": "Se acuerdan las metas.",
        "attendees": [world.x.pk, world.y.pk],
        **changes,
    }


def page_of(agreement: Agreement, name: str = "agreement") -> str:
    return reverse(f"indicators:{name}", args=[agreement.pk])


def newest() -> Agreement:
    return Agreement.objects.latest("pk")


# Registering


def test_an_acta_is_registered_with_its_document_and_its_attendees(world, desk):
    response = desk.post(NEW, filled(world, upload=upload("acta 9 ñ.pdf", pdf())))
    made = newest()
    assert response.url == page_of(made)
    assert (made.number, made.agreed_on, made.body, made.recorded_by) == (9, date(2015, 10, 22), "mesa", world.reviewer)
    assert (made.file_name, len(made.file_sha256)) == ("acta 9 ñ.pdf", 64)
    assert set(made.attendees.all()) == {world.x, world.y}


def test_registering_is_logged_with_number_and_digest_and_without_free_text(world, desk):
    desk.post(NEW, filled(world, upload=upload("acta.pdf", pdf())))
    entry = AuditEntry.objects.get(object_type="plan.agreement", object_id=str(newest().pk), verb=Verb.CREATED)
    assert entry.data == {"number": 9, "hash": newest().file_sha256}


def test_the_document_is_handed_out_as_it_was_and_the_download_logged(world, desk):
    desk.post(NEW, filled(world, upload=upload("acta.pdf", pdf())))
    response = desk.get(page_of(newest(), "agreement_file"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="acta.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content) == pdf()
    assert AuditEntry.objects.filter(verb=Verb.DOWNLOADED, object_id=str(newest().pk)).count() == 1


def test_an_acta_of_a_subcommission_has_a_number_of_its_own(world, desk):
    body = Subcommission.objects.get(axis__number=1)
    desk.post(NEW, filled(world, number="1", body=str(body.pk)))
    assert (newest().body, newest().subcommission, newest().number) == (AgreementBody.SUBCOMMISSION, body, 1)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("number", "1", "Ya existe un acta con este número."),
        ("number", "0", "Las actas se numeran desde 1."),
        ("number", "nueve", "Escriba un número entero, sin letras ni decimales."),
        ("number", "9" * 30, "El valor es demasiado grande: revise si sobra alguna cifra."),
        ("agreed_on", "2090-01-01", "La fecha todavía no llega."),
        ("agreed_on", "0216-01-01", "Revise el año: el plan comienza en 2015."),
        ("agreed_on", "", "Falta la fecha."),
        ("summary", "", "Escriba la materia en una frase."),
        ("body", "99999", "Escoja una opción válida. 99999 no es una de las opciones disponibles."),
        ("attendees", "99999", "Escoja una opción válida; 99999 no es una de las opciones disponibles."),
        ("attendees", "ñ", "«ñ» no es un valor válido."),
        ("resolutions", "a\0b", "Los caracteres nulos no están permitidos."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_the_rest_kept(world, desk, field, typed, sentence):
    response = desk.post(NEW, filled(world) | {field: typed})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["resolutions"].value() == filled(world, **{field: typed})["resolutions"]
    assert Agreement.objects.count() == 1
    assert response.context["form"].errors[field] == [sentence] or field in ("body", "attendees")


def test_a_document_that_is_none_is_refused_at_its_field(world, desk):
    response = desk.post(NEW, filled(world, upload=upload("acta.pdf", b"MZ no es un pdf")))
    assert "no corresponde a su extensión" in str(response.context["form"].errors["upload"])
    assert Agreement.objects.count() == 1


def test_pressing_twice_registers_one_acta(world, desk):
    desk.post(NEW, filled(world))
    assert desk.post(NEW, filled(world)).status_code == 422
    assert Agreement.objects.count() == 2


# Correcting


def correct(world, desk, agreement, **changes):
    page = desk.get(page_of(agreement, "edit_agreement"))
    return desk.post(
        page_of(agreement, "edit_agreement"), filled(world, seen=page.context["form"]["seen"].value()) | changes
    )


def test_an_acta_without_anything_under_it_can_be_corrected_in_full(world, desk):
    desk.post(NEW, filled(world, upload=upload("otra.pdf", pdf())))
    response = correct(world, desk, newest(), number="10", agreed_on="2015-11-05", attendees=[world.x.pk])
    assert response.url == page_of(newest())
    assert (newest().number, newest().agreed_on, newest().file_name) == (10, date(2015, 11, 5), "otra.pdf")
    entry = AuditEntry.objects.get(verb=Verb.CHANGED, object_id=str(newest().pk))
    assert entry.data["fields"] == ["number", "agreed_on", "attendees"]


def test_number_date_body_and_document_stay_once_something_was_entered_under_it(world, desk):
    response = correct(world, desk, world.agreement, number="77", agreed_on="2016-01-01", summary="Otra materia")
    world.agreement.refresh_from_db()
    assert response.status_code == 302
    assert (world.agreement.number, world.agreement.agreed_on) == (1, date(2015, 1, 15))
    assert world.agreement.summary == "Otra materia"


def test_what_was_entered_while_the_page_was_open_holds_its_number_too(world):
    free = Agreement.objects.create(plan=world.plan, number=2, agreed_on=date(2016, 1, 1))
    seen = registry.fingerprint(free)
    Target.objects.create(indicator=world.indicator, value=1, scope="whole_plan", agreement=free)
    content = registry.Content(None, 3, free.agreed_on, "", "", ())
    with pytest.raises(AgreementError, match="Ya se ingresó algo"):
        registry.change(free, content, seen=seen, by=world.reviewer)
    free.refresh_from_db()
    assert free.number == 2


def test_of_two_that_correct_the_same_acta_the_second_is_told_and_keeps_what_they_typed(world, desk):
    seen = registry.fingerprint(world.agreement)
    Agreement.objects.update(summary="Cambiada por otra persona")
    response = desk.post(page_of(world.agreement, "edit_agreement"), filled(world, seen=seen, summary="La mía"))
    assert StaleSheetError().message in text_of(response)
    assert response.context["form"]["summary"].value() == "La mía"
    again = response.context["form"]["seen"].value()
    assert desk.post(page_of(world.agreement, "edit_agreement"), filled(world, seen=again)).status_code == 302


# Reading


def test_the_page_of_an_acta_shows_everything_entered_under_it(world, desk):
    Target.objects.create(indicator=world.indicator, value=120, scope="year", year=2016, agreement=world.agreement)
    world.suppress(world.action)
    page = text_of(desk.get(page_of(world.agreement)))
    for words in ("<b>120</b> de 2016", "Dirección del Trabajo · Responsable", "Suprimir"):
        assert words in page
    assert desk.get(page_of(world.agreement)).context["entered"].total == 3


def test_the_list_says_what_each_acta_set(world, desk):
    Target.objects.create(indicator=world.indicator, value=120, scope="whole_plan", agreement=world.agreement)
    lines = desk.get(LIST).context["lines"]
    assert [(str(row), counts) for row, counts in lines] == [("Acta N.º\u00a01", [(1, "meta"), (1, "responsabilidad")])]


@pytest.mark.parametrize("amount", [1, 30])
def test_the_list_takes_at_most_15_queries(world, desk, amount, django_assert_max_num_queries):
    for number in range(2, amount + 2):
        Agreement.objects.create(plan=world.plan, number=number, agreed_on=date(2016, 1, 1))
    with django_assert_max_num_queries(15):
        desk.get(LIST)


def test_a_coordination_reads_the_actas_of_the_mesa_and_of_its_own_subcommission(world):
    for number in (1, 2):
        body = Subcommission.objects.get(axis__number=number)
        Agreement.objects.create(
            plan=world.plan, number=5, agreed_on=date(2016, 1, 1), body="subcommission", subcommission=body
        )
    seen = enter(world.coordinator).get(LIST).context["lines"]
    assert [row.body_name for row, _ in seen] == ["Subcomisión 1", "Mesa Intersectorial"]
    other = Agreement.objects.get(subcommission__axis__number=2)
    assert enter(world.coordinator).get(page_of(other)).status_code == 404


def test_a_coordination_writes_nothing(world):
    browser = enter(world.coordinator)
    assert "Registrar acta" not in text_of(browser.get(LIST))
    assert browser.post(NEW, filled(world)).status_code == 404
    assert browser.get(page_of(world.agreement, "edit_agreement")).status_code == 404


@pytest.mark.parametrize("name", ["focal", "observer", "administrator"])
def test_others_find_no_actas(world, name):
    browser = enter(getattr(world, name))
    assert {browser.get(path).status_code for path in (LIST, page_of(world.agreement), "/actas/sin-meta/")} == {404}


# What a request brings besides, and what comes too late


def test_nothing_but_the_declared_fields_of_an_acta_changes(world, desk):
    every = {field.attname: "2" for field in Agreement._meta.concrete_fields}
    seen = registry.fingerprint(world.agreement)
    desk.post(page_of(world.agreement, "edit_agreement"), every | filled(world, seen=seen))
    world.agreement.refresh_from_db()
    kept = (world.agreement.pk, world.agreement.plan, world.agreement.recorded_by, world.agreement.file_sha256)
    assert kept == (world.agreement.pk, world.plan, None, "")


def test_an_acta_that_comes_after_the_session_ended_is_back_after_the_login(world, client):
    response = client.post(NEW, filled(world, summary="Metas que no se pierden"))
    assert response.url.startswith("/ingresar/")
    client.force_login(world.reviewer)
    assert "Metas que no se pierden" in text_of(client.get(NEW))
    assert Agreement.objects.count() == 1
