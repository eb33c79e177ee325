"""Bitácora: who did what, when and from where."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mitp_portal.logbook.directory import read_directory
from mitp_portal.logbook.export import MOST, csv_rows
from mitp_portal.logbook.forms import LogFilterForm
from mitp_portal.logbook.lines import lines_of
from mitp_portal.logbook.paging import page_of
from plan import access, audit
from plan.enums import Verb
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from plan.models import AuditEntry
from plan.templatetags.portal import number
from reports.exports.files import CSV_CONTENT_TYPE


@require_GET
@role_required(access.reads_people)
def log(request: PortalRequest) -> HttpResponse:
    directory = read_directory()
    form = LogFilterForm(request.GET, request.user, directory)
    page = page_of(form.entries, request.GET)
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(page.entries, request.user, directory),
        "most": MOST,
        "query": request.GET.urlencode(),
    }
    return render(request, "log/log.html", context)


@require_POST
@role_required(access.reads_people)
def export(request: PortalRequest) -> HttpResponse | StreamingHttpResponse:
    """What the filters of the address select, as CSV; itself an entry of the log."""
    entries = LogFilterForm(request.GET, request.user, read_directory()).entries
    count = entries[: MOST + 1].count()
    if count > MOST:
        messages.error(request, f"Son más de {number(MOST)} asientos. Acote las fechas y exporte por partes.")
        return redirect(f"{reverse('log')}?{request.GET.urlencode()}")
    with transaction.atomic():
        entry = audit.record(
            Verb.EXPORTED, AuditEntry(), by=request.user, address=address_of(request), format="csv", count=count
        )
    name = f"MITP-bitacora-{timezone.localdate().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    rows = csv_rows(entries.filter(pk__lt=entry.pk), request.user)
    return StreamingHttpResponse(rows, content_type=CSV_CONTENT_TYPE, headers=headers)
