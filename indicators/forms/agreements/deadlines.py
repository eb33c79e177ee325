"""Plazos of an eje as a grid: a date for each medio owed once and for each year's product."""

from datetime import date

from django.forms import BoundField

from indicators.agreements.deadlines import DeadlineSheet, Term, Wanted
from indicators.forms.agreements.sheet import REASON_NEEDED, ReasonField, SheetForm
from indicators.forms.fields import DayField
from indicators.models import MeansDeadline, Target


class DeadlinesForm(SheetForm):
    """A date left empty changes nothing. `wanted` are those typed, for a valid form only."""

    sheet: DeadlineSheet

    def __init__(self, sheet: DeadlineSheet, data=None):
        super().__init__(sheet, data, initial={"seen": sheet.seen})
        for term in sheet.terms:
            self.fields[term.key] = DayField(label=f"Plazo nuevo de {self.name_of(term)}", required=False)
            self.fields[f"{term.key}-reason"] = ReasonField(label=f"Fundamento de {self.name_of(term)}")

    @staticmethod
    def name_of(term: Term) -> str:
        return term.owner.reference if term.year is None else f"{term.owner.reference}, producto de {term.year}"

    @property
    def lines(self) -> list[tuple[Term, MeansDeadline | Target | None, BoundField, BoundField]]:
        """Each term with what is in force, its date and its reason."""
        return [
            (term, self.sheet.in_force.get(term.key), self[term.key], self[f"{term.key}-reason"])
            for term in self.sheet.terms
        ]

    @property
    def wanted(self) -> dict[str, Wanted]:
        dates = {term.key: self.cleaned_data.get(term.key) for term in self.sheet.terms}
        return {
            key: Wanted(due_on, self.cleaned_data.get(f"{key}-reason") or self.cleaned_data.get("reason", ""))
            for key, due_on in dates.items()
            if due_on
        }

    def clean(self):
        super().clean()
        for term in self.sheet.terms:
            self._check_date(term, self.cleaned_data.get(term.key))
        for key, wanted in self.sheet.new(self.wanted).items():
            if key in self.sheet.in_force and not wanted.reason:
                self.add_error(f"{key}-reason", REASON_NEEDED)
        if not self.errors and not self.wanted:
            self.add_error(None, "No escribió ningún plazo.")
        return self.cleaned_data

    def _check_date(self, term: Term, due_on: date | None) -> None:
        plan = self.sheet.plan
        first = date(term.year, 1, 1) if term.year else plan.starts_on
        if due_on and not first <= due_on <= plan.ends_on:
            self.add_error(term.key, f"Elija una fecha entre el {first:%d-%m-%Y} y el {plan.ends_on:%d-%m-%Y}.")

    @property
    def wrong(self) -> int:
        """Cells that carry an error."""
        return sum(name not in ("reason", "seen", "__all__") for name in self.errors)
