"""Everything that was entered under one acta."""

from dataclasses import dataclass, fields

from indicators.models import ActionWeight, MeansDeadline, Methodology, Responsibility, RetentionRule, Target
from plan.models import Agreement, Amendment


@dataclass(frozen=True)
class Entered:
    """Rows by kind; `ended` are the responsabilidades that the acta put an end to."""

    targets: list[Target]
    responsibilities: list[Responsibility]
    ended: list[Responsibility]
    deadlines: list[MeansDeadline]
    weights: list[ActionWeight]
    retention: list[RetentionRule]
    methodologies: list[Methodology]
    amendments: list[Amendment]

    @property
    def total(self) -> int:
        return sum(len(getattr(self, kind.name)) for kind in fields(self))

    @property
    def is_empty(self) -> bool:
        return self.total == 0


def entered_under(agreement: Agreement) -> Entered:
    """In the plan's order, one query for each kind."""
    of_action = ("action", "institution")
    in_plan = ("action__objective__axis__number", "action__objective__position", "action__position")
    duties = Responsibility.objects.select_related(*of_action).order_by(*in_plan, "kind", "institution__name")
    targets = agreement.targets.select_related("indicator__action", "region", "institution")
    deadlines = agreement.means_deadlines.select_related("means__action")
    return Entered(
        targets=list(targets.order_by(*_through("indicator", in_plan), "indicator__number", "year", "due_on", "pk")),
        responsibilities=list(duties.filter(agreement=agreement)),
        ended=list(duties.filter(ended_under=agreement)),
        deadlines=list(deadlines.order_by(*_through("means", in_plan), "means__number", "pk")),
        weights=list(agreement.weights.select_related("action").order_by(*in_plan)),
        retention=list(agreement.retention_rules.all()),
        methodologies=list(agreement.methodologies.all()),
        amendments=list(agreement.amendments.all()),
    )


def _through(relation: str, names: tuple[str, ...]) -> list[str]:
    return [f"{relation}__{name}" for name in names]
