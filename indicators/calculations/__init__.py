"""The arithmetic of compliance: pure functions over plain values, exact fractions inside, no database."""

from indicators.calculations.engine import action_over_time, answers_over_time, assemble, compute, compute_action
from indicators.calculations.methodology import Methodology
from indicators.calculations.turning import is_same_news, last_turn, moments_of_news, turning_days

__all__ = [
    "Methodology",
    "action_over_time",
    "answers_over_time",
    "assemble",
    "compute",
    "compute_action",
    "is_same_news",
    "last_turn",
    "moments_of_news",
    "turning_days",
]
