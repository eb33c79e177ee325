"""The pages of apreciación and causa, and where the ficha and the plan tell them."""

import re
from dataclasses import asdict, replace
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators import judging
from indicators.enums import Deviation, RiskLevel, TargetScope
from indicators.models import Assessment, Cause, Target
from indicators.tests.judged import CAUSE, CUT_OFF, WORDS, set_far
from indicators.tests.world import enter, text_of
from plan.models import User

pytestmark = pytest.mark.django_db

FICHA = "/plan/acciones/1.1.1/"
SIGN, RECORD = f"{FICHA}apreciacion/", f"{FICHA}indicadores/1/causa/"
AT = {"corte": "2016-12-31"}
NO_PERSON = "lo que se informa puede publicarse y no lleva datos de personas."


@pytest.fixture
def far(world):
    return set_far(world)


def typed(said, **changes) -> dict:
    return asdict(said) | {"seen": 0} | changes


def words(response) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text_of(response))))


def ficha(user, **query) -> str:
    return words(enter(user).get(FICHA, AT | query))


def error_at(response, name: str) -> list[str]:
    assert response.status_code == 422
    return response.context["form"].errors.get(name, [])


# Apreciación ------------------------------------------------------------------------------------------------------
def test_the_form_takes_the_corte_of_the_ficha_and_leads_back_to_it(world):
    page = enter(world.reviewer).get(SIGN, AT)
    assert 'value="2016-12-31"' in text_of(page)
    done = enter(world.reviewer).post(SIGN, typed(WORDS))
    assert (done.status_code, done["Location"]) == (302, f"{FICHA}?corte=2016-12-31#apreciacion")
    assert Assessment.objects.get().level == RiskLevel.NEEDS_SUPPORT


def test_everybody_who_reads_the_figures_reads_it_and_the_secretarias_also_who_signed(world):
    judging.sign(world.action, WORDS, seen=0, by=world.reviewer)
    told = "Requiere apoyo al corte 31-12-2016 Faltan dos regiones por capacitar."
    pages = {who: ficha(getattr(world, who)) for who in ("observer", "focal_y", "other_coordinator", "executive")}
    assert [told in page for page in pages.values()] == [True] * 4
    assert ["Analista, Secretaría técnica" in page for page in pages.values()] == [True] * 4
    assert {who for who, page in pages.items() if "Paula Núñez" in page} == {"executive"}


def test_whoever_signed_reads_the_own_name(world):
    judging.sign(world.action, WORDS, seen=0, by=world.coordinator)
    name = world.coordinator.full_name
    own, other = (ficha(person).partition("Apreciación")[2] for person in (world.coordinator, world.other_coordinator))
    assert (f"{name}, " in own, f"{name}, " in other) == (True, False)


def test_only_who_may_sign_is_led_to_the_form(world):
    people = ("reviewer", "coordinator", "other_coordinator", "executive", "focal", "observer")
    offered = {who for who in people if SIGN in text_of(enter(getattr(world, who)).get(FICHA))}
    assert offered == {"reviewer", "coordinator"}


def test_an_earlier_one_is_folded_in_the_history_and_a_later_one_is_not_told(world):
    first, _ = judging.sign(world.action, WORDS, seen=0, by=world.reviewer)
    newer = replace(WORDS, level=RiskLevel.ASSURED, sentence="Ya se capacitó a todas.")
    judging.sign(world.action, newer, seen=first.pk, by=world.reviewer)
    page = ficha(world.observer)
    assert page.index("Asegurado") < page.index("Historial: 1 anterior") < page.index("Requiere apoyo")
    assert "Sin apreciación firmada a este corte." in ficha(world.observer, corte="2016-06-30")
    yesterday = (timezone.localdate() - timedelta(1)).isoformat()
    assert "Sin apreciación firmada a este corte." in ficha(world.observer, hasta=yesterday)


