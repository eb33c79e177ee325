"""Who is reminded of what they owe: at the calls, once, in one digest per person, until the report is sent."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from indicators.enums import ResponsibilityKind
from indicators.reminders import Reminded, last_call, remind_all
from indicators.tests.racing import at_once
from indicators.tests.world import World, enter, text_of
from plan.enums import NoticeKind, Role, Verb
from plan.models import AuditEntry, Notice

DUE = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("days_left", "call"),
    [
        (31, None),
        (30, 30),
        (29, 30),
        (8, 30),
        (7, 7),
        (5, 7),
        (2, 7),
        (1, 1),
        (0, 1),
        (-1, -1),
        (-7, -1),
        (-8, -8),
        (-14, -8),
        (-15, -15),
        (-400, -400),
    ],
)
def test_the_newest_call_is_30_days_7_days_and_1_day_before_then_the_day_after_and_each_week(days_left, call):
    expected = None if call is None else DUE - timedelta(days=call)
    assert last_call(DUE, today=DUE - timedelta(days=days_left)) == expected


def due_in(world: World, days: int) -> None:
    """Let the day of the period be so many days away; the reviewers' term follows."""
    world.period.due_on = timezone.localdate() + timedelta(days)
    world.period.opens_on = min(world.period.opens_on, world.period.due_on)
    world.period.save()


def reminded() -> list[Notice]:
    return list(Notice.objects.filter(kind=NoticeKind.REMINDER).order_by("pk"))


def names() -> list[str]:
    return [notice.recipient.full_name for notice in reminded()]


# Who, and of what


def test_titular_and_suplente_are_reminded_and_nobody_else(world):
    assert remind_all() == Reminded(people=2, reports=2)
    assert names() == ["Marcela Rivas", "Andrés Leiva"]


def test_who_left_before_today_is_not_reminded(world):
    world.alternate.appointments.update(valid_to=timezone.localdate() - timedelta(1))
    remind_all()
    assert names() == ["Marcela Rivas"]


@pytest.mark.parametrize(
    ("state", "waits"),
    [
        ("draft", True),
        ("returned", True),
        ("rectifying", True),
        ("submitted", False),
        ("approved", False),
        ("annulled", False),
    ],
)
def test_only_what_was_sent_silences_the_reminder(world, state, waits):
    world.in_state(state)
    remind_all()
    assert bool(reminded()) == waits


def test_a_withdrawn_report_counts_as_not_sent(world):
    world.withdrawn()
    remind_all()
    assert "(borrador)" in reminded()[0].text


def test_a_colaboradora_owes_nothing_even_with_a_draft(world):
    world.duty(world.action, world.y, kind=ResponsibilityKind.COLLABORATOR)
    remind_all()
    world.draft(world.y)
    remind_all()
    assert "Rodrigo Fuentes" not in names()


def test_a_period_that_is_closed_or_not_open_yet_is_not_reminded(world):
    world.close_period()
    world.new_period(
        starts_on=date(2017, 1, 1), ends_on=date(2017, 6, 30), opens_on=timezone.localdate() + timedelta(1)
    )
    assert remind_all() == Reminded(0, 0)


def test_before_the_first_call_nothing_is_sent(world):
    due_in(world, 31)
    assert remind_all().people == 0
    due_in(world, 30)
    assert remind_all().people == 2


def test_the_day_is_the_institution_s_own(world):
    world.duty(world.action, world.y)
    due_in(world, 7)
    world.extend(world.x, timezone.localdate() + timedelta(31))
    remind_all()
    assert names() == ["Rodrigo Fuentes"]


# One digest


def test_a_person_gets_one_digest_of_all_institutions_and_periods_with_a_link_to_each_form(world):
    world.appoint(world.focal, Role.FOCAL_POINT, institution=world.y)
    other = world.new_action("2.1.1", world.y)
    draft = world.draft(world.y, action=other)
    late = world.new_period(date(2016, 1, 1), date(2016, 6, 30), due_on=timezone.localdate() - timedelta(3))
    remind_all()
    (notice,) = [n for n in reminded() if n.recipient == world.focal]
    assert notice.subject == "Recordatorio: 4 reportes por enviar, 2 con plazo vencido"
    text = notice.text
    assert text.index(f"{late.name} · DT") < text.index(f"{world.period.name} · DT")
    assert f"{world.period.name} · Carabineros de Chile" in text
    assert text.count("2.1.1 Acción 2.1.1") == 2
    assert f"http://127.0.0.1:8000/pendientes/{world.period.pk}/{other.pk}/{world.y.pk}/informar/" in text
    assert "2.1.1 Acción 2.1.1 (borrador)" in text
    assert draft.pk


def test_without_delay_the_subject_says_when_it_falls_due(world):
    remind_all()
    assert reminded()[0].subject == f"Recordatorio: 1 reporte por enviar, vence el {world.period.due_on:%d-%m-%Y}"


