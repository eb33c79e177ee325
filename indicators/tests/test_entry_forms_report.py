"""The answer, the story, who answers for it, and what an oficio or an address needs."""

import pytest

from indicators.evidence_board import EvidenceBoard
from indicators.forms.evidence import AttestationForm, EvidenceForm
from indicators.forms.report import RecordForm, ReportForm
from indicators.tests.filling import GOOD_ANSWER, errors_of, post_data

NO_PROGRESS = {
    "answer": "no_progress",
    "motive": "budget",
    "motive_text": "No hubo fondos.",
    "responder_name": "Rosa Díaz",
    "responder_position": "Jefa de división",
}


def report_form(**typed) -> ReportForm:
    return ReportForm(post_data(typed))


def test_an_empty_page_is_told_everything_that_is_missing():
    assert errors_of(report_form()) == {
        "answer": "Elija qué informa en este período.",
        "motive": "Elija el motivo.",
        "motive_text": "Explique el motivo en una frase.",
        "responder_name": "Falta el nombre de quien responde por el reporte.",
        "responder_position": "Falta el cargo de quien responde por el reporte.",
    }


def test_progress_needs_its_story_and_no_motive():
    form = report_form(**GOOD_ANSWER | {"narrative": " "})
    assert errors_of(form) == {"narrative": "Cuente en pocas líneas qué se hizo."}
    assert report_form(**GOOD_ANSWER).is_valid()


@pytest.mark.parametrize("answer", ["no_progress", "not_applicable"])
def test_without_progress_a_motive_is_needed_and_no_story(answer):
    form = report_form(**NO_PROGRESS | {"answer": answer})
    assert form.is_valid()
    assert not form.has_progress
    told = {"motive": "Elija el motivo.", "motive_text": "Explique el motivo en una frase."}
    assert errors_of(report_form(**NO_PROGRESS | {"answer": answer, "motive": "", "motive_text": ""})) == told


@pytest.mark.parametrize(
    ("field", "limit"),
    [("narrative", 2000), ("results", 1000), ("obstacles", 1000), ("support", 1000), ("explanation", 1000)],
)
def test_a_text_may_be_as_long_as_its_limit_and_no_longer(field, limit):
    assert report_form(**GOOD_ANSWER | {field: "á" * limit}).is_valid()
    form = report_form(**GOOD_ANSWER | {field: "á" * (limit + 1)})
    assert errors_of(form) == {field: f"Puede tener hasta {limit} caracteres; tiene {limit + 1}."}


def test_a_line_break_counts_as_one_character_although_browsers_send_two():
    form = report_form(**GOOD_ANSWER | {"narrative": "á\r\n" * 999 + "áé"})
    assert form.is_valid()
    assert form.cleaned_data["narrative"] == "á\n" * 999 + "áé"


def test_a_name_longer_than_its_column_is_refused():
    assert set(report_form(**GOOD_ANSWER | {"responder_name": "a" * 151}).errors) == {"responder_name"}


# Personal data


PRINTED = ("narrative", "results", "obstacles", "measures", "support", "explanation")
NO_PERSON = "lo que se informa puede publicarse y no lleva datos de personas."


@pytest.mark.parametrize("field", [*PRINTED, "responder_name", "responder_position"])
def test_a_run_is_refused_in_every_text_of_a_report_and_named(field):
    form = report_form(**GOOD_ANSWER | {field: "Asistió 12.345.678-5."})
    assert errors_of(form) == {field: f"Quite el RUN 12.345.678-5: {NO_PERSON}"}


def test_a_motive_names_nobody_either():
    form = report_form(**NO_PROGRESS | {"motive_text": "Lo pidió ana@example.org"})
    assert errors_of(form) == {"motive_text": f"Quite el correo ana@example.org: {NO_PERSON}"}


def test_the_oficio_of_a_record_on_behalf_names_nobody_either(world):
    typed = {**GOOD_ANSWER, "source_document": "Oficio de 12345678-5", "source_date": "2016-12-31"}
    form = RecordForm(world.period, post_data(typed))
    assert errors_of(form) == {"source_document": f"Quite el RUN 12345678-5: {NO_PERSON}"}


def test_everything_that_has_to_go_is_named_once():
    form = report_form(**GOOD_ANSWER | {"narrative": "12.345.678-5, 11111111-1, a@b.cl, A@B.CL y 12345678-5"})
    named = "el RUN 12.345.678-5, el RUN 11111111-1 y el correo a@b.cl"
    assert errors_of(form) == {"narrative": f"Quite {named}: {NO_PERSON}"}


