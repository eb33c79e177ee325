"""How a reported or validated figure is written."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from indicators.anchors import anchor
from indicators.enums import Classification, IndicatorKind, Stage
from indicators.models import Indicator, ProgressReport, Target
from plan import access
from plan.files.names import extension_of
from plan.templatetags.portal import NO_VALUE, day, number, percent

register = template.Library()

HOW = "¿Cómo se calculó?"


@register.inclusion_tag("indicators/figures/calculation.html", takes_context=True)
def calculation(
    context,
    reference: str,
    cut_off: date,
    about: str,
    anchor: str = "",
    text: str = HOW,
    known_on: date | datetime | None = None,
) -> dict:
    """{% calculation "1.1.1.I1" period.ends_on "1.1.1.I1" %}: the link to how a figure was reckoned at that corte with
    what was known at the end of `known_on`, today where none is given; nothing for who may not open it."""
    return {
        "may_open": access.may_read_plan(context["user"]),
        "reference": reference,
        "cut_off": cut_off,
        "known_on": known_on or timezone.localdate(),
        "about": about,
        "anchor": anchor,
        "text": text,
    }


@register.filter
def figure(value) -> str:
    """A ReportedValue or ValidatedValue in words: "162", "24 de 58", "Validado el 12-05-2016", "Sí"."""
    if value is None:
        return NO_VALUE
    if value.stage:
        return _stage_text(value)
    if value.affirmative is not None:
        return "Sí" if value.affirmative else "No"
    if value.years:
        return ", ".join(str(year) for year in value.years)
    return amount(value)


def _stage_text(value) -> str:
    stage = Stage(value.stage).label
    return f"{stage} el {day(value.stage_on)}" if value.stage_on else stage


@register.filter
def amount(row) -> str:
    """The number of a value or of a row of its breakdown; a ratio as "24 de 58"."""
    if row is None:
        return NO_VALUE
    if row.numerator is None:
        return number(row.value)
    return (
        f"{number(row.numerator)} de {number(row.denominator)}"
        if row.denominator is not None
        else number(row.numerator)
    )


@register.filter
def ratio(numerator, denominator) -> str:
    """A share as a percentage; nothing where it cannot be known."""
    if numerator is None or not denominator:
        return NO_VALUE
    return percent(numerator / denominator)


@register.filter
def target_value(target: Target, indicator: Indicator) -> str:
    """A target in the unit of its indicator: "60 %" of a ratio, "120" of a count, "cumplirse" of a product."""
    if target.value is None:
        return NO_VALUE
    if indicator.is_ratio:
        return percent(target.value, 0 if (target.value * 100) % 1 == 0 else 1)
    if indicator.kind == IndicatorKind.PRODUCT:
        return Stage(indicator.stage).label if indicator.stage else "Cumplido"
    return number(target.value)


@register.filter
def target_window(target: Target) -> str:
    """When a target falls due: "de 2016", "al 31-12-2018", "a todo el plan"."""
    if target.year:
        return f"de {target.year}"
    return f"al {day(target.due_on)}" if target.due_on else "de todo el plan"


@register.filter
def file_size(size: int) -> str:
    """Bytes as people read them: 312 kB, 1,4 MB."""
    if size < 1000:
        return f"{size} bytes"
    return f"{number(size / 1000, 0)} kB" if size < 1_000_000 else f"{number(size / 1_000_000, 1)} MB"


@register.filter
def file_kind(name: str) -> str:
    """The type of a file as people call it: PDF, XLSX."""
    return extension_of(name).upper()


@register.inclusion_tag("indicators/entry/classification.html")
def classification_select(evidence) -> dict:
    """Who may read a file, as a choice; what holds personal data offers only "reservada"."""
    is_personal = evidence.file.personal_data_count > 0
    choices = [c for c in Classification.choices if not is_personal or c[0] == Classification.RESERVED]
    return {"evidence": evidence, "choices": choices}


@register.filter
def also_proves(board, evidence) -> list[str]:
    """Where else the file of a piece of evidence counts."""
    return board.also_proves(evidence)


@register.filter
def described_by(file, board) -> str:
    """A stored file in a line, as the list of files to use again has it."""
    return board.describe(file)


@register.filter
def previous_of(context, indicator):
    """What the institution informed of an indicator in the period before, and what of it was validated."""
    return context.previous_figures.get(indicator.pk)


@register.filter
def targets_of(context, indicator) -> list[Target]:
    return context.targets_now(indicator)


@register.filter
def strike_form(entry, item):
    """The form that leaves one piece of evidence out."""
    return entry.strikes[item.evidence.pk]


@register.filter
def verdict_form(entry, line):
    """The form of a medio's verdict; None where the report brings no progress to judge."""
    return next((form for form in entry.verdicts if form.line is line), None)


@register.filter
def value_form(entry, line):
    """The form of one value's validated figure."""
    return next(form for form in entry.values if form.line is line)


@register.filter
def row_field(form, row):
    """The validated number of one row of a breakdown."""
    return form.field_of(row)


@register.filter
def at(found: dict | None, thing):
    """What there is about a medio, an indicator, a piece of evidence or another anchor; None where there is nothing."""
    return (found or {}).get(anchor(thing))


@register.filter
def being_edited_by(report: ProgressReport | None, reader):
    """Somebody else who is writing the report now."""
    return report.being_edited_by(reader) if report else None
