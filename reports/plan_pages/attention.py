"""What needs attention today: what the figures say is late or unknown, and what waits for the reader's own hands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from indicators.calculations.results import ActionResult, Coverage, IndicatorResult
from indicators.calculations.terms import ActionState, Condition
from indicators.enums import ReportState
from indicators.models import ProgressReport, Question
from plan import access
from plan.models import Plan, User
from plan.templatetags.portal import day

#: Codes that a line names before it says how many more there are.
NAMED = 6


@dataclass(frozen=True, slots=True)
class Matter:
    """How many of what, where to see them, and a word more. An `is_urgent` one is late."""

    count: int
    label: str
    url: str
    detail: str = ""
    is_urgent: bool = False


def matters_of_work(plan: Plan, reader: User) -> list[Matter]:
    """What waits in the reader's own lists; what is empty is not told. Three queries at most."""
    found: list[Matter] = []
    if access.is_technical(reader):
        found += [_in_review(plan), _unanswered_questions(reader)]
    if access.is_secretariat(reader) or access.is_focal_point(reader):
        found.append(_returned(plan, reader))
    return [matter for matter in found if matter.count]


def matters_of_figures(actions: Iterable[ActionResult], coverage: Coverage, query: str) -> list[Matter]:
    """What the compliance of these actions says; `query` keeps the dates in the links."""
    rows = list(actions)
    found = (*_late(rows, coverage, query), *_unknown(rows, query))
    return [matter for matter in found if matter.count]


def _in_review(plan: Plan) -> Matter:
    waiting = ProgressReport.objects.for_plan(plan).awaiting_review()
    sent = list(waiting.values("pk").annotate(sent=Max("submissions__submitted_at")).values_list("sent", flat=True))
    days = (timezone.localdate() - timezone.localdate(min(sent))).days if sent else 0
    detail = f"La espera más larga: {days} {'día' if days == 1 else 'días'}."
    return Matter(len(sent), "en cola de revisión", reverse("indicators:review_queue"), detail)


def _unanswered_questions(reader: User) -> Matter:
    count = Question.objects.visible_to(reader).unanswered().count()
    return Matter(count, "preguntas sin respuesta", reverse("indicators:questions"))


def _returned(plan: Plan, reader: User) -> Matter:
    returned = ProgressReport.objects.for_plan(plan).visible_to(reader).filter(state=ReportState.RETURNED)
    rows = list(returned.order_by("period__due_on").values_list("action__code", "period__due_on"))
    url = reverse("indicators:pending" if access.is_focal_point(reader) else "indicators:owed")
    detail = f"El primero vence el {day(rows[0][1])}: {rows[0][0]}." if rows else ""
    return Matter(len(rows), "devueltos por corregir", url, detail, is_urgent=True)


def _late(actions: list[ActionResult], coverage: Coverage, query: str) -> Iterator[Matter]:
    overdue = [action.code for action in actions if action.state is ActionState.OVERDUE]
    yield Matter(len(overdue), "acciones atrasadas", _plan_page(query), _codes(overdue), is_urgent=True)
    silent = [action.code for action in actions if action.unanswered_reports]
    yield Matter(coverage.unanswered, "reportes sin informe", _plan_page(query), _codes(silent), is_urgent=True)
    unexplained = [row.reference for row in _indicators(actions) if row.explanation_due]
    yield Matter(len(unexplained), "cifras que requieren explicación", _plan_page(query), _codes(unexplained))


def _unknown(actions: list[ActionResult], query: str) -> Iterator[Matter]:
    for condition, label in (
        (Condition.NOT_CALCULABLE, "indicadores no calculables"),
        (Condition.NO_TARGET, "indicadores sin meta acordada"),
    ):
        found = [row.reference for row in _indicators(actions) if row.verified.condition is condition]
        yield Matter(len(found), label, _plan_page(query), _codes(found))


def _indicators(actions: list[ActionResult]) -> Iterator[IndicatorResult]:
    for action in actions:
        yield from action.indicators


def _plan_page(query: str) -> str:
    return reverse("reports:plan") + query


def _codes(codes: list[str]) -> str:
    more = len(codes) - NAMED
    named = ", ".join(codes[:NAMED])
    return f"{named} y {more} más." if more > 0 else f"{named}." if codes else ""
