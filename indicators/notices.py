"""Who is told what of a report, and by which words: every move of the workflow, and questions with their answers.

Told in the transaction of the act, so that nothing is told of an act that was undone.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from indicators.enums import Move
from indicators.models import Question, Transition
from plan.enums import NoticeKind, Role
from plan.models import Appointment, Institution, Notice, User
from plan.notices import tell


@dataclass(frozen=True)
class News:
    kind: NoticeKind
    template: str
    #: Where it leads: the page of the submission's receipt, of the report, or of its form.
    url_name: str = "indicators:report"


#: What is told of each move. A withdrawal is the institution's own affair, made before anybody reads the report.
NEWS: dict[Move, News | None] = {
    Move.SUBMIT: News(NoticeKind.SUBMITTED, "receipt", "indicators:receipt"),
    Move.WITHDRAW: None,
    Move.RETURN: News(NoticeKind.RETURNED, "returned", "indicators:edit_report"),
    Move.APPROVE: News(NoticeKind.APPROVED, "approved"),
    Move.REOPEN: News(NoticeKind.REOPENED, "reopened", "indicators:edit_report"),
    Move.ANNUL: News(NoticeKind.ANNULLED, "annulled"),
}
REOPENED_BY_INSTITUTION = News(NoticeKind.REOPENED, "reopened_by_institution")


def tell_move(transition: Transition) -> None:
    """Tell the puntos focales of the institution; of what one of them reopens, the secretaría técnica, in its inbox
    alone; of a returned record on behalf, whoever entered it and has to correct it.

    Who made the move has it in the inbox as read. History that is entered on behalf, by the hundred, is not mailed.
    """
    news, report = NEWS[Move(transition.move)], transition.report
    people = focal_points(report.institution)
    if transition.move == Move.RETURN and report.is_on_behalf and transition.submission:
        people = [transition.submission.submitted_by]
    if transition.move == Move.REOPEN and transition.by in people:
        _tell_of_move(transition, REOPENED_BY_INSTITUTION, technical_staff(), by_mail=False)
    elif news is not None:
        is_history = report.is_on_behalf and report.period.is_closed
        _tell_of_move(transition, news, people, by_mail=not is_history)


def _tell_of_move(transition: Transition, news: News, people: list[User], by_mail: bool) -> None:
    report = transition.report
    told = tell(
        people,
        news.kind,
        key=f"{news.kind}:{transition.pk}",
        template=f"indicators/mail/{news.template}",
        path=_path_of(transition, news),
        context={
            "transition": transition,
            "report": report,
            "submission": transition.submission,
            "is_overdue": timezone.localdate() > report.due_on,
        },
        by_mail=by_mail,
    )
    own = [notice.pk for notice in told if notice.recipient_id == transition.by_id]
    Notice.objects.filter(pk__in=own).update(read_at=timezone.now())


def _path_of(transition: Transition, news: News) -> str:
    is_receipt = news.kind == NoticeKind.SUBMITTED
    return reverse(news.url_name, args=[transition.submission_id if is_receipt else transition.report_id])


def tell_question(question: Question) -> None:
    """Tell the secretaría técnica that an institution asks."""
    _tell_of_question(question, NoticeKind.ASKED, technical_staff(), reverse("indicators:questions"))


def tell_answer(question: Question) -> None:
    """Bring the answer to the puntos focales, with a link to the report."""
    path = reverse("indicators:edit_report", args=[question.report_id])
    _tell_of_question(question, NoticeKind.ANSWERED, focal_points(question.report.institution), f"{path}#preguntas")


def _tell_of_question(question: Question, kind: NoticeKind, people: list[User], path: str) -> None:
    key, context = f"{kind}:{question.pk}", {"question": question, "report": question.report}
    tell(people, kind, key=key, template=f"indicators/mail/{kind}", path=path, context=context)


def focal_points(*institutions: Institution) -> list[User]:
    """Titulares and suplentes in force today who can sign in."""
    today = timezone.localdate()
    duties = Appointment.objects.in_force(today).filter(role=Role.FOCAL_POINT, institution__in=institutions)
    return _people(duties)


def technical_staff() -> list[User]:
    return _people(Appointment.objects.in_force(timezone.localdate()).filter(role=Role.TECHNICAL))


def _people(duties) -> list[User]:
    return list(User.objects.filter(is_active=True, appointments__in=duties).distinct().order_by("pk"))
