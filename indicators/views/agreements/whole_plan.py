"""What an acta sets for the whole plan, conservación and modificaciones; all that was agreed on an action."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from indicators.agreements.amendments import amend
from indicators.agreements.errors import AgreementError
from indicators.agreements.history import History
from indicators.agreements.overview import gaps
from indicators.agreements.plan_lines import all_lines
from indicators.agreements.retention import set_retention
from indicators.forms.agreements.amendments import AmendmentForm, CodeForm
from indicators.forms.agreements.retention import RetentionForm
from indicators.views.agreements.fetching import agreement_or_404
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, address_of, current_plan_or_404
from plan.models import Action, Agreement


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def retention(request: PortalRequest, pk: int) -> HttpResponse:
    agreement = agreement_or_404(request.user, pk)
    form = RetentionForm(agreement, request.POST or None)
    if request.method == "POST" and form.is_valid() and _set_retention(request, agreement, form):
        messages.success(request, "Plazos de conservación registrados.")
        return redirect("indicators:agreement", pk)
    status = 422 if request.method == "POST" else 200
    context = {"agreement": agreement, "form": form}
    return render(request, "indicators/agreements/retention.html", context, status=status)


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def amendments(request: PortalRequest, pk: int) -> HttpResponse:
    """Two steps: the code of the line, and what is decided on it with its text in force at hand."""
    agreement = agreement_or_404(request.user, pk)
    chosen = CodeForm(agreement, request.POST or request.GET)
    line = chosen.line
    form = AmendmentForm(agreement, line, request.POST or None) if line else None
    if form and request.method == "POST" and form.is_valid() and _amend(request, agreement, form):
        messages.success(request, "Modificación registrada.")
        return redirect("indicators:amendments", pk)
    context = {
        "agreement": agreement,
        "amendments": agreement.amendments.all(),
        "chosen": chosen,
        "form": form,
        "lines": all_lines(agreement.plan),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/agreements/amendments.html", context, status=status)


@require_GET
@role_required(access.may_read_agreements)
def without_target(request: PortalRequest) -> HttpResponse:
    """«Sin meta acordada» has its list: eje by eje, each leading to where the newest acta may set it."""
    plan = current_plan_or_404()
    missing = gaps(plan)
    newest = Agreement.objects.visible_to(request.user).filter(plan=plan, subcommission=None).order_by("-agreed_on")
    context = {
        "gaps": missing,
        "count": sum(len(gap.indicators) for gap in missing),
        "newest": newest.first() if access.is_technical(request.user) else None,
    }
    return render(request, "indicators/agreements/without_target.html", context)


@require_GET
@role_required(access.may_read_agreements)
def history(request: PortalRequest, code: str) -> HttpResponse:
    """Who entered what is for the screens of the secretarías alone."""
    plan = current_plan_or_404()
    action = get_object_or_404(Action.objects.visible_to(request.user).for_plan(plan).with_tree(), code=code)
    context = {
        "action": action,
        "chapters": History(action).chapters(),
        "readable": set(Agreement.objects.visible_to(request.user).filter(plan=plan).values_list("pk", flat=True)),
        "shows_people": access.is_secretariat(request.user),
    }
    return render(request, "indicators/agreements/history.html", context)


def _set_retention(request: PortalRequest, agreement: Agreement, form: RetentionForm) -> bool:
    """Whether it was stored; if not, the form says why and keeps what was typed."""
    reason = form.cleaned_data["reason"]
    try:
        set_retention(agreement, form.years, reason=reason, by=request.user, address=address_of(request))
    except AgreementError as error:
        form.add_error(error.field, error.message)
        return False
    return True


def _amend(request: PortalRequest, agreement: Agreement, form: AmendmentForm) -> bool:
    """Whether it was stored; if not, the form says why and keeps what was typed."""
    try:
        amend(agreement, form.decided, by=request.user, address=address_of(request))
    except AgreementError as error:
        form.add_error(error.field, error.message)
        return False
    return True
