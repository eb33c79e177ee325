"""The inbox: one's own notices alone, read by opening them, and the links of mails."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from indicators.tests.world import World, enter, text_of
from mitp_portal.tests.people import PASSWORD
from plan.enums import NoticeKind
from plan.models import Notice

INBOX = "/avisos/"


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.fixture
def returned(world) -> Notice:
    """What the titular is told of a returned report."""
    world.returned()
    return Notice.objects.get(recipient=world.focal, kind=NoticeKind.RETURNED)


def path_to(notice: Notice) -> str:
    return reverse("plan:open_notice", args=[notice.pk])


def test_the_bell_counts_what_waits_to_be_read_on_every_page(world, returned):
    bell = '>1<span class="visually-hidden"> sin leer</span>'
    assert bell in text_of(enter(world.focal).get("/pendientes/"))
    assert bell not in text_of(enter(world.focal_y).get("/pendientes/"))
    assert bell not in text_of(Client().get("/ingresar/"))


def test_unread_stands_first_and_is_marked_with_a_word(world, returned):
    world.sent(world.draft(action=world.new_action("1.1.2", world.x)), figures=())
    page = text_of(enter(world.focal).get(INBOX))
    assert page.index(returned.subject) < page.index("Comprobante R-2016")
    assert page.count("Sin leer</b>") == 1
    assert "Qué corregir" in page


def test_opening_marks_as_read_and_leads_to_the_form(world, returned):
    assert enter(world.focal).post(path_to(returned)).url == returned.path
    returned.refresh_from_db()
    first = returned.read_at
    assert first is not None
    enter(world.focal).post(path_to(returned))
    returned.refresh_from_db()
    assert returned.read_at == first


def test_looking_marks_nothing_as_read(world, returned):
    browser = enter(world.focal)
    browser.get(INBOX)
    assert browser.get(path_to(returned)).status_code == 405
    assert Notice.objects.for_person(world.focal).unread().count() == 1


def test_all_of_one_s_own_are_marked_as_read(world, returned):
    assert enter(world.focal).post("/avisos/leidos/").url == INBOX
    assert not Notice.objects.for_person(world.focal).unread().exists()
    assert Notice.objects.for_person(world.alternate).unread().count() == 2


@pytest.mark.parametrize("who", ["alternate", "focal_y", "reviewer", "administrator"])
def test_nobody_reads_or_opens_another_s(world, returned, who):
    browser = enter(getattr(world, who))
    assert path_to(returned) not in text_of(browser.get(INBOX))
    assert browser.post(path_to(returned)).status_code == 404
    returned.refresh_from_db()
    assert not returned.is_read


def test_without_an_appointment_there_is_no_inbox(world, returned):
    world.focal.appointments.all().delete()
    browser = enter(world.focal)
    assert [browser.get(INBOX).status_code, browser.post(path_to(returned)).status_code] == [404, 404]


def test_an_empty_inbox_says_so(world):
    assert "No tiene avisos" in text_of(enter(world.focal).get(INBOX))


@pytest.mark.parametrize("number", [9**30, 0])
def test_a_notice_that_cannot_be_is_not_found(world, number):
    assert enter(world.focal).post(f"/avisos/{number}/abrir/").status_code == 404


@pytest.mark.parametrize("wanted", ["99", "x", "-1", "%00"])
def test_a_page_that_cannot_be_is_another_page(world, returned, wanted):
    assert enter(world.focal).get(f"{INBOX}?page={wanted}").status_code == 200


def test_the_link_of_a_mail_lands_on_its_page_after_the_login(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        report = world.returned()
    world.focal.set_password(PASSWORD)
    world.focal.save()
    body = next(m.body for m in mail.outbox if m.subject.startswith("Devuelto"))
    form = reverse("indicators:edit_report", args=[report.pk])
    assert f"http://127.0.0.1:8000{form}\n" in body
    assert lands(world, form) == form


def test_the_link_of_a_reminder_lands_on_the_form_after_the_login(world):
    report = world.draft()
    world.focal.set_password(PASSWORD)
    world.focal.save()
    place = reverse("indicators:open_report", args=[world.period.pk, world.action.pk, world.x.pk])
    assert lands(world, place) == reverse("indicators:edit_report", args=[report.pk])


def lands(world: World, path: str) -> str:
    """Where somebody who is not signed in arrives by way of the login."""
    browser = Client()
    login = browser.get(path).url
    assert login == f"/ingresar/?next={path}"
    asked = {"login": world.focal.email, "password": PASSWORD, "next": path}
    return browser.post(login, asked, follow=True).request["PATH_INFO"]


@pytest.mark.parametrize("amount", [3, 60])
def test_the_inbox_takes_at_most_15_queries(world, amount, django_assert_max_num_queries):
    Notice.objects.bulk_create(
        Notice(recipient=world.focal, kind=NoticeKind.RETURNED, key=f"k{n}", subject=f"Aviso {n}", text="…", path="/")
        for n in range(amount)
    )
    browser = enter(world.focal)
    browser.get(INBOX)
    with django_assert_max_num_queries(15):
        assert "Aviso" in text_of(browser.get(INBOX))
