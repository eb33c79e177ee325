"""¿Cómo se calculó?: the times of review of a period or of a person, and the same as JSON. Only for the secretarías."""

from datetime import datetime

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.calculations.moments import end_of_day
from indicators.models import ReportingPeriod
from indicators.queries.review_times import rounds_of_period, rounds_of_reviewer
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, current_plan_or_404
from plan.models import User
from reports.exports.calculations import review_document
from reports.forms import DatesForm
from reports.plan_pages.review_calculation import EVERY_ANSWER, FIRST_ANSWERS, ReviewCalculation, review_calculation
from reports.views.told import told_of


@require_safe
@role_required(access.is_secretariat)
def of_period(request: PortalRequest, pk: int) -> HttpResponse:
    dates = _dates(request)
    return _page(request, dates, _of_period(dates, pk), "reports:period_times_json", pk)


@require_safe
@role_required(access.is_secretariat)
def of_period_json(request: PortalRequest, pk: int) -> JsonResponse:
    dates = _dates(request)
    return told_of(dates, lambda: review_document(_of_period(dates, pk)))


@require_safe
@role_required(access.is_secretariat)
def of_reviewer(request: PortalRequest, pk: int) -> HttpResponse:
    dates = _dates(request)
    return _page(request, dates, _of_reviewer(dates, pk), "reports:reviewer_times_json", pk)


@require_safe
@role_required(access.is_secretariat)
def of_reviewer_json(request: PortalRequest, pk: int) -> JsonResponse:
    dates = _dates(request)
    return told_of(dates, lambda: review_document(_of_reviewer(dates, pk)))


def _page(
    request: PortalRequest, dates: DatesForm, figure: ReviewCalculation, json_route: str, pk: int
) -> HttpResponse:
    context = {"figure": figure, "json_route": json_route, "pk": pk, "dates": dates}
    return render(request, "reports/calculation/review.html", context)


def _of_period(dates: DatesForm, pk: int) -> ReviewCalculation:
    period = get_object_or_404(ReportingPeriod.objects.for_plan(current_plan_or_404()).select_related("plan"), pk=pk)
    known_at = _known_at(dates)
    return review_calculation(period.name, FIRST_ANSWERS, rounds_of_period(period, known_at), known_at)


def _of_reviewer(dates: DatesForm, pk: int) -> ReviewCalculation:
    """404 for who never answered a report and has none in hand."""
    person = get_object_or_404(User, pk=pk)
    known_at = _known_at(dates)
    rounds = rounds_of_reviewer(current_plan_or_404(), person, known_at)
    if not rounds.counted and not rounds.waiting:
        raise Http404
    return review_calculation(person.full_name, EVERY_ANSWER, rounds, known_at)


def _dates(request: PortalRequest) -> DatesForm:
    return DatesForm(current_plan_or_404(), request.GET)


def _known_at(dates: DatesForm) -> datetime:
    """What was sent and answered by then; the corte has no part in it, for what is counted are days of work."""
    _, known_on = dates.dates
    return end_of_day(known_on) if known_on else timezone.now()
