"""Responsables y colaboradoras of an eje as a matrix: R, C or nothing in each cell."""

from datetime import date

from django import forms
from django.forms import BoundField

from indicators.agreements.duties import Cell, DutySheet
from indicators.enums import ResponsibilityKind
from indicators.forms.agreements.sheet import SheetForm, day_of_plan, usual_day
from indicators.forms.fields import DayField
from plan.models import Action, Agreement

LETTERS = {"": "", "R": ResponsibilityKind.RESPONSIBLE, "C": ResponsibilityKind.COLLABORATOR}
BY_KIND = {str(kind): letter for letter, kind in LETTERS.items()}


class SinceForm(forms.Form):
    """From which day the changes hold; the matrix shows who answers on it."""

    since = DayField(label="Rige desde")

    def __init__(self, agreement: Agreement, data=None):
        super().__init__(data if data and "since" in data else None, initial={"since": usual_day(agreement)})
        self.agreement = agreement

    def clean_since(self) -> date:
        return day_of_plan(self.agreement, self.cleaned_data["since"])

    @property
    def day(self) -> date:
        """The day chosen, or the acta's own where none is, or a wrong one."""
        return self.cleaned_data["since"] if self.is_valid() else usual_day(self.agreement)


class LetterField(forms.CharField):
    """R, C or nothing, in capitals or not."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": 1, "class": "letra"})

    def clean(self, value):
        letter = (super().clean(value) or "").strip().upper()
        if letter not in LETTERS:
            raise forms.ValidationError("Escriba R, C o nada.")
        return letter


class DutiesForm(SheetForm):
    """`changes` are the cells whose kind changes, for a valid form only."""

    sheet: DutySheet

    def __init__(self, sheet: DutySheet, data=None):
        super().__init__(sheet, data, initial={"seen": sheet.seen})
        self.cells: dict[str, Cell] = {}
        for action in sheet.actions:
            for institution in sheet.institutions:
                key, cell = f"a{action.pk}-{institution.pk}", (action.pk, institution.pk)
                letter = BY_KIND[sheet.kind_of(cell)]
                label = f"{action.code}, {institution}"
                self.fields[key] = LetterField(label=label, required=False, initial=letter)
                self.cells[key] = cell

    @property
    def lines(self) -> list[tuple[Action, list[BoundField]]]:
        """Each action with its cells, in the order of the institutions."""
        sheet = self.sheet
        return [(action, [self[f"a{action.pk}-{row.pk}"] for row in sheet.institutions]) for action in sheet.actions]

    @property
    def changes(self) -> dict[Cell, str]:
        """A cell that did not come with the page stays as it is: nobody emptied it."""
        posted = [key for key in self.cells if key in self.cleaned_data and key in self.data]
        typed = {key: LETTERS[self.cleaned_data[key]] for key in posted}
        return {self.cells[key]: kind for key, kind in typed.items() if kind != self.sheet.kind_of(self.cells[key])}

    def clean(self):
        super().clean()
        changes = self.changes
        for key, cell in self.cells.items():
            if cell in changes and (objection := self.sheet.objection(cell)):
                self.add_error(key, objection)
        if not self.errors and not changes:
            self.add_error(None, "No cambió ninguna celda.")
        if any(map(self.sheet.in_force, changes)) and not self.cleaned_data.get("reason"):
            self.add_error("reason", "Escriba el fundamento: alguien deja de responder o cambia de calidad.")
        return self.cleaned_data

    @property
    def wrong(self) -> int:
        """Cells that carry an error."""
        return sum(key in self.errors for key in self.cells)
