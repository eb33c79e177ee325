"""The groups of a search, and what of each a person finds."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Window

from mitp_portal.search import desk, evidence_names, plan_texts, report_texts
from mitp_portal.search.hits import Asked, Found, Group
from plan import access
from plan.models import User

ON_A_PAGE = 20

GROUPS = (
    Group("plan", "Plan", access.may_read_plan, plan_texts.plan_rows, plan_texts.plan_hit),
    Group("reportes", "Reportes", access.reads_reports, report_texts.report_rows, report_texts.report_hit),
    Group("evidencia", "Evidencia", access.reads_evidence, evidence_names.evidence_rows, evidence_names.evidence_hit),
    Group("actas", "Actas", access.may_read_agreements, desk.agreement_rows, desk.agreement_hit),
    Group("personas", "Personas", access.reads_people, desk.person_rows, desk.person_hit),
    Group("instituciones", "Instituciones", access.reads_people, desk.institution_rows, desk.institution_hit),
)


def groups_of(user: User) -> tuple[Group, ...]:
    """Those in which the person may find anything."""
    return tuple(group for group in GROUPS if group.is_for(user))


def first_of(group: Group, asked: Asked) -> Found:
    """The first hits, and how many there are, in one query."""
    rows = group.rows(asked)
    shown, count = _counted(rows) if isinstance(rows, QuerySet) else (rows[:ON_A_PAGE], len(rows))
    return Found(group, tuple(group.hit(row, asked) for row in shown), count)


def page_of(group: Group, asked: Asked, number: str | None) -> Found:
    page = Paginator(group.rows(asked), ON_A_PAGE).get_page(number)
    return Found(group, tuple(group.hit(row, asked) for row in page), page.paginator.count, page)


def _counted(rows: QuerySet) -> tuple[Sequence[Any], int]:
    shown = list(rows.annotate(count=Window(Count("pk")))[:ON_A_PAGE])
    return shown, shown[0].count if shown else 0
