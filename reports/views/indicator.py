"""The ficha of an indicator of the plan."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.calculations import compute
from indicators.queries import load_inputs
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest
from plan.models import Action, Plan
from reports.forms import DatesForm
from reports.plan_pages.action import ActionFacts
from reports.plan_pages.indicator import action_code_of, indicator_page, is_known, is_measured


@require_safe
@role_required(access.may_read_plan)
def indicator(request: PortalRequest, reference: str) -> HttpResponse:
    plan = Plan.objects.current()
    if plan is None:
        raise Http404
    actions = Action.objects.visible_to(request.user).for_plan(plan).with_tree()
    action = get_object_or_404(actions, code=action_code_of(reference))
    inputs = load_inputs(plan)
    if not is_known(inputs, action, reference):
        raise Http404
    dates = DatesForm(plan, request.GET)
    cut_off, known_at = dates.dates
    result = compute(inputs, cut_off, known_at or timezone.now())
    context = {"plan": plan, "dates": dates, "action": action, "reference": reference}
    if not is_measured(result, reference):
        return render(request, "reports/plan/not_yet.html", context)
    context["page"] = indicator_page(ActionFacts(action, inputs, result, request.user), reference)
    context["shows_history"] = access.may_read_agreements(request.user)
    return render(request, "reports/plan/indicator_page.html", context)
