"""From facts to the HTML of a document; nothing is read here."""

from dataclasses import dataclass
from itertools import groupby

from django.template.loader import render_to_string

from indicators.calculations.results import ActionResult, AxisResult, PlanResult
from reports.documents import covers
from reports.documents.methodology import note_for
from reports.documents.summaries import GroupTable, Summary, summary_of, table_of
from reports.facts.parts import ActionFacts, AnnualFacts, AxisFacts
from reports.plan_pages.evolution import NO_EVOLUTION, Evolution


@dataclass(frozen=True, slots=True)
class AxisPanel:
    """The page of one eje in the annual document."""

    axis: AxisResult
    summary: Summary
    groups: GroupTable

    @property
    def anchor(self) -> str:
        return f"eje-{self.axis.number}"

    @property
    def chart_name(self) -> str:
        return f"{self.anchor}-acciones"

    @property
    def actions(self) -> tuple[ActionResult, ...]:
        return tuple(self.axis.iter_actions())


@dataclass(frozen=True, slots=True)
class ObjectiveBlock:
    """The actions of one objective, as the matrix puts them in one table."""

    code: str
    text: str
    actions: tuple[ActionFacts, ...]


def axis_page(facts: AxisFacts, evolution: Evolution = NO_EVOLUTION) -> str:
    """The compliance report of one eje, as HTML for `reports.press`."""
    axis = facts.axis
    advances = [(indicator, advance) for indicator in axis.iter_indicators() for advance in indicator.advances]
    context = {
        "cover": covers.axis_cover(facts),
        "contents": covers.axis_contents(has_advances=bool(advances)),
        "panel": panel_of(axis),
        "group_states": [(objective.code, objective.states) for objective in axis.objectives],
        "advances": advances,
        "evolution": evolution,
    }
    return _page("reports/documents/axis.html", facts, axis, context)


def annual_page(facts: AnnualFacts, evolution: Evolution = NO_EVOLUTION) -> str:
    """The annual status of the plan, as HTML for `reports.press`."""
    result = facts.result
    context = {
        "cover": covers.annual_cover(facts),
        "contents": covers.annual_contents(result),
        "groups": table_of(result, "Plan", [(f"Eje {axis.number}", axis.name, axis) for axis in result.axes]),
        "group_states": [(f"Eje {axis.number}", axis.states) for axis in result.axes],
        "panels": [panel_of(axis) for axis in result.axes],
        "evolution": evolution,
    }
    return _page("reports/documents/annual.html", facts, result, context)


def panel_of(axis: AxisResult) -> AxisPanel:
    objectives = [(objective.code, objective.text, objective) for objective in axis.objectives]
    return AxisPanel(axis, summary_of(axis), table_of(axis, f"Eje {axis.number}", objectives))


def _page(template: str, facts: AxisFacts | AnnualFacts, group: AxisResult | PlanResult, context: dict) -> str:
    common = {
        "facts": facts,
        "summary": summary_of(group),
        "objectives": _by_objective(facts.actions),
        "obliged": len(facts.duties),
        "reporting": sum(duty.coverage.made > 0 for duty in facts.duties),
        "note": note_for(group.iter_indicators(), facts.result.methodology),
    }
    return render_to_string(template, common | context)


def _by_objective(actions: tuple[ActionFacts, ...]) -> list[ObjectiveBlock]:
    groups = groupby(actions, key=lambda action: (action.objective_code, action.objective_text))
    return [ObjectiveBlock(code, text, tuple(members)) for (code, text), members in groups]
