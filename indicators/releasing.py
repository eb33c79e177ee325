"""Reviews of somebody who leaves the secretaría técnica go back to the queue."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from indicators import workflow
from indicators.models import ProgressReport
from plan.enums import Role
from plan.models import User


@transaction.atomic
def release_reviews(person: User, *, by: User | None, address: str | None = None) -> int:
    """Free every report that the person has in review, if from tomorrow on they cannot judge it. Returns how many."""
    if _judges_tomorrow(person):
        return 0
    held = ProgressReport.objects.awaiting_review().filter(assigned_to=person)
    return sum(_release(report, by, address) for report in held)


def release_abandoned(*, by: User | None = None) -> int:
    """The same for everybody whose appointment has run out since; meant for every day."""
    holders = User.objects.filter(assigned_reports__in=ProgressReport.objects.awaiting_review()).distinct()
    return sum(release_reviews(person, by=by) for person in holders)


def _judges_tomorrow(person: User) -> bool:
    tomorrow = timezone.localdate() + timedelta(1)
    return User.objects.holding(Role.TECHNICAL, tomorrow).filter(pk=person.pk).exists()


def _release(report: ProgressReport, by: User | None, address: str | None) -> bool:
    """False where somebody has moved the report meanwhile: then it is free already."""
    with suppress(workflow.StaleReportError):
        workflow.release(report, by=by, version=report.version, address=address)
        return True
    return False
