"""The history at the foot of an object's page: its own acts and those on its parts, for whoever reads the log."""

import pytest
from django.template import Context, Template

from indicators import questions
from indicators.tests.world import enter, text_of
from plan import accounts, invitations
from plan.models import User


def history_of(obj, reader: User) -> str:
    page = Template("{% object_history thing %}").render(Context({"user": reader, "thing": obj}))
    return " ".join(page.split())


def test_a_report_tells_its_moves_its_evidence_and_its_questions(world):
    report = world.draft()
    world.link(report)
    questions.ask(report, "¿Sirve una lista?", anchor="", by=world.focal)
    world.sent(report)
    told = history_of(report, world.reviewer)
    assert "Asientos (3)" in told
    assert told.index("Cambió de estado") < told.index("Preguntó") < told.index("Subió archivo")


def test_it_does_not_tell_of_other_reports(world):
    world.sent()
    other = world.draft(world.y)
    assert "Sin asientos." in history_of(other, world.reviewer)


def test_a_person_tells_appointments_and_invitations(world):
    invitations.invite(world.observer, by=world.reviewer)
    accounts.deactivate(world.observer, by=world.reviewer)
    told = history_of(world.observer, world.executive)
    assert "Asientos (3)" in told
    assert "cuenta activa: no" in told


@pytest.mark.parametrize("who", ["focal", "coordinator", "observer"])
def test_others_do_not_see_who_did_what(world, who):
    report = world.claimed()
    assert history_of(report, getattr(world, who)) == ""
    assert "Bitácora" not in text_of(enter(world.focal).get(f"/reportes/{report.pk}/"))


def test_administracion_sees_nothing_of_reports(world):
    assert "Sin asientos." in history_of(world.claimed(), world.administrator)


def test_a_long_history_shows_its_newest_and_leads_to_the_rest(world):
    report = world.draft()
    for turn in range(13):
        world.link(report, page=f"informe-{turn}")
    assert "Últimos asientos (12)" in history_of(report, world.executive)
    address = f"/bitacora/?sobre=indicators.progressreport&amp;numero={report.pk}"
    assert address in history_of(report, world.executive)
    rest = enter(world.executive).get(address.replace("&amp;", "&"))
    assert len(rest.context["lines"]) == 13


def test_the_page_of_a_report_carries_it(world):
    report = world.claimed()
    assert "Puso en revisión" in text_of(enter(world.executive).get(f"/reportes/{report.pk}/"))
