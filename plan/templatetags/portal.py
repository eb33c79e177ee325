"""How figures, dates and states are written on Spanish pages. Available in every template without a load tag."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django import template
from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

#: A value that nobody gave; zero is a value and is written 0.
NO_VALUE = "–"
NO_BREAK_SPACE = "\u00a0"

#: A day or a moment, as `day` and `moment` write them.
WRITTEN_DATE = re.compile(r"\b[0-9]{2}-[0-9]{2}-[0-9]{4}(?: [0-9]{2}:[0-9]{2})?\b")

Figure = int | float | Decimal | Fraction | None


@dataclass(frozen=True)
class Look:
    """How a state shows besides its word: icon, and the suffix of the class .estado--*."""

    icon: str
    variant: str


NEUTRAL_LOOK = Look("circle", "noiniciada")
#: By stored value of the state; a value means the same in every vocabulary that has it.
LOOKS = {
    # reports
    "draft": Look("pencil", "borrador"),
    "submitted": Look("hourglass-split", "revision"),
    "returned": Look("arrow-return-left", "devuelto"),
    "approved": Look("patch-check-fill", "validado"),
    "rectifying": Look("arrow-repeat", "devuelto"),
    "annulled": Look("slash-circle", "suprimida"),
    # reports owed
    "within_term": Look("calendar-event", "noiniciada"),
    "unanswered": Look("exclamation-triangle-fill", "atrasada"),
    # documents in preparation
    "queued": Look("hourglass-split", "revision"),
    "running": Look("arrow-repeat", "ejecucion"),
    "done": Look("check-circle-fill", "cumplida"),
    "failed": Look("exclamation-triangle-fill", "atrasada"),
    # texts of documents
    "ready": Look("check-circle-fill", "cumplida"),
    # editions
    "in_production": Look("arrow-repeat", "ejecucion"),
    "standing": Look("patch-check-fill", "validado"),
    "replaced": Look("arrow-right-circle", "suprimida"),
    # mails
    "sent": Look("check-circle-fill", "cumplida"),
    "waiting": Look("hourglass-split", "revision"),
    "unconfirmed": Look("question-circle", "devuelto"),
    "not_mailed": Look("inbox", "noiniciada"),
    # periods and plans
    "scheduled": Look("calendar-event", "noiniciada"),
    "open": Look("play-circle", "ejecucion"),
    "in_force": Look("play-circle", "ejecucion"),
    "closed": Look("lock", "noiniciada"),
    # verdicts
    "accredited": Look("patch-check-fill", "validado"),
    "insufficient": Look("exclamation-triangle-fill", "devuelto"),
    "not_matching": Look("x-octagon", "rechazado"),
    # actions (COMPLIANCE, Aggregation and states)
    "suppressed": Look("slash-circle", "suprimida"),
    "fulfilled": Look("check-circle-fill", "cumplida"),
    "executed": Look("check-circle", "aldia"),
    "overdue": Look("exclamation-triangle-fill", "atrasada"),
    "on_track": Look("check2", "aldia"),
    "in_progress": Look("play-circle", "ejecucion"),
    "unreported": Look("question-circle", "devuelto"),
    "not_started": NEUTRAL_LOOK,
    # apreciación of risk
    "assured": Look("shield-check", "cumplida"),
    "attainable": Look("hand-thumbs-up", "ejecucion"),
    "needs_support": Look("life-preserver", "devuelto"),
    "at_risk": Look("exclamation-triangle-fill", "atrasada"),
    # what a subcomisión proposes
    "keep": Look("check2", "aldia"),
    "modify": Look("pencil-square", "devuelto"),
    "suppress": Look("slash-circle", "rechazado"),
    # bands and pace (COMPLIANCE, Words, bands, rounding; Three numbers); a band "fulfilled" looks as the state
    "partial": Look("circle-half", "devuelto"),
    "low": Look("arrow-down-circle", "atrasada"),
    "reached": Look("check-circle-fill", "cumplida"),
    "on_pace": Look("arrow-up-right", "cumplida"),
    "behind": Look("arrow-down-right", "devuelto"),
    "reaches": Look("arrow-up-right", "cumplida"),
    "falls_short": Look("arrow-down-right", "devuelto"),
}

#: By the tag that settings give to each level of message.
MESSAGE_ICONS = {"bien": "check-circle-fill", "aviso": "exclamation-triangle-fill", "error": "exclamation-octagon-fill"}


@register.filter
def number(value: Figure, places: int | str = "") -> str:
    """1234.5 → "1.234,5". `places` fixes the decimals (half up); without it only those that the value has."""
    if value is None or value == "":
        return NO_VALUE
    exact = _decimal(value)
    exact = _trimmed(exact) if places == "" else _rounded(exact, int(places))
    return formats.number_format(exact, use_l10n=True, force_grouping=True)


@register.filter
def percent(value: Figure, places: int = 1) -> str:
    """A fraction of one as a percentage: 0.191 → "19,1 %", half up (COMPLIANCE, Words, bands, rounding)."""
    if value is None or value == "":
        return NO_VALUE
    return f"{number(_decimal(value) * 100, places)}{NO_BREAK_SPACE}%"


@register.filter(needs_autoescape=True)
def day(value: date | datetime | None, autoescape: bool = False) -> str:
    """31-12-2016; of a moment, its day in Chile. On a page it keeps to one line: browsers break at hyphens."""
    if not value:
        return NO_VALUE
    written = f"{_local(value):%d-%m-%Y}"
    return whole_dates(written) if autoescape else written


@register.filter(needs_autoescape=True)
def moment(value: datetime | None, autoescape: bool = False) -> str:
    """31-12-2016 10:42, hour of Chile. On a page it keeps to one line."""
    if not value:
        return NO_VALUE
    written = f"{_local(value):%d-%m-%Y %H:%M}"
    return whole_dates(written) if autoescape else written


@register.filter
def whole_dates(text: str) -> SafeString:
    """A sentence that comes with its dates already written: each of them keeps to one line, and copies as it is."""
    return mark_safe(WRITTEN_DATE.sub(r'<span class="nowrap">\g<0></span>', conditional_escape(text)))  # noqa: S308


@register.filter
def days_left(value: date | None) -> str:
    """How far a deadline is, counted in days of Chile: "quedan 5 días", "vence hoy", "venció hace 2 días"."""
    if not value:
        return ""
    days = (value - timezone.localdate()).days
    if days == 0:
        return "vence hoy"
    if days < 0:
        return f"venció hace {_days(-days)}"
    return f"{'queda' if days == 1 else 'quedan'} {_days(days)}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A Bootstrap icon as decoration; the word beside it carries the meaning."""
    return format_html('<i class="bi bi-{}" aria-hidden="true"></i>', name)


@register.simple_tag
def message_icon(level_tag: str) -> SafeString:
    return icon(MESSAGE_ICONS.get(level_tag, "info-circle-fill"))


@register.filter
def look(value: str) -> Look:
    """Icon and variant of a state where it is not a badge: {% with look=action.state|look %}."""
    return LOOKS.get(value, NEUTRAL_LOOK)


@register.inclusion_tag("components/state_badge.html")
def state_badge(value: str, label: str) -> dict:
    """A state as icon, word and border: {% state_badge report.state report.get_state_display %}."""
    return {"look": look(value), "label": label}


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*parts: str) -> dict:
    """Where a page stands: {% breadcrumb "Plan" plan_url "Eje 2" axis_url "Acción 2.1.1" %}."""
    *links, here = parts
    return {"links": list(zip(links[::2], links[1::2], strict=True)), "here": here}


def _decimal(value: int | float | Decimal | Fraction) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def _trimmed(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _days(count: int) -> str:
    return "1 día" if count == 1 else f"{number(count)} días"
