"""One indicator, whole: its goals, its figures from both views, and how every goal stands."""

from dataclasses import dataclass, replace
from fractions import Fraction

from indicators.calculations.advances import advances_of
from indicators.calculations.figures import score_text, to_figure, to_target, value_text
from indicators.calculations.forecasts import forecast_of
from indicators.calculations.goals import OVERALL, Goal, Goals, Place, goals_of, measured_window
from indicators.calculations.inputs import IndicatorInput
from indicators.calculations.known import Known
from indicators.calculations.measurement import Question
from indicators.calculations.results import (
    Figure,
    GoalResult,
    IndicatorResult,
    PartialResult,
    TargetResult,
    TraceStep,
    Window,
)
from indicators.calculations.scores import Score, measure, score_due
from indicators.calculations.terms import Condition, Kind, Mark
from indicators.calculations.versions import View
from indicators.enums import Deviation


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """How one goal of the plan stands by verified facts. One whose missing reports are all en plazo is not due."""

    goal: Goal
    is_due: bool
    score: Score


@dataclass(frozen=True, slots=True)
class Assessment:
    result: IndicatorResult
    standings: tuple[GoalStanding, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """An indicator with its goals, as they are asked about again and again."""

    known: Known
    indicator: IndicatorInput
    goals: Goals
    suppressed: bool

    def question(self, view: View, window: Window, place: Place = OVERALL) -> Question:
        return Question(self.known, self.indicator, view, window, place)

    def scored(self, place: Place) -> list[Goal]:
        """The goals that a score is held against: the newest window due, or every due year of a yearly product."""
        if self.indicator.kind == Kind.YEARLY_PRODUCT:
            return self.goals.due()
        goal = self.goals.scored(place)
        return [goal] if goal is not None else []

    @property
    def window(self) -> Window:
        """What is shown: the newest window due, else the one that runs, else all that was measured."""
        due = [goal for place in self.goals.places for goal in self.scored(place)]
        if due:
            return max(due, key=lambda goal: goal.due_on).window
        upcoming = [goal for place in self.goals.places if (goal := self.goals.upcoming(place)) is not None]
        begun = [goal for goal in upcoming if goal.window.starts_on <= self.known.cut_off]
        if begun:
            return min(begun, key=lambda goal: goal.due_on).window
        return measured_window(self.known, self.indicator)


def assess(known: Known, indicator: IndicatorInput, suppressed: bool) -> Assessment:
    subject = Subject(known, indicator, goals_of(known, indicator), suppressed)
    standings = _standings(subject)
    return Assessment(_result(subject, standings), standings)


def _result(subject: Subject, standings: tuple[GoalStanding, ...]) -> IndicatorResult:
    indicator, known = subject.indicator, subject.known
    reference = known.reference(indicator)
    text = known.amended.text(reference, indicator.text, known.cut_off)
    partials = _partials(subject)
    verified = _figure(subject, View.VERIFIED, partials)
    deviations = _deviations(subject, verified, partials)
    return IndicatorResult(
        id=indicator.id,
        reference=reference,
        number=indicator.number,
        text=text,
        kind=indicator.kind,
        unit_label=indicator.unit_label,
        numerator_label=indicator.numerator_label,
        denominator_label=indicator.denominator_label,
        formula=_formula(indicator, text),
        window=subject.window,
        target=_target(subject),
        has_target=bool(subject.goals.every),
        verified=verified,
        informed=_figure(subject, View.INFORMED, partials),
        partials=partials,
        advances=() if subject.suppressed else advances_of(known, indicator, subject.goals),
        forecast=None if subject.suppressed else forecast_of(known, indicator, subject.goals),
        marks=verified.marks | _target_marks(subject, deviations),
        deviations=deviations,
        goals=_goals(subject, standings) if known.is_traced else (),
    )


def _goals(subject: Subject, standings: tuple[GoalStanding, ...]) -> tuple[GoalResult, ...]:
    ordered = sorted(standings, key=lambda row: (row.goal.due_on, row.goal.year or 0))
    return tuple(_goal(subject.question(View.VERIFIED, row.goal.window, row.goal.place), row) for row in ordered)


def _goal(question: Question, standing: GoalStanding) -> GoalResult:
    goal, score = standing.goal, standing.score
    return GoalResult(
        target=to_target(question, goal, [] if goal.year is None else [goal.year]),
        is_due=standing.is_due,
        raw=score.raw,
        value_text=value_text(question, score.measurement),
        score_text=score_text(question, score),
    )


def _formula(indicator: IndicatorInput, text: str) -> str:
    if indicator.kind == Kind.RATIO and indicator.numerator_label:
        return f"{indicator.numerator_label} ÷ {indicator.denominator_label}"
    return text


def _target(subject: Subject) -> TargetResult | None:
    """The overall target of the newest window due, else of the first one to come."""
    due = subject.scored(OVERALL)
    goal = due[-1] if due else subject.goals.upcoming(OVERALL)
    if goal is None:
        return None
    years = [due_goal.year for due_goal in due or [goal] if due_goal.year is not None]
    return to_target(subject.question(View.VERIFIED, goal.window), goal, years)


def _target_marks(subject: Subject, deviations: tuple[Deviation, ...]) -> frozenset[Mark]:
    """Of every due target, partial ones too."""
    scored = [goal for place in subject.goals.places for goal in subject.scored(place)]
    found = {
        Mark.TARGET_SET_LATE: any(goal.is_set_late for goal in scored),
        Mark.EXPLANATION_DUE: bool(deviations),
    }
    return frozenset(mark for mark, holds in found.items() if holds)


def _deviations(subject: Subject, verified: Figure, partials: tuple[PartialResult, ...]) -> tuple[Deviation, ...]:
    """To which sides its due targets are missed so far that it has to be explained."""
    overall = [verified] if subject.scored(OVERALL) else []
    scores = [figure.raw for figure in (*overall, *(partial.verified for partial in partials))]
    found = {subject.known.methodology.deviation(raw) for raw in scores}
    return tuple(side for side in Deviation if side in found)


def _figure(subject: Subject, view: View, partials: tuple[PartialResult, ...]) -> Figure:
    question = subject.question(view, subject.window)
    due = [] if subject.suppressed else subject.scored(OVERALL)
    if due:
        return to_figure(question, score_due(question, due), due)
    measurement = measure(question, subject.scored(OVERALL))
    if subject.suppressed:
        return to_figure(question, Score(Condition.SUPPRESSED, measurement), [])
    if not subject.goals.every:
        return to_figure(question, Score(Condition.NO_TARGET, measurement), [])
    if subject.goals.has_overall or not partials:
        return to_figure(question, Score(Condition.NOT_DUE, measurement), [])
    figures = [partial.verified if view is View.VERIFIED else partial.informed for partial in partials]
    told = replace(measurement, steps=lambda: (*measurement.steps(), *map(_partial_step, partials, figures)))
    return to_figure(question, _mean_of_partials(Score(Condition.NOT_DUE, told), figures), [])


def _partial_step(partial: PartialResult, figure: Figure) -> TraceStep:
    place, goal = partial.target.place, partial.target.value_text
    return TraceStep("Meta parcial", f"{place}: {figure.value_text} sobre {goal}", figure.score_text)


def _mean_of_partials(score: Score, figures: list[Figure]) -> Score:
    """Where only partial targets exist, the mean of their capped scores counts."""
    capped = [figure.capped for figure in figures if figure.capped is not None]
    if capped:
        return Score(Condition.COMPUTABLE, score.measurement, sum(capped, Fraction(0)) / len(capped))
    stuck = [figure for figure in figures if figure.condition is Condition.NOT_CALCULABLE]
    return Score((stuck or figures)[0].condition, score.measurement, reason=(stuck or figures)[0].reason)


def _partials(subject: Subject) -> tuple[PartialResult, ...]:
    """Targets of a region or an institution whose newest window is due, each scored on its cell."""
    goals = [goal for place in subject.goals.places if not place.is_overall for goal in subject.scored(place)]
    return () if subject.suppressed else tuple(_partial(subject, goal) for goal in goals)


def _partial(subject: Subject, goal: Goal) -> PartialResult:
    asked = {view: subject.question(view, goal.window, goal.place) for view in View}
    figures = {view: to_figure(question, score_due(question, [goal]), [goal]) for view, question in asked.items()}
    target = to_target(asked[View.VERIFIED], goal, [])
    return PartialResult(target, figures[View.VERIFIED], figures[View.INFORMED])


def _standings(subject: Subject) -> tuple[GoalStanding, ...]:
    """Every goal of the plan, held against what is verified by the cut-off."""
    if subject.suppressed:
        return ()
    return tuple(_standing(subject, goal) for goal in subject.goals.every)


def _standing(subject: Subject, goal: Goal) -> GoalStanding:
    score = score_due(subject.question(View.VERIFIED, goal.window, goal.place), [goal])
    is_due = goal.due_on <= subject.known.cut_off and score.condition is not Condition.NOT_DUE
    return GoalStanding(goal, is_due, score)
