"""What needs attention today: what the figures say is late or unknown, and what waits for the reader's own hands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import cast

from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils import timezone

from indicators.calculations.results import ActionResult, AxisResult, Coverage, IndicatorResult
from indicators.calculations.terms import ActionState, Condition
from indicators.calculations.wording import plural
from indicators.enums import DutyState, ReportState, ResponsibilityKind
from indicators.models import ProgressReport, Question, Responsibility
from indicators.models.progress import CORRECTABLE_STATES, ProgressReportQuerySet
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


def matters_of_work(plan: Plan, axis: AxisResult | None, reader: User) -> list[Matter]:
    """What waits today in the reader's own lists, of an eje or of the whole plan; what is empty is not told. What
    belongs to the reader's institution is told whatever the eje, as its figures are. Three queries at most."""
    found: list[Matter] = []
    every = ProgressReport.objects.for_plan(plan)
    reports = every.filter(action__objective__axis=axis.id) if axis else every
    if access.is_technical(reader):
        found += [_in_review(reports, axis), _unanswered_questions(reader)]
    if access.is_focal_point(reader):
        found.append(_own_to_correct(every, reader))
    elif access.is_secretariat(reader):
        found += _returned(reports, axis)
    return [matter for matter in found if matter.count]


def matters_of_figures(actions: Iterable[ActionResult], coverage: Coverage, calculation: str) -> list[Matter]:
    """What the compliance of these actions says; `calculation` is the page that lists what is counted."""
    rows = list(actions)
    found = (*_late(rows, coverage, calculation), *_unknown(rows, calculation))
    return [matter for matter in found if matter.count]


def _in_review(reports: ProgressReportQuerySet, axis: AxisResult | None) -> Matter:
    waiting = reports.awaiting_review()
    sent = list(waiting.values("pk").annotate(sent=Max("submissions__submitted_at")).values_list("sent", flat=True))
    days = (timezone.localdate() - timezone.localdate(min(sent))).days if sent else 0
    detail = f"Hoy; la espera más larga: {plural(days, 'día', 'días')}."
    query = f"?eje={axis.id}" if axis else ""
    return Matter(len(sent), "en cola de revisión", reverse("indicators:review_queue") + query, detail)


def _unanswered_questions(reader: User) -> Matter:
    count = Question.objects.visible_to(reader).unanswered().count()
    label = _agree(count, "pregunta sin respuesta", "preguntas sin respuesta")
    return Matter(count, label, reverse("indicators:questions"))


def _own_to_correct(reports: ProgressReportQuerySet, reader: User) -> Matter:
    """As the reader's list of what is pending has it: what was recorded on behalf is not theirs to mend."""
    own = reports.visible_to(reader).filter(is_on_behalf=False, state__in=CORRECTABLE_STATES)
    rows = list(own.order_by("period__due_on").values_list(*OF_A_REPORT))
    first = rows[0] if rows else None
    detail = f"Hoy; el primero vence el {day(first[2])}: {first[3]}." if first else ""
    is_late = first is not None and first[2] < timezone.localdate()
    return Matter(len(rows), "por corregir", f"{reverse('indicators:pending')}#devueltos", detail, is_late)


def _returned(reports: ProgressReportQuerySet, axis: AxisResult | None) -> Iterator[Matter]:
    """What waits for institutions that owe it, period by period, as «Quién debe» lists it."""
    last_day = cast(date, OuterRef("period__ends_on"))  # the day of each row
    responsible = Responsibility.objects.in_force(last_day).filter(
        kind=ResponsibilityKind.RESPONSIBLE, action=OuterRef("action"), institution=OuterRef("institution")
    )
    returned = reports.filter(Exists(responsible), state=ReportState.RETURNED)
    rows = returned.order_by("period__due_on", "period").values_list(*OF_A_REPORT)
    for (period, name, due_on), group in groupby(rows, key=lambda row: row[:3]):
        codes = [row[3] for row in group]
        url = owed_address(period=period, trait=DutyState.RETURNED.slug, axis=axis.number if axis else None)
        detail = f"Hoy, del {name}, que vence el {day(due_on)}: {_codes(codes)}"
        label = _agree(len(codes), "devuelto por corregir", "devueltos por corregir")
        yield Matter(len(codes), label, url, detail, is_urgent=due_on < timezone.localdate())


def _late(actions: list[ActionResult], coverage: Coverage, calculation: str) -> Iterator[Matter]:
    overdue = [action.code for action in actions if action.state is ActionState.OVERDUE]
    late = f"{calculation}#{place_of(ActionState.OVERDUE)}"
    label = _agree(len(overdue), "acción atrasada", "acciones atrasadas")
    yield Matter(len(overdue), label, late, _codes(overdue), is_urgent=True)
    silent = [action.code for action in actions if action.unanswered_reports]
    missing = f"{calculation}#{UNANSWERED}"
    label = _agree(coverage.unanswered, "reporte sin informe", "reportes sin informe")
    yield Matter(coverage.unanswered, label, missing, _codes(silent), is_urgent=True)
    unexplained = [row.reference for row in _indicators(actions) if row.explanation_due]
    explained = f"{calculation}#{EXPLANATION}"
    label = _agree(len(unexplained), "cifra que requiere explicación", "cifras que requieren explicación")
    yield Matter(len(unexplained), label, explained, _codes(unexplained))


def _unknown(actions: list[ActionResult], calculation: str) -> Iterator[Matter]:
    for condition, one, many in (
        (Condition.NOT_CALCULABLE, "indicador no calculable", "indicadores no calculables"),
        (Condition.NO_TARGET, "indicador sin meta acordada", "indicadores sin meta acordada"),
    ):
        found = [row.reference for row in _indicators(actions) if row.verified.condition is condition]
        yield Matter(len(found), _agree(len(found), one, many), f"{calculation}#{place_of(condition)}", _codes(found))


def _indicators(actions: list[ActionResult]) -> Iterator[IndicatorResult]:
    for action in actions:
        yield from action.indicators


def _agree(count: int, one: str, many: str) -> str:
    """The number itself stands beside it."""
    return one if count == 1 else many


def _codes(codes: list[str]) -> str:
    more = len(codes) - NAMED
    named = ", ".join(codes[:NAMED])
    return f"{named} y {more} más." if more > 0 else f"{named}." if codes else ""
