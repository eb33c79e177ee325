"""A line of the plan by its code: what amendments are about."""

import re
from dataclasses import dataclass

from indicators.models import Indicator, MeansOfVerification
from plan.enums import AmendedObject
from plan.models import Action, Axis, Objective, Plan

NUMBER = r"[1-9][0-9]{0,3}"
SHAPES = {
    AmendedObject.AXIS: re.compile(rf"({NUMBER})"),
    AmendedObject.OBJECTIVE: re.compile(rf"({NUMBER})\.{NUMBER}"),
    AmendedObject.ACTION: re.compile(rf"({NUMBER})\.{NUMBER}\.{NUMBER}"),
    AmendedObject.INDICATOR: re.compile(rf"({NUMBER})\.{NUMBER}\.{NUMBER}\.I{NUMBER}"),
    AmendedObject.MEANS: re.compile(rf"({NUMBER})\.{NUMBER}\.{NUMBER}\.M{NUMBER}"),
}


@dataclass(frozen=True)
class PlanLine:
    """`text` is as the plan was printed, or as an acta added it."""

    kind: AmendedObject
    reference: str
    axis_number: int
    text: str

    @property
    def label(self) -> str:
        return f"{self.kind.label} {self.reference}"


def line_of(plan: Plan, reference: str) -> PlanLine | None:
    """The line with this code; None where the plan has none."""
    text = all_lines(plan).get(reference)
    if text is None:
        return None
    shapes = ((kind, shape.fullmatch(reference)) for kind, shape in SHAPES.items())
    return next((PlanLine(kind, reference, int(match[1]), text) for kind, match in shapes if match), None)


def all_lines(plan: Plan) -> dict[str, str]:
    """The printed text of every line by its code, in the plan's order; five queries."""
    axes = {str(number): name for number, name in Axis.objects.filter(plan=plan).values_list("number", "name")}
    objectives = dict(Objective.objects.filter(axis__plan=plan).values_list("code", "text"))
    actions = dict(Action.objects.for_plan(plan).values_list("code", "text"))
    below = {
        f"{code}.{letter}{number}": text
        for letter, model in (("I", Indicator), ("M", MeansOfVerification))
        for code, number, text in model.objects.filter(action__objective__axis__plan=plan).values_list(
            "action__code", "number", "text"
        )
    }
    return dict(sorted((axes | objectives | actions | below).items(), key=_place))


def _place(line: tuple[str, str]) -> list[tuple[int, str]]:
    """By numbers, not by letters: 1.2.10 comes after 1.2.9."""
    return [(int(re.sub(r"\D", "", part)), part) for part in line[0].split(".")]
