"""Who takes a place at a table, and who leaves it."""

from datetime import date
from typing import cast

from django import forms
from django.db.models import Q

from indicators.agreements.seats import Table
from indicators.forms.agreements.sheet import day_of_plan, usual_day
from indicators.forms.fields import DayField
from plan.enums import InstitutionKind
from plan.models import Institution, Membership


class SeatChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj) -> str:
        return str(obj.institution)


class PlaceForm(forms.Form):
    """From when the place is taken, and in whose stead."""

    first_day = DayField(label="Integra desde")
    replaced = SeatChoiceField(
        Membership.objects.none(),
        label="Sucede a",
        required=False,
        empty_label="Nadie: es un lugar nuevo",
        help_text="Solo si recibe sus funciones: el lugar de la antecesora termina el día anterior.",
    )

    def __init__(self, table: Table, data=None, initial: dict | None = None):
        super().__init__(data, initial={"first_day": usual_day(table.agreement)} | (initial or {}))
        self.table = table
        open_seats = table.rows.filter(Q(valid_to__isnull=True) | self._entered_by_now("ended_under"))
        by_name = open_seats.select_related("institution").order_by("institution__name")
        cast(forms.ModelChoiceField, self.fields["replaced"]).queryset = by_name

    def _entered_by_now(self, link: str) -> Q:
        """What comes twice is recognised: a page that was sent still knows what it chose the first time."""
        return Q(**{link: self.table.agreement}) if self.is_bound else Q(pk__in=[])

    def clean_first_day(self) -> date:
        return day_of_plan(self.table.agreement, self.cleaned_data["first_day"])


class KnownForm(PlaceForm):
    """An institution that the portal has."""

    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label="Institución",
        empty_label="Elija la institución",
        error_messages={"required": "Elija la institución."},
    )
    field_order = ("institution", "first_day", "replaced")

    def __init__(self, table: Table, data=None, initial: dict | None = None):
        super().__init__(table, data, initial)
        seated = table.rows.filter(valid_to__isnull=True).exclude(self._entered_by_now("agreement"))
        others = Institution.objects.exclude(pk__in=seated.values("institution"))
        cast(forms.ModelChoiceField, self.fields["institution"]).queryset = others


class NewInstitutionForm(PlaceForm):
    """An institution that the portal does not know yet. `institution` is it, of a valid form, not stored."""

    name = forms.CharField(label="Nombre", max_length=200, error_messages={"required": "Falta el nombre."})
    acronym = forms.CharField(
        label="Sigla", max_length=40, required=False, help_text="Con la que se la nombra en tablas y listas."
    )
    kind = forms.ChoiceField(label="Tipo", choices=InstitutionKind.choices)
    parent = forms.ModelChoiceField(
        Institution.objects.all(),
        label="Depende de",
        required=False,
        empty_label="Ninguna",
        help_text="El ministerio o la institución de la que depende.",
    )
    field_order = ("name", "acronym", "kind", "parent", "first_day", "replaced")

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_acronym(self) -> str:
        return " ".join(self.cleaned_data["acronym"].split())

    @property
    def institution(self) -> Institution:
        return Institution(**{name: self.cleaned_data[name] for name in ("name", "acronym", "kind", "parent")})


class LeaveForm(forms.Form):
    last_day = DayField(label="Integra hasta", help_text="El último día en que la institución ocupa el lugar.")

    def __init__(self, table: Table, data=None):
        super().__init__(data, initial={"last_day": usual_day(table.agreement)})
        self.table = table

    def clean_last_day(self) -> date:
        return day_of_plan(self.table.agreement, self.cleaned_data["last_day"])
