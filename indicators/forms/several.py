"""Sin avance or no aplica for several actions: the questions of one report without progress, asked once."""

from typing import Self, cast

from django import forms

from indicators.content import ReportContent
from indicators.enums import Answer
from indicators.forms.report import ReportForm, responder_of
from indicators.worklist import Task, Worklist


class SeveralForm(ReportForm):
    # What only a report with progress says is not asked.
    narrative = results = obstacles = measures = support = explanation = None  # type: ignore[assignment]

    tasks = forms.MultipleChoiceField(
        error_messages={
            "required": "Marque en la lista las acciones que responde.",
            "invalid_choice": "Alguna de las acciones marcadas ya fue respondida o tiene un borrador: revise la lista.",
        }
    )

    def __init__(self, tasks: Worklist, data=None, **kwargs):
        super().__init__(data, auto_id="varias-%s", use_required_attribute=False, **kwargs)
        self._tasks = {task.key: task for task in tasks.untouched}
        cast(forms.ChoiceField, self.fields["tasks"]).choices = [(key, key) for key in self._tasks]
        without = [choice for choice in Answer.choices if choice[0] != Answer.PROGRESS]
        cast(forms.ChoiceField, self.fields["answer"]).choices = without

    @classmethod
    def for_person(cls, user, tasks: Worklist) -> Self:
        """The empty form, with the person as who answers."""
        institution = next((task.institution.pk for task in tasks.untouched), None)
        return cls(tasks, initial=responder_of(user, institution))

    @property
    def marked(self) -> list[str]:
        """Keys of the tasks that were ticked."""
        return self["tasks"].value() or []

    def chosen(self) -> list[Task]:
        return [self._tasks[key] for key in self.cleaned_data["tasks"]]

    def content(self) -> ReportContent:
        said = {name: value for name, value in self.cleaned_data.items() if name != "tasks"}
        return ReportContent(**said)
