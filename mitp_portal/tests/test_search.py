"""Buscar: what is found of the plan, the reports, the evidence and the desk, and what is said where nothing is."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indicators import filing
from indicators.enums import Classification
from indicators.models import Evidence, ProgressReport, StoredFile
from indicators.tests.world import World, enter, text_of
from plan.enums import AgreementBody
from plan.models import Action, Agreement, Axis, Institution, Objective, User


def look(by: User, **query):
    return enter(by).get("/buscar/", query)


def found(by: User, words: str) -> dict[str, list[str]]:
    """Titles or codes of what is found, by group."""
    parts = look(by, q=words).context["found"]
    return {part.group.slug: [plain(hit.code or hit.title) for hit in part.hits] for part in parts}


def plain(html: str) -> str:
    return html.replace("<mark>", "").replace("</mark>", "")


# The plan


@pytest.fixture
def texts(world: World) -> World:
    Axis.objects.filter(number=1).update(name="Prevención", introduction="El Protocolo de Palermo")
    Objective.objects.filter(code="1.1").update(text="Sensibilizar", narrative_text="A la comunidad educativa")
    Action.objects.update(text="Capacitación de fiscalizadores", narrative_text="Con enfoque de niñez")
    world.means.text = "Lista de asistencia a la capacitación"
    world.means.save()
    return world


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("prevencion", ["Eje 1"]),
        ("palermo", ["Eje 1"]),
        ("eje 1", ["Eje 1"]),
        ("SENSIBILIZAR", ["1.1"]),
        ("educativa", ["1.1"]),
        ("capacitacion", ["1.1.1", "1.1.1.M1"]),
        ("ninez", ["1.1.1"]),
        ("NIÑEZ fiscalizadores", ["1.1.1"]),
        ("fiscalizadores   ninez", ["1.1.1"]),
        ("niñez ausente", []),
        ("numero de cosas", ["1.1.1.I1"]),
        ("1.1", ["1.1", "1.1.1", "1.1.1.I1", "1.1.1.M1"]),
        ("m1", ["1.1.1.M1"]),
    ],
)
def test_the_plan_is_found_by_code_and_by_text_in_its_own_order(texts, words, codes):
    assert found(texts.observer, words).get("plan", []) == codes


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("1.1.1", "/plan/acciones/1.1.1/"),
        (" 1.1.1.I1 ", "/plan/indicadores/1.1.1.I1/"),
        ("1.1.1.i1", "/plan/indicadores/1.1.1.I1/"),
        ("1.1.1.m1", "/plan/acciones/1.1.1/#t-med"),
    ],
)
def test_a_code_alone_leads_straight_to_the_ficha(texts, code, path):
    response = look(texts.observer, q=code)
    assert (response.status_code, response.url) == (302, path)


@pytest.mark.parametrize("code", ["9.9.9", "1.1", "1.1.1.I7", "1.1.1 jornadas"])
def test_what_is_not_the_code_of_a_ficha_is_a_search_like_any_other(texts, code):
    assert look(texts.observer, q=code).status_code == 200


def test_a_code_of_the_plan_leads_administracion_nowhere(texts):
    response = look(texts.administrator, q="1.1.1")
    assert (response.status_code, response.context["found"]) == (200, [])


def test_where_each_kind_leads(texts):
    urls = {hit.title: hit.url for hit in look(texts.observer, q="1.1").context["found"][0].hits}
    assert urls["Objetivo"] == "/plan/#eje-1"
    assert look(texts.observer, q="palermo").context["found"][0].hits[0].url == "/plan/textos/#eje-1"


# Reports


def test_a_report_is_found_by_every_text_of_its_newest_submission(world):
    told = ("narrative", "results", "obstacles", "measures", "support", "explanation", "motive_text")
    world.sent(**{field: f"palabra {field}" for field in told})
    for field in told:
        assert found(world.executive, field.upper())["reportes"] == ["1.1.1"]


@pytest.mark.parametrize("words", ["Dirección del Trabajo", "direccion trabajo", "dt", "TRABAJO jornadas"])
def test_reports_are_found_by_the_name_or_the_sigla_of_their_institution(world, words):
    report = world.sent(narrative="Se hicieron jornadas.")
    world.sent(world.draft(world.y, action=world.new_action("2.1.1", world.y)), by=world.focal_y)
    (part,) = [part for part in look(world.executive, q=words).context["found"] if part.group.slug == "reportes"]
    assert [hit.url for hit in part.hits] == [f"/reportes/{report.pk}/"]


def test_the_institution_is_read_with_its_sigla_and_marked(world):
    world.sent()
    page = text_of(look(world.executive, q="trabajo"))
    assert "Dirección del <mark>Trabajo</mark> (DT) · " in page


def test_another_institution_finds_nothing_by_the_name(world):
    world.sent()
    assert "reportes" not in found(world.focal_y, "Dirección del Trabajo")


def test_what_only_an_older_round_says_is_not_found(world):
    report = world.decided(world.claimed(world.sent(narrative="jornada antigua")), "returned")
    world.sent(report, narrative="jornada nueva")
    assert found(world.executive, "antigua") == {}
    (part,) = look(world.executive, q="jornada").context["found"]
    assert (part.count, part.hits[0].state_label) == (1, "En revisión")


def test_a_report_is_found_by_the_number_of_its_receipt(world):
    report = world.sent()
    receipt = report.latest_submission.receipt
    (part,) = look(world.focal, q=receipt.lower()).context["found"]
    (hit,) = part.hits
    assert (hit.title, hit.url) == (f"<mark>{receipt}</mark>", f"/reportes/{report.pk}/")
    assert found(world.focal, receipt.replace("2016", "2017")) == {}
    assert found(world.focal_y, receipt) == {}


def test_the_line_shows_the_words_marked_and_nothing_as_html(world):
    world.sent(narrative="<script>x</script> Capacitación en Ñuble & Maule")
    page = text_of(look(world.executive, q="capacitacion nuble"))
    assert "&lt;script&gt;x&lt;/script&gt; <mark>Capacitación</mark> en <mark>Ñuble</mark> &amp; Maule" in page


# Evidence


@pytest.fixture
def upload(world: World):
    """Files a table under this name."""

    def act(report: ProgressReport, name: str) -> Evidence:
        return filing.file_upload(report, world.means, SimpleUploadedFile(name, b"mes;jornadas"), by=world.focal)

    return act


def papers(world: World) -> list[Evidence]:
    """A link and an oficio, sent."""
    report = world.draft()
    link = world.link(report, page="Niñez-2016")
    oficio = filing.add_attestation(
        report,
        world.means,
        document_number="312/2017",
        document_date=date(2017, 1, 20),
        issuer=world.x,
        attested_count=9,
        by=world.focal,
    )
    world.sent(report)
    return [link, oficio]


def test_evidence_is_found_by_address_number_and_code(world):
    link, oficio = papers(world)
    assert found(world.reviewer, "ninez-2016")["evidencia"] == [link.code]
    assert found(world.reviewer, "312/2017")["evidencia"] == [oficio.code]
    assert found(world.reviewer, oficio.code.lower())["evidencia"] == [oficio.code]
    assert found(world.reviewer, "E-99999") == {}


def test_a_piece_that_two_rounds_carry_is_found_once(world):
    link, _ = papers(world)
    report = world.decided(world.claimed(link.report), "returned")
    world.sent(report)
    (part,) = look(world.reviewer, q="ninez-2016").context["found"]
    assert (part.count, part.hits[0].url) == (1, f"/reportes/{report.pk}/")


def test_what_stands_in_a_draft_leads_to_the_form_and_what_was_taken_out_is_gone(world):
    report = world.draft()
    link = world.link(report)
    (part,) = look(world.focal, q="informe dt.example").context["found"]
    assert part.hits[0].url == f"/reportes/{report.pk}/editar/"
    filing.remove(link, by=world.focal)
    assert found(world.focal, "dt.example") == {}


def test_what_is_added_to_a_returned_report_is_the_institutions_until_it_is_sent_again(world):
    report = world.returned()
    link = world.link(report, page="version-corregida")
    assert found(world.focal, "version-corregida") == {"evidencia": [link.code]}
    assert found(world.reviewer, "version-corregida") == {}
    world.sent(report)
    assert found(world.reviewer, "version-corregida") == {"evidencia": [link.code]}


def test_an_erased_file_is_called_nothing_any_more(world, upload):
    evidence = upload(world.draft(), "jornada.csv")
    assert found(world.focal, "jornada.csv") == {"evidencia": [evidence.code]}
    StoredFile.objects.update(erased_at=evidence.added_at)
    assert found(world.focal, "jornada.csv") == {}


def test_a_public_file_of_another_institution_is_found_as_a_file_and_tells_nothing_else(world, upload):
    report = world.draft()
    evidence = upload(report, "guía.csv")
    filing.classify(evidence.file, Classification.PUBLIC, by=world.focal)
    world.sent(report)
    response = look(world.focal_y, q="guia")
    ((hit,),) = (part.hits for part in response.context["found"])
    assert (hit.url, hit.about, hit.line) == (f"/archivos/{evidence.file.public_id}/", "Archivo público", "")
    assert "Dirección del Trabajo" not in text_of(response)


# The desk


@pytest.fixture
def actas(world: World) -> World:
    axis = Axis.objects.get(number=2)
    own = {"body": AgreementBody.SUBCOMMISSION, "subcommission": axis.subcommission}
    Agreement.objects.create(plan=world.plan, number=12, agreed_on=date(2016, 1, 1), summary="Metas de capacitación")
    Agreement.objects.create(plan=world.plan, number=13, agreed_on=date(2016, 2, 1), summary="Metas del eje", **own)
    return world


def test_actas_are_found_by_number_and_subject_by_who_may_read_them(actas):
    assert found(actas.reviewer, "metas")["actas"] == ["Acta N.º\u00a013", "Acta N.º\u00a012"]
    assert found(actas.reviewer, "acta 12")["actas"] == ["Acta N.º\u00a012"]
    assert found(actas.coordinator, "metas") == {"actas": ["Acta N.º\u00a012"]}
    assert found(actas.focal, "metas") == {}


@pytest.mark.parametrize("who", ["reviewer", "executive", "administrator"])
def test_people_and_institutions_are_found_by_who_reads_them(world, who):
    reader = getattr(world, who)
    assert found(reader, "nunez")["personas"] == ["Paula Núñez"]
    assert found(reader, "direccion trabajo")["instituciones"] == ["DT"]
    assert found(reader, "dt")["instituciones"] == ["DT"]


@pytest.mark.parametrize("who", ["focal", "coordinator", "observer"])
def test_nobody_else_finds_people_or_institutions(world, who):
    assert found(getattr(world, who), "nunez") == {}
    assert found(getattr(world, who), "carabineros") == {}


# Groups and pages


def test_a_group_shows_twenty_and_the_way_to_the_others_with_the_state_in_the_address(world):
    Institution.objects.bulk_create(Institution(name=f"Servicio {n:02}", kind="public") for n in range(45))
    page = look(world.reviewer, q="servicio")
    (part,) = page.context["found"]
    assert (part.count, len(part.hits), part.has_more) == (45, 20, True)
    assert 'href="?q=servicio&amp;en=instituciones"' in text_of(page)
    last = look(world.reviewer, q="servicio", en="instituciones", page="3")
    assert [plain(hit.title) for hit in last.context["found"][0].hits] == [f"Servicio {n}" for n in range(40, 45)]
    assert 'href="?q=servicio&amp;en=instituciones&amp;page=2"' in text_of(last)


def test_the_rest_of_the_plan_is_paged_too(world):
    for n in range(2, 31):
        world.new_action(f"1.1.{n}")
    page = look(world.observer, q="accion", en="plan", page="2").context["found"][0]
    assert (page.count, [plain(hit.code) for hit in page.hits][-1]) == (30, "1.1.30")


@pytest.mark.parametrize("group", ["personas", "reportes", "", "x\x00"])
def test_a_group_that_is_not_the_readers_is_the_whole_search(world, group):
    response = look(world.observer, q="accion", en=group)
    assert [part.group.slug for part in response.context["found"]] == ["plan"]


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "9" * 30, "\x00"])
def test_a_page_that_is_not_there_is_the_nearest_one(world, number):
    assert look(world.observer, q="accion", en="plan", page=number).status_code == 200


# What cannot be looked for


@pytest.mark.parametrize("typed", ["a", "%", "_", "ñ", '"', "'", "\\", "a b c", "«x»"])
def test_single_letters_are_too_little_and_it_is_said(world, typed):
    response = look(world.reviewer, q=typed)
    assert response.context["found"] == []
    assert "Escriba al menos dos letras o números seguidos." in text_of(response)


def test_too_long_is_said_and_stays_in_the_field(world):
    page = text_of(look(world.reviewer, q="x" * 300))
    assert "Es demasiado largo: escriba hasta 200 caracteres." in page
    assert "x" * 300 in page


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "\u200b"])
def test_nothing_typed_is_an_empty_page_with_its_help(world, typed):
    response = look(world.reviewer, q=typed)
    assert response.status_code == 200
    assert "Sin resultados" not in text_of(response)


NAUGHTY = ["%%", "__", "' OR 1=1 --", '");', "\\\\", "😀😀"]


@pytest.mark.parametrize(
    "typed", [*NAUGHTY, "tra\x00ta zz", "R-2018-99999999-9999", "E-999999999", "{{ x }}", "a " * 99 + "zz"]
)
def test_whatever_is_typed_is_looked_for_as_it_is_written(world, typed):
    world.sent(narrative="Cien por ciento")
    for who in (world.reviewer, world.focal, world.coordinator, world.observer, world.administrator):
        response = look(who, q=typed)
        assert (response.status_code, response.context["found"]) == (200, [])
        assert "No se encontró nada" in text_of(response)


def test_signs_of_the_database_are_letters_like_others(world):
    world.sent(narrative="Se cumplió el 100%_ de lo previsto")
    assert found(world.executive, "100%_")["reportes"] == ["1.1.1"]
    assert found(world.executive, "1%0") == {}


# For whom


def test_everybody_who_has_work_here_has_the_form_in_the_head(world):
    for who in (world.focal, world.observer, world.administrator):
        page = text_of(enter(who).get("/avisos/"))
        assert page.count('name="q"') == 1
        assert 'href="/buscar/"' in page


def test_who_has_no_appointment_has_neither_form_nor_page(world):
    somebody = enter(world.person("Sin Nombramiento"))
    assert 'name="q"' not in text_of(somebody.get("/"))
    assert somebody.get("/buscar/").status_code == 404


def test_only_the_groups_of_the_reader_are_named(world):
    def named(who: User) -> list[str]:
        return [group.slug for group in look(who).context["groups"]]

    assert named(world.observer) == ["plan"]
    assert named(world.coordinator) == ["plan", "reportes", "actas"]
    assert named(world.focal) == ["plan", "reportes", "evidencia"]
    assert named(world.administrator) == ["personas", "instituciones"]
    assert len(named(world.reviewer)) == 6


def test_without_a_plan_in_force_the_rest_is_found(world):
    world.plan.state = "closed"
    world.plan.save()
    assert found(world.reviewer, "carabineros") == {"instituciones": ["Carabineros de Chile"]}
    assert look(world.reviewer, q="1.1.1").status_code == 200
