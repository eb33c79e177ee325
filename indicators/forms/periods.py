"""What the secretaría técnica decides of periods: the terms of all of them, and an extension of one."""

from datetime import date, timedelta
from typing import cast

from django import forms
from django.utils import timezone

from indicators.enums import Cadence, CountedFrom
from indicators.forms.fields import WholeNumberField
from indicators.models import ReportingPeriod
from indicators.period_boards import PeriodBoard
from indicators.timetable import Terms, timetable
from plan.models import Institution, Plan
from plan.templatetags.portal import day

LONGEST = 366
EVERYBODY = "all"


def _days(label: str, help_text: str) -> WholeNumberField:
    return WholeNumberField(
        label=label,
        help_text=help_text,
        max_value=LONGEST,
        error_messages={"required": "Faltan los días.", "max_value": f"Puede ser hasta {LONGEST} días."},
    )


class TermsForm(forms.Form):
    """Read from the address to show what would change, and posted with the digest of what was seen."""

    cadence = forms.TypedChoiceField(
        label="Cada período dura un", help_text="Dentro de un año calendario.", choices=Cadence.choices, coerce=Cadence
    )
    counted_from = forms.TypedChoiceField(
        label="La apertura se cuenta",
        help_text="Del período.",
        choices=CountedFrom.choices,
        coerce=CountedFrom,
    )
    opens_after = _days("Abre después de (días)", "Desde el día elegido.")
    due_after = _days("Vence después de (días)", "Desde que abre.")
    review_after = _days("Plazo de revisión (días)", "Desde que vence.")

    #: What is usual: open on the day after the period's end, a month to report, another to review.
    USUAL = {
        "cadence": Cadence.SEMESTER,
        "counted_from": CountedFrom.END,
        "opens_after": 1,
        "due_after": 30,
        "review_after": 30,
    }

    def __init__(self, plan: Plan, data=None):
        super().__init__(data, initial=self.USUAL, use_required_attribute=False)
        self._plan = plan

    def clean(self):
        """Nobody is asked to report on days that are still to come."""
        super().clean()
        if not self.errors:
            early = [slot for slot in timetable(self._plan.years, self.terms()) if slot.due_on < slot.ends_on]
            if early:
                needed = max((slot.ends_on - slot.opens_on).days for slot in early)
                self.add_error("due_after", f"Vencería antes de que termine el período: dé al menos {needed} días.")
        return self.cleaned_data

    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)


class ExtensionForm(forms.Form):
    to = forms.ChoiceField(label="Para", error_messages={"required": "Elija para quién es la prórroga."})
    due_on = forms.DateField(
        label="Nuevo vencimiento",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Falta la fecha.", "invalid": "Escriba la fecha como dd-mm-aaaa."},
    )
    reason = forms.CharField(
        label="Motivo",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La institución lo lee en el aviso.",
        error_messages={"required": "Escriba el motivo de la prórroga."},
    )

    def __init__(self, board: PeriodBoard, data=None):
        super().__init__(data, use_required_attribute=False)
        self._period: ReportingPeriod = board.period
        self._owing = {str(institution.pk): institution for institution in board.owing}
        named = [(str(i.pk), f"{i} (debe {count})") for i, count in board.owing.items()]
        everybody = (EVERYBODY, f"Todas las que aún deben informes ({len(named)})")
        cast(forms.ChoiceField, self.fields["to"]).choices = [("", "Elija la institución"), everybody, *named]

    def clean_due_on(self) -> date:
        due_on, today = self.cleaned_data["due_on"], timezone.localdate()
        if due_on < today:
            raise forms.ValidationError("La fecha ya pasó.")
        if due_on > today + timedelta(LONGEST):
            raise forms.ValidationError("Una prórroga no pasa de un año: revise la fecha.")
        return due_on

    def clean(self):
        super().clean()
        if not self.errors:
            latest = min(self._period.due_on_for(institution) for institution in self.institutions)
            if self.cleaned_data["due_on"] <= latest:
                self.add_error("due_on", f"Elija una fecha posterior al plazo vigente, que es el {day(latest)}.")
        return self.cleaned_data

    @property
    def institutions(self) -> list[Institution]:
        chosen = self.cleaned_data["to"]
        return list(self._owing.values()) if chosen == EVERYBODY else [self._owing[chosen]]
