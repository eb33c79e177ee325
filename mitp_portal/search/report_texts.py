"""Reportes de avance: what the newest submission tells, whose it is, or the number of its receipt."""

import re
from functools import reduce
from operator import and_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html

from indicators.models import ProgressReport, Submission
from mitp_portal.search.hits import Asked, Hit
from mitp_portal.search.marks import PARTED, line_of, marked, parts_of
from mitp_portal.search.plain import text_of
from plan.models import Institution

TOLD = ("narrative", "results", "obstacles", "measures", "support", "explanation", "motive_text")
INSTITUTION = ("report__institution__name", "report__institution__acronym")
RECEIPT = re.compile(r"r-([0-9]{4})-([0-9]{5,9})-([0-9]{1,4})")


def report_rows(asked: Asked) -> QuerySet[Submission]:
    visible = ProgressReport.objects.visible_to(asked.by)
    newer = Submission.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    newest = Submission.objects.filter(~Exists(newer), report__in=visible)
    found = newest.alias(plain=text_of(*TOLD), whose=text_of(*INSTITUTION)).filter(reduce(and_, map(_has, asked.words)))
    around = found.select_related("report__action", "report__institution", "report__period")
    return around.order_by("-submitted_at", "-pk")


def report_hit(row: Submission, asked: Asked) -> Hit:
    report = row.report
    told = PARTED.join(getattr(row, field) for field in TOLD)
    return Hit(
        code=report.action.code,
        title=marked(row.receipt, asked.words),
        url=reverse("indicators:report", args=[report.pk]),
        about=format_html("{} · {}", marked(_called(report.institution), asked.words), report.period),
        line=line_of(parts_of(told), asked.words),
        state=report.state,
        state_label=report.get_state_display(),
    )


def _called(institution: Institution) -> str:
    """Name and sigla: whatever a report was found by is read."""
    return f"{institution.name} ({institution.acronym})" if institution.acronym else institution.name


def _has(word: str) -> Q:
    told = Q(plain__contains=word) | Q(whose__contains=word)
    if receipt := RECEIPT.fullmatch(word):
        year, report, number = map(int, receipt.groups())
        told |= Q(report=report, number=number, report__period__starts_on__year=year)
    return told
