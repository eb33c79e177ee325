"""From the database to the arithmetic: everything of a plan in a fixed number of queries, whatever its history."""

from datetime import date, datetime

from django.utils import timezone

from indicators.calculations import compute
from indicators.calculations.inputs import PlanInputs
from indicators.calculations.results import PlanResult
from indicators.queries.agreed import agreed_rows
from indicators.queries.reported import reports
from indicators.queries.standing import plan_input, standing_rows
from plan.models import Plan


def load_inputs(plan: Plan) -> PlanInputs:
    """Everything that the arithmetic reads of a plan, known early or late: the dates are applied by `compute`."""
    return PlanInputs(
        plan=plan_input(plan),
        **standing_rows(plan),
        **agreed_rows(plan),
        reports=reports(plan),
    )


def compliance(plan: Plan, cut_off: date, known_at: date | datetime | None = None) -> PlanResult:
    """The compliance of a plan at both dates (COMPLIANCE). `known_at` defaults to now; a bare date means its end."""
    return compute(load_inputs(plan), cut_off, known_at or timezone.now())
