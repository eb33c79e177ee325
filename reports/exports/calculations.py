"""Figures and how they were reached as JSON: the same objects that the pages show, for programs.

A score is told twice: exact, as a fraction of one ("3/4"), and as it is printed ("75,0 %"). What has no value is null.
"""

from dataclasses import asdict
from fractions import Fraction
from typing import Any

from indicators.calculations.parameters import lines
from indicators.calculations.results import Advance, Forecast, PlanResult, TargetResult
from reports.plan_pages.calculation import Calculation, DutyLine, InputLine, Side


def document(result: PlanResult, calculation: Calculation) -> dict[str, Any]:
    """A node with all that it is made of, under the dates and the methodology of the result."""
    return {
        "plan": result.code,
        "cut_off": result.cut_off.isoformat(),
        "known_at": result.known_at.isoformat(),
        "dates": result.dates_text,
        "methodology": result.methodology.version,
        "parameters": {line.label: line.text for line in lines(result.methodology)},
        "assumptions": list(result.methodology.assumptions),
        **_node(calculation),
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
        "advances": [_advance(advance) for advance in node.advances],
        "forecast": _forecast(node.forecast) if node.forecast else None,
        "coverage": asdict(node.coverage) if node.coverage else None,
        "duties": [_duty(line) for line in node.duties],
        "parts": [_node(part) for part in node.parts],
    }


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
            "steps": [asdict(step) for step in side.trace.steps],
            "exclusions": [asdict(row) for row in side.trace.exclusions],
            "left_out": side.trace.left_out,
            "inputs": [_input(line) for line in side.inputs],
        },
    }


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
        "steps": [asdict(step) for step in forecast.steps],
    }


def _duty(line: DutyLine) -> dict[str, Any]:
    duty = line.duty
    return {
        "institution": line.institution,
        "period": line.period,
        "due_on": duty.due_on.isoformat(),
        "owed": duty.is_owed,
        "made": duty.is_made,
        "validated": duty.is_validated,
        "on_time": duty.is_on_time,
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
