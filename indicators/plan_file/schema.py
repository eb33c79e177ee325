"""The shape of a plan file, key by key (fixtures/README.md)."""

from collections.abc import Iterator

from indicators.plan_file import columns
from indicators.plan_file.checks import Check, column, day, plain, record, rows
from indicators.plan_file.problems import Problem
from plan.models import SpecificObjective, Subcommission

_text = plain(str)
_text_or_empty = plain(str, blank=True)
_number = plain(int)
_number_or_null = plain(int, nullable=True)

_texts = record(dict.fromkeys(columns.OBJECT_KEYS["texts"], _text_or_empty))
_notes = rows(record(dict(zip(columns.OBJECT_KEYS["notes"], (_number, _text, _text), strict=True))))
_figures = rows(record(dict(zip(columns.OBJECT_KEYS["figures"], (_text, _number, _number_or_null), strict=True))))


def _subcommission(value: object, place: str) -> Iterator[Problem]:
    """Empty where the text names none."""
    if value != "":
        yield from column(Subcommission, "name")(value, place)


_plan = record(
    {
        **columns.PLAN.checks(texts=_texts),
        "predecessor": _text_or_empty,
        "specific_objectives": rows(column(SpecificObjective, "text")),
        "principles": rows(record(columns.PRINCIPLE.checks(notes=_notes))),
    }
)
_region = record({**columns.REGION.checks(), "valid_from": day, "valid_to": day, "predecessor": _text_or_empty})
_indicator = record(
    {**columns.INDICATOR.checks(years=rows(_number)), "depends_on": _text_or_empty, "universe": _text_or_empty}
)
_means = record({**columns.MEANS.checks(), "indicators": rows(_number)})
_action = record({**columns.ACTION.checks(), "indicators": rows(_indicator), "means_of_verification": rows(_means)})
_objective = record({**columns.OBJECTIVE.checks(), "actions": rows(_action)})

PLAN_FILE: Check = record(
    {
        "plan": _plan,
        "organs": rows(record({**columns.ORGAN.checks(), "institution": _text_or_empty})),
        "institutions": rows(record(columns.INSTITUTION.checks())),
        "regions": rows(_region),
        "regional_boards": rows(record({"region": _text, **columns.BOARD.checks()})),
        "universes": rows(record(columns.UNIVERSE.checks())),
        "background": rows(record({**columns.FACT.checks(figures=_figures), "actions": rows(_text)})),
        "axes": rows(
            record(
                {
                    **columns.AXIS.checks(notes=_notes),
                    "subcommission": _subcommission,
                    "objectives": rows(_objective),
                }
            )
        ),
    }
)
