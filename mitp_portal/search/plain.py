"""Text without accents and capitals: one rule for what is typed, for what is stored, and on both engines."""

import re
import unicodedata
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import CharField, F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

ACCENTS = "[\u0300-\u036f]"

SQLITE_NAME = "mitp_plain"


def plain(text: str) -> str:
    """ "Capacitación" → "capacitacion": letters without what stands above or below them, and small."""
    return re.sub(ACCENTS, "", unicodedata.normalize("NFD", text)).lower()


class Plain(Func):
    """`plain` in the database, without extensions: what remains of the letters of Spanish is small in any locale."""

    output_field = CharField()

    def as_sqlite(self, compiler, connection, **context: Any):
        _teach(connection)
        return self.as_sql(compiler, connection, function=SQLITE_NAME, **context)

    def as_postgresql(self, compiler, connection, **context: Any):
        template = f"LOWER(REGEXP_REPLACE(NORMALIZE(%(expressions)s, NFD), '{ACCENTS}', '', 'g'))"
        return self.as_sql(compiler, connection, template=template, **context)


def _teach(connection) -> None:
    """SQLite calls our own function; each connection learns it once, for it cannot learn anew while it answers."""
    connection.ensure_connection()
    if getattr(connection, SQLITE_NAME, None) is not connection.connection:
        connection.connection.create_function(SQLITE_NAME, 1, plain, deterministic=True)
        setattr(connection, SQLITE_NAME, connection.connection)


def text_of(*fields: str | Combinable) -> Combinable:
    """What is read of a row as one plain text, its fields apart from each other."""
    parts: list[Combinable] = []
    for field in fields:
        parts += [F(field) if isinstance(field, str) else field, Value(" ")]
    return Plain(Concat(*parts, output_field=CharField()))


def has_all(words: tuple[str, ...], name: str) -> Q:
    """Every word somewhere in the text that the query calls `name`."""
    return reduce(and_, (Q(**{f"{name}__contains": word}) for word in words))
