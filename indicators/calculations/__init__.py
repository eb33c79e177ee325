"""The arithmetic of compliance: pure functions over plain values, exact fractions inside, no database."""

from indicators.calculations.engine import assemble, compute, compute_action, compute_action_at_each
from indicators.calculations.methodology import Methodology

__all__ = ["Methodology", "assemble", "compute", "compute_action", "compute_action_at_each"]
