"""The part of a plan that the figures of one action are made of, and the part of them that groups are made of."""

from dataclasses import replace

from indicators.calculations.inputs import PlanInputs
from indicators.calculations.results import ActionResult


def narrowed(inputs: PlanInputs, action_id: int) -> PlanInputs:
    """`inputs` without what is of other actions alone.

    What the whole plan shares stays: its tree, institutions, territory, periods and amendments. So do the actions that
    lend the action a denominator.
    """
    own = [row for row in inputs.indicators if row.action_id == action_id]
    kept = {action_id} | _lenders(inputs, action_id)
    indicators = tuple(row for row in inputs.indicators if row.action_id in kept)
    measured = {row.id for row in own}
    means = tuple(row for row in inputs.means if row.action_id == action_id)
    proofs = {row.id for row in means}
    stocks = {row.universe_id for row in own}
    return replace(
        inputs,
        actions=tuple(row for row in inputs.actions if row.id in kept),
        indicators=indicators,
        means=means,
        deadlines=tuple(row for row in inputs.deadlines if row.means_id in proofs),
        responsibilities=tuple(row for row in inputs.responsibilities if row.action_id in kept),
        targets=tuple(row for row in inputs.targets if row.indicator_id in measured),
        weights=(),
        universe_values=tuple(row for row in inputs.universe_values if row.universe_id in stocks),
        reports=tuple(row for row in inputs.reports if row.action_id in kept),
    )


def _lenders(inputs: PlanInputs, action_id: int) -> set[int]:
    """The actions with an indicator that is the denominator of one of this action (COMPLIANCE, Value: 3.2.2)."""
    lent = {row.depends_on_id for row in inputs.indicators if row.action_id == action_id}
    return {row.action_id for row in inputs.indicators if row.id in lent}


def in_brief(action: ActionResult) -> ActionResult:
    """As objectives, ejes and the plan count it: its scores, state and coverage, and nothing below."""
    return replace(action, indicators=(), means=(), duties=())
