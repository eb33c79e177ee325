"""One answer for several actions at once: by the same moves as one."""

from collections.abc import Iterable

from django.db import transaction

from indicators import workflow
from indicators.asked import asked_duty
from indicators.content import ReportContent
from indicators.models import Submission
from indicators.worklist import Task
from plan.models import User


@transaction.atomic
def answer_all(
    tasks: Iterable[Task], content: ReportContent, *, by: User, address: str | None = None
) -> list[Submission]:
    """Submit the same content for every task, all or none. Returns the submissions in order of the tasks.

    Raises WorkflowError, naming the action, where one of them cannot be sent; then nothing is stored.
    """
    return [_answer(task, content, by, address) for task in tasks]


def _answer(task: Task, content: ReportContent, by: User, address: str | None) -> Submission:
    duty = asked_duty(task.institution, task.action.pk, task.period)
    if duty is None:
        raise workflow.NotAllowedError(f"Acción {task.action.code}: ya no corresponde informarla.")
    report = workflow.begin(duty, task.period, by=by, address=address)
    # What the task saw: whoever began to write since then is not overwritten.
    version = task.report.version if task.report else 1
    try:
        return workflow.submit(report, content, by=by, version=version, address=address)
    except workflow.WorkflowError as error:
        raise workflow.NotAllowedError(f"Acción {task.action.code}: {error.message}") from error
