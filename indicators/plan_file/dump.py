"""Writing a loaded plan as the file that it came from."""

import json

from indicators.models import Indicator, MeansOfVerification, Universe
from indicators.plan_file import columns
from plan.models import Action, Axis, BackgroundFact, Objective, Plan, Region


def dump(plan: Plan) -> str:
    """The plan as JSON text in its one canonical form: fixed keys in fixed order, two spaces, a final line break."""
    return json.dumps(_document(plan), ensure_ascii=False, indent=2) + "\n"


def _document(plan: Plan) -> dict:
    axes = plan.axes.select_related("subcommission").prefetch_related(
        "objectives__actions__means__indicators",
        "objectives__actions__indicators__depends_on__action",
        "objectives__actions__indicators__universe",
    )
    return {
        "plan": _plan(plan),
        "organs": [
            columns.ORGAN.item(organ) | {"institution": organ.institution.name if organ.institution else ""}
            for organ in plan.organs.select_related("institution")
        ],
        "institutions": [
            columns.INSTITUTION.item(seat.institution)
            for seat in plan.memberships.filter(valid_from=None).select_related("institution")
        ],
        "regions": [_region(region) for region in Region.objects.select_related("predecessor")],
        "regional_boards": [
            {"region": board.region.code} | columns.BOARD.item(board)
            for board in plan.regional_boards.select_related("region").order_by("region__order")
        ],
        "universes": [columns.UNIVERSE.item(universe) for universe in _universes(plan)],
        "background": [_fact(fact) for fact in plan.background_facts.prefetch_related("actions")],
        "axes": [_axis(axis) for axis in axes],
    }


def _plan(plan: Plan) -> dict:
    return columns.PLAN.item(plan) | {
        "predecessor": plan.predecessor.code if plan.predecessor else "",
        "specific_objectives": [objective.text for objective in plan.specific_objectives.all()],
        "principles": [columns.PRINCIPLE.item(principle) for principle in plan.principles.all()],
    }


def _region(region: Region) -> dict:
    return columns.REGION.item(region) | {
        "valid_from": region.valid_from and region.valid_from.isoformat(),
        "valid_to": region.valid_to and region.valid_to.isoformat(),
        "predecessor": region.predecessor.code if region.predecessor else "",
    }


def _universes(plan: Plan) -> list[Universe]:
    """Those that the plan's indicators use, in the order of their first use."""
    used = Universe.objects.filter(indicators__action__objective__axis__plan=plan).order_by(
        "indicators__action__objective__axis__number",
        "indicators__action__objective__position",
        "indicators__action__position",
        "indicators__number",
    )
    return list(dict.fromkeys(used))


def _fact(fact: BackgroundFact) -> dict:
    return columns.FACT.item(fact) | {"actions": [action.code for action in fact.actions.all()]}


def _axis(axis: Axis) -> dict:
    return columns.AXIS.item(axis) | {
        "subcommission": axis.subcommission.name if hasattr(axis, "subcommission") else "",
        "objectives": [_objective(objective) for objective in axis.objectives.all()],
    }


def _objective(objective: Objective) -> dict:
    return columns.OBJECTIVE.item(objective) | {"actions": [_action(action) for action in objective.actions.all()]}


def _action(action: Action) -> dict:
    return columns.ACTION.item(action) | {
        "indicators": [_indicator(indicator) for indicator in action.indicators.all()],
        "means_of_verification": [_means(means) for means in action.means.all()],
    }


def _indicator(indicator: Indicator) -> dict:
    return columns.INDICATOR.item(indicator) | {
        "depends_on": indicator.depends_on.reference if indicator.depends_on else "",
        "universe": indicator.universe.code if indicator.universe else "",
    }


def _means(means: MeansOfVerification) -> dict:
    return columns.MEANS.item(means) | {"indicators": [indicator.number for indicator in means.indicators.all()]}
