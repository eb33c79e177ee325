from datetime import date
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from indicators.agreements.registry import REPEATED, Content, fingerprint
from indicators.forms.fields import DayField, WholeNumberField
from plan.enums import AgreementBody
from plan.files.kinds import ACCEPTED_LIST, KINDS
from plan.forms.fields import LongTextField
from plan.models import Agreement, Institution, Plan, Subcommission


class AgreementForm(forms.Form):
    """An acta, new or to be corrected. What other rows rest on cannot be changed once there are any."""

    body = forms.ChoiceField(label="Órgano que acuerda")
    number = WholeNumberField(label="Número", error_messages={"required": "Escriba el número del acta."})
    agreed_on = DayField(label="Fecha del acuerdo")
    summary = LongTextField(
        label="Materia",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Escriba la materia en una frase."},
    )
    resolutions = LongTextField(label="Acuerdos", max_length=20000, required=False)
    attendees = forms.ModelMultipleChoiceField(
        Institution.objects.none(),
        label="Instituciones asistentes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    upload = forms.FileField(
        label="Documento",
        required=False,
        allow_empty_file=True,
        help_text=f"El acta firmada: {ACCEPTED_LIST}, hasta 25 MB.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, plan: Plan, data=None, files=None, agreement: Agreement | None = None, is_fixed: bool = False):
        super().__init__(data, files if data is not None else None, initial=_initial(agreement) if agreement else None)
        self.plan, self.agreement = plan, agreement
        self.bodies = {str(row.pk): row for row in Subcommission.objects.filter(axis__plan=plan)}
        cast(forms.ChoiceField, self.fields["body"]).choices = [
            (AgreementBody.MESA, AgreementBody.MESA.label),
            *((key, row.name) for key, row in self.bodies.items()),
        ]
        members = Institution.objects.ever_seated_in(plan)
        cast(forms.ModelMultipleChoiceField, self.fields["attendees"]).queryset = members
        self.fields["upload"].widget.attrs["accept"] = ",".join(f".{extension}" for extension in KINDS)
        for name in ("body", "number", "agreed_on", "upload") if is_fixed else ():
            self.fields[name].disabled = True

    def clean_number(self):
        if self.cleaned_data["number"] == 0:
            raise forms.ValidationError("Las actas se numeran desde 1.")
        return self.cleaned_data["number"]

    def clean_agreed_on(self):
        agreed_on = self.cleaned_data["agreed_on"]
        if agreed_on > timezone.localdate():
            raise forms.ValidationError("La fecha todavía no llega.")
        if agreed_on < date(self.plan.start_year - 1, 1, 1):
            raise forms.ValidationError(f"Revise el año: el plan comienza en {self.plan.start_year}.")
        return agreed_on

    def clean(self):
        super().clean()
        if "number" in self.cleaned_data and "body" in self.cleaned_data and self._is_repeated():
            self.add_error("number", REPEATED)
        return self.cleaned_data

    def _is_repeated(self) -> bool:
        same = Agreement.objects.filter(
            plan=self.plan, subcommission=self._subcommission(), number=self.cleaned_data["number"]
        )
        others = same.exclude(pk=self.agreement.pk) if self.agreement else same
        return others.exists()

    def _subcommission(self) -> Subcommission | None:
        return self.bodies.get(self.cleaned_data["body"])

    @property
    def content(self) -> Content:
        """Of a valid form."""
        data = self.cleaned_data
        names = ("number", "agreed_on", "summary", "resolutions")
        plain = {name: data[name] for name in names}
        attendees = tuple(data["attendees"])
        return Content(self._subcommission(), **plain, attendees=attendees, upload=data["upload"] or None)

    def renew(self) -> None:
        """Let the page that comes back be saved knowingly over what changed meanwhile."""
        if self.agreement:
            self.data = completed = cast(QueryDict, self.data).copy()
            completed["seen"] = fingerprint(self.agreement)


def _initial(agreement: Agreement) -> dict:
    return {
        "body": str(agreement.subcommission_id) if agreement.subcommission_id else AgreementBody.MESA,
        "number": agreement.number,
        "agreed_on": agreement.agreed_on,
        "summary": agreement.summary,
        "resolutions": agreement.resolutions,
        "attendees": agreement.attendees.all(),
        "seen": fingerprint(agreement),
    }
