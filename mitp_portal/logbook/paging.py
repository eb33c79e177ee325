"""A page of a log that only grows: told by the entry where it begins, so that the last page comes as quickly."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from plan.models import AuditEntry

ON_A_PAGE = 50
#: Digits of no id that exists.
LONG = 19


@dataclass(frozen=True)
class Page:
    entries: list[AuditEntry]
    #: Ids to go on from, in the parameters `despues` and `antes`; None where there is nothing further.
    newer: int | None
    older: int | None


def page_of(entries: QuerySet[AuditEntry], query: QueryDict) -> Page:
    """Fifty entries before or after the one that the address names; the newest without it."""
    before, after = _id(query, "antes"), _id(query, "despues")
    if after is not None:
        found = list(entries.filter(pk__gt=after).order_by("pk")[: ON_A_PAGE + 1])
        shown = found[:ON_A_PAGE][::-1]
        return _page(shown, has_newer=len(found) > ON_A_PAGE, has_older=True)
    found = list((entries if before is None else entries.filter(pk__lt=before))[: ON_A_PAGE + 1])
    return _page(found[:ON_A_PAGE], has_newer=before is not None, has_older=len(found) > ON_A_PAGE)


def _page(shown: list[AuditEntry], *, has_newer: bool, has_older: bool) -> Page:
    newer = shown[0].pk if shown and has_newer else None
    return Page(shown, newer, shown[-1].pk if shown and has_older else None)


def _id(query: QueryDict, name: str) -> int | None:
    text = str(query.get(name, ""))
    return int(text) if text.isdecimal() and len(text) < LONG else None
