"""The sheets of an eje under an acta: metas, responsables, plazos and ponderaciones, each saved whole or not at all."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from indicators.agreements.deadlines import DeadlineSheet, set_deadlines
from indicators.agreements.duties import DutySheet, set_duties
from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.agreements.sheets import Sheet, axes_of
from indicators.agreements.targets import TargetSheet, set_targets
from indicators.agreements.weights import WeightSheet, set_weights
from indicators.forms.agreements.deadlines import DeadlinesForm
from indicators.forms.agreements.duties import DutiesForm, SinceForm
from indicators.forms.agreements.targets import TargetsForm
from indicators.forms.agreements.weights import WeightsForm
from indicators.forms.agreements.withdrawals import ticked
from indicators.views.agreements.fetching import agreement_or_404, axis_or_404
from plan import access, late_forms
from plan.guards import role_required
from plan.http import PortalRequest, address_of

ALREADY_THERE = "Ya estaba registrado así en esta acta: no se escribió nada de nuevo."
#: The pages of an eje, in the order of their tabs.
TABS = (
    ("indicators:agreed_targets", "Metas"),
    ("indicators:agreed_duties", "Responsables"),
    ("indicators:agreed_deadlines", "Plazos"),
    ("indicators:agreed_weights", "Ponderaciones"),
)


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def targets(request: PortalRequest, pk: int, number: int) -> HttpResponse:
    agreement = agreement_or_404(request.user, pk)
    sheet = TargetSheet(agreement, axis_or_404(agreement, number))
    form = TargetsForm(sheet, late_forms.typed_in(request))

    def enter() -> int:
        seen = form.cleaned_data["seen"]
        return len(set_targets(sheet, form.goals, seen=seen, by=request.user, address=address_of(request)))

    words = (
        ("cambio registrado", "cambios registrados") if ticked(form.typed) else ("meta registrada", "metas registradas")
    )
    if _is_entered(request, form, enter, *words):
        return redirect("indicators:agreed_targets", pk, number)
    return _page(request, sheet, form, "targets", is_refused=not form.wants_more)


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def duties(request: PortalRequest, pk: int, number: int) -> HttpResponse:
    agreement = agreement_or_404(request.user, pk)
    data = late_forms.typed_in(request)
    since = SinceForm(agreement, data or request.GET)
    sheet = DutySheet(agreement, axis_or_404(agreement, number), since.day)
    form = DutiesForm(sheet, data)

    def enter() -> int:
        data = form.cleaned_data
        return set_duties(
            sheet,
            form.changes,
            reason=data["reason"],
            seen=data["seen"],
            by=request.user,
            address=address_of(request),
        )

    if not since.errors and _is_entered(request, form, enter, "cambio registrado", "cambios registrados"):
        return redirect(f"{request.path}?since={since.day:%Y-%m-%d}")
    return _page(request, sheet, form, "duties", since=since)


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def deadlines(request: PortalRequest, pk: int, number: int) -> HttpResponse:
    agreement = agreement_or_404(request.user, pk)
    sheet = DeadlineSheet(agreement, axis_or_404(agreement, number))
    form = DeadlinesForm(sheet, late_forms.typed_in(request))

    def enter() -> int:
        seen = form.cleaned_data["seen"]
        return set_deadlines(sheet, form.wanted, seen=seen, by=request.user, address=address_of(request))

    if _is_entered(request, form, enter, "plazo registrado", "plazos registrados"):
        return redirect("indicators:agreed_deadlines", pk, number)
    return _page(request, sheet, form, "deadlines")


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def weights(request: PortalRequest, pk: int, number: int) -> HttpResponse:
    agreement = agreement_or_404(request.user, pk)
    sheet = WeightSheet(agreement, axis_or_404(agreement, number))
    form = WeightsForm(sheet, late_forms.typed_in(request))

    def enter() -> int:
        reason = form.cleaned_data["reason"]
        return set_weights(sheet, form.values, reason=reason, by=request.user, address=address_of(request))

    if _is_entered(request, form, enter, "ponderación registrada", "ponderaciones registradas"):
        return redirect("indicators:agreed_weights", pk, number)
    return _page(request, sheet, form, "weights")


def _is_entered(request: PortalRequest, form, enter: Callable[[], int], one: str, many: str) -> bool:
    """Whether it was stored, and says how much; if not, the form says why and keeps what was typed."""
    if request.method == "GET" or not form.is_valid():
        return False
    try:
        count = enter()
    except StaleSheetError as error:
        form.add_error(None, error.message)
        form.renew()
    except AgreementError as error:
        form.add_error(error.field, error.message)
    else:
        late_forms.forget(request)
        messages.success(request, f"{count} {one if count == 1 else many}." if count else ALREADY_THERE)
        return True
    return False


def _page(
    request: PortalRequest, sheet: Sheet, form: Form, name: str, *, is_refused: bool = True, **context
) -> HttpResponse:
    context |= {
        "sheet": sheet,
        "agreement": sheet.agreement,
        "form": form,
        "axes": axes_of(sheet.agreement),
        "tabs": [(url_name, label, url_name == f"indicators:agreed_{name}") for url_name, label in TABS],
        "here": f"indicators:agreed_{name}",
    }
    status = 422 if request.method == "POST" and is_refused else 200
    return render(request, f"indicators/agreements/{name}.html", context, status=status)
