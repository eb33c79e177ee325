"""Which targets are in force, over which window, and when they fall due (COMPLIANCE, Score; Fine print)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import cast

from indicators.calculations.inputs import FigureInput, IndicatorInput, PlanInput, TargetInput
from indicators.calculations.known import Known
from indicators.calculations.moments import end_of_day
from indicators.calculations.results import Window
from indicators.calculations.terms import Kind, Scope, Source


@dataclass(frozen=True, slots=True)
class Place:
    """The cell that a partial target is scored on; the overall target has neither."""

    region: str | None = None
    institution_id: int | None = None

    @property
    def is_overall(self) -> bool:
        return self == OVERALL

    def is_of(self, institution_id: int) -> bool:
        """Whether what the institution owes or tells may belong to it."""
        return self.institution_id in (None, institution_id)

    def is_told_by(self, institution_id: int, figure: FigureInput | None) -> bool:
        """Whether a report of this institution, with this figure or with none, says something of the place: it is the
        institution's own, or a row of the figure names the place."""
        rows = figure.rows if figure is not None else ()
        if self.institution_id is not None:
            return self.is_of(institution_id) or any(row.institution_id == self.institution_id for row in rows)
        return self.region is None or figure is None or any(row.region == self.region for row in rows)


OVERALL = Place()


@dataclass(frozen=True, slots=True)
class Goal:
    """A target in force with its window; `year` is that of a yearly product."""

    target: TargetInput
    window: Window
    due_on: date
    place: Place = OVERALL
    year: int | None = None

    @property
    def value(self) -> Fraction:
        """What is to be reached: what withdraws a meta is never a goal."""
        return cast(Fraction, self.target.value)

    @property
    def is_set_late(self) -> bool:
        """Agreed after the end of its window."""
        agreement = self.target.agreement
        return agreement is not None and agreement.agreed_on > self.window.ends_on


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of one indicator as they stand at the cut-off."""

    every: tuple[Goal, ...]
    cut_off: date

    def due(self) -> list[Goal]:
        return [goal for goal in self.every if goal.due_on <= self.cut_off]

    def scored(self, place: Place) -> Goal | None:
        """The score is of the newest window due."""
        due = [goal for goal in self.due() if goal.place == place]
        return max(due, key=lambda goal: goal.due_on, default=None)

    def upcoming(self, place: Place) -> Goal | None:
        """Avance is of the first window not yet due."""
        ahead = [goal for goal in self.every if goal.place == place and goal.due_on > self.cut_off]
        return min(ahead, key=lambda goal: goal.due_on, default=None)

    @property
    def places(self) -> list[Place]:
        """The overall target first, then the partial ones."""
        found = {goal.place for goal in self.every}
        return sorted(found, key=lambda place: (place.region or "", place.institution_id or 0))

    @property
    def has_overall(self) -> bool:
        return any(goal.place.is_overall for goal in self.every)


def goals_of(known: Known, indicator: IndicatorInput) -> Goals:
    """The goals of an indicator; a product without agreed target has the one that the plan's own words set."""
    targets = in_force(indicator, known.targets_of[indicator.id])
    if indicator.kind == Kind.YEARLY_PRODUCT:
        return Goals(_yearly_goals(known, indicator, targets), known.cut_off)
    if indicator.kind == Kind.PRODUCT and not targets:
        targets = [_plan_text_target(indicator, known.plan)]
    return Goals(tuple(_goal(target, known.plan) for target in targets), known.cut_off)


def in_force(indicator: IndicatorInput, targets: Iterable[TargetInput]) -> list[TargetInput]:
    """Known targets that count. What withdraws one leaves none, but for what the plan's own words set."""
    every = list(targets)
    words = {_window_key(indicator, target): target for target in every if target.source == Source.PLAN_TEXT}
    newest = newest_of_each_window(indicator, every)
    counting = (words.get(key) if target.is_withdrawal else target for key, target in newest.items())
    return [target for target in counting if target is not None]


def newest_of_each_window(indicator: IndicatorInput, targets: Iterable[TargetInput]) -> dict[tuple, TargetInput]:
    """Of several targets for one window the newest acta in force counts, whether it sets the target or withdraws it."""
    return {_window_key(indicator, target): target for target in _of_one_scope(targets)}


