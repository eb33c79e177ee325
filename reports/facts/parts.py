"""The frozen values that documents and spreadsheets are drawn from."""

from dataclasses import dataclass
from datetime import date, datetime

from indicators.calculations.results import ActionResult, AxisResult, Coverage, PlanResult
from reports.facts.breakdowns import Breakdown
from reports.facts.causes import Explained
from reports.facts.changes import Changes
from reports.facts.lines import IndicatorLine
from reports.facts.reviews import ReviewLine
from reports.facts.territory import BoardState
from reports.facts.texts import EditionTexts, Signer
from reports.plan_pages.calculation import Calculation
from reports.plan_pages.evolution import NO_EVOLUTION, Evolution
from reports.plan_pages.regional_figure import RegionalFigure

#: Characters of about a third of a page.
LONG_NARRATIVE = 1500


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An acta, as it is cited."""

    reference: str
    body: str
    agreed_on: date


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """What an acta did to a text of the plan; a text is empty where there was none, or is none any more."""

    reference: str
    decision: str
    effective_on: date
    agreement: str
    old_text: str = ""
    new_text: str = ""


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The plan as a document cites it: what it is, who emits, which actas had been agreed and recorded."""

    code: str
    name: str
    decree: str
    general_objective: str
    executive: str
    technical: str
    agreements: tuple[AgreementLine, ...]
    amendments: tuple[AmendmentLine, ...]
    has_demo_data: bool


@dataclass(frozen=True, slots=True)
class LogHead:
    """Where the chain over the log stood: the digest of its newest seal, and how many entries it covers."""

    digest: str
    entries: int


@dataclass(frozen=True, slots=True)
class EditionSheet:
    """What makes an edition of a document: its folio, the code by which anybody verifies it, and what it corrects.

    `replaces` is the folio of the former edition, empty where there is none. `log_head` covers all that was recorded
    before the emission: the entry of the emission itself tells the digest of these facts.
    """

    folio: str
    code: str
    verify_url: str
    issued_at: datetime
    replaces: str
    errata: str
    log_head: LogHead | None = None


@dataclass(frozen=True, slots=True)
class ErrataLine:
    """A correction emitted in the year: which edition replaced which, and why."""

    folio: str
    replaces: str
    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """What an institution told in its newest approved report; `parts` are pairs of heading and text, `rounds` what was
    observed in the rounds before and when it was answered."""

    institution: str
    period: str
    answer: str
    motive: str
    parts: tuple[tuple[str, str], ...]
    observations: tuple[str, ...]
    rounds: tuple[str, ...]
    on_behalf_since: date | None
    second_review: bool

    @property
    def is_long(self) -> bool:
        """Whether it may be cut by the end of a page; what is short stays in one piece."""
        return sum(len(text) for _, text in self.parts) > LONG_NARRATIVE


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence of an approved report; `short_hash` is empty where there is no file."""

    code: str
    means: str
    institution: str
    period: str
    kind: str
    filed_on: date
    classification: str
    short_hash: str
    verdict: str


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """The apreciación of risk that stands for an action; `signed_as` is a cargo."""

    level: str
    sentence: str
    signed_as: str
    cut_off: date


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """What the subcomisión proposes for an action; `text` is the new wording, empty where there is none."""

    kind: str
    text: str
    grounds: str
    signed_as: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class ActionFacts:
    result: ActionResult
    objective_code: str
    objective_text: str
    responsible: tuple[str, ...]
    collaborators: tuple[str, ...]
    narratives: tuple[Narrative, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    assessment: AssessmentLine | None = None
    proposal: ProposalLine | None = None

    @property
    def lines(self) -> tuple[IndicatorLine, ...]:
        return tuple(map(IndicatorLine, self.result.indicators))


@dataclass(frozen=True, slots=True)
class InstitutionDuty:
    """The duty to report of one institution in the actions of a document, in the plan's order."""

    name: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class AxisFacts:
    """What the compliance report of one eje tells. `changes` are since the corte before; without `edition` it is a
    draft."""

    plan: PlanSheet
    result: PlanResult
    axis: AxisResult
    actions: tuple[ActionFacts, ...]
    duties: tuple[InstitutionDuty, ...]
    calculation: Calculation | None = None
    changes: Changes | None = None
    explained: tuple[Explained, ...] = ()
    territory: tuple[RegionalFigure, ...] = ()
    reviews: tuple[ReviewLine, ...] = ()
    last_period: str = ""
    evolution: Evolution = NO_EVOLUTION
    texts: EditionTexts | None = None
    signers: tuple[Signer, ...] = ()
    edition: EditionSheet | None = None


@dataclass(frozen=True, slots=True)
class AnnualFacts:
    """What the annual status of the plan tells; `actions` are those of every eje, without their narrative, and
    `changes` are since the end of the year before."""

    plan: PlanSheet
    result: PlanResult
    year: int
    actions: tuple[ActionFacts, ...]
    duties: tuple[InstitutionDuty, ...]
    calculation: Calculation | None = None
    changes: Changes | None = None
    boards: tuple[BoardState, ...] = ()
    errata: tuple[ErrataLine, ...] = ()
    reviews: tuple[ReviewLine, ...] = ()
    last_period: str = ""
    evolution: Evolution = NO_EVOLUTION
    texts: EditionTexts | None = None
    axis_texts: tuple[EditionTexts, ...] = ()
    signers: tuple[Signer, ...] = ()
    edition: EditionSheet | None = None

    def actions_of(self, axis: AxisResult) -> tuple[ActionFacts, ...]:
        ids = {action.id for action in axis.iter_actions()}
        return tuple(facts for facts in self.actions if facts.result.id in ids)
