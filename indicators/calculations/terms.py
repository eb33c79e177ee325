"""The closed vocabularies of the arithmetic.

What goes in speaks the words of the models (`indicators.enums`); what comes out carries the Spanish word as `label`.
"""

from enum import StrEnum
from typing import Self

from indicators.enums import (
    Answer,
    CellAggregation,
    DerivedFrom,
    Direction,
    Entry,
    NeededFrom,
    OwedBy,
    Recurrence,
    ResponsibilityKind,
    Stage,
    Verdict,
)
from indicators.enums import IndicatorKind as Kind
from indicators.enums import PeriodAggregation as Aggregation
from indicators.enums import TargetScope as Scope
from indicators.enums import TargetSource as Source
from plan.enums import AmendmentDecision

__all__ = [
    "ActionState",
    "Aggregation",
    "AmendmentDecision",
    "Answer",
    "Band",
    "CellAggregation",
    "Conclusion",
    "Condition",
    "DerivedFrom",
    "Direction",
    "Entry",
    "Kind",
    "Labelled",
    "Mark",
    "NeededFrom",
    "Outlook",
    "OwedBy",
    "Pace",
    "Pending",
    "Recurrence",
    "ResponsibilityKind",
    "Scope",
    "Source",
    "Stage",
    "Verdict",
]


class Labelled(StrEnum):
    """A word of the results: its value is for programs, its label for readers."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Condition(Labelled):
    """Exactly one for every indicator (COMPLIANCE, Score)."""

    COMPUTABLE = "computable", "Computable"
    NOT_DUE = "not_due", "No exigible"
    NO_TARGET = "no_target", "Sin meta acordada"
    NOT_CALCULABLE = "not_calculable", "No calculable"
    SUPPRESSED = "suppressed", "Suprimido"


class Pending(Labelled):
    """Why something due has no value, so that its score is 0."""

    NO_REPORT = "no_report", "Sin informe"
    IN_REVIEW = "in_review", "En revisión"
    RETURNED = "returned", "Devuelto"
    NOT_APPLICABLE = "not_applicable", "No aplica"


class Band(Labelled):
    FULFILLED = "fulfilled", "Cumplido"
    PARTIAL = "partial", "Parcial"
    LOW = "low", "Bajo"


class Mark(Labelled):
    """What is said beside a figure and never changes it."""

    RECTIFYING = "rectifying", "En rectificación"
    RECONSTRUCTED = "reconstructed", "Reconstruido"
    TARGET_SET_LATE = "target_set_late", "Meta fijada después del vencimiento"
    ACHIEVED_LATE = "achieved_late", "Fuera de plazo"
    EXPLANATION_DUE = "explanation_due", "Requiere explicación"


class Conclusion(Labelled):
    """Whether a group of actions has a percentage."""

    PERCENTAGE = "percentage", "Porcentaje"
    INCONCLUSIVE = "inconclusive", "No concluyente"
    NOTHING_DUE = "nothing_due", "Nada exigible"


class ActionState(Labelled):
    """In the order in which they are tried: the first that fits."""

    SUPPRESSED = "suppressed", "Suprimida"
    FULFILLED = "fulfilled", "Cumplida"
    EXECUTED = "executed", "Ejecutada, sin meta para medir"
    OVERDUE = "overdue", "Atrasada"
    ON_TRACK = "on_track", "Al día"
    IN_PROGRESS = "in_progress", "En ejecución"
    UNREPORTED = "unreported", "Sin informe"
    NOT_STARTED = "not_started", "No iniciada"


class Outlook(Labelled):
    """Whether a target is reached by its day, if the value goes on as it did."""

    REACHES = "reaches", "Alcanza"
    FALLS_SHORT = "falls_short", "No alcanza"


class Pace(Labelled):
    REACHED = "reached", "Meta alcanzada"
    ON_PACE = "on_pace", "En ritmo"
    BEHIND = "behind", "Bajo lo esperado"