def test_the_plan_marks_each_action_with_its_word(world):
    world.new_action("1.1.2")
    judging.sign(world.action, WORDS, seen=0, by=world.reviewer)
    page = words(enter(world.observer).get("/plan/", AT))
    assert page.count("Apreciación: Requiere apoyo") == page.count("Apreciación:") == 1


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"cut_off": ""}, "cut_off", "Falta el corte."),
        ({"cut_off": "31-02-2016"}, "cut_off", "Escriba una fecha que exista, como 31-12-2016."),
        ({"cut_off": "2014-12-31"}, "cut_off", "Elija un corte dentro del plan, entre 01-01-2015 y 31-12-2018."),
        ({"level": ""}, "level", "Elija una de las cuatro palabras."),
        ({"sentence": "  "}, "sentence", "Escriba el fundamento en una frase."),
        ({"sentence": "Según ana@example.org"}, "sentence", f"Quite el correo ana@example.org: {NO_PERSON}"),
        ({"sentence": "a" * 301}, "sentence", "Puede tener hasta 300 caracteres; tiene 301."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(world, changes, field, sentence):
    response = enter(world.reviewer).post(SIGN, typed(WORDS, **changes))
    assert error_at(response, field) == [sentence]
    kept = changes.get("sentence", WORDS.sentence).strip()
    assert kept in text_of(response)
    assert not Assessment.objects.exists()


def test_a_word_that_is_none_of_the_four_is_refused(world):
    assert error_at(enter(world.reviewer).post(SIGN, typed(WORDS, level="quizás")), "level")


def test_a_second_click_is_told_kindly_and_signs_nothing(world):
    enter(world.reviewer).post(SIGN, typed(WORDS))
    again = enter(world.reviewer).post(SIGN, typed(WORDS), follow=True)
    assert "no se registró dos veces" in text_of(again)
    assert Assessment.objects.count() == 1


def test_whoever_is_second_keeps_their_words_sees_the_first_and_may_sign_again(world):
    first, _ = judging.sign(world.action, WORDS, seen=0, by=world.coordinator)
    response = enter(world.reviewer).post(SIGN, typed(WORDS, sentence="Otra frase."))
    assert response.status_code == 422
    assert "mientras usted escribía" in words(response)
    assert "Otra frase." in text_of(response)
    assert f'name="seen" value="{first.pk}"' in text_of(response)
    enter(world.reviewer).post(SIGN, typed(WORDS, sentence="Otra frase.", seen=first.pk))
    assert Assessment.objects.count() == 2


def test_fields_that_the_form_does_not_declare_are_not_taken(world):
    forged = {"signed_by": world.observer.pk, "acting_as": "Ministro", "signed_at": "2000-01-01", "action": 99}
    enter(world.reviewer).post(SIGN, typed(WORDS, **forged))
    row = Assessment.objects.get()
    assert (row.signed_by, row.acting_as, row.action) == (
        world.reviewer,
        "Analista, Secretaría técnica",
        world.action,
    )
    assert row.signed_at.year > 2000


# Causas -----------------------------------------------------------------------------------------------------------
def test_what_has_to_be_explained_says_so_and_leads_those_who_answer_for_it_to_the_form(far):
    people = ("reviewer", "focal", "focal_y", "coordinator", "executive", "observer")
    pages = {who: enter(getattr(far, who)).get(FICHA, AT) for who in people}
    assert all("Requiere explicación Aún no se registra ninguna causa." in words(page) for page in pages.values())
    assert {who for who, page in pages.items() if RECORD in text_of(page)} == {"reviewer", "focal"}


def test_a_cause_is_recorded_and_read_at_its_indicator(far):
    page = words(enter(far.focal).get(RECORD, AT))
    assert "Al corte 31-12-2016, cumplimiento verificado: 0,0 %, sin informe. Se explica: incumplimiento." in page
    done = enter(far.focal).post(RECORD, typed(CAUSE))
    assert (done.status_code, done["Location"]) == (302, f"{FICHA}?corte=2016-12-31#causas-1")
    told = ficha(far.observer)
    assert "Incumplimiento · Falta de personal al corte 31-12-2016 La unidad quedó sin relatores." in told
    assert "Responde: Jefatura de Capacitación, DT, a más tardar el 30-06-2017" in told
    assert "Marcela Rivas" not in told


def test_a_cause_is_mended_and_the_former_folded(far):
    cause, _ = judging.record_cause(far.indicator, CAUSE, by=far.focal)
    mend = f"{RECORD}{cause.pk}/corregir/"
    assert mend in text_of(enter(far.focal).get(FICHA, AT))
    assert "La unidad quedó sin relatores." in text_of(enter(far.focal).get(mend))
    enter(far.focal).post(mend, typed(CAUSE, measure="Contratar tres.", cut_off="2015-12-31"))
    newest = Cause.objects.latest("pk")
    assert (newest.measure, newest.replaces, newest.cut_off) == ("Contratar tres.", cause, CUT_OFF)
    page = ficha(far.focal)
    assert page.index("Contratar tres.") < page.index("Historial: 1 corregida") < page.index("Contratar dos")


def test_another_institution_mends_nothing_of_it(far):
    far.duty(far.action, far.y)
    cause, _ = judging.record_cause(far.indicator, CAUSE, by=far.focal)
    mend = f"{RECORD}{cause.pk}/corregir/"
    assert mend not in text_of(enter(far.focal_y).get(FICHA, AT))
    assert enter(far.focal_y).get(mend).status_code == 404
    assert enter(far.focal_y).get(RECORD, AT).status_code == 200


def test_where_nothing_has_to_be_explained_nothing_is_recorded(far):
    page = enter(far.focal).get(RECORD, {"corte": "2016-06-30"})
    assert "Al corte 30-06-2016 este indicador no requiere explicación." in words(page)
    response = enter(far.focal).post(RECORD, typed(CAUSE, cut_off="2016-06-30"))
    assert error_at(response, "cut_off") == ["A este corte el indicador no requiere explicación."]
    assert CAUSE.explanation in text_of(response)
    assert not Cause.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "Elija la causa."),
        ({"explanation": ""}, "explanation", "Explique la causa."),
        ({"explanation": "Falta 12.345.678-5"}, "explanation", f"Quite el RUN 12.345.678-5: {NO_PERSON}"),
        ({"measure": "Reemplazar a 12.345.678-5"}, "measure", f"Quite el RUN 12.345.678-5: {NO_PERSON}"),
        ({"responsible": "Jefa, 12.345.678-5"}, "responsible", f"Quite el RUN 12.345.678-5: {NO_PERSON}"),
        ({"measure": ""}, "measure", "Escriba la medida."),
        ({"responsible": ""}, "responsible", "Escriba el cargo responsable."),
        ({"responsible": "doña marcela rivas, DT"}, "responsible", "Escriba el cargo, no el nombre de la persona."),
        ({"due_on": "pronto"}, "due_on", "Escriba una fecha que exista, como 31-12-2016."),
        ({"due_on": "0217-06-30"}, "due_on", "Revise el año de la fecha."),
        ({"cut_off": "2019-12-31"}, "cut_off", "Elija un corte dentro del plan, entre 01-01-2015 y 31-12-2018."),
    ],
)
def test_what_is_wrong_in_a_cause_is_told_at_its_field(far, changes, field, sentence):
    response = enter(far.focal).post(RECORD, typed(CAUSE, **changes))
    assert error_at(response, field) == [sentence]
    assert not Cause.objects.exists()


