"""Who may do what, URL by URL (SECURITY, Access 3): every route of the resolver against the table beside this file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from inspect import unwrap

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client

from indicators.models import Assessment, Cause, Evidence, ProgressReport, Proposal, StoredFile
from indicators.tests.world import enter, text_of
from mitp_portal.tests.access_stage import SECRETS, Stage
from mitp_portal.tests.access_table import MAY_FIND, PEOPLE, ROWS, Row
from mitp_portal.tests.routes import all_routes, path_of
from plan.enums import Role, Verb
from plan.guards import role_required
from plan.models import Action, Agreement, AuditEntry, Notice
from reports.models import EditionText, IssuedReport, ReportJob

pytestmark = pytest.mark.django_db

LOG = AuditEntry._meta.db_table
ROUTES = all_routes()
#: Pages of everybody who is signed in: the start page sends each to their own work, and each changes their password.
OF_EVERYBODY = {"/", "/clave/cambiar/"}


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    """Built once: every request to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Stage()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_is_rendered(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


# Asking


@dataclass(frozen=True)
class Answer:
    """What a request came to, in the words of the table, the secrets that it shows, and whether it has a dead link."""

    outcome: str
    shown: frozenset[str]
    leads_nowhere: bool


def ask(stage: Stage, who: str, row: Row, before: dict[str, list[str]]) -> Answer:
    """One request, undone afterwards."""
    written = Written()
    with transaction.atomic():
        with connection.execute_wrapper(written):
            response = send(stage, who, row)
        changed = changed_tables(before) if written.anything else set()
        answer = Answer(outcome_of(response, changed), secrets_in(response), 'href=""' in words_in(response))
        transaction.set_rollback(True)
    return answer


class Written:
    """Hears every statement; what only reads, or keeps a session alive, leaves every table as it was."""

    HARMLESS = re.compile(rf"SELECT|(RELEASE |ROLLBACK TO )?SAVEPOINT|UPDATE .?{Session._meta.db_table}\b")

    def __init__(self) -> None:
        self.anything = False

    def __call__(self, execute, sql, params, many, context):
        self.anything |= not self.HARMLESS.match(sql)
        return execute(sql, params, many, context)


def send(stage: Stage, who: str, row: Row):
    path, browser = path_of(row.route, stage.places[row.place]), stage.browser(who)
    return browser.get(path) if row.method == "GET" else browser.post(path, stage.bodies.get(row.place, {}))


@cache
def queries() -> dict[str, str]:
    """What reads every table whole, but for the sessions, which say who was here last."""
    models = [model for model in apps.get_models(include_auto_created=True) if model is not Session]
    return {model._meta.db_table: str(model._base_manager.values_list().query) for model in models}


def contents() -> dict[str, list[str]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        return {table: rows_of(cursor, query) for table, query in queries().items()}


def rows_of(cursor, query: str) -> list[str]:
    cursor.execute(query)
    return sorted(map(repr, cursor.fetchall()))


def changed_tables(before: dict[str, list[str]]) -> set[str]:
    return {table for table, rows in contents().items() if rows != before[table]}


def outcome_of(response, changed: set[str]) -> str:
    status, headers = response.status_code, response.headers
    if changed - {LOG}:
        return "done" if status in (200, 302) else f"{status}, but {changed} changed"
    if headers.get("Location", "").startswith("/ingresar/?next="):
        return "login"
    if headers.get("Content-Disposition", "").startswith("attachment"):
        return "file"
    if headers.get("Content-Type") == "image/jpeg":
        return "image"
    return {200: "page", 302: "away"}.get(status, str(status))


def words_in(response) -> str:
    return f"{response.headers}{response.getvalue().decode(errors='replace')}"


def secrets_in(response) -> frozenset[str]:
    words = words_in(response)
    return frozenset(name for name, word in SECRETS.items() if word in words)


# The table


def test_no_url_is_missing_from_the_table():
    told = {(row.route, row.method) for row in ROWS}
    assert {(route, method) for route in ROUTES for method in ("GET", "POST")} - told == set()


def test_no_row_of_the_table_is_about_a_url_that_is_gone():
    assert {row.route for row in ROWS} - set(ROUTES) == set()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_the_answer_of_the_table(stage, row):
    before = contents()
    answers = {who: ask(stage, who, row, before) for who in PEOPLE}
    assert {who: answer.outcome for who, answer in answers.items()} == row.answers
    assert {who for who, answer in answers.items() if answer.leads_nowhere} == set()
    assert {who: answer.shown - MAY_FIND[who] for who, answer in answers.items() if answer.shown - MAY_FIND[who]} == {}


def is_guarded(view) -> bool:
    """Whether `role_required` stands somewhere among the decorators of the view."""
    inside = f"{role_required.__qualname__}.<locals>"
    return unwrap(view, stop=lambda layer: layer.__code__.co_qualname.startswith(inside)) is not unwrap(view)


def test_every_page_behind_the_login_is_guarded_by_role_besides_what_its_objects_are_guarded_by():
    closed = {row.route for row in ROWS if row.answers["anon"] == "login"}
    assert {route for route in closed - OF_EVERYBODY if not is_guarded(ROUTES[route].callback)} == set()


# Walking through everything that a GET opens


@dataclass(frozen=True)
class Walk:
    found: frozenset[str]
    changed: set[str]
    #: What the log gained, and how many files and pages the table lets the person take or see.
    verbs: list[str]
    files: int


@pytest.fixture(scope="module", params=PEOPLE)
def walk(request, stage) -> tuple[str, Walk]:
    who = request.param
    rows = [row for row in ROWS if row.method == "GET"]
    with transaction.atomic():
        before, logged = contents(), set(AuditEntry.objects.values_list("pk", flat=True))
        found = frozenset().union(*(secrets_in(send(stage, who, row)) for row in rows))
        verbs = AuditEntry.objects.exclude(pk__in=logged).values_list("verb", flat=True)
        files = sum(row.answers[who] in ("file", "image") for row in rows)
        taken = Walk(found, changed_tables(before), list(verbs), files)
        transaction.set_rollback(True)
    return who, taken


def test_a_person_finds_of_another_institution_what_is_meant_for_them_and_nothing_else(walk):
    who, taken = walk
    assert taken.found == MAY_FIND[who]


def test_looking_changes_nothing_and_only_a_file_that_is_taken_or_seen_is_logged(walk):
    _, taken = walk
    assert taken.changed <= {LOG}
    assert len(taken.verbs) == taken.files
    assert set(taken.verbs) <= {Verb.DOWNLOADED, Verb.EXPORTED, Verb.VIEWED}


# What a single walk does not tell


@pytest.fixture
def tables_of_ficha(stage):
    """Words of the tables that somebody reads on the ficha."""

    def read(who: str) -> str:
        page = text_of(stage.browser(who).get("/plan/acciones/1.1.1/"))
        assert "4.821" in page
        return " ".join(re.findall(r"<table.*?</table>", page, re.DOTALL))

    return read


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("exec", {"X", "Y"}),
        ("coord", {"X", "Y"}),
        ("focal", {"X"}),
        ("focalY", {"Y"}),
        ("coord2", set()),
        ("obser", set()),
    ],
)
def test_the_ficha_adds_up_for_all_and_has_rows_of_institutions_for_those_who_may_see_them(tables_of_ficha, who, seen):
    words = tables_of_ficha(who)
    names = {"X": ("Dirección del Trabajo", ">DT<"), "Y": ("Carabineros",)}
    assert {name for name, written in names.items() if any(word in words for word in written)} == seen


