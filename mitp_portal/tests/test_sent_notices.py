"""The log of mails: what left, what did not and why, and the button that tries again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from indicators.tests.world import World, enter, text_of
from plan.enums import MailState, NoticeKind, Verb
from plan.models import AuditEntry, Notice

LOG = "/avisos/enviados/"
REASON = "No hubo conexión con el servidor de correo."


@pytest.fixture
def world(db) -> World:
    return World()


def make(world: World, subject: str, **fields) -> Notice:
    kept = {
        "recipient": world.focal,
        "kind": NoticeKind.RETURNED,
        "key": subject,
        "text": "Motivo secreto",
        "path": "/",
    }
    return Notice.objects.create(subject=subject, **kept | fields)


@pytest.fixture
def failed(world) -> Notice:
    return make(world, "Devuelto: 1.1.1", attempts=6, failure=REASON, tried_at=timezone.now())


@pytest.fixture
def interrupted(world) -> Notice:
    return make(world, "Devuelto: 1.1.2", attempts=1, tried_at=timezone.now() - timedelta(hours=1))


def retry_path(notice: Notice) -> str:
    return reverse("plan:retry_notice", args=[notice.pk])


def test_the_log_says_who_what_when_and_how_it_went_but_not_the_text(world, failed):
    make(world, "Aprobado: 1.1.3", recipient=world.focal_y, mailed_at=timezone.now(), attempts=1)
    page = text_of(enter(world.reviewer).get(LOG))
    for told in ("Devuelto: 1.1.1", "Marcela Rivas", "DT", REASON, "No se pudo enviar", "Aprobado: 1.1.3", "Enviado"):
        assert told in page
    assert "Motivo secreto" not in page


@pytest.mark.parametrize("who", ["focal", "executive", "coordinator", "observer", "administrator"])
def test_the_log_is_the_secretaria_tecnica_s(world, failed, who):
    browser = enter(getattr(world, who))
    paths = (LOG + "reintentar/", retry_path(failed))
    assert [browser.get(LOG).status_code, *(browser.post(path).status_code for path in paths)] == [404] * 3
    assert Notice.objects.failed().get() == failed


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=failed", {"A"}),
        ("state=sent", {"B"}),
        ("state=waiting", {"C"}),
        ("state=unconfirmed", set()),
        ("institution=y", {"B"}),
        ("state=failed&institution=y", set()),
        ("state=nada&institution=9999999999999999999999", {"A", "B", "C"}),
    ],
)
def test_the_log_is_filtered_by_state_and_institution(world, query, shown):
    now = timezone.now()
    make(world, "Asunto A", failure=REASON, tried_at=now)
    make(world, "Asunto B", recipient=world.focal_y, mailed_at=now)
    make(world, "Asunto C", mail_at=now, recipient=world.reviewer)
    page = text_of(enter(world.reviewer).get(f"{LOG}?{query.replace('=y', f'={world.y.pk}')}"))
    assert {letter for letter in "ABC" if f"Asunto {letter}" in page} == shown


def test_a_choice_that_cannot_be_is_told_at_its_field(world, failed):
    page = text_of(enter(world.reviewer).get(f"{LOG}?state=%00&institution=ñ"))
    assert "Elija un estado de la lista." in page
    assert "Elija una institución de la lista." in page


@pytest.mark.parametrize("kind", ["failed", "interrupted"])
def test_one_mail_is_tried_again_and_the_list_stays_filtered(world, kind, request, django_capture_on_commit_callbacks):
    notice, browser = request.getfixturevalue(kind), enter(world.reviewer)
    assert retry_path(notice) in text_of(browser.get(LOG))
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(f"{retry_path(notice)}?state=failed")
    assert response.url == f"{LOG}?state=failed"
    assert [message.to for message in mail.outbox] == [[world.focal.email]]
    assert AuditEntry.objects.get(verb=Verb.CHANGED, object_id=str(notice.pk)).user == world.reviewer
    assert "Correos que el portal intenta enviar de nuevo: 1." in text_of(browser.get(LOG))


def test_a_second_click_sends_nothing(world, failed, django_capture_on_commit_callbacks):
    browser = enter(world.reviewer)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(retry_path(failed))
        browser.post(retry_path(failed))
    assert len(mail.outbox) == 1
    assert "No había nada que reintentar" in text_of(browser.get(LOG))


def test_all_that_failed_is_tried_again_but_not_what_may_have_arrived(
    world, failed, interrupted, django_capture_on_commit_callbacks
):
    make(world, "A quien se fue", recipient=world.deactivated, failure=REASON, tried_at=timezone.now())
    browser = enter(world.reviewer)
    assert "Reintentar el que falló" in text_of(browser.get(LOG))
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{LOG}reintentar/")
    assert [message.subject for message in mail.outbox] == [failed.subject]
    interrupted = Notice.objects.with_mail_state().get(pk=interrupted.pk)
    assert interrupted.mail_state == MailState.UNCONFIRMED


def test_an_empty_log_says_so_and_a_filter_that_finds_nothing_too(world):
    browser = enter(world.reviewer)
    assert "El portal no ha avisado nada todavía" in text_of(browser.get(LOG))
    assert "Ningún correo es así" in text_of(browser.get(f"{LOG}?state=failed"))


@pytest.mark.parametrize("amount", [3, 70])
def test_the_log_takes_at_most_15_queries(world, amount, django_assert_max_num_queries):
    for number in range(amount):
        person = world.person_of(world.institution(f"Servicio {number}"))
        make(world, f"Aviso {number}", recipient=person, failure=REASON, tried_at=timezone.now())
    browser = enter(world.reviewer)
    browser.get(LOG)
    with django_assert_max_num_queries(15):
        assert "Servicio" in text_of(browser.get(LOG))
