"""What a report says at a submit and what a reviewer answers, as plain values between forms and workflow."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date

from django.core.serializers.json import DjangoJSONEncoder

from indicators.enums import Answer, ObservationKind, Outcome, Verdict
from indicators.models import BreakdownRow, Evidence, Indicator, ReportedValue


@dataclass(frozen=True)
class RowFigures:
    """One row of a breakdown: its place, and its amounts as whole numbers."""

    region_id: int | None = None
    institution_id: int | None = None
    unit_id: int | None = None
    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True)
class IndicatorFigures:
    """What is reported of one indicator; only what its kind asks for is set."""

    indicator_id: int
    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    stage: str = ""
    stage_on: date | None = None
    named_count: int | None = None
    years: tuple[int, ...] = ()
    affirmative: bool | None = None
    names: tuple[str, ...] = ()
    bounded: bool = False
    rows: tuple[RowFigures, ...] = ()


@dataclass(frozen=True)
class ReportContent:
    """A complete, valid report, ready to be submitted."""

    answer: Answer
    responder_name: str
    responder_position: str
    motive: str = ""
    motive_text: str = ""
    narrative: str = ""
    results: str = ""
    obstacles: str = ""
    measures: str = ""
    support: str = ""
    explanation: str = ""
    on_behalf: bool = False
    source_document: str = ""
    source_date: date | None = None
    figures: tuple[IndicatorFigures, ...] = ()

    def digest(self, evidence: list[Evidence]) -> str:
        """SHA-256 of the content and of what proves it: the receipt prints it, the decision names it."""
        proof = [
            [e.pk, e.means_id, e.kind, e.file.sha256 if e.file else "", e.url, e.document_number] for e in evidence
        ]
        canonical = json.dumps({**asdict(self), "evidence": proof}, cls=DjangoJSONEncoder, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def header(self) -> dict:
        """The fields that a Submission row keeps of it."""
        return {name: value for name, value in asdict(self).items() if name != "figures"}


@dataclass(frozen=True)
class ValidatedRowFigures:
    row: BreakdownRow
    amounts: dict[str, int | None]
    reason: str = ""

    def summary(self) -> dict:
        return {"row": self.row.pk, "amounts": self.amounts, "reason": self.reason}


@dataclass(frozen=True)
class ValidatedFigures:
    """The figure that the reviewer fixes for one reported value; `changes` holds only what differs."""

    reported: ReportedValue
    changes: dict[str, object] = field(default_factory=dict)
    reason: str = ""
    rows: tuple[ValidatedRowFigures, ...] = ()

    def summary(self) -> dict:
        rows = [row.summary() for row in self.rows]
        return {"reported": self.reported.pk, "changes": self.changes, "reason": self.reason, "rows": rows}


@dataclass(frozen=True)
class Remark:
    """`anchor` says what it is about (indicators.anchors); empty for the whole."""

    kind: ObservationKind
    text: str = ""
    anchor: str = ""

    def summary(self) -> dict:
        return {"kind": str(self.kind), "text": self.text, "anchor": self.anchor}


@dataclass(frozen=True)
class Resolution:
    """The reviewer's whole answer to one submission."""

    outcome: Outcome
    reason: str = ""
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    values: tuple[ValidatedFigures, ...] = ()
    struck: dict[int, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    def summary(self) -> dict:
        """The answer in JSON, for the second reviewer who must confirm it: forms.proposals reads it back."""
        return {
            "outcome": str(self.outcome),
            "reason": self.reason,
            "verdicts": {str(means): str(verdict) for means, verdict in self.verdicts.items()},
            "struck": {str(evidence): reason for evidence, reason in self.struck.items()},
            "values": [figures.summary() for figures in self.values],
            "remarks": [remark.summary() for remark in self.remarks],
        }


def indicator_figures(indicator: Indicator, **fields) -> IndicatorFigures:
    """Figures of an indicator with its bound, so that the constraint on the row can hold it."""
    return IndicatorFigures(indicator_id=indicator.pk, bounded=indicator.bounded, **fields)
