"""The draft that saves itself: the same rules as the button's, and an answer for the page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.models import Evidence, ProgressReport
from indicators.tests.filling import typed
from indicators.tests.world import enter, text_of
from plan.enums import Verb
from plan.models import AuditEntry


@pytest.fixture
def report(world) -> ProgressReport:
    return world.draft()


@pytest.fixture
def focal(world):
    return enter(world.focal)


def save(browser, world, report, **changes):
    return browser.post(reverse("indicators:autosave", args=[report.pk]), typed(world, report, **changes))


def test_the_page_saves_itself_and_learns_the_new_version_and_the_time(world, report, focal):
    answer = save(focal, world, report, narrative="Dos jornadas, con ñ.").json()
    kept = ProgressReport.objects.get()
    assert kept.draft["narrative"] == ["Dos jornadas, con ñ."]
    assert (answer["version"], kept.version, kept.saved_by) == (2, 2, world.focal)
    assert answer["saved_at"] == f"{timezone.localtime(kept.saved_at):%H:%M}"
    assert AuditEntry.objects.get().verb == Verb.SAVED_DRAFT


def test_the_answer_brings_the_checklist_of_what_is_still_missing(world, report, focal):
    checklist = save(focal, world, report, narrative="", **{f"i{world.indicator.pk}-value": "muchos"}).json()[
        "checklist"
    ]
    assert "Faltan 3 puntos" in checklist
    assert "Escriba un número entero, sin letras ni decimales." in checklist
    assert "Cuente en pocas líneas qué se hizo." in checklist
    assert "Ningún medio tiene evidencia" in checklist


def test_the_answer_names_what_is_wrong_at_each_field_and_what_is_merely_missing(world, report, focal):
    name = f"i{world.indicator.pk}-value"
    wrong = save(focal, world, report, narrative="", **{name: "doce"}).json()["errors"]
    assert wrong == [
        {"field": "id_narrative", "text": "Cuente en pocas líneas qué se hizo.", "is_missing": True},
        {"field": f"id_{name}", "text": "Escriba un número entero, sin letras ni decimales.", "is_missing": False},
    ]
    report.refresh_from_db()
    assert save(focal, world, report, **{name: "12"}).json()["errors"] == []


def test_a_page_that_reloaded_another_goes_on_with_its_draft(world, report, focal):
    save(focal, world, report, narrative="De la primera página.", page="uno")
    stale = typed(world, report, narrative="De la recargada.", page="dos uno")
    assert focal.post(reverse("indicators:autosave", args=[report.pk]), stale).status_code == 200
    stranger = typed(world, report, narrative="De otra.", page="tres")
    assert focal.post(reverse("indicators:autosave", args=[report.pk]), stranger).status_code == 409
    assert ProgressReport.objects.get().draft["narrative"] == ["De la recargada."]


def test_wrong_figures_are_kept_as_they_were_typed(world, report, focal):
    save(focal, world, report, **{f"i{world.indicator.pk}-value": "muchos"})
    assert ProgressReport.objects.get().draft[f"i{world.indicator.pk}-value"] == ["muchos"]


def test_a_second_tab_is_told_who_saved_and_overwrites_nothing_in_silence(world, report, focal):
    save(enter(world.alternate), world, report, narrative="De Andrés.")
    response = save(focal, world, report, narrative="De Marcela.")
    assert response.status_code == 409
    assert "Lo guardó Andrés Leiva a las" in response.json()["message"]
    assert ProgressReport.objects.get().draft["narrative"] == ["De Andrés."]
    report.refresh_from_db()
    assert response.json()["version"] == report.version
    assert save(focal, world, report, narrative="De Marcela.").status_code == 200
    assert ProgressReport.objects.get().draft["narrative"] == ["De Marcela."]


def test_a_save_whose_answer_got_lost_does_not_collide_with_itself(world, report, focal):
    save(focal, world, report, narrative="Una", page="a1")
    assert save(focal, world, report, narrative="Una jornada", page="a1").status_code == 200
    assert ProgressReport.objects.get().draft["narrative"] == ["Una jornada"]


def test_the_same_text_from_another_page_is_no_conflict(world, report, focal):
    save(focal, world, report, page="a1")
    assert save(focal, world, report, page="b2").status_code == 200


def test_a_page_whose_save_was_followed_by_another_person_is_told(world, report, focal):
    save(focal, world, report, narrative="Una", page="a1")
    report.refresh_from_db()
    save(enter(world.alternate), world, report, narrative="De Andrés.", page="b2")
    assert save(focal, world, report, narrative="Una jornada", page="a1").status_code == 409


def test_the_own_other_tab_is_called_so(world, report, focal):
    save(focal, world, report)
    told = save(focal, world, report, narrative="Otra cosa.").json()["message"]
    assert "Lo guardó usted, en otra pestaña o equipo, a las" in told


def test_a_report_already_sent_takes_no_draft_and_offers_no_knowing_save(world, report, focal):
    world.sent(report)
    before = ProgressReport.objects.values().get()
    response = save(focal, world, report, narrative="Tarde.")
    assert (response.status_code, response.json()["version"]) == (409, None)
    assert response.json()["message"] == "Este reporte ya no se puede modificar."
    assert ProgressReport.objects.values().get() == before


def test_a_link_that_is_typed_but_not_added_waits_in_the_draft_and_the_checklist_says_so(world, report, focal):
    answer = save(focal, world, report, **{f"m{world.means.pk}-url": "https://www.dt.example/a"}).json()
    assert not Evidence.objects.exists()
    assert "Medio 1: hay un enlace escrito sin agregar" in answer["checklist"]
    assert f'href="#id_m{world.means.pk}-url"' in answer["checklist"]
    assert "sin evidencia" not in answer["checklist"]
    assert answer["may_be_added"]
    assert 'value="https://www.dt.example/a"' in opened(focal, report)


def test_half_an_oficio_waits_in_the_draft_and_lacks_the_rest_only_in_the_checklist(world, report, focal):
    means = world.new_means(world.action, reserved=True)
    oficio = {f"m{means.pk}-document_number": "312", f"m{means.pk}-issuer": world.x.pk}
    answer = save(focal, world, report, **oficio).json()
    assert "Medio 2: hay un oficio escrito sin agregar. Falta la fecha del oficio." in answer["checklist"]
    assert not answer["may_be_added"]
    page = opened(focal, report)
    assert 'value="312"' in page
    assert "hay un oficio escrito sin agregar" in page
    assert f"id_m{means.pk}-document_date_error" not in page


def test_what_was_emptied_again_leaves_the_draft(world, report, focal):
    name = f"m{world.means.pk}-url"
    save(focal, world, report, **{name: "https://www.dt.example/a"})
    report.refresh_from_db()
    save(focal, world, report, **{name: ""})
    assert name not in ProgressReport.objects.get().draft


def test_what_the_button_files_leaves_the_draft(world, report, focal):
    name = f"m{world.means.pk}-url"
    save(focal, world, report, **{name: "https://www.dt.example/a"})
    report.refresh_from_db()
    path = reverse("indicators:edit_report", args=[report.pk])
    focal.post(path, typed(world, report, **{name: "https://www.dt.example/a"}))
    assert Evidence.objects.get().url == "https://www.dt.example/a"
    assert name not in ProgressReport.objects.get().draft


def test_a_question_that_was_begun_waits_in_the_draft_until_it_is_put(world, report, focal):
    question = {"q-anchor": "report", "q-text": "¿Cuenta la jornada de enero?"}
    assert "Hay una pregunta escrita y sin enviar." in save(focal, world, report, **question).json()["checklist"]
    assert "¿Cuenta la jornada de enero?" in opened(focal, report)
    report.refresh_from_db()
    focal.post(reverse("indicators:ask", args=[report.pk]), typed(world, report, **question))
    assert "q-text" not in ProgressReport.objects.get().draft


def opened(browser, report) -> str:
    return text_of(browser.get(reverse("indicators:edit_report", args=[report.pk])))


@pytest.mark.parametrize("who", ["focal_y", "reviewer", "executive", "coordinator", "observer", "administrator"])
def test_for_everybody_else_it_does_not_exist(world, report, who):
    assert save(enter(getattr(world, who)), world, report, narrative="Ajeno.").status_code == 404
    assert ProgressReport.objects.get().draft == {}


# When the session has ended


def test_a_script_is_told_that_the_session_ended(world, report, client):
    response = client.post(
        reverse("indicators:autosave", args=[report.pk]), typed(world, report), headers={"accept": "application/json"}
    )
    assert (response.status_code, response.json()) == (401, {"message": "Su sesión terminó."})
    assert ProgressReport.objects.get().draft == {}


@pytest.fixture
def late(world, report, client):
    """Marcela's browser, whose session ended before she pressed «Guardar»; then she signs in again."""
    page = reverse("indicators:edit_report", args=[report.pk])
    response = client.post(page, typed(world, report, narrative="Dos jornadas."))
    assert response.url == f"/ingresar/?next={page}"
    return client


