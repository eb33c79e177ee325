"""Bitácora: every act in words, for whom it is, quick however long it grows."""

import ast
import csv
import io
from datetime import date

import pytest
from django.apps import apps
from django.utils import timezone

from indicators import filing, judging
from indicators.tests.judged import CAUSE, WORDS, set_far
from indicators.tests.world import enter, text_of
from mitp_portal.logbook.directory import read_directory
from mitp_portal.logbook.lines import Line, lines_of
from mitp_portal.logbook.subjects import SUBJECTS
from mitp_portal.logbook.words import KEYS, SILENT
from mitp_portal.tests.test_architecture import SOURCES, tree_of
from plan import accounts, appointments, audit
from plan.enums import Role, Verb
from plan.models import Appointment, AuditEntry, User
from reports.documents.making import Order
from reports.editions.issuing import issue


def lines(reader: User) -> list[Line]:
    entries = AuditEntry.objects.visible_to(reader).newest_first()
    return lines_of(entries, reader, read_directory())


def told(line: Line) -> str:
    data = ", ".join(f"{word} {value}" for word, value in line.details)
    return f"{line.who} ({line.capacity}) {line.entry.get_verb_display()}: {line.kind} {line.label} [{data}]"


def log(by: User, **query):
    return enter(by).get("/bitacora/", query)


def found(response) -> list[str]:
    return [line.entry.verb for line in response.context["lines"]]


def record(verb: Verb, obj, by: User, **data) -> AuditEntry:
    return audit.record(verb, obj, by=by, address="10.1.2.3", **data)


# In words


def test_the_moves_of_a_report_are_told_in_words_with_a_way_to_it(world):
    report = world.claimed()
    newest, before = lines(world.executive)[:2]
    assert told(newest) == (
        "Paula Núñez (Secretaría técnica) Puso en revisión: reporte de avance "
        f"1.1.1 · Dirección del Trabajo · {world.period} [a cargo de Paula Núñez, versión 3]"
    )
    assert told(before) == (
        "Marcela Rivas (Punto focal, DT) Cambió de estado: reporte de avance "
        f"1.1.1 · Dirección del Trabajo · {world.period} [movimiento Enviar a revisión, estado En revisión, ronda 1]"
    )
    assert newest.url == f"/reportes/{report.pk}/"


def test_an_apreciacion_and_a_cause_are_told_in_words_without_their_text(world):
    set_far(world)
    judging.sign(world.action, WORDS, seen=0, by=world.reviewer)
    judging.record_cause(world.indicator, CAUSE, by=world.focal)
    cause, assessment = lines(world.executive)[:2]
    assert told(assessment) == (
        f"Paula Núñez (Secretaría técnica) Creó: apreciación {assessment.label} "
        "[acción 1.1.1, riesgo Requiere apoyo, corte 31-12-2016]"
    )
    assert told(cause) == (
        f"Marcela Rivas (Punto focal, DT) Creó: causa {cause.label} [tipo Falta de personal, "
        "indicador 1.1.1.I1, desviación Incumplimiento, corte 31-12-2016]"
    )


def test_an_appointment_is_told_by_its_person(world):
    new = Appointment(
        user=world.observer,
        role=Role.FOCAL_POINT,
        institution=world.ministry,
        position="Asesor",
        valid_from=timezone.localdate(),
    )
    appointments.appoint(new, by=world.administrator)
    line = lines(world.executive)[1]
    assert told(line) == (
        "Luis Godoy (Administración) Nombró: nombramiento Tomás Rojas [perfil Punto focal, calidad Titular, "
        f"institución Ministerio del Interior, desde {timezone.localdate():%d-%m-%Y}]"
    )
    assert line.url == f"/personas/{world.observer.pk}/"


def test_a_draft_is_named_and_has_no_way_to_it_for_who_may_not_open_it(world):
    report = world.draft()
    world.link(report)
    (line,) = lines(world.reviewer)
    assert (line.kind, line.label, line.url) == ("evidencia", str(report), "")


