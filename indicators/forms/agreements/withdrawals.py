"""Beside each meta in force: that this acta withdraws it, and why. It is ticked, never left empty."""

from django import forms

from indicators.agreements.targets import Goal, TargetSheet
from indicators.forms.agreements.sheet import ReasonField
from indicators.models import Target

#: Before the identifier of the meta, in the names of its fields.
PREFIX = "retira"
GONE = "Una meta que marcó para retirar ya no está vigente: revise lo vigente."


class WithdrawalLine(forms.Form):
    """Of one meta in force."""

    withdraw = forms.BooleanField(label="Esta acta la retira", required=False)
    why = ReasonField(label="Por qué se retira")

    def __init__(self, target: Target, data=None, initial=None):
        super().__init__(data, initial=initial, prefix=f"{PREFIX}{target.pk}")
        self.target = target

    @property
    def is_open(self) -> bool:
        """Whether the page shows it unfolded."""
        return bool(self["withdraw"].value() or self["why"].value() or self.errors)

    def clean(self):
        super().clean()
        is_ticked, why = self.cleaned_data.get("withdraw"), self.cleaned_data.get("why")
        if why and not is_ticked:
            self.add_error("withdraw", "Márquelo para retirar la meta, o borre el fundamento.")
        return self.cleaned_data

    def goal(self, common: str) -> Goal | None:
        """What the acta sets, with the reason of the whole page where it has none of its own; None if not ticked."""
        if not self.cleaned_data.get("withdraw"):
            return None
        return Goal.withdrawing(self.target, self.cleaned_data.get("why") or common)

    def refuse_without_reason(self, common: str) -> None:
        if (
            self.cleaned_data.get("withdraw")
            and not common
            and "why" not in self.errors
            and not self.cleaned_data["why"]
        ):
            self.add_error("why", "Escriba por qué se retira.")

    def refuse_beside(self, goals: list[Goal], sheet: TargetSheet) -> None:
        """What is withdrawn is not set anew on the same page."""
        if self.cleaned_data.get("withdraw") and any(self.target in sheet.replaced(goal) for goal in goals):
            self.add_error("withdraw", "La meta que escribió ya la reemplaza: quite la marca o la meta nueva.")


def withdrawal_lines(
    sheet: TargetSheet, targets: list[Target], data, typed
) -> list[tuple[Target, WithdrawalLine | None]]:
    """Each meta in force with its line; None where this acta cannot withdraw it. Without `data` the lines show what
    was typed, unjudged."""
    return [(target, None if sheet.objection(target) else _line(target, data, typed)) for target in targets]


def _line(target: Target, data, typed) -> WithdrawalLine:
    if data is not None:
        return WithdrawalLine(target, data)
    names = WithdrawalLine.base_fields
    return WithdrawalLine(target, initial={name: typed.get(f"{PREFIX}{target.pk}-{name}", "") for name in names})


def ticked(typed) -> set[str]:
    """Prefixes of the lines that came ticked, whether the page still has them or not."""
    return {name.removesuffix("-withdraw") for name in typed if name.startswith(PREFIX) and name.endswith("-withdraw")}
