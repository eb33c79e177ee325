from django import forms

from indicators.agreements.amendments import WRITES, Decided, text_in_force
from indicators.agreements.plan_lines import PlanLine, line_of
from indicators.forms.agreements.sheet import EffectiveForm, usual_day
from plan.enums import AmendmentDecision
from plan.forms.fields import LongTextField
from plan.models import Agreement


class LineField(forms.CharField):
    """A line of the plan by its code, with the list of them at hand; of the eje of its subcomisión, if the acta is of
    one."""

    agreement: Agreement
    widget = forms.TextInput(attrs={"list": "lineas", "autocomplete": "off", "spellcheck": "false"})
    default_error_messages = {"required": "Escriba el código.", "unknown": "El plan no tiene este código."}

    def __init__(self, **kwargs):
        super().__init__(max_length=30, **kwargs)

    def clean(self, value) -> PlanLine:
        code = super().clean(value).strip().upper().rstrip(".")
        line = line_of(self.agreement.plan, code)
        if line is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        body = self.agreement.subcommission
        if body and line.axis_number != body.axis.number:
            raise forms.ValidationError(f"Esta acta es de la subcomisión del eje {body.axis.number}.")
        return line


class CodeForm(forms.Form):
    """Which line of the plan a modificación is about."""

    codigo = LineField(
        label="Código de lo que se modifica",
        help_text="Como 1.2 (objetivo), 1.2.3 (acción), 1.2.3.I1 (indicador) o 1.2.3.M2 (medio).",
        error_messages={"unknown": "El plan no tiene este código. Si es nuevo, use «Agregar al plan»."},
    )

    def __init__(self, agreement: Agreement, data=None):
        super().__init__(data if data and "codigo" in data else None)
        self.fields["codigo"].agreement = agreement  # type: ignore[attr-defined]

    @property
    def line(self) -> PlanLine | None:
        return self.cleaned_data.get("codigo") if self.is_bound and self.is_valid() else None


class AmendmentForm(EffectiveForm):
    """What the acta decides on the line."""

    field_order = ("decision", "effective_on", "new_text")
    decision = forms.TypedChoiceField(
        label="Decisión",
        choices=AmendmentDecision.choices,
        coerce=AmendmentDecision,
        widget=forms.RadioSelect,
        error_messages={"required": "Elija la decisión."},
    )
    new_text = LongTextField(
        label="Texto nuevo",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Solo para modificar o agregar de nuevo. Parta del texto vigente y cambie lo que se acordó.",
    )

    def __init__(self, agreement: Agreement, line: PlanLine, data=None):
        day = usual_day(agreement)
        self.text = text_in_force(agreement.plan, line, day)
        super().__init__(agreement, data, initial={"effective_on": day, "new_text": self.text})
        self.line = line

    def clean(self):
        super().clean()
        if self.cleaned_data.get("decision") in WRITES and not self.cleaned_data.get("new_text"):
            self.add_error("new_text", "Escriba el texto nuevo.")
        return self.cleaned_data

    @property
    def decided(self) -> Decided:
        """Of a valid form."""
        data = self.cleaned_data
        return Decided(self.line, data["decision"], data["effective_on"], data["new_text"])
