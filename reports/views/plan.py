"""The plan with its figures: the whole, its texts, and a ficha per action."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicators.queries import outline
from indicators.queries.judged import newest_assessments
from indicators.queries.records import Records
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, current_plan_or_404
from plan.models import Action, Plan, User
from reports.forms import BoardForm, DatesForm
from reports.plan_pages.action import ActionFacts, is_in_plan
from reports.plan_pages.board import board as board_page
from reports.plan_pages.discretion import Discretion
from reports.plan_pages.overview import plan_page
from reports.plan_pages.texts import plan_texts


@require_safe
@role_required(access.may_read_plan)
def board(request: PortalRequest) -> HttpResponse:
    plan = Plan.objects.current()
    if plan is None:
        return render(request, "reports/plan/no_plan.html")
    dates = BoardForm(plan, request.GET, own_axis=_own_axis(plan, request.user))
    records = Records(plan)
    page = board_page(records, outline(records, *dates.dates), dates.look, request.user)
    return render(request, "reports/board/page.html", {"plan": plan, "dates": dates, "page": page})


@require_safe
@role_required(access.may_read_plan)
def overview(request: PortalRequest) -> HttpResponse:
    plan = Plan.objects.current()
    if plan is None:
        return render(request, "reports/plan/no_plan.html")
    dates = DatesForm(plan, request.GET)
    result = outline(Records(plan), *dates.dates)
    discretion = Discretion.of_reader(plan, result, request.user)
    page = plan_page(discretion, newest_assessments(plan, result.cut_off, result.known_at))
    return render(request, "reports/plan/overview.html", {"plan": plan, "dates": dates, "page": page})


@require_safe
@role_required(access.may_read_plan)
def texts(request: PortalRequest) -> HttpResponse:
    plan = Plan.objects.current()
    if plan is None:
        return render(request, "reports/plan/no_plan.html")
    return render(request, "reports/plan/texts.html", {"plan": plan, "page": plan_texts(plan)})


@require_safe
@role_required(access.may_read_plan)
def action(request: PortalRequest, code: str) -> HttpResponse:
    plan = current_plan_or_404()
    found = get_object_or_404(Action.objects.visible_to(request.user).for_plan(plan).with_tree(), code=code)
    dates = DatesForm(plan, request.GET)
    records = Records(plan)
    result = records.opened(found.pk, *dates.dates)
    context = {"plan": plan, "dates": dates, "action": found}
    if not is_in_plan(found, result):
        return render(request, "reports/plan/not_yet.html", context)
    context["shows_history"] = access.may_read_agreements(request.user)
    context["shows_people"] = access.is_secretariat(request.user)
    context["page"] = ActionFacts(found, records.about(found.pk), result, request.user).page()
    return render(request, "reports/plan/action.html", context)


def _own_axis(plan: Plan, reader: User) -> int | None:
    """The eje that a coordination answers for: where its tablero begins."""
    own = plan.axes.filter(pk__in=access.axis_ids(reader)).values_list("number", flat=True)
    return own.first()
