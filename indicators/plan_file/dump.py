"""Writing a loaded plan as the file that it came from: as it was decreed, without what actas changed or added."""

import json
from collections.abc import Iterable
from typing import TypeVar

from indicators.calculations.amended import Amended
from indicators.models import Indicator, MeansOfVerification, Universe
from indicators.plan_file import columns
from indicators.queries.presence import amended_today
from plan.models import Action, Axis, BackgroundFact, Objective, Plan, Region

Row = TypeVar("Row", Objective, Action, Indicator, MeansOfVerification)


def dump(plan: Plan) -> str:
    """The plan as JSON text in its one canonical form: fixed keys in fixed order, two spaces, a final line break."""
    return json.dumps(_document(plan), ensure_ascii=False, indent=2) + "\n"


def _document(plan: Plan) -> dict:
    axes = plan.axes.select_related("subcommission").prefetch_related(
        "objectives__actions__means__indicators",
        "objectives__actions__indicators__depends_on__action",
        "objectives__actions__indicators__universe",
    )
    amended = amended_today(plan)
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
        "universes": [columns.UNIVERSE.item(universe) for universe in _universes(axes, amended)],
        "background": [_fact(fact) for fact in plan.background_facts.prefetch_related("actions")],
        "axes": [_axis(axis, amended) for axis in axes],
    }


def _decreed(rows: Iterable[Row], amended: Amended) -> list[Row]:
    return [row for row in rows if not amended.is_added(row.lineage[-1])]


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


def _universes(axes: Iterable[Axis], amended: Amended) -> list[Universe]:
    """Those that the plan's indicators use, in the order of their first use."""
    actions = (
        action
        for axis in axes
        for objective in _decreed(axis.objectives.all(), amended)
        for action in _decreed(objective.actions.all(), amended)
    )
    indicators = (row for action in actions for row in _decreed(action.indicators.all(), amended))
    return list(dict.fromkeys(row.universe for row in indicators if row.universe))


def _fact(fact: BackgroundFact) -> dict:
    return columns.FACT.item(fact) | {"actions": [action.code for action in fact.actions.all()]}


def _axis(axis: Axis, amended: Amended) -> dict:
    return columns.AXIS.item(axis) | {
        "subcommission": axis.subcommission.name if hasattr(axis, "subcommission") else "",
        "objectives": [_objective(row, amended) for row in _decreed(axis.objectives.all(), amended)],
    }


def _objective(objective: Objective, amended: Amended) -> dict:
    actions = [_action(row, amended) for row in _decreed(objective.actions.all(), amended)]
    return columns.OBJECTIVE.item(objective) | {"actions": actions}


def _action(action: Action, amended: Amended) -> dict:
    return columns.ACTION.item(action) | {
        "indicators": [_indicator(row) for row in _decreed(action.indicators.all(), amended)],
        "means_of_verification": [_means(row) for row in _decreed(action.means.all(), amended)],
    }


def _indicator(indicator: Indicator) -> dict:
    return columns.INDICATOR.item(indicator) | {
        "depends_on": indicator.depends_on.reference if indicator.depends_on else "",
        "universe": indicator.universe.code if indicator.universe else "",
    }


def _means(means: MeansOfVerification) -> dict:
    return columns.MEANS.item(means) | {"indicators": [indicator.number for indicator in means.indicators.all()]}
