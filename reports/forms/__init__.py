"""The two dates of every figure, as a reader chooses them (COMPLIANCE, Two dates), and the document that has them."""

from datetime import date
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode

from indicators.models import Indicator
from plan.forms.fields import DayField, cut_off_of, not_to_come
from plan.models import Plan
from plan.templatetags.portal import day
from reports.dates import default_cut_off
from reports.jobs import Wish
from reports.plan_pages.board import Look
from reports.plan_pages.regional_figure import regional_indicators

#: How the fields are called in an address; a reader sees these words.
PARAMETERS = {
    "cut_off": "corte",
    "known_on": "hasta",
    "document": "documento",
    "reference": "indicador",
    "axis": "eje",
}


class DatesForm(forms.Form):
    """Read from the address. A date that cannot be is told at its field, and the page takes the default instead."""

    cut_off = DayField(label="Corte", required=False)
    known_on = DayField(label="Con lo resuelto hasta", required=False)

    def __init__(self, plan: Plan, query: QueryDict | None):
        self._plan = plan
        self._default = default_cut_off(plan, timezone.localdate())
        super().__init__(query, initial={"cut_off": self._default})

    def add_prefix(self, field_name: str) -> str:
        return PARAMETERS.get(field_name, field_name)

    def clean_cut_off(self) -> date | None:
        return cut_off_of(self._plan, self.cleaned_data["cut_off"])

    def clean_known_on(self) -> date | None:
        chosen = not_to_come(self.cleaned_data["known_on"])
        if chosen and chosen < self._plan.starts_on:
            raise forms.ValidationError(f"Elija una fecha desde el inicio del plan, el {day(self._plan.starts_on)}.")
        return chosen

    @cached_property
    def dates(self) -> tuple[date, date | None]:
        """(corte, con lo resuelto hasta); the second is None for "now"."""
        self.is_valid()
        return self.cleaned_data.get("cut_off") or self._default, self.cleaned_data.get("known_on")

    @property
    def refusals(self) -> dict[str, list[str]]:
        """Why a date cannot be, by its name in the address."""
        told = self.errors.get_json_data()
        return {self.add_prefix(name): [error["message"] for error in errors] for name, errors in told.items()}

    @cached_property
    def query(self) -> str:
        """The dates for the links of the page, such as "?corte=2016-12-31"; empty where they are the defaults."""
        cut_off, known_on = self.dates
        chosen = {"cut_off": cut_off if cut_off != self._default else None, "known_on": known_on}
        text = urlencode({PARAMETERS[name]: value.isoformat() for name, value in chosen.items() if value})
        return f"?{text}" if text else ""


class BoardForm(DatesForm):
    """The dates of a tablero, and the eje that it looks at: `own_axis` until another, or the whole plan, is chosen."""

    axis = forms.TypedChoiceField(
        label="De qué",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Elija un eje de la lista."},
    )
    field_order = ("axis", "cut_off", "known_on")

    def __init__(self, plan: Plan, query: QueryDict, own_axis: int | None = None):
        if own_axis and "eje" not in query:
            query = query.copy()
            query["eje"] = str(own_axis)
        super().__init__(plan, query)
        axes = [(axis.number, str(axis)) for axis in plan.axes.all()]
        cast(forms.ChoiceField, self.fields["axis"]).choices = [("", "Todo el plan"), *axes]

    @property
    def look(self) -> Look:
        self.is_valid()
        return Look(self.cleaned_data.get("axis"), *self.dates, self.query)


class TerritoryForm(DatesForm):
    """Which indicator by region, at which dates; one that cannot be is told at its field, and the first stands in."""

    reference = forms.ChoiceField(
        label="Indicador", required=False, error_messages={"invalid_choice": "Elija un indicador de la lista."}
    )
    field_order = ("reference", "cut_off", "known_on")

    def __init__(self, plan: Plan, query: QueryDict):
        super().__init__(plan, query)
        self._offered = {indicator.reference: indicator for indicator in regional_indicators(plan)}
        cast(forms.ChoiceField, self.fields["reference"]).choices = [
            (reference, f"{reference} {indicator.text}") for reference, indicator in self._offered.items()
        ]

    @cached_property
    def indicator(self) -> Indicator | None:
        """None where the plan has none by region."""
        self.is_valid()
        first = next(iter(self._offered.values()), None)
        return self._offered.get(self.cleaned_data.get("reference", ""), first)


ANNUAL = "anual"


class DocumentForm(DatesForm):
    """Which document, or the matrix of which, at which dates. Without data: the empty form."""

    document = forms.ChoiceField(label="Documento", error_messages={"required": "Elija el documento."})
    field_order = ("document", "cut_off", "known_on")

    def __init__(self, plan: Plan, query: QueryDict | None = None):
        super().__init__(plan, query)
        axes = [(str(axis.number), f"Informe de cumplimiento · {axis}") for axis in plan.axes.all()]
        cast(forms.ChoiceField, self.fields["document"]).choices = [
            *axes,
            (ANNUAL, "Estado anual del plan, del año del corte"),
        ]
        self.fields["cut_off"].help_text = "Períodos terminados, metas vencidas y textos vigentes a esta fecha."
        self.fields["known_on"].help_text = "Lo enviado y resuelto hasta el fin de ese día; vacío, hasta ahora."

    @property
    def asked(self) -> str:
        """The document and both dates as they were typed, for an address."""
        return urlencode({field.html_name: field.value() or "" for field in self})

    @property
    def wish(self) -> Wish:
        """Of a valid form."""
        document = self.cleaned_data["document"]
        cut_off, known_on = self.dates
        return Wish(self._plan, cut_off, known_on, None if document == ANNUAL else int(document))
