"""One form for each kind of indicator: it asks only what the kind needs, and yields plain figures."""

from typing import cast

from django import forms

from indicators.content import IndicatorFigures, indicator_figures
from indicators.entry_context import EntryContext
from indicators.enums import DerivedFrom, Entry, IndicatorKind, Stage
from indicators.explaining import so_far
from indicators.forms.fields import NameListField, WholeNumberField
from indicators.forms.guides import Guide, guide_of
from indicators.models import Indicator
from indicators.previous import ABOVE, BELOW, JUMP, jump
from plan.templatetags.portal import number


def above_denominator(numerator: int | None, denominator: int | None) -> str:
    """The error of a numerator above its denominator; empty where it is not, or where one of them is unknown."""
    if numerator is None or denominator is None or numerator <= denominator:
        return ""
    return f"El numerador ({number(numerator)}) no puede superar al denominador ({number(denominator)})."


class FigureForm(forms.Form):
    """Base of the forms by kind. `figures()` is for a valid form only."""

    template = "indicators/figures/plain.html"
    guide = ""

    def __init__(self, indicator: Indicator, context: EntryContext, **kwargs):
        super().__init__(prefix=f"i{indicator.pk}", **kwargs)
        self.indicator = indicator
        self.context = context
        self.previous = context.previous_figures.get(indicator.pk)
        self.targets = context.targets_now(indicator)
        self.build()
        self._tell_what_was_before()

    def build(self) -> None:
        """Adjust the fields to the indicator."""

    def figures(self) -> IndicatorFigures:
        return indicator_figures(self.indicator, **self.cleaned_data)

    @property
    def stock_is_pending(self) -> bool:
        """Whether the denominator shown still waits for the secretaría técnica."""
        return any(row.is_pending for row in self.context.stock_of(self.indicator))

    def amounts_before(self) -> dict[str, int | None]:
        """By field, the number of the period before, where there is one to compare with."""
        before = self.previous.amount if self.previous else None
        return {name: before for name in ("value", "numerator") if name in self.fields}

    def doubts(self) -> dict[str, str]:
        """By field, what is far from the period before: asked, never refused. For a form whose errors are known."""
        typed = getattr(self, "cleaned_data", {})
        asked = {name: jump(before, typed.get(name)) for name, before in self.amounts_before().items()}
        return {name: question for name, question in asked.items() if question}

    def _tell_what_was_before(self) -> None:
        """So that the page asks while somebody types."""
        for name, before in self.amounts_before().items():
            if before:
                told = {"data-previous": before, "data-jump": JUMP, "data-above": ABOVE, "data-below": BELOW}
                self.fields[name].widget.attrs.update(told)

    def fields_with_doubts(self):
        """Each bound field with its question, for the template."""
        doubts = self.doubts()
        return [(field, doubts.get(field.name, "")) for field in self]

    @property
    def so_far(self) -> str:
        """What earlier periods brought towards the target."""
        return so_far(self.context, self.indicator)

    @property
    def help(self) -> Guide:
        return guide_of(self.indicator)

    @property
    def span_label(self) -> str:
        return "Acumulado" if self.indicator.entry == Entry.RUNNING_TOTAL else "Del período"

    @property
    def span(self) -> str:
        """What the figure covers, after the label that says whether it is of the period or accumulated."""
        period = self.context.report.period
        if self.indicator.entry == Entry.RUNNING_TOTAL:
            return f"Todo desde el inicio del plan hasta el {period.ends_on:%d-%m-%Y}."
        return f"Del {period.starts_on:%d-%m-%Y} al {period.ends_on:%d-%m-%Y}, sin sumar lo anterior."


class CountForm(FigureForm):
    guide = "El cero es un valor; el vacío, no."
    value = WholeNumberField(label="Valor")

    def build(self):
        if self.indicator.unit_label:
            self.fields["value"].label = self.indicator.unit_label[0].upper() + self.indicator.unit_label[1:]


class NameListForm(FigureForm):
    """A list that grows: it begins with the names of the period before."""

    guide = "Se cuenta cada nombre una sola vez."
    names = NameListField(label="Lista, un nombre por línea")

    def build(self):
        self.fields["names"].widget.attrs["data-lines"] = len(self.names_before)
        self.initial["names"] = "\n".join(self.names_before)

    @property
    def names_before(self) -> list[str]:
        return list(self.previous.newest.names) if self.previous else []

    def doubts(self):
        said = {name.casefold() for name in getattr(self, "cleaned_data", {}).get("names", ())}
        gone = [name for name in self.names_before if name.casefold() not in said]
        if not gone or not said:
            return {}
        listed = ", ".join(gone[:3]) + (f" y {len(gone) - 3} más" if len(gone) > 3 else "")
        return {"names": f"Ya no está lo que antes se informó: {listed}. ¿Es correcto?"}

    def figures(self):
        names = self.cleaned_data["names"]
        return indicator_figures(self.indicator, names=names, value=len(names))


