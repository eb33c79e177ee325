"""What needs attention today: what the figures say is late or unknown, and what waits for the reader's own hands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import cast

from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils import timezone

from indicators.calculations.results import ActionResult, Coverage, IndicatorResult
from indicators.calculations.terms import ActionState, Condition
from indicators.enums import DutyState, ReportState, ResponsibilityKind
from indicators.models import ProgressReport, Question, Responsibility
from indicators.models.progress import CORRECTABLE_STATES
from indicators.queries.owed import owed_address
from plan import access
from plan.models import Plan, User
from plan.templatetags.portal import day
from reports.plan_pages.grouping import EXPLANATION, UNANSWERED, place_of

#: What is read of a report: its period, how that is called and falls due, and the code of the action.
OF_A_REPORT = ("period", "period__name", "period__due_on", "action__code")
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
    if access.is_focal_point(reader):
        found.append(_own_to_correct(plan, reader))
    elif access.is_secretariat(reader):
        found += _returned(plan)
    return [matter for matter in found if matter.count]


def matters_of_figures(actions: Iterable[ActionResult], coverage: Coverage, calculation: str) -> list[Matter]:
    """What the compliance of these actions says; `calculation` is the page that lists what is counted."""
    rows = list(actions)
    found = (*_late(rows, coverage, calculation), *_unknown(rows, calculation))
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


def _own_to_correct(plan: Plan, reader: User) -> Matter:
    """As the reader's list of what is pending has it: what was recorded on behalf is not theirs to mend."""
    reports = ProgressReport.objects.for_plan(plan).visible_to(reader).filter(is_on_behalf=False)
    rows = list(reports.filter(state__in=CORRECTABLE_STATES).order_by("period__due_on").values_list(*OF_A_REPORT))
    detail = f"El primero vence el {day(rows[0][2])}: {rows[0][3]}." if rows else ""
    return Matter(len(rows), "por corregir", f"{reverse('indicators:pending')}#devueltos", detail, is_urgent=True)


def _returned(plan: Plan) -> Iterator[Matter]:
    """What waits for institutions that owe it, period by period, as «Quién debe» lists it."""
    last_day = cast(date, OuterRef("period__ends_on"))  # the day of each row
    responsible = Responsibility.objects.in_force(last_day).filter(
        kind=ResponsibilityKind.RESPONSIBLE, action=OuterRef("action"), institution=OuterRef("institution")
    )
    reports = ProgressReport.objects.for_plan(plan).filter(Exists(responsible), state=ReportState.RETURNED)
    rows = reports.order_by("period__due_on", "period").values_list(*OF_A_REPORT)
    for (period, name, due_on), group in groupby(rows, key=lambda row: row[:3]):
        codes = [row[3] for row in group]
        url = owed_address(period=period, trait=DutyState.RETURNED.slug)
        detail = f"Del {name}, que vence el {day(due_on)}: {_codes(codes)}"
        yield Matter(len(codes), "devueltos por corregir", url, detail, is_urgent=True)


def _late(actions: list[ActionResult], coverage: Coverage, calculation: str) -> Iterator[Matter]:
    overdue = [action.code for action in actions if action.state is ActionState.OVERDUE]
    late = f"{calculation}#{place_of(ActionState.OVERDUE)}"
    yield Matter(len(overdue), "acciones atrasadas", late, _codes(overdue), is_urgent=True)
    silent = [action.code for action in actions if action.unanswered_reports]
    missing = f"{calculation}#{UNANSWERED}"
    yield Matter(coverage.unanswered, "reportes sin informe", missing, _codes(silent), is_urgent=True)
    unexplained = [row.reference for row in _indicators(actions) if row.explanation_due]
    explained = f"{calculation}#{EXPLANATION}"
    yield Matter(len(unexplained), "cifras que requieren explicación", explained, _codes(unexplained))


def _unknown(actions: list[ActionResult], calculation: str) -> Iterator[Matter]:
    for condition, label in (
        (Condition.NOT_CALCULABLE, "indicadores no calculables"),
        (Condition.NO_TARGET, "indicadores sin meta acordada"),
    ):
        found = [row.reference for row in _indicators(actions) if row.verified.condition is condition]
        yield Matter(len(found), label, f"{calculation}#{place_of(condition)}", _codes(found))


def _indicators(actions: list[ActionResult]) -> Iterator[IndicatorResult]:
    for action in actions:
        yield from action.indicators


def _codes(codes: list[str]) -> str:
    more = len(codes) - NAMED
    named = ", ".join(codes[:NAMED])
    return f"{named} y {more} más." if more > 0 else f"{named}." if codes else ""
