"""From facts to the HTML of a document; nothing is read here."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.template.loader import render_to_string

from indicators.calculations.results import ActionResult, AxisResult, Forecast, IndicatorResult, PlanResult
from indicators.calculations.terms import ActionState
from reports.documents import covers
from reports.documents.glossary import GLOSSARY
from reports.documents.methodology import note_for
from reports.documents.quality import quality_of
from reports.documents.seal import seal_of
from reports.documents.summaries import GroupTable, Summary, summary_of, table_of
from reports.documents.traces import traced
from reports.enums import EditionSlot
from reports.facts.changes import Changes, axis_code
from reports.facts.parts import ActionFacts, AmendmentLine, AnnualFacts, AxisFacts
from reports.facts.texts import EditionTexts

#: In the order in which the annual status lists what is pending.
PENDING = (ActionState.OVERDUE, ActionState.UNREPORTED, ActionState.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class AxisPanel:
    """The pages of one eje in the annual document: its figures, and what the secretaría técnica wrote."""

    axis: AxisResult
    summary: Summary
    groups: GroupTable
    texts: EditionTexts | None = None

    @property
    def anchor(self) -> str:
        return f"eje-{self.axis.number}"

    @property
    def chart_name(self) -> str:
        return f"{self.anchor}-acciones"

    @property
    def actions(self) -> tuple[ActionResult, ...]:
        return tuple(self.axis.iter_actions())

    @property
    def diagnosis(self) -> str:
        return self.texts.text(EditionSlot.DIAGNOSIS) if self.texts else ""

    @property
    def progress(self) -> str:
        return self.texts.text(EditionSlot.PROGRESS) if self.texts else ""


@dataclass(frozen=True, slots=True)
class ObjectiveBlock:
    """The actions of one objective, as the matrix puts them in one table."""

    code: str
    text: str
    actions: tuple[ActionFacts, ...]


def axis_page(facts: AxisFacts, fingerprint: str = "") -> str:
    """The compliance report of one eje, as HTML for `reports.press`; an edition prints the digest of its snapshot."""
    axis = facts.axis
    context = {
        "cover": covers.axis_cover(facts),
        "contents": covers.axis_contents(facts),
        "panel": panel_of(axis, facts.changes),
        "group_states": [(objective.code, objective.states) for objective in axis.objectives],
        "advances": [(indicator, advance) for indicator in axis.iter_indicators() for advance in indicator.advances],
        "unexplained": [row for row in facts.explained if not row.causes],
        "proposed": [action for action in facts.actions if action.proposal],
        "decisions": facts.texts.text(EditionSlot.DECISIONS) if facts.texts else "",
        "annex": traced(facts.calculation),
    }
    return _page("reports/documents/axis.html", facts, axis, fingerprint, context)


def annual_page(facts: AnnualFacts, fingerprint: str = "") -> str:
    """The annual status of the plan, as HTML for `reports.press`."""
    result = facts.result
    axes = [(axis_code(axis), axis.name, axis) for axis in result.axes]
    texts = {told.axis_number: told for told in facts.axis_texts}
    context = {
        "cover": covers.annual_cover(facts),
        "contents": covers.annual_contents(facts),
        "groups": table_of(result, "Plan", axes, facts.changes),
        "group_states": [(axis_code(axis), axis.states) for axis in result.axes],
        "panels": [panel_of(axis, facts.changes, texts.get(axis.number)) for axis in result.axes],
        "pending": _pending(facts),
        "forecasts": tuple(_forecasts(result)),
        "amendments": _amendments_of_year(facts),
        "asks_evaluation": covers.asks_evaluation(facts),
        "quality": quality_of(result.iter_indicators(), result.coverage),
        "words": {slot.value: facts.texts.text(slot) for slot in EditionSlot} if facts.texts else {},
    }
    return _page("reports/documents/annual.html", facts, result, fingerprint, context)


def panel_of(axis: AxisResult, changes: Changes | None, texts: EditionTexts | None = None) -> AxisPanel:
    objectives = [(objective.code, objective.text, objective) for objective in axis.objectives]
    return AxisPanel(axis, summary_of(axis), table_of(axis, axis_code(axis), objectives, changes), texts)


def _page(
    template: str, facts: AxisFacts | AnnualFacts, group: AxisResult | PlanResult, fingerprint: str, context: dict
) -> str:
    common = {
        "facts": facts,
        "seal": seal_of(facts, fingerprint),
        "summary": summary_of(group),
        "objectives": _by_objective(facts.actions),
        "obliged": len(facts.duties),
        "reporting": sum(duty.coverage.made > 0 for duty in facts.duties),
        "note": note_for(group.iter_indicators(), facts.result.methodology),
        "glossary": GLOSSARY,
    }
    return render_to_string(template, common | context)


def _by_objective(actions: tuple[ActionFacts, ...]) -> list[ObjectiveBlock]:
    groups = groupby(actions, key=lambda action: (action.objective_code, action.objective_text))
    return [ObjectiveBlock(code, text, tuple(members)) for (code, text), members in groups]


def _pending(facts: AnnualFacts) -> list[ActionFacts]:
    waiting = (action for action in facts.actions if action.result.state in PENDING)
    return sorted(waiting, key=lambda action: PENDING.index(action.result.state))


def _forecasts(result: PlanResult) -> Iterator[tuple[IndicatorResult, Forecast]]:
    """Of the indicators that lie before a target: where they end up if they go on so."""
    for indicator in result.iter_indicators():
        if indicator.forecast is not None and indicator.forecast.target is not None:
            yield indicator, indicator.forecast


def _amendments_of_year(facts: AnnualFacts) -> tuple[AmendmentLine, ...]:
    return tuple(change for change in facts.plan.amendments if change.effective_on.year == facts.year)
