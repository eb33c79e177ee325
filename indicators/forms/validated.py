"""The figures that a reviewer fixes: one value, or each row of its breakdown, with the reason of what differs."""

from django import forms

from indicators.content import ValidatedFigures, ValidatedRowFigures
from indicators.enums import IndicatorKind
from indicators.forms.fields import WholeNumberField
from indicators.rounds import RowLine, ValueLine

REASON_NEEDED = "La cifra difiere de la informada: escriba por qué."
LONGEST_REASON = 300


class ValueForm(forms.Form):
    """The validated figure of one value without breakdown, prefilled with the reported one."""

    reason = forms.CharField(label="Motivo de la diferencia", max_length=300, required=False)

    def __init__(self, line: ValueLine, **kwargs):
        self.line = line
        reported = line.reported
        self.names = _corrigible(reported)
        initial = {name: getattr(reported, name) for name in self.names}
        super().__init__(prefix=f"f{reported.pk}", initial=initial, use_required_attribute=False, **kwargs)
        for name in self.names:
            self.fields[name] = _field_for(reported, name)
        self.order_fields([*self.names, "reason"])

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors and self._changes() and not cleaned.get("reason"):
            self.add_error("reason", REASON_NEEDED)
        if self.line.reported.bounded and not self.errors:
            self._check_bound(cleaned)
        return cleaned

    def _check_bound(self, cleaned) -> None:
        numerator, denominator = cleaned.get("numerator"), cleaned.get("denominator")
        if None not in (numerator, denominator) and numerator > denominator:
            self.add_error("numerator", "El numerador no puede superar al denominador.")

    def _changes(self) -> dict:
        return {
            name: self.cleaned_data[name]
            for name in self.names
            if self.cleaned_data.get(name) != getattr(self.line.reported, name)
        }

    def figures(self) -> ValidatedFigures:
        changes = self._changes()
        return ValidatedFigures(self.line.reported, changes, self.cleaned_data["reason"] if changes else "")


class RowsForm(forms.Form):
    """The validated breakdown of one value: a number for each row. What differs needs a reason, of the row's own or
    one for all."""

    reason = forms.CharField(label="Motivo de la diferencia", max_length=300, required=False)

    def __init__(self, line: ValueLine, **kwargs):
        super().__init__(prefix=f"f{line.reported.pk}", use_required_attribute=False, **kwargs)
        self.line = line
        self.amount = "numerator" if line.reported.value is None else "value"
        for row in line.rows:
            key = row.reported.pk
            number = getattr(row.reported, self.amount)
            self.fields[f"row{key}"] = WholeNumberField(label=row.label, initial=number)
            self.fields[f"reason{key}"] = forms.CharField(label=row.label, max_length=300, required=False)

    def field_of(self, row: RowLine):
        return self[f"row{row.reported.pk}"]

    def reason_fields(self):
        return [self[f"reason{row.reported.pk}"] for row in self.line.rows]

    @property
    def has_own_reasons(self) -> bool:
        return any(field.value() or field.errors for field in self.reason_fields())

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors and any(not self._reason(row) for row in self._changed_rows()):
            self.add_error("reason", REASON_NEEDED)
        return cleaned

    def _changed_rows(self) -> list[RowLine]:
        return [row for row in self.line.rows if self._number(row) != getattr(row.reported, self.amount)]

    def _number(self, row: RowLine) -> int:
        return self.cleaned_data[f"row{row.reported.pk}"]

    def _reason(self, row: RowLine) -> str:
        return self.cleaned_data[f"reason{row.reported.pk}"] or self.cleaned_data["reason"]

    def figures(self) -> ValidatedFigures:
        changed = self._changed_rows()
        rows = tuple(
            ValidatedRowFigures(
                row.reported, {self.amount: self._number(row)}, self._reason(row) if row in changed else ""
            )
            for row in self.line.rows
        )
        total = sum(self._number(row) for row in self.line.rows)
        reason = self._reason_of_all(changed)
        return ValidatedFigures(self.line.reported, {self.amount: total} if changed else {}, reason, rows)

    def _reason_of_all(self, changed: list[RowLine]) -> str:
        """The one for all, or those of the rows one after the other."""
        if not changed:
            return ""
        told = self.cleaned_data["reason"] or "; ".join(f"{row.label}: {self._reason(row)}" for row in changed)
        return told if len(told) <= LONGEST_REASON else f"{told[: LONGEST_REASON - 1]}…"


def value_form_class(line: ValueLine) -> type[RowsForm] | type[ValueForm]:
    return RowsForm if line.rows else ValueForm


def _corrigible(reported) -> list[str]:
    """The fields of a value that a reviewer may fix: what the kind of its indicator asks for."""
    kind = reported.indicator.kind
    if kind == IndicatorKind.PRODUCT:
        return ["stage"] if reported.named_count is None else ["stage", "named_count"]
    if kind == IndicatorKind.YEARLY_PRODUCT:
        return ["years"]
    if reported.affirmative is not None:
        return ["affirmative"]
    return [name for name in ("value", "numerator", "denominator") if getattr(reported, name) is not None]


LABELS = {"value": "Valor validado", "numerator": "Numerador validado", "denominator": "Denominador validado"}


def _field_for(reported, name: str) -> forms.Field:
    if name == "stage":
        choices = reported._meta.get_field("stage").flatchoices
        return forms.ChoiceField(label="Etapa validada", choices=choices)
    if name == "years":
        choices = [(year, str(year)) for year in reported.indicator.years]
        return _YearsField(label="Años validados", choices=choices, required=False)
    if name == "affirmative":
        return forms.TypedChoiceField(
            label="Respuesta validada", choices=[("True", "Sí"), ("False", "No")], coerce=lambda text: text == "True"
        )
    return WholeNumberField(label=LABELS.get(name, reported.indicator.named_count_label))


class _YearsField(forms.TypedMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(coerce=int, empty_value=[], **kwargs)
