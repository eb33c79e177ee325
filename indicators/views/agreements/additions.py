"""What an acta adds to the plan."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from indicators.agreements.additions import add, ends_weights
from indicators.agreements.errors import AgreementError
from indicators.agreements.plan_lines import all_lines
from indicators.forms.agreements.additions import AdditionForm, WhatForm
from indicators.forms.agreements.new_indicator import addition_form
from indicators.views.agreements.fetching import agreement_or_404
from plan import access
from plan.enums import AmendmentDecision
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from plan.models import Agreement

WITHOUT_WEIGHT = (
    "El eje tiene ponderaciones acordadas: mientras un acta no pondere también esta acción, desde que rige todas pesan "
    "lo mismo."
)


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def additions(request: PortalRequest, pk: int) -> HttpResponse:
    """Two steps: what is added and to what, and then its own fields."""
    agreement = agreement_or_404(request.user, pk)
    what = WhatForm(agreement, request.POST or request.GET)
    chosen = what.chosen
    form = addition_form(agreement, chosen, request.POST or None) if chosen else None
    if form and request.method == "POST" and form.is_valid() and _add(request, agreement, form):
        return redirect(f"{request.path}?{urlencode({'bajo': _next_place(form)})}")
    context = {
        "agreement": agreement,
        "amendments": agreement.amendments.filter(decision=AmendmentDecision.ADD),
        "what": what,
        "form": form,
        "lines": all_lines(agreement.plan),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/agreements/additions.html", context, status=status)


def _next_place(form: AdditionForm) -> str:
    """Where one goes on: below a new objetivo or acción, beside a new indicador or medio."""
    added = form.added
    return added.place.line.reference if added.place.is_leaf else added.code


def _add(request: PortalRequest, agreement: Agreement, form: AdditionForm) -> bool:
    """Whether it was stored; if not, the form says why and keeps what was typed."""
    added = form.added
    try:
        add(agreement, added, by=request.user, address=address_of(request))
    except AgreementError as error:
        form.add_error(error.field, error.message)
        return False
    messages.success(request, f"Agregado al plan: {added.code}, desde el {added.effective_on:%d-%m-%Y}.")
    if ends_weights(added):
        messages.warning(request, WITHOUT_WEIGHT)
    return True
