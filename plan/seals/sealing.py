"""Chaining the log by hash (SECURITY, Workflow and record): `manage.py seal_log` each minute, and every emission."""

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from plan.models import AuditEntry, LogSeal
from plan.seals.chain import CHUNK, LATEST, Link, gaps


def seal_log() -> LogSeal | None:
    """Cover every entry that is seen and that no seal covers; returns the head, None while the log is empty.

    Keys are given before rows are committed: on PostgreSQL an entry can appear below others that are sealed already.
    So a seal names the keys that it covers, and the next one also takes what has appeared in the gaps between them,
    for as long as a transaction could still be open (LATEST). Writers of the log take no part in this and never wait
    for it, neither engine needs a lock of its own, and what appears in a gap later still is left for `verify_log`.

    The number is the primary key: of two at once one gets it, and the other reads again what is left to seal. Outside
    a transaction nothing is held while entries are read.
    """
    while True:
        newest = LogSeal.objects.in_order().last()
        seal = _following(newest)
        if seal is None:
            return newest
        try:
            with transaction.atomic():
                seal.save(force_insert=True)
        except IntegrityError:
            if not LogSeal.objects.filter(number=seal.number).exists():
                raise
        else:
            return seal


def _following(newest: LogSeal | None) -> LogSeal | None:
    """The seal after `newest`, not saved yet; None where there is nothing to seal."""
    link = Link(newest)
    for entry in _unsealed(newest).order_by("pk").iterator(chunk_size=CHUNK):
        link.add(entry)
    if not link.count:
        return None
    number, last_entry, total = (newest.number, newest.last_entry, newest.total) if newest else (0, 0, 0)
    seal = LogSeal(
        number=number + 1,
        spans=link.spans,
        last_entry=max(last_entry, link.spans[-1][1]),
        total=total + link.count,
        sealed_at=timezone.now(),
    )
    seal.digest = link.digest_as(seal)
    return seal


def _unsealed(newest: LogSeal | None) -> QuerySet[AuditEntry]:
    if newest is None:
        return AuditEntry.objects.all()
    settled = LogSeal.objects.in_order().filter(sealed_at__lte=timezone.now() - LATEST).last()
    number, last_entry = (settled.number, settled.last_entry) if settled else (0, 0)
    recent = LogSeal.objects.filter(number__gt=number).values_list("spans", flat=True)
    spans = [span for covered in recent for span in covered]
    wanted = Q(pk__gt=newest.last_entry)
    for gap in gaps(last_entry + 1, newest.last_entry, spans):
        wanted |= Q(pk__range=gap)
    return AuditEntry.objects.filter(wanted)
