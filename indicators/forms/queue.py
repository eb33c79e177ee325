"""What is done with several reports of the queue at once: which were marked, and into whose hands they go."""

import re
from typing import cast

from django import forms

from indicators.queue import reviewers
from plan.models import User

#: As many as a page of the queue has.
MOST = 50
#: A report as a form names it: its id and the version that the person saw.
MARK = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


class MarksField(forms.MultipleChoiceField):
    """Becomes the version seen by the id of its report."""

    default_error_messages = {
        "required": "Marque en la lista al menos un reporte.",
        "invalid_choice": "No se entiende qué reportes marcó: actualice la página y márquelos de nuevo.",
        "too_many": f"Marque a lo más {MOST} reportes por vez.",
    }

    def valid_value(self, value: str) -> bool:
        return MARK.fullmatch(value) is not None

    def clean(self, value) -> dict[int, int]:
        marks = super().clean(value)
        if len(marks) > MOST:
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many")
        return {int(pk): int(version) for pk, version in (mark.split("-") for mark in marks)}


class MarkedForm(forms.Form):
    reports = MarksField()

    @property
    def marked(self) -> list[str]:
        """Marks as they were posted."""
        return self["reports"].value() or []


class ReviewerField(forms.ModelChoiceField):
    """Members of the secretaría técnica, the person who assigns among them."""

    def __init__(self, **kwargs):
        super().__init__(queryset=User.objects.none(), empty_label="Elija a quién", **kwargs)

    def label_from_instance(self, obj: User) -> str:
        return obj.full_name


class AssignForm(MarkedForm):
    reviewer = ReviewerField(
        label="Asignar a",
        widget=forms.Select(attrs={"form": "lote"}),  # it stands outside of its form, at the foot of the page
        error_messages={
            "required": "Elija a quién se asignan.",
            "invalid_choice": "Esa persona ya no revisa reportes.",
        },
    )

    def __init__(self, data=None):
        super().__init__(data, auto_id="lote-%s", use_required_attribute=False)
        cast(forms.ModelChoiceField, self.fields["reviewer"]).queryset = reviewers()
