"""Every report of a plan with all its rounds, read table by table and put together here.

Plain tuples instead of model objects, in whatever order they come: the arithmetic reads the whole history.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from indicators.calculations.inputs import DecisionInput, FigureInput, ReportInput, RowInput, SubmissionInput
from indicators.enums import Move, Outcome
from indicators.models import (
    BreakdownRow,
    Decision,
    MeansVerdict,
    ProgressReport,
    ReportedValue,
    Submission,
    SubmissionEvidence,
    Transition,
    ValidatedRow,
    ValidatedValue,
)
from plan.models import Institution, InstitutionName, Plan

Grouped = defaultdict[int, list]
Reports = QuerySet[ProgressReport]

#: In the order of FigureInput, after its indicator.
FIGURE_FIELDS = (
    "value",
    "numerator",
    "denominator",
    "stage",
    "stage_on",
    "named_count",
    "affirmative",
)
PLACE_FIELDS = ("region__code", "unit_id", "institution_id")
AMOUNT_FIELDS = ("value", "numerator", "denominator")


def reports(plan: Plan, actions: Collection[int], named: dict[str, int]) -> tuple[ReportInput, ...]:
    """Reports of these actions with at least one submission; a draft says nothing yet. `named` are
    `institutions_by_name`."""
    wanted = ProgressReport.objects.for_plan(plan).filter(action__in=actions)
    moves = _moves(wanted)
    submissions = _submissions(wanted, moves[Move.WITHDRAW], named)
    rows = wanted.values_list("pk", "action_id", "institution_id", "period_id")
    return tuple(
        ReportInput(
            id=pk,
            action_id=action,
            institution_id=institution,
            period_id=period,
            submissions=tuple(submissions[pk]),
            reopened_at=tuple(moves[Move.REOPEN][pk]),
            annulled_at=min(moves[Move.ANNUL][pk], default=None),
        )
        for pk, action, institution, period in rows
        if pk in submissions
    )


def _moves(wanted: Reports) -> dict[str, Grouped]:
    """When reports were reopened or annulled, by report, and submissions withdrawn, by submission."""
    moves: dict[str, Grouped] = {move: defaultdict(list) for move in (Move.WITHDRAW, Move.REOPEN, Move.ANNUL)}
    rows = Transition.objects.filter(report__in=wanted, move__in=moves)
    for move, report, submission, at in rows.values_list("move", "report_id", "submission_id", "at"):
        moves[move][submission if move == Move.WITHDRAW else report].append(at)
    return moves


def _submissions(wanted: Reports, withdrawn: Grouped, named: dict[str, int]) -> Grouped:
    figures = _reported_figures(wanted, named)
    decisions = _decisions(wanted, named)
    proved = _with_evidence(wanted)
    rows = (
        Submission.objects.filter(report__in=wanted)
        .order_by()
        .values_list(
            "report_id", "pk", "number", "submitted_at", "answer", "on_behalf", "source_document", "source_date"
        )
    )
    found: Grouped = defaultdict(list)
    for report, pk, number, at, answer, on_behalf, document, dated in rows:
        found[report].append(
            SubmissionInput(
                id=pk,
                number=number,
                submitted_at=at,
                answer=answer,
                figures=tuple(figures[pk]),
                has_evidence=pk in proved,
                on_behalf=on_behalf,
                source_document=document,
                source_date=dated,
                withdrawn_at=min(withdrawn[pk], default=None),
                decision=decisions.get(pk),
            )
        )
    return found


def _with_evidence(wanted: Reports) -> set[int]:
    rows = SubmissionEvidence.objects.filter(submission__report__in=wanted).order_by()
    return set(rows.values_list("submission_id", flat=True))


def _decisions(wanted: Reports, named: dict[str, int]) -> dict[int, DecisionInput]:
    figures = _validated_figures(wanted, named)
    verdicts = _verdicts(wanted)
    rows = Decision.objects.filter(submission__report__in=wanted).order_by()
    fields = rows.values_list("submission_id", "pk", "outcome", "decided_at", "acting_as")
    return {
        submission: DecisionInput(
            id=pk,
            approved=outcome == Outcome.APPROVED,
            decided_at=at,
            figures=tuple(figures[pk]),
            verdicts=tuple(verdicts[pk]),
            decided_as=acting_as,
        )
        for submission, pk, outcome, at, acting_as in fields
    }


def _verdicts(wanted: Reports) -> Grouped:
    rows = MeansVerdict.objects.filter(decision__submission__report__in=wanted).order_by()
    found: Grouped = defaultdict(list)
    for decision, means, verdict in rows.values_list("decision_id", "means_id", "verdict"):
        found[decision].append((means, verdict))
    return found


def _reported_figures(wanted: Reports, named: dict[str, int]) -> Grouped:
    """Figures by submission."""
    rows = BreakdownRow.objects.filter(reported_value__submission__report__in=wanted)
    parts = _parts(rows.values_list("reported_value_id", *PLACE_FIELDS, *AMOUNT_FIELDS))
    values = ReportedValue.objects.filter(submission__report__in=wanted).order_by()
    return _figures(values, ("submission_id", "pk", "indicator_id"), parts, named)


def _validated_figures(wanted: Reports, named: dict[str, int]) -> Grouped:
    """Figures by decision; a validated row stands where the reported one did."""
    rows = ValidatedRow.objects.filter(validated_value__decision__submission__report__in=wanted)
    places = [f"row__{field}" for field in PLACE_FIELDS]
    parts = _parts(rows.values_list("validated_value_id", *places, *AMOUNT_FIELDS))
    values = ValidatedValue.objects.filter(decision__submission__report__in=wanted).order_by()
    return _figures(values, ("decision_id", "pk", "reported_value__indicator_id"), parts, named)


def _parts(rows: Iterable[tuple]) -> Grouped:
    found: Grouped = defaultdict(list)
    for value, region, unit, institution, amount, numerator, denominator in rows:
        place = (region, str(unit) if unit else None, institution)
        found[value].append(RowInput(*place, amount, numerator, denominator))
    return found


def _figures(values: QuerySet, owners: tuple[str, str, str], parts: Grouped, named: dict[str, int]) -> Grouped:
    """By the first of `owners`; the others are the value itself and its indicator."""
    lists = _lists(values, owners[-1].replace("indicator_id", "indicator__lists_names"), named)
    found: Grouped = defaultdict(list)
    for owner, pk, indicator, *figure in values.values_list(*owners, *FIGURE_FIELDS):
        further = {"rows": tuple(parts[pk]), **lists.get(pk, {})}
        found[owner].append(FigureInput(indicator, *figure, **further))
    return found


def _lists(values: QuerySet, lists_names: str, named: dict[str, int]) -> dict[int, dict[str, Any]]:
    """Years, institutions and other names of the few values that have any; `lists_names` leads to the indicator's."""
    rows = values.exclude(years=[], names=[]).values_list("pk", "years", "names", lists_names)
    return {
        pk: {"years": frozenset(years), **_names({name.casefold() for name in names}, is_list, named)}
        for pk, years, names, is_list in rows
    }


def _names(names: set[str], is_list: bool, named: dict[str, int]) -> dict[str, Any]:
    """A list of whatever the indicator counts, or the institutions that a report names beside its own."""
    if is_list:
        return {"names": tuple(sorted(names))}
    return {"institutions": frozenset(named[name] for name in names if name in named)}


def institutions_by_name() -> dict[str, int]:
    """Lists of institutions keep the name that each bore when it was written."""
    former = InstitutionName.objects.values_list("name", "institution_id")
    current = Institution.objects.values_list("name", "pk")
    return {name.casefold(): pk for name, pk in (*former, *current)}
