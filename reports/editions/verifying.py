"""Is what was emitted still what it was? The rows of editions, their files and the log are held against each other.

Nothing is changed and nothing is repaired. Files are read in pieces and editions one by one. What the log says is
believed: its rows can be neither altered nor deleted.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plan.enums import Verb
from plan.files.errors import StorageUnavailable
from plan.files.storage import open_stored
from plan.models import AuditEntry, LogSeal
from reports.documents.printing import PrintingError
from reports.editions.issuing import told_to_the_log
from reports.editions.producing import AlteredSnapshotError, printed
from reports.editions.signing import problem_of
from reports.enums import EditionState
from reports.facts.freezing import digest, thaw_sheet
from reports.facts.parts import LogHead
from reports.models import FolioBook, IssuedReport, SignedCopy
from reports.models.editions import FOLIO, folio_text

NOT_EMITTED = "no figura emitida en la bitácora: la fila se agregó a mano"
#: By the words that the log has of an emission.
CHANGED = {
    "folio": "el folio no es el que se emitió",
    "code": "el código de verificación no es el que se emitió (código falsificado)",
    "snapshot": "la huella de los datos no es la que se emitió",
    "document": "el tipo de documento no es el que se emitió",
    "axis": "el eje no es el que se emitió",
    "year": "el año no es el que se emitió",
    "cut_off": "el corte no es el que se emitió",
    "known_at": "la fecha «con lo resuelto hasta» no es la que se emitió",
    "replaces": "la edición que reemplaza no es la que se emitió",
}
SNAPSHOT_ALTERED = "los datos fotografiados no coinciden con su huella: fueron alterados"
REASON_ALTERED = "el motivo de la anulación no es el que se dijo al anular"
ERRATA_ALTERED = "la fe de erratas no es la que se fijó con los datos"
HEAD_NOT_SEALED = "la cabeza de la bitácora que imprimió no es de ningún sello: la cadena se rehízo o perdió su final"
STATE_ALTERED = "el estado no es el que dice la bitácora"
NOT_IN_FORCE_IN_LOG = "tiene un archivo cuya entrada en vigencia no figura en la bitácora"
HASH_ALTERED = "la huella del PDF no es la que registró la bitácora"
FILE_LOST = "no tiene el archivo que la bitácora dice que se imprimió"
PRINTED_OTHERWISE = "impresa de nuevo, no da los mismos bytes (¿la imprimió otra versión del portal?)"
FOLIO_MISSING = "el folio se dio y no hay edición que lo tenga"
FOLIO_DOUBLE = "más de una edición tiene este folio"
FOLIO_NOT_IN_BOOK = "el libro de folios no llega hasta este folio"


@dataclass(frozen=True, slots=True)
class Examined:
    """One edition, or one folio that should have had one, and what is wrong with it, as phrases."""

    folio: str
    problems: tuple[str, ...]


def examine_all(*, prints_again: bool = False) -> Iterator[Examined]:
    """Every edition in the order of emission, then what is wrong with the sequence of folios."""
    for edition in _editions():
        yield Examined(edition.folio, tuple(_problems(edition, prints_again)))
    yield from folio_problems()


def examine_log_heads() -> Iterator[Examined]:
    """Every edition in the order of emission: whether the head of the log that it printed is among the seals."""
    for edition in _editions():
        yield Examined(edition.folio, tuple(_problems_of_snapshot(edition)))


def folio_problems() -> Iterator[Examined]:
    """Gaps and doubles of each year, by the book of folios and the emissions in the log."""
    books = dict(FolioBook.objects.values_list("year", "last"))
    given = _folios_given()
    used: dict[int, Counter[int]] = defaultdict(Counter)
    for year, number in IssuedReport.objects.values_list("folio_year", "folio_number"):
        used[year][number] += 1
    for year in sorted({*books, *given, *used}):
        last = books.get(year, 0)
        expected = {*range(1, max(last, *given[year], *used[year], 0) + 1)}
        for number in sorted(expected):
            phrases = []
            if not used[year][number]:
                phrases.append(FOLIO_MISSING)
            if used[year][number] > 1:
                phrases.append(FOLIO_DOUBLE)
            if number > last:
                phrases.append(FOLIO_NOT_IN_BOOK)
            if phrases:
                yield Examined(folio_text(year, number), tuple(phrases))


def _editions() -> Iterator[IssuedReport]:
    """One by one: a snapshot is large."""
    for pk in IssuedReport.objects.order_by("folio_year", "folio_number").values_list("pk", flat=True):
        yield IssuedReport.objects.select_related("snapshot", "replaces", "replacement").get(pk=pk)


def _folios_given() -> dict[int, set[int]]:
    """Numbers by year, as the log has them."""
    given: dict[int, set[int]] = defaultdict(set)
    for folio in _entries(Verb.ISSUED).values_list("data__folio", flat=True):
        if found := FOLIO.fullmatch(str(folio)):
            given[int(found["year"])].add(int(found["number"]))
    return given


def _problems(edition: IssuedReport, prints_again: bool) -> Iterator[str]:
    yield from _problems_of_emission(edition)
    yield from _problems_of_snapshot(edition)
    yield from _problems_of_state(edition)
    yield from _problems_of_file(edition)
    for copy in edition.signed_copies.all():
        yield from (f"copia firmada {copy.sha256[:12]}: {phrase}" for phrase in _problems_of_signed(copy))
    if prints_again and edition.is_printed:
        yield from _problems_of_printing(edition)


def _problems_of_emission(edition: IssuedReport) -> Iterator[str]:
    entry = _entries(Verb.ISSUED, edition).first()
    if entry is None:
        yield NOT_EMITTED
        return
    for word, value in told_to_the_log(edition).items():
        if entry.data.get(word) != value:
            yield CHANGED[word]


def _problems_of_snapshot(edition: IssuedReport) -> Iterator[str]:
    content = edition.snapshot.content
    if digest(content) != edition.snapshot.sha256:
        yield SNAPSHOT_ALTERED
        return
    sheet = thaw_sheet(content)
    if sheet.errata != edition.errata:
        yield ERRATA_ALTERED
    if sheet.log_head and not _is_sealed(sheet.log_head):
        yield HEAD_NOT_SEALED


def _is_sealed(head: LogHead) -> bool:
    return LogSeal.objects.filter(digest=head.digest, total=head.entries).exists()


def _problems_of_state(edition: IssuedReport) -> Iterator[str]:
    annulled = _entries(Verb.ANNULLED, edition).first()
    was_replaced = _entries(Verb.ISSUED).filter(data__replaces=edition.folio).exists()
    if annulled:
        wanted = {EditionState.ANNULLED}
        if edition.annulled_reason and annulled.data.get("reason") != digest(edition.annulled_reason):
            yield REASON_ALTERED
    elif was_replaced:
        wanted = {EditionState.REPLACED}
    else:
        wanted = {EditionState.IN_PRODUCTION, EditionState.IN_FORCE}
    if edition.state not in wanted:
        yield STATE_ALTERED


def _problems_of_file(edition: IssuedReport) -> Iterator[str]:
    entry = _entries(Verb.CHANGED, edition).filter(data__state=EditionState.IN_FORCE).first()
    if not edition.is_printed:
        if entry:
            yield FILE_LOST
        return
    if entry is None:
        yield NOT_IN_FORCE_IN_LOG
    elif entry.data.get("hash") != edition.sha256:
        yield HASH_ALTERED
    yield from _problems_of_bytes(edition)


def _problems_of_signed(copy: SignedCopy) -> Iterator[str]:
    if not _entries(Verb.UPLOADED, copy.edition).filter(data__hash=copy.sha256).exists():
        yield "no figura en la bitácora: la fila se agregó a mano"
    yield from _problems_of_bytes(copy)
    try:
        with open_stored(copy.storage_name) as signed, open_stored(copy.edition.storage_name) as emitted:
            if problem_of(signed, emitted):
                yield "no contiene el archivo emitido con una firma"
    except StorageUnavailable:
        # Which of the two cannot be read is told already.
        return


def _problems_of_bytes(row: IssuedReport | SignedCopy) -> Iterator[str]:
    """Of the stored file against its row."""
    try:
        with open_stored(row.storage_name) as kept:
            sha256 = hashlib.file_digest(kept, "sha256").hexdigest()
            size = kept.size
    except StorageUnavailable:
        yield "el archivo no está o no se puede leer"
        return
    if sha256 != row.sha256:
        yield "los bytes del archivo no coinciden con su huella: fue alterado"
    if size != row.size:
        yield f"el archivo pesa {size} bytes y debe pesar {row.size}"


def _problems_of_printing(edition: IssuedReport) -> Iterator[str]:
    try:
        again = printed(edition)
    except AlteredSnapshotError:
        # Told already, and nothing may be printed from it.
        return
    except PrintingError as error:
        yield f"no se pudo imprimir de nuevo: {error}"
        return
    if hashlib.sha256(again).hexdigest() != edition.sha256:
        yield PRINTED_OTHERWISE


def _entries(verb: Verb, edition: IssuedReport | None = None):
    """What the log says of this verb about one edition, or about all."""
    entries = AuditEntry.objects.filter(verb=verb, object_type=IssuedReport._meta.label_lower).order_by("pk")
    return entries.filter(object_id=str(edition.pk)) if edition else entries
