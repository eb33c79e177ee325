"""Mail about reports, through the task queue: a page never waits for a mail server, and no mail leaves of an act that
was undone."""

from functools import partial
from urllib.parse import urljoin

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from indicators.models import Question, Submission
from plan.enums import Role
from plan.mail import send_text
from plan.models import Appointment, Institution, User


def mail_receipt(submission: Submission, site_url: str) -> None:
    """Send the receipt, once the submission is committed, to every punto focal of the institution."""
    for person in focal_points(submission.report.institution):
        transaction.on_commit(partial(send_receipt.enqueue, submission.pk, person.pk, site_url))


def mail_question(question: Question, site_url: str) -> None:
    """Tell the secretaría técnica of the plan that an institution asks."""
    today = timezone.localdate()
    duties = Appointment.objects.in_force(today).filter(role=Role.TECHNICAL)
    for person in _people(duties):
        _mail_question_to(person, question, "asked", urljoin(site_url, reverse("indicators:questions")))


def mail_answer(question: Question, site_url: str) -> None:
    """Bring the answer to the puntos focales, with a link to the report."""
    path = reverse("indicators:edit_report", args=[question.report_id])
    for person in focal_points(question.report.institution):
        _mail_question_to(person, question, "answered", urljoin(site_url, f"{path}#preguntas"))


def _mail_question_to(person: User, question: Question, what: str, url: str) -> None:
    transaction.on_commit(partial(send_question.enqueue, question.pk, person.pk, what, url))


def focal_points(*institutions: Institution) -> list[User]:
    """Titulares and suplentes in force today who can sign in."""
    today = timezone.localdate()
    duties = Appointment.objects.in_force(today).filter(role=Role.FOCAL_POINT, institution__in=institutions)
    return _people(duties)


def _people(duties) -> list[User]:
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


@task()
def send_question(question_id: int, person_id: int, what: str, url: str) -> None:
    """A question that was "asked", or "answered", to one person."""
    question = Question.objects.with_parties().get(pk=question_id)
    person = User.objects.get(pk=person_id)
    send_text(f"indicators/mail/{what}", person.email, {"person": person, "question": question, "url": url})
