"""What a plan stands on: its tree, its institutions, its territory and its periods."""

from collections import defaultdict
from typing import Any

from indicators.calculations.inputs import (
    ActionInput,
    AxisInput,
    IndicatorInput,
    InstitutionInput,
    MeansInput,
    ObjectiveInput,
    PeriodInput,
    PlaceInput,
    PlanInput,
)
from indicators.models import Indicator, MeansOfVerification, ReportingPeriod
from plan.models import (
    Action,
    Axis,
    Institution,
    Objective,
    Plan,
    Region,
    Unit,
)

#: Place of institutions that never sat in the Mesa of the plan: after those that did.
AFTER_ALL = 1_000_000

INDICATOR_FIELDS = (
    "id",
    "action_id",
    "number",
    "text",
    "kind",
    "unit_label",
    "numerator_label",
    "denominator_label",
    "entry",
    "numerator_aggregation",
    "denominator_aggregation",
    "cell_aggregation",
    "derived_from",
    "breakdown",
    "depends_on_id",
    "universe_id",
    "stage",
    "needed_from",
    "named_count_label",
    "direction",
    "bounded",
)


def plan_input(plan: Plan) -> PlanInput:
    return PlanInput(plan.code, plan.title, plan.starts_on, plan.ends_on)


def standing_rows(plan: Plan) -> dict[str, Any]:
    """Rows of PlanInputs by the name of their field."""
    return {
        "institutions": _institutions(plan),
        "regions": tuple(PlaceInput(*row) for row in Region.objects.values_list("code", "name", "order")),
        "units": tuple(
            PlaceInput(str(pk), name, order) for pk, name, order in Unit.objects.values_list("pk", "name", "order")
        ),
        **tree_rows(plan),
        "means": _means(plan),
        "periods": _periods(plan),
    }


def tree_rows(plan: Plan) -> dict[str, Any]:
    """From the ejes down to the indicators."""
    return {
        "axes": tuple(AxisInput(*row) for row in Axis.objects.filter(plan=plan).values_list("pk", "number", "name")),
        "objectives": _objectives(plan),
        "actions": _actions(plan),
        "indicators": _indicators(plan),
    }


def _institutions(plan: Plan) -> tuple[InstitutionInput, ...]:
    rows = Institution.objects.in_order_of(plan).values_list("pk", "name", "acronym", "seat")
    return tuple(
        InstitutionInput(pk, name, acronym, AFTER_ALL if seat is None else seat) for pk, name, acronym, seat in rows
    )


def _objectives(plan: Plan) -> tuple[ObjectiveInput, ...]:
    rows = Objective.objects.filter(axis__plan=plan)
    return tuple(ObjectiveInput(*row) for row in rows.values_list("pk", "axis_id", "code", "text", "position"))


def _actions(plan: Plan) -> tuple[ActionInput, ...]:
    rows = Action.objects.for_plan(plan)
    return tuple(ActionInput(*row) for row in rows.values_list("pk", "objective_id", "code", "text", "position"))


def _indicators(plan: Plan) -> tuple[IndicatorInput, ...]:
    rows = Indicator.objects.filter(action__objective__axis__plan=plan).values(*INDICATOR_FIELDS, "years")
    return tuple(IndicatorInput(**row | {"years": tuple(row["years"])}) for row in rows)


def _means(plan: Plan) -> tuple[MeansInput, ...]:
    rows = MeansOfVerification.objects.filter(action__objective__axis__plan=plan)
    proved = related(MeansOfVerification.indicators.through, "meansofverification", "indicator")
    fields = rows.values_list("pk", "action_id", "number", "text", "reserved", "owed_by", "recurrence")
    return tuple(
        MeansInput(pk, action_id, number, text, proved[pk], reserved, owed_by, recurrence)
        for pk, action_id, number, text, reserved, owed_by, recurrence in fields
    )


def _periods(plan: Plan) -> tuple[PeriodInput, ...]:
    rows = ReportingPeriod.objects.for_plan(plan)
    return tuple(PeriodInput(*row) for row in rows.values_list("pk", "name", "starts_on", "ends_on", "due_on"))


def related(through: Any, owner: str, other: str) -> defaultdict[int, frozenset[int]]:
    """Identifiers on the other side of a many-to-many relation, by owner."""
    found: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
    for owner_id, other_id in through.objects.values_list(f"{owner}_id", f"{other}_id"):
        found[owner_id] |= {other_id}
    return found
