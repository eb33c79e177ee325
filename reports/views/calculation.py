"""¿Cómo se calculó?: any figure of the plan on a page of its own, and as JSON."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from indicators.calculations.parameters import lines
from indicators.models import ProgressReport, ReportingPeriod
from indicators.queries import compliance
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest
from plan.models import Plan
from reports.exports import calculations as as_json
from reports.forms import DatesForm
from reports.plan_pages.calculation import Calculation, Calculations
from reports.plan_pages.discretion import Discretion


class _Asked:
    """The figure that an address names, for who asks; 404 where the plan has none, at the dates of the address."""

    def __init__(self, request: PortalRequest, reference: str):
        plan = Plan.objects.current()
        if plan is None:
            raise Http404
        self.plan = plan
        self.dates = DatesForm(plan, request.GET)
        self.result = compliance(plan, *self.dates.dates)
        self._reader = request.user
        self.way = self._calculations.plan().find(reference)
        if not self.way:
            raise Http404

    @property
    def calculation(self) -> Calculation:
        return self.way[-1]

    @cached_property
    def _calculations(self) -> Calculations:
        readable = ProgressReport.objects.for_plan(self.plan).visible_to(self._reader)
        return Calculations(
            self.result,
            Discretion.of_reader(self.plan, self.result, self._reader),
            dict(ReportingPeriod.objects.for_plan(self.plan).values_list("pk", "name")),
            frozenset(readable.values_list("pk", flat=True)),
        )


@require_safe
@role_required(access.may_read_plan)
def calculation(request: PortalRequest, reference: str) -> HttpResponse:
    asked = _Asked(request, reference)
    context = {
        "dates": asked.dates,
        "result": asked.result,
        "parameters": lines(asked.result.methodology),
        "above": asked.way[:-1],
        "figure": asked.calculation,
    }
    return render(request, "reports/calculation/page.html", context)


@require_safe
@role_required(access.may_read_plan)
def calculation_json(request: PortalRequest, reference: str) -> JsonResponse:
    asked = _Asked(request, reference)
    body = as_json.document(asked.result, asked.calculation)
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
