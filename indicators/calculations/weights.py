"""Weights of actions, where one acta sets them for a whole eje (COMPLIANCE, Aggregation)."""

from collections.abc import Iterable
from fractions import Fraction

from indicators.calculations.inputs import WeightInput
from indicators.calculations.known import Known, group


def weights_of(known: Known, action_ids: Iterable[int]) -> dict[int, Fraction] | None:
    """By action, of the newest acta in force that weighs every one of them above 0; None where there is none.

    Weights have no unit: only their proportions count (COMPLIANCE: Σ w·s ÷ Σ w).
    """
    whole = _whole(known, action_ids)
    return _by_action(whole[-1]) if whole else None


def newest_acta_of_weights(known: Known, action_ids: Iterable[int]) -> int | None:
    """Identifier of the acta whose weights count; None where every action weighs the same."""
    whole = _whole(known, action_ids)
    return whole[-1][0].agreement.id if whole else None


def _whole(known: Known, action_ids: Iterable[int]) -> list[list[WeightInput]]:
    """The weights of each acta that weighs all of these actions above 0, oldest acta first."""
    needed = set(action_ids)
    rows = [row for row in known.inputs.weights if known.counts(row.agreement) and row.action_id in needed]
    by_acta = group(sorted(rows, key=_acta_order), lambda row: row.agreement.id)
    complete = [found for found in by_acta.values() if _by_action(found).keys() == needed]
    return [found for found in complete if needed and all(row.weight > 0 for row in found)]


def _acta_order(row: WeightInput) -> tuple:
    return row.agreement.agreed_on, row.agreement.recorded_at, row.agreement.id, row.action_id


def _by_action(rows: Iterable[WeightInput]) -> dict[int, Fraction]:
    return {row.action_id: row.weight for row in rows}
