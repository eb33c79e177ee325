"""What a decision tells the institution, at the field that each thing is about."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from indicators.anchors import NARRATIVE, anchor, without_page
from indicators.enums import ObservationKind, Verdict
from indicators.models import Decision, Evidence, Indicator, MeansOfVerification
from indicators.rounds import Round

#: By anchor: what it is called, and the anchor of the field at which it is told.
Names = dict[str, tuple[str, str]]
UNKNOWN = ("El reporte", NARRATIVE)


@dataclass(frozen=True)
class Note:
    """One remark: its typed reason, its sentence, or both. `place` is the anchor of the field at which it is shown;
    `is_proof` where it is about a piece of evidence."""

    about: str
    kind: str
    text: str
    place: str
    is_proof: bool = False

    @property
    def words(self) -> str:
        return ": ".join(filter(None, (self.kind, self.text)))

    @property
    def field_id(self) -> str:
        """Where the field stands on the page of the report."""
        name, _, key = self.place.partition("-")
        return {"means": f"medio-{key}", "indicator": f"indicador-{key}"}.get(name, "paso-4")


@dataclass(frozen=True)
class Feedback:
    """Everything that a decision says besides its message, in the order of the report."""

    decision: Decision
    notes: list[Note]
    #: By anchor of the medio.
    verdicts: dict[str, Verdict]

    @cached_property
    def by_place(self) -> dict[str, list[Note]]:
        """By anchor of the field."""
        found: dict[str, list[Note]] = {}
        for note in self.notes:
            found.setdefault(note.place, []).append(note)
        return found

    @property
    def first_field_id(self) -> str:
        """Where the first thing to correct stands on the page of the report; empty where nothing is pointed at."""
        of_figures = [note.field_id for note in self.notes if note.place.startswith("indicator")]
        failed = [place for place, verdict in self.verdicts.items() if verdict != Verdict.ACCREDITED]
        of_means = [place.replace("means", "medio") for place in failed]
        places = [*of_figures, *of_means, *(note.field_id for note in self.notes)]
        return next(iter(places), "")

    def without_proof(self) -> "Feedback":
        """For whoever reads figures and narrative only."""
        return replace(self, notes=[note for note in self.notes if not note.is_proof])


def feedback_of(item: Round) -> Feedback | None:
    """What was answered to a round; None while nothing is."""
    if item.decision is None:
        return None
    evidence = [line.evidence for means in item.means for line in means.evidence]
    indicators = [line.reported.indicator for line in item.values]
    verdicts = {row.means_id: row.verdict for row in item.decision.verdicts.all()}
    return feedback_on(item.decision, indicators, [line.means for line in item.means], evidence, verdicts)


def feedback_on(
    decision: Decision,
    indicators: Iterable[Indicator],
    means: Collection[MeansOfVerification],
    evidence: Iterable[Evidence],
    verdicts: Mapping[int, str | None],
) -> Feedback:
    """What a decision says of a report whose parts are at hand; `verdicts` by medio, where it judged it."""
    names = {NARRATIVE: ("Relato", NARRATIVE)}
    names |= {anchor(i): (f"Valor del indicador {i.number}", anchor(i)) for i in indicators}
    names |= {anchor(m): (f"Medio {m.number}", anchor(m)) for m in means}
    # Evidence by its code: whoever reads the decision may not read the name of the file.
    names |= {anchor(e): (f"Medio {e.means.number}, {e.code}", anchor(e.means)) for e in evidence}
    notes = [*_remarks(decision, names), *_struck(decision, names)]
    judged = {anchor(m): Verdict(verdict) for m in means if (verdict := verdicts.get(m.pk))}
    return Feedback(decision, sorted(notes, key=_order), judged)


def _remarks(decision: Decision, names: Names) -> Iterator[Note]:
    for remark in decision.observations.all():
        head, page = without_page(remark.anchor)
        about, place = names.get(head, UNKNOWN)
        about = f"{about}, página {page}" if page else about
        # «Otro» says nothing that the sentence does not say.
        kind = "" if remark.kind == ObservationKind.OTHER and remark.text else remark.get_kind_display()
        yield Note(about, kind, remark.text, place, is_proof=head.startswith("evidence"))


def _struck(decision: Decision, names: Names) -> Iterator[Note]:
    for struck in decision.struck.all():
        about, place = names.get(f"evidence-{struck.evidence_id}", UNKNOWN)
        yield Note(about, "Descartada", struck.reason, place, is_proof=True)


def _order(note: Note) -> int:
    """Figures, then medios, then the story, as the report asks for them."""
    return ("indicator", "means", NARRATIVE).index(note.place.partition("-")[0])
