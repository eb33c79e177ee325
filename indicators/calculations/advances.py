"""Avance hacia la meta: the first window not yet due, beside the compliance figure and never inside it."""

from fractions import Fraction

from indicators.calculations.figures import amount_text, to_target
from indicators.calculations.goals import Goal, Goals
from indicators.calculations.inputs import IndicatorInput
from indicators.calculations.known import Known
from indicators.calculations.measurement import PRODUCTS, Question
from indicators.calculations.results import Advance
from indicators.calculations.scores import measure, raw_score
from indicators.calculations.terms import Pace
from indicators.calculations.versions import View
from indicators.calculations.wording import MISSING, percent


def advances_of(known: Known, indicator: IndicatorInput, goals: Goals) -> tuple[Advance, ...]:
    """One for the overall target, or one for each partial target where there are only such; products have none."""
    if indicator.kind in PRODUCTS:
        return ()
    places = [place for place in goals.places if place.is_overall or not goals.has_overall]
    upcoming = [goal for place in places if (goal := goals.upcoming(place)) is not None]
    return tuple(_advance(known, indicator, goal) for goal in upcoming)


def _advance(known: Known, indicator: IndicatorInput, goal: Goal) -> Advance:
    question = Question(known, indicator, View.VERIFIED, goal.window, goal.place)
    value, progress = _progress(question, goal)
    _, informed = _progress(Question(known, indicator, View.INFORMED, goal.window, goal.place), goal)
    expected = goal.window.share_by(known.cut_off)
    return Advance(
        target=to_target(question, goal, []),
        value=value,
        progress=progress,
        expected=expected,
        informed_progress=informed,
        pace=pace_of(progress, expected, known.methodology.pace_tolerance),
        value_text=MISSING if value is None else amount_text(question, value),
        progress_text=_text(known, progress),
        expected_text=_text(known, expected),
        informed_progress_text=_text(known, informed),
    )


def _progress(question: Question, goal: Goal) -> tuple[Fraction | None, Fraction | None]:
    value = measure(question, [goal]).value
    return value, None if value is None else raw_score(question, value, goal)[0]


def pace_of(progress: Fraction | None, expected: Fraction, tolerance: Fraction) -> Pace | None:
    """Behind only when more than the tolerance under what was expected."""
    if progress is None:
        return None
    if progress >= 1:
        return Pace.REACHED
    return Pace.BEHIND if progress < expected - tolerance else Pace.ON_PACE


def _text(known: Known, share: Fraction | None) -> str:
    return MISSING if share is None else percent(share, known.methodology)
