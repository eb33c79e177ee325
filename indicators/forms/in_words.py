"""What a reviewer typed, as text: for whoever was overtaken and wants to keep it."""

from collections.abc import Iterator

from django import forms
from django.forms import BoundField

from indicators.forms.review import ReviewEntry


def in_words(entry: ReviewEntry) -> list[tuple[str, str]]:
    """Field by field as people read it; what stands as the page first showed it is left out."""
    return [
        (f"{field.label}, {about}" if about else str(field.label), _text(field))
        for about, form in _named(entry)
        for field in form
        if _is_typed(field)
    ]


def _named(entry: ReviewEntry) -> Iterator[tuple[str, forms.Form]]:
    """Each form with what it is about, where its fields do not say so themselves."""
    yield from ((form.line.reported.indicator.text, form) for form in entry.values)
    yield from (("", form) for form in entry.verdicts)
    yield from ((form.line.evidence.code, form) for form in entry.strikes.values())
    yield from ((form.about, form) for form in entry.remarks.values())
    yield "", entry.main


def _is_typed(field: BoundField) -> bool:
    shown = "" if field.initial is None else str(field.initial)
    return bool(field.value()) and str(field.value()) != shown


def _text(field: BoundField) -> str:
    value = field.value()
    if value is True:
        return "sí"
    choices = dict(getattr(field.field, "choices", []))
    return ", ".join(str(choices.get(one, one)) for one in (value if isinstance(value, list) else [value]))
