"""The ficha of an indicator: what it comes to and where it leads, what it rests on and how it is measured."""

from dataclasses import dataclass

from indicators.calculations.inputs import PlanInputs
from indicators.calculations.results import IndicatorResult, MeansResult, PlanResult
from plan.models import Action, Amendment
from reports.plan_pages.action import ActionFacts, IndicatorPanel, MeansTable
from reports.plan_pages.measuring import Fact, facts_of


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """`panel` is what the ficha of the action shows of the indicator too."""

    action: Action
    plan_result: PlanResult
    panel: IndicatorPanel
    means: MeansTable
    measuring: tuple[Fact, ...]
    amendments: tuple[Amendment, ...]
    is_reserved: bool

    @property
    def result(self) -> IndicatorResult:
        return self.panel.result

    @property
    def label(self) -> str:
        return f"Indicador {self.result.reference}"


def action_code_of(reference: str) -> str:
    """ "1.1.2" of "1.1.2.I1"; empty where it is no reference of an indicator."""
    return reference.rpartition(".I")[0]


def is_known(inputs: PlanInputs, action: Action, reference: str) -> bool:
    """Whether the action has this indicator, in force or not."""
    return any(f"{action.code}.I{row.number}" == reference for row in inputs.indicators if row.action_id == action.pk)


def is_measured(result: PlanResult, reference: str) -> bool:
    """An acta may add an indicator, or its action, later than the corte."""
    return any(row.reference == reference for row in result.iter_indicators())


def indicator_page(facts: ActionFacts, reference: str) -> IndicatorPage:
    """StopIteration where the indicator `is_measured` only later."""
    result = facts.plan_result.indicator(reference)
    return IndicatorPage(
        action=facts.action,
        plan_result=facts.plan_result,
        panel=facts.indicator_panel(result),
        means=facts.means_table(_means_of(facts, result)),
        measuring=facts_of(facts.indicators[result.id], facts.plan_result),
        amendments=tuple(row for row in facts.amendments() if row.object_reference == reference),
        is_reserved=facts.is_reserved,
    )


def _means_of(facts: ActionFacts, result: IndicatorResult) -> list[MeansResult]:
    """Those that prove it: the ones that name it, and the ones that prove every indicator of the action."""
    proving = {row.id for row in facts.inputs.means if not row.indicator_ids or result.id in row.indicator_ids}
    return [row for row in facts.result.means if row.id in proving]
