"""The acts on an edition: emission, correction by a new one, annulment. Nothing is edited in place.

Folio and snapshot are committed together, in the transaction of the act; the file follows from the task queue
(`reports.editions.producing`). A folio that was given is never given again.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from plan import audit
from plan.enums import Verb
from plan.models import User
from plan.seals.sealing import seal_log
from reports.documents.making import Order, facts_of
from reports.editions.producing import produce_edition
from reports.enums import DocumentKind, EditionState
from reports.facts.freezing import Facts, digest, freeze
from reports.facts.parts import EditionSheet, LogHead
from reports.facts.redaction import without_personal_data
from reports.models import FolioBook, IssuedReport, Snapshot
from reports.models.editions import code_text, folio_text, new_code

ALREADY_IN_FORCE = "Ya hay una edición de este documento; para corregirla, emita una nueva con fe de erratas."
ALREADY_REPLACED = "Esta edición ya no está vigente: otra la reemplazó o fue anulada."
ALREADY_ANNULLED = "Esta edición ya estaba anulada."
OTHER_DOCUMENT = "La edición que se corrige es de otro documento o de otro corte."


class EditionError(Exception):
    """The act cannot be done; the text is a sentence for the reader. `edition` is the one that stands in its way."""

    def __init__(self, sentence: str, edition: IssuedReport):
        super().__init__(sentence)
        self.edition = edition


@dataclass(frozen=True, slots=True)
class Correction:
    """A new edition of what `former` told; `errata` says what was wrong, in words that are printed."""

    former: IssuedReport
    errata: str


def issue(order: Order, *, by: User, correction: Correction | None = None, address: str | None = None) -> IssuedReport:
    """Emit the document of an order: one act with one folio, which leaves the file to the queue.

    The same act repeated gives no second folio: raises EditionError with the edition that the first one made.
    """
    if correction:
        _check_same_document(order, correction.former)
    facts = facts_of(order)
    issued_at = timezone.now()
    try:
        with transaction.atomic():
            if correction:
                _give_way(correction.former)
            edition = _create(order, facts, issued_at, by, correction)
            _record(edition, by, address)
            seal_log()
            produce_edition.enqueue(edition.pk)
    except IntegrityError as error:
        former = in_the_way_of(order)
        if former is None:
            raise
        raise EditionError(ALREADY_IN_FORCE, former) from error
    return edition


def in_the_way_of(order: Order) -> IssuedReport | None:
    """The edition in force, or in production, that a new one of the same document would have to replace."""
    same = IssuedReport.objects.of_document(order.plan, order.axis_number, order.year).current()
    return (same if order.axis_number is None else same.filter(as_of=order.cut_off)).first()


def annul(edition: IssuedReport, reason: str, *, by: User, address: str | None = None) -> None:
    """The edition no longer holds, for the reason given; its folio and its file stay. Raises EditionError."""
    with transaction.atomic():
        changes = {"state": EditionState.ANNULLED, "annulled_at": timezone.now(), "annulled_reason": reason}
        if not IssuedReport.objects.current().filter(pk=edition.pk).update(**changes):
            raise EditionError(ALREADY_ANNULLED, edition)
        audit.record(Verb.ANNULLED, edition, by=by, address=address, folio=edition.folio, reason=digest(reason))


def _check_same_document(order: Order, former: IssuedReport) -> None:
    same = (order.plan.pk, order.axis_number, order.year) == (former.plan_id, former.axis_number, former.year)
    if not same or (order.axis_number is not None and order.cut_off != former.as_of):
        raise EditionError(OTHER_DOCUMENT, former)


def _give_way(former: IssuedReport) -> None:
    """Of two corrections at once one finds the former in force; the file of a replaced edition stays readable."""
    in_force = IssuedReport.objects.filter(pk=former.pk, state=EditionState.IN_FORCE)
    if not in_force.update(state=EditionState.REPLACED):
        raise EditionError(ALREADY_REPLACED, former)


def _create(order: Order, facts: Facts, issued_at: datetime, by: User, correction: Correction | None) -> IssuedReport:
    folio_year = timezone.localtime(issued_at).year
    folio_number = FolioBook.take(folio_year)
    code = new_code()
    former, errata = (correction.former, without_personal_data(correction.errata)) if correction else (None, "")
    sheet = EditionSheet(
        folio=folio_text(folio_year, folio_number),
        code=code_text(code),
        verify_url=urljoin(settings.SITE_URL, reverse("reports:verify", args=[code])),
        issued_at=issued_at,
        replaces=former.folio if former else "",
        errata=errata,
        log_head=_log_head(),
    )
    content = freeze(replace(facts, edition=sheet))
    return IssuedReport.objects.create(
        plan=order.plan,
        kind=DocumentKind.ANNUAL if order.axis_number is None else DocumentKind.AXIS,
        axis_number=order.axis_number,
        year=order.year,
        as_of=order.cut_off,
        known_at=order.known_at,
        folio_year=folio_year,
        folio_number=folio_number,
        code=code,
        snapshot=Snapshot.objects.create(content=content, sha256=digest(content)),
        issued_by=by,
        issued_at=issued_at,
        replaces=former,
        errata=errata,
    )


def _log_head() -> LogHead | None:
    """None where nothing was ever recorded."""
    head = seal_log()
    return LogHead(head.digest, head.total) if head else None


def told_to_the_log(edition: IssuedReport) -> dict[str, int | str | None]:
    """What the log says of an emission; `reports.editions.verifying` finds what was changed since."""
    return {
        "folio": edition.folio,
        "code": digest(edition.code),
        "snapshot": edition.snapshot.sha256,
        "document": edition.kind,
        "axis": edition.axis_number,
        "year": edition.year,
        "cut_off": edition.as_of.isoformat(),
        "known_at": edition.known_at.astimezone(UTC).isoformat(),
        "replaces": edition.replaces.folio if edition.replaces else None,
    }


def _record(edition: IssuedReport, by: User, address: str | None) -> None:
    audit.record(Verb.ISSUED, edition, by=by, address=address, **told_to_the_log(edition))