def sign_in(browser, user) -> None:
    user.set_password("una-clave-larga-1")
    user.save()
    browser.post("/ingresar/", {"login": user.email, "password": "una-clave-larga-1"})


def test_what_came_too_late_is_back_on_its_page_after_the_login_and_not_yet_saved(world, report, late):
    sign_in(late, world.focal)
    page = text_of(late.get(reverse("indicators:edit_report", args=[report.pk])))
    assert "Dos jornadas." in page
    assert "Esto es lo que escribió antes de que terminara su sesión." in page
    assert ProgressReport.objects.get().draft == {}


def test_once_saved_it_does_not_come_back(world, report, late):
    sign_in(late, world.focal)
    save(late, world, report, narrative="Tres jornadas.")
    page = text_of(late.get(reverse("indicators:edit_report", args=[report.pk])))
    assert "Tres jornadas." in page
    assert "antes de que terminara su sesión" not in page


def test_it_is_shown_on_no_other_page(world, late):
    sign_in(late, world.focal)
    other = world.draft(period=world.new_period(ends_on=world.period.starts_on))
    assert "Dos jornadas." not in text_of(late.get(reverse("indicators:edit_report", args=[other.pk])))


def test_another_person_at_the_same_browser_does_not_find_it(world, report, late):
    sign_in(late, world.focal_y)
    assert late.get(reverse("indicators:edit_report", args=[report.pk])).status_code == 404


def test_a_text_beyond_all_measure_is_not_kept(world, report, client):
    page = reverse("indicators:edit_report", args=[report.pk])
    response = client.post(page, typed(world, report, narrative="ñ" * 100_001))
    assert response.url == "/ingresar/?next=/"
    assert "late_form" not in client.session
