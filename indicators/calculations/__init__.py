"""The arithmetic of compliance: pure functions over plain values, exact fractions inside, no database."""
