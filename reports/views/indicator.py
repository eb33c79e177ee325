"""The ficha of an indicator of the plan."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicators.queries.records import Records
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, current_plan_or_404
from plan.models import Action
from reports.forms import DatesForm
from reports.plan_pages.action import ActionFacts
from reports.plan_pages.indicator import action_code_of, indicator_page, is_known, is_measured


@require_safe
@role_required(access.may_read_plan)
def indicator(request: PortalRequest, reference: str) -> HttpResponse:
    plan = current_plan_or_404()
    actions = Action.objects.visible_to(request.user).for_plan(plan).with_tree()
    action = get_object_or_404(actions, code=action_code_of(reference))
    records = Records(plan)
    if not is_known(records.shared, action, reference):
        raise Http404
    dates = DatesForm(plan, request.GET)
    result = records.opened(action.pk, *dates.dates)
    context = {"plan": plan, "dates": dates, "action": action, "reference": reference}
    if not is_measured(result, reference):
        return render(request, "reports/plan/not_yet.html", context)
    context["page"] = indicator_page(ActionFacts(action, records.about(action.pk), result, request.user), reference)
    context["shows_history"] = access.may_read_agreements(request.user)
    return render(request, "reports/plan/indicator_page.html", context)
