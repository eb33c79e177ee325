from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mitp_portal import health

pytestmark = pytest.mark.django_db


def make_task(waiting: timedelta) -> None:
    task = DBTaskResult.objects.create(
        task_path="plan.mail.send_password_link",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=timezone.now() - waiting,
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - waiting)


def fail(error: Exception):
    def check():
        raise error

    return check


def test_all_well_without_login_and_without_versions(client):
    response = client.get("/salud/")
    assert response.status_code == 200
    assert response.json() == {"base de datos": "bien", "archivos": "bien", "cola de tareas": "bien"}


@pytest.mark.parametrize(
    ("part", "error"), [("base de datos", DatabaseError()), ("archivos", OSError(30, "Read-only file system"))]
)
def test_the_part_that_fails_is_named_with_503(client, monkeypatch, part, error):
    monkeypatch.setitem(health.CHECKS, part, fail(error))
    response = client.get("/salud/")
    assert response.status_code == 503
    assert [name for name, word in response.json().items() if word != "bien"] == [part]


def test_a_storage_that_refuses_a_write_is_down(client, monkeypatch):
    monkeypatch.setattr(type(storages["private"]), "save", lambda *args: fail(OSError(28, "No space left"))())
    assert client.get("/salud/").json()["archivos"] == "con fallas"


def test_the_check_of_the_storage_leaves_nothing_behind(client, settings):
    client.get("/salud/")
    assert not list(settings.PRIVATE_MEDIA_ROOT.glob("health-*"))


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 503)])
def test_a_task_that_nobody_takes_for_ten_minutes_means_the_worker_is_down(client, minutes, status):
    make_task(waiting=timedelta(minutes=minutes))
    assert client.get("/salud/").status_code == status


def test_health_is_only_read(client):
    assert client.post("/salud/").status_code == 405
