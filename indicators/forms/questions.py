"""What an institution asks about its report, and what the secretaría técnica answers."""

from typing import cast

from django import forms

from indicators.entry_context import EntryContext
from indicators.models import ProgressReport, Question
from plan.forms.fields import LongTextField

ABOUT_ALL = "El reporte en general"


def subjects(context: EntryContext) -> dict[str, str]:
    """What a question can be about, by its anchor."""
    indicators = {f"indicator-{i.pk}": f"Indicador {i.number}: {i.text}" for i in context.indicators}
    means = {f"means-{m.pk}": f"Medio {m.number}: {m.text}" for m in context.means}
    shortened = {
        anchor: label if len(label) < 90 else f"{label[:88]}…" for anchor, label in (indicators | means).items()
    }
    return {"report": ABOUT_ALL, **shortened, "narrative": "Relato"}


def thread_of(report: ProgressReport, context: EntryContext) -> list[tuple[str, Question]]:
    """The questions of a report with their answers, each with what it is about."""
    names = subjects(context)
    found = report.questions.select_related("asked_by", "answered_by")
    return [(names.get(question.anchor, ABOUT_ALL), question) for question in found]


class QuestionForm(forms.Form):
    anchor = forms.ChoiceField(label="Sobre")
    text = LongTextField(
        label="Pregunta",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escriba la pregunta."},
    )

    def __init__(self, context: EntryContext, data=None):
        super().__init__(data, prefix="q", use_required_attribute=False)
        cast(forms.ChoiceField, self.fields["anchor"]).choices = list(subjects(context).items())


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="Respuesta",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escriba la respuesta."},
    )

    def __init__(self, question, data=None):
        super().__init__(data, prefix=f"r{question.pk}", use_required_attribute=False)
        self.question = question
