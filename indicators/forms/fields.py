"""Fields of the portal's own: whole numbers as people in Chile write them, lists of names, several files."""

import re

from django import forms
from django.core.validators import MaxLengthValidator

from indicators.models.evidence import WEB_ADDRESS
from plan.forms.fields import no_personal_data
from plan.templatetags.portal import number

#: More than any figure of the plan can be, and within what every column holds: above it a slip of the keyboard is
#: certain.
LARGEST_NUMBER = 10**9
#: Digits alone, or in groups of three with points between them.
WRITTEN_DECIMAL = re.compile(r"-?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?")
WRITTEN_NUMBER = re.compile(r"-?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)")
#: The unit of a distance between percentages, in words or short.
POINTS = re.compile(r"\s*(puntos?( porcentual(es)?)?|pp)$", re.IGNORECASE)
#: A space between groups, as spreadsheets and reports write it: plain, or one that does not break.
SPACED = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")


class WholeNumberField(forms.IntegerField):
    """A count: 1.234, 1 234 and 1234 are the same; 0 is a value, an empty field is not."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {
        "required": "Falta el valor; si no hubo, escriba 0.",
        "invalid": "Escriba un número entero, sin letras ni decimales.",
        "min_value": "El valor no puede ser menor que 0.",
        "max_value": "El valor es demasiado grande: revise si sobra alguna cifra.",
    }

    def __init__(self, *, max_value: int = LARGEST_NUMBER, **kwargs):
        super().__init__(min_value=0, max_value=max_value, localize=True, **kwargs)

    def to_python(self, value):
        """Stricter than Django, which drops every point: 12.34 would be 1234."""
        text = "" if value is None else SPACED.sub(".", str(value).strip())
        if text and not WRITTEN_NUMBER.fullmatch(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text.replace(".", ""))


class DecimalField(forms.DecimalField):
    """A number with decimal comma: 1.234,5 and 1234,5 are the same."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "required": "Falta el valor.",
        "invalid": "Escriba un número, con coma si lleva decimales: 12,5.",
        "min_value": "El valor no puede ser menor que %(limit_value)s.",
        "max_value": "El valor es demasiado grande: revise si sobra alguna cifra.",
    }

    def __init__(self, *, max_value: int = LARGEST_NUMBER, **kwargs):
        super().__init__(min_value=0, max_value=max_value, **kwargs)

    def to_python(self, value):
        """As written in Chile, and never as Python reads it: 1e5 and 12.5 are slips."""
        text = "" if value is None else str(value).strip()
        if text and not WRITTEN_DECIMAL.fullmatch(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text.replace(".", "").replace(",", "."))


class PercentField(DecimalField):
    """A share, as a fraction of one: "60 %" and "60" are 0.6."""

    default_error_messages = {
        "invalid": "Escriba el porcentaje, con coma si lleva decimales: 60 % o 62,5 %.",
        "max_value": "El porcentaje es demasiado grande: revise si sobra alguna cifra.",
        "unclear": "¿%(typed)s %% o %(meant)s %%? Escriba el porcentaje con su signo.",
    }

    def __init__(self, *, decimal_places: int = 4, **kwargs):
        super().__init__(max_value=1000, decimal_places=decimal_places, **kwargs)

    def clean(self, value):
        """A bare number up to one is asked about: 0,6 may be meant for 60 %."""
        text = "" if value is None else str(value).strip()
        points = super().clean(text.removesuffix("%").strip())
        if points is None:
            return None
        if 0 < points <= 1 and not text.endswith("%"):
            both = {"typed": number(points), "meant": number(points * 100)}
            raise forms.ValidationError(self.error_messages["unclear"], code="unclear", params=both)
        return points / 100


class PointsField(PercentField):
    """A distance between two percentages, as a fraction of one: "10 puntos", "10 pp" and "10" are 0.1."""

    default_error_messages = {
        "invalid": "Escriba los puntos porcentuales, con coma si llevan decimales: 10 o 12,5.",
        "max_value": "Son demasiados puntos: revise si sobra alguna cifra.",
        "unclear": "¿%(typed)s o %(meant)s puntos? Escriba el número con la palabra «puntos».",
    }

    def clean(self, value):
        return super().clean(POINTS.sub("%", "" if value is None else str(value).strip()))


class DayField(forms.DateField):
    """A day, as the browser's calendar or the keyboard give it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"required": "Falta la fecha.", "invalid": "Escriba la fecha como dd-mm-aaaa."}


class WebAddressField(forms.URLField):
    default_validators = [WEB_ADDRESS]
    default_error_messages = {"invalid": "Escriba una dirección completa, como https://www.ejemplo.cl/documento."}

    def __init__(self, **kwargs):
        super().__init__(assume_scheme="https", **kwargs)


class NameListField(forms.CharField):
    """One name a line; blanks and repetitions are dropped, the order stays."""

    widget = forms.Textarea(attrs={"rows": 4})
    default_error_messages = {"required": "Escriba al menos un nombre, uno por línea."}

    def __init__(self, **kwargs):
        super().__init__(max_length=20000, validators=[no_personal_data], **kwargs)

    def clean(self, value):
        unique: dict[str, str] = {}
        for line in super().clean(value).splitlines():
            if name := " ".join(line.split()):
                unique.setdefault(name.casefold(), name)
        for name in unique.values():
            MaxLengthValidator(200, "Cada nombre puede tener hasta 200 caracteres.")(name)
        return tuple(unique.values())


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else []


class SeveralFilesField(forms.Field):
    """Files as they arrive; what may be kept is judged file by file when they are filed."""

    widget = SeveralFilesInput
    default_error_messages = {"too_many": "Suba hasta 20 archivos a la vez."}

    def clean(self, value):
        files = super().clean(value) or []
        if len(files) > 20:
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many")
        return files
