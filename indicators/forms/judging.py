"""The apreciación of an action, what its subcomisión proposes, and the cause of what an indicator has to explain."""

from datetime import date
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from indicators.enums import CauseKind, Deviation, ProposalKind, RiskLevel
from indicators.judging import Explained, Judged, Proposed
from plan.forms.fields import DayField, LongTextField, NearDayField, cut_off_of, no_personal_data
from plan.models import Plan, User

#: What each word tells the Mesa; the form shows it beside the word.
MEANINGS = {
    RiskLevel.ASSURED: "lo que está en marcha basta",
    RiskLevel.ATTAINABLE: "se logra si se mantiene el ritmo",
    RiskLevel.NEEDS_SUPPORT: "no se logra sin una decisión o ayuda de otros",
    RiskLevel.AT_RISK: "lo más probable es que no se logre",
}
PROPOSALS = {
    ProposalKind.KEEP: "sigue como está",
    ProposalKind.MODIFY: "sigue con otro texto",
    ProposalKind.SUPPRESS: "no sigue",
}
READ_BY_ALL = "Lo leen todos los perfiles que ven las cifras: no nombre personas ni describa casos."


class CutOffForm(forms.Form):
    """Something said about a corte."""

    cut_off = DayField(label="Corte", error_messages={"required": "Falta el corte."})

    def __init__(self, plan: Plan, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self._plan = plan

    def clean_cut_off(self) -> date | None:
        return cut_off_of(self._plan, self.cleaned_data["cut_off"])


class SignedForm(forms.Form):
    """Something signed by who has seen what was signed last."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def renew(self, seen: int) -> None:
        """Let the page that comes back be signed knowingly after what was signed meanwhile."""
        self.data = {**cast(QueryDict, self.data).dict(), "seen": str(seen)}


class AssessmentForm(CutOffForm, SignedForm):
    level = forms.TypedChoiceField(
        label="Apreciación",
        choices=[(level, f"{level.label}: {meaning}") for level, meaning in MEANINGS.items()],
        coerce=RiskLevel,
        widget=forms.RadioSelect,
        error_messages={"required": "Elija una de las cuatro palabras."},
    )
    sentence = LongTextField(
        label="Fundamento, en una frase",
        max_length=300,
        validators=[no_personal_data],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Hasta 300 caracteres. {READ_BY_ALL}",
        error_messages={"required": "Escriba el fundamento en una frase."},
    )

    @property
    def said(self) -> Judged:
        """Of a valid form."""
        return Judged(**{name: self.cleaned_data[name] for name in ("cut_off", "level", "sentence")})


class ProposalForm(SignedForm):
    """For the years of the plan that have begun."""

    year = forms.TypedChoiceField(label="Año", coerce=int, error_messages={"required": "Elija el año."})
    kind = forms.TypedChoiceField(
        label="Qué se propone con la acción",
        choices=[(kind, f"{kind.label}: {meaning}") for kind, meaning in PROPOSALS.items()],
        coerce=ProposalKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Elija mantener, modificar o suprimir."},
    )
    wording = LongTextField(
        label="Texto propuesto",
        max_length=2000,
        validators=[no_personal_data],
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Solo si se propone modificar: la acción completa, como quedaría en el plan.",
    )
    grounds = LongTextField(
        label="Fundamento",
        max_length=1000,
        validators=[no_personal_data],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Se imprime en los informes: no nombre personas ni describa casos.",
        error_messages={"required": "Escriba el fundamento de la propuesta."},
    )

    def __init__(self, plan: Plan, data=None, **kwargs):
        super().__init__(data, **kwargs)
        begun = [year for year in plan.years if year <= timezone.localdate().year]
        cast(forms.ChoiceField, self.fields["year"]).choices = [(year, str(year)) for year in begun]

    def clean(self):
        super().clean()
        kind, wording = self.cleaned_data.get("kind"), self.cleaned_data.get("wording")
        if kind == ProposalKind.MODIFY and wording == "":
            self.add_error("wording", "Escriba el texto que se propone.")
        if kind in (ProposalKind.KEEP, ProposalKind.SUPPRESS) and wording:
            self.add_error("wording", "Solo una propuesta de modificar lleva texto: bórrelo o elija «Modificar».")
        return self.cleaned_data

    @property
    def said(self) -> Proposed:
        """Of a valid form."""
        return Proposed(**{name: self.cleaned_data[name] for name in ("year", "kind", "wording", "grounds")})


class CauseForm(CutOffForm):
    """`deviations` are those that the figures of the corte show; where both sides have to be explained, which one."""

    deviation = forms.TypedChoiceField(
        label="Qué se explica",
        choices=Deviation.choices,
        coerce=Deviation,
        widget=forms.RadioSelect,
        error_messages={"required": "Elija qué se explica."},
    )
    kind = forms.TypedChoiceField(
        label="Causa",
        choices=[("", "Elija la causa"), *CauseKind.choices],
        coerce=CauseKind,
        error_messages={"required": "Elija la causa."},
    )
    explanation = LongTextField(
        label="Explicación",
        max_length=1000,
        validators=[no_personal_data],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=READ_BY_ALL,
        error_messages={"required": "Explique la causa."},
    )
    measure = LongTextField(
        label="Medida",
        max_length=500,
        validators=[no_personal_data],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Qué se hará al respecto.",
        error_messages={"required": "Escriba la medida."},
    )
    responsible = forms.CharField(
        label="Cargo responsable de la medida",
        max_length=200,
        validators=[no_personal_data],
        help_text="El cargo y la institución, nunca el nombre de una persona.",
        error_messages={"required": "Escriba el cargo responsable."},
    )
    due_on = NearDayField(label="Plazo de la medida", error_messages={"required": "Falta el plazo."})

    def __init__(self, plan: Plan, deviations: tuple[Deviation, ...], data=None, *, is_mended=False, **kwargs):
        super().__init__(plan, data, **kwargs)
        self.deviations = deviations
        self.fields["cut_off"].disabled = is_mended
        if len(deviations) < len(Deviation):
            del self.fields["deviation"]

    def clean_responsible(self) -> str:
        typed = self.cleaned_data["responsible"]
        names = User.objects.values_list("full_name", flat=True)
        if any(name.casefold() in typed.casefold() for name in names):
            raise forms.ValidationError("Escriba el cargo, no el nombre de la persona.")
        return typed

    def clean(self):
        super().clean()
        if "cut_off" in self.cleaned_data and not self.deviations:
            self.add_error("cut_off", "A este corte el indicador no requiere explicación.")
        return self.cleaned_data

    @property
    def said(self) -> Explained:
        """Of a valid form."""
        only, *others = self.deviations
        chosen = self.cleaned_data["deviation"] if others else only
        names = ("cut_off", "kind", "explanation", "measure", "responsible", "due_on")
        return Explained(deviation=chosen, **{name: self.cleaned_data[name] for name in names})
