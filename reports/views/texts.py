"""The texts that the secretarías write for the documents: the year at a glance, one page to write, and the history."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from plan import access, late_forms
from plan.drafts import PAGE
from plan.guards import role_required
from plan.http import PortalRequest, address_of, version_of
from plan.models import Plan
from reports.dates import default_cut_off
from reports.enums import TextState
from reports.forms.texts import TextsForm, YearForm, begun_years
from reports.models import EditionText, Subject, TextsDraft
from reports.permissions import writable_slots
from reports.text_drafts import StaleDraftError, clear, draft_of, keep, unsaved_in
from reports.text_pages import figures, history, newest_rows, year_board
from reports.writing import StaleTextsError, save_texts


@require_safe
@role_required(access.is_secretariat)
def index(request: PortalRequest) -> HttpResponse:
    plan = Plan.objects.current()
    if plan is None:
        return render(request, "reports/plan/no_plan.html")
    form = YearForm(plan, request.GET, default_cut_off(plan, timezone.localdate()).year)
    return render(request, "reports/texts/index.html", {"form": form, "board": year_board(plan, form.chosen)})


@require_http_methods(["GET", "POST"])
@role_required(access.is_secretariat)
def write_axis(request: PortalRequest, year: int, number: int) -> HttpResponse:
    return _write(request, subject_or_404(year, number))


@require_http_methods(["GET", "POST"])
@role_required(access.is_secretariat)
def write_plan(request: PortalRequest, year: int) -> HttpResponse:
    return _write(request, subject_or_404(year))


@require_safe
@role_required(access.is_secretariat)
def axis_history(request: PortalRequest, year: int, number: int) -> HttpResponse:
    return _history(request, subject_or_404(year, number))


@require_safe
@role_required(access.is_secretariat)
def plan_history(request: PortalRequest, year: int) -> HttpResponse:
    return _history(request, subject_or_404(year))


def _write(request: PortalRequest, subject: Subject) -> HttpResponse:
    """Browsers keep no copy of the page as it was opened: going back shows the texts as they are by then. Of a refusal
    they do, for without it going back asks to send the form again."""
    slots = writable_slots(request.user, subject)
    if request.method == "POST" and not slots:
        raise Http404
    draft = draft_of(subject, request.user)
    unsaved = unsaved_in(draft)
    form = TextsForm(subject, newest_rows(subject), slots, late_forms.typed_in(request), unsaved)
    if request.method == "POST":
        if form.is_valid() and _is_saved(request, subject, form):
            return redirect(request.path)
        draft = _kept(request, subject, form) or draft
    context = {
        "subject": subject,
        "form": form,
        "draft": draft,
        "unsaved": None if form.is_bound else unsaved,
        "beside": TextsDraft.objects.about(subject).being_written_beside(request.user).first(),
        "figures": figures(subject),
        "may_write": bool(slots),
        "history_url": f"{request.path}historial/",
    }
    if request.method == "POST":
        return render(request, "reports/texts/write.html", context, status=422)
    response = render(request, "reports/texts/write.html", context)
    add_never_cache_headers(response)
    return response


def _kept(request: PortalRequest, subject: Subject, form: TextsForm) -> TextsDraft | None:
    """What could not be saved is not lost when the page is closed; None where another page has kept more since."""
    typed = form.typed_page(version_of(request), request.POST.get(PAGE, ""))
    try:
        return keep(subject, typed, by=request.user, address=address_of(request))
    except StaleDraftError:
        return None


def _is_saved(request: PortalRequest, subject: Subject, form: TextsForm) -> bool:
    """If not, the form says why and keeps what was typed."""
    state = form.cleaned_data["state"]
    try:
        rows = save_texts(
            subject,
            form.texts,
            state=state,
            seen=form.cleaned_data["seen"],
            by=request.user,
            address=address_of(request),
        )
    except StaleTextsError as error:
        form.renew(error)
        return False
    clear(subject, by=request.user, version=version_of(request))
    late_forms.forget(request)
    _tell(request, rows, state)
    return True


def _tell(request: PortalRequest, rows: list[EditionText], state: TextState) -> None:
    if not rows:
        messages.info(request, "Ya estaba guardado así: no se escribió nada de nuevo.")
        return
    count = f"{len(rows)} {'texto' if len(rows) == 1 else 'textos'}"
    how = "en borrador" if state == TextState.DRAFT else f"y {'marcado listo' if len(rows) == 1 else 'marcados listos'}"
    messages.success(request, f"{count} {'guardado' if len(rows) == 1 else 'guardados'} {how}.")


def _history(request: PortalRequest, subject: Subject) -> HttpResponse:
    return render(request, "reports/texts/history.html", {"subject": subject, "texts": history(subject)})


def subject_or_404(year: int, number: int | None = None) -> Subject:
    """Of the plan in force, in a year of it that has begun."""
    plan = Plan.objects.current()
    if plan is None or year not in begun_years(plan):
        raise Http404
    if number is not None:
        get_object_or_404(plan.axes, number=number)
    return Subject(plan, year, number)
