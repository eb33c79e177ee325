from django import forms

from indicators.agreements.retention import rules_in_force
from indicators.enums import Classification
from indicators.forms.agreements.sheet import REASON_NEEDED, ReasonField
from indicators.forms.fields import WholeNumberField
from plan.models import Agreement

LONGEST_YEARS = 100


class RetentionForm(forms.Form):
    """For how many years files are kept: one number for each classification that the acta sets."""

    def __init__(self, agreement: Agreement, data=None):
        super().__init__(data)
        self.in_force = rules_in_force(agreement.plan)
        self.own = {rule.classification: rule for rule in agreement.retention_rules.all()}
        for classification in Classification:
            self.fields[classification] = WholeNumberField(label=classification.label, required=False)
        self.fields["reason"] = ReasonField(help_text="Obligatorio si reemplaza otro plazo.")

    @property
    def lines(self) -> list[tuple]:
        """Each classification with the rule that counts, whether this acta has set it, and its field."""
        return [(row, self.in_force.get(row), row in self.own, self[row]) for row in Classification]

    @property
    def is_complete(self) -> bool:
        return len(self.own) == len(Classification)

    @property
    def years(self) -> dict[Classification, int]:
        typed = {row: self.cleaned_data.get(row) for row in Classification}
        return {row: years for row, years in typed.items() if years is not None}

    def clean(self):
        super().clean()
        for row, years in self.years.items():
            if not 0 < years <= LONGEST_YEARS:
                self.add_error(row, f"Escriba de 1 a {LONGEST_YEARS} años.")
        if not self.errors and not self.years:
            self.add_error(None, "No escribió ningún plazo.")
        replaces = any(row in self.in_force and row not in self.own for row in self.years)
        if replaces and not self.cleaned_data.get("reason"):
            self.add_error("reason", REASON_NEEDED)
        return self.cleaned_data
