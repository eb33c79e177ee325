"""The arithmetic of compliance: pure functions over plain values, exact fractions inside, no database."""

from indicators.calculations.engine import compute
from indicators.calculations.methodology import Methodology

__all__ = ["Methodology", "compute"]
