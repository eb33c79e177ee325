"""A new indicador: the questions of the plan's file that its kind asks, and the rules that the file keeps."""

from collections.abc import Iterator
from typing import cast

from django import forms

from indicators.enums import (
    Breakdown,
    CellAggregation,
    DerivedFrom,
    Direction,
    Entry,
    IndicatorKind,
    NeededFrom,
    PeriodAggregation,
    Stage,
)
from indicators.forms.agreements.additions import ActionForm, AdditionForm, Chosen, MeansForm, ObjectiveForm
from indicators.models import Indicator, Universe
from indicators.plan_file.columns import INDICATOR
from indicators.plan_file.measure_rules import indicator_rules
from indicators.plan_file.node import Node
from indicators.queries.presence import amended_today, lines_in_force
from plan.enums import AmendedObject
from plan.forms.fields import SentenceField
from plan.models import Agreement

#: What each kind is asked besides its text; what is not asked stays as the model has it.
ASKED = {
    IndicatorKind.COUNT: (
        "unit_label",
        "entry",
        "lists_names",
        "derived_from",
        "breakdown",
        "cell_aggregation",
        "direction",
    ),
    IndicatorKind.RATIO: (
        "numerator_label",
        "denominator_label",
        "numerator_aggregation",
        "denominator_aggregation",
        "universe",
        "depends_on",
        "bounded",
        "breakdown",
        "direction",
    ),
    IndicatorKind.PRODUCT: ("stage", "needed_from", "named_count_label"),
    IndicatorKind.YEARLY_PRODUCT: ("years", "needed_from"),
    IndicatorKind.YEAR_COUNT: ("unit_label", "years", "derived_from", "breakdown", "cell_aggregation", "direction"),
}
FIELD_OF_KEY = INDICATOR.fields


def _options(label: str, choices, **kwargs) -> forms.ChoiceField:
    """Marked as the model has it, where it has it."""
    missing = {"required": "Elija una opción."}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=missing, **kwargs)


class IndicatorForm(AdditionForm):
    """Of all these fields only those that the kind asks."""

    numerator_label = SentenceField(label="Numerador", max_length=400, help_text="Lo que va arriba en A ÷ B.")
    denominator_label = SentenceField(label="Denominador", max_length=400, help_text="Lo que va abajo.")
    unit_label = SentenceField(label="Qué se cuenta", max_length=80, help_text="En plural, como «capacitaciones».")
    entry = _options("El valor que se informa es", Entry.choices)
    lists_names = forms.BooleanField(
        label="Se informa con una lista de nombres",
        required=False,
        help_text="De empresas, medios o servicios, por ejemplo: su total es acumulado.",
    )
    derived_from = _options(
        "¿Cuenta instituciones?",
        [("", "No"), *DerivedFrom.choices[1:]],
        required=False,
        help_text="Si es así, cada una responde sí o no.",
    )
    numerator_aggregation = _options("El numerador, entre períodos", PeriodAggregation.choices)
    denominator_aggregation = _options("El denominador, entre períodos", PeriodAggregation.choices)
    universe = forms.ModelChoiceField(
        label="Denominador tomado de un universo",
        queryset=Universe.objects.all(),
        required=False,
        empty_label="De ninguno: se informa",
    )
    depends_on = forms.ModelChoiceField(
        label="Denominador tomado de otro indicador",
        queryset=Indicator.objects.none(),
        required=False,
        empty_label="De ninguno: se informa",
    )
    bounded = forms.BooleanField(label="El numerador nunca supera al denominador", required=False)
    breakdown = _options("Desglose", Breakdown.choices, required=False)
    cell_aggregation = _options("Entre instituciones y lugares", CellAggregation.choices)
    stage = _options(
        "Se da por cumplido cuando está",
        [(value, label) for value, label in Stage.choices if value != Stage.NOT_STARTED],
    )
    needed_from = _options("Se exige a", NeededFrom.choices)
    named_count_label = SentenceField(
        label="Conteo que lo acompaña",
        max_length=200,
        required=False,
        help_text="Si con el producto se informa un número, como «brechas detectadas».",
    )
    years = forms.TypedMultipleChoiceField(
        label="Años",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elija al menos un año."},
    )
    direction = _options("Sentido de la meta", Direction.choices)

    class Meta:
        model = Indicator
        fields = ("text", *dict.fromkeys(name for names in ASKED.values() for name in names))

    def __init__(self, agreement: Agreement, chosen: Chosen, data=None):
        self.kind = IndicatorKind(chosen.indicator_kind)
        super().__init__(agreement, chosen, data, instance=Indicator(kind=self.kind))
        for name in set(self._meta.fields or ()) - {"text", *ASKED[self.kind]}:
            del self.fields[name]
        self.order_fields((*self.field_order, *ASKED[self.kind]))
        self._offer()

    def _offer(self) -> None:
        """The years of the plan, and the products that come with a count."""
        plan = self.agreement.plan
        if "years" in self.fields:
            self.fields["years"].choices = [(year, str(year)) for year in plan.years]  # type: ignore[attr-defined]
        if "depends_on" in self.fields:
            rows = Indicator.objects.filter(action__objective__axis__plan=plan, kind=IndicatorKind.PRODUCT)
            counted = rows.exclude(named_count_label="").select_related("action")
            shown = [row.pk for row in lines_in_force(amended_today(plan), counted, plan.ends_on)]
            field = cast(forms.ModelChoiceField, self.fields["depends_on"])
            field.queryset = counted.filter(pk__in=shown)

    def clean(self):
        super().clean()
        first, years = self.cleaned_data.get("effective_on"), self.cleaned_data.get("years")
        if first and years and min(years) < first.year:
            self.add_error("years", f"Los años van desde el que rige, {first.year}.")
        for field, sentence in self._broken_rules():
            if field in self.fields and field not in self.errors:
                self.add_error(field, f"{sentence[0].upper()}{sentence[1:]}.")
        return self.cleaned_data

    def _broken_rules(self) -> Iterator[tuple[str, str]]:
        """By field, what the plan's file would be told of an indicador so written."""
        plan = self.agreement.plan
        node = Node("", self._as_in_the_file())
        for problem in indicator_rules(node, Node("", {"start_year": plan.start_year, "end_year": plan.end_year})):
            key = problem.place.partition("[")[0]
            yield FIELD_OF_KEY.get(key, key), problem.sentence

    def _as_in_the_file(self) -> dict:
        typed = {key: self.cleaned_data[field] for key, field in FIELD_OF_KEY.items() if field in self.cleaned_data}
        universe, source = self.cleaned_data.get("universe"), self.cleaned_data.get("depends_on")
        lent = {"universe": universe.code if universe else "", "depends_on": source.reference if source else ""}
        return INDICATOR.item(Indicator(kind=self.kind)) | typed | lent


FORMS: dict[AmendedObject, type[AdditionForm]] = {
    AmendedObject.OBJECTIVE: ObjectiveForm,
    AmendedObject.ACTION: ActionForm,
    AmendedObject.INDICATOR: IndicatorForm,
    AmendedObject.MEANS: MeansForm,
}


def addition_form(agreement: Agreement, chosen: Chosen, data=None) -> AdditionForm:
    """The second step, for what was chosen in the first."""
    return FORMS[chosen.place.kind](agreement, chosen, data)
