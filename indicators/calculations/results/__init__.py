"""What comes out of the arithmetic: the one object that screens, PDFs, spreadsheets and JSON show.

PlanResult → AxisResult → ObjectiveResult → ActionResult → IndicatorResult. Amounts and scores are exact fractions
(a score of 1 is 100 %); every `..._text` is the same thing as a reader sees it. A missing value is None, never zero.
*Verified* is the official figure; *informed* is shown beside it and never added in.
"""

from indicators.calculations.results.measured import (
    UNTRACED,
    Advance,
    CellResult,
    Exclusion,
    Figure,
    Forecast,
    GoalResult,
    IndicatorResult,
    PartialResult,
    TargetResult,
    Trace,
    TraceInput,
    TraceStep,
    Window,
)
from indicators.calculations.results.owed import (
    Coverage,
    MeansDuty,
    MeansResult,
    ReportDuty,
)
from indicators.calculations.results.tree import (
    ActionResult,
    ActionScore,
    AxisResult,
    GroupScore,
    InstitutionResult,
    ObjectiveResult,
    PlanResult,
    StateCounts,
)

__all__ = [
    "UNTRACED",
    "ActionResult",
    "ActionScore",
    "Advance",
    "AxisResult",
    "CellResult",
    "Coverage",
    "Exclusion",
    "Figure",
    "Forecast",
    "GoalResult",
    "GroupScore",
    "IndicatorResult",
    "InstitutionResult",
    "MeansDuty",
    "MeansResult",
    "ObjectiveResult",
    "PartialResult",
    "PlanResult",
    "ReportDuty",
    "StateCounts",
    "TargetResult",
    "Trace",
    "TraceInput",
    "TraceStep",
    "Window",
]
