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
    scale = 10**decimals
    sign = -1 if value < 0 else 1
    return sign * Fraction(int(abs(value) * scale + Fraction(1, 2)), scale)


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
    points = value * 100
    decimals = 1
    while _crosses(points, half_up(points, decimals), methodology):
        decimals += 1
    return f"{decimal(points, decimals)}{NBSP}%"


def _crosses(exact: Fraction, rounded: Fraction, methodology: Methodology) -> bool:
    reached_from = (methodology.fulfilled_from, methodology.partial_from, methodology.explain_under, Fraction(1))
    reached = any((exact >= limit * 100) != (rounded >= limit * 100) for limit in reached_from)
    over = methodology.explain_over * 100
    return reached or (exact > over) != (rounded > over) or (exact >= over) != (rounded >= over)


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
