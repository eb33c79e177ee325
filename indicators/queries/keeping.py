"""Results that are reckoned once, and kept until something is recorded that can change them.

`kept`: anything, until any act. `kept_parts`: part by part, each until its own content changes. `kept_further`: what
only grows, out of what was kept before. In all three the content is named before any of it is read: what is recorded in
between is then kept under the older name, and read again by whoever looks next.
"""

import hashlib
import pickle
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from typing import TypeVar

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone

from indicators.models import PeriodExtension, ReportingPeriod
from plan.enums import Verb
from plan.models import AuditEntry

Part = TypeVar("Part", bound=Hashable)
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
#: More acts than can be under way at the same time.
AT_ONCE = 100
A_MONTH = 30 * 24 * 60 * 60


def kept(make: Callable[[], Result], state: str, *named: object) -> Result:
    """What `make()` gives, made anew only where the records, the terms past, or the portal have changed since.

    `state` is `state_of_records()` from before anything was read of what `make` goes by. `named` tells results apart by
    the text of each part, such as the code of a plan and its dates.
    """
    return kept_further(lambda _: make(), state, *named)


def state_of_records() -> str:
    """Every act that changes figures leaves an entry in the bitácora in its own transaction, so that the newest ones
    name the state of the records. An act that took its number first may end after others."""
    acts = AuditEntry.objects.exclude(verb__in=HARMLESS).newest_first()
    return digest_of(list(acts.values_list("pk", flat=True)[:AT_ONCE]), newest_term_past())


def kept_parts(
    make: Callable[[set[Part]], dict[Part, Result]], digests: Mapping[Part, str], *named: object
) -> dict[Part, Result]:
    """A result for each part of `digests`, which tell all that it is made of. `make` is called for those of which the
    digest or the portal is another than when they were made; the parts of one name stand in one row of the cache."""
    cache = caches["figures"]
    key = digest_of(RELEASE, named)
    row = cache.get(key, {})
    known = {
        part: pickle.loads(made)  # noqa: S301 (nobody else writes here, and the cache itself does the same)
        for part, (digest, made) in row.items()
        if digests.get(part) == digest
    }
    missing = digests.keys() - known.keys()
    if missing:
        made = make(missing)
        known |= made
        added = {part: (digests[part], pickle.dumps(result)) for part, result in made.items()}
        cache.set(key, row | added, A_MONTH)
    return known


def kept_further(make: Callable[[Result | None], Result], digest: str, *named: object) -> Result:
    """What `make` gives, made anew where `digest`, which tells all that it is made of, or the portal is another than
    before. It is given what was kept under the digest before, None where nothing was."""
    cache = caches["figures"]
    key = digest_of(RELEASE, named)
    told, before = cache.get(key, ("", None))
    if told == digest:
        return before
    made = make(before)
    cache.set(key, (digest, made), A_MONTH)
    return made


def digest_of(*named: object) -> str:
    """Tells apart what is written differently: the text of each part counts."""
    return hashlib.sha256(repr(named).encode()).hexdigest()


def newest_term_past() -> date | None:
    """The last day of the newest term that is over. Figures become others without anything being recorded only when a
    term ends (a report is no longer "en plazo"), so that this day stands for the time gone by."""
    periods, extensions = (
        model.objects.filter(due_on__lt=timezone.localdate()).order_by().values_list("due_on", flat=True)
        for model in (ReportingPeriod, PeriodExtension)
    )
    return periods.union(extensions).order_by("-due_on").first()


def _digest_of_portal() -> str:
    """What is kept holds words and classes from all rooms."""
    rooms = (settings.BASE_DIR / name for name in ("plan", "indicators", "reports"))
    sources = (path for room in rooms for path in sorted(room.rglob("*.py")))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


#: A release keeps nothing of the one before.
RELEASE = _digest_of_portal()
