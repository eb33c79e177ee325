"""Weights of actions, where one acta sets them for a whole eje (COMPLIANCE, Aggregation)."""

from collections.abc import Iterable
from fractions import Fraction

from indicators.calculations.inputs import WeightInput
from indicators.calculations.known import Known, group


def weights_of(known: Known, action_ids: Iterable[int]) -> dict[int, Fraction] | None:
    """Of the newest acta in force that weighs every one of these actions above 0; None where there is none."""
    needed = set(action_ids)
    rows = [row for row in known.inputs.weights if known.counts(row.agreement) and row.action_id in needed]
    by_acta = group(sorted(rows, key=_acta_order), lambda row: row.agreement.id)
    complete = [found for found in map(_by_action, by_acta.values()) if found.keys() == needed]
    whole = [found for found in complete if needed and all(weight > 0 for weight in found.values())]
    return whole[-1] if whole else None


def _acta_order(row: WeightInput) -> tuple:
    return row.agreement.agreed_on, row.agreement.recorded_at, row.agreement.id, row.action_id


def _by_action(rows: Iterable[WeightInput]) -> dict[int, Fraction]:
    return {row.action_id: row.weight for row in rows}
