"""Where in the country: one indicator by region on a map, and the mesas regionales."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.queries import outline
from indicators.queries.records import Records
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest
from plan.models import Plan
from reports.forms import TerritoryForm
from reports.plan_pages.territory import territory_page


@require_safe
@role_required(access.may_read_plan)
def territory(request: PortalRequest) -> HttpResponse:
    plan = Plan.objects.current()
    if plan is None:
        return render(request, "reports/plan/no_plan.html")
    form = TerritoryForm(plan, request.GET)
    records, (cut_off, known_at) = Records(plan), form.dates
    page = territory_page(records, outline(records, cut_off, known_at), known_at, form.indicator)
    return render(request, "reports/territory/page.html", {"plan": plan, "form": form, "page": page})
