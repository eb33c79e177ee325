"""Many reports in one stroke, written past the workflow: how a page bears 5,000 of them."""

from datetime import timedelta

from django.utils import timezone

from indicators.enums import Answer, ReportState
from indicators.models import ProgressReport, Responsibility, Submission
from indicators.tests.world import World
from plan.enums import InstitutionKind
from plan.models import Action, Institution, Membership, Objective


def crowd(world: World, actions: int, institutions: int) -> int:
    """Every institution has sent the report of every action in the period of the world, on days one after the other.
    Returns how many wait."""
    objective = Objective.objects.get(code="1.1")
    made = Action.objects.bulk_create(
        Action(objective=objective, code=f"1.1.{n}", position=n, text=f"Acción {n}") for n in range(2, actions + 2)
    )
    owing = Institution.objects.bulk_create(
        Institution(name=f"Servicio {n}", kind=InstitutionKind.PUBLIC) for n in range(institutions)
    )
    seats = [Membership(plan=world.plan, institution=one, order=n) for n, one in enumerate(owing, start=10)]
    Membership.objects.bulk_create(seats)
    pairs = [(action, institution) for action in made for institution in owing]
    Responsibility.objects.bulk_create(
        Responsibility(action=a, institution=i, agreement=world.agreement) for a, i in pairs
    )
    _send(world, pairs)
    return len(pairs)


def _send(world: World, pairs: list[tuple[Action, Institution]]) -> None:
    reports = ProgressReport.objects.bulk_create(
        ProgressReport(action=a, institution=i, period=world.period, state=ReportState.SUBMITTED, version=2)
        for a, i in pairs
    )
    now = timezone.now()
    Submission.objects.bulk_create(
        Submission(
            report=report,
            number=1,
            submitted_at=now - timedelta(days=turn % 45, minutes=turn),
            submitted_by=world.focal,
            responder_name="Rosa Díaz",
            answer=Answer.NO_PROGRESS,
            motive="budget",
        )
        for turn, report in enumerate(reports)
    )
