"""The texts of the documents: who saves which, what is known of them at a moment, and that nothing is lost."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from plan.enums import Role
from plan.models import AuditEntry
from reports.enums import DocumentKind, EditionSlot, TextState
from reports.facts.texts import EditionTexts, Signer, edition_texts
from reports.models import EditionText, Subject
from reports.tests import world
from reports.writing import ForbiddenTextError, StaleTextsError, newest_id, save_texts

pytestmark = pytest.mark.django_db

DIAGNOSIS, PROGRESS = EditionSlot.DIAGNOSIS, EditionSlot.PROGRESS
PRESENTATION, SIGNERS = EditionSlot.PRESENTATION, EditionSlot.SIGNERS
FIRST, SECOND = EditionSlot.ACHIEVEMENT_1, EditionSlot.ACHIEVEMENT_2


@pytest.fixture
def plan(db):
    plan = world.make_plan()
    world.make_action(plan)
    return plan


@pytest.fixture
def axis(plan) -> Subject:
    return Subject(plan, 2016, 1)


@pytest.fixture
def whole(plan) -> Subject:
    return Subject(plan, 2016, None)


@pytest.fixture
def technical(plan):
    return world.make_secretary(plan)


@pytest.fixture
def executive(plan):
    return world.make_secretary(plan, Role.EXECUTIVE)


def save(subject, typed, by, state=TextState.DRAFT, seen=None) -> list[EditionText]:
    return save_texts(subject, typed, state=state, seen=newest_id(subject) if seen is None else seen, by=by)


def known(subject, known_at=None) -> EditionTexts:
    return edition_texts(subject.plan, subject.year, subject.axis_number, known_at or timezone.now())


# What is asked ----------------------------------------------------------------------------------------------------
def test_an_eje_is_asked_for_its_own_texts_and_the_plan_for_others(axis, whole):
    assert axis.slots == tuple(slot for slot in EditionSlot if slot.is_of_axis)
    assert whole.slots == (PRESENTATION, EditionSlot.PENDING, EditionSlot.COMMITMENTS, SIGNERS)


def test_the_evaluation_is_asked_for_in_the_last_year_only(plan):
    asked = [year for year in plan.years if EditionSlot.EVALUATION in Subject(plan, year, None).slots]
    assert asked == [2018]


def test_logros_and_nudos_are_the_same_text_in_both_documents():
    shared = {slot for slot in EditionSlot if all(slot.is_printed_in(document) for document in DocumentKind)}
    assert {slot.label[:5] for slot in shared} == {"Logro", "Nudo "}


# Saving -----------------------------------------------------------------------------------------------------------
def test_a_saved_text_is_a_row_with_cargo_and_hour_and_the_log_keeps_its_digest_alone(axis, technical):
    (row,) = save(axis, {DIAGNOSIS: "El año empezó sin equipos."}, technical)
    assert (row.slot, row.state, row.written_by) == ("diagnosis", "draft", technical)
    assert row.acting_as == "Profesional, Secretaría técnica"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_type) == ("saved_draft", "reports.editiontext")
    assert entry.data | {"hash": len(entry.data["hash"])} == {
        "year": 2016,
        "axis": 1,
        "text": "diagnosis",
        "state": "draft",
        "hash": 64,
    }


def test_only_what_changed_is_written(axis, technical):
    save(axis, {DIAGNOSIS: "Uno.", PROGRESS: "Dos.", FIRST: ""}, technical)
    assert [row.slot for row in save(axis, {DIAGNOSIS: "Uno.", PROGRESS: "Dos y medio."}, technical)] == ["progress"]
    assert save(axis, {DIAGNOSIS: "Uno.", PROGRESS: "Dos y medio."}, technical) == []
    assert EditionText.objects.count() == 3


def test_ready_declares_every_text_that_has_words_and_no_empty_one(axis, technical):
    save(axis, {DIAGNOSIS: "Uno.", PROGRESS: ""}, technical)
    rows = save(axis, {DIAGNOSIS: "Uno.", PROGRESS: "", FIRST: "Tres."}, technical, TextState.READY)
    assert [(row.slot, row.state) for row in rows] == [("diagnosis", "ready"), ("achievement_1", "ready")]


def test_a_ready_text_stays_ready_until_its_words_change(axis, technical):
    save(axis, {DIAGNOSIS: "Uno."}, technical, TextState.READY)
    assert save(axis, {DIAGNOSIS: "Uno."}, technical) == []
    (row,) = save(axis, {DIAGNOSIS: "Otro."}, technical)
    assert row.state == TextState.DRAFT


def test_an_emptied_text_is_withdrawn_and_its_words_stay_in_the_history(axis, technical):
    save(axis, {DIAGNOSIS: "Uno."}, technical, TextState.READY)
    (row,) = save(axis, {DIAGNOSIS: ""}, technical, TextState.READY)
    assert (row.body, row.state, AuditEntry.objects.latest("pk").verb) == ("", "draft", "removed")
    assert DIAGNOSIS in known(axis).missing
    assert list(EditionText.objects.values_list("body", flat=True)) == ["Uno.", ""]


def test_the_secretaria_ejecutiva_writes_presentation_commitments_and_signers_alone(whole, axis, executive):
    own = {PRESENTATION: "A la Mesa.", EditionSlot.COMMITMENTS: "Seguir.", SIGNERS: "N; C; I"}
    assert len(save(whole, own, executive)) == 3
    assert EditionText.objects.latest("pk").acting_as == "Profesional, Secretaría ejecutiva"
    for subject, slot in ((whole, EditionSlot.PENDING), (axis, DIAGNOSIS)):
        with pytest.raises(ForbiddenTextError):
            save(subject, {slot: "No es suyo."}, executive)


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.OBSERVER, Role.ADMINISTRATOR])
def test_nobody_else_writes(axis, role):
    scope = {"institution": world.make_institution("DT")} if role == Role.FOCAL_POINT else {}
    with pytest.raises(ForbiddenTextError):
        save(axis, {DIAGNOSIS: "No."}, world.make_user(role, **scope))


def test_a_text_that_is_not_asked_is_not_written(whole, axis, technical):
    for subject, slot in ((whole, EditionSlot.EVALUATION), (whole, DIAGNOSIS), (axis, PRESENTATION)):
        with pytest.raises(ForbiddenTextError):
            save(subject, {slot: "No."}, technical)


# Two people -------------------------------------------------------------------------------------------------------
def test_the_second_of_two_who_change_a_text_is_told_and_nothing_is_written(axis, technical):
    save(axis, {DIAGNOSIS: "Uno.", PROGRESS: "Dos."}, technical)
    seen, other = newest_id(axis), world.make_secretary(axis.plan)
    save(axis, {DIAGNOSIS: "Uno de otra.", PROGRESS: "Dos."}, other)
    with pytest.raises(StaleTextsError) as told:
        save(axis, {DIAGNOSIS: "Uno mío.", PROGRESS: "Dos mío."}, technical, seen=seen)
    assert [(slot, row.written_by) for slot, row in told.value.overtaken.items()] == [(DIAGNOSIS, other)]
    assert known(axis).text(PROGRESS) == "Dos."
    rows = save(axis, {DIAGNOSIS: "Uno mío.", PROGRESS: "Dos mío."}, technical, seen=told.value.newest)
    assert len(rows) == 2


def test_two_who_change_different_texts_do_not_stand_in_each_other_s_way(axis, technical):
    save(axis, {DIAGNOSIS: "Uno.", PROGRESS: "Dos."}, technical)
    seen = newest_id(axis)
    save(axis, {PROGRESS: "Dos de otra."}, world.make_secretary(axis.plan))
    rows = save(axis, {DIAGNOSIS: "Uno mío.", PROGRESS: "Dos."}, technical, TextState.READY, seen)
    assert [row.slot for row in rows] == ["diagnosis"]
    assert (known(axis).text(PROGRESS), known(axis).drafts) == ("Dos de otra.", (PROGRESS,))


def test_what_somebody_saved_in_a_text_left_alone_comes_back_with_the_page(axis, technical):
    seen = newest_id(axis)
    save(axis, {DIAGNOSIS: "De otra.", PROGRESS: "Nuevo."}, world.make_secretary(axis.plan))
    with pytest.raises(StaleTextsError) as told:
        save(axis, {DIAGNOSIS: "Mío.", PROGRESS: ""}, technical, seen=seen)
    assert told.value.unseen == {PROGRESS: "Nuevo."}


def test_two_who_type_the_same_agree(axis, technical):
    save(axis, {DIAGNOSIS: "Igual."}, world.make_secretary(axis.plan))
    assert save(axis, {DIAGNOSIS: "Igual."}, technical, seen=0) == []


# The database -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"axis_number": None}, "edition_text_slot_fits_subject"),
        ({"slot": PRESENTATION}, "edition_text_slot_fits_subject"),
        ({"state": "final"}, "edition_text_state_known"),
        ({"state": TextState.READY, "body": ""}, "edition_text_ready_has_body"),
    ],
)
def test_what_a_text_cannot_be_is_held_by_the_database(axis, technical, fields, name):
    row = {"axis_number": 1, "slot": DIAGNOSIS, "state": TextState.DRAFT, "body": "Uno."}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        EditionText.objects.create(plan=axis.plan, year=2016, written_by=technical, **row | fields)


def test_a_saved_text_cannot_be_changed(axis, technical):
    (row,) = save(axis, {DIAGNOSIS: "Uno."}, technical)
    with pytest.raises(TypeError):
        row.save()
    for change in (lambda: EditionText.objects.update(body="Dos."), EditionText.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
            change()


# What is known ----------------------------------------------------------------------------------------------------
def test_at_an_earlier_moment_the_earlier_words_are_known(axis, technical):
    assert known(axis).missing == axis.slots
    (first,) = save(axis, {DIAGNOSIS: "Uno."}, technical, TextState.READY)
    save(axis, {DIAGNOSIS: "Dos.", FIRST: "Logro."}, technical)
    assert [known(axis, at).text(DIAGNOSIS) for at in (first.written_at, None)] == ["Uno.", "Dos."]
    assert known(axis, first.written_at - timedelta(seconds=1)).missing == axis.slots
    assert (known(axis, first.written_at).drafts, known(axis).drafts) == ((), (DIAGNOSIS, FIRST))


def test_a_bare_date_means_its_end_and_a_moment_needs_its_time_zone(axis, technical):
    save(axis, {DIAGNOSIS: "Uno."}, technical)
    today = timezone.localdate()
    assert [known(axis, day).text(DIAGNOSIS) for day in (today, today - timedelta(1))] == ["Uno.", ""]
    with pytest.raises(ValueError, match="time zone"):
        known(axis, timezone.now().replace(tzinfo=None))


def test_texts_of_another_eje_year_or_plan_are_not_taken(axis, technical):
    save(axis, {DIAGNOSIS: "Uno."}, technical)
    others = (Subject(axis.plan, 2017, 1), Subject(axis.plan, 2016, 2), Subject(axis.plan, 2016, None))
    assert [known(other).missing == other.slots for other in others] == [True] * 3


def test_logros_come_in_order_without_the_missing_one(axis, technical):
    third = EditionSlot.ACHIEVEMENT_3
    save(axis, {third: "Tercero.", FIRST: "Primero."}, technical)
    assert known(axis).achievements == ("Primero.", "Tercero.")
    assert SECOND in known(axis).missing
    assert known(axis).obstacles == ()


def test_each_document_is_ready_for_itself(axis, technical):
    printed = [slot for slot in axis.slots if slot.is_printed_in(DocumentKind.AXIS)]
    save(axis, dict.fromkeys(printed, "Listo."), technical, TextState.READY)
    texts = known(axis)
    assert texts.printed_in(DocumentKind.AXIS).is_ready
    assert texts.printed_in(DocumentKind.ANNUAL).missing == (DIAGNOSIS, PROGRESS)
    assert not texts.is_ready


def test_signers_are_read_line_by_line(whole, technical):
    save(whole, {SIGNERS: "Ana Soto; Subsecretaria; Interior\n\nLuis Paz ;Jefe; DEM"}, technical)
    assert known(whole).signers == (Signer("Ana Soto", "Subsecretaria", "Interior"), Signer("Luis Paz", "Jefe", "DEM"))


def test_no_run_and_no_mail_leaves_even_if_one_was_stored(axis, technical):
    save(axis, {DIAGNOSIS: "Escriba a ana@dt.example, RUN 12.345.678-5."}, technical)
    assert known(axis).text(DIAGNOSIS) == "Escriba a [correo omitido], RUN [RUN omitido]."


def test_nobody_is_named_in_what_a_document_takes(axis, technical):
    save(axis, {DIAGNOSIS: "Uno."}, technical)
    assert technical.full_name not in repr(known(axis))


def test_the_texts_of_an_eje_take_one_query(axis, technical, django_assert_num_queries):
    save(axis, dict.fromkeys(axis.slots, "Uno."), technical)
    save(axis, dict.fromkeys(axis.slots, "Dos."), technical)
    with django_assert_num_queries(1):
        assert known(axis).missing == ()
