"""What institutions told and proved: the approved report in force of each action, institution and period."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise

from django.utils import timezone

from indicators.calculations.results import PlanResult
from indicators.enums import Answer, Classification, Move, Outcome, Verdict
from indicators.models import Decision, Evidence, Submission, Transition
from plan.models import Axis
from plan.templatetags.portal import day
from reports.facts.parts import EvidenceLine, Narrative

#: Fields of a submission in the order in which they are printed.
PARTS = (
    ("Qué se hizo", "narrative"),
    ("Resultados", "results"),
    ("Nudos críticos", "obstacles"),
    ("Medidas adoptadas", "measures"),
    ("Apoyo requerido", "support"),
    ("Distancia a la meta", "explanation"),
)
NOT_JUDGED = "Sin veredicto"


class Accounts:
    """Approved submissions of an eje, as known at the result's two dates; read once, asked by action."""

    def __init__(self, axis: Axis, result: PlanResult, names: dict[int, str]):
        self._names = names
        self._by_action: dict[int, list[Submission]] = defaultdict(list)
        for submission in in_force(axis, result.cut_off, result.known_at):
            self._by_action[submission.report.action_id].append(submission)

    def narratives(self, action_id: int) -> tuple[Narrative, ...]:
        """One per institution, of its newest period, in the order of the plan's institutions."""
        newest = {submission.report.institution_id: submission for submission in self._by_action[action_id]}
        ordered = (newest[institution_id] for institution_id in self._names if institution_id in newest)
        return tuple(self._narrative(submission) for submission in ordered)

    def evidence(self, action_id: int) -> tuple[EvidenceLine, ...]:
        """Numbered evidence of every approved report, without what the reviewer struck out."""
        lines = (line for submission in self._by_action[action_id] for line in self._evidence_of(submission))
        return tuple(sorted(lines, key=lambda line: (line.means, line.code)))

    def _narrative(self, submission: Submission) -> Narrative:
        return Narrative(
            institution=self._names[submission.report.institution_id],
            period=submission.report.period.name,
            answer="" if submission.answer == Answer.PROGRESS else submission.get_answer_display(),
            motive=_motive(submission),
            parts=tuple(_parts(submission)),
            observations=tuple(_observations(submission.decision)),
            rounds=tuple(self._rounds(submission)),
            on_behalf_since=submission.source_date if submission.on_behalf else None,
            second_review=submission.decision.first_reviewer_id is not None,
        )

    def _rounds(self, approved: Submission) -> Iterator[str]:
        """What was returned before, and with which round it was answered."""
        rounds = [round_ for round_ in approved.report.submissions.all() if round_.number <= approved.number]
        for returned, answer in pairwise(rounds):
            decision = getattr(returned, "decision", None)
            if decision is not None and decision.outcome == Outcome.RETURNED:
                words = " ".join(_observations(decision)) or "Sin observaciones."
                answered = f"Respondida con la ronda {answer.number}, del {day(answer.submitted_at)}."
                yield f"Ronda {returned.number}, devuelta el {day(decision.decided_at)}: {words} {answered}"

    def _evidence_of(self, submission: Submission) -> Iterator[EvidenceLine]:
        struck = {row.evidence_id for row in submission.decision.struck.all()}
        verdicts = {row.means_id: Verdict(row.verdict).label for row in submission.decision.verdicts.all()}
        for link in submission.evidence_links.all():
            if link.evidence_id not in struck:
                yield self._evidence_line(link.evidence, submission, verdicts.get(link.evidence.means_id, NOT_JUDGED))

    def _evidence_line(self, evidence: Evidence, submission: Submission, verdict: str) -> EvidenceLine:
        return EvidenceLine(
            code=evidence.code,
            means=f"M{evidence.means.number}",
            institution=self._names[submission.report.institution_id],
            period=submission.report.period.name,
            kind=evidence.get_kind_display(),
            filed_on=evidence.document_date or timezone.localdate(evidence.added_at),
            classification=_classification(evidence),
            short_hash=evidence.file.short_hash if evidence.file else "",
            verdict=verdict,
        )


def in_force(axis: Axis, cut_off: date, known_at: datetime) -> Iterable[Submission]:
    """Per report of the eje its newest approved submission, ordered by period (COMPLIANCE, Two dates)."""
    annulled = Transition.objects.filter(move=Move.ANNUL, at__lte=known_at).values("report")
    approved = (
        Submission.objects.filter(
            report__action__objective__axis=axis,
            report__period__ends_on__lte=cut_off,
            decision__outcome=Outcome.APPROVED,
            decision__decided_at__lte=known_at,
        )
        .exclude(report__in=annulled)
        .select_related("report__period", "decision")
        .prefetch_related(
            "evidence_links__evidence__file",
            "evidence_links__evidence__means",
            "decision__struck",
            "decision__verdicts",
            "decision__observations",
            "report__submissions__decision__observations",
        )
        .order_by("report__period__ends_on", "decision__decided_at", "number")
    )
    return {submission.report_id: submission for submission in approved}.values()


def _parts(submission: Submission) -> Iterator[tuple[str, str]]:
    for heading, field in PARTS:
        if text := getattr(submission, field).strip():
            yield heading, text


def _motive(submission: Submission) -> str:
    words = (submission.get_motive_display(), submission.motive_text.strip())
    return ": ".join(filter(None, words))


def _observations(decision: Decision) -> Iterator[str]:
    if decision.reason:
        yield decision.reason
    for observation in decision.observations.all():
        words = (observation.get_kind_display(), observation.text.strip())
        yield ": ".join(filter(None, words))


def _classification(evidence: Evidence) -> str:
    """A file has its own; an oficio or a link takes it from its medio, where that is reserved, and else has none."""
    if evidence.file:
        return evidence.file.get_classification_display()
    return Classification.RESERVED.label if evidence.means.reserved else ""
