"""The arithmetic of compliance: pure functions over plain values, exact fractions inside, no database."""

from indicators.calculations.engine import action_over_time, assemble, compute, compute_action
from indicators.calculations.methodology import Methodology

__all__ = ["Methodology", "action_over_time", "assemble", "compute", "compute_action"]
