"""The tablero: figures apart, what is on course and what is not, for each role its own."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.enums import ReportState
from indicators.models import PeriodExtension, ProgressReport, Responsibility
from indicators.queries import outline
from indicators.queries.records import Records
from indicators.tests.world import as_read
from plan import audit
from plan.enums import PlanState, Role, Verb
from plan.models import Plan
from reports.plan_pages.evolution import evolution
from reports.tests import story, world

pytestmark = pytest.mark.django_db
BOARD = "/tablero/"


@pytest.fixture
def told():
    return story.tell()


@pytest.fixture
def reader(client, told):
    client.force_login(world.make_user(Role.OBSERVER))
    return client


def as_person(client, user):
    client.force_login(user)
    return client


def board(client, **query):
    response = client.get(BOARD, query)
    assert response.status_code == 200
    return response


def page(client, **query) -> str:
    return as_read(board(client, **query).content.decode())


def matters(client, **query) -> dict[str, int]:
    return {matter.label: matter.count for matter in board(client, **query).context["page"].matters}


# Figures ---------------------------------------------------------------------------------------------------
def test_the_three_figures_stand_apart_each_with_its_denominators(reader):
    html = page(reader)
    assert "75,0\xa0% sobre 1 de 1 acción (1 de 2 indicadores)" in html
    assert "Informado: 86,7\xa0%" in html
    assert "1 = 1 vigente + 0 suprimidas" in html
    assert "1<small> de 2 reportes validados</small>" in html


def test_before_the_approval_was_known_nothing_was_verified(reader):
    html = page(reader, hasta="2017-01-25")
    assert "Corte 31-12-2016, con lo resuelto hasta 25-01-2017 23:59" in html
    assert "0,0\xa0% sobre 1 de 1 acción (1 de 2 indicadores). 1 indicador en revisión." in html
    assert "Informado: 86,7\xa0%" in html
    assert "0<small> de 2 reportes validados</small>" in html


def test_on_an_earlier_corte_nothing_was_due(reader):
    html = page(reader, corte="2015-12-31")
    assert '<div class="cifra__valor cifra__valor--texto">Nada exigible</div>' in html
    assert "Ningún reporte es exigible con estas fechas." in html
    assert "reportes validados" not in html


def test_an_eje_has_a_tablero_of_its_own_and_the_address_keeps_the_dates(reader, told):
    world.make_count(world.make_action(told.plan, "2.1.1", "Estudiar"))
    whole = page(reader, hasta="2017-12-31")
    assert 'href="?hasta=2017-12-31&amp;eje=2"' in whole
    assert "75,0\xa0% sobre 1 de 2 acciones (1 de 3 indicadores); 1 sin meta acordada" in whole
    assert "75,0\xa0% sobre 1 de 1 acción (1 de 2 indicadores)" in page(reader, eje="1", hasta="2017-12-31")
    second = page(reader, eje="2", hasta="2017-12-31")
    assert "Los objetivos del eje" in second
    assert "1.1.1" not in second


def test_the_tablero_of_an_eje_draws_the_compliance_of_each_action_beside_its_table(reader, told):
    html = page(reader, eje="1")
    assert "Cumplimiento verificado por acción: 1.1.1 75,0\xa0%</title>" in html
    assert 'href="/plan/calculo/1.1.1/">75,0\xa0%' in html
    assert "Cumplimiento verificado por acción" not in page(reader)


def test_an_eje_that_the_plan_does_not_have_is_told_and_the_whole_plan_is_shown(reader):
    assert "Los ejes" in page(reader, eje="9")
    assert board(reader, eje="9").context["dates"].errors["axis"]


def test_the_evolution_is_the_figure_at_the_end_of_each_period_with_what_is_known(reader, told):
    moments = board(reader, hasta="2017-12-31").context["page"].evolution.moments
    assert [(moment.period, moment.verified_text, moment.informed_text) for moment in moments] == [
        ("Año 2016", "75,0\xa0%", "86,7\xa0%")
    ]
    assert "Ningún período ha terminado a esta fecha." in page(reader, corte="2015-12-31")


def test_an_approval_while_a_tablero_is_put_together_is_in_the_evolution_of_the_next(told, settings):
    settings.CACHES = settings.CACHES | {"figures": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

    def verified(records: Records) -> list[str]:
        return [moment.verified_text for moment in evolution(records, told.period.ends_on, None, "plan").moments]

    under_way = Records(told.plan)
    outline(under_way, told.period.ends_on)
    waiting = world.approve(told.report_of(told.detectives).submissions.get())
    audit.record(Verb.CHANGED, told.plan, by=waiting.reviewer)
    assert verified(under_way) == ["75,0\xa0%"]
    assert verified(Records(told.plan)) == ["86,7\xa0%"]
    caches["figures"].clear()


# What needs attention ---------------------------------------------------------------------------------------
def test_each_role_is_told_what_it_can_act_on(client, told):
    of_figures = {"acción atrasada": 1, "indicador sin meta acordada": 1}
    assert matters(as_person(client, world.make_user(Role.OBSERVER))) == of_figures
    secretary = matters(as_person(client, world.make_secretary(told.plan)))
    assert secretary == {"en cola de revisión": 1} | of_figures


def test_a_returned_report_and_a_missing_one_are_late(client, told):
    ProgressReport.objects.filter(institution=told.detectives).update(state=ReportState.RETURNED)
    late = world.make_institution("Servicio Médico Legal", plan=told.plan)
    world.make_responsible(told.action, late, world.make_agreement(told.plan))
    found = board(as_person(client, world.make_secretary(told.plan))).context["page"].matters
    urgent = {matter.label: matter.count for matter in found if matter.is_urgent}
    assert urgent == {"devuelto por corregir": 1, "acción atrasada": 1, "reporte sin informe": 1}


def test_what_can_still_be_mended_in_time_is_not_told_as_late(client, told):
    ProgressReport.objects.filter(institution=told.detectives).update(state=ReportState.RETURNED)
    today = timezone.localdate()
    told.period.due_on, told.period.review_due_on = today, today + timedelta(days=9)
    told.period.save()
    found = board(as_person(client, world.make_secretary(told.plan))).context["page"].matters
    assert [matter.is_urgent for matter in found if matter.label == "devuelto por corregir"] == [False]


def test_a_prorroga_is_the_term_that_the_tablero_tells(client, told):
    ProgressReport.objects.filter(institution=told.detectives).update(state=ReportState.RETURNED)
    secretary, focal = world.make_secretary(told.plan), world.make_user(Role.FOCAL_POINT, institution=told.detectives)
    due_on = timezone.localdate() + timedelta(days=9)
    PeriodExtension.objects.create(
        period=told.period, institution=told.detectives, due_on=due_on, reason="Paro", granted_by=secretary
    )
    for reader in (secretary, focal):
        found = board(as_person(client, reader)).context["page"].matters
        (mended,) = [matter for matter in found if "corregir" in matter.label]
        assert (f"vence el {due_on:%d-%m-%Y}" in mended.detail, mended.is_urgent) == (True, False)


def test_a_punto_focal_is_told_of_the_reports_that_the_own_institution_owes_and_of_no_other(client, told):
    """The others' silence on an action is not theirs to read; what an ended responsabilidad still owes is."""
    acta = world.make_agreement(told.plan)
    late = world.make_institution("Servicio Médico Legal", plan=told.plan)
    former = world.make_action(told.plan, "1.1.2", "Difundir")
    for institution, action in ((late, told.action), (told.police, former)):
        world.make_responsible(action, institution, acta)
    Responsibility.objects.filter(action=former).update(valid_to=world.CUT_OFF)
    focal = as_person(client, world.make_user(Role.FOCAL_POINT, institution=told.police))
    found = board(focal, corte="2017-06-30").context["page"].matters
    assert [(matter.count, matter.detail) for matter in found if "sin informe" in matter.label] == [(1, "1.1.2.")]


