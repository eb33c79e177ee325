"""What an acta adds to the plan: an objetivo, an acción, an indicador or a medio that it did not have.

The row stands in the tree beside those that the plan began with; that it is in the plan from a day on, and known from
its recording, is told by a modificación «agregar», as a «suprimir» tells the end of one.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from indicators.agreements.amendments import the_same
from indicators.agreements.errors import AgreementError
from indicators.agreements.plan_lines import PlanLine, all_lines
from indicators.agreements.sheets import write
from indicators.models import ActionWeight, Indicator, MeansOfVerification
from indicators.queries.presence import amended_today
from plan import audit
from plan.enums import AmendedObject, AmendmentDecision, Verb
from plan.models import Action, Agreement, Amendment, Axis, Objective, Plan, User

Parent = Axis | Objective | Action
Node = Objective | Action | Indicator | MeansOfVerification

#: Under what each kind of line stands.
STANDS_UNDER = {
    AmendedObject.OBJECTIVE: AmendedObject.AXIS,
    AmendedObject.ACTION: AmendedObject.OBJECTIVE,
    AmendedObject.INDICATOR: AmendedObject.ACTION,
    AmendedObject.MEANS: AmendedObject.ACTION,
}
#: Between the code of what stands above and the number of the line itself.
LINKS = {AmendedObject.INDICATOR: ".I", AmendedObject.MEANS: ".M"}


@dataclass(frozen=True)
class Place:
    """Where in the plan something new goes: what it is, and the line under which it stands."""

    plan: Plan
    kind: AmendedObject
    line: PlanLine

    @property
    def prefix(self) -> str:
        return self.line.reference + LINKS.get(self.kind, ".")

    @property
    def used(self) -> set[int]:
        """Numbers that its siblings have, and those that an acta ever named: a code means one thing for good."""
        named = Amendment.objects.filter(agreement__plan=self.plan).values_list("object_reference", flat=True)
        found = (self.number_of(reference) for reference in {*all_lines(self.plan), *named})
        return {number for number in found if number is not None}

    def number_of(self, code: str) -> int | None:
        """The last number of a code of this place; None of any other."""
        match = re.fullmatch(rf"{re.escape(self.prefix)}([1-9][0-9]{{0,3}})", code)
        return int(match[1]) if match else None

    @property
    def next_code(self) -> str:
        return f"{self.prefix}{max(self.used, default=0) + 1}"

    @property
    def is_leaf(self) -> bool:
        return self.kind in LINKS

    @property
    def parent(self) -> Parent:
        if self.line.kind == AmendedObject.AXIS:
            return Axis.objects.get(plan=self.plan, number=self.line.axis_number)
        if self.line.kind == AmendedObject.OBJECTIVE:
            return Objective.objects.select_related("axis").get(axis__plan=self.plan, code=self.line.reference)
        return Action.objects.for_plan(self.plan).with_tree().get(code=self.line.reference)


@dataclass(frozen=True)
class Added:
    """A row that has its own fields, and neither code nor place yet. `proves` is of a medio: none is all."""

    place: Place
    node: Node
    code: str
    effective_on: date
    proves: tuple[Indicator, ...] = ()


@transaction.atomic
def add(agreement: Agreement, added: Added, *, by: User, address: str | None = None) -> Amendment:
    """Put a new line into the plan from a day on; entered twice under one acta, it is the same line.

    Raises AgreementError where its code is taken, or what stands above it is not in the plan that day.
    """
    Plan.objects.select_for_update().get(pk=agreement.plan_id)
    row = Amendment(
        agreement=agreement,
        effective_on=added.effective_on,
        object_kind=added.place.kind,
        object_reference=added.code,
        decision=AmendmentDecision.ADD,
        new_text=added.node.text,
    )
    if known := the_same(row):
        return known
    parent = added.place.parent
    _refuse_what_does_not_fit(added, parent)
    _settle(added, parent)
    added.node.full_clean()
    added.node.save()
    if isinstance(added.node, MeansOfVerification):
        added.node.indicators.set(added.proves)
    audit.record(Verb.CREATED, added.node, by=by, address=address, agreement=agreement.pk, code=added.code)
    write([row], by=by, address=address)
    return row


def ends_weights(added: Added) -> bool:
    """Whether the eje had ponderaciones: they count for all of its actions or for none (COMPLIANCE, Aggregation)."""
    if added.place.kind != AmendedObject.ACTION:
        return False
    weighed = ActionWeight.objects.filter(agreement__plan=added.place.plan)
    return weighed.filter(action__objective__axis__number=added.place.line.axis_number).exists()


def _refuse_what_does_not_fit(added: Added, parent: Parent) -> None:
    place = added.place
    if place.number_of(added.code) in place.used:
        raise AgreementError(f"El código {added.code} ya se usó; el siguiente libre es {place.next_code}.", "code")
    if not amended_today(place.plan).is_in_force(parent.lineage, added.effective_on):
        raise AgreementError(f"{place.line.label} no rige el {added.effective_on:%d-%m-%Y}.", "effective_on")


def _settle(added: Added, parent: Parent) -> None:
    """Give the row its code and its place, after those that stand beside it."""
    node = added.node
    if isinstance(node, Objective) and isinstance(parent, Axis):
        node.axis, node.code, node.position = parent, added.code, _after(parent.objectives.all())
    elif isinstance(node, Action) and isinstance(parent, Objective):
        node.objective, node.code, node.position = parent, added.code, _after(parent.actions.all())
    elif isinstance(node, Indicator | MeansOfVerification) and isinstance(parent, Action):
        node.action, node.number = parent, added.place.number_of(added.code) or 0


def _after(siblings) -> int:
    return (siblings.aggregate(last=Max("position"))["last"] or 0) + 1
