"""What was signed and explained beside the figures, as it was known at both dates (COMPLIANCE, Two dates)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from indicators.models import Assessment, Cause, Proposal
from plan.models import Action, Plan, User


@dataclass(frozen=True)
class Causes:
    """Of one indicator, the latest corte first; `former` are those that others have replaced."""

    standing: tuple[Cause, ...]
    former: tuple[Cause, ...]


def newest_assessments(plan: Plan, cut_off: date, known_at: datetime) -> dict[int, Assessment]:
    """The apreciación that stands for each action of the plan, by its id; one query."""
    known = Assessment.objects.for_plan(plan).known(cut_off, known_at)
    return {row.action_id: row for row in known.newest_of_each_action()}


def assessments_of(action: Action, cut_off: date, known_at: datetime) -> tuple[Assessment, ...]:
    """All of one action; the first is the one that stands, the others are its history."""
    known = Assessment.objects.filter(action=action).known(cut_off, known_at)
    return tuple(known.newest_first().select_related("signed_by"))


def newest_proposals(plan: Plan, cut_off: date, known_at: datetime) -> dict[int, Proposal]:
    """What the subcomisión proposes for each action of which it proposes anything, by its id; one query."""
    known = Proposal.objects.for_plan(plan).known(cut_off, known_at)
    return {row.action_id: row for row in known.newest_of_each_action().select_related("subcommission")}


def proposals_of(action: Action, cut_off: date, known_at: datetime, reader: User) -> tuple[Proposal, ...]:
    """Those of one action that the reader may see; the first is the one that stands, the others are its history."""
    known = Proposal.objects.visible_to(reader).filter(action=action).known(cut_off, known_at)
    return tuple(known.newest_first().select_related("signed_by"))


def causes_by_indicator(indicator_ids: Iterable[int], cut_off: date, known_at: datetime) -> dict[int, Causes]:
    """Of those indicators that have any; one query."""
    known = Cause.objects.filter(indicator__in=list(indicator_ids)).known(cut_off, known_at)
    rows = defaultdict(list)
    for row in known.select_related("recorded_by").order_by("-cut_off", "recorded_at", "pk"):
        rows[row.indicator_id].append(row)
    return {indicator: _divided(causes) for indicator, causes in rows.items()}


def _divided(causes: list[Cause]) -> Causes:
    replaced = {row.replaces_id for row in causes}
    return Causes(
        standing=tuple(row for row in causes if row.pk not in replaced),
        former=tuple(row for row in causes if row.pk in replaced),
    )
