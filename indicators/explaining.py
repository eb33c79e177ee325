"""How far a report's figures are from their targets, and which of them it has to explain: those far from a target that
falls due in its period, and a total that falls (COMPLIANCE, Score; Fine print).

Held against what the report can answer for: a target of its institution, or one of an indicator for which it
answers alone. A target that several institutions share is scored when all have answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast

from indicators.content import IndicatorFigures
from indicators.entry_context import EntryContext
from indicators.enums import Direction, Entry, IndicatorKind, PeriodAggregation, Stage
from indicators.models import Indicator, Target
from plan.templatetags.portal import number, percent

#: Kinds whose periods add up to a number.
ADDED_UP = (IndicatorKind.COUNT, IndicatorKind.YEAR_COUNT)


@dataclass(frozen=True)
class Goal:
    """What falls due in the period: the target (None where the plan's own words set it) and when its window began."""

    target: Target | None
    starts_on: date


def explanations_due(context: EntryContext, figures: Iterable[IndicatorFigures]) -> list[str]:
    """What has to be explained, a Spanish sentence each; empty where nothing has."""
    indicators = {indicator.pk: indicator for indicator in context.indicators}
    found = []
    for said in figures:
        indicator = indicators[said.indicator_id]
        found += [f"{indicator.reference}: {reason}" for reason in _reasons(context, indicator, said)]
    return found


def _reasons(context: EntryContext, indicator: Indicator, said: IndicatorFigures) -> list[str]:
    reasons = []
    if fall := _fall(context, indicator, said):
        reasons.append(fall)
    goal = goal_due(context, indicator)
    raw = score_of(context, indicator, said, goal) if goal else None
    if raw is not None and context.methodology.deviation(raw):
        reasons.append(f"llega al {percent(raw)} de la meta que vence en este período. Explique por qué.")
    return reasons


def _fall(context: EntryContext, indicator: Indicator, said: IndicatorFigures) -> str:
    """A running total never falls without a reason."""
    before = context.previous_figures.get(indicator.pk)
    if not _is_total(indicator) or before is None or None in (said.value, before.amount):
        return ""
    falls = said.value < before.amount  # type: ignore[operator]  # neither is None
    return (
        f"es un acumulado y baja de {number(before.amount)} a {number(said.value)}. Explique por qué." if falls else ""
    )


def goal_due(context: EntryContext, indicator: Indicator) -> Goal | None:
    """The target that falls due in the report's period and is the institution's own, or None."""
    plan, period = context.report.period.plan, context.report.period
    own = [t for t in context.targets.get(indicator.pk, []) if t.region_id is None]
    due = [target for target in own if period.starts_on <= target.ends_on(plan) <= period.ends_on]
    falling = [Goal(target, target.starts_on(plan)) for target in due]
    if not own and indicator.kind == IndicatorKind.PRODUCT and plan.ends_on <= period.ends_on:
        falling = [Goal(None, plan.starts_on)]
    goal = max(falling, key=_acta_order, default=None)
    return goal if goal and _is_own(context, indicator, goal.target) else None


def so_far(context: EntryContext, indicator: Indicator) -> str:
    """What the institution has brought in earlier periods towards its target of now, and what is missing to it, in
    words; empty where nothing can be added up. What is missing to a shared target depends on others too."""
    plan = context.report.period.plan
    target = next((t for t in context.targets_now(indicator) if t.region_id is None), None)
    if target is None or indicator.is_ratio or indicator.derived_from or indicator.kind not in ADDED_UP:
        return ""
    earlier = [row for row in context.earlier_amounts(indicator) if row.starts_on >= target.starts_on(plan)]
    amounts = [row.amount for row in earlier]
    brought = max(earlier, key=lambda row: row.starts_on).amount if earlier and _is_total(indicator) else sum(amounts)
    missing = Fraction(cast(Decimal, target.value)) - brought
    if not _is_own(context, indicator, target):
        return f"su institución lleva {number(brought)}"
    return (
        f"lleva {number(brought)}, faltan {number(missing)}"
        if missing > 0
        else f"lleva {number(brought)}, meta alcanzada"
    )


def _is_own(context: EntryContext, indicator: Indicator, target: Target | None) -> bool:
    """A target of the institution, or of an indicator for which it answers alone."""
    return bool(target and target.institution_id) or context.answers_alone(indicator)


def _is_total(indicator: Indicator) -> bool:
    return indicator.entry == Entry.RUNNING_TOTAL


def _acta_order(goal: Goal) -> tuple:
    """Of several targets for one window the newest acta counts; the plan's own words come before any."""
    agreement = goal.target.agreement if goal.target else None
    return (agreement.agreed_on, goal.target.pk) if goal.target and agreement else (date.min, 0)


def score_of(context: EntryContext, indicator: Indicator, said: IndicatorFigures, goal: Goal) -> Fraction | None:
    """Value so far ÷ target, uncapped, over the target's window; None where it cannot be known from this report."""
    if indicator.kind == IndicatorKind.PRODUCT:
        order = list(Stage)
        return Fraction(order.index(Stage(said.stage)) >= order.index(Stage(indicator.stage)))
    if goal.target is None or indicator.derived_from or indicator.kind == IndicatorKind.YEARLY_PRODUCT:
        return None
    value = _value(context, indicator, said, goal)
    return None if value is None else _raw(value, goal.target, indicator)


def _raw(value: Fraction, target: Target, indicator: Indicator) -> Fraction | None:
    wanted = Fraction(cast(Decimal, target.value))
    if indicator.direction == Direction.DESCENDING:
        baseline = None if target.baseline is None else Fraction(target.baseline)
        return None if baseline is None else max(Fraction(0), (baseline - value) / (baseline - wanted))
    return value / wanted if wanted else None


def _value(context: EntryContext, indicator: Indicator, said: IndicatorFigures, goal: Goal) -> Fraction | None:
    earlier = [row for row in context.earlier_amounts(indicator) if row.starts_on >= goal.starts_on]
    if not indicator.is_ratio:
        amounts = [] if _is_total(indicator) else [row.amount for row in earlier]
        return Fraction(sum([*amounts, said.value or 0]))
    above = _aggregated(indicator.numerator_aggregation, [row.amount for row in earlier], said.numerator)
    stock = sum(row.value for row in context.stock_of(indicator)) or None
    below = stock or _aggregated(indicator.denominator_aggregation, [r.denominator for r in earlier], said.denominator)
    return Fraction(above, below) if above is not None and below else None


def _aggregated(how: str, earlier: list[int | None], now: int | None) -> int | None:
    if now is None or how == PeriodAggregation.STOCK:
        return now
    return now + sum(amount or 0 for amount in earlier)
