"""Everything that was entered under one acta."""

from dataclasses import dataclass, fields

from indicators.models import ActionWeight, MeansDeadline, Methodology, Responsibility, RetentionRule, Target
from plan.models import AgreedSeat, Agreement, Amendment, Membership, SubcommissionMembership


@dataclass(frozen=True)
class Entered:
    """Rows by kind; `withdrawn` are what took a meta back, `ended` the responsabilidades, and `left_seats` the places,
    that the acta put an end to."""

    targets: list[Target]
    withdrawn: list[Target]
    responsibilities: list[Responsibility]
    ended: list[Responsibility]
    deadlines: list[MeansDeadline]
    weights: list[ActionWeight]
    retention: list[RetentionRule]
    methodologies: list[Methodology]
    amendments: list[Amendment]
    seats: list[AgreedSeat]
    left_seats: list[AgreedSeat]

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
    duties = Responsibility.objects.select_related(*of_action).prefetch_related("indicators", "means")
    duties = duties.order_by(*in_plan, "kind", "institution__name")
    targets = agreement.targets.select_related("indicator__action", "region", "institution")
    targets = targets.order_by(*_through("indicator", in_plan), "indicator__number", "year", "due_on", "pk")
    deadlines = agreement.means_deadlines.select_related("means__action")
    return Entered(
        targets=list(targets.setting()),
        withdrawn=list(targets.withdrawals()),
        responsibilities=list(duties.filter(agreement=agreement)),
        ended=list(duties.filter(ended_under=agreement)),
        deadlines=list(deadlines.order_by(*_through("means", in_plan), "means__number", "pk")),
        weights=list(agreement.weights.select_related("action").order_by(*in_plan)),
        retention=list(agreement.retention_rules.all()),
        methodologies=list(agreement.methodologies.all()),
        amendments=list(agreement.amendments.all()),
        seats=_seats("agreement", agreement),
        left_seats=_seats("ended_under", agreement),
    )


def _seats(link: str, agreement: Agreement) -> list[AgreedSeat]:
    """In the Mesa first, then in each subcomisión."""
    of_mesa = Membership.objects.filter(**{link: agreement}).select_related("institution").order_by("order")
    of_bodies = SubcommissionMembership.objects.filter(**{link: agreement})
    around = of_bodies.select_related("institution", "subcommission")
    return [*of_mesa, *around.order_by("subcommission__axis__number", "institution__name")]


def _through(relation: str, names: tuple[str, ...]) -> list[str]:
    return [f"{relation}__{name}" for name in names]
