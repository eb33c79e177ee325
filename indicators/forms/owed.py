"""Which period and eje the page "Quién debe" shows, read from its address."""

from typing import cast

from django import forms

from indicators.models import ReportingPeriod
from indicators.queries.owed import period_at_hand
from plan.models import Plan

#: How the fields are called in an address.
PARAMETERS = {"period": "periodo", "axis": "eje"}
UNKNOWN = {"invalid_choice": "Elija una opción de la lista."}


class OwedForm(forms.Form):
    """What cannot be is told at its field, and the page takes the period at hand, or all ejes, instead."""

    period = forms.ChoiceField(label="Período", required=False, error_messages=UNKNOWN)
    axis = forms.ChoiceField(label="Eje", required=False, error_messages=UNKNOWN)

    def __init__(self, plan: Plan, query):
        self._periods = {str(period.pk): period for period in plan.periods.order_by("-starts_on")}
        self._default = period_at_hand(self._periods.values())
        super().__init__(query, initial={"period": self._default and self._default.pk}, use_required_attribute=False)
        axes = [(str(axis.number), str(axis)) for axis in plan.axes.all()]
        cast(forms.ChoiceField, self.fields["period"]).choices = [(pk, p.name) for pk, p in self._periods.items()]
        cast(forms.ChoiceField, self.fields["axis"]).choices = [("", "Todos los ejes"), *axes]

    def add_prefix(self, field_name: str) -> str:
        return PARAMETERS.get(field_name, field_name)

    @property
    def chosen(self) -> ReportingPeriod | None:
        """None where the plan has no period yet."""
        self.is_valid()
        return self._periods.get(self.cleaned_data.get("period", "")) or self._default

    @property
    def axis_number(self) -> int | None:
        self.is_valid()
        number = self.cleaned_data.get("axis")
        return int(number) if number else None
