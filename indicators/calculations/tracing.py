"""What a figure rests on, as lines that a reader can follow (COMPLIANCE, Trace)."""

from fractions import Fraction

from indicators.calculations.inputs import FigureInput
from indicators.calculations.known import Known
from indicators.calculations.measurement import Answered, Measurement, Question
from indicators.calculations.results import Exclusion, Trace, TraceInput, TraceStep
from indicators.calculations.terms import Answer, Mark, Pending, Stage
from indicators.calculations.versions import KnownReport, View
from indicators.calculations.wording import dates_text, listing, number, plural

PENDING_REASONS = {Pending.IN_REVIEW: "en revisión", Pending.RETURNED: "devuelto a la institución"}
NEWER_REASONS = {
    Pending.IN_REVIEW: "un envío más nuevo está en revisión",
    Pending.RETURNED: "un envío más nuevo fue devuelto",
}


def new_trace(
    known: Known,
    rule: str,
    steps: tuple[TraceStep, ...],
    inputs: tuple[TraceInput, ...] = (),
    exclusions: tuple[Exclusion, ...] = (),
) -> Trace:
    dates = dates_text(known.cut_off, known.known_at)
    return Trace(rule, known.methodology.version, dates, steps, inputs, exclusions)


def marks_of(question: Question, measurement: Measurement) -> frozenset[Mark]:
    """What the reports behind a figure oblige to say beside it."""
    reports = [answered.report for answered in (*measurement.used, *measurement.borrowed)]
    found = {
        Mark.RECTIFYING: question.view is View.VERIFIED and any(report.is_rectifying for report in reports),
        Mark.RECONSTRUCTED: any(report.is_reconstructed(question.view) for report in reports),
        Mark.ACHIEVED_LATE: measurement.achieved_late,
    }
    return frozenset(mark for mark, holds in found.items() if holds)


def inputs_of(question: Question, measurement: Measurement) -> tuple[TraceInput, ...]:
    return tuple(_input(question.known, answered) for answered in (*measurement.used, *measurement.borrowed))


def _input(known: Known, answered: Answered) -> TraceInput:
    submission, decision = answered.version.submission, answered.version.decision
    return TraceInput(
        institution=known.institutions[answered.institution_id].name,
        period=answered.period.name,
        amount=_amount(answered.figure),
        report_id=answered.report.report.id,
        submission_id=submission.id,
        submission_number=submission.number,
        decision_id=decision.id if decision is not None else None,
        decided_as=decision.decided_as if decision is not None else "",
        source=submission.source_document,
    )


def _amount(figure: FigureInput | None) -> str:
    if figure is None:
        return "Sin avance"
    parts = {
        "": None if figure.value is None else number(figure.value),
        "numerador ": None if figure.numerator is None else number(figure.numerator),
        "denominador ": None if figure.denominator is None else number(figure.denominator),
    }
    amounts = [f"{label}{amount}" for label, amount in parts.items() if amount is not None]
    return ", ".join([*amounts, *_other_amounts(figure)])


def _other_amounts(figure: FigureInput) -> list[str]:
    words = []
    if figure.affirmative is not None:
        words.append("sí" if figure.affirmative else "no")
    if figure.institutions:
        words.append(plural(len(figure.institutions), "institución nombrada", "instituciones nombradas"))
    if figure.stage:
        words.append(Stage(figure.stage).label.lower())
    if figure.named_count is not None:
        words.append(f"conteo {number(Fraction(figure.named_count))}")
    if figure.years:
        words.append(listing(map(str, sorted(figure.years))))
    return words


def exclusions_of(question: Question, measurement: Measurement) -> tuple[Exclusion, ...]:
    """Reports of the window that do not count, with the reason, after those that the measure itself left out."""
    used = {answered.report.report.id for answered in measurement.used}
    left_out = [report for report in question.reports() if report.report.id not in used]
    newer = [answered.report for answered in measurement.used if question.view is View.VERIFIED]
    return (
        *measurement.exclusions,
        *(_exclusion(question, report, _reason(question, report)) for report in left_out),
        *(_exclusion(question, report, NEWER_REASONS[report.pending]) for report in newer if report.pending),
    )


def _exclusion(question: Question, report: KnownReport, reason: str) -> Exclusion:
    name = question.known.institutions[report.institution_id].name
    return Exclusion(f"{name}, {report.period.name}", reason)


def _reason(question: Question, report: KnownReport) -> str:
    version = report.version(question.view)
    if version is None:
        return PENDING_REASONS[report.pending] if report.pending else ""
    return "no aplica" if version.answer == Answer.NOT_APPLICABLE else "sin valor para este indicador"