def test_a_file_is_not_told_by_its_name(world):
    evidence = world.link(world.draft())
    filing.remove(evidence, by=world.focal)
    assert "dt.example" not in " ".join(told(line) for line in lines(world.reviewer))


def test_an_edition_is_told_by_its_folio_with_a_way_to_it(world):
    order = Order(world.plan, date(2016, 12, 31), timezone.now(), axis_number=1)
    edition = issue(order, by=world.executive)
    (issued,) = [line for line in lines(world.executive) if line.entry.verb == Verb.ISSUED]
    assert issued.label == f"{edition.folio}, Informe de cumplimiento, eje 1"
    assert issued.url == f"/informes/ediciones/{edition.folio}/"
    assert edition.folio not in [text for _, text in issued.details]


def test_an_act_of_the_portal_itself_has_no_person(world):
    record(Verb.LOADED, world.plan, None, sha256="a" * 64)
    (line,) = lines(world.executive)
    assert told(line) == f"El portal () Cargó: plan {world.plan} [huella aaaaaaaaaaaa]"


def test_a_type_or_a_word_that_nobody_has_translated_yet_is_shown_as_it_is(world):
    entry = record(Verb.CREATED, world.means, world.reviewer, novelty="algo", came_on="2026-12-31")
    (line,) = lines_of([entry], world.reviewer, read_directory())
    assert (line.kind, line.label, line.details) == (
        "medio de verificación",
        f"N.º\u00a0{world.means.pk}",
        [("came_on", "31-12-2026"), ("novelty", "algo")],
    )


def words_recorded() -> set[str]:
    """What acts hand to the log by name, read from the syntax trees."""
    calls = (
        node
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record"
    )
    return {word.arg for call in calls for word in call.keywords if word.arg} - {"by", "address"}


def test_every_word_that_an_act_records_is_translated():
    assert {"due_on", "people", "folio"} <= words_recorded()
    assert words_recorded() - KEYS.keys() - SILENT == set()


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_subject_of_the_log_exists(name):
    model = apps.get_model(name)
    for owner, path in SUBJECTS[name].part_of.items():
        assert model._default_manager.filter(**{path: 1}).model is model
        assert apps.get_model(owner)


# For whom


@pytest.mark.parametrize(
    ("who", "status"),
    [("reviewer", 200), ("executive", 200), ("administrator", 200), ("focal", 404), ("coordinator", 404)],
)
def test_who_reads_the_log(world, who, status):
    assert log(getattr(world, who)).status_code == status
    assert enter(getattr(world, who)).post("/bitacora/exportar/").status_code == status


def test_administracion_reads_about_accounts_and_nothing_else(world):
    world.claimed()
    accounts.deactivate(world.focal, by=world.reviewer)
    page = log(world.administrator)
    assert found(page) == [Verb.CHANGED]
    assert "1.1.1" not in text_of(page)
    assert found(log(world.administrator, sobre="indicators.progressreport")) == [Verb.CHANGED]


# Which


@pytest.fixture
def story(world):
    """One act of each of three people."""
    record(Verb.LOGGED_IN, world.focal, world.focal)
    world.sent()
    record(Verb.DOWNLOADED, world.plan, world.reviewer)
    return world


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ({}, ["downloaded", "moved", "logged_in"]),
        ({"que": "moved"}, ["moved"]),
        ({"sobre": "plan.user"}, ["logged_in"]),
        ({"que": "moved", "sobre": "plan.user"}, []),
        ({"desde": "2100-01-01"}, []),
        ({"hasta": "1990-01-01"}, []),
    ],
)
def test_filters_narrow_the_list(story, query, verbs):
    assert found(log(story.executive, **query)) == verbs


def test_one_sees_what_a_person_did_and_what_was_done_about_an_institution(story):
    assert found(log(story.executive, quien=story.reviewer.pk)) == ["downloaded"]
    assert found(log(story.executive, institucion=story.x.pk)) == ["moved"]
    assert found(log(story.executive, institucion=story.y.pk)) == []


