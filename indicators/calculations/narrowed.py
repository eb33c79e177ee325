"""The part of a plan that the figures of one action are made of, and the part of them that groups are made of."""

from dataclasses import replace

from indicators.calculations.inputs import PlanInputs
from indicators.calculations.results import ActionResult


def narrowed(inputs: PlanInputs, action_id: int) -> PlanInputs:
    """`inputs` without what is of other actions alone.

    What the whole plan shares stays: its tree, institutions, territory and periods. So do the actions that lend the
    action a denominator. Seats stay where institutions are counted.
    """
    own = [row for row in inputs.indicators if row.action_id == action_id]
    kept = {action_id} | _lenders(inputs, action_id)
    indicators = tuple(row for row in inputs.indicators if row.action_id in kept)
    measured = {row.id for row in own}
    means = tuple(row for row in inputs.means if row.action_id == action_id)
    proofs = {row.id for row in means}
    stocks = {row.universe_id for row in own}
    lines = _lines(inputs, kept)
    return replace(
        inputs,
        actions=tuple(row for row in inputs.actions if row.id in kept),
        indicators=indicators,
        means=means,
        deadlines=tuple(row for row in inputs.deadlines if row.means_id in proofs),
        responsibilities=tuple(row for row in inputs.responsibilities if row.action_id in kept),
        targets=tuple(row for row in inputs.targets if row.indicator_id in measured),
        weights=(),
        memberships=inputs.memberships if any(row.derived_from for row in own) else (),
        amendments=tuple(row for row in inputs.amendments if row.reference in lines),
        universe_values=tuple(row for row in inputs.universe_values if row.universe_id in stocks),
        reports=tuple(row for row in inputs.reports if row.action_id in kept),
    )


def _lenders(inputs: PlanInputs, action_id: int) -> set[int]:
    """The actions with an indicator that is the denominator of one of this action (COMPLIANCE, Value: 3.2.2)."""
    lent = {row.depends_on_id for row in inputs.indicators if row.action_id == action_id}
    return {row.action_id for row in inputs.indicators if row.id in lent}


def _lines(inputs: PlanInputs, actions: set[int]) -> set[str]:
    """References of these actions, of what stands above them and of what they are made of."""
    axes = {row.id: str(row.number) for row in inputs.axes}
    objectives = {row.id: row for row in inputs.objectives}
    codes = {row.id: row.code for row in inputs.actions if row.id in actions}
    above = [objectives[row.objective_id] for row in inputs.actions if row.id in actions]
    return {
        *codes.values(),
        *(row.code for row in above),
        *(axes[row.axis_id] for row in above),
        *(f"{codes[row.action_id]}.I{row.number}" for row in inputs.indicators if row.action_id in actions),
        *(f"{codes[row.action_id]}.M{row.number}" for row in inputs.means if row.action_id in actions),
    }


def in_brief(action: ActionResult) -> ActionResult:
    """As objectives, ejes and the plan count it: its scores, state and coverage, and nothing below."""
    return replace(action, indicators=(), means=(), duties=())
