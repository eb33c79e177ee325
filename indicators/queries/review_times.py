"""How long the secretaría técnica takes to answer: by period, and by reviewer in alphabetical order, never ranked."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.utils import timezone

from indicators.enums import Move
from indicators.models import ReportingPeriod, Submission, Transition
from plan.models import Plan, User


@dataclass(frozen=True)
class Round:
    """One submission: how many days its answer took, or how many it waits already, of `term` agreed. `reviewer_id` is
    who answered, or who has it in hand."""

    submission_id: int
    report_id: int
    period_id: int
    days: int
    term: int
    is_answered: bool
    reviewer_id: int | None

    @property
    def is_within_term(self) -> bool:
        return self.days <= self.term


@dataclass(frozen=True)
class Times:
    """Counts of rounds; the days are None where nothing was answered."""

    received: int
    resolved: int
    within_term: int
    median_days: float | None
    longest_days: int | None
    waiting: int
    overdue: int


@dataclass(frozen=True)
class Rounds:
    """What the times of a period or of a reviewer are made of: the rounds counted, and those that wait."""

    counted: list[Round]
    waiting: list[Round]

    @property
    def answered(self) -> list[Round]:
        return [one for one in self.counted if one.is_answered]

    @property
    def times(self) -> Times:
        days = [one.days for one in self.answered]
        return Times(
            received=len(self.counted),
            resolved=len(days),
            within_term=sum(one.is_within_term for one in self.answered),
            median_days=median(days) if days else None,
            longest_days=max(days, default=None),
            waiting=len(self.waiting),
            overdue=sum(not one.is_within_term for one in self.waiting),
        )


@dataclass(frozen=True)
class ReviewTimes:
    """`periods`: the first answer to each report. `reviewers`: every answer of a person, and what they have in hand."""

    periods: list[tuple[ReportingPeriod, Times]]
    reviewers: list[tuple[User, Times]]


def review_times(plan: Plan, *, known_at: datetime | None = None, axis_id: int | None = None) -> ReviewTimes:
    """The times of a plan, or of one eje, as they were known at a moment (by default now), from four queries."""
    rounds = _rounds(plan, known_at or timezone.now(), axis_id)
    by_period, by_reviewer = _by_period(rounds), _by_reviewer(rounds)
    periods = ReportingPeriod.objects.for_plan(plan).order_by("-starts_on")
    people = User.objects.filter(pk__in=[pk for pk in by_reviewer if pk]).order_by("full_name", "pk")
    return ReviewTimes(
        periods=[(period, by_period[period.pk].times) for period in periods if period.pk in by_period],
        reviewers=[(person, by_reviewer[person.pk].times) for person in people],
    )


def rounds_of_period(period: ReportingPeriod, known_at: datetime) -> Rounds:
    """The first round of each of its reports, and whatever of it waits."""
    return _by_period(_rounds(period.plan, known_at))[period.pk]


def rounds_of_reviewer(plan: Plan, reviewer: User, known_at: datetime) -> Rounds:
    """Every answer of a person, and what they have in hand."""
    return _by_reviewer(_rounds(plan, known_at))[reviewer.pk]


def _by_period(rounds: list[Round]) -> defaultdict[int | None, Rounds]:
    first: dict[int, Round] = {}
    for one in rounds:
        first.setdefault(one.report_id, one)
    return _by("period_id", list(first.values()), rounds)


def _by_reviewer(rounds: list[Round]) -> defaultdict[int | None, Rounds]:
    return _by("reviewer_id", [one for one in rounds if one.is_answered], rounds)


def _by(trait: str, counted: list[Round], rounds: list[Round]) -> defaultdict[int | None, Rounds]:
    """By period or reviewer: what is counted, and what of all rounds waits."""
    groups: defaultdict[int | None, Rounds] = defaultdict(lambda: Rounds([], []))
    for one in counted:
        groups[getattr(one, trait)].counted.append(one)
    for one in rounds:
        if not one.is_answered:
            groups[getattr(one, trait)].waiting.append(one)
    return groups


def _rounds(plan: Plan, known_at: datetime, axis_id: int | None = None) -> list[Round]:
    """Report by report, and of each in order of sending. What was withdrawn was never received, and what was annulled
    counts nowhere."""
    moves = Transition.objects.filter(report__period__plan=plan, at__lte=known_at)
    withdrawn = set(moves.filter(move=Move.WITHDRAW).values_list("submission_id", flat=True))
    annulled = moves.filter(move=Move.ANNUL).values("report")
    rows = Submission.objects.filter(report__period__plan=plan, submitted_at__lte=known_at)
    if axis_id is not None:
        rows = rows.filter(report__action__objective__axis=axis_id)
    fields = (
        rows.exclude(report__in=annulled)
        .order_by("report", "number")
        .values_list(
            "pk",
            "report_id",
            "report__period_id",
            "submitted_at",
            "decision__decided_at",
            "decision__reviewer_id",
            "report__assigned_to_id",
            "report__period__due_on",
            "report__period__review_due_on",
        )
    )
    return [_round(known_at, row) for row in fields if row[0] not in withdrawn]


def _round(known_at: datetime, row: tuple) -> Round:
    pk, report, period, sent_at, decided_at, reviewer, holder, due_on, review_due_on = row
    is_answered = decided_at is not None and decided_at <= known_at
    days = (_day(decided_at if is_answered else known_at) - _day(sent_at)).days
    term = (review_due_on - due_on).days
    return Round(pk, report, period, days, term, is_answered, reviewer if is_answered else holder)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
