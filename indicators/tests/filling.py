"""Filling in the forms of a report as a person does: names of fields as the page has them, values as text."""

from django.http import QueryDict

from indicators.entry_context import entry_context
from indicators.forms.entry import figure_form_class
from indicators.forms.figures import FigureForm
from indicators.models import Indicator, ProgressReport

GOOD_ANSWER = {
    "answer": "progress",
    "narrative": "Se hicieron dos jornadas.",
    "responder_name": "Rosa Díaz",
    "responder_position": "Jefa de división",
}


def post_data(fields: dict) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)])
    return data


def fill(indicator: Indicator, report: ProgressReport, **typed) -> FigureForm:
    """The form of an indicator with these fields typed into it."""
    data = post_data({f"i{indicator.pk}-{name}": value for name, value in typed.items()})
    return figure_form_class(indicator)(indicator, entry_context(report), data=data)


def errors_of(form) -> dict[str, str]:
    """Each field with its sentences."""
    return {name: " ".join(errors) for name, errors in form.errors.items()}


def typed(world, report: ProgressReport, **changes) -> dict:
    """What a browser posts of the page of a report of action 1.1.1, complete but for evidence."""
    return {"version": report.version, **GOOD_ANSWER, f"i{world.indicator.pk}-value": "40", **changes}
