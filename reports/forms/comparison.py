"""Which two editions are compared: read from the address, which carries the whole state of the page."""

from itertools import groupby
from typing import cast

from django import forms
from django.http import QueryDict

from plan.templatetags.portal import day
from reports.models import IssuedReport

UNKNOWN = "Elija una edición de la lista."


class ComparisonForm(forms.Form):
    """Of `editions`, those that the reader may see, the newest first. With one of the two in the address, the other is
    proposed and nothing is compared yet."""

    a = forms.ChoiceField(label="Entonces", error_messages={"required": UNKNOWN, "invalid_choice": UNKNOWN})
    b = forms.ChoiceField(label="Ahora", error_messages={"required": UNKNOWN, "invalid_choice": UNKNOWN})
    solo = forms.BooleanField(label="Solo lo que cambió", required=False)

    def __init__(self, editions: list[IssuedReport], query: QueryDict):
        self._editions = {edition.folio: edition for edition in editions}
        newer = self._editions.get(query.get("b", "")) or next(iter(editions), None)
        older = _before(newer, editions) if newer else None
        initial = {"a": older.folio if older else "", "b": newer.folio if newer else ""}
        super().__init__(query if "a" in query else None, initial=initial)
        for name in ("a", "b"):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", "Elija una edición"), *_choices(editions)]

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        chosen = [self._editions[cleaned[name]] for name in ("a", "b") if name in cleaned]
        if len(chosen) == 2 and chosen[0] == chosen[1]:
            self.add_error("a", "Elija dos ediciones distintas.")
        elif len(chosen) == 2 and _subject(chosen[0]) != _subject(chosen[1]):
            self.add_error("a", "Elija dos ediciones del mismo documento.")
        return cleaned

    @property
    def chosen(self) -> tuple[IssuedReport, IssuedReport]:
        """Of a valid form."""
        return self._editions[self.cleaned_data["a"]], self._editions[self.cleaned_data["b"]]


def _subject(edition: IssuedReport) -> tuple:
    """An eje of a plan, or the plan in whatever year."""
    return edition.plan_id, edition.axis_number or 0


def _before(newer: IssuedReport, editions: list[IssuedReport]) -> IssuedReport | None:
    same = (edition for edition in editions if _subject(edition) == _subject(newer) and edition != newer)
    return next((edition for edition in same if edition.issued_at <= newer.issued_at), None)


def _choices(editions: list[IssuedReport]) -> list[tuple[str, list[tuple[str, str]]]]:
    ordered = sorted(editions, key=_subject)
    return [
        (members[0].document if members[0].axis_number else members[0].get_kind_display(), list(map(_choice, members)))
        for members in (list(group) for _, group in groupby(ordered, key=_subject))
    ]


def _choice(edition: IssuedReport) -> tuple[str, str]:
    year = f"{edition.year}, " if edition.year else ""
    return edition.folio, f"{edition.folio} · {year}corte {day(edition.as_of)} · {edition.get_state_display()}"
