from django import forms

from indicators.agreements.methodology import newest_version, next_version
from indicators.calculations.parameters import PARAMETERS, Line, Parameter, Unit, lines
from indicators.forms.fields import DayField, PercentField, PointsField, WholeNumberField
from indicators.models import Methodology
from plan.models import Agreement
from plan.templatetags.portal import number

LARGEST_COUNT = 20
#: After the number in the field, of what is a fraction of one.
WRITTEN = {Unit.PERCENT: "%", Unit.POINTS: "puntos"}


class MethodologyForm(forms.ModelForm):
    """Every parameter, as the newest version has it until another value is typed. `seen` is the version with which
    what was typed has been compared; empty until it has been."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Methodology
        fields = ["valid_from", *(parameter.name for parameter in PARAMETERS), "reason"]

    def __init__(self, agreement: Agreement, data=None):
        self.before = newest_version(agreement.plan)
        start = {parameter.name: self._written(parameter) for parameter in PARAMETERS} if self.before else {}
        instance = Methodology(agreement=agreement, version=next_version())
        super().__init__(data, instance=instance, initial={"valid_from": agreement.agreed_on} | start)
        self.fields["valid_from"] = DayField(label="Rige desde", help_text="Para los cortes de ese día y posteriores.")
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = "Escriba el fundamento del cambio."
        for parameter in PARAMETERS:
            self.fields[parameter.name] = _field(parameter)

    def _written(self, parameter: Parameter) -> str:
        value = getattr(self.before, parameter.name)
        return str(value) if parameter.unit is Unit.COUNT else f"{number(value * 100)} {WRITTEN[parameter.unit]}"

    @property
    def lines(self) -> list[tuple]:
        """Each parameter with the value that rules now, in words, and its field."""
        now = self.before.parameters if self.before else None
        return [(row, row.text(now) if now else "", self[row.name]) for row in PARAMETERS]

    @property
    def compared(self) -> tuple[Line, ...]:
        """What was typed against the version before."""
        return lines(self.instance.parameters, self.before.parameters if self.before else None)


def _field(parameter: Parameter) -> forms.Field:
    if parameter.unit is Unit.COUNT:
        return WholeNumberField(label=parameter.label, max_value=LARGEST_COUNT)
    kind = PointsField if parameter.unit is Unit.POINTS else PercentField
    return kind(label=parameter.label, decimal_places=2)
