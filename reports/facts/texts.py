"""The texts of the secretarías as a document prints them, and what of them is missing before it is emitted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from indicators.calculations.moments import as_moment
from plan.models import Plan
from reports.enums import ACHIEVEMENTS, OBSTACLES, DocumentKind, EditionSlot, TextState
from reports.facts.redaction import without_personal_data
from reports.models import EditionText, Subject


@dataclass(frozen=True, slots=True)
class Signer:
    name: str
    position: str
    institution: str


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One text as it was known: who wrote it is told by cargo. `state` is None where there is no text; then
    `written_at` is when it was withdrawn, or None where it never was."""

    slot: EditionSlot
    body: str = ""
    state: TextState | None = None
    acting_as: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EditionTexts:
    """All texts asked of an eje and a year, or of the plan and a year, in the order of EditionSlot."""

    year: int
    axis_number: int | None
    lines: tuple[EditionLine, ...]

    def text(self, slot: EditionSlot) -> str:
        """The newest words, draft or not; empty where there are none or they are not asked."""
        return next((line.body for line in self.lines if line.slot == slot), "")

    @property
    def achievements(self) -> tuple[str, ...]:
        return self._present(ACHIEVEMENTS)

    @property
    def obstacles(self) -> tuple[str, ...]:
        return self._present(OBSTACLES)

    @property
    def signers(self) -> tuple[Signer, ...]:
        return signers_in(self.text(EditionSlot.SIGNERS))

    @property
    def missing(self) -> tuple[EditionSlot, ...]:
        return tuple(line.slot for line in self.lines if line.state is None)

    @property
    def drafts(self) -> tuple[EditionSlot, ...]:
        return tuple(line.slot for line in self.lines if line.state == TextState.DRAFT)

    @property
    def is_ready(self) -> bool:
        return not self.missing and not self.drafts

    def printed_in(self, document: DocumentKind) -> "EditionTexts":
        """Only the texts that this document prints, with what is missing or draft of those."""
        return replace(self, lines=tuple(line for line in self.lines if line.slot.is_printed_in(document)))

    def _present(self, slots: Iterable[EditionSlot]) -> tuple[str, ...]:
        return tuple(filter(None, map(self.text, slots)))


def edition_texts(plan: Plan, year: int, axis_number: int | None, known_at: date | datetime) -> EditionTexts:
    """The newest texts of an eje and a year, or of the plan where `axis_number` is None, written by `known_at`; a bare
    date means its end. One query. Raises ValueError for a moment without time zone."""
    subject = Subject(plan, year, axis_number)
    rows = EditionText.objects.about(subject).known(as_moment(known_at)).newest()
    found = {EditionSlot(row.slot): _line(row) for row in rows}
    return EditionTexts(year, axis_number, tuple(found.get(slot, EditionLine(slot)) for slot in subject.slots))


def signers_in(text: str) -> tuple[Signer, ...]:
    """One a line: "nombre; cargo; institución". Raises ValueError with the first line that is not so."""
    return tuple(map(_signer, filter(str.strip, text.splitlines())))


def _signer(line: str) -> Signer:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != 3 or not all(parts):
        raise ValueError(line)
    return Signer(*parts)


def _line(row: EditionText) -> EditionLine:
    return EditionLine(
        slot=EditionSlot(row.slot),
        body=without_personal_data(row.body),
        state=TextState(row.state) if row.body else None,
        acting_as=row.acting_as,
        written_at=row.written_at,
    )
