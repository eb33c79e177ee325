"""Which mails somebody looks for, read from the address of the page."""

from django import forms

from plan.enums import MailState
from plan.models import Institution


class SentFilterForm(forms.Form):
    state = forms.ChoiceField(
        label="Estado",
        choices=[("", "Todos"), *MailState.choices],
        required=False,
        error_messages={"invalid_choice": "Elija un estado de la lista."},
    )
    institution = forms.ModelChoiceField(
        Institution.objects.all(),
        label="Institución",
        required=False,
        empty_label="Todas",
        error_messages={"invalid_choice": "Elija una institución de la lista."},
    )

    @property
    def is_filtering(self) -> bool:
        return any(self.cleaned_data.values())
