"""The versions of the methodology, for every reader; and a new one under an acta of the Mesa."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from indicators.agreements.errors import AgreementError
from indicators.agreements.methodology import enact, versions_of
from indicators.forms.agreements.methodology import MethodologyForm
from indicators.queries.in_force import methodology_on
from indicators.views.agreements.fetching import agreement_or_404
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, address_of, current_plan_or_404
from plan.models import Agreement


@require_GET
@role_required(access.has_appointment)
def methodology(request: PortalRequest) -> HttpResponse:
    plan = current_plan_or_404()
    context = {
        "versions": versions_of(plan),
        "readable": set(Agreement.objects.visible_to(request.user).filter(plan=plan).values_list("pk", flat=True)),
        "in_force": methodology_on(plan, timezone.localdate()),
        "may_write": access.is_technical(request.user),
    }
    return render(request, "indicators/agreements/methodology.html", context)


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def set_methodology(request: PortalRequest, pk: int) -> HttpResponse:
    """Two steps: what is typed is held against the version before, and then it is registered."""
    agreement = agreement_or_404(request.user, pk)
    if agreement.subcommission:
        raise Http404
    form = MethodologyForm(agreement, request.POST or None)
    is_compared = form.is_valid() and "edit" not in request.POST
    if is_compared and form.cleaned_data["seen"] and _enact(request, agreement, form):
        messages.success(request, f"{form.instance} registrada. Rige desde el {form.instance.valid_from:%d-%m-%Y}.")
        return redirect("indicators:methodology")
    context = {"agreement": agreement, "form": form}
    if is_compared and not form.errors:
        return render(request, "indicators/agreements/methodology_compared.html", context)
    return render(request, "indicators/agreements/methodology_form.html", context, status=422 if form.errors else 200)


def _enact(request: PortalRequest, agreement: Agreement, form: MethodologyForm) -> bool:
    """Whether it was stored; if not, the form says why and keeps what was typed."""
    try:
        enact(agreement, form.instance, seen=form.cleaned_data["seen"], by=request.user, address=address_of(request))
    except AgreementError as error:
        form.add_error(error.field, error.message)
        return False
    return True
