"""Editions: looked over and emitted by the secretaría ejecutiva, read by whoever reads the plan."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan import access, audit
from plan.enums import Verb
from plan.files.errors import StorageUnavailable
from plan.files.serving import serve
from plan.guards import role_required
from plan.http import PortalRequest, address_of, current_plan_or_404
from reports.documents.making import Order, facts_of
from reports.editions.checklist import CheckList, check_list
from reports.editions.frozen import log_head
from reports.editions.issuing import Correction, EditionError, annul, issue
from reports.editions.producing import produce_edition
from reports.forms.editions import AnnulForm, ErrataForm, IssueForm, ReviewedForm, asks_again
from reports.forms.signing import SignedCopyForm
from reports.models import IssuedReport

PDF_CONTENT_TYPE = "application/pdf"
ONLY_IN_FORCE = "Solo se corrige una edición vigente."


@dataclass(frozen=True, slots=True)
class Act:
    """An emission that is being looked over: what is emitted, what it corrects, and what was typed."""

    order: Order
    points: CheckList
    reviewed: ReviewedForm
    former: IssuedReport | None = None
    errata: ErrataForm | None = None

    @property
    def is_ready(self) -> bool:
        typed = [form.is_valid() for form in (self.reviewed, self.errata) if form is not None]
        return all(typed) and not self.points.stops

    @property
    def title(self) -> str:
        return f"{'Corregir' if self.former else 'Emitir'}: {self.order.title}"

    @property
    def correction(self) -> Correction | None:
        if self.former is None or self.errata is None:
            return None
        return Correction(self.former, self.errata.cleaned_data["errata"])


def looked_over(order: Order, former: IssuedReport | None, typed: QueryDict | None = None) -> Act:
    points = check_list(order, facts_of(order), is_correction=former is not None)
    errata = ErrataForm(typed) if former else None
    return Act(order, points, ReviewedForm(typed, is_needed=points.warns), former, errata)


@require_GET
@role_required(access.may_read_plan)
def edition(request: PortalRequest, folio: str) -> HttpResponse:
    return edition_page(request, visible_edition(request, folio), SignedCopyForm())


@require_GET
@role_required(access.is_secretariat)
def check(request: PortalRequest) -> HttpResponse:
    """The check list of the document that the address names, and the button that emits it."""
    form = IssueForm(current_plan_or_404(), request.GET or None)
    if not form.is_valid():
        return render(request, "reports/editions/choose.html", {"form": form})
    return _check_page(request, looked_over(form.order, None))


@require_http_methods(["GET", "POST"])
@role_required(access.is_executive)
def emit(request: PortalRequest) -> HttpResponse:
    """One act: folio and snapshot now, the file from the queue. Repeated, it leads to what the first one made.

    A refusal stays at this address: whoever opens it again is led to the check list of the document that it names.
    """
    if request.method == "GET":
        return redirect(f"{reverse('reports:check_edition')}?{request.GET.urlencode()}")
    form = IssueForm(current_plan_or_404(), request.POST)
    if not form.is_valid():
        return render(request, "reports/editions/choose.html", {"form": form})
    return _emit(request, form.order, None)


@require_http_methods(["GET", "POST"])
@role_required(access.is_executive)
def correct(request: PortalRequest, folio: str) -> HttpResponse:
    """A new edition of the same document and corte, with what is known by now and the errata of the former."""
    former = visible_edition(request, folio)
    if request.method == "POST":
        return _emit(request, asks_again(former, request.POST), former)
    if not former.is_in_force:
        messages.error(request, ONLY_IN_FORCE)
        return redirect("reports:edition", folio)
    return _check_page(request, looked_over(asks_again(former, request.GET), former))


@require_http_methods(["GET", "POST"])
@role_required(access.is_executive)
def annul_edition(request: PortalRequest, folio: str) -> HttpResponse:
    found = visible_edition(request, folio)
    form = AnnulForm(request.POST or None)
    if not form.is_valid():
        return render(request, "reports/editions/annul.html", {"edition": found, "form": form})
    try:
        annul(found, form.cleaned_data["reason"], by=request.user, address=address_of(request))
        messages.success(request, f"La edición {found.folio} quedó anulada; su folio no se usará de nuevo.")
    except EditionError as error:
        messages.error(request, str(error))
    return redirect("reports:edition", folio)


@require_POST
@role_required(access.is_secretariat)
def print_again(request: PortalRequest, folio: str) -> HttpResponse:
    """Put an edition whose printing failed back into the queue; one that is printed meanwhile is left alone."""
    found = visible_edition(request, folio)
    with transaction.atomic():
        audit.record(Verb.CHANGED, found, by=request.user, address=address_of(request), folio=folio, printing="again")
        produce_edition.enqueue(found.pk)
    messages.info(request, "La edición está de nuevo en la cola de impresión.")
    return redirect("reports:edition", folio)


@never_cache
@require_GET
@role_required(access.is_secretariat)
def edition_status(request: PortalRequest, folio: str) -> JsonResponse:
    """What the page asks while the edition is printed."""
    found = visible_edition(request, folio)
    return JsonResponse({"jobs": [{"id": found.pk, "state": found.state, "progress": found.progress}]})


@require_GET
@role_required(access.may_read_plan)
def download_edition(request: PortalRequest, folio: str) -> HttpResponse | FileResponse:
    """The stored file, never printed anew; every download is logged."""
    found = visible_edition(request, folio)
    if not found.is_printed:
        raise Http404
    try:
        response = serve(found.storage_name, found.file_name, PDF_CONTENT_TYPE)
    except StorageUnavailable as error:
        messages.error(request, error.message)
        return redirect("reports:edition", folio)
    with transaction.atomic():
        audit.record(Verb.EXPORTED, found, by=request.user, address=address_of(request), hash=found.sha256)
    return response


def _emit(request: PortalRequest, order: Order, former: IssuedReport | None) -> HttpResponse:
    made = _same_act(order)
    if made is not None:
        messages.info(request, f"La edición {made.folio} ya se emitió.")
        return redirect("reports:edition", made.folio)
    act = looked_over(order, former, request.POST)
    if not act.is_ready:
        return _check_page(request, act)
    try:
        made = issue(order, by=request.user, correction=act.correction, address=address_of(request))
        messages.success(request, f"Edición {made.folio} emitida. El archivo se está imprimiendo.")
    except EditionError as error:
        messages.error(request, str(error))
        made = error.edition
    return redirect("reports:edition", made.folio)


def _same_act(order: Order) -> IssuedReport | None:
    """What was looked over at one moment is emitted once."""
    same = IssuedReport.objects.of_document(order.plan, order.axis_number, order.year)
    return same.filter(as_of=order.cut_off, known_at=order.known_at).first()


def _check_page(request: PortalRequest, act: Act) -> HttpResponse:
    return render(request, "reports/editions/check.html", {"act": act, "may_emit": access.is_executive(request.user)})


def edition_page(request: PortalRequest, found: IssuedReport, form: SignedCopyForm) -> HttpResponse:
    """`form` takes a signed copy; where it was refused, it says why."""
    context = {
        "edition": found,
        "log_head": log_head(found),
        "is_secretariat": access.is_secretariat(request.user),
        "is_executive": access.is_executive(request.user),
        "form": form,
    }
    return render(request, "reports/editions/edition.html", context, status=422 if form.errors else 200)


def visible_edition(request: PortalRequest, folio: str) -> IssuedReport:
    editions = IssuedReport.objects.visible_to(request.user).with_folio(folio)
    whole = editions.select_related("plan", "replaces", "replacement", "issued_by", "snapshot")
    return get_object_or_404(whole.prefetch_related("signed_copies__added_by"))
