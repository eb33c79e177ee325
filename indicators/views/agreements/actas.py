"""Actas: the list, one acta with everything that was agreed under it, its document; registering and correcting it."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from indicators.agreements import registry
from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.agreements.overview import agreements_with_counts, set_by
from indicators.agreements.sheets import axes_of
from indicators.agreements.under import entered_under
from indicators.forms.agreements.acta import AgreementForm
from indicators.queries.in_force import indicators_without_target
from indicators.views.agreements.fetching import agreement_or_404
from plan import access, audit, late_forms
from plan.enums import Verb
from plan.files.errors import FileError, StorageUnavailable
from plan.files.kinds import kind_for
from plan.files.names import extension_of
from plan.files.serving import serve
from plan.guards import role_required
from plan.http import PortalRequest, address_of, current_plan_or_404

ON_A_PAGE = 40


@require_GET
@role_required(access.may_read_agreements)
def agreements(request: PortalRequest) -> HttpResponse:
    plan = current_plan_or_404()
    rows = Paginator(agreements_with_counts(plan, request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": rows,
        "lines": [(row, set_by(row)) for row in rows],
        "missing": len(indicators_without_target(plan)),
        "may_write": access.is_technical(request.user),
    }
    return render(request, "indicators/agreements/index.html", context)


@require_GET
@role_required(access.may_read_agreements)
def agreement(request: PortalRequest, pk: int) -> HttpResponse:
    found = agreement_or_404(request.user, pk)
    context = {
        "agreement": found,
        "entered": entered_under(found),
        "axes": axes_of(found),
        "attendees": found.attendees.ever_seated_in(found.plan),
        "may_write": access.is_technical(request.user),
    }
    return render(request, "indicators/agreements/agreement.html", context)


@require_GET
@role_required(access.may_read_agreements)
def agreement_file(request: PortalRequest, pk: int) -> HttpResponse | FileResponse:
    """Hand out the document; every download is logged."""
    found = agreement_or_404(request.user, pk)
    if not found.file_storage_name:
        raise Http404
    try:
        kind = kind_for(extension_of(found.file_name))
        response = serve(found.file_storage_name, found.file_name, kind.content_type)
    except StorageUnavailable as error:
        return render(request, "indicators/file_unavailable.html", {"message": error.message}, status=503)
    with transaction.atomic():
        audit.record(Verb.DOWNLOADED, found, by=request.user, address=address_of(request), hash=found.file_sha256)
    return response


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def register_agreement(request: PortalRequest) -> HttpResponse:
    plan = current_plan_or_404()
    form = AgreementForm(plan, late_forms.typed_in(request), request.FILES)
    if request.method == "POST" and form.is_valid():
        act = partial(registry.register, plan, form.content, by=request.user, address=address_of(request))
        if made := _try(form, act):
            late_forms.forget(request)
            messages.success(request, f"{made} registrada. Ahora puede ingresar lo que se acordó en ella.")
            return redirect("indicators:agreement", made.pk)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def edit_agreement(request: PortalRequest, pk: int) -> HttpResponse:
    found = agreement_or_404(request.user, pk)
    is_fixed = not entered_under(found).is_empty
    form = AgreementForm(found.plan, late_forms.typed_in(request), request.FILES, agreement=found, is_fixed=is_fixed)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        act = partial(registry.change, found, form.content, seen=seen, by=request.user, address=address_of(request))
        if _try(form, act) is not None:
            late_forms.forget(request)
            messages.success(request, f"{found}: cambios guardados.")
            return redirect("indicators:agreement", pk)
    return _form_page(request, form, agreement=found, is_fixed=is_fixed)


def _try(form: AgreementForm, act):
    """What the act returns; None where it failed, and then the form says why and keeps what was typed."""
    try:
        return act()
    except StaleSheetError as error:
        form.add_error(None, error.message)
        form.renew()
    except AgreementError as error:
        form.add_error(error.field, error.message)
    except FileError as error:
        form.add_error("upload", error.message)
    return None


def _form_page(request: PortalRequest, form: AgreementForm, **context) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/agreements/form.html", {"form": form, **context}, status=status)