def test_the_first_and_the_last_day_count_whole(story):
    today = timezone.localdate().isoformat()
    assert len(found(log(story.executive, desde=today, hasta=today))) == 3


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"desde": "ayer"}, "Escriba una fecha que exista, como 31-12-2016."),
        ({"hasta": "9999-12-31"}, "Revise el año de la fecha."),
        ({"desde": "2026-02-01", "hasta": "2026-01-01"}, "La fecha final es anterior a la inicial."),
        ({"quien": "x"}, "Escoja una opción válida."),
        ({"que": "\x00"}, "Escoja una opción válida."),
        ({"institucion": "9" * 30}, "Escoja una opción válida."),
    ],
)
def test_a_filter_that_cannot_be_is_told_and_narrows_nothing(story, query, sentence):
    response = log(story.executive, **query)
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert len(found(response)) == 3


@pytest.mark.parametrize("wrong", ["x", "-1", "9" * 40, "\x00", ""])
def test_a_wrong_place_in_the_log_is_its_beginning(story, wrong):
    assert len(found(log(story.executive, antes=wrong, despues=wrong))) == 3


def test_pages_go_on_from_an_entry_and_back(world):
    for number in range(120):
        record(Verb.DOWNLOADED, world.plan, world.reviewer, version=number)
    first = log(world.executive)
    second = log(world.executive, antes=first.context["page"].older)
    third = log(world.executive, antes=second.context["page"].older)
    numbers = [[line.entry.data["version"] for line in page.context["lines"]] for page in (first, second, third)]
    assert numbers == [list(range(119, 69, -1)), list(range(69, 19, -1)), list(range(19, -1, -1))]
    assert (first.context["page"].newer, third.context["page"].older) == (None, None)
    back = log(world.executive, despues=third.context["page"].newer)
    assert [line.entry.pk for line in back.context["lines"]] == [line.entry.pk for line in second.context["lines"]]


@pytest.mark.parametrize("copies", [1, 60])
def test_a_page_takes_the_same_few_queries_whatever_it_tells_of(world, copies, django_assert_max_num_queries):
    report = world.claimed()
    for name in list(SUBJECTS) * copies:
        thing = apps.get_model(name)._default_manager.first() or apps.get_model(name)(pk=1)
        parents = {"report": report.pk, "person": world.focal.pk, "agreement": world.agreement.pk}
        record(Verb.CHANGED, thing, world.focal, period=world.period.pk, **parents)
    browser = enter(world.executive)
    browser.get("/plan/textos/")
    with django_assert_max_num_queries(15):
        assert len(browser.get("/bitacora/").context["lines"]) <= 50


# As a file


def exported(by: User, query: str = "") -> list[list[str]]:
    response = enter(by).post(f"/bitacora/exportar/{query}")
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_file_has_the_lines_of_the_page_and_is_logged(story):
    heads, *rows = exported(story.executive)
    assert heads[:4] == ["Cuándo", "Quién", "En calidad de", "Qué hizo"]
    assert [row[3] for row in rows] == ["Descargó archivo", "Cambió de estado", "Ingresó al portal"]
    assert rows[0][7] == "10.1.2.3"
    entry = AuditEntry.objects.newest_first()[0]
    assert (entry.verb, entry.data) == (Verb.EXPORTED, {"format": "csv", "count": 3})


def test_the_file_holds_what_the_filters_of_the_page_select(story):
    assert [row[3] for row in exported(story.executive, "?que=moved")[1:]] == ["Cambió de estado"]


def test_no_cell_is_taken_for_a_formula(world):
    world.focal.full_name = '=HYPERLINK("http://malo.example")'
    world.focal.save()
    record(Verb.LOGGED_IN, world.focal, world.focal)
    assert exported(world.executive)[1][1].startswith("'=HYPERLINK")


def test_more_than_fits_in_a_file_is_refused_with_a_way_out(story, monkeypatch):
    monkeypatch.setattr("mitp_portal.logbook.views.MOST", 2)
    response = enter(story.executive).post("/bitacora/exportar/?quien=", follow=True)
    assert "Son más de 2 asientos. Acote las fechas" in text_of(response)
    assert not AuditEntry.objects.filter(verb=Verb.EXPORTED).exists()
