"""Mail about reports, through the task queue: a page never waits for a mail server, and no mail leaves of an act that
was undone."""

from urllib.parse import urljoin

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from indicators.models import Submission
from plan.enums import Role
from plan.mail import send_text
from plan.models import Appointment, Institution, User


def mail_receipt(submission: Submission, site_url: str) -> None:
    """Send the receipt, once the submission is committed, to every punto focal of the institution."""
    for person in focal_points(submission.report.institution):
        transaction.on_commit(lambda person=person: send_receipt.enqueue(submission.pk, person.pk, site_url))


def focal_points(institution: Institution) -> list[User]:
    """Titular and suplentes in force today who can sign in."""
    today = timezone.localdate()
    duties = Appointment.objects.in_force(today).filter(role=Role.FOCAL_POINT, institution=institution)
    return list(User.objects.filter(is_active=True, appointments__in=duties).distinct().order_by("pk"))


@task()
def send_receipt(submission_id: int, person_id: int, site_url: str) -> None:
    """One receipt to one person: a mail that fails does not repeat the others."""
    submission = Submission.objects.select_related("report__action", "report__period", "report__institution").get(
        pk=submission_id
    )
    person = User.objects.get(pk=person_id)
    url = urljoin(site_url, reverse("indicators:receipt", args=[submission_id]))
    send_text("indicators/mail/receipt", person.email, {"person": person, "submission": submission, "url": url})
