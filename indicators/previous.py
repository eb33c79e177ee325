"""What an institution said of an action in the period before, and what of it was validated. Read in two queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from indicators.enums import Outcome, ReportState
from indicators.models import ProgressReport, ReportedValue, Submission, ValidatedValue

#: What a figure may hold; see models.figures.Figures.
PARTS = (
    "value",
    "numerator",
    "denominator",
    "stage",
    "stage_on",
    "named_count",
    "years",
    "affirmative",
    "names",
)
#: What was withdrawn or annulled was never said.
UNDONE = (ReportState.DRAFT, ReportState.ANNULLED)
#: Beyond so many times more, or so many times less, the portal asks whether a figure is right.
JUMP = 3

#: Of what was submitted of one action and institution, the newest round of the newest period.
NEWEST_FIRST = ("-report__period__starts_on", "-number")

Place = tuple[int | None, int | None]


@dataclass
class PreviousFigure:
    """One indicator's figure of the period before. `validated` is None where no approved decision fixed it."""

    period: str
    informed: ReportedValue
    validated: ValidatedValue | None
    #: By region and unit, the amount that counts: validated, else informed.
    rows: dict[Place, int] = field(default_factory=dict)

    @property
    def newest(self) -> ReportedValue | ValidatedValue:
        """What counts: validated, else informed."""
        return self.validated or self.informed

    @property
    def amount(self) -> int | None:
        """The number to which a new one can be compared."""
        return amount_of(self.newest)


def amount_of(figure) -> int | None:
    """The count of a figure, or the numerator of its ratio."""
    return figure.numerator if figure.value is None else figure.value


ABOVE = f"Más de {JUMP} veces lo anterior: ¿es correcto?"
BELOW = "Menos de un tercio de lo anterior: ¿es correcto?"


def jump(before: int | None, now: int | None) -> str:
    """The question that a figure far from the one before raises; empty where nothing can be compared."""
    if not before or not now:
        return ""
    if now > JUMP * before:
        return ABOVE
    return BELOW if JUMP * now < before else ""


def rounds_until(report: ProgressReport) -> list[Submission]:
    """What was submitted of this action and institution up to the report's period, newest first."""
    until = Submission.objects.filter(
        report__action=report.action_id,
        report__institution=report.institution_id,
        report__period__starts_on__lte=report.period.starts_on,
    )
    return list(until.order_by(*NEWEST_FIRST).select_related("report__period", "decision"))


@dataclass(frozen=True)
class EarlierAmount:
    """The number that counts of one earlier period: validated, else informed; of a ratio, numerator and denominator."""

    starts_on: date
    amount: int
    denominator: int | None


def earlier_amounts(report: ProgressReport, rounds: list[Submission]) -> dict[int, list[EarlierAmount]]:
    """By indicator, what each earlier period says: its newest approved round, else its newest one. One query."""
    counting: dict[int, Submission] = {}
    for submission in rounds:
        if submission.report.period.starts_on < report.period.starts_on and submission.report.state not in UNDONE:
            kept = counting.setdefault(submission.report_id, submission)
            if not _is_approved(kept) and _is_approved(submission):
                counting[submission.report_id] = submission
    periods = {submission.pk: submission.report.period for submission in counting.values()}
    validated = {f"validated_{part}": F(f"validations__{part}") for part in ("value", "numerator", "denominator")}
    lines = ReportedValue.objects.filter(submission__in=periods).annotate(**validated)
    found: dict[int, list[EarlierAmount]] = {}
    for line in lines.values("indicator", "submission", "value", "numerator", "denominator", *validated):
        amount = _first(line["validated_value"], line["validated_numerator"], line["value"], line["numerator"])
        if amount is not None:
            denominator = _first(line["validated_denominator"], line["denominator"])
            earlier = EarlierAmount(periods[line["submission"]].starts_on, amount, denominator)
            found.setdefault(line["indicator"], []).append(earlier)
    return found


def _first(*numbers: int | None) -> int | None:
    return next((number for number in numbers if number is not None), None)


def _is_approved(submission: Submission) -> bool:
    decision = getattr(submission, "decision", None)
    return decision is not None and decision.outcome == Outcome.APPROVED


def previous_submission(report: ProgressReport, rounds: list[Submission]) -> Submission | None:
    """The newest of an earlier period; what was withdrawn or annulled is none."""
    first = report.period.starts_on
    earlier = (s for s in rounds if s.report.period.starts_on < first and s.report.state not in UNDONE)
    return next(earlier, None)


def previous_amounts(reports: Sequence[ProgressReport]) -> dict[int, dict[int, int | None]]:
    """By report and indicator, the count or numerator that was validated in the period before. Two queries, whatever
    the number of reports."""
    before = {pk: s for pk, s in _submissions_before(reports).items() if s and _is_approved(s)}
    amounts: dict[int, dict[int, int | None]] = {submission.pk: {} for submission in before.values()}
    validated = ValidatedValue.objects.filter(reported_value__submission__in=amounts)
    for value in validated.select_related("reported_value"):
        amounts[value.reported_value.submission_id][value.reported_value.indicator_id] = amount_of(value)
    return {pk: amounts[submission.pk] for pk, submission in before.items()}


def _submissions_before(reports: Sequence[ProgressReport]) -> dict[int, Submission | None]:
    rounds: defaultdict[tuple[int, int], list[Submission]] = defaultdict(list)
    near = Submission.objects.filter(
        report__action__in={report.action_id for report in reports},
        report__institution__in={report.institution_id for report in reports},
    )
    for submission in near.order_by(*NEWEST_FIRST).select_related("report__period", "decision"):
        rounds[submission.report.action_id, submission.report.institution_id].append(submission)
    return {r.pk: previous_submission(r, rounds[r.action_id, r.institution_id]) for r in reports}


def previous_figures(submission: Submission | None) -> dict[int, PreviousFigure]:
    """By indicator, what the submission informed and what was validated of it."""
    if submission is None:
        return {}
    is_approved = _is_approved(submission)
    found: dict[int, PreviousFigure] = {}
    for line in _lines(submission):
        figure = found.setdefault(line.indicator_id, _figure(submission, line, is_approved))
        _add_row(figure, line, is_approved)
    return found


def _lines(submission: Submission) -> Iterable[ReportedValue]:
    """Each reported value once for each row of its breakdown, with what was validated beside it. A submission has at
    most one decision, so that nothing stands twice."""
    validated = {f"validated_{part}": F(f"validations__{part}") for part in PARTS}
    rows = {f"row_{part}": F(f"rows__{part}") for part in ("id", "region_id", "unit_id", "value", "numerator")}
    fixed = {f"fixed_{part}": F(f"rows__validations__{part}") for part in ("value", "numerator")}
    return submission.values.annotate(validated_id=F("validations__pk"), **validated, **rows, **fixed)


def _figure(submission: Submission, line, is_approved: bool) -> PreviousFigure:
    validated = None
    if is_approved and line.validated_id:
        validated = ValidatedValue(**{part: getattr(line, f"validated_{part}") for part in PARTS})
    return PreviousFigure(submission.report.period.name, line, validated)


def _add_row(figure: PreviousFigure, line, is_approved: bool) -> None:
    informed = line.row_numerator if line.row_value is None else line.row_value
    fixed = line.fixed_numerator if line.fixed_value is None else line.fixed_value
    amount = fixed if is_approved and fixed is not None else informed
    if line.row_id and amount is not None:
        figure.rows[line.row_region_id, line.row_unit_id] = amount
