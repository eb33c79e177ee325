"""Evidence by what it is called: name of the file, address of the link, number of the oficio, or its code."""

import re
from functools import reduce
from operator import and_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from indicators.models import Evidence, ProgressReport
from mitp_portal.search.hits import Asked, Hit
from mitp_portal.search.marks import marked
from mitp_portal.search.plain import text_of

CODE = re.compile(r"e-([0-9]{1,9})")
AROUND = ("file", "issuer", "means__action", "report__institution", "report__period")


def evidence_rows(asked: Asked) -> QuerySet[Evidence]:
    """What was erased is called nothing any more."""
    reports = ProgressReport.objects.visible_to(asked.by).filter(pk=OuterRef("report"))
    sent = Evidence.objects.sent().filter(pk=OuterRef("pk"))
    named = Evidence.objects.visible_to(asked.by).filter(file__erased_at=None)
    found = named.alias(plain=text_of("file__name", "url", "document_number"))
    told = found.annotate(opens_report=Exists(reports), was_sent=Exists(sent)).select_related(*AROUND)
    return told.filter(reduce(and_, map(_has, asked.words))).order_by("-pk")


def evidence_hit(row, asked: Asked) -> Hit:
    return Hit(
        code=marked(row.code, asked.words),
        title=marked(row.label, asked.words),
        url=_url(row),
        about=_about(row),
        line=row.means.text if row.opens_report else "",
    )


def _about(row) -> str:
    """Of a public file whose report is not theirs a reader knows nothing else."""
    if not row.opens_report:
        return "Archivo público"
    return f"{row.means.reference} · {row.report.institution} · {row.report.period}"


def _url(row) -> str:
    if not row.opens_report:
        return reverse("indicators:download", args=[row.file.public_id])
    page = "indicators:report" if row.was_sent else "indicators:edit_report"
    return reverse(page, args=[row.report_id])


def _has(word: str) -> Q:
    named = Q(plain__contains=word)
    if code := CODE.fullmatch(word):
        named |= Q(pk=int(code[1]))
    return named
