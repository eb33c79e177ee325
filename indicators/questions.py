"""Questions of an institution about a field of its report, and the answers of the secretaría técnica."""

from django.db import transaction
from django.utils import timezone

from indicators import notices, permissions
from indicators.models import ProgressReport, Question
from indicators.workflow import NotAllowedError, WorkflowError
from plan import access, audit
from plan.enums import Verb
from plan.models import User


class AlreadyAnsweredError(WorkflowError):
    """Somebody else answered in the meantime."""

    def __init__(self):
        super().__init__("Otra persona ya respondió esta pregunta.")


@transaction.atomic
def ask(report: ProgressReport, text: str, *, anchor: str, by: User, address: str | None = None) -> Question:
    """Put a question about a field (`anchor`, empty for the whole). Raises NotAllowedError if `by` may not write."""
    if not permissions.may_write(by, report):
        raise NotAllowedError("Este reporte ya no recibe preguntas.")
    question = Question.objects.create(report=report, anchor=anchor, text=text, asked_by=by)
    audit.record(Verb.ASKED, question, by=by, address=address, report=report.pk)
    notices.tell_question(question)
    return question


@transaction.atomic
def answer(question: Question, text: str, *, by: User, address: str | None = None) -> None:
    """Answer once. Raises NotAllowedError to whom it is not for, AlreadyAnsweredError to the second of two."""
    if not access.is_technical(by):
        raise NotAllowedError("Responde la secretaría técnica.")
    unanswered = Question.objects.unanswered().filter(pk=question.pk)
    if not unanswered.update(answer=text, answered_by=by, answered_at=timezone.now()):
        raise AlreadyAnsweredError
    question.refresh_from_db()
    audit.record(Verb.ANSWERED, question, by=by, address=address, report=question.report_id)
    notices.tell_answer(question)