def _window_key(indicator: IndicatorInput, target: TargetInput) -> tuple:
    """A product has one date: the newest acta's."""
    place = Place(target.region, target.institution_id)
    if indicator.kind == Kind.PRODUCT:
        return (place,)
    return place, target.year, target.due_on if target.year is None else None


def _of_one_scope(targets: Iterable[TargetInput]) -> list[TargetInput]:
    """In the order of their actas; an acta that sets another scope replaces all earlier targets."""
    kept: list[TargetInput] = []
    scope = ""
    for _, of_one_acta in groupby(sorted(targets, key=_acta_order), key=lambda target: _acta_order(target)[:3]):
        added = list(of_one_acta)
        scope = next((target.scope for target in reversed(added) if not target.is_withdrawal), scope)
        kept = [target for target in [*kept, *added] if target.scope == scope]
    return kept


def _acta_order(target: TargetInput) -> tuple:
    """By the acta that sets it, then by recording; the plan's own words come before any acta."""
    agreement = target.agreement
    acta = (agreement.agreed_on, agreement.recorded_at, agreement.id) if agreement else _BEFORE_ANY_ACTA
    return (*acta, target.recorded_at, target.id)


_BEFORE_ANY_ACTA = (date.min, end_of_day(date(1900, 1, 1)), 0)


def _yearly_goals(known: Known, indicator: IndicatorInput, targets: list[TargetInput]) -> tuple[Goal, ...]:
    """One goal for each year's product: due on the agreed date, else after the years of grace, at the plan's end at
    the latest (Value: yearly product)."""
    agreed = {target.year: target for target in targets if target.year is not None}
    return tuple(
        _yearly_goal(known, agreed.get(year) or _plan_text_target(indicator, known.plan, year), year)
        for year in years_of(indicator, known.plan)
    )


def _yearly_goal(known: Known, target: TargetInput, year: int) -> Goal:
    grace = known.methodology.yearly_product_years_of_grace
    due_on = min(target.due_on or date(year + grace, 12, 31), known.plan.ends_on)
    return Goal(target, Window(known.plan.starts_on, due_on, f"producto de {year}"), due_on, year=year)


def years_of(indicator: IndicatorInput, plan: PlanInput) -> tuple[int, ...]:
    """The years that an indicator asks for; none given means every year of the plan."""
    return tuple(sorted(indicator.years)) or tuple(range(plan.starts_on.year, plan.ends_on.year + 1))


def _plan_text_target(indicator: IndicatorInput, plan: PlanInput, year: int | None = None) -> TargetInput:
    return TargetInput(
        id=0,
        indicator_id=indicator.id,
        value=Fraction(1),
        scope=Scope.WHOLE_PLAN,
        recorded_at=end_of_day(plan.starts_on),
        year=year,
        source=Source.PLAN_TEXT,
    )


def _goal(target: TargetInput, plan: PlanInput) -> Goal:
    window = window_of(target, plan)
    return Goal(target, window, window.ends_on, Place(target.region, target.institution_id))


def window_of(target: TargetInput, plan: PlanInput) -> Window:
    """The days that a target covers; it falls due on the last of them."""
    if target.scope == Scope.YEAR and target.year is not None:
        return year_window(target.year)
    if target.scope == Scope.CUMULATIVE and target.due_on is not None:
        return Window(plan.starts_on, target.due_on, f"desde el inicio del plan hasta el {target.due_on:%d-%m-%Y}")
    return whole_plan(plan)


def year_window(year: int) -> Window:
    return Window(date(year, 1, 1), date(year, 12, 31), f"año {year}")


def whole_plan(plan: PlanInput) -> Window:
    return Window(plan.starts_on, plan.ends_on, "todo el plan")


def measured_window(known: Known, indicator: IndicatorInput) -> Window:
    """Without a target: from the plan's start to the cut-off, or the newest year that a count of a year asks for."""
    if indicator.kind == Kind.YEAR_COUNT:
        years = years_of(indicator, known.plan)
        begun = [year for year in years if year <= known.cut_off.year]
        return year_window(max(begun, default=years[0]))
    return Window(known.plan.starts_on, known.plan.ends_on, "desde el inicio del plan")
