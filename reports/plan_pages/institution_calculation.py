"""¿Cómo se calculó? the duty to report of one institution: its own reports and medios, action by action. It has no
percentage of its own, for compliance is of actions, not of institutions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from indicators.calculations.coverage import coverage_of_institution
from indicators.calculations.results import ActionResult, Coverage, InstitutionResult, PlanResult
from reports.plan_pages.calculation import Calculation, Calculations
from reports.plan_pages.discretion import Discretion
from reports.plan_pages.owed_lines import COVERAGE_RULE, DutyLine, MeansDutyLine


@dataclass(frozen=True, slots=True)
class Part:
    """What the institution owes of one action."""

    reference: str
    coverage: Coverage

    @property
    def label(self) -> str:
        return f"Acción {self.reference}"


@dataclass(frozen=True, slots=True)
class InstitutionCalculation:
    """`actions` are those that it answers for on the corte."""

    label: str
    coverage: Coverage
    parts: tuple[Part, ...]
    duties: tuple[DutyLine, ...]
    means: tuple[MeansDutyLine, ...]
    actions: tuple[Calculation, ...]

    coverage_rule: ClassVar[str] = COVERAGE_RULE


def institution_calculation(
    result: PlanResult, institution_id: int, calculations: Calculations, discretion: Discretion
) -> InstitutionCalculation | None:
    """None where the plan asks nothing of the institution, or a row of it is not for the reader."""
    found = next((row for row in result.institutions if row.id == institution_id), None)
    if found is None or not all(discretion.sight(axis.id).covers(institution_id) for axis in result.axes):
        return None
    lines, actions = calculations.lines, list(result.iter_actions())

    def is_own(owing_id: int | None) -> bool:
        return owing_id == institution_id

    answered = {action.code for action in actions if institution_id in action.institution_ids}
    return InstitutionCalculation(
        label=found.name,
        coverage=found.coverage,
        parts=tuple(_parts(found, actions)),
        duties=tuple(line for action in actions for line in lines.duties(action, is_own)),
        means=tuple(line for action in actions for line in lines.means(action, is_own)),
        actions=tuple(node for node in calculations.plan().actions() if node.reference in answered),
    )


def _parts(institution: InstitutionResult, actions: list[ActionResult]) -> Iterator[Part]:
    for action in actions:
        duties = [duty for duty in action.duties if duty.institution_id == institution.id]
        proofs = (duty for means in action.means for duty in means.duties)
        means = [duty for duty in proofs if duty.institution_id == institution.id]
        if duties or means:
            yield Part(action.code, coverage_of_institution(duties, means))
