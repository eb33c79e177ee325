"""What needs attention today: what the figures say is late or unknown, and what waits for the reader's own hands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import cast

from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils import timezone

from indicators.calculations.results import ActionResult, AxisResult, IndicatorResult
from indicators.calculations.terms import ActionState, Condition
from indicators.calculations.wording import plural
from indicators.enums import DutyState, ReportState, ResponsibilityKind
from indicators.models import ProgressReport, Question, Responsibility
from indicators.models.progress import CORRECTABLE_STATES, ProgressReportQuerySet
from indicators.queries.owed import owed_address, plan_order
from plan import access
from plan.models import Plan, User
from plan.templatetags.portal import day
from reports.plan_pages.grouping import EXPLANATION, UNANSWERED, place_of

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
    belongs to the reader's institution is told whatever the eje, as its figures are, and so are questions, as in their
    list. Four queries at most."""
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


def matters_of_figures(actions: Iterable[ActionResult], unanswered: list[str], calculation: str) -> list[Matter]:
    """What the compliance of these actions says; `unanswered` are the codes of the reports that never came, and
    `calculation` is the page that lists what is counted."""
    rows = list(actions)
    found = (*_late(rows, unanswered, calculation), *_unknown(rows, calculation))
    return [matter for matter in found if matter.count]


def unanswered_of(actions: Iterable[ActionResult], institution_id: int | None = None) -> list[str]:
    """The code of the action of each report that fell due and never came, of one institution or of all."""
    return [
        action.code
        for action in actions
        for duty in action.duties
        if duty.is_unanswered and institution_id in (None, duty.institution_id)
    ]


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
    rows = sorted(own.with_parties().defer("draft"), key=_by_term)
    detail, is_late = "", False
    if rows:
        due_on = _due_on(rows[0])
        detail = f"Hoy; el primero vence el {day(due_on)}: {rows[0].action.code}."
        is_late = due_on < timezone.localdate()
    return Matter(len(rows), "por corregir", f"{reverse('indicators:pending')}#devueltos", detail, is_late)


def _due_on(report: ProgressReport) -> date:
    return report.period.due_on_for(report.institution)


def _by_term(report: ProgressReport) -> tuple:
    """Which is due first; of one day, in the order of the plan."""
    return _due_on(report), plan_order(report.action), report.pk


def _returned(every: ProgressReportQuerySet, axis: AxisResult | None) -> Iterator[Matter]:
    """What waits for institutions that owe it, period by period, as «Quién debe» lists it."""
    last_day = cast(date, OuterRef("period__ends_on"))  # the day of each row
    responsible = Responsibility.objects.in_force(last_day).filter(
        kind=ResponsibilityKind.RESPONSIBLE, action=OuterRef("action"), institution=OuterRef("institution")
    )
    returned = every.filter(Exists(responsible), state=ReportState.RETURNED)
    rows = sorted(returned.with_parties().defer("draft"), key=lambda row: (row.period.due_on, row.period_id))
    for period, group in groupby(rows, key=lambda row: row.period):
        reports = sorted(group, key=_by_term)
        first, last = _due_on(reports[0]), _due_on(reports[-1])
        term = f"que vence el {day(first)}" if first == last else f"el primero vence el {day(first)}"
        detail = f"Hoy, del {period.name}, {term}: {_codes([row.action.code for row in reports])}"
        url = owed_address(period=period.pk, trait=DutyState.RETURNED.slug, axis=axis.number if axis else None)
        label = _agree(len(reports), "devuelto por corregir", "devueltos por corregir")
        yield Matter(len(reports), label, url, detail, is_urgent=first < timezone.localdate())


def _late(actions: list[ActionResult], unanswered: list[str], calculation: str) -> Iterator[Matter]:
    overdue = [action.code for action in actions if action.state is ActionState.OVERDUE]
    late = f"{calculation}#{place_of(ActionState.OVERDUE)}"
    label = _agree(len(overdue), "acción atrasada", "acciones atrasadas")
    yield Matter(len(overdue), label, late, _codes(overdue), is_urgent=True)
    missing = f"{calculation}#{UNANSWERED}"
    label = _agree(len(unanswered), "reporte sin informe", "reportes sin informe")
    yield Matter(len(unanswered), label, missing, _codes(list(dict.fromkeys(unanswered))), is_urgent=True)
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
