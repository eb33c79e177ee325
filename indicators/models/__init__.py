from indicators.models.decisions import (
    Decision,
    Endorsement,
    MeansVerdict,
    Observation,
    StruckEvidence,
    ValidatedRow,
    ValidatedValue,
)
from indicators.models.duties import (
    ActionWeight,
    MeansDeadline,
    Responsibility,
    RetentionRule,
    Target,
    Universe,
    UniverseValue,
)
from indicators.models.evidence import Evidence, PageImage, StoredFile
from indicators.models.judgements import Assessment, Cause, Proposal
from indicators.models.measures import Indicator, MeansOfVerification
from indicators.models.methodology import Methodology
from indicators.models.periods import PeriodExtension, ReportingPeriod
from indicators.models.progress import ProgressReport, Transition
from indicators.models.questions import Question
from indicators.models.submissions import BreakdownRow, ReportedValue, Submission, SubmissionEvidence

__all__ = [
    "ActionWeight",
    "Assessment",
    "BreakdownRow",
    "Cause",
    "Decision",
    "Endorsement",
    "Evidence",
    "Indicator",
    "MeansDeadline",
    "MeansOfVerification",
    "MeansVerdict",
    "Methodology",
    "Observation",
    "PageImage",
    "PeriodExtension",
    "ProgressReport",
    "Proposal",
    "Question",
    "ReportedValue",
    "ReportingPeriod",
    "Responsibility",
    "RetentionRule",
    "StoredFile",
    "StruckEvidence",
    "Submission",
    "SubmissionEvidence",
    "Target",
    "Transition",
    "Universe",
    "UniverseValue",
    "ValidatedRow",
    "ValidatedValue",
]
