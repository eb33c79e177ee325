"""What a report claims, beside all that a reviewer compares it with: what was validated before, the round before, the
meta, the words and the files that changed."""

from collections.abc import Callable
from dataclasses import dataclass

from indicators.differences import Piece, differences
from indicators.entry_context import EntryContext, entry_context
from indicators.enums import Outcome
from indicators.goals import Goal, goals_of
from indicators.models import Evidence, ProgressReport, ReportedValue
from indicators.previous import PreviousFigure, amount_of
from indicators.rounds import EvidenceLine, Round, RowLine, ValueLine, rounds_of

#: The texts of a submission in the order of the form, each with its heading.
TEXTS = {
    "narrative": "Relato",
    "results": "Resultados",
    "obstacles": "Nudos críticos",
    "measures": "Medidas adoptadas",
    "explanation": "Explicación de la distancia a la meta",
    "support": "Apoyo que pide a la Mesa",
}


@dataclass(frozen=True)
class Compared:
    """A number of before, where it comes from, and how the one of now differs from it."""

    label: str
    figure: object
    change: str


@dataclass(frozen=True)
class ClaimRow:
    """One row of a breakdown: what was validated before, what the round before said, what this one says."""

    line: RowLine
    validated_before: int | None
    last_round: int | None
    change: str

    @property
    def is_changed(self) -> bool:
        return self.change not in ("", SAME)


@dataclass(frozen=True)
class Claim:
    """One informed value. `validated_before` and `last_round` are None where there was nothing to compare with."""

    line: ValueLine
    validated_before: Compared | None
    last_round: Compared | None
    rows: list[ClaimRow]
    goal: Goal | None

    @property
    def bar_name(self) -> str:
        """Tells the bar of its meta from the others on the page."""
        return f"meta-{self.line.reported.pk}"

    @property
    def has_validated_rows(self) -> bool:
        return any(row.validated_before is not None for row in self.rows)

    @property
    def is_compared(self) -> bool:
        return any(row.change for row in self.rows)

    @property
    def changed_rows(self) -> int:
        return sum(row.is_changed for row in self.rows)


@dataclass(frozen=True)
class TextChange:
    heading: str
    pieces: list[Piece]
    is_changed: bool


@dataclass(frozen=True)
class FileChanges:
    """The evidence of this round against the round before; `replaced` pairs what went with what came in its place."""

    added: list[Evidence]
    replaced: list[tuple[Evidence, Evidence]]
    removed: list[Evidence]
    unchanged: int

    @property
    def new_ids(self) -> set[int]:
        return {e.pk for e in self.added} | {successor.pk for _, successor in self.replaced}


@dataclass(frozen=True)
class ReviewFacts:
    """Everything that the page of a review shows besides the form."""

    rounds: list[Round]
    claims: list[Claim]
    texts: list[TextChange]
    files: FileChanges | None

    @property
    def round(self) -> Round:
        return self.rounds[0]

    @property
    def first_open(self) -> EvidenceLine | None:
        """The file that the page opens with: the first whose pages nobody has to open."""
        lines = [line for means in self.round.means for line in means.evidence if line.may_open]
        return next((line for line in lines if line.evidence.file and not line.evidence.file.is_reserved), None)

    @property
    def last_round(self) -> Round | None:
        """The newest before this one; what was withdrawn was never said."""
        return last_round(self.rounds)


SAME = "igual"
DIFFERENT = "cambió"


def review_facts(report: ProgressReport, user) -> ReviewFacts:
    """The facts of a report that was sent, for the person who reviews it."""
    rounds = rounds_of(report, user)
    now, before = rounds[0], last_round(rounds)
    history = _History(rounds, entry_context(report))
    goals = goals_of(report, [line.reported.indicator for line in now.values])
    return ReviewFacts(
        rounds=rounds,
        claims=[history.claim(line, goals.get(line.reported.indicator_id)) for line in now.values],
        texts=list(_text_changes(now, before)),
        files=_file_changes(now, before) if before else None,
    )


def last_round(rounds: list[Round]) -> Round | None:
    return next((item for item in rounds[1:] if not item.was_withdrawn), None)


def change(before: int | None, now: int | None) -> str:
    """How a number differs: "+12", "−4", "igual"; empty where one of the two is missing."""
    if before is None or now is None:
        return ""
    return f"{now - before:+d}".replace("-", "−") if now != before else SAME


