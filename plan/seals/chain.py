"""What a seal is made of: the one way in which entries of the log become a digest, on both engines the same."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from plan.models import AuditEntry, LogSeal

#: No transaction of the portal takes as long: an entry that is seen later than this was not written when it says.
LATEST = timedelta(hours=1)
#: Entries in memory at a time.
CHUNK = 500

Span = tuple[int, int]


def canonical(entry: AuditEntry) -> bytes:
    """The entry as text of which there is one form only: fields in a fixed order, keys sorted, moments in UTC."""
    fields = [
        entry.pk,
        _moment(entry.at),
        entry.user_id,
        entry.acting_as,
        entry.verb,
        entry.object_type,
        entry.object_id,
        entry.data,
        entry.address,
    ]
    return _line(fields)


class Link:
    """The seal that follows `previous`, as its entries are added in the order of their keys."""

    def __init__(self, previous: LogSeal | None):
        self._hash = hashlib.sha256(_line(previous.digest if previous else None))
        self.spans: list[list[int]] = []
        self.count = 0

    def add(self, entry: AuditEntry) -> None:
        self._hash.update(canonical(entry))
        self.count += 1
        if self.spans and self.spans[-1][1] == entry.pk - 1:
            self.spans[-1][1] = entry.pk
        else:
            self.spans.append([entry.pk, entry.pk])

    def digest_as(self, seal: LogSeal) -> str:
        """SHA-256, in hexadecimal, over the link before, the entries, and what `seal` says of itself."""
        closed = self._hash.copy()
        closed.update(_line([seal.number, seal.spans, seal.last_entry, seal.total, _moment(seal.sealed_at)]))
        return closed.hexdigest()


def gaps(first: int, last: int, spans: Iterable[Span | list[int]]) -> Iterator[Span]:
    """The stretches between `first` and `last`, both included, that no span covers."""
    free = first
    for begin, end in sorted(map(tuple, spans)):
        if begin > last:
            break
        if begin > free:
            yield free, begin - 1
        free = max(free, end + 1)
    if free <= last:
        yield free, last


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _line(value: list | str | None) -> bytes:
    """JSON never holds a line break of its own, so that no two sequences of lines read the same."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
