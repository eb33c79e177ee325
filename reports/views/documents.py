"""The secretarías' documents: ask for a PDF, see it come, take it; and the matrix as a spreadsheet."""

import hashlib
from typing import cast

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from plan import access, audit
from plan.enums import Verb
from plan.files.errors import StorageUnavailable
from plan.files.serving import serve
from plan.guards import role_required
from plan.http import address_of, current_plan_or_404
from plan.models import Plan, User
from reports.documents.making import Order, facts_of
from reports.enums import JobState
from reports.exports.documents import FORMATS
from reports.forms import DocumentForm
from reports.jobs import Wish, request_document
from reports.models import IssuedReport, ReportJob

PDF_CONTENT_TYPE = "application/pdf"
#: How many jobs the page lists, the newest first.
LISTED = 20


@require_GET
@role_required(access.may_read_plan)
def index(request: HttpRequest) -> HttpResponse:
    """The editions, for whoever reads the plan; for the secretarías, what leads to the next one. The address keeps the
    document that was asked for last, and its dates."""
    plan = Plan.objects.current()
    if plan is None:
        return render(request, "reports/plan/no_plan.html")
    return _page(request, DocumentForm(plan, request.GET if "documento" in request.GET else None))


@require_POST
@role_required(access.is_secretariat)
def prepare(request: HttpRequest) -> HttpResponse:
    """Put a document in the queue; asked for again meanwhile, it is not started a second time."""
    form = DocumentForm(current_plan_or_404(), request.POST)
    if not form.is_valid():
        return _to_correct(form)
    _, is_new = request_document(form.wish, by=_person(request), address=address_of(request))
    if is_new:
        messages.success(request, "El documento se está preparando; puede seguir trabajando mientras tanto.")
    else:
        messages.info(request, "Este documento ya se está preparando.")
    return redirect(f"{reverse('reports:index')}?{form.asked}")


@never_cache
@require_GET
@role_required(access.is_secretariat)
def status(request: HttpRequest) -> JsonResponse:
    """What the page asks while something is under way."""
    jobs = _jobs(request)
    return JsonResponse({"jobs": [{"id": job.pk, "state": job.state, "progress": job.progress} for job in jobs]})


@require_GET
@role_required(access.is_secretariat)
def download(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Hand out a finished document; every download is logged."""
    job = get_object_or_404(ReportJob.objects.visible_to(request.user), pk=pk, state=JobState.DONE)
    try:
        response = serve(job.storage_name, job.file_name, PDF_CONTENT_TYPE)
    except StorageUnavailable as error:
        messages.error(request, error.message)
        return redirect("reports:index")
    with transaction.atomic():
        audit.record(Verb.EXPORTED, job, by=_person(request), address=address_of(request), hash=job.sha256)
    return response


@require_POST
@role_required(access.is_secretariat)
def export_xlsx(request: HttpRequest) -> HttpResponse:
    return _export(request, "xlsx")


@require_POST
@role_required(access.is_secretariat)
def export_csv(request: HttpRequest) -> HttpResponse:
    return _export(request, "csv")


def _export(request: HttpRequest, extension: str) -> HttpResponse:
    """The matrix of what was chosen, as an attachment; logged with its digest."""
    form = DocumentForm(current_plan_or_404(), request.POST)
    if not form.is_valid():
        return _to_correct(form)
    wish = form.wish
    written = FORMATS[extension]
    content = written.write(facts_of(Order(wish.plan, wish.cut_off, wish.known_at, wish.axis_number, wish.year)))
    _record_export(request, wish, extension, content)
    subject = "plan" if wish.axis_number is None else f"eje-{wish.axis_number}"
    name = f"MITP-matriz-{subject}-corte-{wish.cut_off.isoformat()}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=written.content_type, headers=headers)


def _record_export(request: HttpRequest, wish: Wish, extension: str, content: bytes) -> None:
    with transaction.atomic():
        audit.record(
            Verb.EXPORTED,
            wish.plan,
            by=_person(request),
            address=address_of(request),
            format=extension,
            axis=wish.axis_number,
            cut_off=wish.cut_off.isoformat(),
            hash=hashlib.sha256(content).hexdigest(),
        )


def _to_correct(form: DocumentForm) -> HttpResponse:
    """To the page of the form, whose address keeps what was typed and so says what is wrong with it: whoever goes back
    has nothing to send anew."""
    return redirect(f"{reverse('reports:index')}?{form.asked}#pedir")


def _page(request: HttpRequest, form: DocumentForm) -> HttpResponse:
    jobs = _jobs(request)
    context = {
        "form": form,
        "jobs": jobs,
        "is_waiting": any(job.is_active for job in jobs),
        "editions": IssuedReport.objects.visible_to(request.user),
        "is_secretariat": access.is_secretariat(request.user),
    }
    return render(request, "reports/documents_page.html", context)


def _jobs(request: HttpRequest) -> QuerySet[ReportJob]:
    return ReportJob.objects.visible_to(request.user).select_related("plan")[:LISTED]


def _person(request: HttpRequest) -> User:
    """Whom the guard let in."""
    return cast(User, request.user)
