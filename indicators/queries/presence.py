"""Which lines a plan has on a day, by everything that actas say so far, whenever it was agreed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from indicators.calculations.amended import Amended
from indicators.calculations.inputs import AmendmentInput
from indicators.queries.agreed import agreement_input, amendment_input
from plan.models import Amendment, Plan


class Line(Protocol):
    @property
    def reference(self) -> str: ...


Lines = TypeVar("Lines", bound=Line)


def amended_of(plan_ids: Iterable[int]) -> dict[int, Amended]:
    """By plan, in one query."""
    found: defaultdict[int, list[AmendmentInput]] = defaultdict(list)
    asked = set(plan_ids)
    for row in Amendment.objects.filter(agreement__plan__in=asked).select_related("agreement"):
        found[row.agreement.plan_id].append(amendment_input(row, agreement_input(row.agreement)))
    return {pk: Amended(found[pk], found[pk]) for pk in asked}


def amended_today(plan: Plan) -> Amended:
    return amended_of([plan.pk])[plan.pk]


def amended_by(plan: Plan, agreed_on: date) -> Amended:
    """As the actas agreed up to a day have it, whatever later ones changed."""
    rows = Amendment.objects.filter(agreement__plan=plan).select_related("agreement")
    every = [amendment_input(row, agreement_input(row.agreement)) for row in rows]
    return Amended(every, [row for row in every if row.agreement.agreed_on <= agreed_on])


def lines_in_force(amended: Amended, rows: Iterable[Lines], day: date) -> list[Lines]:
    """Those of the rows that are in the plan on the day themselves; what stands above them is asked for apart."""
    return [row for row in rows if amended.is_in_force([row.reference], day)]