class InstitutionForm(FigureForm):
    """Institution counts: each responsible answers for itself, and may name members that do not report."""

    guide = "Responda por su institución."
    affirmative = forms.TypedChoiceField(
        label="¿Su institución lo hizo?",
        choices=[("yes", "Sí"), ("no", "No")],
        coerce=lambda choice: choice == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Responda sí o no."},
    )
    names = forms.MultipleChoiceField(
        label="Otras instituciones de la Mesa que también lo hicieron y no informan por sí mismas",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Elija instituciones de la lista."},
    )

    def build(self):
        others = [m for m in self.context.members if m.pk != self.context.report.institution_id]
        cast(forms.ChoiceField, self.fields["names"]).choices = [(m.name, m.name) for m in others]


class RatioForm(FigureForm):
    guide = "El portal calcula el porcentaje."
    numerator = WholeNumberField(label="Numerador")
    denominator = WholeNumberField(label="Denominador")

    def build(self):
        self.fields["numerator"].label = self.indicator.numerator_label or "Numerador"
        self.fields["denominator"].label = self.indicator.denominator_label or "Denominador"
        if self.indicator.has_fixed_denominator:
            del self.fields["denominator"]

    @property
    def universe_total(self) -> int | None:
        """The institution's stock, where the denominator comes from a universe."""
        rows = self.context.stock_of(self.indicator)
        return sum(row.value for row in rows) if rows else None

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        numerator = cleaned.get("numerator")
        denominator = cleaned.get("denominator", self.universe_total)
        if self.indicator.bounded and (error := above_denominator(numerator, denominator)):
            self.add_error("numerator", error)
        return cleaned


class ProductForm(FigureForm):
    span_label, span = "Producto", ""
    guide = "Indique la etapa en que está el producto y desde cuándo."
    stage = forms.ChoiceField(
        label="Etapa",
        choices=[("", "Elija la etapa"), *Stage.choices],
        error_messages={"required": "Elija la etapa."},
    )
    stage_on = forms.DateField(
        label="Fecha en que la alcanzó",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Escriba la fecha como dd-mm-aaaa."},
    )
    named_count = WholeNumberField(label="Conteo")

    def build(self):
        if self.indicator.named_count_label:
            self.fields["named_count"].label = self.indicator.named_count_label
            self.fields["named_count"].required = False
        else:
            del self.fields["named_count"]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        self._require_date(cleaned)
        self._require_count(cleaned)
        return cleaned

    def doubts(self):
        before, now = (
            self.previous.newest.stage if self.previous else "",
            getattr(self, "cleaned_data", {}).get("stage"),
        )
        if not before or not now or _reaches(now, before):
            return {}
        return {"stage": f"Antes se informó «{Stage(before).label}» y ahora retrocede. ¿Es correcto?"}

    def _require_date(self, cleaned) -> None:
        has_begun = cleaned.get("stage") not in (None, "", Stage.NOT_STARTED)
        reached_on = cleaned.get("stage_on")
        if has_begun and reached_on is None and "stage_on" not in self.errors:
            self.add_error("stage_on", forms.ValidationError("Falta la fecha de la etapa.", code="required"))
        if reached_on and reached_on > self.context.report.period.ends_on:
            self.add_error("stage_on", "La fecha es posterior al período que se informa.")

    def _require_count(self, cleaned) -> None:
        is_achieved = cleaned.get("stage") and _reaches(cleaned["stage"], self.indicator.stage)
        if "named_count" in self.fields and is_achieved and cleaned.get("named_count") is None:
            message = forms.ValidationError("Falta el valor; si no hubo, escriba 0.", code="required")
            self.add_error("named_count", message)


class YearlyProductForm(FigureForm):
    span_label, span = "Producto anual", ""
    guide = "Marque todos los años cuyo producto ya está entregado, también los que marcó antes."
    years = forms.TypedMultipleChoiceField(
        label="Años entregados",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Elija años de la lista."},
    )

    def build(self):
        cast(forms.ChoiceField, self.fields["years"]).choices = [(year, str(year)) for year in self.indicator.years]
        self.initial["years"] = self.years_before

    @property
    def years_before(self) -> list[int]:
        return list(self.previous.newest.years) if self.previous else []

    def doubts(self):
        said = getattr(self, "cleaned_data", {}).get("years", [])
        gone = ", ".join(str(year) for year in self.years_before if year not in said)
        return {"years": f"Antes se informó como entregado {gone}. ¿Es correcto quitarlo?"} if gone else {}

    def figures(self):
        return indicator_figures(self.indicator, years=tuple(sorted(self.cleaned_data["years"])))


def _reaches(stage: str, needed: str) -> bool:
    order = list(Stage)
    return order.index(Stage(stage)) >= order.index(Stage(needed))


def plain_form_class(indicator: Indicator) -> type[FigureForm]:
    """The form of an indicator without breakdown."""
    if indicator.derived_from != DerivedFrom.NONE:
        return InstitutionForm
    if indicator.lists_names:
        return NameListForm
    by_kind: dict[str, type[FigureForm]] = {
        IndicatorKind.RATIO: RatioForm,
        IndicatorKind.PRODUCT: ProductForm,
        IndicatorKind.YEARLY_PRODUCT: YearlyProductForm,
    }
    return by_kind.get(indicator.kind, CountForm)