@pytest.mark.parametrize(
    "text",
    [
        "Oficio N.º 12.345.678-9 del 31-12-2016",
        "Resolución exenta 1234-5 y decreto 2.821-K",
        "Se gastaron $12.345.678 en 2015-2018",
        "RUT 60.501.000-8, de la Subsecretaría",
        "Llamadas al +56 9 8765 4321",
        "Síganos en @mesa",
    ],
)
def test_other_numbers_and_signs_are_no_personal_data(text):
    assert report_form(**GOOD_ANSWER | {"narrative": text}).is_valid()


def test_what_the_answer_hides_is_not_sent_and_not_refused():
    assert report_form(**GOOD_ANSWER | {"motive_text": "12.345.678-5"}).is_valid()


# Addresses


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://www.ejemplo.cl/informe", "https://www.ejemplo.cl/informe"),
        ("http://www.ejemplo.cl", "http://www.ejemplo.cl"),
        ("www.ejemplo.cl/informe", "https://www.ejemplo.cl/informe"),
        ("", ""),
    ],
)
def test_an_address_of_the_web_is_taken(world, typed, url):
    form = EvidenceForm(
        world.means, EvidenceBoard(world.draft()), data=post_data({f"m{world.means.pk}-url": typed}), files={}
    )
    assert form.is_valid()
    assert form.cleaned_data["url"] == url


@pytest.mark.parametrize(
    "typed", ["informe", "javascript:alert(1)", "ftp://ejemplo.cl/a.pdf", "https://", "file:///etc"]
)
def test_anything_else_is_not_an_address(world, typed):
    form = EvidenceForm(
        world.means, EvidenceBoard(world.draft()), data=post_data({f"m{world.means.pk}-url": typed}), files={}
    )
    assert errors_of(form) == {"url": "Escriba una dirección completa, como https://www.ejemplo.cl/documento."}


# Oficios

MISSING = {
    "document_number": "Falta el número del oficio.",
    "document_date": "Falta la fecha del oficio.",
    "issuer": "Falta la institución que certifica.",
}


@pytest.fixture
def attestation(world):
    means, board = world.new_means(world.action, reserved=True), EvidenceBoard(world.draft())

    def form(**typed) -> AttestationForm:
        data = post_data({f"m{means.pk}-{name}": value for name, value in typed.items()})
        return AttestationForm(means, board, data=data)

    return form


def test_an_attestation_names_its_oficio_its_date_and_who_certifies(world, attestation):
    form = attestation(document_number="123-B", document_date="05-12-2016", issuer=world.x.pk, attested_count="1.200")
    assert form.is_valid()
    assert form.cleaned_data["issuer"] == world.x
    assert form.cleaned_data["attested_count"] == 1200


def test_an_attestation_left_empty_is_no_attestation(attestation):
    assert attestation(document_number="", document_date="", issuer="", attested_count="").is_valid()


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ({"document_number": "123"}, {"document_date", "issuer"}),
        ({"document_date": "05-12-2016"}, {"document_number", "issuer"}),
        ({"attested_count": "4"}, {"document_number", "document_date", "issuer"}),
    ],
)
def test_an_attestation_begun_needs_the_rest(attestation, typed, missing):
    assert errors_of(attestation(**typed)) == {name: MISSING[name] for name in missing}


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"document_date": "31-02-2016"}, {"document_date": "Escriba la fecha como dd-mm-aaaa."}),
        ({"attested_count": "-1"}, {"attested_count": "El valor no puede ser menor que 0."}),
        ({"attested_count": "varios"}, {"attested_count": "Escriba un número entero, sin letras ni decimales."}),
    ],
)
def test_a_wrong_attestation_is_told_at_its_field(attestation, typed, errors):
    (name,) = typed
    assert errors_of(attestation(**typed))[name] == errors[name]


def test_only_members_of_the_mesa_certify(world, attestation):
    stranger = world.institution("Otra institución")
    stranger.memberships.all().delete()
    offered = [key for key, _ in attestation().fields["issuer"].choices]
    assert offered == ["", *(str(member.pk) for member in (world.x, world.y, world.ministry))]
    assert "issuer" in attestation(document_number="7", issuer=stranger.pk).errors


def test_an_explanation_may_be_given_with_progress_and_is_not_kept_without():
    told = {"explanation": "Faltó presupuesto."}
    with_progress, without = report_form(**GOOD_ANSWER | told), report_form(**NO_PROGRESS | told)
    assert with_progress.is_valid()
    assert without.is_valid()
    assert (with_progress.cleaned_data["explanation"], without.cleaned_data["explanation"]) == (
        "Faltó presupuesto.",
        "",
    )
