"""The plan's own words, beside its tables."""

from dataclasses import dataclass

from plan.models import Axis, BackgroundFact, GuidingPrinciple, Plan, SpecificObjective


@dataclass(frozen=True, slots=True)
class PlanTexts:
    specific_objectives: tuple[SpecificObjective, ...]
    principles: tuple[GuidingPrinciple, ...]
    background: tuple[BackgroundFact, ...]
    axes: tuple[Axis, ...]


def plan_texts(plan: Plan) -> PlanTexts:
    return PlanTexts(
        specific_objectives=tuple(plan.specific_objectives.all()),
        principles=tuple(plan.principles.all()),
        background=tuple(plan.background_facts.prefetch_related("actions")),
        axes=tuple(plan.axes.all()),
    )
