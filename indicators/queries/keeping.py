"""Results that are reckoned once for each state of the records, and kept until something is recorded that can change
them. Every act that changes figures leaves an entry in the bitácora in its own transaction, so the newest one names
the state of the records."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.core.cache import caches
from django.utils import timezone

from indicators import calculations
from plan.enums import Verb
from plan.models import AuditEntry

Result = TypeVar("Result")

#: Acts that leave every figure as it was.
HARMLESS = (
    Verb.LOGGED_IN,
    Verb.LOGGED_OUT,
    Verb.SAVED_DRAFT,
    Verb.DOWNLOADED,
    Verb.VIEWED,
    Verb.EXPORTED,
    Verb.ASSIGNED,
    Verb.RELEASED,
    Verb.ASKED,
    Verb.ANSWERED,
    Verb.INVITED,
    Verb.REMINDED,
    Verb.ISSUED,
    Verb.ANNULLED,
)
A_DAY = 24 * 60 * 60


def kept(make: Callable[[], Result], *named: object) -> Result:
    """What `make()` gives, made anew only where the records, the day, or the arithmetic itself have changed since.

    `named` tells results apart by the text of each part, such as the code of a plan and its dates.
    """
    cache = caches["figures"]
    key = hashlib.sha256(repr((_state(), timezone.localdate(), ARITHMETIC, named)).encode()).hexdigest()
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, A_DAY)
    return found


def _state() -> int:
    newest = AuditEntry.objects.exclude(verb__in=HARMLESS).newest_first().values_list("pk", flat=True)
    return newest.first() or 0


def _digest_of_arithmetic() -> str:
    sources = sorted(Path(calculations.__file__).parent.rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


#: A release that calculates otherwise keeps nothing of the one before.
ARITHMETIC = _digest_of_arithmetic()
