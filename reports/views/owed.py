"""Quién debe, as a spreadsheet."""

import hashlib

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from indicators.models import ReportingPeriod
from indicators.queries.owed import OwedSheet, owed_sheet
from plan import access, audit
from plan.enums import Verb
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from reports.exports.files import CSV_CONTENT_TYPE, XLSX_CONTENT_TYPE, to_csv, workbook
from reports.exports.owed import owed_dataset, owed_metadata, totals_dataset


@require_POST
@role_required(access.is_secretariat)
def owed_xlsx(request: PortalRequest, period_id: int) -> HttpResponse:
    sheet = _sheet(request, period_id)
    tables = {"Quién debe": owed_dataset(sheet), "Totales": totals_dataset(sheet)}
    return _file(request, sheet, "xlsx", XLSX_CONTENT_TYPE, workbook(tables, owed_metadata(sheet)))


@require_POST
@role_required(access.is_secretariat)
def owed_csv(request: PortalRequest, period_id: int) -> HttpResponse:
    sheet = _sheet(request, period_id)
    return _file(request, sheet, "csv", CSV_CONTENT_TYPE, to_csv(owed_dataset(sheet)))


def _sheet(request: PortalRequest, period_id: int) -> OwedSheet:
    """The whole period, or the eje whose number was posted."""
    axis = request.POST.get("eje", "")
    period = get_object_or_404(ReportingPeriod.objects.select_related("plan"), pk=period_id)
    return owed_sheet(period, int(axis) if axis.isdecimal() and len(axis) < 5 else None)


def _file(request: PortalRequest, sheet: OwedSheet, extension: str, content_type: str, content: bytes) -> HttpResponse:
    """As an attachment; logged with its digest."""
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        audit.record(
            Verb.EXPORTED, sheet.period, by=request.user, address=address_of(request), format=extension, hash=digest
        )
    name = f"MITP-quien-debe-{sheet.period.starts_on}-a-{sheet.period.ends_on}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)
