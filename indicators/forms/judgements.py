"""What a reviewer says of one thing: the verdict of a medio, evidence left out, a remark at its field."""

from django import forms

from indicators.anchors import anchor, with_page
from indicators.content import Remark
from indicators.enums import ObservationKind, Verdict
from plan.forms.fields import no_personal_data


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Veredicto",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Elija un veredicto de la lista."},
    )

    def __init__(self, line, **kwargs):
        super().__init__(prefix=f"v{line.means.pk}", use_required_attribute=False, **kwargs)
        self.line = line
        self.fields["verdict"].label = f"Medio {line.means.number}"


class StrikeForm(forms.Form):
    strike = forms.BooleanField(label="Descartar esta evidencia", required=False)
    reason = forms.CharField(label="Por qué se descarta", max_length=300, required=False)

    def __init__(self, line, **kwargs):
        super().__init__(prefix=f"e{line.evidence.pk}", use_required_attribute=False, **kwargs)
        self.line = line

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("strike") and not cleaned.get("reason"):
            self.add_error("reason", "Escriba por qué se descarta esta evidencia.")
        if cleaned.get("reason") and not cleaned.get("strike"):
            self.add_error("strike", "Marque la evidencia que descarta, o borre el motivo.")
        return cleaned


class RemarkForm(forms.Form):
    """A remark about one place of the report, `about` in words: a typed reason, a sentence, or both."""

    kind = forms.ChoiceField(
        label="Motivo", choices=[("", "Sin observación"), *ObservationKind.choices], required=False
    )
    text = forms.CharField(
        label="Observación",
        max_length=500,
        validators=[no_personal_data],
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
    )

    def __init__(self, place, about: str, **kwargs):
        self.place, self.about = anchor(place), about
        super().__init__(prefix=f"o-{self.place}", use_required_attribute=False, **kwargs)

    @property
    def is_filled(self) -> bool:
        """Something was typed, right or wrong."""
        return any(self[name].value() for name in self.fields)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("kind") == ObservationKind.OTHER and not cleaned.get("text"):
            self.add_error("text", "Con «Otro», escriba la observación.")
        return cleaned

    def remark(self) -> Remark | None:
        kind, text = self.cleaned_data["kind"], self.cleaned_data["text"]
        if not kind and not text:
            return None
        return Remark(ObservationKind(kind or ObservationKind.OTHER), text, self._anchor())

    def _anchor(self) -> str:
        return self.place


class EvidenceRemarkForm(RemarkForm):
    """A remark about a piece of evidence, maybe about one page of it."""

    page = forms.IntegerField(
        label="Página",
        min_value=1,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Escriba el número de la página.", "min_value": "Las páginas comienzan en 1."},
    )

    def __init__(self, evidence, **kwargs):
        super().__init__(evidence, evidence.code, **kwargs)
        self.order_fields(["kind", "page", "text"])
        if not (evidence.file and evidence.file.page_count):
            del self.fields["page"]
            return
        self.page_count = evidence.file.page_count

    def clean_page(self) -> int | None:
        page = self.cleaned_data["page"]
        if page is not None and page > self.page_count:
            raise forms.ValidationError(f"El archivo tiene {self.page_count} páginas.")
        return page

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("page") and not (cleaned.get("kind") or cleaned.get("text") or self.errors):
            self.add_error("text", "Escriba qué observa en esa página.")
        return cleaned

    def _anchor(self) -> str:
        return with_page(self.place, self.cleaned_data.get("page"))
