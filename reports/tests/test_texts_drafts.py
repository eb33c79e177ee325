"""What is typed on a page of texts saves itself, apart from the texts: found again, told of others, and discarded."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from plan.enums import Role, Verb
from plan.models import AuditEntry
from reports.enums import EditionSlot, TextState
from reports.models import EditionText, Subject, TextsDraft
from reports.tests import story, world
from reports.tests.test_texts_pages import AXIS, PLAN, enter, save, text_of, typed, words

pytestmark = pytest.mark.django_db

KEEP, DISCARD = f"{AXIS}guardar/", f"{AXIS}descartar/"


@pytest.fixture
def axis() -> Subject:
    return Subject(story.tell().plan, 2016, 1)


@pytest.fixture
def technical(axis):
    return world.make_secretary(axis.plan)


@pytest.fixture
def desk(technical) -> Client:
    return enter(technical)


def page(subject, version=0, name="", **changes) -> dict:
    return typed(subject, version=version, page=name, **changes)


def value_of(browser, slot: str) -> str:
    return browser.get(AXIS).context["form"][slot].value()


# Kept --------------------------------------------------------------------------------------------------------------
def test_what_is_typed_is_kept_apart_and_found_again_where_the_page_is_opened(desk, axis, technical):
    answer = desk.post(KEEP, page(axis, diagnosis="Sin terminar")).json()
    draft = TextsDraft.objects.get()
    assert answer == {"version": 1, "saved_at": f"{timezone.localtime(draft.saved_at):%H:%M}", "errors": []}
    assert not EditionText.objects.exists()
    assert value_of(desk, "diagnosis") == "Sin terminar"
    told = words(desk.get(AXIS))
    assert "y no guardó: Diagnóstico . Solo usted lo ve" in told
    assert (AuditEntry.objects.get().verb, draft.person) == (Verb.SAVED_DRAFT, technical)


def test_many_saves_by_itself_leave_one_draft_and_no_history_until_the_button_makes_one_version(desk, axis):
    for version, text in enumerate(("S", "Si", "Sin", "Sin equipos.")):
        desk.post(KEEP, page(axis, version, diagnosis=text))
    assert (TextsDraft.objects.count(), EditionText.objects.count()) == (1, 0)
    desk.post(AXIS, page(axis, 4, diagnosis="Sin equipos."))
    assert [row.body for row in EditionText.objects.all()] == ["Sin equipos."]
    assert "no guardó" not in words(desk.get(AXIS))
    assert TextsDraft.objects.get().typed == {}


def test_what_is_wrong_is_kept_as_it_was_typed_and_told_at_its_field(desk, axis):
    answer = desk.post(KEEP, page(axis, achievement_1="a" * 479, diagnosis="Vea a ana@dt.example.")).json()
    assert answer["errors"] == [
        {
            "field": "id_diagnosis",
            "text": "Tiene un RUN o un correo: quítelo. Los informes nombran cargos.",
            "is_missing": False,
        },
        {
            "field": "id_achievement_1",
            "text": "Puede tener hasta 300 caracteres; tiene 479.",
            "is_missing": False,
        },
    ]
    assert value_of(desk, "achievement_1") == "a" * 479


def test_a_text_refused_by_the_button_is_found_again_too(desk, axis):
    assert desk.post(AXIS, page(axis, achievement_1="a" * 479)).status_code == 422
    assert value_of(desk, "achievement_1") == "a" * 479


def test_what_says_the_same_as_the_texts_is_not_told_as_unsaved(desk, axis, technical):
    (row,) = save(axis, technical, diagnosis="Uno.")
    desk.post(KEEP, page(axis, diagnosis="Uno.", seen=row.pk))
    assert "no guardó" not in words(desk.get(AXIS))


def test_an_emptied_text_is_found_empty(desk, axis, technical):
    (row,) = save(axis, technical, diagnosis="Uno.")
    desk.post(KEEP, page(axis, seen=row.pk))
    assert value_of(desk, "diagnosis") == ""
    assert EditionText.objects.get() == row


# Two pages ---------------------------------------------------------------------------------------------------------
def test_a_stale_page_is_told_overwrites_nothing_and_may_save_knowingly(desk, axis):
    desk.post(KEEP, page(axis, name="uno", diagnosis="De la primera."))
    response = desk.post(KEEP, page(axis, name="dos", diagnosis="De la segunda."))
    assert response.status_code == 409
    assert "Lo guardó usted, en otra pestaña o equipo, a las" in response.json()["message"]
    assert value_of(desk, "diagnosis") == "De la primera."
    knowing = page(axis, response.json()["version"], "dos", diagnosis="De la segunda.")
    assert desk.post(KEEP, knowing).status_code == 200
    assert value_of(desk, "diagnosis") == "De la segunda."


def test_a_save_whose_answer_got_lost_and_a_page_that_was_reloaded_do_not_collide(desk, axis):
    desk.post(KEEP, page(axis, name="uno", diagnosis="Una"))
    assert desk.post(KEEP, page(axis, name="uno", diagnosis="Una jornada")).status_code == 200
    assert desk.post(KEEP, page(axis, name="dos uno", diagnosis="Una jornada más")).status_code == 200


def test_a_page_left_open_while_another_saved_the_texts_is_told(desk, axis):
    desk.post(KEEP, page(axis, name="uno", diagnosis="Una."))
    desk.post(AXIS, page(axis, 1, "uno", diagnosis="Una."))
    assert desk.post(KEEP, page(axis, 1, "dos", diagnosis="Vieja.")).status_code == 409


def test_a_button_pressed_on_a_stale_page_leaves_the_draft_of_the_other(desk, axis):
    desk.post(KEEP, page(axis, name="uno", progress="De la otra pestaña."))
    desk.post(AXIS, page(axis, 0, "dos", diagnosis="De esta."))
    assert value_of(desk, "progress") == "De la otra pestaña."
    assert value_of(desk, "diagnosis") == "De esta."


# Two people --------------------------------------------------------------------------------------------------------
def test_each_person_has_a_draft_of_their_own_and_is_told_who_else_writes(desk, axis, technical):
    other = world.make_secretary(axis.plan)
    enter(other).post(KEEP, page(axis, diagnosis="De la otra persona."))
    opened = desk.get(AXIS)
    assert f"{other} está escribiendo en esta página" in words(opened)
    assert "De la otra persona." not in text_of(opened)
    assert desk.post(KEEP, page(axis, diagnosis="Lo mío.")).status_code == 200


def test_a_text_that_somebody_saved_meanwhile_is_told_at_once_and_both_are_shown_later(desk, axis):
    other = world.make_secretary(axis.plan)
    save(axis, other, diagnosis="De la otra persona.", progress="También de ella.")
    (error,) = desk.post(KEEP, page(axis, diagnosis="Lo mío.")).json()["errors"]
    assert error["field"] == "id_diagnosis"
    assert f"Este texto cambió mientras usted escribía. Lo guardó {other} a las" in error["text"]
    opened = desk.get(AXIS)
    assert (opened.context["form"]["diagnosis"].value(), opened.context["form"]["progress"].value()) == (
        "Lo mío.",
        "También de ella.",
    )
    assert f"Lo que guardó {other}" in words(opened)
    assert "De la otra persona." in text_of(opened)


def test_the_secretaria_ejecutiva_keeps_its_own_texts_and_no_others(axis):
    browser = enter(world.make_secretary(axis.plan, Role.EXECUTIVE))
    browser.post(f"{PLAN}guardar/", page(Subject(axis.plan, 2016, None), presentation="A la Mesa.", pending="No."))
    assert set(TextsDraft.objects.get().typed) == {"presentation", "commitments", "signers"}
    assert browser.post(KEEP, page(axis, diagnosis="Mío.")).status_code == 404


def test_who_looks_over_an_edition_is_told_whose_words_will_not_be_in_it(desk, axis, technical):
    told = "Textos escritos y sin guardar: no estarán en la edición."
    check = {"documento": "1", "corte": "2016-12-31"}
    (row,) = save(axis, technical, diagnosis="Uno.")
    desk.post(KEEP, page(axis, diagnosis="Uno.", seen=row.pk))
    assert told not in words(desk.get("/informes/emitir/", check))
    desk.post(KEEP, page(axis, 1, diagnosis="Dos.", seen=row.pk))
    assert f"{told} Eje 1, 2016: {technical}" in words(desk.get("/informes/emitir/", check))


# Discarded ---------------------------------------------------------------------------------------------------------
def test_what_is_not_wanted_is_discarded_and_the_texts_are_as_they_were_saved(desk, axis, technical):
    (row,) = save(axis, technical, diagnosis="Uno.")
    desk.post(KEEP, page(axis, diagnosis="Dos.", seen=row.pk))
    done = desk.post(DISCARD, {"version": 1}, follow=True)
    assert "Se descartó lo que no estaba guardado." in words(done)
    assert value_of(desk, "diagnosis") == "Uno."
    assert AuditEntry.objects.latest("pk").verb == Verb.REMOVED


def test_what_another_page_kept_since_is_not_discarded(desk, axis):
    desk.post(KEEP, page(axis, name="uno", diagnosis="Una."))
    desk.post(KEEP, page(axis, 1, "uno", diagnosis="Una jornada."))
    assert "no se descartó nada" in words(desk.post(DISCARD, {"version": 1}, follow=True))
    assert value_of(desk, "diagnosis") == "Una jornada."


# Late, and the database --------------------------------------------------------------------------------------------
def test_a_script_is_told_that_the_session_ended(axis, client):
    response = client.post(KEEP, page(axis, diagnosis="Tarde."), headers={"accept": "application/json"})
    assert (response.status_code, TextsDraft.objects.count()) == (401, 0)


@pytest.mark.parametrize("axis_number", [1, None])
def test_a_person_has_one_draft_of_a_subject(axis, technical, axis_number):
    row = {"plan": axis.plan, "year": 2016, "axis_number": axis_number, "person": technical}
    TextsDraft.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        TextsDraft.objects.create(**row)


def test_a_ready_text_stays_ready_while_its_next_words_are_only_kept(desk, axis, technical):
    (row,) = save(axis, technical, TextState.READY, diagnosis="Uno.")
    desk.post(KEEP, page(axis, diagnosis="Uno y medio.", seen=row.pk))
    assert EditionText.objects.about(axis).newest().get(slot=EditionSlot.DIAGNOSIS).state == TextState.READY
