"""Emission, correction and annulment, as the secretaría ejecutiva asks for them."""

from datetime import date, datetime

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from reports.documents.making import Order
from reports.facts.redaction import without_personal_data
from reports.forms import DocumentForm
from reports.models import IssuedReport

LONGEST_ERRATA, LONGEST_REASON = 2000, 1000
BEFORE_CUT_OFF = "Es anterior al corte: una edición se emite con lo resuelto ese día o después."
PERSONAL_DATA = "Esto lo lee cualquiera: quite los RUN y los correos."


def without_personal_data_in(text: str) -> None:
    """Validator for words that are printed, or read by whoever verifies an edition."""
    if without_personal_data(text) != text:
        raise forms.ValidationError(PERSONAL_DATA)


class IssueForm(DocumentForm):
    """A document and its dates, looked over as of `moment`: what is emitted is what was seen."""

    moment = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def add_prefix(self, field_name: str) -> str:
        return "momento" if field_name == "moment" else super().add_prefix(field_name)

    def clean_known_on(self) -> date | None:
        """The day has ended, at least, that the figures are about."""
        known_on = super().clean_known_on()
        if known_on and known_on < (self.cleaned_data.get("cut_off") or self._default):
            raise forms.ValidationError(BEFORE_CUT_OFF)
        return known_on

    @property
    def order(self) -> Order:
        """Of a valid form."""
        wish = self.wish
        known_at = _come(self.cleaned_data["moment"]) or wish.known_at
        return Order(wish.plan, wish.cut_off, known_at, wish.axis_number, wish.year)


def asks_again(former: IssuedReport, query: QueryDict) -> Order:
    """The document and the corte of `former`, with all that is known by now, or by when it was looked over."""
    known_at = _come(parse_datetime(query.get("momento", ""))) or timezone.now()
    return Order(former.plan, former.as_of, known_at, former.axis_number, former.year)


def _come(moment: datetime | None) -> datetime | None:
    return moment if moment and timezone.is_aware(moment) and moment <= timezone.now() else None


class ErrataForm(forms.Form):
    """What a correction says of the edition that it replaces."""

    errata = forms.CharField(
        label="Fe de erratas",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_ERRATA,
        validators=[without_personal_data_in],
        help_text="Qué decía la edición anterior y qué debe decir. Se imprime en la nueva y se lee en la verificación.",
        error_messages={"required": "Diga qué se corrige."},
    )


class ReviewedForm(forms.Form):
    """That the points of the check list were read, where there are any."""

    reviewed = forms.BooleanField(
        label="Leí los puntos por revisar y la edición se emite con ellos",
        error_messages={"required": "Confirme que leyó los puntos por revisar."},
    )

    def __init__(self, data: QueryDict | None = None, *, is_needed: bool):
        super().__init__(data)
        self.fields["reviewed"].required = is_needed


class AnnulForm(forms.Form):
    reason = forms.CharField(
        label="Por qué se anula",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_REASON,
        validators=[without_personal_data_in],
        help_text="Lo lee quien verifique la edición. No nombre a personas.",
        error_messages={"required": "Diga por qué se anula."},
    )
