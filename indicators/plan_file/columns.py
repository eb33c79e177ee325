"""Which key of the file is which field of which model, in the order in which the file is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model

from indicators.models import Indicator, MeansOfVerification, Universe
from indicators.plan_file.checks import Check, column
from plan.models import (
    Action,
    Axis,
    BackgroundFact,
    GuidingPrinciple,
    Institution,
    Objective,
    Organ,
    Plan,
    Region,
    RegionalBoard,
)

Row = TypeVar("Row", bound=Model)

OBJECT_KEYS = {
    "texts": ("general_objective_limits", "principles_introduction", "axes_introduction"),
    "notes": ("number", "text", "anchor"),
    "figures": ("label", "value", "year"),
}


@dataclass(frozen=True)
class Columns(Generic[Row]):
    """The keys of an object of the file that are plain fields of a model."""

    model: type[Row]
    fields: Mapping[str, str]
    #: Keys of the objects that a JSON field holds, in the file's order: PostgreSQL keeps them in its own.
    objects: Mapping[str, tuple[str, ...]]

    def checks(self, **special: Check) -> dict[str, Check]:
        """The check of each key: the model field's own, or the `special` one given for it."""
        return {key: special.get(key) or column(self.model, field) for key, field in self.fields.items()}

    def values(self, item: dict) -> dict[str, object]:
        """Field values out of an object of the file."""
        return {field: item[key] for key, field in self.fields.items()}

    def item(self, row: Row) -> dict[str, object]:
        """The object of the file out of a row."""
        return {key: self._in_order(key, getattr(row, field)) for key, field in self.fields.items()}

    def _in_order(self, key: str, value: object) -> object:
        keys = self.objects.get(key, ())
        if keys and isinstance(value, dict):
            return {key: value[key] for key in keys if key in value}
        if keys and isinstance(value, list):
            return [{key: entry[key] for key in keys if key in entry} for entry in value]
        return value


def _columns(model: type[Row], *names: str, **renamed: str) -> Columns[Row]:
    fields = {name: renamed.get(name, name) for name in names}
    return Columns(model, fields, {name: OBJECT_KEYS[name] for name in names if name in OBJECT_KEYS})


PLAN = _columns(Plan, "code", "title", "start_year", "end_year", "decree", "general_objective", "texts")
PRINCIPLE = _columns(GuidingPrinciple, "number", "title", "text", "notes")
FACT = _columns(BackgroundFact, "number", "key", "text", "figures")
ORGAN = _columns(Organ, "kind", "name", "seat")
INSTITUTION = _columns(Institution, "name", "acronym", "kind")
REGION = _columns(Region, "code", "name")
BOARD = _columns(RegionalBoard, "since_year")
UNIVERSE = _columns(Universe, "code", "name")
AXIS = _columns(Axis, "number", "name", "narrative_name", "introduction", "notes")
OBJECTIVE = _columns(Objective, "code", "text", "narrative_text")
ACTION = _columns(Action, "code", "text", "narrative_text")
INDICATOR = _columns(
    Indicator,
    "number",
    "text",
    "kind",
    "numerator",
    "denominator",
    "unit_label",
    "entry",
    "numerator_aggregation",
    "denominator_aggregation",
    "cell_aggregation",
    "derived_from",
    "lists_names",
    "breakdown",
    "years",
    "stage",
    "needed_from",
    "named_count_label",
    "direction",
    "bounded",
    numerator="numerator_label",
    denominator="denominator_label",
)
MEANS = _columns(MeansOfVerification, "number", "text", "reserved", "lists_people", "owed_by", "recurrence")
