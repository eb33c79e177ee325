"""What somebody does who has the database in hand: round the models, and behind the triggers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from plan.triggers import protect, release


class Hands:
    """Runs statements without the care of a schema editor."""

    connection = connection

    def execute(self, statement: str, params=None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)


@contextmanager
def behind_triggers(table: str) -> Iterator[None]:
    """Rows of an append-only table can be changed and deleted until the block ends."""
    # PostgreSQL alters no table whose foreign keys it has still to look at.
    connection.check_constraints()
    release(Hands(), table)
    yield
    protect(Hands(), table)
