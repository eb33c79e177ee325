"""The arithmetic of compliance: pure functions over plain values, exact fractions inside, no database."""

from indicators.calculations.engine import action_over_time, answers_over_time, assemble, compute, compute_action
from indicators.calculations.methodology import Methodology
from indicators.calculations.turning import last_turn, turning_days

__all__ = [
    "Methodology",
    "action_over_time",
    "answers_over_time",
    "assemble",
    "compute",
    "compute_action",
    "last_turn",
    "turning_days",
]
