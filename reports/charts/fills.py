"""One fill per state, told apart in black and white by its motif; style sheets give each its colours by its look."""

from dataclasses import dataclass

from indicators.calculations.terms import ActionState


@dataclass(frozen=True, slots=True)
class Fill:
    """A square of pattern: the ground `.k-look`, and on it a motif of lines, `.t-look`. Without motif it is plain."""

    look: str
    motif: str = ""
    size: int = 6


FALLING_STRIPES = "M-1 1L1 -1M0 6L6 0M5 7L7 5"
BACKWARD_STRIPES = "M-1 5L1 7M0 0L6 6M5 -1L7 1"
CROSSES = "M0 0L6 6M6 0L0 6"
LEVEL_LINES = "M0 3H6"
UPRIGHT_LINES = "M3 0V6"
PLUS_SIGNS = "M3 1V5M1 3H5"
DOTS = "M2.4 3H3.6"

#: From done to not begun, and last what is no longer in force: the order of bars, legends and tables.
STATE_FILLS = {
    state: Fill(state.value, motif)
    for state, motif in {
        ActionState.FULFILLED: "",
        ActionState.EXECUTED: UPRIGHT_LINES,
        ActionState.ON_TRACK: LEVEL_LINES,
        ActionState.IN_PROGRESS: FALLING_STRIPES,
        ActionState.OVERDUE: CROSSES,
        ActionState.UNREPORTED: PLUS_SIGNS,
        ActionState.NOT_STARTED: DOTS,
        ActionState.SUPPRESSED: BACKWARD_STRIPES,
    }.items()
}
VERIFIED = Fill("verificado")
INFORMED = Fill("informado", FALLING_STRIPES)

#: Of a map, from little to much: lightness alone carries the order, so that grey printing keeps it.
RAMP = tuple(Fill(f"paso-{step}") for step in range(1, 6))
ZERO = Fill("cero")
NO_DATA = Fill("sin-dato", FALLING_STRIPES)
PROTECTED = Fill("protegido", DOTS)
