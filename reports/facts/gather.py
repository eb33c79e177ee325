"""From a plan and its results to the facts of a document."""

from collections.abc import Iterator

from indicators.calculations.results import ActionResult, AxisResult, ObjectiveResult, PlanResult
from plan.models import Axis, Plan
from reports.facts.accounts import Accounts
from reports.facts.breakdowns import Breakdowns
from reports.facts.parties import Parties, duties_in, duties_of_plan
from reports.facts.parts import ActionFacts, AnnualFacts, AxisFacts
from reports.facts.sheet import plan_sheet


def axis_facts(plan: Plan, result: PlanResult, number: int) -> AxisFacts:
    """What the compliance report of eje `number` tells. Raises Axis.DoesNotExist where the plan has no such eje."""
    row = Axis.objects.get(plan=plan, number=number)
    axis = result.axis(number)
    parties = Parties(plan, result)
    accounts = Accounts(row, result, parties.names)
    breakdowns = Breakdowns(row, result.cut_off)
    actions = tuple(
        _action_facts(
            objective,
            action,
            parties,
            narratives=accounts.narratives(action.id),
            evidence=accounts.evidence(action.id),
            breakdowns=breakdowns.of(action),
        )
        for objective, action in _actions(axis)
    )
    return AxisFacts(plan_sheet(plan, result), result, axis, actions, tuple(duties_in(result, axis)))


def annual_facts(plan: Plan, result: PlanResult, year: int) -> AnnualFacts:
    """What the annual status of the plan in `year` tells."""
    parties = Parties(plan, result)
    actions = tuple(
        _action_facts(objective, action, parties) for axis in result.axes for objective, action in _actions(axis)
    )
    return AnnualFacts(plan_sheet(plan, result), result, year, actions, tuple(duties_of_plan(result)))


def _actions(axis: AxisResult) -> Iterator[tuple[ObjectiveResult, ActionResult]]:
    return ((objective, action) for objective in axis.objectives for action in objective.actions)


def _action_facts(objective: ObjectiveResult, action: ActionResult, parties: Parties, **parts) -> ActionFacts:
    return ActionFacts(
        result=action,
        objective_code=objective.code,
        objective_text=objective.text,
        responsible=parties.responsible(action.id),
        collaborators=parties.collaborators(action.id),
        **parts,
    )
