"""The two dates of every figure, as a reader chooses them (COMPLIANCE, Two dates), and the document that has them."""

from datetime import date
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode

from plan.forms.fields import DayField, cut_off_of, not_to_come
from plan.models import Plan
from reports.dates import default_cut_off
from reports.jobs import Wish

#: How the fields are called in an address; a reader sees these words.
PARAMETERS = {"cut_off": "corte", "known_on": "hasta"}


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
        return not_to_come(self.cleaned_data["known_on"])

    @cached_property
    def dates(self) -> tuple[date, date | None]:
        """(corte, con lo resuelto hasta); the second is None for "now"."""
        self.is_valid()
        return self.cleaned_data.get("cut_off") or self._default, self.cleaned_data.get("known_on")

    @cached_property
    def query(self) -> str:
        """The dates for the links of the page, such as "?corte=2016-12-31"; empty where they are the defaults."""
        cut_off, known_on = self.dates
        chosen = {"cut_off": cut_off if cut_off != self._default else None, "known_on": known_on}
        text = urlencode({PARAMETERS[name]: value.isoformat() for name, value in chosen.items() if value})
        return f"?{text}" if text else ""


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

    def add_prefix(self, field_name: str) -> str:
        return "documento" if field_name == "document" else super().add_prefix(field_name)

    @property
    def wish(self) -> Wish:
        """Of a valid form."""
        document = self.cleaned_data["document"]
        cut_off, known_on = self.dates
        return Wish(self._plan, cut_off, known_on, None if document == ANNUAL else int(document))
