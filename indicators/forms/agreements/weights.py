"""Ponderaciones of an eje: a number for each of its actions, or none at all."""

from decimal import Decimal

from django import forms
from django.forms import BoundField

from indicators.agreements.weights import WeightSheet
from indicators.forms.agreements.sheet import REASON_NEEDED, ReasonField
from indicators.forms.fields import DecimalField
from indicators.models import ActionWeight
from plan.models import Action


class WeightsForm(forms.Form):
    reason = ReasonField(help_text="Obligatorio si reemplaza otra ponderación.")

    def __init__(self, sheet: WeightSheet, data=None):
        super().__init__(data)
        self.sheet = sheet
        for action in sheet.actions:
            label = f"Ponderación de {action.code}"
            self.fields[f"a{action.pk}"] = DecimalField(label=label, max_value=1000, decimal_places=4, required=False)

    @property
    def lines(self) -> list[tuple[Action, ActionWeight | None, BoundField]]:
        return [(row, self.sheet.in_force.get(row.pk), self[f"a{row.pk}"]) for row in self.sheet.actions]

    @property
    def values(self) -> dict[int, Decimal]:
        """By action, of a valid form."""
        return {action.pk: self.cleaned_data[f"a{action.pk}"] for action in self.sheet.actions}

    def clean(self):
        super().clean()
        for action in self.sheet.actions:
            self._check(f"a{action.pk}")
        if self.sheet.in_force and not self.sheet.own and not self.cleaned_data.get("reason"):
            self.add_error("reason", REASON_NEEDED)
        return self.cleaned_data

    def _check(self, key: str) -> None:
        if key in self.errors:
            return
        if self.cleaned_data[key] is None:
            self.add_error(key, "Falta: se ponderan todas las acciones del eje, o ninguna.")
        elif self.cleaned_data[key] == 0:
            self.add_error(key, "Una ponderación es mayor que 0.")

    @property
    def wrong(self) -> int:
        """Cells that carry an error."""
        return sum(name != "reason" for name in self.errors)
