"""Which period, and what of it, the page "Quién debe" shows, read from its address."""

from typing import cast

from django import forms

from indicators.enums import DutyState, OwedTrait
from indicators.models import ReportingPeriod
from indicators.queries.owed import PARAMETERS, period_at_hand
from plan.models import Institution, Plan

#: By which counts and states the reports are listed.
TRAITS = {**dict(OwedTrait.choices), **{state.slug: state.label for state in DutyState}}
UNKNOWN = {"invalid_choice": "Elija una opción de la lista."}


class OwedForm(forms.Form):
    """What cannot be is told at its field, and the page takes the period at hand, or all of it, instead."""

    period = forms.ChoiceField(label="Período", required=False, error_messages=UNKNOWN)
    axis = forms.ChoiceField(label="Eje", required=False, error_messages=UNKNOWN)
    institution = forms.ChoiceField(label="Institución", required=False, error_messages=UNKNOWN)
    trait = forms.ChoiceField(
        label="Cómo está", required=False, error_messages=UNKNOWN, choices=[("", "Todos"), *TRAITS.items()]
    )

    def __init__(self, plan: Plan, query):
        self._periods = {str(period.pk): period for period in plan.periods.order_by("-starts_on")}
        self._default = period_at_hand(self._periods.values())
        super().__init__(query, initial={"period": self._default and self._default.pk}, use_required_attribute=False)
        axes = [(str(axis.number), str(axis)) for axis in plan.axes.all()]
        cast(forms.ChoiceField, self.fields["period"]).choices = [(pk, p.name) for pk, p in self._periods.items()]
        cast(forms.ChoiceField, self.fields["axis"]).choices = [("", "Todos los ejes"), *axes]
        institutions = [(str(one.pk), one.short_name) for one in Institution.objects.all()]
        cast(forms.ChoiceField, self.fields["institution"]).choices = [("", "Todas"), *institutions]

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

    @property
    def institution_id(self) -> int | None:
        self.is_valid()
        found = self.cleaned_data.get("institution")
        return int(found) if found else None

    @property
    def trait_word(self) -> str:
        """The count or state whose reports are listed; empty for all."""
        self.is_valid()
        return self.cleaned_data.get("trait", "")

    @property
    def is_narrowed(self) -> bool:
        """It lists some of the reports that the page counts."""
        return bool(self.institution_id or self.trait_word)
