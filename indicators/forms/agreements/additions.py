"""What an acta adds to the plan, in two steps: what it is and where it goes, and then its own fields."""

from dataclasses import dataclass

from django import forms

from indicators.agreements.additions import STANDS_UNDER, Added, Node, Place
from indicators.enums import IndicatorKind, OwedBy, Recurrence
from indicators.forms.agreements.amendments import LineField
from indicators.forms.agreements.sheet import EffectiveForm, usual_day
from indicators.models import Indicator, MeansOfVerification
from indicators.queries.presence import amended_today, lines_in_force
from plan.enums import AmendedObject
from plan.forms.fields import LongTextField
from plan.models import Action, Agreement, Objective

#: What can be chosen: a kind of line or, of an indicador, which one, for each asks other things.
CHOICES = (
    (AmendedObject.ACTION, "Acción"),
    (AmendedObject.OBJECTIVE, "Objetivo"),
    (AmendedObject.MEANS, "Medio de verificación"),
    (IndicatorKind.COUNT, "Indicador: conteo"),
    (IndicatorKind.RATIO, "Indicador: razón, A ÷ B"),
    (IndicatorKind.PRODUCT, "Indicador: producto de una vez"),
    (IndicatorKind.YEARLY_PRODUCT, "Indicador: producto de cada año"),
    (IndicatorKind.YEAR_COUNT, "Indicador: conteo de ciertos años"),
)
EXAMPLES = {
    AmendedObject.AXIS: "un eje, con un código como 1",
    AmendedObject.OBJECTIVE: "un objetivo, con un código como 1.2",
    AmendedObject.ACTION: "una acción, con un código como 1.2.3",
}


@dataclass(frozen=True)
class Chosen:
    """`indicator_kind` is empty where it is no indicador."""

    place: Place
    label: str
    indicator_kind: str = ""


class WhatForm(forms.Form):
    """What is added, and to which line of the plan."""

    que = forms.ChoiceField(
        label="Qué se agrega",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Elija qué se agrega."},
    )
    bajo = LineField(
        label="A qué se agrega",
        help_text="Código del eje (1) para un objetivo, del objetivo (1.2) para una acción, de la acción (1.2.3) para "
        "un indicador o un medio.",
    )

    def __init__(self, agreement: Agreement, data):
        super().__init__(data if {"que", "continuar"} & data.keys() else None, initial={"bajo": data.get("bajo", "")})
        self.agreement = agreement
        self.fields["bajo"].agreement = agreement  # type: ignore[attr-defined]

    def clean(self):
        super().clean()
        line = self.cleaned_data.get("bajo")
        if line is not None and "que" in self.cleaned_data:
            above = STANDS_UNDER[self._kind]
            if line.kind != above:
                self.add_error("bajo", f"Se agrega a {EXAMPLES[above]}.")
        return self.cleaned_data

    @property
    def _kind(self) -> AmendedObject:
        what = self.cleaned_data["que"]
        return AmendedObject.INDICATOR if what in IndicatorKind.values else AmendedObject(what)

    @property
    def chosen(self) -> Chosen | None:
        if not self.is_bound or not self.is_valid():
            return None
        what = self.cleaned_data["que"]
        place = Place(self.agreement.plan, self._kind, self.cleaned_data["bajo"])
        return Chosen(place, dict(CHOICES)[what], what if what in IndicatorKind.values else "")


class AdditionForm(EffectiveForm, forms.ModelForm):
    """What every addition says: from when, under which code, with which text."""

    code = forms.CharField(
        label="Código",
        max_length=30,
        help_text="El siguiente libre, salvo que el acta diga otro.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Escriba el código."},
    )
    text = LongTextField(
        label="Texto",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Como lo dice el acta.",
        error_messages={"required": "Escriba el texto."},
    )

    field_order = ("effective_on", "code", "text")

    def __init__(self, agreement: Agreement, chosen: Chosen, data=None, **kwargs):
        self.chosen = chosen
        initial = {"effective_on": usual_day(agreement), "code": chosen.place.next_code}
        super().__init__(agreement, data, initial=initial, **kwargs)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip().upper()
        if self.chosen.place.number_of(code) is None:
            example = self.chosen.place.next_code
            raise forms.ValidationError(
                f"Bajo {self.chosen.place.line.reference} va un código como {example}.", code="invalid"
            )
        return code

    @property
    def added(self) -> Added:
        """Of a valid form."""
        node: Node = self.instance
        data = self.cleaned_data
        return Added(self.chosen.place, node, data["code"], data["effective_on"], tuple(data.get("proves", ())))


class _WordedForm(AdditionForm):
    """An objetivo or an acción: the text of the table, and that of the narrative where it is another."""

    narrative_text = LongTextField(
        label="Texto en el relato",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Solo si el acta lo redacta de otro modo que en la tabla.",
    )


class ObjectiveForm(_WordedForm):
    class Meta:
        model = Objective
        fields = ("text", "narrative_text")


class ActionForm(_WordedForm):
    class Meta:
        model = Action
        fields = ("text", "narrative_text")


class MeansForm(AdditionForm):
    proves = forms.ModelMultipleChoiceField(
        label="Indicadores que prueba",
        queryset=Indicator.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sin marcar ninguno, prueba todos los de la acción.",
    )
    owed_by = forms.ChoiceField(label="Lo debe", choices=OwedBy.choices, widget=forms.RadioSelect)
    recurrence = forms.ChoiceField(label="Se debe", choices=Recurrence.choices, widget=forms.RadioSelect)
    reserved = forms.BooleanField(
        label="Reservado",
        required=False,
        help_text="Sobre víctimas o causas penales: se certifica por oficio y no recibe archivos.",
    )
    lists_people = forms.BooleanField(
        label="Contiene listas de personas",
        required=False,
        help_text="Sus archivos son reservados, salvo que se diga otra cosa.",
    )

    class Meta:
        model = MeansOfVerification
        fields = ("text", "reserved", "lists_people", "owed_by", "recurrence")

    def __init__(self, agreement: Agreement, chosen: Chosen, data=None):
        super().__init__(agreement, chosen, data)
        plan = agreement.plan
        rows = Indicator.objects.filter(
            action__objective__axis__plan=plan, action__code=chosen.place.line.reference
        ).select_related("action")
        shown = lines_in_force(amended_today(plan), rows, plan.ends_on)
        self.fields["proves"].queryset = rows.filter(pk__in=[row.pk for row in shown])  # type: ignore[attr-defined]
        if not shown:
            del self.fields["proves"]
