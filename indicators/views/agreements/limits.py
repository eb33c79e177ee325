"""What one responsabilidad covers: some indicators and medios of its action, or all of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from indicators.agreements.duties import DutySheet, set_limits
from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.forms.agreements.duties import SinceForm
from indicators.forms.agreements.limits import LimitsForm
from indicators.models import Responsibility
from indicators.views.agreements.fetching import agreement_or_404, axis_or_404
from plan import access, late_forms
from plan.guards import role_required
from plan.http import PortalRequest, address_of


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def limits(request: PortalRequest, pk: int, number: int, code: str, institution_id: int) -> HttpResponse:
    """From a day on, which comes with the link of the matrix."""
    agreement = agreement_or_404(request.user, pk)
    data = late_forms.typed_in(request)
    since = SinceForm(agreement, data or request.GET)
    sheet = DutySheet(agreement, axis_or_404(agreement, number), since.day)
    row = _held_or_404(sheet, code, institution_id)
    form = LimitsForm(sheet, row, data)
    if request.method == "POST" and not since.errors and form.is_valid() and _is_entered(request, sheet, form):
        return redirect(f"{reverse('indicators:agreed_duties', args=[pk, number])}?since={since.day:%Y-%m-%d}")
    context = {"agreement": agreement, "sheet": sheet, "since": since, "form": form, "row": row}
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/agreements/limits.html", context, status=status)


def _held_or_404(sheet: DutySheet, code: str, institution_id: int) -> Responsibility:
    actions = {action.code: action.pk for action in sheet.actions}
    row = sheet.in_force((actions.get(code, 0), institution_id))
    if row is None:
        raise Http404
    return row


def _is_entered(request: PortalRequest, sheet: DutySheet, form: LimitsForm) -> bool:
    """Whether it was stored; if not, the form says why and keeps what was ticked."""
    data, row = form.cleaned_data, form.row
    by, address = request.user, address_of(request)
    cell, told = (row.action_id, row.institution_id), {"reason": data["reason"], "seen": data["seen"]}
    try:
        set_limits(sheet, cell, form.limits, **told, by=by, address=address)
    except StaleSheetError as error:
        form.add_error(None, error.message)
        form.renew()
    except AgreementError as error:
        form.add_error(error.field, error.message)
    else:
        late_forms.forget(request)
        messages.success(request, f"{row.institution}, acción {row.action.code}: cambio registrado.")
        return True
    return False