def test_where_a_region_is_over_and_the_whole_is_under_the_person_says_which_is_explained(far):
    scope = {"scope": TargetScope.YEAR, "year": 2016, "agreement": far.agreement}
    Target.objects.create(indicator=far.indicator, value=1, institution=far.x, **scope)
    figures = (replace(far.content().figures[0], value=40),)
    far.approved(far.claimed(far.sent(figures=figures)))
    response = enter(far.focal).post(RECORD, typed(CAUSE, deviation=""))
    assert error_at(response, "deviation") == ["Elija qué se explica."]
    enter(far.focal).post(RECORD, typed(CAUSE, deviation="over"))
    assert Cause.objects.get().deviation == Deviation.OVER


def test_a_second_click_on_a_cause_is_told_kindly(far):
    enter(far.focal).post(RECORD, typed(CAUSE))
    again = enter(far.focal).post(RECORD, typed(CAUSE), follow=True)
    assert "no se registró dos veces" in text_of(again)
    assert Cause.objects.count() == 1


def test_more_indicators_with_causes_take_no_more_queries(far):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            enter(User.objects.get(pk=far.focal.pk)).get(FICHA, AT)
        return len(captured)

    judging.record_cause(far.indicator, CAUSE, by=far.focal)
    few = asked()
    for _ in range(3):
        indicator = far.new_indicator()
        scope = {"scope": TargetScope.YEAR, "year": 2016, "agreement": far.agreement}
        Target.objects.create(indicator=indicator, value=100, **scope)
        judging.record_cause(indicator, CAUSE, by=far.focal)
    assert asked() == few
