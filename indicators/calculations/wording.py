"""Numbers, bands and sentences as a reader sees them (COMPLIANCE, Words, bands, rounding)."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from indicators.calculations.methodology import Methodology
from indicators.calculations.terms import Band
from plan.templatetags.portal import day, moment

NBSP = "\u00a0"
MISSING = "Sin valor"


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Round half up (away from zero)."""
    scale, below = 10**decimals, value.denominator
    rounded = (2 * abs(value.numerator) * scale + below) // (2 * below)
    return Fraction(rounded if value >= 0 else -rounded, scale)


def decimal(value: Fraction, decimals: int) -> str:
    """With decimal comma and thousands point: 1.234,5."""
    rounded = half_up(value, decimals)
    whole, rest = divmod(abs(rounded), 1)
    sign = "-" if rounded < 0 else ""
    return f"{sign}{_grouped(int(whole))},{int(rest * 10**decimals):0{decimals}d}"


def _grouped(whole: int) -> str:
    return f"{whole:,}".replace(",", ".")


def number(value: int | Fraction) -> str:
    """A count: without decimals where it is whole, else with as many as it needs, two at the most."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return _grouped(exact.numerator)
    return decimal(exact, 1 if half_up(exact, 1) == exact else 2)


def percent(value: Fraction, methodology: Methodology) -> str:
    """A fraction of one as a percentage: one decimal, half up, and more where rounding would cross a band, 100 % or
    a threshold of explanation."""
    decimals, sides = 1, _sides(value, methodology)
    while _sides(half_up(value, decimals + 2), methodology) != sides:
        decimals += 1
    return f"{decimal(value * 100, decimals)}{NBSP}%"


def _sides(value: Fraction, methodology: Methodology) -> list[bool]:
    """Of every limit that a reader holds it against."""
    over = methodology.explain_over
    limits = (methodology.fulfilled_from, methodology.partial_from, methodology.explain_under, 1, over)
    return [value > over, *(value >= limit for limit in limits)]


def band_of(value: Fraction, methodology: Methodology) -> Band:
    """Decided on the exact number, never on the printed one."""
    if value >= methodology.fulfilled_from:
        return Band.FULFILLED
    return Band.PARTIAL if value >= methodology.partial_from else Band.LOW


def operands(amounts: Iterable[int | Fraction]) -> str:
    return " + ".join(number(amount) for amount in amounts)


def listing(words: Iterable[str]) -> str:
    """Joined as in «a, b y c»; nothing gives an empty text."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} y {last}" if most else last


def plural(count: int | Fraction, one: str, many: str) -> str:
    return f"{number(Fraction(count))} {one if count == 1 else many}"


def dates_text(cut_off: date, known_at: datetime) -> str:
    """Both dates, never one: "Corte 31-12-2016, con lo resuelto hasta 28-02-2017 18:00"."""
    return f"Corte {day(cut_off)}, con lo resuelto hasta {moment(known_at)}"
