"""From the database to the arithmetic: everything of a plan in a fixed number of queries, whatever its history."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from indicators.calculations import compute
from indicators.calculations.inputs import PlanInputs
from indicators.calculations.outline import in_outline
from indicators.calculations.results import ActionResult, PlanResult
from indicators.models import Indicator
from indicators.queries.agreed import agreed_rows
from indicators.queries.keeping import kept
from indicators.queries.reported import reports
from indicators.queries.standing import plan_input, standing_rows
from plan.models import Action, Plan


def load_inputs(plan: Plan, actions: Collection[int] = ()) -> PlanInputs:
    """Everything that the arithmetic reads of a plan, known early or late: the dates are applied by `compute`. With
    `actions` only their reports."""
    return PlanInputs(
        plan=plan_input(plan),
        **standing_rows(plan),
        **agreed_rows(plan),
        reports=reports(plan, actions),
    )


def compliance(plan: Plan, cut_off: date, known_at: date | datetime | None = None) -> PlanResult:
    """The compliance of a plan at both dates (COMPLIANCE). `known_at` defaults to now, and then says since when nothing
    was recorded that could change it; a bare date means its end."""
    return kept(
        lambda: compute(load_inputs(plan), cut_off, known_at or timezone.now()),
        "compliance",
        plan.code,
        cut_off,
        known_at,
    )


def outline(plan: Plan, cut_off: date, known_at: date | datetime | None = None) -> PlanResult:
    """`compliance` for who looks at the whole plan: without the traces of its indicators."""
    return kept(lambda: in_outline(compliance(plan, cut_off, known_at)), "outline", plan.code, cut_off, known_at)


def action_result(action: Action, cut_off: date) -> ActionResult | None:
    """The figures of one action as known now, without reading the reports of the others; None where an acta adds the
    action after the corte."""
    plan = action.objective.axis.plan
    sources = Indicator.objects.filter(dependents__action=action).values_list("action_id", flat=True)
    inputs = load_inputs(plan, {action.pk, *sources})
    alone = replace(inputs, actions=tuple(row for row in inputs.actions if row.id == action.pk))
    return next(iter(compute(alone, cut_off, timezone.now()).iter_actions()), None)
