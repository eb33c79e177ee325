"""What the sheets of an eje share: the reason of what changes, and the token that says what the page showed."""

from datetime import date
from typing import Protocol, cast

from django import forms
from django.http import QueryDict

from indicators.forms.fields import DayField
from plan.models import Agreement

REASON_NEEDED = "Escriba el fundamento: reemplaza algo vigente."


def usual_day(agreement: Agreement) -> date:
    """From which day what is agreed holds, unless told otherwise: that of the acta, as far as the plan reaches."""
    plan = agreement.plan
    return min(max(agreement.agreed_on, plan.starts_on), plan.ends_on)


def day_of_plan(agreement: Agreement, chosen: date) -> date:
    """The day, if it is one of the plan's."""
    plan = agreement.plan
    if not plan.starts_on <= chosen <= plan.ends_on:
        raise forms.ValidationError(f"Elija una fecha del plan, entre {plan.start_year} y {plan.end_year}.")
    return chosen


class EffectiveForm(forms.Form):
    """From which day a change of the plan rules."""

    effective_on = DayField(label="Rige desde")

    def __init__(self, agreement: Agreement, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.agreement = agreement

    def clean_effective_on(self) -> date:
        return day_of_plan(self.agreement, self.cleaned_data["effective_on"])


class ReasonField(forms.CharField):
    def __init__(self, *, label: str = "Fundamento", **kwargs):
        super().__init__(label=label, max_length=300, required=False, **kwargs)


class Countable(Protocol):
    """A sheet that tells whether something was entered on it meanwhile."""

    @property
    def seen(self) -> int: ...


class SheetForm(forms.Form):
    """`reason` is that of every row that has none of its own."""

    reason = ReasonField(
        label="Fundamento de los cambios", help_text="Obligatorio si se reemplaza o termina algo vigente."
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, sheet: Countable, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.sheet = sheet

    def renew(self) -> None:
        """Let the page that comes back be saved knowingly over what was entered meanwhile."""
        self.data = completed = cast(QueryDict, self.data).copy()
        completed["seen"] = str(self.sheet.seen)
