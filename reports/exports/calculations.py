"""Figures and how they were reached as JSON: the same objects that the pages show, for programs.

A score is told twice: exact, as a fraction of one ("3/4"), and as it is printed ("75,0 %"). What has no value is null.
"""

from dataclasses import asdict
from fractions import Fraction
from typing import Any

from django.utils import timezone

from indicators.calculations.parameters import lines
from indicators.calculations.results import (
    Advance,
    Coverage,
    Exclusion,
    Forecast,
    GoalResult,
    PlanResult,
    TargetResult,
    TraceStep,
)
from reports.plan_pages.calculation import Calculation, InputLine, Side
from reports.plan_pages.institution_calculation import InstitutionCalculation
from reports.plan_pages.owed_lines import COVERAGE_RULE, DutyLine, MeansDutyLine
from reports.plan_pages.review_calculation import ReviewCalculation, RoundLine


def document(result: PlanResult, calculation: Calculation) -> dict[str, Any]:
    """A node with all that it is made of, under the dates and the methodology of the result."""
    return {**_heading(result), **_node(calculation)}


def institution_document(result: PlanResult, calculation: InstitutionCalculation) -> dict[str, Any]:
    """What one institution owes: its counts, by action and line by line."""
    return {
        **_heading(result),
        "institution": calculation.label,
        **_coverage(calculation.coverage),
        "duties": [_duty(line) for line in calculation.duties],
        "means": [_means(line) for line in calculation.means],
        "parts": [{"reference": part.reference, "coverage": asdict(part.coverage)} for part in calculation.parts],
        "actions": [
            {"reference": row.reference, "state": row.state and row.state.label} for row in calculation.actions
        ],
    }


def review_document(calculation: ReviewCalculation) -> dict[str, Any]:
    """The times of review of a period or of a person, and the rounds that they are counted of."""
    return {
        "label": calculation.label,
        "known_at": timezone.localtime(calculation.known_at).isoformat(),
        "rule": calculation.rule,
        "figures": [asdict(figure) for figure in calculation.figures],
        "counted": [_round(line) for line in calculation.counted],
        "waiting": [_round(line) for line in calculation.waiting],
    }


def _round(line: RoundLine) -> dict[str, Any]:
    return {
        "action": line.action,
        "institution": line.institution,
        "period": line.period,
        "report_id": line.round.report_id,
        "number": line.number,
        "sent_on": line.sent_on.isoformat(),
        "answered_on": line.answered_on and line.answered_on.isoformat(),
        "days": line.round.days,
        "term": line.round.term,
        "within_term": line.round.is_within_term,
    }


def _heading(result: PlanResult) -> dict[str, Any]:
    return {
        "plan": result.code,
        "cut_off": result.cut_off.isoformat(),
        "known_at": timezone.localtime(result.known_at).isoformat(),
        "dates": result.dates_text,
        "methodology": result.methodology.version,
        "parameters": {line.label: line.text for line in lines(result.methodology)},
        "assumptions": list(result.methodology.assumptions),
    }


def _node(node: Calculation) -> dict[str, Any]:
    return {
        "reference": node.reference,
        "label": node.label,
        "text": node.name,
        "state": node.state.label if node.state else None,
        "state_reason": node.state_reason or None,
        "states": {state.label: count for state, count in node.states} or None,
        "verified": _side(node.verified),
        "informed": _side(node.informed),
        "target": _target(node.target) if node.target else None,
        "targets": [_goal(goal) for goal in node.goals],
        "advances": [_advance(advance) for advance in node.advances],
        "forecast": _forecast(node.forecast) if node.forecast else None,
        "explanation_due": bool(node.deviations),
        **_coverage(node.coverage),
        "duties": [_duty(line) for line in node.duties],
        "means": [_means(line) for line in node.means],
        "parts": [_node(part) for part in node.parts],
    }


def _coverage(coverage: Coverage | None) -> dict[str, Any]:
    if coverage is None:
        return {"coverage": None}
    return {"coverage": asdict(coverage), "coverage_rule": COVERAGE_RULE}


def _side(side: Side) -> dict[str, Any]:
    return {
        "score": _exact(side.value),
        "text": side.text,
        "band": side.band.label if side.band else None,
        "condition": side.condition,
        "says": side.says,
        "amount": side.amount or None,
        "marks": list(side.marks),
        "trace": {
            "rule": side.trace.rule,
            "steps": [_traced(step) for step in side.trace.steps],
            "exclusions": [_traced(row) for row in side.trace.exclusions],
            "left_out": side.trace.left_out,
            "inputs": [_input(line) for line in side.inputs],
        },
    }


def _traced(row: TraceStep | Exclusion) -> dict[str, Any]:
    return asdict(row) | {"reference": row.reference or None}


def _input(line: InputLine) -> dict[str, Any]:
    return asdict(line.row) | {"amount": line.amount or None}


def _target(target: TargetResult) -> dict[str, Any]:
    return {
        "value": _exact(target.value),
        "text": target.value_text,
        "window": target.window.label,
        "due_on": target.due_on.isoformat(),
        "source": target.source_text,
        "set_late": target.set_late,
    }


def _goal(goal: GoalResult) -> dict[str, Any]:
    return {
        "target": _target(goal.target),
        "place": goal.target.place or None,
        "value": goal.value_text,
        "score": goal.score_text,
        "standing": goal.standing,
    }


def _advance(advance: Advance) -> dict[str, Any]:
    return {
        "target": _target(advance.target),
        "place": advance.target.place or None,
        "progress": _exact(advance.progress),
        "expected": _exact(advance.expected),
        "text": advance.progress_text,
        "expected_text": advance.expected_text,
        "pace": advance.pace.label if advance.pace else None,
    }


def _forecast(forecast: Forecast) -> dict[str, Any]:
    return {
        "on": forecast.window.ends_on.isoformat(),
        "value": _exact(forecast.value),
        "share": _exact(forecast.share),
        "text": forecast.value_text or forecast.reason,
        "outlook": forecast.outlook.label if forecast.outlook else None,
        "assumption": forecast.assumption,
        "steps": [_traced(step) for step in forecast.steps],
    }


def _duty(line: DutyLine) -> dict[str, Any]:
    duty = line.duty
    return {
        "action": line.action,
        "institution": line.institution,
        "period": line.period,
        "due_on": duty.due_on.isoformat(),
        "owed": duty.is_owed,
        "made": duty.is_made,
        "validated": duty.is_validated,
        "on_time": duty.is_on_time,
        "returned": duty.is_returned,
        "report_id": line.report_id,
    }


def _means(line: MeansDutyLine) -> dict[str, Any]:
    duty = line.duty
    return {
        "means": line.means,
        "institution": line.institution,
        "occasion": duty.occasion,
        "owed_on": duty.owed_on.isoformat(),
        "owed": duty.is_owed,
        "accredited": duty.is_accredited,
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