@pytest.mark.parametrize("who", ["coord2", "obser"])
def test_the_page_of_the_plan_tells_nothing_by_institution(stage, who):
    page = text_of(stage.browser(who).get("/plan/"))
    assert "1.1.1" in page
    assert "Dirección del Trabajo" not in page


@pytest.fixture
def double(stage) -> Client:
    """Coordinates the subcomisión of the eje, and is punto focal of Y."""
    person = stage.person("Inés Soto", Role.FOCAL_POINT, institution=stage.y)
    stage.appoint(person, Role.COORDINATOR, subcommission=stage.action.objective.axis.subcommission)
    return enter(person)


def test_a_coordination_who_is_punto_focal_elsewhere_sees_no_proof_of_other_institutions(stage, double):
    response = double.get(path_of("/reportes/<int:pk>/", stage.places["claimed"]))
    assert secrets_in(response) == {"claimed", "responder"}


@pytest.mark.parametrize("act", ["editar", "enviar", "retirar"])
def test_a_coordination_who_is_punto_focal_elsewhere_writes_no_report_that_it_reads(stage, double, act):
    response = double.post(path_of(f"/reportes/<int:pk>/{act}/", stage.places["sent"]), stage.bodies["sent"])
    assert response.status_code == 404


#: Each door to objects, and who finds something behind it, whatever page they come from.
DOORS = {
    Action: "focal altern focalY tech tech2 exec coord coord2 obser",
    Agreement: "tech tech2 exec coord coord2",
    Assessment: "focal altern focalY tech tech2 exec coord coord2 obser",
    Cause: "focal altern focalY tech tech2 exec coord coord2 obser",
    Proposal: "focal altern focalY tech tech2 exec coord",
    ProgressReport: "focal altern focalY tech tech2 exec coord",
    StoredFile: "focal altern focalY tech tech2 exec",
    Evidence: "focal altern focalY tech tech2 exec",
    ReportJob: "tech tech2 exec",
    EditionText: "tech tech2 exec",
    IssuedReport: "focal altern focalY tech tech2 exec coord coord2 obser",
    Notice: "focal altern focalY tech tech2 exec",
}


@pytest.mark.parametrize("model", DOORS)
def test_objects_are_guarded_besides_the_pages_that_show_them(stage, model):
    found = {who for who in PEOPLE if model.objects.visible_to(stage.users[who]).exists()}
    assert found == set(DOORS[model].split())


def test_a_reviewer_who_is_no_longer_one_does_not_open_reserved_files(stage):
    stage.reviewer.appointments.update(valid_to="2020-12-31", valid_from="2020-01-01")
    path = path_of("/archivos/<uuid:public_id>/", stage.places["reserved-file"])
    assert stage.browser("tech").get(path).status_code == 404
