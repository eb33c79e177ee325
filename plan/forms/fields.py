"""Fields that forms of every app share."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

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
