"""¿Cómo se calculó?: any figure of the plan on a page of its own, and as JSON."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from indicators.calculations.parameters import lines
from indicators.calculations.results import PlanResult
from indicators.models import ProgressReport, ReportingPeriod
from indicators.queries import compliance, outline
from indicators.queries.records import Records
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, current_plan_or_404
from reports.exports import calculations as as_json
from reports.forms import DatesForm
from reports.plan_pages.calculation import Calculation, Calculations
from reports.plan_pages.discretion import Discretion
from reports.plan_pages.grouping import by_condition, by_state, unanswered
from reports.plan_pages.institution_calculation import InstitutionCalculation, institution_calculation
from reports.views.told import told_of


class _Asking:
    """A reader who asks for figures of the plan in force, at the dates of the address; 404 where there is no plan."""

    def __init__(self, request: PortalRequest):
        self.plan = current_plan_or_404()
        self.dates = DatesForm(self.plan, request.GET)
        self._reader = request.user

    @cached_property
    def traced(self) -> PlanResult:
        return compliance(self.plan, *self.dates.dates)

    @cached_property
    def untraced(self) -> PlanResult:
        """The same figures, for a page that shows no traces."""
        return outline(Records(self.plan), *self.dates.dates)

    def discretion(self, result: PlanResult) -> Discretion:
        return Discretion.of_reader(self.plan, result, self._reader)

    def calculations(self, result: PlanResult) -> Calculations:
        readable = ProgressReport.objects.for_plan(self.plan).visible_to(self._reader)
        return Calculations(
            result,
            self.discretion(result),
            dict(ReportingPeriod.objects.for_plan(self.plan).values_list("pk", "name")),
            frozenset(readable.values_list("pk", flat=True)),
        )

    def way_to(self, reference: str) -> tuple[Calculation, ...]:
        way = self.calculations(self.traced).plan().find(reference)
        if not way:
            raise Http404
        return way

    def institution(self, pk: int) -> InstitutionCalculation:
        result = self.untraced
        found = institution_calculation(result, pk, self.calculations(result), self.discretion(result))
        if found is None:
            raise Http404
        return found


@require_safe
@role_required(access.may_read_plan)
def calculation(request: PortalRequest, reference: str) -> HttpResponse:
    asking = _Asking(request)
    *above, figure = asking.way_to(reference)
    context = {
        "dates": asking.dates,
        "result": asking.traced,
        "parameters": lines(asking.traced.methodology),
        "above": above,
        "figure": figure,
        "metas": list(figure.metas()),
        "states": by_state(figure.actions()) if figure.states else (),
        "conditions": by_condition(figure.actions()),
        "unanswered": unanswered(line for action in figure.actions() for line in action.duties),
    }
    return render(request, "reports/calculation/page.html", context)


@require_safe
@role_required(access.may_read_plan)
def calculation_json(request: PortalRequest, reference: str) -> JsonResponse:
    asking = _Asking(request)
    return told_of(asking.dates, lambda: as_json.document(asking.traced, asking.way_to(reference)[-1]))


@require_safe
@role_required(access.may_read_plan)
def institution(request: PortalRequest, pk: int) -> HttpResponse:
    """What one institution owes and how it answers, for those who see all its rows."""
    asking = _Asking(request)
    figure = asking.institution(pk)
    context = {
        "dates": asking.dates,
        "result": asking.untraced,
        "parameters": lines(asking.untraced.methodology),
        "institution_id": pk,
        "figure": figure,
        "states": by_state(figure.actions),
        "conditions": by_condition(figure.actions),
        "unanswered": unanswered(figure.duties),
    }
    return render(request, "reports/calculation/institution.html", context)


@require_safe
@role_required(access.may_read_plan)
def institution_json(request: PortalRequest, pk: int) -> JsonResponse:
    asking = _Asking(request)
    return told_of(asking.dates, lambda: as_json.institution_document(asking.untraced, asking.institution(pk)))