def test_the_link_of_a_begun_report_leads_to_its_form_and_of_another_to_its_button(world):
    place = reverse("indicators:open_report", args=[world.period.pk, world.action.pk, world.x.pk])
    browser = enter(world.focal)
    listed = browser.get(place)
    assert listed.url == f"/pendientes/#tarea-{world.period.pk}-{world.action.pk}-{world.x.pk}"
    assert f'id="{listed.url.partition("#")[2]}"' in text_of(browser.get("/pendientes/"))
    report = world.draft()
    assert browser.get(place).url == reverse("indicators:edit_report", args=[report.pk])


def test_another_institution_s_link_leads_nowhere(world):
    world.draft()
    place = reverse("indicators:open_report", args=[world.period.pk, world.action.pk, world.x.pk])
    assert enter(world.focal_y).get(place).status_code == 404


# Never twice, and late rather than not at all


def test_a_run_that_is_repeated_sends_nothing(world):
    remind_all()
    assert remind_all() == Reminded(0, 0)
    assert len(reminded()) == 2


def runs(world: World, *days_left: int) -> list[int]:
    """On which of these days a run, each day twice, reminds somebody."""
    world.period.due_on, world.period.review_due_on = DUE, DUE + timedelta(40)
    world.period.opens_on = DUE - timedelta(60)
    world.period.save()
    sent = []
    for days in days_left:
        with time_machine.travel(datetime.combine(DUE - timedelta(days), time(15), tzinfo=UTC)):
            sent += [days for _ in range(2) if remind_all().people]
    return sent


def test_each_call_reminds_once_on_its_day_or_on_the_first_run_after_it(world):
    days = (31, 30, 29, 7, 5, 2, 1, 0, -1, -4, -7, -8, -14, -15)
    assert runs(world, *days) == [30, 7, 1, -1, -8, -15]
    assert runs(world, -20, -23) == [-23]


def test_after_days_without_a_run_the_newest_call_is_made_up_for_once(world):
    assert runs(world, 30, 5, 4, -6, -7, -27) == [30, 5, -6, -27]


def test_sending_one_report_of_two_brings_no_reminder_of_the_other(world):
    other = world.new_action("1.1.2", world.x)
    due_in(world, 1)
    later = world.new_period(date(2016, 1, 1), date(2016, 6, 30), due_on=timezone.localdate() + timedelta(6))
    assert remind_all() == Reminded(people=2, reports=8)
    for action in (world.action, other):
        world.sent(world.draft(action=action), figures=())
    assert remind_all() == Reminded(0, 0)
    assert later.pk


def test_a_person_who_comes_later_is_reminded_of_what_the_others_know(world):
    remind_all()
    successor = world.person("Inés Soto", Role.FOCAL_POINT, institution=world.x)
    assert remind_all() == Reminded(people=1, reports=1)
    assert names()[-1] == successor.full_name


# The command


def command() -> str:
    out = StringIO()
    call_command("send_reminders", stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_sent_and_writes_it_down(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert command() == (
            "Recordatorios enviados: 2; reportes que recuerdan: 2.\nCorreos de antes puestos de nuevo en la cola: 0.\n"
        )
    told = [(message.to, message.subject.split(":")[0]) for message in mail.outbox]
    assert told == [
        ([person.email], subject)
        for subject in (f"Se abrió el período {world.period.name}", "Recordatorio")
        for person in (world.focal, world.alternate)
    ]
    entry = AuditEntry.objects.get(verb=Verb.REMINDED)
    assert (entry.user, entry.data) == (None, {"people": 2, "reports": 2})
    assert command().startswith("No hay recordatorios que enviar hoy.")


def test_the_command_puts_into_the_queue_what_did_not_leave(world):
    world.sent()
    assert "Correos de antes puestos de nuevo en la cola: 2." in command()
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_an_empty_portal_has_nobody_to_remind():
    assert command().startswith("No hay un plan vigente: no hay nada que recordar.")


def test_without_a_period_nobody_is_reminded(world):
    world.period.delete()
    assert command().startswith("No hay recordatorios que enviar hoy.")


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_remind_once(world):
    # Each day of the period has a newer call than the one before.
    for days_left in (12, 18, 24, 30):
        due_in(world, days_left)
        counts = [reminded.people for reminded in at_once(remind_all, remind_all)]
        assert sum(counts) == 2
    assert len(reminded()) == len(mail.outbox) == 8


@pytest.mark.parametrize("institutions", [2, 12])
def test_a_run_reads_what_is_owed_once_and_two_more_rows_per_person(world, institutions, django_assert_max_num_queries):
    for number in range(institutions):
        body = world.institution(f"Servicio {number}")
        world.duty(world.action, body)
        world.person_of(body)
    remind_all()
    with django_assert_max_num_queries(12 + 2 + institutions):
        remind_all()
