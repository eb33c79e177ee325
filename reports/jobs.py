"""Asking for a document: once, however often somebody clicks."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from indicators.calculations.moments import as_moment
from plan import audit
from plan.enums import Verb
from plan.models import Plan, User
from reports.enums import DocumentKind, JobState
from reports.models import ReportJob
from reports.tasks import INTERRUPTED, render_document


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants: an eje's report, or (without `axis_number`) the annual status of the corte's year.

    `known_on` None means "hasta ahora"; a day means its end, or now if it has not ended.
    """

    plan: Plan
    cut_off: date
    known_on: date | None = None
    axis_number: int | None = None

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.ANNUAL if self.axis_number is None else DocumentKind.AXIS

    @property
    def year(self) -> int | None:
        return self.cut_off.year if self.axis_number is None else None

    @property
    def known_at(self):
        now = timezone.now()
        return now if self.known_on is None else min(as_moment(self.known_on), now)

    @property
    def key(self) -> str:
        """The same for two wishes that would give the same document."""
        return f"{self.kind}:{self.axis_number or self.year}:{self.cut_off}:{self.known_on or 'now'}"


def request_document(wish: Wish, *, by: User, address: str | None = None) -> tuple[ReportJob, bool]:
    """The job that makes this document, and whether it is new: one that is queued or running is not started twice."""
    _give_up_interrupted()
    underway = _underway(wish)
    if underway is not None:
        return underway, False
    try:
        return _queue(wish, by, address), True
    except IntegrityError:
        # Somebody asked for the same between the look and the insert.
        underway = _underway(wish)
        if underway is None:
            raise
        return underway, False


def _underway(wish: Wish) -> ReportJob | None:
    return ReportJob.objects.active().filter(plan=wish.plan, request_key=wish.key).first()


def _queue(wish: Wish, by: User, address: str | None) -> ReportJob:
    """The row, its log line and its place in the queue are committed together."""
    with transaction.atomic():
        job = ReportJob.objects.create(
            plan=wish.plan,
            kind=wish.kind,
            axis_number=wish.axis_number,
            year=wish.year,
            as_of=wish.cut_off,
            known_at=wish.known_at,
            request_key=wish.key,
            requested_by=by,
        )
        audit.record(
            Verb.CREATED,
            job,
            by=by,
            address=address,
            document=job.kind,
            axis=job.axis_number,
            year=job.year,
            cut_off=job.as_of.isoformat(),
            known_at=job.known_at.isoformat(),
        )
        render_document.enqueue(job.pk)
    return job


def _give_up_interrupted() -> None:
    now = timezone.now()
    ReportJob.objects.interrupted(now).update(state=JobState.FAILED, message=INTERRUPTED, finished_at=now)