class _History:
    """What stood before the round under review, indicator by indicator."""

    def __init__(self, rounds: list[Round], context: EntryContext):
        before = last_round(rounds)
        self.before = {line.reported.indicator_id: line for line in before.values} if before else {}
        self.last_label = f"Ronda {before.submission.number}" if before else ""
        self.approved = next((r for r in rounds[1:] if r.decision and r.decision.outcome == Outcome.APPROVED), None)
        self.context = context

    def claim(self, line: ValueLine, goal: Goal | None) -> Claim:
        earlier = self.before.get(line.reported.indicator_id)
        validated, validated_rows = self._validated(line)
        return Claim(
            line=line,
            validated_before=validated,
            last_round=_compared(self.last_label, earlier.reported, line.reported) if earlier else None,
            rows=_rows(line, earlier, validated_rows),
            goal=goal,
        )

    def _validated(self, line: ValueLine) -> tuple[Compared | None, Callable[[RowLine], int | None]]:
        """What was approved of this very report, if it is in rectification; else of the period before."""
        own = _line_of(self.approved, line.reported.indicator_id)
        if self.approved and own and own.validated:
            label = f"Validado en la ronda {self.approved.submission.number}"
            return _compared(label, own.validated, line.reported), _validated_rows(own)
        previous = self.context.previous_figures.get(line.reported.indicator_id)
        if previous is None or previous.validated is None:
            return None, _nothing
        return _compared(f"Validado {previous.period}", previous.validated, line.reported), _previous_rows(previous)


def _compared(label: str, before, now: ReportedValue) -> Compared:
    number = change(amount_of(before), amount_of(now))
    return Compared(label, before, number or (SAME if _words(before) == _words(now) else DIFFERENT))


def _words(figure) -> tuple:
    return figure.stage, figure.affirmative, tuple(figure.years), tuple(figure.names)


def _line_of(item: Round | None, indicator_id: int) -> ValueLine | None:
    lines = item.values if item else []
    return next((line for line in lines if line.reported.indicator_id == indicator_id), None)


def _place(row: RowLine) -> tuple:
    return row.reported.region_id, row.reported.institution_id, row.reported.unit_id


def _rows(line: ValueLine, earlier: ValueLine | None, validated: Callable[[RowLine], int | None]) -> list[ClaimRow]:
    """Against the round before; in a first round, against what was validated."""
    said = {_place(row): amount_of(row.reported) for row in earlier.rows} if earlier else {}
    rows = []
    for row in line.rows:
        before, last = validated(row), said.get(_place(row))
        rows.append(ClaimRow(row, before, last, change(last if earlier else before, amount_of(row.reported))))
    return rows


def _nothing(row: RowLine) -> None:
    return None


def _validated_rows(own: ValueLine) -> Callable[[RowLine], int | None]:
    amounts = {_place(row): amount_of(row.validated) for row in own.rows if row.validated}
    return lambda row: amounts.get(_place(row))


def _previous_rows(previous: PreviousFigure) -> Callable[[RowLine], int | None]:
    """By region or unit; a row of an institution inside a region has no counterpart there."""
    return lambda row: (
        None if row.reported.institution_id else previous.rows.get((row.reported.region_id, row.reported.unit_id))
    )


def _text_changes(now: Round, before: Round | None):
    for field, heading in TEXTS.items():
        text = getattr(now.submission, field)
        old = getattr(before.submission, field) if before else text
        if text or old:
            yield TextChange(heading, differences(old, text), is_changed=old != text)


def _file_changes(now: Round, before: Round) -> FileChanges:
    filed, kept = _evidence(now), _evidence(before)
    gone = {pk: evidence for pk, evidence in kept.items() if pk not in filed}
    added = {pk: evidence for pk, evidence in filed.items() if pk not in kept}
    replaced = [(gone[e.replaces_id], e) for e in added.values() if e.replaces_id in gone]
    paired = {evidence.pk for pair in replaced for evidence in pair}
    return FileChanges(
        added=[e for e in added.values() if e.pk not in paired],
        replaced=replaced,
        removed=[e for e in gone.values() if e.pk not in paired],
        unchanged=len(filed) - len(added),
    )


def _evidence(item: Round) -> dict[int, Evidence]:
    lines: list[EvidenceLine] = [line for means in item.means for line in means.evidence]
    return {line.evidence.pk: line.evidence for line in lines}
