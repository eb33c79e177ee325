"""The pages of the texts, as both secretarías use them: the year at a glance, writing, and the history."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.tests.world import as_read
from plan.enums import PlanState, Role
from reports.enums import EditionSlot, TextState
from reports.models import EditionText, Subject
from reports.tests import story, world
from reports.writing import newest_id, save_texts

pytestmark = pytest.mark.django_db

INDEX = "/informes/textos/"
AXIS, PLAN = f"{INDEX}2016/eje/1/", f"{INDEX}2016/plan/"
DIAGNOSIS = EditionSlot.DIAGNOSIS


@pytest.fixture
def told():
    return story.tell()


@pytest.fixture
def axis(told) -> Subject:
    return Subject(told.plan, 2016, 1)


@pytest.fixture
def technical(told):
    return world.make_secretary(told.plan)


@pytest.fixture
def executive(told):
    return world.make_secretary(told.plan, Role.EXECUTIVE)


def enter(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(technical) -> Client:
    return enter(technical)


def save(subject, by, state=TextState.DRAFT, **bodies) -> list[EditionText]:
    typed = {EditionSlot(name): body for name, body in bodies.items()}
    return save_texts(subject, typed, state=state, seen=newest_id(subject), by=by)


def typed(subject, **changes) -> dict:
    """The form of an eje as it is posted, with all fields."""
    return dict.fromkeys((slot.value for slot in subject.slots), "") | {"seen": 0, "state": "draft"} | changes


def text_of(response) -> str:
    return as_read(response.content.decode())


def words(response) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text_of(response))))


# The year at a glance ---------------------------------------------------------------------------------------------
def test_the_year_tells_what_is_missing_in_draft_and_ready_with_who_and_when(desk, axis, technical):
    save(axis, technical, diagnosis="Uno.")
    save(axis, technical, TextState.READY, progress="Dos.")
    (row,) = save(axis, technical, diagnosis="")
    page = words(desk.get(INDEX, {"anio": 2016}))
    at = timezone.localtime(row.written_at).strftime("%d-%m-%Y %H:%M")
    assert f"Falta Diagnóstico del eje 1 Retirado por {technical}, {at}" in page
    assert f"Listo Avances del año del eje 1 {technical}, " in page
    assert "Falta 12 Borrador 0 Listo 1" in page


def test_it_opens_at_the_year_of_the_newest_figures_and_takes_no_year_outside_of_the_plan(desk, told):
    assert "Estado de cada texto por eje, 2016" in words(desk.get(INDEX))
    refused = words(desk.get(INDEX, {"anio": 2019}))
    assert "Estado de cada texto por eje, 2016" in refused
    assert "2019" in refused


def test_more_texts_take_no_more_queries(desk, axis, technical):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(INDEX, {"anio": 2016})
        return len(captured)

    desk.get(INDEX)
    few = asked()
    for number in (1, 2, 3):
        subject = Subject(axis.plan, 2016, number)
        world.make_action(axis.plan, f"{number}.9.1")
        save(subject, technical, **dict.fromkeys((slot.value for slot in subject.slots), "Uno."))
    assert asked() == few <= 15


def test_the_documents_lead_to_the_texts_and_without_a_plan_there_are_none(desk, told):
    assert f'href="{INDEX}"' in text_of(desk.get("/informes/"))
    told.plan.state = PlanState.CLOSED
    told.plan.save()
    assert desk.get(INDEX).status_code == 200
    assert desk.get(AXIS).status_code == 404


# Writing ----------------------------------------------------------------------------------------------------------
def test_all_texts_are_saved_in_one_form_and_the_page_says_so(desk, axis):
    done = desk.post(AXIS, typed(axis, diagnosis=" Uno.\r\nDos. ", progress="Tres."), follow=True)
    assert done.redirect_chain == [(AXIS, 302)]
    assert "2 textos guardados en borrador." in words(done)
    assert "Uno.\nDos." in text_of(done)
    assert EditionText.objects.get(slot="diagnosis").body == "Uno.\nDos."


def test_what_is_written_is_marked_ready_and_what_is_empty_stays_missing(desk, axis):
    done = desk.post(AXIS, typed(axis, diagnosis="Uno.", state="ready"), follow=True)
    assert "1 texto guardado y marcado listo." in words(done)
    assert list(EditionText.objects.values_list("slot", "state")) == [("diagnosis", "ready")]


def test_a_second_click_writes_nothing_and_says_so(desk, axis):
    desk.post(AXIS, typed(axis, diagnosis="Uno."))
    again = desk.post(AXIS, typed(axis, diagnosis="Uno."), follow=True)
    assert "Ya estaba guardado así" in words(again)
    assert EditionText.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"achievement_1": "a" * 479}, "achievement_1", "Puede tener hasta 300 caracteres; tiene 479."),
        (
            {"diagnosis": "Vea a ana@dt.example."},
            "diagnosis",
            "Tiene un RUN o un correo: quítelo. Los informes nombran cargos.",
        ),
        (
            {"obstacle_2": "12.345.678-5"},
            "obstacle_2",
            "Tiene un RUN o un correo: quítelo. Los informes nombran cargos.",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_text_and_nothing_typed_is_lost(desk, axis, changes, field, sentence):
    response = desk.post(AXIS, typed(axis, progress="Esto queda.", **changes))
    assert response.status_code == 422
    assert response.context["form"].errors == {field: [sentence]}
    assert "Hay 1 texto por revisar. Lo que escribió sigue aquí y se conserva" in words(response)
    assert "Esto queda." in text_of(response)
    assert changes[field] in text_of(response)
    assert not EditionText.objects.exists()


def test_a_signer_is_a_name_a_cargo_and_an_institution(desk, told):
    plan = Subject(told.plan, 2016, None)
    response = desk.post(PLAN, typed(plan, signers="Ana Soto; Jefa; DEM\nLuis Paz, Jefe"))
    assert response.context["form"].errors == {
        "signers": ["Escriba nombre; cargo; institución en esta línea: «Luis Paz, Jefe»."]
    }
    assert desk.post(PLAN, typed(plan, signers="Ana Soto; Jefa; DEM")).status_code == 302


def test_whoever_is_second_keeps_their_words_sees_the_other_s_and_may_save_knowingly(desk, axis):
    other = world.make_secretary(axis.plan)
    save(axis, other, diagnosis="De la otra persona.", progress="También de ella.")
    response = desk.post(AXIS, typed(axis, diagnosis="Lo mío."))
    assert response.status_code == 422
    page = words(response)
    assert "Otra persona guardó este texto mientras usted escribía" in page
    assert f"Lo que guardó {other}" in page
    assert "De la otra persona." in page
    form = response.context["form"]
    assert (form["diagnosis"].value(), form["progress"].value()) == ("Lo mío.", "También de ella.")
    again = {name: form[name].value() for name in form.fields} | {"state": "draft"}
    assert desk.post(AXIS, again).status_code == 302
    assert [row.body for row in EditionText.objects.filter(slot="diagnosis")] == ["De la otra persona.", "Lo mío."]
    assert EditionText.objects.filter(slot="progress").count() == 1


@pytest.mark.parametrize("changes", [{"seen": ""}, {"seen": "-1"}, {"seen": "x"}, {"state": "final"}, {"state": ""}])
def test_a_form_that_was_tampered_with_saves_nothing(desk, axis, changes):
    assert desk.post(AXIS, typed(axis, diagnosis="Uno.") | changes).status_code == 422
    assert not EditionText.objects.exists()


def test_fields_that_the_form_does_not_declare_are_not_taken(desk, axis, technical):
    forged = {"written_by": 99, "year": 2018, "axis_number": 2, "acting_as": "Ministra", "presentation": "No."}
    desk.post(AXIS, typed(axis, diagnosis="Uno.", **forged))
    row = EditionText.objects.get()
    assert (row.written_by, row.year, row.axis_number, row.slot) == (technical, 2016, 1, "diagnosis")
    assert row.acting_as == "Profesional, Secretaría técnica"


def test_the_figures_of_the_eje_at_the_end_of_the_year_stand_beside(desk, told):
    page = desk.get(AXIS)
    assert "Cifras al 31-12-2016" in words(page)
    assert "75,0 % verificado" in words(page).replace("\xa0", " ")
    assert '/tablero/?eje=1&amp;corte=2016-12-31"' in text_of(page)


def test_the_secretaria_ejecutiva_reads_all_and_writes_its_own(executive, axis, technical):
    save(axis, technical, diagnosis="Solo lectura.")
    page = enter(executive).get(AXIS)
    assert "Solo lectura." in text_of(page)
    assert "<textarea" not in text_of(page)
    assert "Marcar como listo" not in text_of(page)
    fields = enter(executive).get(PLAN).context["form"].fields
    assert set(fields) == {"seen", "state", "presentation", "commitments", "signers"}
    assert enter(executive).post(AXIS, typed(axis, diagnosis="Mío.")).status_code == 404


@pytest.mark.parametrize("path", [f"{INDEX}2014/plan/", f"{INDEX}2016/eje/9/", f"{INDEX}2019/eje/1/historial/"])
def test_there_are_no_texts_of_other_years_or_ejes(desk, path):
    assert desk.get(path).status_code == 404


def test_the_evaluation_is_offered_in_the_last_year(desk):
    asked = ["evaluation" in desk.get(f"{INDEX}{year}/plan/").context["form"].fields for year in (2016, 2018)]
    assert asked == [False, True]


def test_what_comes_after_the_session_has_ended_waits_for_the_login(axis, technical):
    client = Client()
    late = client.post(AXIS, typed(axis, diagnosis="Escrito tarde."))
    assert late["Location"] == f"/ingresar/?next={AXIS}"
    client.force_login(technical)
    page = client.get(AXIS)
    assert "Esto es lo que escribió antes de que terminara su sesión" in words(page)
    assert "Escrito tarde." in text_of(page)


# History ----------------------------------------------------------------------------------------------------------
def test_the_history_tells_each_save_with_what_changed(desk, axis, technical):
    save(axis, technical, diagnosis="El año empezó bien.")
    save(axis, technical, TextState.READY, diagnosis="El año empezó mal.")
    page = words(desk.get(f"{AXIS}historial/"))
    assert page.index("[quitado: bien. ] [agregado: mal. ]") < page.index("[agregado: El año empezó bien. ]")
    assert f"{technical}, Profesional, Secretaría técnica" in page


def test_a_text_that_was_only_marked_ready_says_that_its_words_are_the_same(desk, axis, technical):
    save(axis, technical, diagnosis="Igual.")
    save(axis, technical, TextState.READY, diagnosis="Igual.")
    assert "Sin cambios en el texto." in words(desk.get(f"{AXIS}historial/"))


def test_where_nothing_was_written_the_history_says_so(desk):
    assert "Todavía no se ha escrito nada" in words(desk.get(f"{PLAN}historial/"))
