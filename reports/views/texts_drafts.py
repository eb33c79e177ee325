"""The texts that save themselves while somebody types: kept apart from the texts, taken up again, or discarded."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from plan import access, late_forms
from plan.drafts import PAGE, clock, told_who_saved
from plan.guards import role_required
from plan.http import PortalRequest, address_of, version_of
from reports.enums import EditionSlot
from reports.forms.texts import TextsForm
from reports.models import Subject
from reports.permissions import writable_slots
from reports.text_drafts import StaleDraftError, TypedPage, discard, keep, overtaken_by
from reports.views.texts import subject_or_404

STALE = "Estos textos cambiaron mientras usted los tenía abiertos."


@require_POST
@role_required(access.is_secretariat)
def keep_axis(request: PortalRequest, year: int, number: int) -> JsonResponse:
    return _keep(request, subject_or_404(year, number))


@require_POST
@role_required(access.is_secretariat)
def keep_plan(request: PortalRequest, year: int) -> JsonResponse:
    return _keep(request, subject_or_404(year))


@require_POST
@role_required(access.is_secretariat)
def discard_axis(request: PortalRequest, year: int, number: int) -> HttpResponse:
    _discard(request, subject_or_404(year, number))
    return redirect("reports:write_axis_texts", year, number)


@require_POST
@role_required(access.is_secretariat)
def discard_plan(request: PortalRequest, year: int) -> HttpResponse:
    _discard(request, subject_or_404(year))
    return redirect("reports:write_plan_texts", year)


def _keep(request: PortalRequest, subject: Subject) -> JsonResponse:
    """Keep what the page has. 409 where another page of the person did since: nothing is overwritten, and the answer
    names the version that a knowing save has to."""
    form = TextsForm(subject, {}, _writable_or_404(request, subject), request.POST)
    form.is_valid()
    page = form.typed_page(version_of(request), request.POST.get(PAGE, ""))
    try:
        draft = keep(subject, page, by=request.user, address=address_of(request))
    except StaleDraftError as error:
        told = told_who_saved(request.user, request.user, error.draft.saved_at)
        return JsonResponse({"message": f"{STALE} {told}", "version": error.draft.version}, status=409)
    late_forms.forget(request)
    wrong = (*form.wrong_texts(), *_overtaken(request, subject, page))
    errors = [{"field": form[slot.value].id_for_label, "text": text, "is_missing": False} for slot, text in wrong]
    return JsonResponse({"version": draft.version, "saved_at": clock(draft.saved_at), "errors": errors})


def _overtaken(request: PortalRequest, subject: Subject, page: TypedPage) -> Iterator[tuple[EditionSlot, str]]:
    for slot, row in overtaken_by(subject, page).items():
        told = told_who_saved(request.user, row.written_by, row.written_at)
        yield slot, f"Este texto cambió mientras usted escribía. {told} Al guardar verá los dos."


def _discard(request: PortalRequest, subject: Subject) -> None:
    _writable_or_404(request, subject)
    if discard(subject, by=request.user, version=version_of(request), address=address_of(request)):
        messages.success(request, "Se descartó lo que no estaba guardado. Aquí están los textos como se guardaron.")
    else:
        messages.warning(request, "Se escribió más en otra pestaña o equipo: no se descartó nada.")


def _writable_or_404(request: PortalRequest, subject: Subject) -> tuple[EditionSlot, ...]:
    slots = writable_slots(request.user, subject)
    if not slots:
        raise Http404
    return slots
