"""What a reviewer answers: a verdict for each medio, a figure for each value, and the reasons."""

from django import forms

from indicators.content import Remark, Resolution, ValidatedFigures, ValidatedRowFigures
from indicators.enums import Answer, IndicatorKind, ObservationKind, Outcome, Verdict
from indicators.forms.fields import LongTextField, WholeNumberField
from indicators.models import Submission
from indicators.rounds import Round, ValueLine

REASON_NEEDED = "La cifra difiere de la informada: escriba por qué."
RETURN_NEEDS_SENTENCE = "Escriba al menos una frase: qué falta o qué está mal, y cómo corregirlo."
#: A return shorter than this says neither what is missing nor how to mend it.
SHORTEST_REASON = 15


class ReasonForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    reason = LongTextField(
        label="Motivo",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Escriba el motivo."},
    )

    def clean_version(self):
        return self.cleaned_data["version"] or 0


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Veredicto",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Elija un veredicto de la lista."},
    )
    kind = forms.ChoiceField(
        label="Observación", choices=[("", "Sin observación"), *ObservationKind.choices], required=False
    )
    text = forms.CharField(label="Detalle", max_length=500, required=False)

    def __init__(self, line, **kwargs):
        super().__init__(prefix=f"v{line.means.pk}", use_required_attribute=False, **kwargs)
        self.line = line
        self.fields["verdict"].label = f"{line.means.number}. {line.means.text}"

    def remark(self) -> Remark | None:
        kind, text = self.cleaned_data.get("kind"), self.cleaned_data.get("text", "")
        if not kind and not text:
            return None
        return Remark(ObservationKind(kind or ObservationKind.OTHER), text, f"means-{self.line.means.pk}")


class StrikeForm(forms.Form):
    strike = forms.BooleanField(label="Descartar", required=False)
    reason = forms.CharField(label="Por qué se descarta", max_length=300, required=False)

    def __init__(self, line, **kwargs):
        super().__init__(prefix=f"e{line.evidence.pk}", use_required_attribute=False, **kwargs)
        self.line = line

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("strike") and not cleaned.get("reason"):
            self.add_error("reason", "Escriba por qué se descarta esta evidencia.")
        return cleaned


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
    """The validated breakdown of one value: a number for each row, one reason for what differs."""

    reason = forms.CharField(label="Motivo de la diferencia", max_length=300, required=False)

    def __init__(self, line: ValueLine, **kwargs):
        super().__init__(prefix=f"f{line.reported.pk}", use_required_attribute=False, **kwargs)
        self.line = line
        self.amount = "numerator" if line.reported.value is None else "value"
        for row in line.rows:
            number = getattr(row.reported, self.amount)
            self.fields[f"row{row.reported.pk}"] = WholeNumberField(label=row.label, initial=number)
        self.order_fields([*[name for name in self.fields if name != "reason"], "reason"])

    def lines(self):
        return [(row, self[f"row{row.reported.pk}"]) for row in self.line.rows]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors and self._changed_rows() and not cleaned.get("reason"):
            self.add_error("reason", REASON_NEEDED)
        return cleaned

    def _changed_rows(self) -> list:
        return [row for row in self.line.rows if self._number(row) != getattr(row.reported, self.amount)]

    def _number(self, row) -> int:
        return self.cleaned_data[f"row{row.reported.pk}"]

    def figures(self) -> ValidatedFigures:
        changed = self._changed_rows()
        reason = self.cleaned_data["reason"] if changed else ""
        rows = tuple(
            ValidatedRowFigures(row.reported, {self.amount: self._number(row)}, reason if row in changed else "")
            for row in self.line.rows
        )
        total = sum(self._number(row) for row in self.line.rows)
        return ValidatedFigures(self.line.reported, {self.amount: total} if changed else {}, reason, rows)


class ReviewEntry:
    """The whole answer of a reviewer to the newest round of a report."""

    def __init__(self, round_: Round, data=None):
        self.round = round_
        self.submission: Submission = round_.submission
        has_progress = self.submission.answer == Answer.PROGRESS
        self.main = ReviewForm(data, use_required_attribute=False)
        self.verdicts = [VerdictForm(line, data=data) for line in round_.means] if has_progress else []
        self.strikes = {
            line.evidence.pk: StrikeForm(line, data=data) for means in round_.means for line in means.evidence
        }
        self.values = [_value_form(line)(line, data=data) for line in round_.values]

    @property
    def approves(self) -> bool:
        return self.main.data.get("outcome") == Outcome.APPROVED

    def is_valid(self) -> bool:
        """Figures count only where the report is approved; a return needs its reason."""
        checked = [self.main, *self.verdicts, *self.strikes.values(), *(self.values if self.approves else [])]
        outcomes = [form.is_valid() for form in checked]
        return all(outcomes) and self._has_every_verdict()

    def _has_every_verdict(self) -> bool:
        if self.main.cleaned_data["outcome"] == Outcome.RETURNED:
            return True
        without = [form for form in self.verdicts if not form.cleaned_data["verdict"]]
        for form in without:
            form.add_error("verdict", "Falta el veredicto de este medio.")
        return not without

    def resolution(self) -> Resolution:
        verdicts = {form.line.means.pk: form.cleaned_data["verdict"] for form in self.verdicts}
        struck = {pk: f.cleaned_data["reason"] for pk, f in self.strikes.items() if f.cleaned_data["strike"]}
        return Resolution(
            outcome=Outcome(self.main.cleaned_data["outcome"]),
            reason=self.main.cleaned_data["reason"],
            verdicts={means: Verdict(verdict) for means, verdict in verdicts.items() if verdict},
            values=tuple(form.figures() for form in self.values) if self.approves else (),
            struck=struck,
            remarks=tuple(filter(None, (form.remark() for form in self.verdicts))),
        )


class ReviewForm(forms.Form):
    outcome = forms.ChoiceField(choices=Outcome.choices, error_messages={"required": "Elija aprobar o devolver."})
    reason = LongTextField(
        label="Mensaje a la institución",
        help_text="Al devolver, qué debe corregir y cómo: es lo primero que verá. Al aprobar puede quedar vacío.",
        max_length=2000,
        error_messages={"required": RETURN_NEEDS_SENTENCE},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("outcome") == Outcome.APPROVED:
            self.errors.pop("reason", None)
        elif "reason" in cleaned and len(cleaned["reason"]) < SHORTEST_REASON:
            self.add_error("reason", RETURN_NEEDS_SENTENCE)
        return {"reason": "", **cleaned}


def _value_form(line: ValueLine) -> type[RowsForm] | type[ValueForm]:
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
