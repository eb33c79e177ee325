"""Is the log what was sealed? Entries and seals are walked once, side by side; nothing is changed or repaired."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from plan.models import AuditEntry, LogSeal
from plan.seals.chain import CHUNK, LATEST, Link, Span, gaps
from plan.templatetags.portal import moment, number


class LogCheck:
    """`faults` yields what is wrong as sentences; `seals`, `entries` and `unsealed` count what it walked over."""

    def __init__(self) -> None:
        self.seals = self.entries = self.unsealed = 0
        self._ahead = AuditEntry.objects.order_by("pk").iterator(chunk_size=CHUNK)
        self._next: AuditEntry | None = None
        self._passed: dict[int, AuditEntry] = {}

    def faults(self) -> Iterator[str]:
        previous = None
        # Seals are asked first, entries by the first of them: whatever a seal covers is there.
        for seal in LogSeal.objects.in_order().iterator(chunk_size=CHUNK):
            self.seals += 1
            yield from _faults_of_number(seal, previous)
            yield from self._faults_of_seal(seal, previous)
            yield from self._never_sealed(seal)
            previous = seal
        yield from self._faults_of_rest()

    def _faults_of_seal(self, seal: LogSeal, previous: LogSeal | None) -> Iterator[str]:
        link, earlier = Link(previous), []
        for span in seal.spans:
            for entry in self._taken(*span):
                link.add(entry)
                if previous and entry.at < previous.sealed_at - LATEST:
                    earlier.append(entry.pk)
        missing = [gap for first, last in seal.spans for gap in gaps(first, last, link.spans)]
        if missing:
            yield f"Sello {number(seal.number)}: faltan asientos que cubría: {_stretches(missing)}."
        elif link.digest_as(seal) != seal.digest:
            yield (
                f"Sello {number(seal.number)} ({_stretches(seal.spans)}): su huella no es la de estos asientos: "
                "cambió alguno de ellos, el sello o el sello anterior."
            )
        if earlier:
            yield (
                f"Sello {number(seal.number)}: tiene asientos con fecha anterior al sello previo, donde no estaban; "
                f"se insertaron después: {_stretches(_spans_of(earlier))}."
            )

    def _taken(self, first: int, last: int) -> Iterator[AuditEntry]:
        """The entries from `first` to `last`. What is passed by on the way waits for the seal that covers it."""
        for pk in [pk for pk in self._passed if first <= pk <= last]:
            yield self._passed.pop(pk)
        while (entry := self._peek()) and entry.pk <= last:
            self._next = None
            if entry.pk >= first:
                yield entry
            else:
                self._passed[entry.pk] = entry

    def _peek(self) -> AuditEntry | None:
        if self._next is None:
            self._next = next(self._ahead, None)
            self.entries += self._next is not None
        return self._next

    def _never_sealed(self, seal: LogSeal) -> Iterator[str]:
        """What this seal, or one before, would have covered if it had been there."""
        inserted = [pk for pk, entry in self._passed.items() if entry.at < seal.sealed_at - LATEST]
        for pk in inserted:
            del self._passed[pk]
        if inserted:
            yield (
                f"Asientos que ningún sello cubre, con fecha anterior al sello {number(seal.number)}; se insertaron "
                f"después o falta su sello: {_stretches(_spans_of(inserted))}."
            )

    def _faults_of_rest(self) -> Iterator[str]:
        """An entry waits for its seal a minute or so; when it waits for an hour nobody seals, or it was inserted."""
        limit, waiting, oldest = timezone.now() - LATEST, 0, None
        for entry in self._rest():
            self.unsealed += 1
            if entry.at < limit:
                waiting += 1
                oldest = oldest or entry
        if oldest:
            yield (
                f"Asientos sin sellar desde hace más de una hora: {number(waiting)}; el primero es el "
                f"{number(oldest.pk)}, del {moment(oldest.at)}."
            )

    def _rest(self) -> Iterator[AuditEntry]:
        yield from self._passed.values()
        while entry := self._peek():
            self._next = None
            yield entry


def _faults_of_number(seal: LogSeal, previous: LogSeal | None) -> Iterator[str]:
    following = previous.number + 1 if previous else 1
    if seal.number != following:
        yield f"Faltan sellos: {_stretches([(following, seal.number - 1)])}."


def _spans_of(pks: Iterable[int]) -> list[Span]:
    spans: list[Span] = []
    for pk in sorted(pks):
        if spans and spans[-1][1] == pk - 1:
            spans[-1] = (spans[-1][0], pk)
        else:
            spans.append((pk, pk))
    return spans


def _stretches(spans: Iterable[Span | list[int]]) -> str:
    """ "3, 7 a 9"."""
    return ", ".join(number(first) if first == last else f"{number(first)} a {number(last)}" for first, last in spans)
