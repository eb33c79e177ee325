"""Which indicators and medios of its action a responsabilidad covers: all are ticked until one is not."""

from collections.abc import Iterable
from typing import cast

from django import forms

from indicators.agreements.duties import DutySheet, Limits
from indicators.forms.agreements.sheet import ReasonField, SheetForm
from indicators.models import Indicator, MeansOfVerification, Responsibility

NAMES = ("indicators", "means")


class LimitsForm(SheetForm):
    """`limits` are those ticked, for a valid form only; all ticked is no limit, also for what the plan may add."""

    indicators = forms.TypedMultipleChoiceField(
        label="Indicadores",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Deje marcado al menos un indicador."},
    )
    means = forms.TypedMultipleChoiceField(
        label="Medios de verificación",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Deje marcado al menos un medio."},
    )

    reason = ReasonField()
    field_order = (*NAMES, "reason")

    def __init__(self, sheet: DutySheet, row: Responsibility, data=None):
        self.row = row
        action = next(one for one in sheet.actions if one.pk == row.action_id)
        self.rows: dict[str, list[Indicator | MeansOfVerification]] = {
            "indicators": list(filter(sheet.reaches, action.indicators.all())),
            "means": list(filter(sheet.reaches, action.means.all())),
        }
        covered = {name: [one.pk for one in rows if row.covers(one)] for name, rows in self.rows.items()}
        super().__init__(sheet, data, initial={"seen": sheet.seen, **covered})
        reason = self.fields["reason"]
        reason.required, reason.error_messages["required"] = True, "Escriba el fundamento: cambia lo que cubre."
        for name in NAMES:
            self._offer(name)

    def _offer(self, name: str) -> None:
        if self.rows[name]:
            cast(forms.ChoiceField, self.fields[name]).choices = list(_choices(self.rows[name]))
        else:
            del self.fields[name]

    @property
    def limits(self) -> Limits:
        return Limits(*(self._named(name) for name in NAMES))

    def _named(self, name: str) -> frozenset[int]:
        ticked = frozenset(self.cleaned_data.get(name, ()))
        return frozenset() if len(ticked) == len(self.rows[name]) else ticked

    def clean(self):
        super().clean()
        if not self.errors and self.limits == Limits.of(self.row):
            self.add_error(None, "No cambió nada: cubre lo mismo.")
        return self.cleaned_data


def _choices(rows: Iterable[Indicator | MeansOfVerification]) -> Iterable[tuple[int, str]]:
    letter = {Indicator: "I", MeansOfVerification: "M"}
    return ((row.pk, f"{letter[type(row)]}{row.number}. {row.text}") for row in rows)
