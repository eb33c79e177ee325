"""One fill per state, told apart in black and white by its motif as much as by its colour."""

from dataclasses import dataclass

from indicators.calculations.terms import ActionState


@dataclass(frozen=True, slots=True)
class Fill:
    """A square of pattern: the ground, and a motif of lines drawn on it. Without motif the fill is plain."""

    ground: str
    ink: str = ""
    motif: str = ""
    line_width: float = 0.9
    size: int = 6


FALLING_STRIPES = "M-1 1L1 -1M0 6L6 0M5 7L7 5"
CROSSES = "M0 0L6 6M6 0L0 6"
LEVEL_LINES = "M0 3H6"
UPRIGHT_LINES = "M3 0V6"
PLUS_SIGNS = "M3 1V5M1 3H5"
DOTS = "M2.4 3H3.6"

#: From done to not begun, and last what is no longer in force: the order of bars, legends and tables.
STATE_FILLS = {
    ActionState.FULFILLED: Fill("#2d717c"),
    ActionState.EXECUTED: Fill("#e4f0f1", "#2d717c", UPRIGHT_LINES, 2),
    ActionState.ON_TRACK: Fill("#e4f0f1", "#2d717c", LEVEL_LINES, 2),
    ActionState.IN_PROGRESS: Fill("#e8f1f8", "#006fb3", FALLING_STRIPES, 1.4),
    ActionState.OVERDUE: Fill("#fdecea", "#b42318", CROSSES, 1.1),
    ActionState.UNREPORTED: Fill("#fff4dd", "#744500", PLUS_SIGNS, 0.9),
    ActionState.NOT_STARTED: Fill("#ffffff", "#55607a", DOTS, 1.2),
    ActionState.SUPPRESSED: Fill("#d6dce5", "#55607a", LEVEL_LINES, 0.8),
}
VERIFIED = Fill("#2d717c")
INFORMED = Fill("#ffffff", "#2d717c", FALLING_STRIPES, 0.9)
EMPTY = Fill("#eef1f5")

#: Of a map, from little to much: lightness alone carries the order, so that grey printing keeps it.
RAMP = (Fill("#dcebf6"), Fill("#a5cde8"), Fill("#68a7d4"), Fill("#2b74ae"), Fill("#0a3f6d"))
ZERO = Fill("#ffffff")
NO_DATA = Fill("#ffffff", "#55607a", FALLING_STRIPES, 0.9)
PROTECTED = Fill("#d6dce5", "#0a132d", DOTS, 1.4)
