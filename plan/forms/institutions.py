"""What is known of an institution, and the names that it bears one after the other."""

from datetime import date
from typing import cast

from django import forms
from django.utils import timezone

from plan.forms.fields import NearDayField
from plan.models import Institution


class InstitutionForm(forms.ModelForm):
    class Meta:
        model = Institution
        fields = ("acronym", "kind", "parent", "predecessor")
        help_texts = {
            "acronym": "Con la que se la nombra en tablas y listas.",
            "parent": "El ministerio o la institución de la que depende.",
            "predecessor": "La institución cuyas funciones recibió.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = Institution.objects.exclude(pk=self.instance.pk)
        for name in ("parent", "predecessor"):
            field = cast(forms.ModelChoiceField, self.fields[name])
            field.queryset, field.empty_label = others, "Ninguna"

    def clean_parent(self) -> Institution | None:
        return self._without_circle("parent", "Esa institución ya depende de esta.")

    def clean_predecessor(self) -> Institution | None:
        return self._without_circle("predecessor", "Esa institución ya viene de esta.")

    def clean_acronym(self) -> str:
        return own_acronym(self.cleaned_data["acronym"], self.instance)

    def _without_circle(self, field: str, sentence: str) -> Institution | None:
        chosen = self.cleaned_data[field]
        if self.instance.is_above(chosen, field):
            raise forms.ValidationError(sentence)
        return chosen


def own_acronym(acronym: str, institution: Institution) -> str:
    """The sigla, if nobody else bears it or bore it: two with the same one are not told apart in a table."""
    acronym = " ".join(acronym.split())
    other = Institution.objects.with_acronym(acronym).exclude(pk=institution.pk).first()
    if other:
        raise forms.ValidationError(f"Esa sigla es o fue de {other}.")
    return acronym


class NewNameForm(forms.Form):
    name = forms.CharField(label="Nombre nuevo", max_length=200, error_messages={"required": "Falta el nombre."})
    acronym = forms.CharField(label="Sigla", max_length=40, required=False)
    first_day = NearDayField(
        label="Rige desde",
        help_text="El nombre anterior queda en la historia hasta el día previo.",
        error_messages={"required": "Falta la fecha."},
    )

    def __init__(self, institution: Institution, data=None):
        super().__init__(data, initial={"acronym": institution.acronym, "first_day": timezone.localdate()})
        self.institution = institution

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if name == self.institution.name:
            raise forms.ValidationError("Es el nombre que ya tiene.")
        other = Institution.objects.named(name).exclude(pk=self.institution.pk).first()
        if other:
            raise forms.ValidationError(f"Así se llama o se llamó {other}.")
        return name

    def clean_acronym(self) -> str:
        return own_acronym(self.cleaned_data["acronym"], self.institution)

    def clean_first_day(self) -> date:
        first_day = self.cleaned_data["first_day"]
        if first_day > timezone.localdate():
            raise forms.ValidationError("Registre el nombre cuando comience a regir.")
        return first_day
