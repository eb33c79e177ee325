"""Reports put into the hands of a colleague: each on its own, to who may judge it, as it was seen."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from indicators import workflow
from indicators.models import ProgressReport
from indicators.tests.world import enter, text_of
from plan.enums import Role, Verb
from plan.models import AuditEntry

ASSIGN = reverse("indicators:assign_reports")


@pytest.fixture
def reports(world) -> list[ProgressReport]:
    """Two that wait, in nobody's hands."""
    later = world.new_period(date(2017, 1, 1), date(2017, 6, 30))
    return [world.sent(), world.sent(world.draft(period=later))]


def mark(report: ProgressReport) -> str:
    return f"{report.pk}-{report.version}"


def assign(world, reports, to, who=None, query=""):
    told = {"reports": [mark(report) for report in reports], "reviewer": to if isinstance(to, str) else to.pk}
    return enter(who or world.reviewer).post(f"{ASSIGN}{query}", told)


def holders(reports) -> list:
    return [ProgressReport.objects.get(pk=report.pk).assigned_to for report in reports]


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_marked_reports_go_to_a_colleague_and_each_is_logged(world, reports):
    response = assign(world, reports, world.reviewer2, query="?de=libres")
    assert response.url == "/revision/?de=libres"
    assert holders(reports) == [world.reviewer2] * 2
    assert told(response) == ["A cargo de Ignacio Peña (2): 1.1.1 DT; 1.1.1 DT."]
    entries = AuditEntry.objects.filter(verb=Verb.ASSIGNED).order_by("pk")
    assert [(e.user, e.object_id, e.data["to"]) for e in entries] == [
        (world.reviewer, str(report.pk), world.reviewer2.pk) for report in reports
    ]


def test_a_second_click_changes_nothing_and_says_the_same(world, reports):
    first, second = assign(world, reports, world.reviewer2), assign(world, reports, world.reviewer2)
    assert told(first) == told(second)
    assert AuditEntry.objects.filter(verb=Verb.ASSIGNED).count() == 2


def test_a_report_that_changed_since_it_was_marked_stays_where_it_is(world, reports):
    marked = ProgressReport.objects.get(pk=reports[0].pk)
    world.claimed(reports[0])
    response = assign(world, [marked, reports[1]], world.reviewer2)
    assert holders(reports) == [world.reviewer, world.reviewer2]
    assert told(response)[1].startswith("No se asignó 1.1.1, DT: Este reporte cambió")


def test_nobody_gets_a_report_that_they_may_not_judge(world, reports):
    world.appoint(world.reviewer2, Role.FOCAL_POINT, institution=world.x)
    response = assign(world, reports, world.reviewer2)
    assert holders(reports) == [None, None]
    assert told(response)[0] == (
        "No se asignó 1.1.1, DT: Ya no está en revisión, o Ignacio Peña no es independiente de este reporte."
    )


def test_who_may_not_judge_a_report_may_pass_it_on(world, reports):
    world.appoint(world.reviewer, Role.FOCAL_POINT, institution=world.x)
    assign(world, reports, world.reviewer2)
    assert holders(reports) == [world.reviewer2] * 2


def test_a_report_is_not_given_to_somebody_outside_the_secretaria(world, reports):
    for stranger in (world.executive, world.focal_y, world.observer):
        response = assign(world, reports, stranger)
        assert response.status_code == 422
        assert "Esa persona ya no revisa reportes." in text_of(response)
    with pytest.raises(workflow.NotAllowedError):
        workflow.assign(reports[0], world.executive, by=world.reviewer, version=reports[0].version)
    assert holders(reports) == [None, None]


def test_without_a_reviewer_the_marks_stay_and_the_field_says_what_is_missing(world, reports):
    response = assign(world, reports[:1], "")
    assert response.status_code == 422
    page = text_of(response)
    assert "Elija a quién se asignan." in page
    assert f'value="{mark(reports[0])}" checked' in page
    assert f'value="{mark(reports[1])}" checked' not in page


@pytest.mark.parametrize("marks", [[], ["\x00"], ["ñ"], ["1"], ["1-1-1"], ["9999999999-1"], ["-1-1"]])
def test_without_sound_marks_nothing_happens_and_the_page_says_so(world, reports, marks):
    response = enter(world.reviewer).post(ASSIGN, {"reports": marks, "reviewer": world.reviewer2.pk})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"reports"}
    assert holders(reports) == [None, None]


def test_more_than_a_page_is_not_taken_at_once(world, reports):
    response = enter(world.reviewer).post(ASSIGN, {"reports": [f"{n}-1" for n in range(51)], "reviewer": "1"})
    assert "Marque a lo más 50 reportes por vez." in text_of(response)


def test_a_draft_that_was_withdrawn_is_not_named(world, reports):
    seen = ProgressReport.objects.get(pk=reports[0].pk)
    workflow.withdraw(reports[0], by=world.focal, version=reports[0].version)
    response = assign(world, [seen], world.reviewer2)
    assert told(response) == ["Los reportes marcados ya no están en revisión."]


@pytest.mark.parametrize("who", ["focal", "executive", "coordinator", "observer", "administrator"])
def test_only_the_secretaria_tecnica_assigns(world, reports, who):
    assert assign(world, reports, world.reviewer2, who=getattr(world, who)).status_code == 404
    assert holders(reports) == [None, None]


def test_looking_does_not_assign(world):
    assert enter(world.reviewer).get(ASSIGN).status_code == 405
