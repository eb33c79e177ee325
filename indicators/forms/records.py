"""Which of the missing reports a page lists. Read from the address; what cannot be is told at its field."""

from typing import cast

from django import forms

from indicators.record_list import Missing
from plan.models import Axis

#: How the fields are called in an address; a reader sees these words.
PARAMETERS = {"institution": "institucion", "period": "periodo", "axis": "eje", "all_duties": "colaboradoras"}


def _choice(label: str) -> forms.TypedChoiceField:
    unknown = {"invalid_choice": "Elija una opción de la lista."}
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, error_messages=unknown)


class MissingFilter(forms.Form):
    institution = _choice("Institución")
    period = _choice("Período")
    axis = _choice("Eje")
    all_duties = forms.BooleanField(label="Incluir a las colaboradoras, que no deben informe", required=False)

    def __init__(self, rows: list[Missing], axes: list[Axis], data):
        super().__init__(data, use_required_attribute=False)
        self._rows = rows
        institutions = {row.institution.pk: str(row.institution) for row in rows}
        self._offer("institution", "Todas", sorted(institutions.items(), key=lambda item: item[1]))
        self._offer("period", "Todos los cerrados", {row.period.pk: _label(row.period) for row in rows}.items())
        self._offer("axis", "Todos", [(axis.number, f"{axis.number}. {axis.name}") for axis in axes])

    def _offer(self, name: str, everything: str, choices) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", everything), *choices]

    def add_prefix(self, field_name: str) -> str:
        return PARAMETERS.get(field_name, field_name)

    def choices(self) -> list[forms.BoundField]:
        """The fields that narrow the list."""
        return [self[name] for name in ("institution", "period", "axis")]

    def rows(self) -> list[Missing]:
        """Those that fit; an open period is listed only where it is chosen, for its institutions can still send."""
        self.is_valid()
        return [row for row in self._rows if self._fits(row) and self._is_of_period(row)]

    def _fits(self, row: Missing) -> bool:
        chosen = self.cleaned_data
        is_of_institution = chosen.get("institution") in (None, row.institution.pk)
        is_of_axis = chosen.get("axis") in (None, row.action.objective.axis.number)
        return is_of_institution and is_of_axis and bool(row.is_owed or chosen.get("all_duties"))

    def _is_of_period(self, row: Missing) -> bool:
        chosen = self.cleaned_data.get("period")
        return row.period.is_closed if chosen is None else row.period.pk == chosen


def _label(period) -> str:
    return str(period) if period.is_closed else f"{period} (abierto)"
