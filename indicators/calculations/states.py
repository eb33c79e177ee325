"""The state of an action, from verified facts: the first that fits (COMPLIANCE, Aggregation and states)."""

from dataclasses import dataclass

from indicators.calculations.assessments import Assessment, GoalStanding
from indicators.calculations.inputs import FigureInput, RowInput
from indicators.calculations.known import Known
from indicators.calculations.means import all_accredited
from indicators.calculations.results import MeansResult, ReportDuty
from indicators.calculations.terms import ActionState, Stage
from indicators.calculations.versions import KnownReport
from indicators.calculations.wording import plural


@dataclass(frozen=True, slots=True)
class Facts:
    """What the state of an action is read from."""

    suppressed: bool
    assessments: tuple[Assessment, ...]
    means: tuple[MeansResult, ...]
    duties: tuple[ReportDuty, ...]
    is_active: bool

    @property
    def standings(self) -> list[GoalStanding]:
        return [standing for assessment in self.assessments for standing in assessment.standings]

    @property
    def due(self) -> list[GoalStanding]:
        return [row for row in self.standings if row.is_due]

    @property
    def below(self) -> int:
        return sum(row.score.raw is not None and row.score.raw < 1 for row in self.due)

    @property
    def unaccredited(self) -> int:
        return sum(result.owed - result.accredited for result in self.means)

    @property
    def unanswered(self) -> int:
        return sum(duty.is_unanswered for duty in self.duties)


def state_of(facts: Facts) -> ActionState:
    fits = {
        ActionState.SUPPRESSED: facts.suppressed,
        ActionState.FULFILLED: _is_fulfilled(facts),
        ActionState.EXECUTED: not facts.standings and all_accredited(facts.means),
        ActionState.OVERDUE: facts.below > 0 or facts.unaccredited > 0,
        ActionState.ON_TRACK: _is_on_track(facts),
        ActionState.IN_PROGRESS: facts.is_active,
        ActionState.UNREPORTED: facts.unanswered > 0,
        ActionState.NOT_STARTED: True,
    }
    return next(state for state in ActionState if fits[state])


def reason_of(state: ActionState, facts: Facts) -> str:
    """What holds an overdue action back; nothing to say of the others."""
    if state is not ActionState.OVERDUE:
        return ""
    below = plural(facts.below, "meta vencida bajo 100 %", "metas vencidas bajo 100 %")
    unproven = plural(facts.unaccredited, "medio exigible sin acreditar", "medios exigibles sin acreditar")
    return "; ".join(words for count, words in ((facts.below, below), (facts.unaccredited, unproven)) if count)


def _is_fulfilled(facts: Facts) -> bool:
    """Every target of the plan met, due or not, and all medios accredited."""
    standings = facts.standings
    return bool(standings) and all(row.score.is_met for row in standings) and all_accredited(facts.means)


def _is_on_track(facts: Facts) -> bool:
    """Something is due, and all that is due is met; asked only where nothing is overdue."""
    met = all(row.score.is_met for row in facts.due)
    return met and (bool(facts.due) or any(result.accredited for result in facts.means))


def is_active(known: Known, action_id: int) -> bool:
    """Whether any report tells of work."""
    return known.once(("active", action_id), lambda: any(map(_is_active, known.reports_of[action_id])))


def _is_active(report: KnownReport) -> bool:
    """Any informed value above 0, stage or evidence."""
    version = report.informed
    told = version.is_progress and any(_tells_of_work(figure) for figure in version.figures.values())
    return told or version.submission.has_evidence


def _tells_of_work(figure: FigureInput) -> bool:
    begun = figure.stage not in ("", Stage.NOT_STARTED)
    named = bool(figure.years or figure.institutions or figure.affirmative or figure.named_count)
    return begun or named or any(_is_above_zero(part) for part in figure.parts)


def _is_above_zero(part: FigureInput | RowInput) -> bool:
    return bool(part.value or part.numerator)
