"""The closed vocabularies of the arithmetic.

Those that describe what goes in carry the same values as `indicators.enums`; those that describe what comes out carry
the Spanish word as `label`.
"""

from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    COUNT = "count"
    RATIO = "ratio"
    PRODUCT = "product"
    YEARLY_PRODUCT = "yearly_product"
    YEAR_COUNT = "year_count"


class Entry(StrEnum):
    INCREMENT = "increment"
    RUNNING_TOTAL = "running_total"


class Aggregation(StrEnum):
    FLOW = "flow"
    STOCK = "stock"


class CellAggregation(StrEnum):
    SUM = "sum"
    MAX = "max"


class DerivedFrom(StrEnum):
    NONE = ""
    MESA = "mesa"
    SUBCOMMISSION = "subcommission"


class Stage(StrEnum):
    """How far a product is; the order of the members is the order of the stages."""

    NOT_STARTED = "not_started"
    IN_PREPARATION = "in_preparation"
    PREPARED = "prepared"
    VALIDATED = "validated"
    DISTRIBUTED = "distributed"


class NeededFrom(StrEnum):
    ANY = "any"
    ALL = "all"


class Direction(StrEnum):
    ASCENDING = "ascending"
    DESCENDING = "descending"


class OwedBy(StrEnum):
    EACH = "each"
    ANY = "any"


class Recurrence(StrEnum):
    ONCE = "once"
    PER_PERIOD = "per_period"
    PER_YEAR = "per_year"


class ResponsibilityKind(StrEnum):
    RESPONSIBLE = "responsible"
    COLLABORATOR = "collaborator"


class Scope(StrEnum):
    YEAR = "year"
    CUMULATIVE = "cumulative"
    WHOLE_PLAN = "whole_plan"


class Source(StrEnum):
    AGREEMENT = "agreement"
    PLAN_TEXT = "plan_text"


class Answer(StrEnum):
    PROGRESS = "progress"
    NO_PROGRESS = "no_progress"
    NOT_APPLICABLE = "not_applicable"


class Verdict(StrEnum):
    ACCREDITED = "accredited"
    INSUFFICIENT = "insufficient"
    NOT_MATCHING = "not_matching"


class AmendmentDecision(StrEnum):
    KEEP = "keep"
    MODIFY = "modify"
    SUPPRESS = "suppress"
    ADD = "add"


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


class Pace(Labelled):
    REACHED = "reached", "Meta alcanzada"
    ON_PACE = "on_pace", "En ritmo"
    BEHIND = "behind", "Bajo lo esperado"
