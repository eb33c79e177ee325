"""Is each part on which the portal stands at work? Every check answers yes or no and never raises."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

#: A task that waits longer than this means that no worker takes tasks.
LONGEST_WAIT = timedelta(minutes=10)


def check_all() -> dict[str, bool]:
    """Name of each part, and whether it works."""
    return {name: _holds(check) for name, check in CHECKS.items()}


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def storage_takes_files() -> bool:
    """Write and remove a file: a full or read-only disk shows only in a write."""
    storage = storages["private"]
    storage.delete(storage.save(f"health-{uuid4().hex}", ContentFile(b"ok")))
    return True


def queue_moves() -> bool:
    return not DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - LONGEST_WAIT).exists()


CHECKS: dict[str, Callable[[], bool]] = {
    "base de datos": database_answers,
    "archivos": storage_takes_files,
    "cola de tareas": queue_moves,
}


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError):
        return False