def test_on_the_tablero_of_an_eje_only_what_waits_in_it_needs_attention(client, told):
    world.make_action(told.plan, "2.1.1", "Estudiar")
    secretary = as_person(client, world.make_secretary(told.plan))
    assert matters(secretary, eje="1")["en cola de revisión"] == 1
    assert "en cola de revisión" not in matters(secretary, eje="2")
    (waiting,) = [row for row in board(secretary, eje="1").context["page"].matters if "cola" in row.label]
    assert len(secretary.get(waiting.url).context["page"].object_list) == 1


def test_a_punto_focal_is_told_of_the_own_reports_to_correct_whatever_eje_is_looked_at(client, told):
    ProgressReport.objects.filter(institution=told.detectives).update(state=ReportState.RETURNED)
    world.make_action(told.plan, "2.1.1", "Estudiar")
    focal = as_person(client, world.make_user(Role.FOCAL_POINT, institution=told.detectives))
    assert matters(focal)["por corregir"] == 1
    assert matters(focal, eje="2") == matters(focal)


def test_every_figure_leads_to_its_calculation_and_none_to_an_empty_one(reader):
    for path in (BOARD, "/plan/"):
        html = as_read(reader.get(path).content.decode())
        assert "¿Cómo se calculó?" in html
        assert "metodología ." not in html
    assert 'href="/plan/calculo/plan/?hasta=2017-12-31">¿Cómo se calculó?' in page(reader, hasta="2017-12-31")


# Who ---------------------------------------------------------------------------------------------------
def test_a_punto_focal_sees_the_own_institution_first_and_no_other(client, told):
    other = world.make_action(told.plan, "2.1.1", "Estudiar")
    world.make_responsible(other, told.detectives, world.make_agreement(told.plan))
    shown = board(as_person(client, world.make_user(Role.FOCAL_POINT, institution=told.police)))
    (own,) = shown.context["page"].own
    assert ([action.code for action in own.actions], own.coverage.validated) == (["1.1.1"], 1)
    assert "Policía de Investigaciones" not in shown.content.decode()


def test_the_tablero_of_a_coordination_begins_at_its_eje(client, told):
    world.make_action(told.plan, "2.1.1", "Estudiar")
    coordinator = as_person(client, world.make_coordinator(told.action.objective.axis))
    assert "Los objetivos del eje" in page(coordinator)
    assert "Los ejes" in page(coordinator, eje="")


def test_without_a_plan_in_force_the_page_says_so(reader, told):
    told.plan.state = PlanState.DRAFT
    told.plan.save()
    assert "Todavía no hay un plan vigente" in page(reader)


def test_a_plan_without_anything_is_shown_empty(client, told):
    told.plan.state = PlanState.CLOSED
    told.plan.save()
    new = Plan.objects.create(
        code="PAN-2", title="Otro", start_year=2015, end_year=2018, general_objective="x", state=PlanState.IN_FORCE
    )
    html = page(as_person(client, world.make_secretary(new)))
    assert "Nada exigible" in html
    assert "Nada pendiente con estas fechas." in html


def test_more_history_takes_no_more_queries(client, told):
    client.force_login(world.make_secretary(told.plan))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client)
        return len(captured)

    page(client)
    first = queries()
    for code in ("1.1.2", "1.2.1", "2.1.1"):
        action = world.make_action(told.plan, code)
        indicator = world.make_count(action)
        acta = world.make_agreement(told.plan)
        world.make_responsible(action, told.police, acta)
        world.approve(world.submit(action, told.police, told.period, {indicator: {"value": 10}}))
    assert queries() == first
