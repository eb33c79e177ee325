"""From the database to the arithmetic: everything of a plan in a fixed number of queries, whatever its history."""

from datetime import date, datetime

from django.utils import timezone

from indicators.calculations import compute, compute_action
from indicators.calculations.inputs import PlanInputs
from indicators.calculations.results import ActionResult, PlanResult
from indicators.queries.keeping import kept, state_of_records
from indicators.queries.records import Records
from plan.models import Action, Plan


def load_inputs(plan: Plan) -> PlanInputs:
    """Everything that the arithmetic reads of a plan, known early or late: the dates are applied by `compute`."""
    return Records(plan).whole()


def compliance(plan: Plan, cut_off: date, known_at: date | datetime | None = None) -> PlanResult:
    """The compliance of a plan at both dates (COMPLIANCE). `known_at` defaults to now, and then says since when nothing
    was recorded that could change it; a bare date means its end."""
    return kept(
        lambda: compute(load_inputs(plan), cut_off, known_at or timezone.now()),
        state_of_records(),
        "compliance",
        plan.code,
        cut_off,
        known_at,
    )


def outline(records: Records, cut_off: date, known_at: date | datetime | None = None) -> PlanResult:
    """`compliance` for who looks at the whole plan: the same figures without their traces, which grow with its
    history."""
    return kept(
        lambda: records.outline(cut_off, known_at), records.state, "outline", records.plan.code, cut_off, known_at
    )


def action_result(action: Action, cut_off: date) -> ActionResult | None:
    """The figures of one action as known now, without reading the reports of the others; None where an acta adds the
    action after the corte."""
    inputs = Records(action.objective.axis.plan).about(action.pk)
    return compute_action(inputs, action.pk, cut_off, timezone.now())
