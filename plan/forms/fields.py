"""Fields that forms of every app share."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from plan.files.personal_data import emails_in, runs_in
from plan.models import Plan
from plan.templatetags.portal import day

IMPROBABLE = "Revise el año de la fecha."


class DayField(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": "Escriba una fecha que exista, como 31-12-2016."}

    def bound_data(self, data, initial):
        """Whatever way the day was written, the browser's calendar wants it in its own; none given, the default."""
        try:
            return self.to_python(data) or initial
        except forms.ValidationError:
            return data


class NearDayField(DayField):
    """A day of this age: a year outside of it is a slip of the keyboard."""

    default_validators = [
        MinValueValidator(date(1990, 1, 1), IMPROBABLE),
        MaxValueValidator(date(2100, 12, 31), IMPROBABLE),
    ]


def not_to_come(chosen: date | None) -> date | None:
    if chosen and chosen > timezone.localdate():
        raise forms.ValidationError("Elija una fecha que ya haya llegado.")
    return chosen


def cut_off_of(plan: Plan, chosen: date | None) -> date | None:
    """A corte is a day of the plan that has come."""
    if chosen and not plan.starts_on <= chosen <= plan.ends_on:
        years = f"entre {day(plan.starts_on)} y {day(plan.ends_on)}"
        raise forms.ValidationError(f"Elija un corte dentro del plan, {years}.")
    return not_to_come(chosen)


def no_personal_data(text: str) -> None:
    """Validator for what institutions and the Mesa write and documents print: it names what has to go."""
    found = [f"el RUN {run}" for run in runs_in(text)] + [f"el correo {email}" for email in emails_in(text)]
    if found:
        told = " y ".join(filter(None, [", ".join(found[:-1]), found[-1]]))
        message = f"Quite {told}: lo que se informa puede publicarse y no lleva datos de personas."
        raise forms.ValidationError(message, code="personal_data")


class SentenceField(forms.CharField):
    """A text whose limit the page counts: what is beyond stays typed and is told, for with `maxlength` a browser cuts
    what is pasted and says nothing."""

    default_error_messages = {
        "max_length": "Puede tener hasta %(limit_value)d caracteres; tiene %(show_value)d.",
    }

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs if self.max_length is None else {**attrs, "data-limit": self.max_length}


class LongTextField(SentenceField):
    """Text of several lines. A line break is one character, as the page counts it, though a browser sends two."""

    widget = forms.Textarea

    def to_python(self, value):
        return (super().to_python(value) or "").replace("\r\n", "\n")
